"""What would settle the marks of fakecos/facts. The rows of some tables name their promises, so they are made here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fakecos.facts.check_order import ORDERS
from fakecos.facts.feature_pairs import access, reads, replicated, writes
from tools.marks import facts_errors, facts_tables
from tools.marks.entry import BESIDE, LARGE, NEVER_SENT, NO_RULE, OWN, Entry, asked, never
from tools.marks.scan import MARK

if TYPE_CHECKING:
    from types import ModuleType

PAIRS = {"reads": reads, "writes": writes, "access": access, "replicated": replicated}
NO_PROMISE = {
    "test_upload_part_copy.py::test_a_source_that_is_too_large_is_refused_but_a_range_of_it_is_not": LARGE,
    "test_replication.py::test_the_parts_of_an_upload_stay_parts": BESIDE,
}
"""Rows of feature pairs that a test holds and no promise can, by that test."""
CONSTANTS = {
    "Every request": ("requests", "EVERY_REQUEST"),
    "CreateMultipartUpload": ("multipart", "CREATE_MULTIPART_UPLOAD"),
    "UploadPart": ("multipart", "UPLOAD_PART"),
    "UploadPartCopy": ("multipart", "UPLOAD_PART_COPY"),
    "CompleteMultipartUpload": ("multipart", "COMPLETE_MULTIPART_UPLOAD"),
    "ListParts": ("multipart", "LIST_PARTS"),
    "GetObject and HeadObject": ("requests", "GET_OBJECT"),
    "The headers of SSE-C": ("requests", "SSE_C_HEADERS"),
}
"""File and constant of each order."""
BROKEN_IN_PAIRS = {
    "CreateMultipartUpload": "a_create_that_breaks_two_rules_is_refused_for_the_first",
    "UploadPart": "a_part_that_breaks_two_rules_is_refused_for_the_first",
    "UploadPartCopy": "a_copied_part_that_breaks_two_rules_is_refused_for_the_first",
    "CompleteMultipartUpload": "a_complete_that_breaks_two_rules_is_refused_for_the_first",
    "ListParts": "a_list_of_parts_that_breaks_two_rules_is_refused_for_the_first",
    "GetObject and HeadObject": "a_get_that_breaks_two_rules_is_refused_for_the_first",
    "The headers of SSE-C": "headers_of_sse_c_that_break_two_rules_are_refused_for_the_first",
}
"""The promise of order_of_checks that breaks the rules around each place which is assumed."""
OTHER_PLACES = {
    "the address": "order_of_refusals.a_key_that_is_not_utf_8_is_told_before_the_copy_source_and_the_bucket",
    "a copy source of what is no copy": "order_of_refusals.a_copy_source_of_what_is_no_copy_is_told_before_the_bucket",
    "the signature": "order_of_refusals.that_a_url_has_expired_is_told_before_its_signature",
    "a token of IBM's IAM": BESIDE,
    "another region than the bucket's": "order_of_refusals.another_region_is_told_before_what_the_request_asks",
    "of a copy: a body": "order_of_refusals.the_body_of_a_copy_is_told_before_the_bucket",
    "what the caller may not do": "order_of_refusals.what_a_caller_may_not_do_is_told_before_how_it_asks",
    "part number without upload id": "order_of_refusals.half_of_what_names_a_part_is_told_before_the_bucket",
    "part number not 1 to 10,000": "order_of_refusals.the_number_of_a_part_is_told_before_its_headers",
    "form of x-amz-content-sha256": "order_of_refusals.frames_of_what_is_unsigned_are_told_early",
    "another algorithm than the upload's": (
        "order_of_refusals.the_algorithm_of_an_upload_comes_after_its_key_and_before_the_body"
    ),
    "declared size above 5 GiB": NEVER_SENT,
    "GetObject of an archived object": (
        "feature_pairs.an_archived_object_is_told_before_anything_that_a_read_asks_for"
    ),
}
"""Steps that have a promise of their own, by how they begin, or why none can ask."""


def _of_pairs(module: ModuleType) -> tuple[Entry, ...]:
    """Return an entry for each row of feature pairs that is not settled: its own promise asks for it."""
    return tuple(
        never(f"PAIRS.{pair.answer}", pair.source, NO_PROMISE[pair.test])
        if pair.test in NO_PROMISE
        else asked(f"PAIRS.{pair.answer}", pair.source, pair.test.replace(".py::", "."))
        for pair in module.PAIRS
        if MARK.search(pair.source)
    )


def _of_orders(file: str) -> tuple[Entry, ...]:
    """Return an entry for each step of an order whose place is not settled."""
    found = {}
    for operation, (where, constant) in CONSTANTS.items():
        order = ORDERS[operation]
        for check in order.checks[order.like[1] if order.like is not None else 0 :]:
            if where == file and MARK.search(check.source):
                place = f"{constant}.{check.text}"
                found[place] = _of_step(place, operation, check.text, check.source)
    return tuple(found.values())


def _of_step(place: str, operation: str, text: str, source: str) -> Entry:
    other = next((other for start, other in OTHER_PLACES.items() if text.startswith(start)), None)
    if other is None:
        return asked(place, source, f"order_of_checks.{BROKEN_IN_PAIRS[operation]}")
    return asked(place, source, other) if re.fullmatch(r"[a-z_]+\.\w+", other) else never(place, source, other)


ORDER = "fakecos/facts/check_order"
PAIR = "fakecos/facts/feature_pairs"
ENTRIES: dict[str, tuple[Entry, ...]] = {
    **{f"{PAIR}/{name}.py": _of_pairs(module) for name, module in PAIRS.items()},
    f"{PAIR}/__init__.py": (
        never("", "each row that is not assumed has a", NO_RULE),
        never("", "A pair without a row is assumed", OWN),
        never("SURE", "reported", NO_RULE),
        never("how_sure", "if no row has one", NO_RULE),
    ),
    f"{PAIR}/pair.py": (
        never("ASSUMED", "assumed", NO_RULE),
        never("Pair", "- `source`", NO_RULE),
        never("Pair", "- `test`", NO_RULE),
    ),
    f"{ORDER}/multipart.py": (
        *_of_orders("multipart"),
        asked(
            "UPLOAD_PART",
            "Its conditional headers",
            "order_of_refusals.of_a_put_attributes_come_after_checksums_and_conditions_last",
        ),
        never("UPLOAD_PART_COPY", "a failed If-Unmodified-Since is reported before", NO_RULE),
        asked(
            "COMPLETE_MULTIPART_UPLOAD",
            "500 `InternalError`",
            "order_of_refusals.gaps_in_a_composite_list_are_an_invalid_request",
        ),
        asked(
            "COMPLETE_MULTIPART_UPLOAD",
            "`BadDigest` to this one pair",
            "order_of_refusals.a_part_that_was_never_uploaded_is_told_before_a_wrong_checksum",
        ),
    ),
    f"{ORDER}/requests.py": (
        *_of_orders("requests"),
        never("INTRODUCTION", "nothing was found", NO_RULE),
        asked(
            "OTHERS_SAY",
            "the rest is assumed",
            "order_of_refusals.each_operation_is_judged_in_the_order_of_its_list",
            "order_of_refusals.a_list_of_keys_is_judged_in_the_order_of_its_list",
        ),
        never("OTHERS.DeleteObjects", "what remains is reported per key", NO_RULE),
    ),
    **facts_errors.ENTRIES,
    **facts_tables.ENTRIES,
}

"""Requests that break two rules at once, around each place in the order of checks that is assumed.

The order: fakecos/facts/check_order. Every pair of rules: tests/contract/test_order_of_checks.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, as_of, before_each, cases, promise
from fakecos.contract.steps.broken_rules import (
    COMPLETE_RULES,
    COPY_RULES,
    CREATE_RULES,
    GET_RULES,
    KEY_RULES,
    LIST_RULES,
    PART_RULES,
    RIGHT_KEY,
    Pair,
    address_of,
    around_unsettled,
    document_of,
    refused_by,
)
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.uploads import create_upload, upload_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand

UPLOAD = {"x-amz-checksum-algorithm": "SHA256"}


@before_each
def customer_keys(aws: Any) -> None:
    """A bucket that takes keys of the customer."""
    allow_sse_c(aws)


def each_pair(found: list[Pair]) -> Callable[[Any], Any]:
    return cases("pair", found, ids=lambda pair: pair.id)


@promise
@each_pair(around_unsettled("CreateMultipartUpload", CREATE_RULES))
def a_create_that_breaks_two_rules_is_refused_for_the_first(cos: Service, send: ByHand, pair: Pair) -> None:
    """Source: assumed: nothing was found about these pairs."""
    path, query, headers = address_of("uploads", pair.sent)
    with refused_by(cos, pair.row):
        send("POST", path, query, headers)


@promise
@each_pair(around_unsettled("UploadPart", PART_RULES))
def a_part_that_breaks_two_rules_is_refused_for_the_first(cos: Service, send: ByHand, aws: Any, pair: Pair) -> None:
    """Source: public for form before body, sha256 before MD5 before checksum; the places of these: assumed."""
    path, query, headers = address_of(f"partNumber=1&uploadId={create_upload(aws)}", pair.sent)
    with refused_by(cos, pair.row):
        send("PUT", path, query, headers, b"x")


@promise
@each_pair(around_unsettled("UploadPartCopy", COPY_RULES))
def a_copied_part_that_breaks_two_rules_is_refused_for_the_first(
    cos: Service, send: ByHand, aws: Any, pair: Pair
) -> None:
    """Source: public for the range's form before all, the source before the upload's key; its place: assumed."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"source")
    query = f"partNumber=1&uploadId={create_upload(aws)}"
    path, query, headers = address_of(query, {"x-amz-copy-source": f"{BUCKET}/source", **pair.sent})
    with refused_by(cos, pair.row):
        send("PUT", path, query, headers)


@promise
@each_pair(around_unsettled("CompleteMultipartUpload", COMPLETE_RULES))
def a_complete_that_breaks_two_rules_is_refused_for_the_first(cos: Service, send: ByHand, aws: Any, pair: Pair) -> None:
    """Source: public for most; the places of these: assumed."""
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"there before")
    upload_id = create_upload(aws, ChecksumAlgorithm="SHA256")
    for number in (1, 2, 3):
        upload_part(aws, upload_id, b"x", number, ChecksumAlgorithm="SHA256")
    path, query, headers = address_of("", {"?uploadId": upload_id, **pair.sent})
    with refused_by(cos, pair.row):
        send("POST", path, query, headers, document_of(pair.sent))


@promise
@each_pair(around_unsettled("ListParts", LIST_RULES))
def a_list_of_parts_that_breaks_two_rules_is_refused_for_the_first(
    cos: Service, send: ByHand, aws: Any, pair: Pair
) -> None:
    """Source: public for the paging before the upload; the place of SSE-C: assumed."""
    path, query, headers = address_of("", {"?uploadId": create_upload(aws), **pair.sent})
    with refused_by(cos, pair.row):
        send("GET", path, query, headers)


@promise
@each_pair(around_unsettled("GetObject and HeadObject", GET_RULES))
def a_get_that_breaks_two_rules_is_refused_for_the_first(cos: Service, send: ByHand, aws: Any, pair: Pair) -> None:
    """Source: public for the range with a part number; the place of SSE-C: assumed."""
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    path, query, headers = address_of("", pair.sent)
    with refused_by(cos, pair.row):
        send("GET", path, query, headers)


@promise
@as_of("2026-04-06")
@cases(("method", "query"), [("PUT", ""), ("POST", "uploads")], ids=["PutObject", "CreateMultipartUpload"])
@each_pair(around_unsettled("The headers of SSE-C", [rule for rule in KEY_RULES if "scheme" not in rule.sent]))
def headers_of_sse_c_that_break_two_rules_are_refused_for_the_first(
    cos: Service, send: ByHand, aws: Any, pair: Pair, method: str, query: str
) -> None:
    """Source: recorded aws-multipart 48 for PutObject; public for most places; these, and of an upload: assumed."""
    aws.create_bucket(Bucket="blocking")
    path, query, headers = address_of(query, {**RIGHT_KEY, **pair.sent})
    with refused_by(cos, pair.row):
        send(method, path, query, headers)

"""A difference of each kind, planted by a proxy before our own server, is found and shown with both answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.support.altering_proxy import Answered, Asked, altering
from tests.verify.conftest import FAST

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.verify.conftest import Done

pytestmark = [pytest.mark.loopback, pytest.mark.slow]


def another_status(asked: Asked, answered: Answered) -> None:
    if asked.method == "DELETE" and "uploadId" in asked.target and answered.status == 204:
        answered.status = 200


def another_code(asked: Asked, answered: Answered) -> None:
    answered.body = answered.body.replace(b"<Code>NoSuchUpload</Code>", b"<Code>NoSuchKey</Code>")


def another_header(asked: Asked, answered: Answered) -> None:
    if asked.method == "PUT" and "partNumber" in asked.target:
        answered.headers["x-amz-server-side-encryption"] = "aws:kms:dsse"


def no_header(asked: Asked, answered: Answered) -> None:
    if asked.method == "PUT" and "partNumber" in asked.target:
        answered.headers.pop("x-amz-server-side-encryption", None)


def no_element(asked: Asked, answered: Answered) -> None:
    answered.body = answered.body.replace(b"<StorageClass>STANDARD</StorageClass>", b"")


def one_element_more(asked: Asked, answered: Answered) -> None:
    answered.body = answered.body.replace(b"</ListPartsResult>", b"<Colour>red</Colour></ListPartsResult>")


def another_order(asked: Asked, answered: Answered) -> None:
    rows = re.findall(rb"<Contents>.*?</Contents>", answered.body, re.DOTALL)
    if len(rows) > 1:
        answered.body = answered.body.replace(b"".join(rows), b"".join(reversed(rows)))


def other_bytes(asked: Asked, answered: Answered) -> None:
    if asked.method == "GET" and "?" not in asked.target and answered.status == 200:
        answered.body = bytes(byte ^ 1 for byte in answered.body)
        for name in list(answered.headers):
            if name.lower().startswith("x-amz-checksum"):  # the client would refuse them
                del answered.headers[name]


class Planted(NamedTuple):
    alter: Callable[[Asked, Answered], None]
    promise: str
    kind: str
    name: str
    here: str
    there: str
    outcome: str = "holds"


PLANTED = [
    Planted(another_status, "abort.the_answer_is_204_and_empty", "status", "", "204", "200", "differs"),
    Planted(another_code, "abort.an_unknown_id_is_404*", "code", "", "NoSuchUpload", "NoSuchKey", "differs"),
    Planted(
        another_header,
        "upload_part.the_etag_is_quoted_on_the_wire",
        "header",
        "x-amz-server-side-encryption",
        "AES256",
        "aws:kms:dsse",
    ),
    Planted(
        no_header,
        "upload_part.the_etag_is_quoted_on_the_wire",
        "header",
        "x-amz-server-side-encryption",
        "AES256",
        "(nothing)",
    ),
    Planted(no_element, "list_parts.*", "body", "StorageClass", "<StorageClass>STANDARD</StorageClass>", "(nothing)"),
    Planted(one_element_more, "list_parts.*", "body", "Colour", "(nothing)", "<Colour>red</Colour>"),
    Planted(
        another_order, "list_objects_v2.a_start_is_told_and_excluded", "order", "ListBucketResult", "", "", "differs"
    ),
    Planted(other_bytes, "abort.an_object_of_the_key_stays", "body", "", "", "", "differs"),
]


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.alter.__name__)
def test_a_planted_difference_is_found(url: str, command: Callable[..., Done], planted: Planted) -> None:
    with altering(url, planted.alter) as between:
        done = command("--endpoint-url", between, "--verbose", *FAST, "--only", planted.promise)
    found = [
        (case, difference)
        for case in done.json["promises"]
        for difference in case["differences"]
        if (difference["kind"], difference["name"]) == (planted.kind, planted.name)
    ]
    assert done.code == 1
    assert found, done.out
    assert any(
        (not planted.here or difference["here"] == planted.here)
        and (not planted.there or difference["there"] == planted.there)
        for _, difference in found
    ), found
    assert planted.outcome in {case["outcome"] for case, _ in found}
    assert f"{planted.kind} {planted.name}".strip() in done.out
    assert " here, " in done.out or "      there: " in done.out
    assert "      asked: " in done.out


def test_a_proxy_that_alters_nothing_is_no_difference(url: str, command: Callable[..., Done]) -> None:
    with altering(url, lambda *_: None) as between:
        done = command("--endpoint-url", between, *FAST, "--only", "abort.*")
    assert (done.code, done.json["outcomes"]["differs"], done.json["outcomes"]["holds"]) == (0, 0, 0)


def test_a_service_that_has_no_such_thing_does_not_offer_it(url: str, command: Callable[..., Done]) -> None:
    def lacks_tags(asked: Asked, answered: Answered) -> Answered | None:
        if "tagging" not in asked.target:
            return None
        document = b"<Error><Code>NotImplemented</Code><Message>not here</Message></Error>"
        return Answered(501, {"Content-Type": "application/xml"}, document)

    with altering(url, lacks_tags) as between:
        done = command("--endpoint-url", between, *FAST, "--only", "bucket_tagging.*")
    assert done.code == 1
    assert done.json["outcomes"]["not offered"] > 0


def test_what_many_cases_share_is_told_once_and_first(url: str, command: Callable[..., Done]) -> None:
    with altering(url, no_header) as between:
        done = command("--endpoint-url", between, *FAST, "--only", "upload_part.*")
    lines = done.out.splitlines()
    first = lines.index("most frequent differences, each with the number of cases:")
    said = "UploadPart: header x-amz-server-side-encryption: 'AES256' here, '(nothing)' there"
    assert lines[first + 1].split(None, 1)[1] == said
    assert lines.index("differs (another status or error, or what the promise asserts is not so):") > first

"""assert_requests: the four ways to match, and what a failure says."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from fakecos import FakeCOS, UsageError
from fakecos.testing.assertions import requests

if TYPE_CHECKING:
    from tests.testing.conftest import Says


@pytest.fixture(autouse=True)
def _requests(cos: FakeCOS, s3: Any) -> None:
    """Create, parts 1 and 2, a refused one, and a Put of another key."""
    upload_id = s3.create_multipart_upload(Bucket="photos", Key="a.zip")["UploadId"]
    named = {"Bucket": "photos", "Key": "a.zip", "UploadId": upload_id}
    for number in (1, 2):
        s3.upload_part(**named, PartNumber=number, Body=b"%d" % number * number)
    with pytest.raises(ClientError):
        s3.upload_part(**named, PartNumber=0, Body=b"x")
    s3.put_object(Bucket="photos", Key="b", Body=b"1")


PARTS = ["CreateMultipartUpload", "UploadPart", "UploadPart", "UploadPart"]


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        ("exact", [*PARTS, "PutObject"]),
        ("exact", [*PARTS[:3], ("UploadPart", {"status": 400, "attempt": 1}), ("PutObject", {"Key": "b"})]),
        ("in_order", []),
        ("in_order", ["CreateMultipartUpload", ("UploadPart", {"PartNumber": 2, "Body": 2}), "PutObject"]),
        ("any_order", ["PutObject", *PARTS]),
        ("any_order", ["PutObject", "UploadPart", "UploadPart", ("UploadPart", {"PartNumber": 1}), PARTS[0]]),
        ("at_least", [("PutObject", {"bucket": "photos", "attempt": 1}), "UploadPart"]),
        ("at_least", []),
    ],
)
def test_what_came_is_as_expected(cos: FakeCOS, match: Any, expected: list[requests.Wanted]) -> None:
    cos.assert_requests(expected, match=match)


@pytest.mark.parametrize("match", ["exact", "in_order", "any_order", "at_least"])
def test_a_request_too_many_is_never_as_expected(cos: FakeCOS, says: Says, match: str) -> None:
    text = says(cos.assert_requests, [*PARTS, "UploadPart", "PutObject"], match=match)
    assert text.startswith(f"the requests are not as expected ({match}: ")
    assert "\nrequests (5):\n" in text
    table, _, why = text.partition("\n  refused:\n")
    assert table.splitlines()[-1].split()[2:4] == ["PutObject", "photos/b"]
    assert "#4 UploadPart photos/a.zip part 0: 400 InvalidArgument: " in why
    assert '  why: correct PartNumber in the call of UploadPart, which came as "0".' in why


@pytest.mark.parametrize(("match", "passes"), [("exact", False), ("in_order", True), ("any_order", False)])
def test_a_request_too_few(cos: FakeCOS, says: Says, match: Any, passes: bool) -> None:
    if passes:
        cos.assert_requests(PARTS, match=match)
    else:
        text = says(cos.assert_requests, PARTS, match=match)
        assert "\n  came too: PutObject photos/b -> 200\n" in text


def test_another_order(cos: FakeCOS, says: Says) -> None:
    for match in ("exact", "in_order"):
        text = says(cos.assert_requests, ["PutObject", *PARTS], match=match)
        assert "\n  all of them came, but in another order\n" in text
    text = says(cos.assert_requests, ["PutObject", *PARTS])
    assert "\n  request 1: expected PutObject\n    came CreateMultipartUpload photos/a.zip -> 200\n" in text


def test_the_nearest_request_is_named(cos: FakeCOS, says: Says) -> None:
    text = says(cos.assert_requests, [("UploadPart", {"PartNumber": 2, "status": 503})], match="at_least")
    assert "did not come: UploadPart PartNumber=2 status=503; the nearest: " in text
    assert "UploadPart photos/a.zip part 2 -> 200, its status is 200\n" in text
    assert "; no AbortMultipartUpload came\n" in says(cos.assert_requests, ["AbortMultipartUpload"], match="at_least")
    assert "PutObject photos/b -> 200, its Range is not there\n" not in text
    text = says(cos.assert_requests, [("PutObject", {"ContentMD5": "x"})], match="in_order")
    assert "its ContentMD5 is not there\n" in text


def test_the_journal_can_be_narrowed_down(cos: FakeCOS, says: Says) -> None:
    cos.assert_requests(PARTS, key="*.zip")
    cos.assert_requests(["PutObject"], bucket="photos", key="b")
    cos.assert_requests(PARTS[1:], upload_id=cos.journal[1].upload_id)
    cos.assert_requests([], bucket="other")
    text = says(cos.assert_requests, [], key="b")
    assert text.startswith("the requests of key='b' are not as expected (exact: just these, in this order)\n")


@pytest.mark.parametrize(
    ("expected", "match", "message"),
    [
        (["uploadpart"], "exact", "no operation 'uploadpart'; did you mean UploadPart?"),
        ([("UploadPart", {"Partnumber": 1})], "exact", "UploadPart has no 'Partnumber'; the nearest: 'PartNumber'"),
        ([], "some", "no match 'some'"),
    ],
)
def test_misuse_is_told_as_such(cos: FakeCOS, expected: Any, match: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        cos.assert_requests(expected, match=match)


def test_pairs_are_as_many_as_can_be() -> None:
    """Against trying everything: a loose expectation never takes the only exchange of a narrow one."""

    class Only:
        def __init__(self, *able: int) -> None:
            self.able = able
            self.operation = repr(able)
            self.values: dict[str, int] = {}

        def matches(self, exchange: int) -> bool:
            return exchange in self.able

    def most(rows: list[Only], taken: frozenset[int] = frozenset()) -> int:
        if not rows:
            return 0
        first, *rest = rows
        return max(most(rest, taken), *(1 + most(rest, taken | {at}) for at in first.able if at not in taken), 0)

    numbers = random.Random(7)
    for _ in range(300):
        rows = [Only(*numbers.sample(range(5), numbers.randint(0, 3))) for _ in range(numbers.randint(0, 5))]
        found = requests.pairs(rows, range(5))  # type: ignore[arg-type]
        assert all(at in rows[row].able for row, at in found.items())
        assert len(set(found.values())) == len(found) == most(rows)


def test_one_operation_without_a_list_is_told_how_to_write_it(cos: FakeCOS) -> None:
    with pytest.raises(UsageError, match=r"assert_requests\(\['PutObject'\]\)"):
        cos.assert_requests("PutObject")

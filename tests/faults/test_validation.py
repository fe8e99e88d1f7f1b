"""What cannot be is told when the fault is set, in words that help."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from fakecos import FakeCOS, UsageError
from fakecos.faults import (
    Corrupt,
    Delay,
    Http,
    Meanwhile,
    Transport,
    When,
    corrupt,
    corrupt_answer,
    delay,
    error,
    error_in_200,
    http,
    meanwhile,
    redirect,
    transport,
)

SLOW = {"error": "SlowDown"}


@pytest.mark.parametrize(
    ("operation", "keywords", "told"),
    [
        ("upload_parts", SLOW, "no operation 'upload_parts'; did you mean UploadPart?"),
        ("Nonsense", SLOW, "no operation 'Nonsense'.*reference/operations"),
        (["PutObject", "PutObjects"], SLOW, "did you mean PutObject?"),
        ("PutObject", {}, "give just one of error, http"),
        ("PutObject", {**SLOW, "transport": Transport.RESET}, "give just one of"),
        ("PutObject", {"error": "Slowdown"}, "no error 'Slowdown' in S3's table; did you mean SlowDown?"),
        ("PutObject", {"error": 503}, 'that is not what error= takes: write error="SlowDown"'),
        ("PutObject", {"transport": "RESET"}, "write transport=Transport.RESET"),
        ("PutObject", {"meanwhile": "BUCKET_GONE"}, "write meanwhile=Meanwhile.BUCKET_GONE"),
        ("PutObject", {"http": 503}, r"write http=Http\(503\)"),
        ("PutObject", {**SLOW, "times": "3"}, "that is not what times= takes: a whole number; write times=3"),
        ("PutObject", {**SLOW, "after": 1.5}, "that is not what after= takes: a whole number"),
        ("PutObject", {**SLOW, "probability": "0.5", "seed": 1}, "a number above 0"),
        ([], SLOW, 'one operation at least, such as "UploadPart"'),
        (["PutObject", None], SLOW, "one operation at least"),
        ("PutObject", {**SLOW, "bucket": 5}, "that is not what bucket= takes: text"),
        ("PutObject", {**SLOW, "key": b"a"}, "that is not what key= takes: text, which may be a pattern"),
        ("UploadPart", {**SLOW, "upload_id": {}}, "takes: text"),
        ("UploadPart", {**SLOW, "part_number": 1.5}, "a number, a set or a range"),
        ("UploadPart", {**SLOW, "part_number": "1"}, "a number, a set or a range"),
        ("UploadPart", {**SLOW, "part_number": range(1, 1)}, "a number, a set or a range"),
        ("UploadPart", {**SLOW, "part_number": {1, "2"}}, "a number, a set or a range"),
        ("PutObject", {**SLOW, "attempt": 0}, "a number from 1 up"),
        ("PutObject", {**SLOW, "attempt": []}, "a number from 1 up"),
        ("PutObject", {**SLOW, "attempt": range(10**18, -1, -1)}, "a number from 1 up"),
        ("PutObject", {**SLOW, "where": "key"}, "a function of one Request"),
        ("PutObject", {**SLOW, "when": "STORED"}, "When.BEFORE, When.after_bytes"),
        ("PutObject", {**SLOW, "when": When.after_bytes}, "When.BEFORE, When.after_bytes"),
        ("PutObject", {"outcomes": error("SlowDown")}, "a list of what fakecos.faults makes"),
        ("PutObject", {"outcomes": "SlowDown"}, "a list of what fakecos.faults makes"),
        ("PutObject", {**SLOW, "times": 0}, "times and every are 1 at least"),
        ("PutObject", {**SLOW, "every": 0}, "times and every are 1 at least"),
        ("PutObject", {**SLOW, "after": -1}, "after is 0 at least"),
        ("PutObject", {**SLOW, "probability": 0.5}, "needs a seed="),
        ("PutObject", {**SLOW, "probability": 1.5, "seed": 1}, "above 0 and at most 1"),
        ("PutObject", {**SLOW, "seed": 1}, "seed is for probability="),
        ("PutObject", {**SLOW, "part_number": 1}, "PutObject has no part number"),
        ("CreateMultipartUpload", {**SLOW, "upload_id": "x"}, "CreateMultipartUpload has no upload id"),
        ("ListObjectsV2", {**SLOW, "key": "x"}, "ListObjectsV2 has no key"),
        ("ListBuckets", {**SLOW, "bucket": "x"}, "ListBuckets is about no bucket"),
        (
            "GetObject",
            {**SLOW, "when": When.after_bytes(1)},
            r"could come: of its answer they are When.after_answer_bytes\(1\)",
        ),
        ("PutObject", {**SLOW, "when": When.after_answer_bytes(1)}, "cannot happen at When.after_answer_bytes"),
        ("PutObject", {"transport": Transport.DNS, "when": When.STORED}, "happens before anything is sent"),
        ("PutObject", {"corrupt": Corrupt.flip(), "when": When.STORED}, "has a moment of its own"),
        ("PutObject", {"meanwhile": Meanwhile.BUCKET_GONE, "when": When.STORED}, "has a moment of its own"),
        ("PutObject", {"delay": Delay(1), "when": When.VALIDATED}, "only at BEFORE, STORED"),
        ("PutObject", {"error_in_200": "SlowDown"}, "not for PutObject"),
        ("GetObject", {"corrupt": Corrupt.flip()}, "GetObject has no body that could be corrupted"),
        ("HeadObject", {"corrupt_answer": Corrupt.flip()}, "answer to HeadObject has no body"),
        ("PutObject", {"corrupt": Corrupt.etag(None)}, r"write corrupt_answer=Corrupt.etag\(None\)"),
        ("GetObject", {"corrupt_answer": Corrupt.framing()}, r"write corrupt=Corrupt.framing\(\)"),
        ("PutObject", {"meanwhile": Meanwhile.UPLOAD_ABORTED}, "PutObject names no upload"),
        ("PutObject", {"meanwhile": Meanwhile.UPLOAD_COMPLETED}, "PutObject names no upload"),
        ("PutObject", {"meanwhile": Meanwhile.PART_LOST}, "PutObject stores no part"),
        ("CreateBucket", {"meanwhile": Meanwhile.BUCKET_GONE}, "CreateBucket needs no bucket"),
        ("ListBuckets", {"meanwhile": Meanwhile.BUCKET_GONE}, "ListBuckets needs no bucket"),
        ("ListObjectsV2", {"meanwhile": Meanwhile.OBJECT_WRITTEN}, "ListObjectsV2 names no key"),
        ("PutObject", {"outcomes": [None]}, "lets every request pass"),
        ("PutObject", {"outcomes": ["SlowDown"]}, "'SlowDown' is no outcome"),
        ("GetObject", {"outcomes": [None, corrupt(Corrupt.flip())]}, "GetObject has no body"),
    ],
)
def test_what_no_request_could_meet_is_told_at_once(operation: Any, keywords: dict[str, Any], told: str) -> None:
    cos = FakeCOS()
    with pytest.raises(UsageError, match=told):
        cos.inject(operation, **keywords)
    assert cos.unfired_faults() == []


OUTCOMES = {"http", "error_in_200", "transport", "corrupt", "corrupt_answer", "delay", "meanwhile", "outcomes"}
ODD = [[], {}, {"a"}, b"\xff", "", "inf", float("nan"), float("inf"), 10**400, -1, ..., object(), len, slice(1)]


@pytest.mark.parametrize("keyword", [name for name in inspect.signature(FakeCOS.inject).parameters if name != "self"])
def test_a_value_of_any_kind_is_taken_or_refused(keyword: str) -> None:
    """Law 12: a value that nobody expects gets a UsageError like any other, not an error from inside."""
    for value in ODD + ([None] if keyword in {"operation", "after", "every"} else []):
        cos, refused = FakeCOS(), False
        own: dict[str, Any] = {} if keyword in OUTCOMES else SLOW
        try:
            cos.inject(**{"operation": "UploadPart", **own, keyword: value})
        except UsageError:
            refused = True
        assert len(cos.unfired_faults()) == (not refused)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: error("NoSuchKey", Nonsense="x"), r"the names \['Nonsense'\] do not fit. What its rows take: Key"),
        (lambda: error("InvalidBucketOwnerAWSAccountID"), "owner"),
        (lambda: error("AccountSuspended"), r"error\('AccountSuspended', 'its message', status=403\)"),
        (lambda: error("AccountSuspended", status=403), "it needs a message"),
        (lambda: error("AccountSuspended", "no", status=200), "a status from 300 to 599"),
        (lambda: redirect("eu-west-1", status=302), "301, 307 and 400"),
        (lambda: Http(100), "from 200 to 599"),
        (lambda: error_in_200("SlowDown", white_space=-1), "white_space"),
        (lambda: When.after_bytes(-1), "from 0 up"),
        (lambda: When.after_answer_bytes(1.5), "from 0 up"),  # type: ignore[arg-type]
        (lambda: Corrupt.cut(-1), "0 at least"),
        (lambda: Corrupt.pad(0), "1 at least"),
        (lambda: Corrupt.pad(10**15), "one body of S3 has 5368709120 at most"),
        (lambda: Corrupt.white_space(10**15), "one body of S3 has 5368709120 at most"),
        (lambda: Corrupt.repeat(0), "1 at least"),
    ],
)
def test_values_that_make_no_sense(call: Any, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        call()


@pytest.mark.parametrize(
    "outcome",
    [
        error("SlowDown"),
        error("NoSuchKey", "gone", Key="a", headers={"a": "b"}),
        error("AccountSuspended", "gone", status=403, BucketName="b"),
        http(502, b"<html>", {"via": "proxy"}),
        error_in_200("InternalError"),
        error_in_200("InternalError", white_space=3),
        transport(Transport.RESET),
        corrupt(Corrupt.flip(3)),
        corrupt(Corrupt.trailer(None)),
        corrupt(Corrupt.repeat(3, at=1)),
        corrupt(Corrupt.framing()),
        corrupt_answer(Corrupt.etag('"x"')),
        delay(3),
        delay(bytes_per_second=2.5),
        delay(1.5, stall_after=10),
        delay(stall_after=10),
        meanwhile(Meanwhile.PART_LOST),
        When.STORED,
        When.after_bytes(3),
    ],
    ids=repr,
)
def test_everything_shows_how_it_is_written(outcome: object) -> None:
    from fakecos import faults

    assert repr(eval(repr(outcome), vars(faults))) == repr(outcome)  # noqa: S307  our own text


def test_a_fault_shows_the_call_that_set_it() -> None:
    cos = FakeCOS()
    fault = cos.inject(
        "UploadPart", key="*.zip", part_number=3, times=None, when=When.STORED, transport=Transport.RESET
    )
    written = (
        "inject('UploadPart', key='*.zip', part_number=3, when=When.STORED, transport=Transport.RESET, times=None)"
    )
    assert repr(fault) == f"<Fault {written}: 0 hits>"

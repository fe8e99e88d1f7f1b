"""Preconditions of reads and of writes that need no upload (Complete's: test_conditional_complete)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.altered_requests import before_signing
from tests.support.answers import http_status, members_of, specific_headers
from tests.support.constants import BUCKET
from tests.support.messages import HEADER_NOT_IMPLEMENTED, PRECONDITION_FAILED
from tests.support.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

DAY = dt.timedelta(days=1)
ETAG = '"8d777f385d3dfec8815d20f7496026dc"'  # of b"data"
OTHER = '"d41d8cd98f00b204e9800998ecf8427e"'


@pytest.fixture
def written(client: Any) -> Any:
    """When the object under `key` was written."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    return client.head_object(Bucket=BUCKET, Key="key")["LastModified"]


def get_object(client: Any, **conditions: Any) -> Any:
    return client.get_object(Bucket=BUCKET, Key="key", **conditions)


# --- reads ----------------------------------------------------------------------------------------------


def test_if_match_is_judged_first(cos: FakeCOS, client: Any, written: Any) -> None:
    # recorded aws-objects 21: all four fail
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-Match"):
        get_object(
            client,
            IfMatch="nope",
            IfNoneMatch=ETAG,
            IfModifiedSince=written,
            IfUnmodifiedSince=written - DAY,
        )


def test_if_match_of_another_etag_is_refused(cos: FakeCOS, client: Any, written: Any) -> None:
    # recorded aws-objects 22
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-Match"):
        get_object(client, IfMatch=OTHER)


def test_if_unmodified_since_is_judged_before_if_none_match(cos: FakeCOS, client: Any, written: Any) -> None:
    # recorded aws-objects 21
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-Unmodified-Since"):
        get_object(client, IfNoneMatch=ETAG, IfModifiedSince=written, IfUnmodifiedSince=written - DAY)


@pytest.mark.parametrize("etag", [ETAG, ETAG.strip('"'), "*", f"{OTHER}, {ETAG}"])
def test_if_none_match_of_the_etag_is_not_modified(cos: FakeCOS, client: Any, written: Any, etag: str) -> None:
    # recorded aws-objects 21, also without quotes; `*` and lists: RFC 9110
    with refused(cos, "304", "Not Modified", 304):
        get_object(client, IfNoneMatch=etag, IfModifiedSince=written)


def test_if_modified_since_the_moment_of_writing_is_not_modified(cos: FakeCOS, client: Any, written: Any) -> None:
    # recorded aws-objects 21
    with refused(cos, "304", "Not Modified", 304):
        get_object(client, IfModifiedSince=written)


def test_not_modified_says_the_etag_and_the_time_and_nothing_of_the_object(
    cos: FakeCOS, client: Any, written: Any
) -> None:
    # public sources: no Content-Length, no Content-Type, no body
    with refused(cos, "304", "Not Modified", 304) as answer:
        get_object(client, IfNoneMatch=ETAG)
    headers = specific_headers(answer)
    assert headers.pop("last-modified").endswith(" GMT")
    headers.pop("accept-ranges", None)  # of every answer of COS
    assert headers == {"etag": ETAG}


@pytest.mark.parametrize(
    "conditions",
    [
        lambda _: {"IfMatch": ETAG},
        lambda _: {"IfMatch": ETAG.strip('"')},
        lambda _: {"IfMatch": "*"},
        lambda written: {"IfMatch": ETAG, "IfUnmodifiedSince": written - DAY},
        lambda _: {"IfNoneMatch": OTHER},
        lambda written: {"IfNoneMatch": OTHER, "IfModifiedSince": written},
        lambda written: {"IfUnmodifiedSince": written},
        lambda written: {"IfUnmodifiedSince": written + DAY},
        lambda written: {"IfModifiedSince": written - DAY},
        lambda written: {"IfModifiedSince": written + DAY},
        lambda written: {
            "IfMatch": ETAG,
            "IfNoneMatch": OTHER,
            "IfModifiedSince": written,
            "IfUnmodifiedSince": written,
        },
    ],
    ids=[
        "same etag",
        "without quotes",
        "any etag",
        "an etag wins over a date",
        "another etag",
        "another etag wins over a date",
        "not since it was written",
        "not by tomorrow",
        "since yesterday",
        "since tomorrow, which is ignored",
        "all hold",
    ],
)
def test_conditions_that_hold_change_nothing_of_the_answer(client: Any, written: Any, conditions: Any) -> None:
    # recorded aws-objects 21 and aws-multipart 67-68; that an ETag wins over a date: RFC 9110, documented
    answer = get_object(client, **conditions(written))
    assert http_status(answer) == 200
    assert members_of(answer) == members_of(get_object(client))
    assert members_of(client.head_object(Bucket=BUCKET, Key="key", **conditions(written)))["ContentLength"] == 4


@pytest.mark.parametrize(
    ("conditions", "status"),
    [({"IfMatch": OTHER}, 412), ({"IfNoneMatch": ETAG}, 304)],
)
def test_head_answers_the_status_alone(
    cos: FakeCOS, client: Any, written: Any, conditions: dict[str, str], status: int
) -> None:
    # recorded aws-objects 2: HEAD has no body
    with refused(cos, str(status), status=status) as answer:
        client.head_object(Bucket=BUCKET, Key="key", **conditions)
    assert "content-length" not in specific_headers(answer)


def test_a_condition_that_is_no_date_is_ignored(client: Any, written: Any) -> None:
    # RFC 9110: "A recipient MUST ignore the If-Modified-Since header field if the received field value is not a valid
    # HTTP-date"
    with before_signing(client, headers={"If-Modified-Since": "yesterday"}):
        assert http_status(get_object(client)) == 200


# --- writes ---------------------------------------------------------------------------------------------


def test_a_put_if_none_match_does_not_overwrite(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-multipart 69 for Complete; documented for PutObject
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data", IfNoneMatch="*")
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-None-Match"):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"other", IfNoneMatch="*")
    aws.delete_object(Bucket=BUCKET, Key="key")
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"other", IfNoneMatch="*")


def test_a_put_if_match_overwrites_only_what_it_names(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-objects 23
    aws.put_object(Bucket=BUCKET, Key="test-precondition", Body=b"data")
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-Match"):
        aws.put_object(Bucket=BUCKET, Key="test-precondition", IfMatch=OTHER)
    assert members_of(aws.put_object(Bucket=BUCKET, Key="test-precondition", IfMatch=ETAG)) == {
        "ChecksumCRC32": "AAAAAA==",
        "ChecksumType": "FULL_OBJECT",
        "ETag": OTHER,
        "ServerSideEncryption": "AES256",
    }
    aws.delete_object(Bucket=BUCKET, Key="test-precondition")
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="test-precondition"):
        aws.put_object(Bucket=BUCKET, Key="test-precondition", IfMatch=OTHER)


@pytest.mark.parametrize(
    ("conditions", "header", "more"),
    [
        (
            {"IfNoneMatch": ETAG},
            "If-None-Match",
            "We don't accept the provided value of If-None-Match header for this API",
        ),
        ({"IfMatch": "*"}, "If-Match", "We don't accept the provided value of If-Match header for this API"),
        (
            {"IfMatch": ETAG, "IfNoneMatch": "*"},
            "If-Match,If-None-Match",
            "Multiple conditional request headers present in the request",
        ),
    ],
)
def test_conditions_of_a_write_that_s3_does_not_take(
    cos: FakeCOS, aws: Any, conditions: dict[str, str], header: str, more: str
) -> None:
    # recorded aws-multipart 54; for CopyObject: assumed
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    with refused(cos, "NotImplemented", HEADER_NOT_IMPLEMENTED, 501, Header=header, additionalMessage=more):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"other", **conditions)
    with refused(cos, "NotImplemented", HEADER_NOT_IMPLEMENTED, 501, Header=header, additionalMessage=more):
        aws.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/key", **conditions)


def test_an_empty_if_match_of_a_write_is_refused(cos: FakeCOS, aws: Any) -> None:
    # public
    message = "The value provided for the If-Match query parameter cannot be empty for this API."
    with (
        before_signing(aws, headers={"If-Match": ""}),
        refused(cos, "InvalidArgument", message, 400, ArgumentName="If-Match"),
    ):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")


# --- deletes --------------------------------------------------------------------------------------------


def test_a_delete_if_match_deletes_only_what_it_names(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-objects 24
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-Match"):
        aws.delete_object(Bucket=BUCKET, Key="key", IfMatch="badvalue")
    assert members_of(aws.delete_object(Bucket=BUCKET, Key="key", IfMatch=ETAG)) == {}
    assert not cos.store.buckets[BUCKET].objects


@pytest.mark.parametrize(
    ("condition", "header"),
    [
        (
            {"IfMatchLastModifiedTime": dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)},
            "x-amz-if-match-last-modified-time",
        ),
        ({"IfMatchSize": 4}, "x-amz-if-match-size"),
    ],
)
def test_conditions_of_a_delete_that_are_for_directory_buckets(
    cos: FakeCOS, aws: Any, condition: dict[str, Any], header: str
) -> None:
    # recorded aws-objects 25, 26
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    with refused(cos, "NotImplemented", HEADER_NOT_IMPLEMENTED, 501, Header=header):
        aws.delete_object(Bucket=BUCKET, Key="key", **condition)


def test_conditions_hold_while_the_clock_stands_still(aws: Any, frozen: Callable[[], None]) -> None:
    # law 6: times come from the clock of the test; two writes in the same second are told apart by their ETags
    first = aws.put_object(Bucket=BUCKET, Key="key", Body=b"1")["ETag"]
    second = aws.put_object(Bucket=BUCKET, Key="key", Body=b"2", IfMatch=first)["ETag"]
    assert members_of(aws.get_object(Bucket=BUCKET, Key="key", IfMatch=second))["Body"] == b"2"


@pytest.fixture
def frozen() -> Any:
    import time_machine

    with time_machine.travel(dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.timezone.utc), tick=False):
        yield

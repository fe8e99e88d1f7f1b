"""Preconditions of reads and of writes that need no upload (Complete's: test_conditional_complete)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.conditions import ETAG, OTHER
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.messages import PRECONDITION_FAILED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

DAY = dt.timedelta(days=1)


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


# --- deletes --------------------------------------------------------------------------------------------


def test_a_delete_if_match_deletes_only_what_it_names(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-objects 24
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-Match"):
        aws.delete_object(Bucket=BUCKET, Key="key", IfMatch="badvalue")
    assert members_of(aws.delete_object(Bucket=BUCKET, Key="key", IfMatch=ETAG)) == {}
    assert not cos.store.buckets[BUCKET].objects


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

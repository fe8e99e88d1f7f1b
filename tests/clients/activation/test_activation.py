"""Switching on and off: nested, repeated, out of order, from threads; everything is undone exactly."""
# ruff: noqa: PT012  the block of the fake is what raises

# ruff: noqa: PT012  the block of the fake is what raises

from __future__ import annotations

import asyncio
import os
import sys
import threading
from typing import TYPE_CHECKING, Any

import boto3
import botocore.endpoint
import botocore.httpsession
import botocore.signers
import ibm_botocore.credentials
import ibm_botocore.endpoint
import ibm_botocore.httpsession
import ibm_botocore.signers
import pytest
from boto3.s3 import transfer

import fakecos
from fakecos import FakeCOS, UnimplementedOperationWarning, UsageError
from fakecos.clients import base

if TYPE_CHECKING:
    from collections.abc import Callable

ENDPOINTS: Any = botocore.endpoint
OWNERS: list[Any] = [
    botocore.endpoint,
    botocore.endpoint.Endpoint,
    botocore.httpsession.URLLib3Session,
    botocore.signers.RequestSigner,
    ibm_botocore.endpoint,
    ibm_botocore.endpoint.Endpoint,
    ibm_botocore.httpsession.URLLib3Session,
    ibm_botocore.signers.RequestSigner,
    ibm_botocore.credentials.DefaultTokenManager,
    boto3,
    transfer,
]


class BoomError(Exception):
    """Something that goes wrong in a test."""


def world() -> tuple[Any, ...]:
    """Return all that a fake touches in the process."""
    return dict(os.environ), list(sys.meta_path), [dict(vars(owner)) for owner in OWNERS]


def is_listed(client: Any, key: str) -> bool:
    return key in [item["Key"] for item in client.list_objects_v2(Bucket="photos").get("Contents", [])]


def test_everything_is_as_before_after_the_block() -> None:
    before = world()
    with FakeCOS():
        assert world() != before
    assert world() == before


def test_everything_is_as_before_after_an_exception() -> None:
    before = world()
    with pytest.raises(BoomError), FakeCOS():
        os.environ["AWS_REGION"] = "elsewhere"
        raise BoomError
    assert world() == before


def test_everything_is_as_before_after_a_start_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = world()
    with monkeypatch.context() as patch:
        no_function: Any = None
        broken = base.Adapter(while_active={"botocore.signers": no_function})
        patch.setattr("fakecos.clients.botocore.credentials.ADAPTER", broken)
        with pytest.raises(TypeError):
            FakeCOS().start()
    assert world() == before
    with pytest.raises(UsageError, match="No fake is active"):
        fakecos.current()


def test_what_somebody_patched_over_ours_stays_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    cos = FakeCOS().start()
    with monkeypatch.context() as patch:
        theirs: Callable[..., Any] = lambda self, request: None  # noqa: E731, ARG005
        patch.setattr(botocore.endpoint.Endpoint, "_send", theirs)
        cos.stop()
        assert botocore.endpoint.Endpoint._send is theirs  # type: ignore[attr-defined]


def test_the_inner_fake_answers_and_the_outer_is_untouched() -> None:
    with FakeCOS() as outer:
        outer.create_bucket("photos")
        client = boto3.client("s3")
        client.put_object(Bucket="photos", Key="outer")
        with FakeCOS() as inner:
            inner.create_bucket("photos")
            client.put_object(Bucket="photos", Key="inner")
            assert fakecos.current() is inner
            assert not is_listed(client, "outer")
        assert fakecos.current() is outer
        assert is_listed(client, "outer")
        assert not is_listed(client, "inner")


def test_entering_the_same_fake_again_counts() -> None:
    cos = FakeCOS()
    with cos:
        cos.create_bucket("photos")
        with cos:
            assert "photos" in cos.store.buckets
        assert boto3.client("s3").list_buckets()["Buckets"]
        assert fakecos.current() is cos
    with pytest.raises(UsageError):
        fakecos.current()


def test_state_is_readable_after_exit_and_gone_on_the_next_entry() -> None:
    cos = FakeCOS()
    cos.create_bucket("before")
    with cos:
        assert "before" in cos.store.buckets
        cos.create_bucket("photos")
    assert "photos" in cos.store.buckets
    with cos:
        assert not cos.store.buckets


def test_reset_empties_it() -> None:
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        cos.create_access_point("door", "photos")
        boto3.client("s3").list_buckets()
        cos.reset()
        assert not cos.store.buckets
        assert cos.request_count == 0
        assert boto3.client("s3").list_buckets()["Buckets"] == []


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0), (0, 2, 1), (2, 0, 1)])
def test_stopping_in_any_order_undoes_everything(order: tuple[int, ...]) -> None:
    before = world()
    fakes = [FakeCOS().start(), FakeCOS(keep_environment=True).start(), FakeCOS().start()]
    os.environ["AWS_SECRET_ACCESS_KEY"] = "changed by the code under test"
    left = list(fakes)
    for index in order:
        fakes[index].stop()
        left.remove(fakes[index])
        if left:
            assert fakecos.current() is left[-1]
    assert world() == before


def test_stop_without_start_is_told() -> None:
    with pytest.raises(UsageError, match="without start"):
        FakeCOS().stop()


def test_async_with_works_as_with() -> None:
    async def main() -> None:
        async with FakeCOS() as cos:
            assert fakecos.current() is cos

    before = world()
    asyncio.run(main())
    assert world() == before


def test_threads_may_start_and_stop_at_once() -> None:
    before = world()

    def work() -> None:
        for _ in range(20):
            with FakeCOS():
                pass

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert world() == before


def test_other_threads_are_answered_too() -> None:
    answers: list[Any] = []
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        client = boto3.client("s3")
        thread = threading.Thread(target=lambda: answers.append(client.list_buckets()["Buckets"]))
        thread.start()
        thread.join()
    assert [bucket["Name"] for bucket in answers[0]] == ["photos"]


@pytest.mark.parametrize(
    ("keywords", "says"),
    [
        ({"credentials": object()}, 'credentials={"AKIAEXAMPLE": "secret"}'),
        ({"credentials": {}}, 'credentials={"AKIAEXAMPLE": "secret"}'),
        ({"credentials": {"AKIAEXAMPLE": b"secret"}}, 'credentials={"AKIAEXAMPLE": "secret"}'),
        ({"dialect": "minio"}, "aws"),
        ({"passthrough": ["sts", "S3"]}, "never leaves"),
        ({"passthrough": 5}, r'passthrough=\["sts"\]'),
        ({"passthrough": [5]}, r'passthrough=\["sts"\]'),
        ({"limits": {"min_part_size": 1}}, r"limits=Limits\(min_part_size=1\)"),
        ({"id_seed": object()}, "a whole number, or text"),
    ],
)
def test_a_keyword_that_cannot_work_is_told(keywords: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        FakeCOS(**keywords)


def test_buckets_and_access_points_made_by_hand_are_checked() -> None:
    cos = FakeCOS()
    cos.create_bucket("photos")
    with pytest.raises(UsageError, match="already"):
        cos.create_bucket("photos")
    with pytest.raises(UsageError, match="S3 would not create a bucket 'Photos'"):
        cos.create_bucket("Photos")
    with pytest.raises(UsageError, match="create it first"):
        cos.create_access_point("door", "elsewhere")


def test_pauses_between_attempts_are_not_slept_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    with FakeCOS():
        ENDPOINTS.time.sleep(9)
        assert ENDPOINTS.time.time() > 0
    with FakeCOS(sleep_between_retries=True):
        ENDPOINTS.time.sleep(4)
    assert slept == [4]


def test_operations_that_are_not_there_are_warned_about_at_the_end() -> None:
    cos = FakeCOS().start()
    cos.create_bucket("photos")
    with pytest.raises(boto3.client("s3").exceptions.ClientError, match="NotImplemented"):
        boto3.client("s3").get_bucket_metadata_configuration(Bucket="photos")
    with pytest.warns(UnimplementedOperationWarning, match="GetBucketMetadataConfiguration"):
        cos.stop()

"""Faults beside other things: threads, several fakes, transfers, and a fake that has none."""

from __future__ import annotations

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from boto3.s3.transfer import TransferConfig

from fakecos import FakeCOS
from fakecos.faults import Corrupt, Transport, When

if TYPE_CHECKING:
    from collections.abc import Callable

MIB = 1024 * 1024


def test_threads_share_the_count(cos: FakeCOS, aws: Any) -> None:
    fault = cos.inject("PutObject", error="SlowDown", times=20, after=10, every=2)

    def put(number: int) -> bool:
        try:
            aws.put_object(Bucket="photos", Key=str(number), Body=b"x")
        except aws.exceptions.ClientError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        came = list(pool.map(put, range(100)))
    assert (fault.hits, fault.seen, came.count(False)) == (20, 100, 20)
    assert len(cos.store.buckets["photos"].objects) == 80


@pytest.mark.parametrize(
    "keywords",
    [
        {"error": "SlowDown"},
        {"transport": Transport.RESET, "when": When.after_bytes(MIB)},
        {"transport": Transport.READ_TIMEOUT, "when": When.STORED},
        {"delay": 1000},
    ],
    ids=str,
)
def test_a_transfer_in_parts_survives(
    cos: FakeCOS, make_client: Callable[..., Any], package: str, keywords: dict[str, Any]
) -> None:
    data = bytes(range(256)) * 4096 * 20
    fault = cos.inject("UploadPart", part_number={2, 4}, times=2, **keywords)
    config = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB, max_concurrency=4)
    make_client(package).upload_fileobj(io.BytesIO(data), "photos", "a", Config=config)
    assert fault.hits == 2
    assert cos.store.buckets["photos"].objects["a"].body == data


def test_a_transfer_whose_part_is_damaged_aborts(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    cos.inject("UploadPart", part_number=2, corrupt=Corrupt.flip(-1))
    config = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB)
    with pytest.raises(Exception, match="BadDigest"):
        make_client().upload_fileobj(io.BytesIO(bytes(12 * MIB)), "photos", "a", Config=config)
    assert not cos.store.buckets["photos"].uploads


def test_each_fake_has_faults_of_its_own(cos: FakeCOS, aws: Any) -> None:
    fault = cos.inject("ListBuckets", error="AccessDenied")
    with FakeCOS():
        boto3.client("s3").list_buckets()
    assert fault.seen == 0
    with pytest.raises(aws.exceptions.ClientError):
        aws.list_buckets()


def test_a_predicate_that_fails_is_told_to_the_test(cos: FakeCOS, aws: Any) -> None:
    cos.inject("PutObject", where=lambda request: request.nonsense, error="SlowDown")  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="nonsense"):
        aws.put_object(Bucket="photos", Key="a", Body=b"x")
    assert [type(error) for error in cos.errors] == [AttributeError]
    cos.errors.clear()
    cos.unfired_faults()[0].cancel()


def test_a_fake_without_faults_does_not_load_them() -> None:
    code = """
import sys, boto3
from fakecos import FakeCOS
with FakeCOS():
    boto3.client("s3").list_buckets()
print([name for name in sys.modules if name.startswith("fakecos") and ("fault" in name or "strike" in name)])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"

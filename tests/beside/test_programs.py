"""With a service that answers as the fake does nothing differs, and all that is stored is stored there too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos import Beside, FakeCOS
from tests.beside.conftest import BUCKET
from tests.beside.programs import PROGRAMS, multipart, presigned, versions

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.loopback


def contents(cos: FakeCOS) -> dict[str, Any]:
    bucket = cos.bucket(BUCKET)
    return {
        "objects": {key: found.body for key, found in bucket.objects.items()},
        "uploads": [(each.key, sorted(each.parts)) for each in bucket.uploads.values()],
    }


SHORT = frozenset({multipart, versions, presigned})
CASES = [pytest.param(each, id=each.__name__, marks=[] if each in SHORT else [pytest.mark.slow]) for each in PROGRAMS]


@pytest.mark.parametrize("program", CASES)
def test_nothing_differs(program: Callable[[Any, str], None], beside: Callable[..., Beside], real: FakeCOS) -> None:
    with FakeCOS(beside=beside(), id_seed="here") as cos:
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket=BUCKET)
        program(s3, BUCKET)
        here, there = contents(cos), contents(real)
        compared = cos.request_count
    assert list(cos.differences) == []
    assert cos.differences.not_compared == {}
    assert cos.differences.compared == compared
    assert here == there
    assert BUCKET not in real.store.buckets  # delete_created


def test_a_second_fake_finds_its_buckets_gone(beside: Callable[..., Beside]) -> None:
    given = beside()
    for _ in range(2):
        with FakeCOS(beside=given) as cos:
            boto3.client("s3").create_bucket(Bucket=BUCKET)
        assert (cos.differences.compared, list(cos.differences)) == (1, [])

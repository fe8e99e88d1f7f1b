"""What the tests of races share: a fake with one bucket, and a client of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos import FakeCOS, Limits
from tests.race.programs import BUCKET

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    """A fake with one bucket, and parts of any size."""
    with FakeCOS(limits=Limits(min_part_size=1)) as fake:
        fake.create_bucket(BUCKET)
        yield fake


@pytest.fixture
def s3(cos: FakeCOS) -> Any:
    """A client of the fake."""
    assert cos.is_active
    return boto3.client("s3", "us-east-1")

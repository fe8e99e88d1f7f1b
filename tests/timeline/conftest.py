"""What the tests of timelines share: a fake with a bucket, in which a part may have one byte, and its client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    """An active fake with the bucket `photos`."""
    with FakeCOS(limits=Limits(min_part_size=1)) as fake:
        fake.create_bucket("photos", sse_c="allowed")
        yield fake


@pytest.fixture
def s3(cos: FakeCOS) -> Any:
    """A client of the fake."""
    return cos.client()

"""What the tests of IBM Cloud Object Storage share: a fake, clients of ibm_boto3, and a clock that stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos.contract.steps.names import BUCKET, IBM
from tests.contract.conftest import cos, make_client, way_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos import FakeCOS

__all__ = ["cos", "make_client", "way_in"]

KEY = "contract.pdf"
DAY = 24 * 60 * 60
POLICY = {
    "Status": "Retention",
    "MinimumRetention": {"Days": 1},
    "DefaultRetention": {"Days": 10},
    "MaximumRetention": {"Days": 100},
}


@pytest.fixture
def levels() -> bool:
    """Answers are seen as they are."""
    return False


@pytest.fixture
def client(make_client: Callable[..., Any]) -> Any:
    """A client with HMAC keys, over https."""
    return make_client(IBM)


@pytest.fixture
def clock() -> Iterator[Any]:
    """A clock that stands still until it is ticked."""
    with freeze_time("2026-05-04T10:00:00Z") as frozen:
        yield frozen


@pytest.fixture
def protected(clock: Any, cos: FakeCOS, client: Any) -> str:
    """A bucket with a retention policy of 1, 10 and 100 days."""
    client.put_bucket_protection_configuration(Bucket=BUCKET, ProtectionConfiguration=POLICY)
    return BUCKET

"""What the tests of IBM's IAM share: clients with an API key, and a clock that stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibm_boto3
import pytest
from freezegun import freeze_time
from ibm_botocore.config import Config

from fakecos import FakeCOS
from tests.support.constants import EU_DE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOKEN_URL = "https://iam.cloud.ibm.com/identity/token"


@pytest.fixture
def clock() -> Iterator[Any]:
    """A clock that stands still until it is ticked."""
    with freeze_time("2026-05-04T10:00:00Z") as frozen:
        yield frozen


@pytest.fixture
def cos(clock: Any) -> Iterator[FakeCOS]:
    """A fake with one bucket."""
    with FakeCOS() as fake:
        fake.create_bucket("photos")
        yield fake


@pytest.fixture
def make_client() -> Callable[..., Any]:
    """Make a client with an API key, which tries once."""

    def make(api_key: str = "own-api-key", **keywords: Any) -> Any:
        config = Config(signature_version="oauth", retries={"total_max_attempts": 1})
        named = {"ibm_service_instance_id": "own-instance", "endpoint_url": EU_DE, "config": config, **keywords}
        return ibm_boto3.client("s3", ibm_api_key_id=api_key, **named)

    return make


def operations(cos: FakeCOS) -> list[str]:
    """Return what was asked, in order."""
    return [exchange.operation for exchange in cos.journal]


def manager_of(client: Any) -> Any:
    """Return the token manager of a client."""
    return client._request_signer._credentials.token_manager

"""A second fake, served over TLS with verified signatures, in the place of the real service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config

from fakecos import Beside, FakeCOS
from tests.support.planted import proxy_before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos import Server
    from tests.support.planted import Proxy

KEY, SECRET = "AKIAREALREALREAL", "the secret of the real service"
PREFIX = "fakecos-beside-"
BUCKET = f"{PREFIX}photos"
QUICK = 100_000


def client_at(url: str, ca_bundle: str | bool | None = None, **keywords: Any) -> Any:
    """Return a client with the keys of the real service."""
    given = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "region_name": "us-east-1", **keywords}
    config = Config(retries={"max_attempts": 0}, connect_timeout=5)
    return boto3.session.Session().client("s3", endpoint_url=url, verify=ca_bundle, config=config, **given)


@pytest.fixture
def real() -> FakeCOS:
    """What stands for the real service: it knows one key, and its ids are others than those of the fake here."""
    return FakeCOS(credentials={KEY: SECRET}, id_seed="there")


@pytest.fixture
def server(real: FakeCOS) -> Iterator[Server]:
    """Its address."""
    with real.serve(tls=True, environment=False) as served:
        yield served


@pytest.fixture
def beside(server: Server) -> Callable[..., Beside]:
    """Make a Beside for it."""

    def make(**keywords: Any) -> Beside:
        given = {"bucket_prefix": PREFIX, "requests_per_second": QUICK, "delete_created": True, **keywords}
        return Beside(client_at(server.endpoint_url, server.ca_bundle), **given)

    return make


@pytest.fixture
def proxy(real: FakeCOS) -> Iterator[Proxy]:
    """A proxy before it, over plain http, which counts and changes answers."""
    with real.serve(environment=False) as served, proxy_before(served.endpoint_url) as opened:
        yield opened


@pytest.fixture
def through(proxy: Proxy) -> Callable[..., Beside]:
    """Make a Beside for the proxy."""

    def make(**keywords: Any) -> Beside:
        given = {"bucket_prefix": PREFIX, "requests_per_second": QUICK, **keywords}
        return Beside(client_at(proxy.url), **given)

    return make


@pytest.fixture
def cos(beside: Callable[..., Beside]) -> Iterator[FakeCOS]:
    """A fake that is on, with the service beside it."""
    with FakeCOS(beside=beside(), id_seed="here") as fake:
        yield fake

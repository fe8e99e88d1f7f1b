"""What the tests of plain HTTP share: a fake with one bucket, and presigned URLs of both packages and signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
import ibm_boto3
import pytest
from botocore.config import Config
from ibm_botocore.config import Config as IbmConfig

from fakecos import FakeCOS, Limits
from tests.clients.http.addresses import Sign, open_bucket, url_signer
from tests.support.constants import US_SOUTH

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    """A fake with one bucket and parts of any size."""
    with FakeCOS(limits=Limits(min_part_size=1)) as fake:
        open_bucket(fake)
        yield fake


@pytest.fixture(params=["boto3-s3", "boto3-s3v4", "ibm_boto3-s3", "ibm_boto3-s3v4"])
def sign(request: pytest.FixtureRequest, cos: FakeCOS) -> Sign:
    """Sign URLs with each package and each version of signatures."""
    package, _, version = request.param.partition("-")
    if package == "boto3":
        return url_signer(boto3.client("s3", config=Config(signature_version=version)))
    return url_signer(ibm_boto3.client("s3", endpoint_url=US_SOUTH, config=IbmConfig(signature_version=version)))


@pytest.fixture
def url(cos: FakeCOS) -> Sign:
    """Sign URLs with boto3's SigV4."""
    return url_signer(boto3.client("s3", config=Config(signature_version="s3v4")))


@pytest.fixture(autouse=True)
def _bare_environment() -> None:
    """Keep the default sessions, which the clients that sign share: a new one reads the service's model again."""

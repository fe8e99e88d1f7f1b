"""What the tests of faults share: a fake with one bucket, and clients of both packages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import ibm_boto3
import pytest
from botocore.config import Config
from ibm_botocore.client import Config as IbmConfig

from fakecos import FakeCOS, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

BUCKET = "photos"
AWS, IBM = "boto3", "ibm_boto3"


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    """A fake with one bucket and parts of any size."""
    with FakeCOS(limits=Limits(min_part_size=1)) as fake:
        fake.create_bucket(BUCKET)
        yield fake


@pytest.fixture
def make_client(cos: FakeCOS) -> Callable[..., Any]:
    """Make a client of a package; `config` are keywords of its Config."""

    def make(package: str = AWS, **keywords: Any) -> Any:
        options = keywords.pop("config", {})
        if package == IBM:
            return ibm_boto3.client("s3", config=IbmConfig(**options), **keywords)
        return boto3.client("s3", config=Config(**options), **keywords)

    return make


@pytest.fixture(params=[AWS, IBM])
def package(request: pytest.FixtureRequest) -> str:
    """Each of the two packages."""
    return str(request.param)


@pytest.fixture
def client(make_client: Callable[..., Any], package: str) -> Any:
    """A client of the package that tries once, so that a failure is seen."""
    return make_client(package, config={"retries": {"total_max_attempts": 1}})


@pytest.fixture
def exceptions(package: str) -> ModuleType:
    """The exceptions of the package."""
    if package == IBM:
        import ibm_botocore.exceptions as found
    else:
        import botocore.exceptions as found
    module: ModuleType = found
    return module


@pytest.fixture
def aws(make_client: Callable[..., Any]) -> Any:
    """A boto3 client that tries once."""
    return make_client(AWS, config={"retries": {"total_max_attempts": 1}})


@pytest.fixture
def upload(aws: Any) -> dict[str, Any]:
    """An open upload with one part: what names it."""
    named = {"Bucket": BUCKET, "Key": "film.mp4"}
    named["UploadId"] = aws.create_multipart_upload(**named)["UploadId"]
    aws.upload_part(**named, PartNumber=1, Body=b"first")
    return named

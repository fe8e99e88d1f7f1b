"""A fake with a bucket, and a browser that sends it raw requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos import FakeCOS
from fakecos.wire.messages import HttpRequest, RawBody

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUCKET = "site"
HOST = f"{BUCKET}.s3.amazonaws.com"
WEBSITE_HOST = f"{BUCKET}.s3-website-us-east-1.amazonaws.com"


class Answer:
    """What a browser sees. Header names are those of the wire, in any case."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status = status
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.body = body

    @property
    def cors(self) -> dict[str, str]:
        """The headers of CORS, without Vary."""
        return {name: value for name, value in self.headers.items() if name.startswith("access-control-")}


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with FakeCOS() as fake:
        fake.create_bucket(BUCKET)
        yield fake


@pytest.fixture
def client(cos: FakeCOS) -> Any:
    return boto3.client("s3")


@pytest.fixture
def browse(cos: FakeCOS) -> Callable[..., Answer]:
    """Return what sends a request that is not signed."""

    def send(method: str, path: str, host: str = HOST, **headers: str) -> Answer:
        named = {name.replace("_", "-").lower(): value for name, value in headers.items()}
        answer = cos._service.handle(HttpRequest(method, "http", host, path, "", named, RawBody()))
        return Answer(answer.status, answer.headers, b"".join(bytes(piece) for piece in answer.chunks()))

    return send


@pytest.fixture
def public(client: Any) -> None:
    """Let anybody read the bucket's objects."""
    client.delete_public_access_block(Bucket=BUCKET)
    client.put_bucket_policy(
        Bucket=BUCKET,
        Policy='{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",'
        f' "Action": "s3:GetObject", "Resource": "arn:aws:s3:::{BUCKET}/*"}}]}}',
    )

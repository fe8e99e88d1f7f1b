"""Metadata of COS: a header that comes twice (documented: ibm-cos 3.3)."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
import urllib3

from fakecos import FakeCOS
from fakecos.contract.steps.names import BUCKET
from tests.ibm.conftest import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED = {"Bucket": BUCKET, "Key": KEY}


def test_a_header_that_comes_twice_is_joined_by_commas(client: Any) -> None:
    """Source: documented: IBM's page on common headers; aws-changes 31."""
    headers = urllib3.HTTPHeaderDict()
    for name, value in (("x-amz-meta-bee", "queen"), ("X-Amz-Meta-Bee", "worker"), ("x-amz-meta-bee", "drone")):
        headers.add(name, value)
    url = client.generate_presigned_url("put_object", Params=NAMED)
    assert urllib3.PoolManager().request("PUT", url, body=b"x", headers=headers).status == 200
    assert client.head_object(**NAMED)["Metadata"] == {"bee": "queen,worker,drone"}


@pytest.fixture
def fake() -> Iterator[FakeCOS]:
    with FakeCOS(dialect="ibm") as fake:
        fake.create_bucket(BUCKET)
        yield fake


@pytest.mark.loopback
def test_a_header_that_comes_twice_over_a_socket_is_joined_too(fake: FakeCOS) -> None:
    """Source: as above; it is the one request, whichever way it came."""
    lines = (
        *(f"PUT /{BUCKET}/{KEY} HTTP/1.1", "Host: localhost", "Authorization: Bearer TOKEN", "Connection: close"),
        *("x-amz-meta-bee: queen", "X-Amz-Meta-Bee: worker", "Content-Length: 1", "", "x"),
    )
    with fake.serve() as server, socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall("\r\n".join(lines).encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
    assert fake.bucket(BUCKET).objects[KEY].metadata == {"bee": "queen,worker"}

"""A fake that is not on, but served: what reaches it came over a socket."""

from __future__ import annotations

import socket
import threading
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config

from fakecos import FakeCOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos.serving.server import Server

BUCKET = "photos"
KEYS: dict[str, Any] = {"aws_access_key_id": "AKIDTEST", "aws_secret_access_key": "secret", "region_name": "us-east-1"}


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before, "a thread of the server is left"


@pytest.fixture
def cos() -> FakeCOS:
    """A fake with one bucket, not on."""
    fake = FakeCOS()
    fake.create_bucket(BUCKET, sse_c="allowed")
    return fake


@pytest.fixture(params=["http", "https"])
def server(cos: FakeCOS, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The fake's server, with and without TLS."""
    with cos.serve(tls=request.param == "https", environment=False) as opened:
        yield opened


@pytest.fixture
def plain(cos: FakeCOS) -> Iterator[Server]:
    """The fake's server without TLS."""
    with cos.serve(environment=False) as opened:
        yield opened


@pytest.fixture
def make_client() -> Iterator[Callable[..., Any]]:
    """Return what makes boto3 clients of a server; nothing of it is patched."""
    made: list[Any] = []

    def make(server: Server, **options: Any) -> Any:
        url = options.pop("endpoint_url", server.endpoint_url)
        config = Config(**{"retries": {"total_max_attempts": 1}, "read_timeout": 5, **options})
        client = boto3.session.Session().client("s3", endpoint_url=url, verify=server.ca_bundle, config=config, **KEYS)
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()


class Signing(socket.socket):
    """A socket that puts the present time before `Authorization`, as who signs must."""

    def sendall(self, data: Any, flags: int = 0) -> None:
        date = b"Date: %b\r\n" % formatdate(usegmt=True).encode()
        super().sendall(data.replace(b"Authorization:", date + b"Authorization:"), flags)


def connect(server: Server) -> socket.socket:
    """Return a socket that is connected to a server."""
    made = Signing(socket.AF_INET, socket.SOCK_STREAM)
    made.settimeout(10)
    made.connect(("127.0.0.1", server.port))
    return made


def send_bytes(server: Server, data: bytes) -> bytes:
    """Send bytes and nothing more, and return all that comes back until the server ends the connection."""
    with connect(server) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return read_to_end(connection)


def read_to_end(connection: socket.socket) -> bytes:
    """Return what comes until the end of a connection."""
    pieces = []
    while piece := connection.recv(65536):
        pieces.append(piece)
    return b"".join(pieces)


def read_answer(connection: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of one answer, with a length or in chunks."""
    file = connection.makefile("rb", 0)
    status = int(file.readline().split()[1])
    headers = {}
    while (line := file.readline()) != b"\r\n":
        name, _, value = line.decode().partition(":")
        assert name.lower() not in headers, f"{name} came twice"
        headers[name.lower()] = value.strip()
    body = b""
    if headers.get("transfer-encoding") == "chunked":
        while size := int(file.readline(), 16):
            chunk = b""
            while len(chunk) < size:
                chunk += file.read(size - len(chunk))
            assert file.readline() == b"\r\n"
            body += chunk
        assert file.readline() == b"\r\n"
        return status, headers, body
    size = int(headers.get("content-length", 0))
    while len(body) < size and (piece := file.read(size - len(body))):
        body += piece
    return status, headers, body

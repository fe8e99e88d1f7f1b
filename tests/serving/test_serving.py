"""Opening and closing: what a server leaves of the process, and of the environment."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos import FakeCOS, UnfiredFaultError, UsageError
from fakecos.serving.listener import GRACE
from tests.serving.conftest import BUCKET, connect, read_answer, read_to_end, send_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.loopback
LIST = b"GET /photos HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\n\r\n"
CHILD = """
import boto3, json, os
boto3.client("s3").put_object(Bucket="photos", Key="from the child", Body=b"holiday")
print(json.dumps({name: value for name, value in os.environ.items() if name.startswith("AWS_")}))
"""


def run_child() -> dict[str, str]:
    """Run a program that puts an object, as code under test would; return the variables that it saw."""
    done = subprocess.run([sys.executable, "-c", CHILD], check=True, capture_output=True, text=True, timeout=60)
    seen: dict[str, str] = json.loads(done.stdout)
    return seen


@pytest.mark.parametrize("tls", [False, True])
def test_a_child_process_finds_the_server(tls: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://elsewhere.test")
    monkeypatch.setenv("AWS_PROFILE", "production")
    before = dict(os.environ)
    with FakeCOS() as cos, cos.serve(tls=tls) as server:
        photos = cos.create_bucket(BUCKET)
        seen = run_child()
        assert seen["AWS_ENDPOINT_URL_S3"] == server.endpoint_url
        assert "AWS_PROFILE" not in seen
        assert {name: seen[name] for name in server.environment if name in seen} == {
            name: value for name, value in server.environment.items() if name.startswith("AWS_")
        }
        assert list(photos.objects) == ["from the child"]
    assert dict(os.environ) == before


def test_the_environment_is_put_back_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3", raising=False)
    before = dict(os.environ)
    cos = FakeCOS()
    server = cos.serve()
    cos.start()
    other = cos.serve()
    assert os.environ["AWS_ENDPOINT_URL_S3"] == other.endpoint_url
    server.stop()
    assert os.environ["AWS_ENDPOINT_URL_S3"] == other.endpoint_url
    other.stop()
    assert "AWS_ENDPOINT_URL_S3" not in os.environ
    cos.stop()
    assert dict(os.environ) == before


def test_the_environment_can_be_left_alone(cos: FakeCOS) -> None:
    before = dict(os.environ)
    with cos.serve(environment=False) as server:
        assert dict(os.environ) == before
        assert server.environment["AWS_ENDPOINT_URL_S3"] == server.endpoint_url
    keeping = FakeCOS(keep_environment=True)
    with keeping.serve():
        assert dict(os.environ) == before
    with keeping.serve(environment=True) as server:
        assert dict(os.environ) == {**before, "AWS_ENDPOINT_URL_S3": server.endpoint_url}
    assert dict(os.environ) == before


def test_clients_of_this_process_need_no_socket() -> None:
    with FakeCOS() as cos, cos.serve(tls=True):
        cos.create_bucket(BUCKET)
        client = boto3.client("s3")
        client.put_object(Bucket=BUCKET, Key="k", Body=b"1")
        assert client.list_objects_v2(Bucket=BUCKET)["KeyCount"] == 1


def test_both_doors_lead_to_one_store(make_client: Callable[..., Any]) -> None:
    with FakeCOS() as cos, cos.serve(environment=False) as server:
        cos.create_bucket(BUCKET)
        boto3.client("s3").put_object(Bucket=BUCKET, Key="k", Body=b"1")
        assert send_bytes(server, LIST).count(b"<Key>k</Key>") == 1


def test_a_server_in_asynchronous_code(cos: FakeCOS) -> None:
    async def list_keys() -> bytes:
        async with cos, cos.serve() as server:
            cos.create_bucket("more")
            return await asyncio.to_thread(send_bytes, server, LIST.replace(b"photos", b"more"))

    assert asyncio.run(list_keys()).startswith(b"HTTP/1.1 200")
    assert not cos.is_active


def test_a_server_ends_with_its_fake() -> None:
    with FakeCOS() as cos:
        server = cos.serve()
        port = server.port
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
    server.stop()  # once more is nothing


def test_closing_ends_connections_and_frees_the_port(cos: FakeCOS) -> None:
    server = cos.serve()
    with connect(server) as idle, connect(server) as half:
        half.sendall(
            b"PUT /photos/k HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\nContent-Length: 10\r\n\r\nhol"
        )
        idle.sendall(LIST)
        read_answer(idle)
        server.stop()
        assert read_to_end(idle) == b""
    with cos.serve(port=server.port) as again:
        assert again.port == server.port
        assert send_bytes(again, LIST).startswith(b"HTTP/1.1 200")
    assert not cos.bucket(BUCKET).objects


def test_many_half_sent_requests_hold_the_end_up_no_longer_than_one(
    cos: FakeCOS, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_vain: list[float] = []
    join = threading.Thread.join

    def waiting(thread: threading.Thread, timeout: float | None = None) -> None:
        join(thread, timeout)
        if timeout is not None and thread.is_alive():
            in_vain.append(timeout)

    monkeypatch.setattr(threading.Thread, "join", waiting)
    server = cos.serve()
    half = [connect(server) for _ in range(10)]
    for connection in half:
        connection.sendall(
            b"PUT /photos/k HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\nContent-Length: 10\r\n\r\nhol"
        )
    connections = server._listener._connections
    while any(connection.is_idle for connection in list(connections)) or len(connections) < len(half):
        time.sleep(0.01)
    server.stop()
    assert in_vain == [GRACE]
    assert all(read_to_end(connection) == b"" for connection in half)
    for connection in half:
        connection.close()


def test_a_port_that_is_taken_is_told(cos: FakeCOS) -> None:
    with cos.serve() as server, pytest.raises(OSError, match="in use"):
        cos.serve(port=server.port)


@pytest.mark.parametrize("host", ["0.0.0.0", "example.com", "192.168.1.1"])  # noqa: S104  refused, that is the point
def test_no_other_machine_is_served(host: str, cos: FakeCOS) -> None:
    with pytest.raises(UsageError, match="this machine only"):
        cos.serve(host)


def test_localhost_and_ipv6_are_this_machine(cos: FakeCOS) -> None:
    with cos.serve("localhost") as server:
        assert send_bytes(server, LIST).startswith(b"HTTP/1.1 200")
    with cos.serve("::1") as server:
        assert server.endpoint_url == f"http://[::1]:{server.port}"


def test_the_certificate_is_deleted(cos: FakeCOS) -> None:
    with cos.serve(tls=True) as server:
        assert server.ca_bundle
        bundle = Path(server.ca_bundle)
        assert bundle.read_text().startswith("-----BEGIN CERTIFICATE-----")
    assert not bundle.exists()


def test_what_never_happened_is_told_when_a_server_was_all(cos: FakeCOS) -> None:
    cos.inject("GetObject", error="SlowDown")
    server = cos.serve()
    with pytest.raises(UnfiredFaultError):
        server.stop()


def test_a_fake_that_goes_on_is_told_later() -> None:
    cos = FakeCOS().start()
    cos.inject("GetObject", error="SlowDown")
    cos.serve().stop()
    with pytest.raises(UnfiredFaultError):
        cos.stop()


def test_what_is_stored_can_be_looked_at_afterwards(cos: FakeCOS) -> None:
    with cos.serve() as server:
        send_bytes(
            server,
            b"PUT /photos/k HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\nContent-Length: 7\r\n\r\nholiday",
        )
    assert cos.bucket(BUCKET).objects["k"].body == b"holiday"
    assert [exchange.operation for exchange in cos.journal] == ["PutObject"]


def test_without_the_extra_it_says_what_to_install(cos: FakeCOS, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("fakecos.serving")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "h11", None)
    with pytest.raises(UsageError, match=r"pip install 'fakecos\[server\]'"):
        cos.serve()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"port": "80"}, "a port is a whole number up to 65535"),
        ({"port": 70000}, "a port is a whole number up to 65535"),
        ({"port": -1}, "a port is a whole number up to 65535"),
        ({"domain": "http://s3.test"}, 'domain="s3.test"'),
        ({"domain": "s3.test:80"}, 'domain="s3.test"'),
        ({"domain": 5}, 'domain="s3.test"'),
        ({"host": "192.0.2.1"}, "this machine only"),
        ({"host": 9000}, "cos.serve(port=9000)"),
    ],
)
def test_an_address_that_cannot_be_is_told(given: dict[str, Any], said: str) -> None:
    cos = FakeCOS()
    with pytest.raises(UsageError) as mistake:
        cos.serve(**given)
    assert said in str(mistake.value)
    assert not cos.is_active

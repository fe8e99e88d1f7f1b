"""Lengths that are none, over a socket."""

from __future__ import annotations

import socket

import pytest

from fakecos import FakeCOS

pytestmark = pytest.mark.loopback


@pytest.mark.parametrize("length", ["9" * 5000, "9" * 30, "+5", "5_0", "0x5"])
@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_a_length_that_is_none_is_answered_and_the_server_goes_on(method: str, length: str) -> None:
    """Source: assumed: aws-changes 25. RFC 9110, 8.6: a length is digits."""
    cos = FakeCOS()
    cos.create_bucket("photos")
    with cos.serve() as server:
        for _ in range(2):
            host, port = server.endpoint_url.removeprefix("http://").split(":")
            with socket.create_connection((host, int(port)), timeout=10) as stream:
                head = f"{method} /photos/a HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {length}\r\n\r\n"
                stream.sendall(head.encode())
                assert stream.recv(100).startswith(b"HTTP/1.1 4")
    assert not cos.bucket("photos").objects

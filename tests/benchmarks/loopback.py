"""Parts over a socket: on the fake, and on a null answer by the same server, in turn. The client is a bare socket.

A client in Python takes a millisecond for each request, in which the server's own time would not be seen.
"""

from __future__ import annotations

import hashlib
import os
import socket
import threading
import time
from contextlib import closing, contextmanager
from statistics import median
from typing import TYPE_CHECKING

from tests.benchmarks.served import Null
from tests.benchmarks.table import Line, at_most

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KIB, MIB = 1024, 1024 * 1024
HEADERS = (
    "Host: 127.0.0.1\r\nConnection: Keep-Alive\r\nUser-Agent: aws-sdk-cpp/1.11 ua/2.1 os/Linux#6 lang/c++#C++20\r\n"
    "Accept: */*\r\namz-sdk-invocation-id: 00000000-0000-0000-0000-000000000000\r\namz-sdk-request: attempt=1\r\n"
    "Content-Type: binary/octet-stream\r\nx-amz-date: {date}\r\nx-amz-content-sha256: UNSIGNED-PAYLOAD\r\n"
    "Authorization: AWS4-HMAC-SHA256 Credential=A/{day}/us-east-1/s3/aws4_request, "
    "SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
    "Signature=0\r\n"
)
"""Those of the AWS SDK for C++, which pyarrow has inside."""


def run(*, fast: bool) -> list[Line]:
    """Measure a small part, and a large one."""
    from fakecos import FakeCOS
    from fakecos.serving.listener import Listener

    cos = FakeCOS()
    cos.create_bucket("bench")
    upload = cos.start_upload("bench", "key")
    null = Listener(Null(), ("127.0.0.1", 0), None, tls=False)
    null.open()
    null_port = int(null.endpoint_url.rpartition(":")[2])
    try:
        with cos.serve(environment=False) as server:
            target = f"/bench/key?partNumber=1&uploadId={upload.upload_id}"
            with closing(_connected(server.port)) as one, closing(_connected(null_port)) as two:
                return _lines(lambda body: _put(one, target, body), lambda body: _put(two, target, body), fast=fast)
    finally:
        null.close()


def _lines(fake: Callable[[bytes], float], null: Callable[[bytes], float], *, fast: bool) -> list[Line]:
    small, large = os.urandom(KIB), os.urandom(64 * MIB)
    rounds = 300 if fast else 3000
    lines = [_small("a part of 1 KiB", lambda: (fake(small), null(small)), rounds)]
    with _one_core() as pinned:
        if pinned:
            lines.append(_small("  a part of 1 KiB, on one core", lambda: (fake(small), null(small)), rounds))
    times = [(fake(large), null(large), _md5(large)) for _ in range(3 if fast else 9)]
    first, second, third = (min(column) for column in zip(*times, strict=True))
    beside = f"{first * 1e3:.0f} ms; null answer {second * 1e3:.0f} ms, MD5 on one core {third * 1e3:.0f} ms"
    return [*lines, at_most("a part of 64 MiB (multiple of MD5)", first / third, 2.0, "x", beside)]


@contextmanager
def _one_core() -> Iterator[bool]:
    """Keep all threads on one core: what a system takes to wake an idle one differs from run to run."""
    if not hasattr(os, "sched_setaffinity"):
        yield False
        return
    threads = [thread.native_id or 0 for thread in threading.enumerate()]
    before = os.sched_getaffinity(0)
    for thread in threads:
        os.sched_setaffinity(thread, {min(before)})
    try:
        yield True
    finally:
        for thread in threads:
            os.sched_setaffinity(thread, before)


def _small(what: str, both: Callable[[], tuple[float, float]], rounds: int) -> Line:
    times = [both() for _ in range(rounds)][100:]
    first, second = (median(column) for column in zip(*times, strict=True))
    return at_most(what, first / second, 1.5, "x", f"{first * 1e6:.0f} µs; null answer {second * 1e6:.0f} µs")


def _connected(port: int) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port))
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def _put(connection: socket.socket, target: str, body: bytes) -> float:
    date = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    headers = HEADERS.format(date=date, day=date[:8])
    head = f"PUT {target} HTTP/1.1\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode()
    began = time.perf_counter()
    if len(body) > MIB:
        connection.sendall(head)
        connection.sendall(body)
    else:
        connection.sendall(head + body)
    got = connection.recv(65536)
    ended = time.perf_counter()
    assert got.startswith(b"HTTP/1.1 200"), got
    return ended - began


def _md5(body: bytes) -> float:
    began = time.perf_counter()
    hashlib.md5(body, usedforsecurity=False).digest()
    return time.perf_counter() - began

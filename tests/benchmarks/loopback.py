"""Parts over a socket: on the fake, on the plainest server of h11, and on a null answer by our own, in turn.

The client is a bare socket: one in Python takes a millisecond for each request, in which the server's own time would
not be seen. It is in another process than the servers of small parts, whose threads it would make wait.
"""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager
from statistics import median
from typing import TYPE_CHECKING

from tests.benchmarks.served import BUCKET, KEY, Null, Served
from tests.benchmarks.table import Line, at_most

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    return [*_small(300 if fast else 3000), _large(3 if fast else 9)]


def _small(rounds: int) -> list[Line]:
    """Measure parts of 1 KiB by servers in processes of their own, in turn.

    A core that idles takes its time to wake, and what is quick enough never lets it idle: so all cores are kept awake,
    or one core does everything. As the system likes it is shown too.
    """
    lines = [_part_of_1_kib("a part of 1 KiB, as the system likes it", rounds, None)]
    if hasattr(os, "SCHED_IDLE"):
        before = os.sched_getaffinity(0)
        with _awake(before):
            lines.append(_part_of_1_kib("  cores kept awake", rounds, 1.5))
        os.sched_setaffinity(0, {min(before)})
        try:
            lines.append(_part_of_1_kib("  on one core", rounds, 1.5))
        finally:
            os.sched_setaffinity(0, before)
    return lines


@contextmanager
def _awake(cores: set[int]) -> Iterator[None]:
    """Keep cores from idling, by processes that give way to any other."""
    command = "import os, sys; os.sched_setaffinity(0, {int(sys.argv[1])})\n"
    command += "os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))\nwhile os.getppid() != 1: pass"
    processes = [subprocess.Popen([sys.executable, "-c", command, str(core)]) for core in cores]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _part_of_1_kib(what: str, rounds: int, limit: float | None) -> Line:
    body = os.urandom(KIB)
    with ExitStack() as stack:
        puts = []
        for which in ("fake", "plain", "null"):
            server = stack.enter_context(Served(which, "http"))
            server.forget()
            target = f"/{BUCKET}/{KEY}?partNumber=1&uploadId={server.ask('start')}"
            puts.append((stack.enter_context(closing(_connected(server.port))), target))
        times = [[_put(*put, body) for put in puts] for _ in range(rounds)][100:]
    fake, plain, null = (median(column) for column in zip(*times, strict=True))
    beside = f"{fake * 1e6:.0f} µs; plain server of h11 {plain * 1e6:.0f} µs, null answer {null * 1e6:.0f} µs"
    if limit is None:
        return Line(what, f"{fake / plain:.2f}x", beside=beside)
    return at_most(what, fake / plain, limit, "x", beside)


def _large(rounds: int) -> Line:
    from fakecos import FakeCOS
    from fakecos.serving.listener import Listener

    cos = FakeCOS()
    cos.create_bucket(BUCKET)
    upload = cos.start_upload(BUCKET, KEY)
    null = Listener(Null(), ("127.0.0.1", 0), None, tls=False)
    null.open()
    body = os.urandom(64 * MIB)
    target = f"/{BUCKET}/{KEY}?partNumber=1&uploadId={upload.upload_id}"
    try:
        with (
            cos.serve(environment=False) as server,
            closing(_connected(server.port)) as one,
            closing(_connected(int(null.endpoint_url.rpartition(":")[2]))) as two,
        ):
            times = [(_put(one, target, body), _put(two, target, body), _md5(body)) for _ in range(rounds)]
    finally:
        null.close()
    first, second, third = (min(column) for column in zip(*times, strict=True))
    beside = f"{first * 1e3:.0f} ms; null answer {second * 1e3:.0f} ms, MD5 on one core {third * 1e3:.0f} ms"
    return at_most("a part of 64 MiB (multiple of MD5)", first / third, 2.0, "x", beside)


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

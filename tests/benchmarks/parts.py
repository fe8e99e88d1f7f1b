"""64 parts of 8 MiB over a socket, and large bodies: on the fake, and on a null answer by the same server, in turn.

The client is s5cmd if it is there, else five bare sockets. Both servers are processes of their own. Since a machine is
seldom idle, figures are the least of some rounds.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.served import BUCKET, KEY, Served
from tests.benchmarks.table import Line, at_most

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MIB = 1024 * 1024
PART = 8 * MIB
CONNECTIONS = 5
SLOWER = 1.3
SPARE = 64
"""MiB that a server may hold above what is stored."""
SIGNED = (
    "Host: 127.0.0.1\r\nx-amz-date: {date}\r\n"
    "Authorization: AWS4-HMAC-SHA256 Credential=A/{day}/us-east-1/s3/aws4_request, "
    "SignedHeaders=content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-trailer, "
    "Signature=0\r\n"
)
PLAIN = "x-amz-content-sha256: UNSIGNED-PAYLOAD\r\nContent-Length: {length}\r\n"
FRAMED = (
    "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\nContent-Encoding: aws-chunked\r\n"
    "x-amz-decoded-content-length: {length}\r\nTransfer-Encoding: chunked\r\n"
)


def run(*, fast: bool) -> list[Line]:
    """Measure over http and over https."""
    count, rounds = (16, 2) if fast else (64, 5)
    lines = []
    for scheme in ("http", "https"):
        with Served("null", scheme) as null, Served("fake", scheme) as fake, tempfile.TemporaryDirectory() as folder:
            client, upload = _client(count, Path(folder))
            lines += _parts(f"{count} parts of 8 MiB by {client}, {scheme}", upload, null, fake, count * 8, rounds)
        lines += _bodies(scheme, count * 4)
    return lines


def _parts(
    what: str, upload: Callable[[Served], float], null: Served, fake: Served, size: int, rounds: int
) -> list[Line]:
    times, cpu, grown = [], [], []
    base = fake.figures()["held"]  # later it holds also what a round has freed
    for _ in range(rounds):
        of_null, before = _once(null, upload), fake.forget()
        seconds, after = upload(fake), fake.figures()
        times.append((of_null[0], seconds, _md5(size)))
        cpu.append((of_null[1], after["cpu"] - before["cpu"]))
        grown.append(after["peak"] - base - size)
    least, own, md5 = (min(column) for column in zip(*times, strict=True))
    null_cpu, own_cpu = (min(column) for column in zip(*cpu, strict=True))
    beside = f"null answer {least:.2f} s, MD5 {md5:.2f} s; CPU of the server {own_cpu:.2f} s, null {null_cpu:.2f} s"
    return [
        at_most(what, own, SLOWER * least + md5, "s", beside),
        at_most("  peak memory above what is stored", max(grown), SPARE, "MiB"),
    ]


def _once(server: Served, upload: Callable[[Served], float]) -> tuple[float, float]:
    before = server.forget()
    return upload(server), server.figures()["cpu"] - before["cpu"]


def _bodies(scheme: str, size: int) -> list[Line]:
    """Measure one body as it is, and as botocore sends it over https: aws-chunks of 1 MiB in HTTP chunks."""
    whole = os.urandom(MIB) * size
    chunk = b"100000\r\n" + whole[:MIB] + b"\r\n"
    http_chunk = b"%x\r\n%b\r\n" % (len(chunk), chunk)
    lines = []
    for what, headers, pieces in (
        ("as it is", PLAIN, [whole]),
        ("in aws-chunks", FRAMED, [*[http_chunk] * size, b"5\r\n0\r\n\r\n\r\n0\r\n\r\n"]),
    ):
        with Served("fake", scheme) as fake:
            before = fake.forget()
            with closing(_connected(fake)) as connection:
                seconds = _put(connection, f"/{BUCKET}/{KEY}", headers.format(length=len(whole)), pieces)
            after = fake.figures()
        beside = f"{seconds:.2f} s; CPU of the server {after['cpu'] - before['cpu']:.2f} s"
        grown = after["peak"] - before["held"] - size
        lines.append(at_most(f"  {size} MiB {what}: memory above what is stored", grown, SPARE, "MiB", beside))
    return lines


def _client(count: int, folder: Path) -> tuple[str, Callable[[Served], float]]:
    """Return the name of a client, and what uploads with it and returns the seconds."""
    program = shutil.which("s5cmd")
    if program is None:
        part = os.urandom(PART)
        return f"{CONNECTIONS} bare sockets", lambda server: _by_sockets(server, part, count)
    path = folder / "file.bin"
    with path.open("wb") as file:
        for _ in range(count):  # equal parts would be stored once
            file.write(os.urandom(PART))
    return "s5cmd", lambda server: _by_s5cmd(program, path, server)


def _by_s5cmd(program: str, path: Path, server: Served) -> float:
    variables = {"S3_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "B"}
    variables |= {"AWS_REGION": "us-east-1", "AWS_CA_BUNDLE": server.ca_bundle or ""}
    command = [program, "--log", "error", "cp", "--part-size", "8", "--concurrency", str(CONNECTIONS)]
    began = time.perf_counter()
    subprocess.run([*command, str(path), f"s3://{BUCKET}/{KEY}"], check=True, env={**os.environ, **variables})
    return time.perf_counter() - began


def _by_sockets(server: Served, part: bytes, count: int) -> float:
    upload = server.ask("start")
    numbers = iter(range(1, count + 1))

    def work() -> None:
        with closing(_connected(server)) as connection:
            for number in numbers:
                target = f"/{BUCKET}/{KEY}?partNumber={number}&uploadId={upload}"
                _put(connection, target, PLAIN.format(length=PART), (b"%8d" % number, memoryview(part)[8:]))

    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for done in [pool.submit(work) for _ in range(CONNECTIONS)]:
            done.result()
    return time.perf_counter() - began


def _connected(server: Served) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", server.port))
    if server.ca_bundle is None:
        return made
    context = ssl.create_default_context(cafile=server.ca_bundle)
    return context.wrap_socket(made, server_hostname="127.0.0.1")


def _put(connection: socket.socket, target: str, headers: str, pieces: Iterable[bytes | memoryview]) -> float:
    date = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    began = time.perf_counter()
    connection.sendall(f"PUT {target} HTTP/1.1\r\n{SIGNED.format(date=date, day=date[:8])}{headers}\r\n".encode())
    for piece in pieces:
        connection.sendall(piece)
    got = connection.recv(64 * 1024)
    assert got.startswith(b"HTTP/1.1 200"), got
    return time.perf_counter() - began


def _md5(size: int) -> float:
    """Return the seconds of an MD5 over so many MiB on one core."""
    data, digest = os.urandom(MIB), hashlib.md5(usedforsecurity=False)
    began = time.perf_counter()
    for _ in range(size):
        digest.update(data)
    return time.perf_counter() - began

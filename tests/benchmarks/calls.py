"""One call of a client: on the floor, on fakecos and on moto, in turn, so that a busy machine hits all alike.

The ratio is the median of the rounds' own ratios. Large parts run on all cores, on one, and beside a process that keeps
another one busy.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.benchmarks.floor import Answers, hook
from tests.benchmarks.table import Line, at_most

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KIB, MIB = 1024, 1024 * 1024
BUCKET = "bench"


class Case(NamedTuple):
    """A call to measure, its target as a multiple of the floor, and whether MD5 is part of the floor."""

    what: str
    call: Callable[[Any], Any]
    target: float
    md5: bool
    rounds: int


def new_client() -> Any:
    """Make a boto3 client with credentials of its own, from a session of its own."""
    import boto3

    return boto3.session.Session().client(
        "s3", region_name="us-east-1", aws_access_key_id="AKIDBENCH", aws_secret_access_key="bench"
    )


def put(size: int) -> Callable[[Any], Any]:
    """Return a call that puts an object."""
    body = os.urandom(size)
    return lambda client: client.put_object(Bucket=BUCKET, Key="put", Body=body)


def part(size: int) -> Callable[[Any], Any]:
    """Return a call that uploads a part; the upload is opened, once per client, before it is timed."""
    body = os.urandom(size)
    uploads: dict[int, str] = {}

    def call(client: Any) -> Any:
        upload = uploads.get(id(client))
        if upload is None:
            upload = client.create_multipart_upload(Bucket=BUCKET, Key="part")["UploadId"]
            uploads[id(client)] = upload
        return client.upload_part(Bucket=BUCKET, Key="part", UploadId=upload, PartNumber=1, Body=body)

    return call


def get(client: Any) -> Any:
    """Get the object of 1 KiB and read it."""
    return client.get_object(Bucket=BUCKET, Key="small")["Body"].read()


def head(client: Any) -> Any:
    """Ask for the head of the object of 1 KiB."""
    return client.head_object(Bucket=BUCKET, Key="small")


def cases(*, fast: bool) -> list[Case]:
    """Return what is measured; `fast` takes fewer rounds."""
    many, some, few = (60, 10, 3) if fast else (400, 40, 7)
    return [
        Case("upload_part 1 KiB", part(KIB), 1.25, md5=False, rounds=many),
        Case("put_object 1 KiB", put(KIB), 1.25, md5=False, rounds=many),
        Case("head_object", head, 1.25, md5=False, rounds=many),
        Case("get_object 1 KiB", get, 1.25, md5=False, rounds=many),
        Case("upload_part 5 MiB", part(5 * MIB), 1.15, md5=True, rounds=some),
        Case("upload_part 64 MiB", part(64 * MIB), 1.15, md5=True, rounds=few),
    ]


def run(*, fast: bool) -> list[Line]:
    """Measure every case."""
    with clients() as (floor, md5, ours, peer):
        return [line for case in cases(fast=fast) for line in measure(case, floor, md5, ours, peer)]


@contextmanager
def clients() -> Iterator[tuple[Any, Any, Any, Any]]:
    """Make the four clients, each bound to its own answers; moto last, since it reaches later clients only."""
    from fakecos import FakeCOS

    answers, with_md5, ours, recorded = (new_client() for _ in range(4))
    cos = FakeCOS()
    for client in (recorded, ours):
        cos.attach(client)
    record = Answers()
    bound = recorded._endpoint._send
    hook(recorded, record.recording(bound))
    prepare(recorded)
    for case in cases(fast=True)[:4]:  # the sizes of the others differ in the request only
        case.call(recorded)
    hook(recorded, bound)
    hook(answers, record.playing())
    hook(with_md5, record.playing(md5=True))
    from moto import mock_aws

    with mock_aws():
        peer = new_client()
        prepare(peer)
        yield answers, with_md5, ours, peer
    cos.stop()


def prepare(client: Any) -> None:
    """Make the bucket and the object of 1 KiB."""
    client.create_bucket(Bucket=BUCKET)
    client.put_object(Bucket=BUCKET, Key="small", Body=os.urandom(KIB))


def measure(case: Case, floor: Any, md5: Any, ours: Any, peer: Any) -> Iterator[Line]:
    """Yield the line of a case, and of a large body also those with one core, and with one that another process has."""
    base = md5 if case.md5 else floor
    beside = 2 if case.rounds < 10 else case.rounds // 2  # the peer's share: it is slow on big bodies
    yield compare(case, base, ours, peer, beside)
    if case.md5:
        for where, limited in (("on one core", one_core), ("another core busy", busy_core)):
            with limited() as is_so:
                if is_so:
                    yield compare(case, base, ours, None, 0)._replace(what=f"  {case.what}, {where}")


def compare(case: Case, base: Any, ours: Any, peer: Any, beside: int) -> Line:
    """Time the clients in turn and return the line."""
    timed = [base, ours] + ([peer] if peer is not None else [])
    for client in timed:
        case.call(client)
    times: list[list[float]] = [[] for _ in timed]
    for number in range(case.rounds):
        for client, kept in zip(timed, times, strict=True):
            if client is peer and number >= beside:
                continue
            start = time.perf_counter()
            case.call(client)
            kept.append(time.perf_counter() - start)
    ratios = [median(mine / low for low, mine in zip(times[0], kept, strict=False)) for kept in times]
    name = "floor+md5" if case.md5 else "floor"
    note = f"{name} {median(times[0]) * 1e6:,.0f} us, fakecos {median(times[1]) * 1e6:,.0f} us"
    if peer is not None:
        note += f", moto {median(times[2]) * 1e6:,.0f} us ({ratios[2]:.2f}x)"
    return at_most(case.what, ratios[1], case.target, "x", note)


@contextmanager
def one_core() -> Iterator[bool]:
    """Keep the process on one core; yields False where the system has no such call."""
    if not hasattr(os, "sched_setaffinity"):
        yield False
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield True
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def busy_core() -> Iterator[bool]:
    """Let another process keep one of the cores busy; yields False where there is but one, or no such call."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if len(cores) < 2:
        yield False
        return
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as busy:
        try:
            os.sched_setaffinity(busy.pid, {max(cores)})
            yield True
        finally:
            busy.kill()

"""Our own side alone, without a client: Complete of many parts, and pages out of short and long listings."""

from __future__ import annotations

import hashlib
import time
from statistics import median
from typing import TYPE_CHECKING

from tests.benchmarks.table import Line, at_most

if TYPE_CHECKING:
    from fakecos import FakeCOS

MIB = 1024 * 1024
SAME = 1.5
"""What passes as the same cost: a search in a sorted list of 100,000 instead of 1,000 takes 1.67 times the steps, and a
page does more than search; a listing that walks over its keys would be at 100."""

SIGNED = "Bearer TOKEN"
"""Who does not sign may not write; of IAM, so that there is no signature to judge."""


def run(*, fast: bool) -> list[Line]:
    """Measure Complete and listings."""
    rounds = 3 if fast else 9
    return [
        complete("Complete of 10,000 parts of 1 byte", 10_000, 1, 60, rounds),
        complete("Complete of 200 parts of 5 MiB", 200, 5 * MIB, 5, rounds),
        *pages(20_000 if fast else 100_000, 5 * rounds),
    ]


def handle(cos: FakeCOS, method: str, target: str, body: bytes = b"") -> tuple[float, int, bytes]:
    """Let a fake answer one request; return the seconds it took, the status and the body."""
    from fakecos.wire.messages import HttpRequest, RawBody

    path, _, query = target.partition("?")
    headers = {"content-length": str(len(body)), "authorization": SIGNED}
    request = HttpRequest(method, "https", "s3.amazonaws.com", path, query, headers, RawBody(body))
    start = time.perf_counter()
    answer = cos._active.exchange(request)
    seconds = time.perf_counter() - start
    return seconds, answer.status, b"".join(answer.chunks())


def complete(what: str, parts: int, size: int, target: float, rounds: int) -> Line:
    """Time Complete of an upload that is made anew for each round."""
    from fakecos import FakeCOS
    from fakecos.facts.limits import Limits

    cos = FakeCOS(limits=Limits(min_part_size=1))
    cos.create_bucket("bench")
    data = b"x" * size
    etag = hashlib.md5(data, usedforsecurity=False).hexdigest()
    items = "".join(
        f"<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>" for number in range(1, parts + 1)
    )
    body = f"<CompleteMultipartUpload>{items}</CompleteMultipartUpload>".encode()
    times = []
    for _ in range(rounds):
        upload = open_upload(cos, parts, data)
        seconds, status, text = handle(cos, "POST", f"/bench/key?uploadId={upload}", body)
        assert status == 200, text
        assert b"<Error>" not in text, text
        times.append(seconds * 1e3)
    return at_most(what, median(times), target, "ms", f"worst {max(times):.1f} ms")


def open_upload(cos: FakeCOS, parts: int, data: bytes) -> str:
    """Create an upload and give it its parts."""
    _, _, created = handle(cos, "POST", "/bench/key?uploads")
    upload = created.partition(b"<UploadId>")[2].partition(b"</UploadId>")[0].decode()
    for number in range(1, parts + 1):
        _, status, text = handle(cos, "PUT", f"/bench/key?partNumber={number}&uploadId={upload}", data)
        assert status == 200, text
    return upload


def pages(many: int, rounds: int) -> list[Line]:
    """Time pages of 100 keys out of 1,000 and out of many, from the middle, also with a delimiter."""
    few = 1_000
    lines = []
    for what, query in (
        ("page of 100 keys", "list-type=2&max-keys=100&start-after=0050%2F0000"),
        ("page of 100 common prefixes", "list-type=2&max-keys=100&delimiter=%2F"),
    ):
        short, long = (page(filled(count), query, count, rounds) for count in (few, many))
        note = f"{short:.2f} ms of {few:,}, {long:.2f} ms of {many:,}"
        lines.append(at_most(f"{what}, of {many:,} against of {few:,}", long / short, SAME, "x", note))
    return lines


def page(cos: FakeCOS, query: str, count: int, rounds: int) -> float:
    """Return the median milliseconds of one page."""
    target = "/bench?" + query
    times = []
    for _ in range(rounds):
        seconds, status, text = handle(cos, "GET", target)
        assert status == 200, text
        times.append(seconds * 1e3)
    return median(times)


def filled(count: int) -> FakeCOS:
    """Return a fake whose bucket holds `count` objects in 100 folders or, if few, in folders of 10."""
    from fakecos import FakeCOS
    from fakecos.model.attributes import Attributes
    from fakecos.model.clock import now
    from fakecos.model.content import Content
    from fakecos.model.object import StoredObject

    cos = FakeCOS()
    bucket = cos.store.create_bucket("bench")
    content, attributes, moment = Content.of(b"x"), Attributes(), now()
    for number in range(count):
        folder, rest = divmod(number, count // 100)
        key = f"{folder:04d}/{rest:04d}"
        bucket.put(StoredObject(key, content, content.md5.hex(), moment, attributes, None))
    return cos

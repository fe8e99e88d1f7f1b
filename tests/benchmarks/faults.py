"""What the journal and faults cost a small request that none of them takes: beside a fake without either."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.benchmarks.calls import BUCKET, KIB, new_client, part, prepare, put
from tests.benchmarks.table import Line, at_most

if TYPE_CHECKING:
    from collections.abc import Callable

TARGET = 1.05


def run(*, fast: bool) -> list[Line]:
    """Measure small requests, in turn with those to a fake that writes nothing down and has no faults."""
    rounds = 100 if fast else 1500
    bare, full = new_client(), new_client()
    fakes = [fake_for(bare), fake_for(full)]
    fakes[0]._service._write_down = lambda *_: None
    set_faults(fakes[1])
    lines = [
        compare(what, call, bare, full, rounds)
        for what, call in (("put_object 1 KiB", put(KIB)), ("upload_part 1 KiB", part(KIB)))
    ]
    for fake in fakes:
        fake.reset()
        fake.stop()
    return lines


def fake_for(client: Any) -> Any:
    """Return a fake that answers this client."""
    from fakecos import FakeCOS

    cos = FakeCOS()
    cos.attach(client)
    prepare(client)
    return cos


def set_faults(cos: Any) -> None:
    """Set five faults that take no request, each for another reason."""
    from fakecos.faults import Transport, error

    cos.inject("GetObject", error="SlowDown")
    cos.inject(["PutObject", "UploadPart"], key="*.zip", transport=Transport.RESET)
    cos.inject("UploadPart", part_number=range(2, 9), error="SlowDown")
    cos.inject("*", bucket=f"{BUCKET}-other", outcomes=[None, error("SlowDown")])
    cos.inject("*", where=lambda request: (request.size or 0) > 100 * KIB, error="InternalError")


def compare(what: str, call: Callable[[Any], Any], bare: Any, full: Any, rounds: int) -> Line:
    """Time the two clients in turn and return the line."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for client, kept in zip((bare, full), times, strict=True):
            start = time.perf_counter()
            call(client)
            kept.append(time.perf_counter() - start)
    low, high = median(times[0]), median(times[1])
    return at_most(what, high / low, TARGET, "x", f"{low * 1e6:,.0f} us without, {(high - low) * 1e6:,.1f} us more")

"""What `cos.explore` costs beside the code under test, and whether its memory stays flat. A program, not a test.

python tests/benchmarks/explore.py [--fast]
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    ROOT = Path(__file__).parent.parent.parent
    sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]

from tests.benchmarks.table import Line, at_most, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

BUCKET = "bench"
PARTS = 3
A_RUN = 8.0
"""Milliseconds that a run may take beyond the act's own time."""
WIDE = 50
WIDE_SECONDS = 15.0
RUNS = 10_000
GROWTH = 8.0
"""Mebibytes by which that many runs may let the process grow: the report has a line for each."""


def uploader(client: Any) -> Callable[[], None]:
    """Return an act that uploads three parts, and aborts when something fails."""
    place = {"Bucket": BUCKET, "Key": "film"}

    def act() -> None:
        named = {**place, "UploadId": client.create_multipart_upload(**place)["UploadId"]}
        try:
            parts = [
                {"PartNumber": n, "ETag": client.upload_part(**named, PartNumber=n, Body=b"part %d" % n)["ETag"]}
                for n in range(1, PARTS + 1)
            ]
            client.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})
        except Exception:
            client.abort_multipart_upload(**named)
            raise

    return act


def many_puts(client: Any) -> Callable[[], None]:
    """Return an act that puts fifty objects."""

    def act() -> None:
        for number in range(WIDE):
            client.put_object(Bucket=BUCKET, Key=f"{number}", Body=b"a body")

    return act


def alone(act: Callable[[], None], rounds: int) -> float:
    """Return the seconds that an act takes when nothing explores it."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return median(taken)


def explored(cos: FakeCOS, act: Callable[[], None], **keywords: Any) -> tuple[float, int, int, float]:
    """Return the seconds of an exploration, its runs, how often the act was called, and seconds of the processor."""
    calls = 0

    def counted() -> None:
        nonlocal calls
        calls += 1
        act()

    began, used = time.perf_counter(), time.process_time()
    found = cos.explore(counted, raise_findings=False, **keywords)
    return time.perf_counter() - began, found.runs, calls, time.process_time() - used


def run(*, fast: bool) -> list[Line]:
    """Measure all of it."""
    from fakecos import FakeCOS, Limits

    lines = []
    with FakeCOS(limits=Limits(min_part_size=1)) as cos:
        cos.create_bucket(BUCKET)
        client = cos.client()
        act = uploader(client)
        own = alone(act, 20 if fast else 200)
        rounds = [explored(cos, act) for _ in range(3 if fast else 7)]
        each = median(1000 * (seconds / runs - own) for seconds, runs, _, __ in rounds)
        called = median(1000 * (seconds - calls * own) / runs for seconds, runs, calls, _ in rounds)
        beside = f"the act alone {1000 * own:.2f} ms; {rounds[0][1]} runs, {rounds[0][2]} calls of it"
        lines.append(at_most("three-part upload: a run beyond one act", each, A_RUN, "ms", beside))
        lines.append(at_most("three-part upload: a run beyond all its acts", called, A_RUN, "ms", beside))
        wide = many_puts(client)
        own = alone(wide, 5 if fast else 20)
        seconds, runs, calls, used = explored(cos, wide)
        beside = f"the act alone {1000 * own:.1f} ms; {runs} runs, {calls} calls of it; {used:.1f} s of the processor"
        lines.append(at_most(f"{WIDE} sites x {runs // WIDE} outcomes", seconds, WIDE_SECONDS, "s", beside))
        lines += memory(cos, act, 2_000 if fast else RUNS)
    return lines


def memory(cos: FakeCOS, act: Callable[[], None], runs: int) -> list[Line]:
    """Return by how much the process grows in many runs, after their first fifth."""
    sizes: list[float] = []
    calls = 0

    def counted() -> None:
        nonlocal calls
        calls += 1
        if calls % (runs // 5) == 0:
            sizes.append(resident())
        act()

    began = time.perf_counter()
    found = cos.explore(counted, depth=3, max_runs=runs, raise_findings=False)
    seconds = time.perf_counter() - began
    shown = ", ".join(f"{size:.1f}" for size in sizes)
    beside = f"MiB after each {runs // 5:,} of {calls:,} calls: {shown}; {seconds:.0f} s"
    return [at_most(f"memory over {found.runs:,} runs", sizes[-1] - sizes[0], GROWTH, "MiB", beside)]


def resident() -> float:
    """Return the mebibytes that the process has in memory (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure what an exploration costs.")
    parser.add_argument("--fast", action="store_true", help="fewer rounds and runs: a look, not a result")
    options = parser.parse_args()
    print(f"load {', '.join(f'{value:.1f}' for value in os.getloadavg())}")
    show("Explorations", run(fast=options.fast))

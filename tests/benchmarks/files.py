"""`upload_file` and `download_file` of 256 MiB: CPU seconds beside the floor, and peak memory.

Each figure comes from child processes of its own, because peak memory is a process's and never falls.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.table import Line, at_most

MIB = 1024 * 1024


def run(*, fast: bool) -> list[Line]:
    """Measure with a file of 256 MiB, or of 64 MiB when it has to be fast."""
    size = (64 if fast else 256) * MIB
    rounds = 1 if fast else 3
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.bin"
        with path.open("wb") as file:
            for _ in range(size // MIB):
                file.write(os.urandom(MIB))
        pairs = [(child(path, "floor"), child(path, "fakecos")) for _ in range(rounds)]
    ratio = median(ours["cpu"] / low["cpu"] for low, ours in pairs)
    low, ours = pairs[0]
    name = f"upload_file {size // MIB} MiB"
    stored = size / MIB
    return [
        at_most(
            f"{name}: CPU seconds",
            ratio,
            1.35,
            "x",
            f"floor+md5 {low['cpu']:.2f} s, fakecos {ours['cpu']:.2f} s; "
            f"on the clock {low['wall']:.2f} s, {ours['wall']:.2f} s",
        ),
        at_most(f"{name}: peak memory", ours["grown"], stored + 64, "MiB", "grown since before the call"),
        at_most("  download_file of it: peak memory", ours["download"], 64, "MiB", "grown beyond the upload's peak"),
    ]


def child(path: Path, which: str) -> dict[str, float]:
    """Run this file in a process of its own and return what it measured."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.files", which, str(path)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return dict(json.loads(done.stdout))


def peak() -> float:
    """Return the most memory that the process held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(which: str, path: str) -> None:
    """Upload and download the file in this process and print the figures as JSON."""
    from fakecos import FakeCOS
    from tests.benchmarks.calls import BUCKET, new_client
    from tests.benchmarks.floor import Answers, hook

    client: Any = new_client()
    small = Path(path).with_name("small.bin")
    small.write_bytes(os.urandom(9 * MIB))  # 8 MiB is the size from which boto3 uploads in parts
    cos = FakeCOS()
    cos.attach(client)
    bound, record = client._endpoint._send, Answers()
    hook(client, record.recording(bound))
    client.create_bucket(Bucket=BUCKET)
    client.upload_file(str(small), BUCKET, "small")
    hook(client, bound if which == "fakecos" else record.playing(md5=True))
    before, wall, cpu = peak(), time.perf_counter(), time.process_time()
    client.upload_file(path, BUCKET, "file")
    figures = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "grown": peak() - before}
    if which == "fakecos":
        before = peak()
        client.download_file(BUCKET, "file", f"{path}.down")
        figures["download"] = peak() - before
        Path(f"{path}.down").unlink()
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])

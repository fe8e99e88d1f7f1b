"""`upload_file` and `download_file` of 256 MiB: CPU seconds beside the floor, and peak memory.

Each figure comes from child processes of its own, because peak memory is a process's. Linux only.
"""

from __future__ import annotations

import json
import os
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
    rounds = 2 if fast else 7
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.bin"
        with path.open("wb") as file:
            for _ in range(size // MIB):
                file.write(os.urandom(MIB))
        pairs = [(child(path, "floor"), child(path, "fakecos")) for _ in range(rounds)]
    ratios = sorted(ours["cpu"] / low["cpu"] for low, ours in pairs)
    low, own = ({key: median(pair[place][key] for pair in pairs) for key in pairs[0][place]} for place in (0, 1))
    name = f"upload_file {size // MIB} MiB"
    beside = (
        f"floor+md5 {low['cpu']:.2f} s, fakecos {own['cpu']:.2f} s; "
        f"on the clock {low['wall']:.2f} s, {own['wall']:.2f} s; ratios {ratios[0]:.2f} to {ratios[-1]:.2f}"
    )
    return [
        at_most(f"{name}: CPU seconds", median(ratios), 1.35, "x", beside),
        at_most(f"{name}: peak memory", own["grown"], size / MIB + 64, "MiB", "above what the process held before"),
        at_most("  download_file of it: peak memory", own["download"], 64, "MiB", "above what it held before"),
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


def held() -> float:
    """Start a new peak, and return what the process holds now, in MiB."""
    Path("/proc/self/clear_refs").write_text("5")
    return status("VmRSS")


def status(name: str) -> float:
    """Return a figure of /proc/self/status in MiB.

    VmHWM is the peak. getrusage would give that of the parent, which a child takes over when it is started.
    """
    text = Path("/proc/self/status").read_text()
    return int(text.partition(f"{name}:")[2].split()[0]) / 1024


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
    before, wall, cpu = held(), time.perf_counter(), time.process_time()
    client.upload_file(path, BUCKET, "file")
    figures = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "grown": status("VmHWM") - before}
    if which == "fakecos":
        before = held()
        client.download_file(BUCKET, "file", f"{path}.down")
        figures["download"] = status("VmHWM") - before
        Path(f"{path}.down").unlink()
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])

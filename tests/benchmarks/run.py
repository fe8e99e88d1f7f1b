"""Speed and memory, with the floor and moto beside them. A program that prints tables, not a test.

python tests/benchmarks/run.py [--fast] [calls] [faults] [files] [loopback] [parts] [server] [start] [suites]

aiobotocore has a program of its own, since it needs an environment of its own: tests/benchmarks/awaited.py.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATHS = (str(ROOT), str(ROOT / "plugins"))
TITLES = {
    "calls": "One call (a multiple of the floor; each round times all of them in turn)",
    "faults": "The journal, and five faults that do not match (a multiple of a fake without either)",
    "files": "A large file",
    "loopback": "Over a socket",
    "parts": "Large uploads over a socket",
    "server": "The service alone",
    "start": "Start-up",
    "suites": "A suite as a whole",
}


def main() -> None:
    """Run the benchmarks that are named, or all."""
    parser = argparse.ArgumentParser(description="Measure fakecos beside the floor and moto.")
    parser.add_argument("names", nargs="*", help=f"which: {', '.join(TITLES)} (all if none is named)")
    parser.add_argument("--fast", action="store_true", help="fewer rounds and smaller files: a look, not a result")
    options = parser.parse_args()
    unknown = set(options.names) - set(TITLES)
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    from tests.benchmarks import calls, faults, files, loopback, parts, server, start, suites
    from tests.benchmarks.table import show

    packages = ", ".join(f"{name} {version(name)}" for name in ("boto3", "botocore", "moto"))
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"Python {platform.python_version()}, {packages}; {os.cpu_count()} cores, load {load}")
    modules = (calls, faults, files, loopback, parts, server, start, suites)
    programs = {name: module.run for name, module in zip(TITLES, modules, strict=True)}
    for name in options.names or programs:
        show(TITLES[name], programs[name](fast=options.fast))


if __name__ == "__main__":
    sys.path[:0] = PATHS
    os.environ["PYTHONPATH"] = os.pathsep.join((*PATHS, os.environ.get("PYTHONPATH", ""))).rstrip(os.pathsep)
    main()

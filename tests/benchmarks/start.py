"""What it costs to have fakecos: the import, the first activation, the first call, and a plugin not used."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from statistics import median

from tests.benchmarks.table import Line, at_most

ACTIVATION = """
import json, time
import boto3
start = time.perf_counter()
from fakecos import FakeCOS
cos = FakeCOS()
cos.start()
first = time.perf_counter() - start
client = boto3.client("s3", region_name="us-east-1")
start = time.perf_counter()
client.create_bucket(Bucket="bench")
call = time.perf_counter() - start
cos.stop()
later = []
for _ in range(50):
    start = time.perf_counter()
    with FakeCOS():
        pass
    later.append(time.perf_counter() - start)
print(json.dumps({"first": first * 1e3, "call": call * 1e3, "later": sorted(later)[25] * 1e3}))
"""

FLOOR = """
import json, time
import boto3
from tests.benchmarks.floor import Answers, hook
client = boto3.client("s3", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
answers = Answers()
answers.by_kind["PUT", ()] = (200, {"Location": "/bench"}, b"")
hook(client, answers.playing())
start = time.perf_counter()
client.create_bucket(Bucket="bench")
print(json.dumps({"call": (time.perf_counter() - start) * 1e3}))
"""

MOTO = """
import json, time
import boto3
start = time.perf_counter()
from moto import mock_aws
mock = mock_aws()
mock.start()
first = time.perf_counter() - start
client = boto3.client("s3", region_name="us-east-1")
start = time.perf_counter()
client.create_bucket(Bucket="bench")
print(json.dumps({"first": first * 1e3, "call": (time.perf_counter() - start) * 1e3}))
"""


def run(*, fast: bool) -> list[Line]:
    """Measure in fresh processes, in turn."""
    rounds = 3 if fast else 9
    with tempfile.TemporaryDirectory() as compiled:
        for program in (ACTIVATION, FLOOR, MOTO):  # pip compiles what it installs; a run from the tree may not
            child(program, compiled)
        measured = [tuple(child(program, compiled) for program in (ACTIVATION, FLOOR, MOTO)) for _ in range(rounds)]
        plugin_import(compiled)
        plugin = median(plugin_import(compiled) for _ in range(rounds))
    first = median(ours["first"] for ours, _, _ in measured)
    call = median(ours["call"] - low["call"] for ours, low, _ in measured)
    later = median(ours["later"] for ours, _, _ in measured)
    peer_first = median(peer["first"] for _, _, peer in measured)
    peer_call = median(peer["call"] - low["call"] for _, low, peer in measured)
    return [
        at_most("import and first activation, over boto3's import", first, 25, "ms", f"moto {peer_first:.0f} ms"),
        at_most("first S3 call, over a canned answer", call, 20, "ms", f"moto {peer_call:.0f} ms"),
        at_most("a later activation and its end", later, 1, "ms"),
        at_most("the plugin in a pytest run that does not use it", plugin, 5, "ms", "its import, with pytest loaded"),
    ]


def child(program: str, compiled: str) -> dict[str, float]:
    """Run a program in a fresh interpreter and return the figures it prints."""
    return dict(json.loads(interpreter(compiled, "-c", program).stdout))


def plugin_import(compiled: str) -> float:
    """Return the milliseconds that importing the plugin takes when pytest is loaded."""
    shown = interpreter(compiled, "-X", "importtime", "-c", "import pytest, pytest_fakecos").stderr
    line = next(line for line in shown.splitlines() if line.rstrip().endswith(" pytest_fakecos"))
    found = re.search(r"\|\s+(\d+)\s+\|", line)
    assert found is not None, line
    return int(found[1]) / 1000


def interpreter(compiled: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run an interpreter whose compiled modules are kept in the folder `compiled`."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = compiled
    return subprocess.run([sys.executable, *words], check=True, capture_output=True, text=True, env=environment)

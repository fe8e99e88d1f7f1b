"""What it costs to have fakecos: the import, the first activation, the first call, and a plugin not used."""

from __future__ import annotations

import json
import re
import subprocess
import sys
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
    measured = [(child(ACTIVATION), child(FLOOR), child(MOTO)) for _ in range(rounds)]
    first = median(ours["first"] for ours, _, _ in measured)
    call = median(ours["call"] - low["call"] for ours, low, _ in measured)
    later = median(ours["later"] for ours, _, _ in measured)
    peer_first = median(peer["first"] for _, _, peer in measured)
    peer_call = median(peer["call"] - low["call"] for _, low, peer in measured)
    plugin = median(plugin_import() for _ in range(rounds))
    return [
        at_most("import and first activation, over boto3's import", first, 25, "ms", f"moto {peer_first:.0f} ms"),
        at_most("first S3 call, over a canned answer", call, 20, "ms", f"moto {peer_call:.0f} ms"),
        at_most("a later activation and its end", later, 1, "ms"),
        at_most("the plugin in a pytest run that does not use it", plugin, 5, "ms", "its import, with pytest loaded"),
    ]


def child(program: str) -> dict[str, float]:
    """Run a program in a fresh interpreter and return the figures it prints."""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def plugin_import() -> float:
    """Return the milliseconds that importing the plugin takes when pytest is loaded."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import pytest, pytest_fakecos"],
        check=True,
        capture_output=True,
        text=True,
    )
    line = next(line for line in done.stderr.splitlines() if line.rstrip().endswith(" pytest_fakecos"))
    found = re.search(r"\|\s+(\d+)\s+\|", line)
    assert found is not None, line
    return int(found[1]) / 1000

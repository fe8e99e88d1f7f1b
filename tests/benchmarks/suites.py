"""A suite as a whole: 200 tests, each with a session, a client and a bucket of its own, as suites are written.

The same tests with fakecos, with moto, and on canned answers (the clients' own cost, with pytest's), in turn, each in a
process of its own; and once more in two processes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.benchmarks.table import Line, at_most

TESTS = 200
CONFTEST = """
import os, pickle
import pytest

KIND = os.environ["SUITE"]
if KIND == "fakecos":
    @pytest.fixture
    def faked(fakecos):
        yield
elif KIND == "moto":
    from moto import mock_aws

    @pytest.fixture
    def faked():
        with mock_aws():
            yield
else:
    import botocore.endpoint
    from tests.benchmarks.floor import Answers
    answers = Answers()
    with open(os.environ["ANSWERS"], "rb") as file:
        answers.by_kind = pickle.load(file)
    play = answers.playing()
    botocore.endpoint.Endpoint._send = lambda self, request: play(request)

    @pytest.fixture
    def faked():
        yield
"""
SUITE = f"""
import boto3, pytest

LARGE, SMALL = bytes(5 * 1024 * 1024), bytes(1024)

@pytest.fixture
def s3(faked):
    client = boto3.Session().client("s3", region_name="us-east-1")
    client.create_bucket(Bucket="photos")
    yield client

@pytest.mark.parametrize("number", range({TESTS}))
def test_an_upload_in_parts(s3, number):
    target = {{"Bucket": "photos", "Key": "holiday"}}
    upload = {{**target, "UploadId": s3.create_multipart_upload(**target)["UploadId"]}}
    sent = [s3.upload_part(**upload, PartNumber=number, Body=body) for number, body in ((1, LARGE), (2, SMALL))]
    parts = [{{"PartNumber": number, "ETag": each["ETag"]}} for number, each in enumerate(sent, 1)]
    s3.complete_multipart_upload(**upload, MultipartUpload={{"Parts": parts}})
    assert [found["Key"] for found in s3.list_objects_v2(Bucket="photos")["Contents"]] == ["holiday"]
    assert s3.get_object(**target, Range="bytes=5242880-")["Body"].read() == SMALL
"""
RECORD = """
import os, pickle
import boto3
from botocore.endpoint import Endpoint
from fakecos import FakeCOS
from tests.benchmarks.floor import Answers
from test_suite import LARGE, SMALL, test_an_upload_in_parts

answers = Answers()
with FakeCOS():
    client = boto3.Session().client("s3", region_name="us-east-1")
    client._endpoint._send = answers.recording(client._endpoint._send)
    client.create_bucket(Bucket="photos")
    test_an_upload_in_parts(client, 1)
with open(os.environ["ANSWERS"], "wb") as file:
    pickle.dump(answers.by_kind, file)
"""
KINDS = ("fakecos", "moto", "canned")
KEYS = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}


class Cost(NamedTuple):
    """Seconds of one run: by the wall, and of the processors."""

    wall: float
    cpu: float


def run(*, fast: bool) -> list[Line]:
    """Measure the suite, in one process and in two."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
        (folder / "test_suite.py").write_text(SUITE, encoding="utf-8")
        _child(folder, "fakecos", "-c", RECORD)
        return [
            line
            for what, words in ((f"{TESTS} tests", ()), ("  the same under pytest -n 2", ("-n", "2")))
            for line in _lines(what, _measured(folder, words, 1 if fast else 3))
        ]


def _measured(folder: Path, words: tuple[str, ...], rounds: int) -> dict[str, list[Cost]]:
    pytest = (
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:asyncio",
        *words,
        str(folder),
    )
    costs: dict[str, list[Cost]] = {kind: [] for kind in KINDS}
    for _ in range(rounds):
        for kind in KINDS:
            costs[kind].append(_child(folder, kind, *pytest))
    return costs


def _lines(what: str, costs: dict[str, list[Cost]]) -> list[Line]:
    wall = {kind: median(cost.wall for cost in found) for kind, found in costs.items()}
    cpu = {kind: median(cost.cpu for cost in found) for kind, found in costs.items()}
    walls = f"{wall['fakecos']:.1f} s; moto {wall['moto']:.1f} s, canned answers {wall['canned']:.1f} s"
    cpus = f"{cpu['fakecos']:.1f} s; moto {cpu['moto']:.1f} s, canned answers {cpu['canned']:.1f} s"
    return [
        at_most(f"{what}, over moto", wall["fakecos"] / wall["moto"], 0.5, "x", walls),
        at_most(f"{what}, over moto, in processor time", cpu["fakecos"] / cpu["moto"], 0.5, "x", cpus),
    ]


def _child(folder: Path, kind: str, *words: str) -> Cost:
    """Run an interpreter to its end; return what it took, with its children."""
    environment = {**os.environ, **KEYS, "SUITE": kind, "ANSWERS": str(folder / "answers")}
    environment["PYTHONPATH"] = os.pathsep.join((str(folder), environment.get("PYTHONPATH", "")))
    before, start = os.times(), time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, spent)

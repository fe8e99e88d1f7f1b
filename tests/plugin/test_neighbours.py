"""Beside other plugins: xdist, randomly, asyncio, anyio, and the packages that set clocks. No state goes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plugin.test_fixtures import IMPORTS

if TYPE_CHECKING:
    from tests.plugin.conftest import Run

pytestmark = pytest.mark.slow

pytest_plugins = ["pytester"]

HUNDREDS = """
import os
import boto3, freezegun, pytest
from fakecos import UsageError, current

before = dict(os.environ), boto3.DEFAULT_SESSION

@pytest.mark.parametrize("number", range(300))
def test_it(request, number):
    here = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    there = {name: value for name, value in before[0].items() if name != "PYTEST_CURRENT_TEST"}
    assert (here, boto3.DEFAULT_SESSION, freezegun.api.freeze_factories) == (there, before[1], [])
    with pytest.raises(UsageError):
        current()
    if number % 7 == 0:
        return
    cos, client = request.getfixturevalue("fakecos"), request.getfixturevalue("fakecos_client")
    assert client.list_buckets()["Buckets"] == []
    assert len(cos.journal) == 1
    if number % 5 == 0:
        client.meta.events.register("before-call", lambda **_: pytest.fail("of another test"))
        client = boto3.client("s3")
    client.create_bucket(Bucket="photos")
    client.put_object(Bucket="photos", Key="a", Body=b"%d" % number)
    client.create_multipart_upload(Bucket="photos", Key="a")
    if number % 3 == 0:
        cos.inject("GetObject", error="SlowDown")
        assert client.get_object(Bucket="photos", Key="a")["Body"].read() == b"%d" % number
    if number % 100 == 1:
        cos.advance(days=8)
"""


def test_hundreds_of_tests_in_random_order_in_four_workers_share_nothing(run_process: Run) -> None:
    pytest.importorskip("xdist")
    pytest.importorskip("pytest_randomly")
    result = run_process(HUNDREDS, "-n", "4", "-q", ini="fakecos_open_uploads = ignore")
    result.assert_outcomes(passed=300)


def test_random_order_in_one_process(run_process: Run) -> None:
    text = HUNDREDS.replace("range(300)", "range(100)")
    run_process(text, "-q", ini="fakecos_open_uploads = ignore").assert_outcomes(passed=100)


ASYNC = """
@MARK
async def test_it(fakecos, fakecos_client):
    fakecos_client.create_bucket(Bucket="photos")
    assert "photos" in fakecos.store.buckets

@MARK
@pytest.mark.fakecos
async def test_marked():
    assert names() == []

@pytest.fixture
async def bucket(fakecos):
    boto3.client("s3").create_bucket(Bucket="photos")
    yield "photos"
    assert is_active() is fakecos

@MARK
async def test_in_a_fixture(bucket):
    assert names() == [bucket]

@MARK
async def test_time_passes(fakecos):
    import asyncio
    fakecos.advance(days=8)
    await asyncio.wait_for(asyncio.sleep(0.001), 5)
"""


def test_asyncio(run_process: Run) -> None:
    pytest.importorskip("pytest_asyncio")
    ini = "asyncio_mode = auto\nasyncio_default_fixture_loop_scope = function"
    run_process(IMPORTS + ASYNC.replace("@MARK", ""), "-W", "error", ini=ini).assert_outcomes(passed=4)


def test_anyio(run_process: Run) -> None:
    pytest.importorskip("anyio")
    text = (
        ASYNC.replace("@MARK", "@pytest.mark.anyio")
        + """
@pytest.fixture
def anyio_backend():
    return "asyncio"
"""
    )
    run_process(IMPORTS + text, "-p", "no:asyncio").assert_outcomes(passed=4)


CLOCKS = """
import datetime as dt
import time_machine as time_machine_package
from freezegun import freeze_time

START = dt.datetime(2026, 5, 4, 10, 30, tzinfo=dt.timezone.utc)

def stored(cos):
    cos.create_bucket("photos")
    boto3.client("s3").put_object(Bucket="photos", Key="a", Body=b"1")
    return cos.store.buckets["photos"].objects["a"].last_modified

@freeze_time(START)
def test_freezegun(fakecos):
    assert stored(fakecos) == START
    fakecos.advance(days=8)
    assert dt.datetime.now(dt.timezone.utc) == START + dt.timedelta(days=8)

@time_machine_package.travel(START, tick=False)
def test_time_machine(fakecos):
    assert stored(fakecos) == START

def test_the_fixture_of_time_machine(fakecos, time_machine):
    time_machine.move_to(START, tick=False)
    assert stored(fakecos) == START
    fakecos.advance(days=8)
    assert dt.datetime.now(dt.timezone.utc) == START + dt.timedelta(days=8)

@freeze_time(START)
class TestUnittest(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def _cos(self, fakecos):
        self.cos = fakecos

    def test_it(self):
        self.assertEqual(stored(self.cos), START)

def test_our_own(fakecos):
    before = dt.datetime.now(dt.timezone.utc)
    fakecos.advance(days=8)
    assert stored(fakecos) - before > dt.timedelta(days=7)

def test_the_clock_is_right_again():
    assert dt.datetime.now(dt.timezone.utc).date() != START.date()
    import freezegun
    assert freezegun.api.freeze_factories == []
"""


def test_clocks(run_process: Run) -> None:
    pytest.importorskip("time_machine")
    result = run_process(IMPORTS + CLOCKS, "--durations=0", "-vv", "-p", "no:randomly")
    result.assert_outcomes(passed=6)
    assert result.duration < 60
    for line in result.stdout.lines:  # eight days are no duration of a test
        seconds, _, unit = line.strip().partition("s ")
        if unit.startswith(("call", "setup", "teardown")):
            assert float(seconds) < 60, line

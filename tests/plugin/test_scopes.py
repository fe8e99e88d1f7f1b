"""One fake for several tests: `fakecos_scope`, and a costly arrangement that is made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plugin.test_fixtures import IMPORTS

if TYPE_CHECKING:
    from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]

COUNTS = """
seen = []

def test_one(fakecos): seen.append(fakecos)

class TestIt:
    def test_two(self, fakecos): seen.append(fakecos)
    def test_three(self, fakecos): seen.append(fakecos)

def test_fakes():
    assert len(set(map(id, seen))) == {count}
"""


@pytest.mark.parametrize(
    ("scope", "count"), [("function", 3), ("class", 2), ("module", 1), ("package", 1), ("session", 1)]
)
def test_a_fake_lives_as_long_as_its_scope(run: Run, scope: str, count: int) -> None:
    run(IMPORTS + COUNTS.format(count=count), f"--fakecos-scope={scope}").assert_outcomes(passed=4)


SNAPSHOT = """
@pytest.fixture(scope="module")
def arranged(fakecos, fakecos_client):
    fakecos.create_bucket("photos")
    fakecos_client.put_object(Bucket="photos", Key="costly", Body=b"1")
    return fakecos.snapshot()

@pytest.fixture(autouse=True)
def as_arranged(fakecos, arranged):
    fakecos.restore(arranged)

@pytest.mark.parametrize("number", range(3))
def test_it(fakecos, fakecos_client, number):
    assert list(fakecos.store.buckets["photos"].objects) == ["costly"]
    fakecos_client.put_object(Bucket="photos", Key=f"of-{number}", Body=b"1")
    fakecos_client.delete_object(Bucket="photos", Key="costly")
    fakecos_client.create_bucket(Bucket="videos")

def test_asked_once(fakecos):
    assert fakecos.journal.counts["CreateBucket"] <= 3
"""


def test_a_costly_arrangement_is_made_once_per_module(run: Run) -> None:
    run(IMPORTS + SNAPSHOT, ini="fakecos_scope = module").assert_outcomes(passed=4)


def test_a_marker_of_the_scope_holds(run: Run) -> None:
    text = """
pytestmark = pytest.mark.fakecos(dialect="ibm")

def test_it(fakecos):
    assert fakecos._service._dialect.name == "ibm"
"""
    run(IMPORTS + text, ini="fakecos_scope = module").assert_outcomes(passed=1)


@pytest.mark.parametrize("scope", ["class", "module", "session"])
def test_a_marker_nearer_than_the_scope_is_an_error(run: Run, scope: str) -> None:
    text = """
class TestIt:
    @pytest.mark.fakecos(dialect="ibm")
    def test_it(self, fakecos): ...
"""
    result = run(IMPORTS + text, f"--fakecos-scope={scope}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [f"*::test_it: its marker fakecos cannot hold, since fakecos_scope = {scope} lets it share a fake (see *"]
    )


FAULTS = """
@pytest.fixture(scope="module")
def arranged(fakecos):
    fakecos.create_bucket("photos")
    return fakecos.snapshot()

@pytest.fixture(autouse=True)
def as_arranged(fakecos, arranged):
    fakecos.restore(arranged)

def test_forgotten(fakecos):
    fakecos.inject("GetObject", key="*.zip", error="SlowDown")

def test_it_happens(fakecos, fakecos_client):
    fakecos.inject("ListBuckets", error="SlowDown")
    fakecos_client.list_buckets()

def test_cancelled(fakecos):
    fakecos.inject("GetObject", error="SlowDown").cancel()

def test_failing(fakecos):
    fakecos.inject("PutObject", error="SlowDown")
    assert not "wrong"

class TestOld(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def cos(self, fakecos):
        self.cos = fakecos

    def test_old(self):
        self.cos.inject("HeadObject", error="SlowDown")
        self.fail("wrong")
"""


@pytest.mark.parametrize("restored", [True, False], ids=["restored", "as it was"])
def test_each_test_of_a_shared_fake_is_told_of_its_own_faults(run: Run, restored: bool) -> None:
    """`restore` forgets faults, so the end of the scope would be too late; and a test that failed is told nothing."""
    text = FAULTS if restored else FAULTS.replace("fakecos.restore(arranged)", "pass")
    result = run("import unittest\n" + IMPORTS + text, ini="fakecos_scope = module")
    result.assert_outcomes(passed=2, failed=3)
    result.stdout.fnmatch_lines(
        [
            "*UnfiredFaultError: inject('GetObject', key='?.zip', error='SlowDown') never happened*",
            "*How to allow it: */how-to/pytest/#faults-that-never-happened*",
            "FAILED *::test_forgotten*",
            "FAILED *::test_failing*",
            "FAILED *::test_old*",
        ]
    )
    result.stdout.no_fnmatch_line("*PutObject*never happened*")
    result.stdout.no_fnmatch_line("*HeadObject*never happened*")


@pytest.mark.parametrize(("rule", "warnings"), [("warn", 1), ("ignore", 0)])
def test_the_option_rules_the_faults_of_a_shared_fake_too(run: Run, rule: str, warnings: int) -> None:
    text = FAULTS.partition("def test_it_happens")[0]
    result = run(IMPORTS + text, ini=f"fakecos_scope = module\nfakecos_unfired_faults = {rule}")
    result.assert_outcomes(passed=1, warnings=warnings)


def test_a_fault_of_a_shared_fixture_may_happen_in_a_later_test(run: Run) -> None:
    text = """
@pytest.fixture(scope="module")
def broken(fakecos):
    return fakecos.inject("ListBuckets", error="AccessDenied")

def test_one(broken): ...

def test_two(broken, fakecos_client):
    with pytest.raises(Exception, match="AccessDenied"):
        fakecos_client.list_buckets()
"""
    run(IMPORTS + text, ini="fakecos_scope = module").assert_outcomes(passed=2)

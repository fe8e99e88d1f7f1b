"""The fixtures and the marker, seen from outside."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]

IMPORTS = """
import boto3, pytest, unittest
import fakecos as fakecos_module
from fakecos import FakeCOS, Limits, UsageError

def is_active():
    try:
        return fakecos_module.current()
    except UsageError:
        return None

def names():
    return [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]]
"""


def test_the_fixture_is_an_active_fake_and_empty_for_each_test(run: Run) -> None:
    text = """
@pytest.mark.parametrize("number", range(3))
def test_it(fakecos, number):
    assert isinstance(fakecos, FakeCOS) and is_active() is fakecos
    assert names() == []
    boto3.client("s3").create_bucket(Bucket="photos")

def test_it_is_off_without():
    assert is_active() is None
"""
    run(IMPORTS + text).assert_outcomes(passed=4)


def test_the_client_belongs_to_the_fake(run: Run) -> None:
    text = """
def test_it(fakecos, fakecos_client):
    fakecos_client.create_bucket(Bucket="photos")
    assert list(fakecos.store.buckets) == ["photos"]
"""
    run(IMPORTS + text).assert_outcomes(passed=1)


def test_the_factory_makes_fakes_that_know_their_own_clients(run: Run) -> None:
    text = """
def test_it(fakecos, fakecos_factory):
    one, two = fakecos_factory(), fakecos_factory(limits=Limits(min_part_size=1))
    for name, cos in {"one": one, "two": two}.items():
        cos.client().create_bucket(Bucket=name + "-bucket")
    assert [list(cos.store.buckets) for cos in (one, two, fakecos)] == [["one-bucket"], ["two-bucket"], []]
    assert names() == []
    with two:
        boto3.client("s3").create_bucket(Bucket="inside")
        assert names() == ["inside", "two-bucket"]
    assert names() == []

def test_they_are_gone():
    assert is_active() is None
"""
    run(IMPORTS + text).assert_outcomes(passed=2)


def test_the_factory_follows_the_options_and_tells_what_was_left_behind(run: Run) -> None:
    text = """
@pytest.mark.fakecos(open_uploads="error")
def test_it(fakecos_factory):
    cos = fakecos_factory()
    client = cos.client()
    client.create_bucket(Bucket="photos")
    upload = {"Bucket": "photos", "Key": "a", **client.create_multipart_upload(Bucket="photos", Key="a")}
    assert cos._service.pipeline._limits.min_part_size == 7
"""
    result = run(IMPORTS + text, "--fakecos-min-part-size=7")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*OpenUploadsError: 1 upload left open*"])


def test_the_module_of_the_plugin_imports_pytest_alone() -> None:
    text = (
        "import sys, pytest; before = set(sys.modules); import pytest_fakecos; "
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}; "
        "print(sorted(new - set(sys.stdlib_module_names)))"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['pytest_fakecos']"


# --- the marker -----------------------------------------------------------------------------------------


def test_a_marked_test_has_an_active_fake_without_asking(run: Run) -> None:
    text = """
@pytest.mark.fakecos
def test_marked():
    assert names() == []

@pytest.mark.fakecos(dialect="ibm")
class TestMarked:
    def test_it(self):
        assert is_active()._service._dialect.name == "ibm"

@pytest.mark.fakecos
class TestUnittest(unittest.TestCase):
    def setUp(self):
        boto3.client("s3").create_bucket(Bucket="photos")

    def test_it(self):
        self.assertEqual(names(), ["photos"])

    def test_again(self):
        self.assertEqual(names(), ["photos"])

def test_unmarked():
    assert is_active() is None
"""
    run(IMPORTS + text, "--strict-markers").assert_outcomes(passed=5)


def test_the_nearest_marker_wins_keyword_by_keyword(run: Run) -> None:
    text = """
pytestmark = pytest.mark.fakecos(dialect="ibm", limits=Limits(min_part_size=1), id_seed=1)

def seen(cos):
    dialect = cos._service._dialect
    return dialect and dialect.name, cos._service.pipeline._limits.min_part_size, cos._service.ids.request_id()

def test_module(fakecos, ids):
    assert seen(fakecos) == ("ibm", 1, ids[1])

@pytest.mark.fakecos(limits=Limits(min_part_size=2))
class TestBase:
    def test_class(self, fakecos, ids):
        assert seen(fakecos) == ("ibm", 2, ids[1])

    @pytest.mark.fakecos(dialect=None, id_seed=2)
    def test_function(self, fakecos, ids):
        assert seen(fakecos) == (None, 2, ids[2])

@pytest.mark.fakecos(limits=Limits(min_part_size=3))
class TestDerived(TestBase):
    def test_class(self, fakecos, ids):
        assert seen(fakecos) == ("ibm", 3, ids[1])

    test_function = None

@pytest.fixture
def ids():
    return {seed: FakeCOS(id_seed=seed)._service.ids.request_id() for seed in (1, 2)}
"""
    run(IMPORTS + text).assert_outcomes(passed=4)


def test_a_parameter_may_have_a_marker_of_its_own(run: Run) -> None:
    text = """
@pytest.mark.fakecos(dialect="aws")
@pytest.mark.parametrize("name", ["aws", pytest.param("ibm", marks=pytest.mark.fakecos(dialect="ibm"))])
def test_it(fakecos, name):
    assert fakecos._service._dialect.name == name
"""
    run(IMPORTS + text).assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ("limit=1", "*test_it: limit is no keyword of FakeCOS; did you mean limits? (see */how-to/pytest/#*"),
        ("open_upload='warn'", "*did you mean open_uploads? (see *"),
        ("1", "*test_it: @pytest.mark.fakecos takes keywords only*"),
        ("open_uploads='maybe'", "*@pytest.mark.fakecos(open_uploads='maybe'): it may be warn, error, ignore (see *"),
        ("dialect='gcs'", "*UsageError: FakeCOS(dialect='gcs')*"),
    ],
)
def test_a_wrong_marker_is_an_error(run: Run, marker: str, message: str) -> None:
    text = f"""
@pytest.mark.fakecos({marker})
def test_it(fakecos): ...
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([message])


# --- other kinds of tests -------------------------------------------------------------------------------


def test_unittest_with_use_fixtures(run: Run) -> None:
    text = """
@pytest.mark.usefixtures("fakecos")
class Test(unittest.TestCase):
    def test_it(self):
        self.assertEqual(names(), [])

class TestAsync(unittest.IsolatedAsyncioTestCase):
    @pytest.fixture(autouse=True)
    def _cos(self, fakecos):
        self.cos = fakecos

    async def test_it(self):
        boto3.client("s3").create_bucket(Bucket="photos")
        self.assertIn("photos", self.cos.store.buckets)
"""
    run(IMPORTS + text).assert_outcomes(passed=2)


def test_doctests_have_the_fixture(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makefile(
        ".txt", test_page=">>> cos = getfixture('fakecos')\n>>> cos.create_bucket('photos').name\n'photos'\n"
    )
    run("", "test_page.txt").assert_outcomes(passed=1)


@pytest.mark.loopback
def test_the_server_is_that_of_the_fake_and_child_processes_find_it(run: Run) -> None:
    text = """
import os, subprocess, sys

CHILD = "import boto3; boto3.client('s3').put_object(Bucket='photos', Key='k', Body=b'1')"

def test_it(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    assert fakecos_server.endpoint_url.startswith("http://127.0.0.1:")
    subprocess.run([sys.executable, "-c", CHILD], check=True)
    assert list(photos.objects) == ["k"]

def test_it_is_closed():
    assert "AWS_ENDPOINT_URL_S3" not in os.environ
"""
    run(IMPORTS + text).assert_outcomes(passed=2)


def test_a_marker_that_a_fixture_of_the_module_adds_is_obeyed(run: Run) -> None:
    text = """
@pytest.fixture(scope="module", autouse=True)
def marked(request):
    request.node.add_marker(pytest.mark.fakecos)

@pytest.mark.parametrize("number", range(2))
def test_it(number):
    assert is_active()
"""
    run(IMPORTS + text).assert_outcomes(passed=2)

"""A fake is told of in the same way whoever started it: the fixture, the test, a decorator, or a fixture of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plugin.test_fixtures import IMPORTS

if TYPE_CHECKING:
    from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]

ACT = """
import asyncio

def act(cos, client=None):
    \"\"\"Leave an upload open, and fail if the file says so.\"\"\"
    client = client or boto3.client("s3", "us-east-1")
    cos.create_bucket("photos")
    client.create_multipart_upload(Bucket="photos", Key="a.zip")
    FAULT
    assert not FAILS
"""
STYLES = {
    "fixture": "def test_it(fakecos): act(fakecos)",
    "with": """
def test_it():
    with FakeCOS() as cos:
        act(cos)
""",
    "with, over when it fails": """
def test_it():
    with FakeCOS() as cos:
        pass
    with cos:
        cos.create_bucket("photos")
        boto3.client("s3").create_multipart_upload(Bucket="photos", Key="a.zip")
        FAULT
    assert not FAILS
""",
    "with, in a function": """
def run():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        boto3.client("s3").create_multipart_upload(Bucket="photos", Key="a.zip")
        FAULT

def test_it():
    run()
    assert not FAILS
""",
    "imported late": """
del FakeCOS

def test_it():
    from fakecos import FakeCOS
    with FakeCOS() as cos:
        act(cos)
""",
    "async with": """
async def main():
    async with FakeCOS() as cos:
        act(cos)

def test_it():
    asyncio.run(main())
""",
    "start and stop": """
def test_it():
    cos = FakeCOS().start()
    try:
        act(cos)
    finally:
        cos.stop()
""",
    "decorator": """
@FakeCOS()
def test_it():
    act(fakecos_module.current())
""",
    "decorated coroutine function": """
@FakeCOS()
async def main():
    act(fakecos_module.current())

def test_it():
    asyncio.run(main())
""",
    "decorated class": """
@FakeCOS()
class TestIt:
    def test_it(self):
        act(fakecos_module.current())
""",
    "decorated TestCase": """
@FakeCOS()
class Test(unittest.TestCase):
    def setUp(self):
        self.cos = fakecos_module.current()

    def test_it(self):
        act(self.cos)
""",
    "setUp": """
class Test(unittest.TestCase):
    def setUp(self):
        self.cos = FakeCOS().start()
        self.addCleanup(self.cos.stop)

    def test_it(self):
        act(self.cos)
""",
    "setUpClass": """
class Test(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cos = FakeCOS().start()
        cls.addClassCleanup(cls.cos.stop)

    def test_it(self):
        act(self.cos)
""",
    "setUpModule": """
def setUpModule():
    global cos
    cos = FakeCOS().start()

def tearDownModule():
    cos.stop()

def test_it():
    act(cos)
""",
    "attached": """
def test_it():
    cos, client = FakeCOS(), boto3.client("s3", "us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    cos.attach(client)
    act(cos, client)
""",
    "client": """
def test_it():
    cos = FakeCOS()
    act(cos, cos.client())
""",
    "client of an account": """
def test_it():
    cos = FakeCOS()
    act(cos, cos.account("123456789012").client())
""",
    "served": """
def test_it():
    cos = FakeCOS()
    with cos.serve():
        act(cos)
""",
    **{
        f"fixture of {scope} scope": f"""
@pytest.fixture(scope="{scope}")
def store():
    with FakeCOS() as cos:
        yield cos

def test_it(store):
    act(store)
"""
        for scope in ("function", "class", "module", "package", "session")
    },
    "fixture that returns": """
@pytest.fixture
def store(request):
    cos = FakeCOS().start()
    request.addfinalizer(cos.stop)
    return cos

def test_it(store):
    act(store)
""",
    "made by the module": """
cos = FakeCOS()

def test_it():
    with cos:
        act(cos)
""",
}
IN_A_CONFTEST = """
import pytest

@pytest.fixture
def store():
    from fakecos import FakeCOS
    with FakeCOS() as cos:
        yield cos
"""
pytestmark = pytest.mark.loopback


def text(style: str, *, fails: bool = False, fault: str = "pass") -> str:
    return (IMPORTS + ACT + STYLES[style]).replace("FAILS", str(fails)).replace("FAULT", fault)


@pytest.mark.parametrize("style", STYLES)
def test_a_failing_test_shows_requests_and_what_is_stored_once(run: Run, style: str) -> None:
    result = run(text(style, fails=True))
    outcomes = result.parseoutcomes()
    assert outcomes.pop("failed") == 1
    result.stdout.fnmatch_lines(
        [
            "*- fakecos: requests -*",
            "*CreateMultipartUpload*photos/a.zip*200",
            "*- fakecos: stored -*",
            "bucket photos: 0 objects, 0 bytes",
            "uploads left open: 1*",
        ]
    )
    assert str(result.stdout).count("- fakecos: requests -") == 1


@pytest.mark.parametrize("style", STYLES)
def test_an_upload_left_open_is_warned_about_once(run: Run, style: str) -> None:
    result = run(text(style))
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(
        ["*FakecosWarning: 1 upload left open*", "*photos/a.zip: 0 parts*", "*#uploads-that-are-left-open"]
    )


SLOW = [pytest.param(way, marks=pytest.mark.slow) for way in ("command line", "marker")]


@pytest.mark.parametrize("way", ["ini", *SLOW])
@pytest.mark.parametrize("style", STYLES)
def test_the_rule_for_open_uploads_holds(run: Run, style: str, way: str) -> None:
    marker = "\npytestmark = pytest.mark.fakecos(open_uploads='error')"
    words = ("--fakecos-open-uploads=error",) if way == "command line" else ()
    if way == "marker" and style in {"fixture of package scope", "fixture of session scope"}:
        pytest.skip("a marker of a module does not reach a fake of several modules")
    if way == "marker" and style == "served":
        pytest.skip("the marker starts a fake, which answers the clients of this process")
    result = run(
        text(style) + (marker if way == "marker" else ""),
        *words,
        ini="fakecos_open_uploads = error" if way == "ini" else "",
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["E*OpenUploadsError: 1 upload left open*"])
    run(text(style), "--fakecos-open-uploads=ignore").assert_outcomes(passed=1, warnings=0)


@pytest.mark.parametrize("style", STYLES)
def test_a_fault_that_never_happened_is_told_once_as_the_rule_says(run: Run, style: str) -> None:
    fault = 'cos.inject("GetObject", error="SlowDown")'
    quiet = "fakecos_open_uploads = ignore\n"
    result = run(text(style, fault=fault), ini=quiet)
    outcomes = result.parseoutcomes()
    assert outcomes.get("failed", 0) + outcomes.get("errors", 0) == 1, outcomes
    result.stdout.fnmatch_lines(["*UnfiredFaultError: *GetObject*never happened*"])
    result = run(text(style, fault=fault), ini=quiet + "fakecos_unfired_faults = warn")
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(["*FakecosWarning: *GetObject*never happened. How to allow it: *"])
    run(text(style, fault=fault), ini=quiet + "fakecos_unfired_faults = ignore").assert_outcomes(passed=1, warnings=0)


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_a_failing_test_is_told_nothing_else(run: Run, style: str) -> None:
    if ("scope" in style and "function" not in style) or style in {"setUpClass", "setUpModule"}:
        pytest.skip("what several tests share is told when it ends")
    fault = 'cos.inject("GetObject", error="SlowDown")'
    result = run(text(style, fails=True, fault=fault), ini="fakecos_open_uploads = error")
    if "over when it fails" in style or "in a function" in style:  # the fault was told before
        return
    result.assert_outcomes(failed=1, warnings=0)
    result.stdout.no_fnmatch_line("*never happened*")


def test_a_fixture_of_a_conftest_that_imports_fakecos_itself(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeconftest(IN_A_CONFTEST)
    result = run((IMPORTS + ACT).replace("FAILS", "True").replace("FAULT", "pass") + "def test_it(store): act(store)")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*- fakecos: requests -*", "*CreateMultipartUpload*photos/a.zip*200"])


@pytest.mark.slow
@pytest.mark.parametrize("fails", [True, False])
def test_fakecos_may_be_imported_after_pytest_began(run_process: Run, pytester: pytest.Pytester, fails: bool) -> None:
    pytester.makeconftest(IN_A_CONFTEST)
    result = run_process(
        f"""
import boto3

def test_it(store):
    store.create_bucket("photos")
    boto3.client("s3").create_multipart_upload(Bucket="photos", Key="a")
    assert not {fails}
""",
        ini="fakecos_min_part_size = 7",
    )
    result.stdout.fnmatch_lines(["*- fakecos: requests -*" if fails else "*FakecosWarning: 1 upload left open*"])


# --- who is blamed, and when --------------------------------------------------------------------------------


def test_a_fake_of_several_tests_is_told_of_when_it_stops(run: Run) -> None:
    result = run(
        IMPORTS
        + """
@pytest.fixture(scope="module")
def store():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        yield cos

def test_one(store):
    boto3.client("s3").create_multipart_upload(Bucket="photos", Key="a.zip")

def test_two(store):
    assert not "wrong"
""",
        ini="fakecos_open_uploads = error",
    )
    result.assert_outcomes(passed=1, failed=1, errors=1)
    result.stdout.fnmatch_lines(
        ["*ERROR at teardown of test_two*", "*OpenUploadsError: 1 upload left open*", "*CreateMultipartUpload*"]
    )


def test_each_test_is_told_of_the_faults_that_it_sets_in_a_fake_of_several_tests(run: Run) -> None:
    result = run(
        IMPORTS
        + """
@pytest.fixture(scope="module")
def store():
    with FakeCOS() as cos:
        yield cos

def test_forgotten(store):
    store.inject("GetObject", key="*.zip", error="SlowDown")

def test_failing(store):
    store.inject("PutObject", error="SlowDown")
    assert not "wrong"
"""
    )
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*UnfiredFaultError: *GetObject*never happened*"])
    result.stdout.no_fnmatch_line("*PutObject*never happened*")


def test_a_fake_of_others_is_not_shown_where_it_has_no_part(run: Run) -> None:
    result = run(
        IMPORTS
        + """
@pytest.fixture(scope="module")
def store():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        yield cos

def test_one(store): ...

def test_two():
    assert 0
"""
    )
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.no_fnmatch_line("*fakecos: *")


def test_a_fake_that_a_test_leaves_on_is_told_of_at_its_end(run: Run) -> None:
    result = run(
        IMPORTS
        + """
started = []

def test_one():
    started.append(FakeCOS().start())
    started[0].create_bucket("photos")
    boto3.client("s3").create_multipart_upload(Bucket="photos", Key="a.zip")

def test_two():
    started[0].stop()
""",
        ini="fakecos_open_uploads = error",
    )
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_one*"])


def test_what_was_swallowed_beside_a_client_is_told_at_the_end_of_the_test(run: Run) -> None:
    result = run(
        IMPORTS
        + """
def test_it(monkeypatch):
    cos = FakeCOS()
    client = cos.client()
    def broken(*args): raise ZeroDivisionError
    monkeypatch.setattr(cos._service, "perform", broken)
    try:
        client.list_buckets()
    except Exception:
        pass
"""
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["E*ZeroDivisionError", "*How to allow it: */how-to/pytest/#what-the-code-swallowed"])


def test_fakes_are_let_go_of(run: Run) -> None:
    text = """
import gc, weakref

gone = []

def test_many():
    for _ in range(30):
        with FakeCOS() as cos:
            gone.append(weakref.ref(cos))
    gc.collect()
    assert sum(fake() is not None for fake in gone) <= 5

def test_after():
    gc.collect()
    assert not [fake for fake in gone if fake() is not None]
"""
    run(IMPORTS + text).assert_outcomes(passed=2)


def test_many_open_uploads_are_told_in_short(run: Run) -> None:
    text = """
def test_it():
    for number in range(50):
        with FakeCOS() as cos:
            cos.create_bucket("photos")
            cos.start_upload("photos", f"{number}.zip")
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(["*50 uploads left open*", "*photos/19.zip:*", "*and 30 more"])
    result.stdout.no_fnmatch_line("*photos/20.zip:*")

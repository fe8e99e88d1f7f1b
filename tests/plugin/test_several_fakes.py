"""Several fakes in one test are told apart, and a bucket is found where it is; options hold for fakes made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plugin.test_fixtures import IMPORTS

if TYPE_CHECKING:
    from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]

NESTED = """
@pytest.fixture
def store():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        yield cos

def test_it(store):
    with FakeCOS() as cos:
        cos.create_bucket("videos")
        boto3.client("s3").put_object(Bucket="photos", Key="a", Body=b"1")
"""


def test_nested_fakes_have_their_place_and_their_name(run: Run) -> None:
    result = run(IMPORTS + NESTED)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*- fakecos: requests of fake 1 of 2 (outer, fixture store) -*",
            "*- fakecos: stored of fake 1 of 2 (outer, fixture store) -*",
            "bucket photos:*",
            "*- fakecos: requests of fake 2 of 2 (inner, variable cos) -*",
            "*- fakecos: stored of fake 2 of 2 (inner, variable cos) -*",
            "bucket videos:*",
        ]
    )


def test_no_such_bucket_says_which_other_fake_has_it(run: Run) -> None:
    result = run(IMPORTS + NESTED)
    result.stdout.fnmatch_lines(
        [
            "*PutObject*photos/a*404*NoSuchBucket*",
            "NoSuchBucket: there is a bucket photos, but it is of fake 1 of 2 (outer, fixture store).",
            "*Of nested fakes the inner one answers. Use one fake, or create the bucket in this one too.",
        ]
    )


def test_it_does_so_for_a_fake_that_the_test_has_no_other_part_in(run: Run) -> None:
    text = """
@pytest.fixture(scope="module")
def store():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        yield cos

def test_before(store): ...

def test_it(fakecos):
    boto3.client("s3").put_object(Bucket="photos", Key="a", Body=b"1")
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["NoSuchBucket: there is a bucket photos, but it is of fake 1 of 2 (outer, *store).*"])


def test_no_such_bucket_alone_names_no_other_fake(run: Run) -> None:
    text = """
def test_it(fakecos):
    boto3.client("s3").put_object(Bucket="photos", Key="a", Body=b"1")
"""
    run(IMPORTS + text).stdout.no_fnmatch_line("NoSuchBucket: there is*")


def test_fakes_one_after_the_other_are_not_nested(run: Run) -> None:
    text = """
def test_it():
    with FakeCOS() as one:
        one.create_bucket("photos")
    with FakeCOS() as two:
        two.create_bucket("videos")
    assert 0
"""
    result = run(IMPORTS + text)
    result.stdout.fnmatch_lines(["*stored of fake 1 of 2 (variable one)*", "*stored of fake 2 of 2 (variable two)*"])
    result.stdout.no_fnmatch_line("*inner*")


# --- the requests are shown once -------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ['assert_object("photos", "b")', 'assert_requests(["GetObject"])'])
def test_a_failed_assertion_shows_its_requests_and_the_section_none_again(run: Run, words: str) -> None:
    text = f"""
def test_it(fakecos, fakecos_client):
    fakecos.create_bucket("photos")
    fakecos_client.put_object(Bucket="photos", Key="a", Body=b"1")
    fakecos.{words}
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E*PutObject*photos/a*200",
            "*- fakecos: requests -*",
            "The failed assertion shows those that matter to it. In all came: PutObject (1).",
            "*- fakecos: stored -*",
        ]
    )
    report, _, _ = str(result.stdout).partition("short test summary info")  # which has all of it where CI is set
    assert report.count("ChecksumAlgorithm=CR") == 1


# --- options and marker hold for fakes made by hand --------------------------------------------------------------

SEEN = """
def seen(cos):
    service = cos._service
    return service._dialect and service._dialect.name, service.pipeline._limits.min_part_size

def test_nothing_given():
    assert seen(FakeCOS()) == WANTED

def test_its_own_keywords_win():
    assert seen(FakeCOS(dialect="aws", limits=Limits(min_part_size=3))) == ("aws", 3)
    assert seen(FakeCOS(limits=Limits(max_parts=3))) == WANTED

made = []

@FakeCOS()
def test_decorator():
    assert seen(is_active()) == WANTED

@FakeCOS(dialect="aws")
def test_decorator_with_keywords():
    assert seen(is_active()) == ("aws", WANTED[1])

@pytest.fixture(scope="module")
def store():
    with FakeCOS() as cos:
        yield cos

def test_fixture(store):
    assert seen(store) == WANTED
"""
QUIET = "\nfilterwarnings =\n    default\n    ignore:.*never started\n"


@pytest.mark.parametrize("way", ["ini", "command line", "marker"])
def test_options_that_are_keywords_of_the_fake_hold_for_one_made_by_hand(run: Run, way: str) -> None:
    text = IMPORTS + SEEN + "\nWANTED = ('ibm', 7)\n"
    if way == "marker":
        text += "pytestmark = pytest.mark.fakecos(dialect='ibm', limits=Limits(min_part_size=7), autouse=False)"
        text = text.replace("limits=Limits(max_parts=3)", "")
    words = ("--fakecos-dialect=ibm", "--fakecos-min-part-size=7") if way == "command line" else ()
    ini = "fakecos_dialect = ibm\nfakecos_min_part_size = 7" if way == "ini" else ""
    run(text, *words, ini=ini + QUIET).assert_outcomes(passed=5)


def test_the_day_holds_too(run: Run) -> None:
    """aws-changes 1: keys of the customer are blocked in buckets made since 2026-04-06."""
    text = """
def test_it():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        boto3.client("s3").put_object(Bucket="photos", Key="a", SSECustomerAlgorithm="AES256", SSECustomerKey="k" * 32)
"""
    run(IMPORTS + text, "--fakecos-as-of=2026-04-05").assert_outcomes(passed=1)
    run(IMPORTS + text).assert_outcomes(failed=1)


def test_a_fake_that_a_shared_fixture_started_stays_the_one_that_answers(run: Run) -> None:
    text = """
@pytest.fixture(scope="module", autouse=True)
def store():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        yield cos

def test_autouse():
    assert names() == ["photos"]

@pytest.mark.fakecos(open_uploads="error")
def test_rules_alone():
    assert names() == ["photos"]

@pytest.mark.fakecos(dialect="ibm")
def test_a_marker_that_says_how():
    assert names() == []

def test_the_fixture(fakecos):
    assert names() == []
"""
    run(IMPORTS + text, "--fakecos-autouse").assert_outcomes(passed=4)


# --- a fake that is never started -----------------------------------------------------------------------------------


def test_a_fake_that_nobody_started_is_warned_about_with_its_line(run: Run) -> None:
    text = """
def test_it():
    cos = FakeCOS()
    cos.create_bucket("photos")
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(
        [
            "*FakecosWarning: The FakeCOS made at *.py:* was never started, attached to a client or served*",
            "*with FakeCOS() as cos:*fixture `fakecos`*#a-fake-that-is-never-started",
        ]
    )
    ini = "filterwarnings =\n    error\n    ignore:.*was never started:fakecos.FakecosWarning"
    run(IMPORTS + text, ini=ini).assert_outcomes(passed=1)


def test_it_is_warned_about_where_a_fixture_or_the_module_made_it(run: Run) -> None:
    text = """
cos = FakeCOS()

@pytest.fixture(scope="module")
def store():
    return FakeCOS()

def test_it(store): ...
"""
    run(IMPORTS + text).assert_outcomes(passed=1, warnings=2)
    run(IMPORTS + text + "\ndef test_other(): ...", "-k", "not other").assert_outcomes(
        passed=1, deselected=1, warnings=1
    )  # the other may use what the module made


def test_beside_a_failure_it_is_a_section(run: Run) -> None:
    text = """
def test_it():
    cos = FakeCOS()
    cos.create_bucket("photos")
    assert 0
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(failed=1, warnings=0)
    result.stdout.fnmatch_lines(["*- fakecos: a fake that was never started -*", "The FakeCOS made at *"])


@pytest.mark.parametrize(
    "use",
    [
        "with cos: pass",
        "cos.client()",
        "cos.resource()",
        "cos.account('123456789012').client()",
        "cos.create_bucket('photos'); cos.put_object('photos', 'a', b'1')",
        "cos.create_bucket('photos'); cos.start_upload('photos', 'a')",
        "cos.load_directory('photos', '.')",
        "pytest.raises(UsageError, cos.attach, object())",
    ],
)
def test_a_fake_that_is_of_use_is_not_warned_about(run: Run, use: str) -> None:
    result = run(IMPORTS + f"def test_it():\n    cos = FakeCOS()\n    {use}\n", "--fakecos-open-uploads=ignore")
    result.assert_outcomes(passed=1, warnings=0)


def test_neither_is_one_that_decorates_or_that_the_plugin_made(run: Run) -> None:
    text = """
@FakeCOS()
def test_decorated(): ...

fake = FakeCOS(dialect="ibm")

@fake
def test_named(): ...

def test_factory(fakecos_factory):
    fakecos_factory().client()
"""
    run(IMPORTS + text).assert_outcomes(passed=3, warnings=0)


# --- faults that happened too seldom ------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", ["function", "module", "by hand"])
def test_a_fault_that_happened_too_seldom_is_a_warning(run: Run, scope: str) -> None:
    text = """
@pytest.fixture
def cos(FIXTURE): yield FIXTURE

def test_it(cos):
    cos.inject("ListBuckets", error="AccessDenied", times=9)
    with pytest.raises(Exception, match="AccessDenied"):
        boto3.client("s3").list_buckets()
"""
    own = "@pytest.fixture(scope='module')\ndef own():\n    with FakeCOS() as cos:\n        yield cos\n"
    text = IMPORTS + own + text.replace("FIXTURE", "own" if scope == "by hand" else "fakecos")
    words = () if scope == "by hand" else (f"--fakecos-scope={scope}",)
    result = run(text, *words)
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(
        ["*FakecosWarning: inject('ListBuckets', times=9, error='AccessDenied') happened once, not 9*"]
    )
    run(text, *words, "--fakecos-unfired-faults=ignore").assert_outcomes(passed=1, warnings=0)

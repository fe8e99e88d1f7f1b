"""`@pytest.mark.fakecos_budget` and the option of that name: how many requests a test may send to its fakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    Run = Callable[..., pytest.RunResult]

pytest_plugins = ["pytester"]

ASK = """
import boto3, pytest, unittest
from fakecos import FakeCOS

def ask(times):
    s3 = boto3.client("s3")
    for _ in range(times):
        s3.list_buckets()
"""


def test_the_first_request_over_the_marker_fails_the_test(run: Run) -> None:
    result = run(
        ASK
        + """
@pytest.mark.fakecos_budget(total=3)
def test_a(fakecos):
    ask(4)

@pytest.mark.fakecos_budget(list_buckets=4)
def test_b(fakecos):
    ask(4)
"""
    )
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            ">           s3.list_buckets()",  # and no line of botocore or of fakecos below it
            "*BudgetExceededError: ListBuckets is one too many: the budget is total=3.",
            "*asked at *:7 in ask: s3.list_buckets()",
            "*allow more in @pytest.mark.fakecos_budget(total=...)*",
            "*: BudgetExceededError",
        ]
    )
    assert "endpoint.py" not in result.stdout.str()


def test_what_the_code_swallowed_fails_the_test_at_its_end(run: Run) -> None:
    result = run(
        ASK
        + """
@pytest.mark.fakecos_budget(total=3)
def test_a(fakecos):
    try:
        ask(6)
    except Exception:
        pass
"""
    )
    result.assert_outcomes(failed=1)  # and the fixture tells it no second time
    result.stdout.fnmatch_lines(["*BudgetExceededError: ListBuckets is one too many*"])


def test_it_counts_the_requests_to_every_fake_of_the_test_together(run: Run) -> None:
    result = run(
        ASK
        + """
pytestmark = pytest.mark.fakecos_budget(total=3)

def test_two():
    with FakeCOS():
        ask(2)
    with FakeCOS():
        ask(2)

@FakeCOS()
def test_decorated():
    ask(4)

class TestCase(unittest.TestCase):
    def test_case(self):
        with FakeCOS():
            ask(4)

def test_attached():
    s3 = FakeCOS().client()
    for _ in range(4):
        s3.list_buckets()
"""
    )
    result.assert_outcomes(failed=4)


def test_what_fixtures_ask_does_not_count(run: Run) -> None:
    result = run(
        ASK
        + """
@pytest.fixture
def store():
    with FakeCOS() as cos:
        ask(10)
        yield cos
        ask(10)

@pytest.mark.fakecos_budget(total=3)
def test_a(store):
    ask(3)
"""
    )
    result.assert_outcomes(passed=1)


def test_of_a_shared_fake_each_test_has_its_own_budget(run: Run) -> None:
    result = run(
        ASK
        + """
@pytest.fixture(scope="module")
def store():
    with FakeCOS() as cos:
        yield cos

@pytest.mark.parametrize("n", range(3))
def test_a(store, n):
    ask(3)
""",
        ini="fakecos_budget = total=3",
    )
    result.assert_outcomes(passed=3)


def test_the_nearest_wins_for_each_name(run: Run) -> None:
    """The order of the options: marker of the test, of its class or module; command line; ini file."""
    result = run(
        ASK
        + """
def test_option(fakecos):
    ask(3)

@pytest.mark.fakecos_budget(total=None)
def test_lifted(fakecos):
    ask(9)

@pytest.mark.fakecos_budget(total=10)
def test_other_name_stays(fakecos):
    fakecos.inject("ListBuckets", error="SlowDown")
    ask(1)
""",
        "--fakecos-budget=total=2 retries=0",
        ini="fakecos_budget = total=100",
    )
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["*the budget is total=2.", "*allow more in fakecos_budget(total=...)*"])
    result.stdout.fnmatch_lines(["*the budget is retries=0*"])


def test_a_marker_that_cannot_be_is_explained(run: Run) -> None:
    result = run(
        ASK
        + """
@pytest.mark.fakecos_budget(lst_buckets=3)
def test_name():
    pass

@pytest.mark.fakecos_budget(3)
def test_place():
    pass
"""
    )
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*test_name*S3 has no operation 'lst_buckets'; did you mean ListBuckets?*"])
    result.stdout.fnmatch_lines(["*test_place*takes keywords only, as in total=20*"])


def test_an_option_that_cannot_be_ends_the_run(run: Run) -> None:
    for given, said in [
        ("totl=3", "did you mean total"),
        ("total", "total needs a whole number"),
        ("total=-1", "whole"),
    ]:
        result = run(ASK, "--fakecos-budget", given)
        assert result.ret != 0
        assert said in result.stderr.str()

"""Budgets inside and around explorations and races: each run has the whole of it, and a run over it is a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos import BudgetExceededError, FakeCOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ONE_FAILURE: dict[str, Any] = {"failures": ["SlowDown"], "crashes": False, "raise_findings": False}


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with FakeCOS() as fake:
        fake.create_bucket("photos")
        yield fake


@pytest.fixture
def save(cos: FakeCOS) -> Callable[[], None]:
    s3: Any = boto3.client("s3", "us-east-1")
    assert cos.is_active
    return lambda: s3.put_object(Bucket="photos", Key="a", Body=b"1") and None


def test_a_run_over_a_budget_of_the_act_is_a_finding(cos: FakeCOS, save: Callable[[], None]) -> None:
    def act() -> None:
        with cos.budget(retries=0):
            save()

    (finding,) = cos.explore(act, **ONE_FAILURE).findings
    assert finding.kind == "check"
    assert "PutObject photos/a is one too many: the budget is retries=0." in str(finding)
    assert cos.errors == []


def test_so_it_is_where_the_act_swallows_it(cos: FakeCOS, save: Callable[[], None]) -> None:
    def act() -> None:
        with cos.budget(retries=0):
            try:
                save()
            except AssertionError:
                raise OSError from None

    kinds = {finding.kind for finding in cos.explore(act, **ONE_FAILURE).findings}
    assert "check" in kinds
    assert cos.errors == []


def test_around_an_exploration_each_run_has_the_whole_budget(cos: FakeCOS, save: Callable[[], None]) -> None:
    with cos.budget(total=3) as budget:
        save()
        found = cos.explore(save, failures=["SlowDown", "AccessDenied"], crashes=False, raise_findings=False)
    assert found.runs > 1
    assert not [finding for finding in found.findings if finding.kind == "check"]
    assert budget.used.total == 2  # what the run without failures sent, as in the journal


def test_around_an_exploration_a_run_over_it_is_a_finding(cos: FakeCOS, save: Callable[[], None]) -> None:
    with cos.budget(total=1):
        (finding,) = cos.explore(save, **ONE_FAILURE).findings
    assert "the budget is total=1" in str(finding)


def test_without_a_failure_it_is_no_finding_and_fails_the_test(cos: FakeCOS, save: Callable[[], None]) -> None:
    with pytest.raises(BudgetExceededError), cos.budget(total=0):
        cos.explore(save, **ONE_FAILURE)
    assert cos.errors == []


def test_an_order_over_a_budget_is_a_finding_of_a_race(cos: FakeCOS, save: Callable[[], None]) -> None:
    with cos.budget(total=1) as budget:
        found = cos.race(save, save, raise_findings=False)
    assert {finding.kind for finding in found.findings} == {"check"}
    assert "the budget is total=1" in str(found)
    assert budget.used.total == 0  # as in the journal
    assert cos.errors == []


def test_around_a_race_each_run_has_the_whole_budget(cos: FakeCOS, save: Callable[[], None]) -> None:
    with cos.budget(total=2):
        assert list(cos.race(save, save).findings) == []

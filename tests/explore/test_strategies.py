"""Schedules that hypothesis draws, and those that a test names."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakecos import ExplorationError, FakeCOS, Limits, UsageError
from fakecos.explore import schedules
from tests.explore.corpus.program import BUCKET

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import Exploration

PLACE = {"Bucket": BUCKET, "Key": "k"}


def gives_up_after(attempts: int, s3: Any) -> Callable[[], None]:
    """Return an act that tries so often by itself, and then says that all is well."""

    def act() -> None:
        for _ in range(attempts):
            with contextlib.suppress(Exception):
                s3.put_object(**PLACE, Body=b"new")
                return

    return act


def test_named_schedules_are_run_and_no_other(cos: FakeCOS, s3: Any) -> None:
    named = ["PutObject#1=AccessDenied", "PutObject#1=crash"]
    found = cos.explore(lambda: s3.put_object(**PLACE, Body=b"x"), schedules=named)
    assert [run.schedule for run in found.results] == named
    assert found.covered == ["given: 2 of 2 schedules"]


def test_what_only_three_failures_show_is_found_by_a_named_schedule(cos: FakeCOS, s3: Any) -> None:
    act = gives_up_after(3, s3)
    empty = cos.snapshot()
    arguments: dict[str, Any] = {"failures": ["AccessDenied"], "crashes": False}
    assert not cos.explore(act, depth=2, **arguments).findings
    cos.restore(empty)
    three = "; ".join(f"PutObject#{number}=AccessDenied" for number in (1, 2, 3))
    with pytest.raises(ExplorationError, match="silent-loss"):
        cos.explore(act, schedules=[three], **arguments)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
@pytest.mark.slow
def test_drawn_schedules_are_read_and_run(data: st.DataObject) -> None:
    with FakeCOS(limits=Limits(min_part_size=1)) as cos:
        cos.create_bucket(BUCKET)
        s3 = cos.client()

        def act() -> None:
            s3.put_object(**PLACE, Body=b"x")

        tried: Exploration = cos.explore(act)
        schedule = data.draw(schedules(tried))
        assert 1 <= schedule.count("=") <= 4
        assert [run.schedule for run in cos.explore(act, schedules=[schedule]).results] == [schedule]


@pytest.mark.parametrize("given_schedules", ["PutObject#1=crash", []])
def test_schedules_are_a_list(cos: FakeCOS, s3: Any, given_schedules: Any) -> None:
    with pytest.raises(UsageError, match="it is a list of schedules"):
        cos.explore(lambda: s3.put_object(**PLACE, Body=b"x"), schedules=given_schedules)


def test_an_exploration_without_single_failures_makes_none(cos: FakeCOS, s3: Any) -> None:
    found = cos.explore(lambda: s3.put_object(**PLACE, Body=b"x"), schedules=["GetObject#9=crash"])
    with pytest.raises(UsageError, match="no single failure"):
        schedules(found)
    with pytest.raises(UsageError, match="1 at least"):
        schedules(found, max_failures=0)

"""What takes time to pass: it is not asked unless a wait is allowed, and then waited for by the service's own clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract import selection
from fakecos.contract.catalogue import promises_of
from fakecos.contract.instances import instances_of
from fakecos.contract.measured import cost_of
from fakecos.contract.pace import Pace
from fakecos.contract.verification import verified
from tests.verify.conftest import FAST

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.real_service import RealService
    from tests.verify.conftest import Done

WAITING = [promise for promise in promises_of("request_times") if cost_of(promise).waits]


@pytest.mark.loopback
@pytest.mark.slow
def test_without_wait_it_is_not_run_and_says_how_long_it_would_take(url: str, command: Callable[..., Done]) -> None:
    done = command("--endpoint-url", url, *FAST, "--only", "request_times.the_same_*", "--wait", "24")
    assert [case["why"] for case in done.json["promises"]] == ["it waits 25 seconds: --wait SECONDS lets it"] * 2
    assert done.code == 0


def test_the_plan_counts_what_is_waited_for() -> None:
    cases = [case for promise in WAITING for case in instances_of(promise)]
    assert selection.duration(cases, 1000.0) == "0 seconds or more"
    assert selection.duration(cases, 1000.0, 24.0) == "0 seconds or more"
    assert selection.duration(cases, 1000.0, 25.0) == "50 seconds or more"


@pytest.mark.loopback
def test_it_waits_at_the_service_and_not_at_the_fake(
    url: str, session: Any, service: Callable[..., RealService]
) -> None:
    slept: list[float] = []
    found = service(url, wait=25.0)
    found.pace = Pace(10_000, sleep=slept.append)
    (case,) = instances_of(WAITING[0])
    result = verified(found, case)
    assert 25 in slept
    assert (result.outcome, result.why) == ("differs", "it was to be refused, and was not")  # the clock did not go on
    assert found.left == []


@pytest.mark.loopback
@pytest.mark.slow
@pytest.mark.thorough
def test_what_ends_has_ended_after_the_wait(tls_url: str, command: Callable[..., Done]) -> None:
    done = command("--endpoint-url", tls_url, *FAST, "--only", "request_times.the_same_*", "--wait", "25")
    assert [case["outcome"] for case in done.json["promises"]] == ["same", "same"]

"""The promises themselves: ids, titles, areas; and what is measured of them is as if it were measured anew."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from typing import Any

import pytest

from fakecos.contract import Promise, promises
from fakecos.contract.fake_service import FakeService
from fakecos.contract.given import AWS
from fakecos.contract.instances import dialects_of, given_to, instances_of, is_by_hand
from fakecos.contract.measured import cost_of, costs
from fakecos.contract.needs import SECOND, WAITING
from fakecos.contract.promise import KNOWN
from fakecos.contract.promise import Promise as OnePromise
from fakecos.facts.dates import FACTS
from tests.support.one_test_of import one_test_of
from tools.make_contract import made, row_of

LONGEST = 100
MEASURED_ANEW = ("abort", "acl_grants", "upload_part")


def test_ids_are_unique_also_of_cases() -> None:
    ids = Counter(promise.id for promise in promises())
    assert [name for name, count in ids.items() if count > 1] == []
    cases = Counter(case.id for promise in promises() for case in instances_of(promise))
    assert [name for name, count in cases.items() if count > 1] == []


@one_test_of(promises(), lambda promise: promise.id)
def test_a_title_is_one_line_that_reads_as_a_sentence(promise: Promise) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9 ]*", promise.title)
    assert len(promise.title) <= LONGEST
    assert promise.title.count(" ") >= 1, "a sentence has more than one word"


def test_each_promise_is_measured_and_no_other() -> None:
    assert [promise.id for promise in promises()] == [*costs()]
    for promise in promises():
        assert cost_of(promise).cases == len(list(instances_of(promise))), promise.id
        assert cost_of(promise).operation, promise.id
        assert cost_of(promise).requests > 0, promise.id


def what_counts(cost: Any) -> tuple[Any, ...]:
    """Return all but bytes, which differ from one version of a client to the next."""
    return cost.operation, cost.cases, cost.writes, cost.reads, cost.free, cost.waits, cost.needs


@pytest.mark.parametrize("area", MEASURED_ANEW)
def test_what_is_measured_is_as_if_measured_anew(session: Any, area: str) -> None:
    for promise in promises():
        if promise.area == area:
            assert what_counts(row_of(promise)) == what_counts(cost_of(promise)), promise.id


@pytest.mark.thorough
def test_all_that_is_measured_is_as_if_measured_anew() -> None:
    anew = {name: [*row[:5], *row[-2:]] for name, row in json.loads(made()).items()}
    assert anew == {name: [*cost[:5], cost.waits, list(cost.needs)] for name, cost in costs().items()}


def test_a_promise_without_a_source_says_so() -> None:
    def nothing_is_known(aws: Any) -> None:
        """Nothing."""

    made_of_it = OnePromise("test.nothing_is_known", nothing_is_known, getattr(promises()[0].function, KNOWN))
    assert (made_of_it.source, made_of_it.sure, made_of_it.title) == ("no source is noted", "", "nothing is known")


# --- since when, and of whom ----------------------------------------------------------------------------------

DATED = [promise for promise in promises() if promise.as_of is not None]


def is_kept(promise: Promise, day: dt.date) -> bool:
    """Whether the fake keeps every case of a promise, as the S3 of a day."""
    for instance in instances_of(promise):
        fake = FakeService(verifies=is_by_hand(promise), as_of=day)
        try:
            fake.run(instance, instance.values.get("dialect", AWS))
        except Exception:  # noqa: BLE001  whatever it is, it is not kept
            return False
    return True


def test_each_day_is_one_on_which_s3_changed() -> None:
    assert {promise.as_of for promise in DATED} <= {fact.day for fact in FACTS}
    assert len(DATED) > 30


@pytest.mark.parametrize("promise", DATED, ids=lambda promise: promise.id)
def test_a_promise_with_a_day_is_kept_from_that_day_on_and_not_before(promise: Promise) -> None:
    assert promise.as_of is not None
    assert is_kept(promise, promise.as_of)
    assert not is_kept(promise, promise.as_of - dt.timedelta(days=1))


@pytest.mark.thorough
def test_a_promise_without_a_day_was_kept_before_all_of_them() -> None:
    first = FACTS[0].day - dt.timedelta(days=1)
    assert [promise.id for promise in promises() if promise.as_of is None and not is_kept(promise, first)] == []


def test_what_a_promise_is_given_says_of_which_services_it_is() -> None:
    found = {promise.id: dialects_of(promise) for promise in promises()}
    assert found["upload_part.an_empty_part_is_taken"] == ("aws", "ibm")
    assert found["second_account.a_name_of_another_account_is_taken"] == ("aws",)
    assert {found[name] for name in found if name.startswith("cos_alone.")} == {("ibm",)}
    assert found["request_times.a_form_is_refused_after_its_policy_ended"] == ("aws",)
    assert set(found.values()) <= {("aws",), ("ibm",), ("aws", "ibm")}


def test_what_is_given_by_name_is_needed() -> None:
    for promise in promises():
        needs = cost_of(promise).needs
        assert (SECOND in needs) == ("other" in given_to(promise)), promise.id
        assert (WAITING in needs) == (cost_of(promise).waits > 0) == ("wait" in given_to(promise)), promise.id

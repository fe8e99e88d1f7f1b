"""The promises themselves: ids, titles, areas; and what is measured of them is as if it were measured anew."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from fakecos.contract import Promise, promises
from fakecos.contract.instances import instances_of
from fakecos.contract.measured import cost_of, costs
from fakecos.contract.promise import KNOWN
from fakecos.contract.promise import Promise as OnePromise
from tools.make_contract import made, row_of

LONGEST = 100
MEASURED_ANEW = ("abort", "acl_grants", "upload_part")


def test_ids_are_unique_also_of_cases() -> None:
    ids = Counter(promise.id for promise in promises())
    assert [name for name, count in ids.items() if count > 1] == []
    cases = Counter(case.id for promise in promises() for case in instances_of(promise))
    assert [name for name, count in cases.items() if count > 1] == []


@pytest.mark.parametrize("promise", promises(), ids=lambda promise: promise.id)
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
    return cost.operation, cost.cases, cost.writes, cost.reads, cost.free, cost.needs


@pytest.mark.parametrize("area", MEASURED_ANEW)
def test_what_is_measured_is_as_if_measured_anew(session: Any, area: str) -> None:
    for promise in promises():
        if promise.area == area:
            assert what_counts(row_of(promise)) == what_counts(cost_of(promise)), promise.id


@pytest.mark.thorough
def test_all_that_is_measured_is_as_if_measured_anew() -> None:
    anew = {name: [*row[:5], row[-1]] for name, row in json.loads(made()).items()}
    assert anew == {name: [*cost[:5], list(cost.needs)] for name, cost in costs().items()}


def test_a_promise_without_a_source_says_so() -> None:
    def nothing_is_known(aws: Any) -> None:
        """Nothing."""

    made_of_it = OnePromise("test.nothing_is_known", nothing_is_known, getattr(promises()[0].function, KNOWN))
    assert (made_of_it.source, made_of_it.sure, made_of_it.title) == ("no source is noted", "", "nothing is known")

"""What each promise costs and needs, measured by asking the fake: so that a plan is made before anything is sent.

`measured.json` beside this file is made by tools/make_contract.py, and a test holds that it is as if made anew.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.contract.needs import needs_of, needs_of_promise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fakecos.comparison.exchange import Exchange
    from fakecos.contract.instances import Instance
    from fakecos.contract.promise import Promise

FILE = Path(__file__).with_name("measured.json")
LARGE = 100 * 1024 * 1024
# Reads are cheaper than writes and lists at AWS (documented: its page of prices); deletes cost nothing.
FREE = ("Delete", "Abort")
READS = ("Get", "Head", "Select")
DOLLARS_A_WRITE = 0.005 / 1000
DOLLARS_A_READ = 0.0004 / 1000
AROUND = 6
"""Requests for a promise besides its own: its bucket made, looked into and deleted."""


class Cost(NamedTuple):
    """What a promise costs: requests, bytes each way, and seconds that it waits; for all of its cases."""

    operation: str
    cases: int
    writes: int
    reads: int
    free: int
    sent: int
    received: int
    waits: int
    needs: tuple[str, ...]

    @property
    def requests(self) -> int:
        """How many requests it sends itself."""
        return self.writes + self.reads + self.free

    def shared(self, cases: int) -> Cost:
        """Return about what so many of its cases cost."""
        share = cases / (self.cases or 1)
        writes, reads, free = round(self.writes * share), round(self.reads * share), round(self.free * share)
        sent, received = round(self.sent * share), round(self.received * share)
        return Cost(self.operation, cases, writes, reads, free, sent, received, round(self.waits * share), self.needs)


NOTHING = Cost("", 0, 0, 0, 0, 0, 0, 0, ())


@cache
def costs() -> Mapping[str, Cost]:
    """Return what each promise costs, by its id."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: Cost._make([*row[:-1], tuple(row[-1])]) for name, row in rows.items()}


def cost_of(promise: Promise) -> Cost:
    """Return what a promise costs, nothing if it was not measured."""
    return costs().get(promise.id, NOTHING)


def waits_of(promise: Promise) -> float:
    """Return how many seconds one of its cases waits."""
    cost = cost_of(promise)
    return cost.waits / (cost.cases or 1)


def measured(promise: Promise, runs: Iterable[tuple[Instance, list[Exchange]]], waited: float = 0.0) -> Cost:
    """Return what a promise costs, of what its cases asked the fake, and how many seconds they waited."""
    exchanges = [list(asked) for _, asked in runs]
    flat = [each for asked in exchanges for each in asked]
    free = sum(each.operation.startswith(FREE) for each in flat)
    reads = sum(each.operation.startswith(READS) for each in flat)
    return Cost(
        _operation(promise, flat),
        len(exchanges),
        len(flat) - free - reads,
        reads,
        free,
        sum(each.sent for each in flat),
        sum(each.received for each in flat),
        round(waited),
        tuple(sorted({need for each in flat for need in needs_of(each)} | needs_of_promise(promise))),
    )


def _operation(promise: Promise, exchanges: list[Exchange]) -> str:
    """Return the operation that a promise is about: the one of its area's name, else the last that was asked."""
    asked = [each.operation for each in exchanges]
    named = promise.area.replace("_", "").lower()
    return next((name for name in asked if name.lower() == named), asked[-1] if asked else "")


def dollars(costs_: Iterable[Cost]) -> float:
    """Return about what requests cost at AWS's list price (us-east-1, 2026), in US dollars."""
    listed = list(costs_)
    writes = sum(each.writes + AROUND * each.cases for each in listed)
    return writes * DOLLARS_A_WRITE + sum(each.reads for each in listed) * DOLLARS_A_READ


def as_json(rows: Mapping[str, Cost]) -> str:
    """Return the text of `measured.json`."""
    lines = [f"{json.dumps(name)}: {json.dumps(_plain(cost))}" for name, cost in rows.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _plain(cost: Cost) -> list[Any]:
    return [*cost[:-1], list(cost.needs)]

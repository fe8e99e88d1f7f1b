"""Which promises a verification asks for, and what that will be."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from fakecos.contract.catalogue import promises, promises_of
from fakecos.contract.instances import dialects_of, instances_of
from fakecos.contract.measured import AROUND, LARGE, cost_of, dollars
from fakecos.testing.text import count
from fakecos.testing.text import nearest as nearest_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakecos.contract.instances import Instance
    from fakecos.contract.measured import Cost
    from fakecos.contract.promise import Promise

MIB = 1024 * 1024
MINUTE = 60


def chosen(patterns: Sequence[str], dialect: str, *, large: bool, sure: Sequence[str] = ()) -> list[Instance]:
    """Return the cases of the promises that are like one of the patterns, all without patterns.

    `sure`: only those that say so of some part of their rule, such as "assumed".
    `large`: those that send more than 100 MiB too. A pattern is of an id, an area, or an operation.
    """
    found = [promise for promise in promises() if not patterns or any(_is_like(promise, each) for each in patterns)]
    if sure:
        found = [promise for promise in found if set(sure) & set(promise.said)]
    kept = [promise for promise in found if large or cost_of(promise).sent <= LARGE]
    return [each for promise in kept for each in instances_of(promise) if _is_of(each, dialect)]


def _is_like(promise: Promise, pattern: str) -> bool:
    return any(fnmatchcase(text, pattern) for text in (promise.id, promise.area, cost_of(promise).operation))


def _is_of(instance: Instance, dialect: str) -> bool:
    """Whether a case is about the service: of those with a dialect of their own, or boto3's alone, others are left."""
    if "dialect" in instance.values:
        return bool(instance.values["dialect"] == dialect)
    return dialect in dialects_of(instance.promise)


def nearest(pattern: str) -> str:
    """Return which area or promise a pattern may have meant."""
    area, _, name = pattern.partition(".")
    areas = list(dict.fromkeys(promise.area for promise in promises()))
    if name and area in areas:
        return nearest_name(pattern, [promise.id for promise in promises_of(area)], "promises")
    return nearest_name(area.strip("*"), areas, "areas")


def _costs(instances: Sequence[Instance]) -> list[Cost]:
    """Return the costs of the promises; of one with several cases, as many of them as are asked for."""
    by_promise: dict[str, list[Instance]] = {}
    for instance in instances:
        by_promise.setdefault(instance.promise.id, []).append(instance)
    made = []
    for found in by_promise.values():
        cost = cost_of(found[0].promise)
        made.append(cost.shared(len(found)))
    return made


def requests(instances: Sequence[Instance]) -> int:
    """Return about how many requests it takes, with those for its buckets."""
    return sum(cost.requests + AROUND * cost.cases for cost in _costs(instances))


def summary(instances: Sequence[Instance]) -> str:
    """Return what is asked for, in numbers."""
    costs = _costs(instances)
    sent = sum(cost.sent for cost in costs) / MIB
    promised = len({instance.promise.id for instance in instances})
    return (
        f"{count(promised, 'promise')} ({count(len(instances), 'case')}): about {requests(instances):,} requests that "
        f"send {sent:,.0f} MiB"
    )


def needed(instances: Sequence[Instance]) -> list[str]:
    """Return what promises need, each with how many do, in a sentence; none if they need nothing."""
    counts: Counter[str] = Counter()
    for promise in {instance.promise.id: instance.promise for instance in instances}.values():
        counts.update(cost_of(promise).needs)
    if not counts:
        return []
    shown = ", ".join(f"{need} ({count:,})" for need, count in counts.most_common())
    return [f"Promises need: {shown}. Those for which something is missing are not run, or left out by --without."]


def duration(instances: Sequence[Instance], rate: float, wait: float = 0.0) -> str:
    """Return how long that takes at least. `wait`: seconds that a case may wait."""
    waited = sum(cost.waits for cost in _costs(instances) if cost.waits <= wait * cost.cases)
    seconds = requests(instances) / rate + waited
    return f"{seconds / MINUTE:,.0f} minutes or more" if seconds > MINUTE else f"{seconds:,.0f} seconds or more"


def price(instances: Sequence[Instance]) -> str:
    """Return about what the requests cost at AWS."""
    return f"{max(dollars(_costs(instances)), 0.01):.2f} US dollars"

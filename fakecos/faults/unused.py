"""The text for a fault that never happened, or too seldom: what it waited for, and which requests came nearest."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from fakecos import urls
from fakecos.facts.numbers import natural

if TYPE_CHECKING:
    from collections.abc import Container
    from typing import Any

    from fakecos.faults.matching import Matcher
    from fakecos.faults.schedule import Fault
    from fakecos.service.journal import Journal, RecordedRequest

SHOWN = 3
NEXT = "Fix the test, or call cancel() on the fault if it need not happen. See " + urls.page(
    "how-to/break-things", "a-fault-that-never-happened"
)


NEXT_OF_UNFINISHED = (
    "Let the test send as many, write times=None for as often as requests come, or call cancel() on the fault. See "
    + urls.page("how-to/break-things", "a-fault-that-never-happened")
)


def story_of_unfinished(faults: list[Fault], journal: Journal) -> str:
    """Return the message for some faults that happened less often than they were to."""
    return "\n".join([*(_story_of_unfinished(fault, journal) for fault in faults), NEXT_OF_UNFINISHED])


def _story_of_unfinished(fault: Fault, journal: Journal) -> str:
    joint = "." if fault.seen > fault.hits else ":"
    return (
        f"{fault.written} happened {_times(fault.hits)}, not {fault.wanted_hits}{joint} {_why_not_more(fault, journal)}"
    )


def _why_not_more(fault: Fault, journal: Journal) -> str:
    passed = fault.seen - fault.hits
    if passed:
        return f"{_requests(fault.seen)} of its kind, and {passed} of them passed: {_reasons(fault)}."
    return f"no further request of its kind came. What came: {_came(journal)}."


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def story(faults: list[Fault], journal: Journal) -> str:
    """Return the message for some faults that never happened."""
    return "\n".join([*(_story(fault, journal) for fault in faults), NEXT])


def _story(fault: Fault, journal: Journal) -> str:
    return f"{fault.written} never happened{'.' if fault.seen else ':'} {_why_never(fault, journal)}"


def _why_never(fault: Fault, journal: Journal) -> str:
    if fault.seen:
        return f"{_requests(fault.seen)} of its kind: {_reasons(fault)}."
    return _nearest(fault.matcher, journal)


def why_not(fault: Fault, journal: Journal) -> str | None:
    """Return in words why a fault never happened, or less often than it was to; None: it happened as it was to."""
    if not fault.hits:
        return _why_never(fault, journal)
    return _why_not_more(fault, journal) if fault.is_unfinished else None


def _reasons(fault: Fault) -> str:
    """Return why requests passed a fault that is for them."""
    if fault.reasons_missed:
        return "; ".join(fault.reasons_missed)
    frequency = fault.frequency
    words = [f"after={frequency.after}"] if frequency.after else []
    words += [f"every={frequency.every}"] if frequency.every > 1 else []
    words += ["its probability"] if frequency.chance is not None else []
    return f"{' and '.join(words) or 'its script'} let them pass"


def _nearest(matcher: Matcher, journal: Journal) -> str:
    exchanges = list(journal)
    if not exchanges:
        return "no request came at all."
    ranked = [(_differences(matcher, exchange), exchange) for exchange in exchanges]
    of_kind = [item for item in ranked if item[0] and not item[0][0].startswith("operation")]
    if not of_kind:
        names = ", ".join(sorted(matcher.operations or ()))
        return f"no {names} came. What came: {_came(journal)}."
    of_kind.sort(key=lambda item: len(item[0]))
    lines = [f"  {exchange}: {', '.join(differences)}" for differences, exchange in of_kind[:SHOWN]]
    return "\n".join([f"{_requests(len(of_kind))} near.", *lines])


def _came(journal: Journal) -> str:
    return ", ".join(f"{name} ({count})" for name, count in journal.counts.most_common(8))


def _requests(count: int) -> str:
    return "1 request came" if count == 1 else f"{count} requests came"


def _differences(matcher: Matcher, exchange: RecordedRequest) -> list[str]:
    """Return in words what of an exchange the fault is not for, the operation first."""
    found = []
    if matcher.operations is not None and exchange.operation not in matcher.operations:
        found.append(f"operation {exchange.operation}")
    for name, pattern, value in (("bucket", matcher.bucket, exchange.bucket), ("key", matcher.key, exchange.key)):
        if pattern is not None and not fnmatchcase(value or "", pattern):
            found.append(f"its {name} is {value!r} and not {pattern!r}")
    if matcher.upload_id is not None and exchange.upload_id != matcher.upload_id:
        found.append(f"its upload id is {exchange.upload_id!r} and not {matcher.upload_id!r}")
    number = exchange.part_number
    found += _outside("part number", matcher.part_number, natural(number or ""))
    found += _outside("attempt", matcher.attempt, exchange.attempt)
    if not found and matcher.where is not None:
        found.append("the predicate `where` said no")
    return found


def _outside(name: str, allowed: Container[int] | None, value: Any) -> list[str]:
    if allowed is None or value in allowed:
        return []
    shown = next(iter(allowed)) if isinstance(allowed, frozenset) and len(allowed) == 1 else _plain(allowed)
    return [f"its {name} is {value} and not {shown}"]


def _plain(allowed: Container[int]) -> object:
    return f"one of {sorted(allowed)}" if isinstance(allowed, frozenset) else allowed

"""What a verification found, as people read it: a table by area, and each difference with both answers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fakecos.comparison.differences import CODE, STATUS
from fakecos.contract.results import DIFFERS, HOLDS, NOT_OFFERED, NOT_RUN, OUTCOMES, SAME, kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fakecos.comparison.exchange import Exchange
    from fakecos.contract.results import Result

SHOWN = 25
"""Promises of each outcome that are shown with their differences, unless all are asked for."""
DIFFERENCES_SHOWN = 3
WIDTH = 300
ONE_LINE = 120
VALUE = 40
FREQUENT = 10
LEGEND = {
    SAME: "the promise holds, and every answer is the fake's to the letter",
    HOLDS: "the promise holds, and some answer differs in a header, an element or the order",
    DIFFERS: "another status or error, or what the promise asserts is not so",
    NOT_OFFERED: "the service says that it does not have this",
    NOT_RUN: "it was not asked; the reason stands below",
}


def table(results: Sequence[Result]) -> list[str]:
    """Return the matrix: a line for each area, and one for all."""
    areas: dict[str, list[Result]] = {}
    for result in results:
        areas.setdefault(result.instance.promise.area, []).append(result)
    longest = max([len(area) for area in areas] + [len("area"), len("all")])
    lines = [f"{'area':<{longest}}  {'  '.join(OUTCOMES)}"]
    lines += [_row(area, found, longest) for area, found in [*areas.items(), ("all", list(results))]]
    return lines


def _row(name: str, results: Sequence[Result], longest: int) -> str:
    counts = kept(results)
    cells = [f"{counts[outcome] or '-':>{len(outcome)}}" for outcome in OUTCOMES]
    return f"{name:<{longest}}  {'  '.join(cells)}"


def details(results: Sequence[Result], *, all_of_them: bool = False) -> Iterator[str]:
    """Yield what differs, promise by promise, and why others were not run."""
    for outcome in (DIFFERS, HOLDS):
        found = [result for result in results if result.outcome == outcome]
        if not found:
            continue
        shown = found if all_of_them else found[:SHOWN]
        yield f"{outcome} ({LEGEND[outcome]}):"
        for result in shown:
            yield from _of_one(result, all_of_them=all_of_them)
        if len(found) > len(shown):
            yield f"  and {len(found) - len(shown):,} more: --verbose shows all, --json FILE has them"
    reasons = Counter(result.why for result in results if result.outcome == NOT_RUN)
    if reasons:
        yield f"{NOT_RUN}:"
        yield from (f"  {count:>5,}  {reason}" for reason, count in reasons.most_common())


def _of_one(result: Result, *, all_of_them: bool) -> Iterator[str]:
    width = None if all_of_them else WIDTH
    yield f"  {result.instance.id}" + (f": {_shortened(result.why, width)}" if result.why else "")
    found = result.differences
    if not all_of_them:  # the decisive ones, rather than headers of the requests before
        found = sorted(found, key=lambda each: each.kind not in {STATUS, CODE})[:DIFFERENCES_SHOWN]
    for difference in found:
        if len(str(difference)) <= ONE_LINE:
            yield f"    {difference}"
        else:
            yield f"    request {difference.request}, {difference.operation}: {difference.part}"
            yield f"      here:  {_shortened(difference.here, width)}"
            yield f"      there: {_shortened(difference.there, width)}"
        if 0 < difference.request <= len(result.here):
            asked = result.here[difference.request - 1]
            yield f"      asked: {_call(asked, whole=all_of_them)}"
    if len(result.differences) > len(found):
        yield f"    and {len(result.differences) - len(found):,} more"


def _call(asked: Exchange, *, whole: bool) -> str:
    """Return a request as it is written in Python, without the ends of long values."""
    values = [(name, repr(value)) for name, value in asked.params.items()]
    width = None if whole else VALUE
    return f"{asked.operation}({', '.join(f'{name}={_shortened(value, width)}' for name, value in values)})"


def frequent(results: Sequence[Result]) -> Iterator[str]:
    """Yield the differences that several cases have, the most frequent first."""
    counts: Counter[str] = Counter()
    for result in results:
        counts.update({f"{each.operation}: {each.said}" for each in result.differences})
    shared = [(count, text) for text, count in counts.most_common(FREQUENT) if count > 1]
    if shared:
        yield "most frequent differences, each with the number of cases:"
        yield from (f"  {count:>5,}  {_shortened(text, WIDTH)}" for count, text in shared)
        yield ""


def _shortened(text: str, width: int | None) -> str:
    return text if width is None or len(text) <= width else f"{text[: width - 3]}..."

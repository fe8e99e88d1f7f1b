"""The promises as a table: what each is about, since when it holds, how sure it is, and what it takes to ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.contract.instances import dialects_of
from fakecos.contract.measured import AROUND, cost_of, dollars

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakecos.contract.instances import Instance
    from fakecos.contract.promise import Promise


class Row(NamedTuple):
    """What is shown of a promise, in the order of the columns; texts."""

    promise: str
    operation: str
    dialect: str
    since: str
    sure: str
    cases: str
    requests: str
    bytes: str
    dollars: str
    needs: str


NUMBERS = frozenset({"cases", "requests", "bytes", "dollars"})


def row_of(promise: Promise) -> Row:
    """Return what is shown of a promise; requests, bytes and dollars are of all its cases, with those for buckets."""
    cost = cost_of(promise)
    needs = ", ".join([*cost.needs, *([f"{cost.waits} s"] if cost.waits else [])])
    return Row(
        promise.id,
        cost.operation,
        "+".join(dialects_of(promise)),
        "-" if promise.as_of is None else promise.as_of.isoformat(),
        promise.sure or "-",
        str(cost.cases),
        str(cost.requests + AROUND * cost.cases),
        str(cost.sent + cost.received),
        f"{dollars([cost]):.5f}",
        needs or "-",
    )


def listing(instances: Iterable[Instance]) -> list[str]:
    """Return the lines of the table of the promises that these cases are of, with one for each promise."""
    chosen = {instance.promise.id: instance.promise for instance in instances}
    rows = [Row._make(Row._fields), *(row_of(promise) for promise in chosen.values())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [_line(row, widths) for row in rows]


def _line(row: Row, widths: list[int]) -> str:
    cells = [
        f"{text:>{width}}" if name in NUMBERS else f"{text:<{width}}"
        for name, text, width in zip(Row._fields, row, widths, strict=True)
    ]
    return "  ".join(cells).rstrip()

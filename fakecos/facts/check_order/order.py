"""What the order of an operation's checks consists of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fakecos.facts.errors import ErrorSpec


class Check(NamedTuple):
    """One step: in words, with its source, and the rows of the error table that it gives."""

    text: str
    source: str
    rows: tuple[ErrorSpec, ...]


class Order(NamedTuple):
    """The checks of an operation. `like`: another one, and how many steps are its; `before`, `after`: prose."""

    checks: tuple[Check, ...]
    like: tuple[str, int] | None = None
    before: str = ""
    after: str = ""

    @property
    def rows(self) -> tuple[ErrorSpec, ...]:
        """Every row, the one that wins over all others first."""
        return tuple(row for check in self.checks for row in check.rows)


def check(text: str, source: str, *rows: ErrorSpec) -> Check:
    """Return one step."""
    return Check(text, source, rows)

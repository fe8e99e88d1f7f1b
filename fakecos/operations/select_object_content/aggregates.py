"""The functions of SQL that make one value of all records: AVG, COUNT, MAX, MIN, SUM (documented).

Null and MISSING are left out (the latter documented). They take numbers, as the documents list the types; text must be
cast before.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.select_object_content.values import is_number, is_unknown, less, same_numbers, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.operations.select_object_content.values import Value

PRECISION = 38
"""Significant digits of a decimal (documented)."""
AGGREGATES = frozenset({"AVG", "COUNT", "MAX", "MIN", "SUM"})


class Aggregate:
    """One call in a SELECT list; `argument` gives its value for a record, None for COUNT(*), which counts all."""

    def __init__(self, name: str, argument: Callable[[Any], Value] | None) -> None:
        self._name = name
        self._argument = argument
        self._count = 0
        self._value: Value = None

    def take(self, scope: Any) -> None:
        """Look at one more record."""
        if self._argument is None:
            self._count += 1
            return
        value = self._argument(scope)
        if is_unknown(value):
            return
        self._count += 1
        if self._name == "COUNT":
            return
        if not is_number(value):
            raise S3Error(errors.SELECT_FUNCTION_TYPE)
        self._value = value if self._count == 1 else self._joined(self._value, value)

    def _joined(self, before: Value, value: Value) -> Value:
        if self._name == "MIN":
            return value if less(value, before) else before
        if self._name == "MAX":
            return value if less(before, value) else before
        return total(before, value)

    @property
    def result(self) -> Value:
        """The value for all records: 0 of COUNT and null of all others if there are none."""
        if self._name == "COUNT":
            return self._count
        if self._name != "AVG" or self._value is None:
            return self._value
        if isinstance(self._value, float):
            return self._value / self._count
        with localcontext() as context:
            context.prec = PRECISION
            return Decimal(self._value) / self._count


def total(left: Value, right: Value) -> Value:
    """Return the sum of two numbers: of integers an integer, with a float a float, else a decimal (documented)."""
    left, right = same_numbers(left, right)
    with localcontext() as context:
        context.prec = PRECISION
        made = left + right
    return within(made) if isinstance(made, int) else made

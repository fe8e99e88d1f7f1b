"""Conditions of SQL: comparisons, AND, OR and NOT, each true, false or unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.select_object_content.values import equal, is_unknown, less, unknown_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.operations.select_object_content.values import Value

    Evaluate = Callable[[Value], Value]


def _comparison(compare: Callable[[Value, Value], bool]) -> Callable[[Value, Value], Value]:
    def of(left: Value, right: Value) -> Value:
        return unknown_of(left, right) if is_unknown(left) or is_unknown(right) else compare(left, right)

    return of


COMPARISONS: dict[str, Callable[[Value, Value], Value]] = {
    "EQ": _comparison(equal),
    "NEQ": _comparison(lambda left, right: not equal(left, right)),
    "LT": _comparison(less),
    "GT": _comparison(lambda left, right: less(right, left)),
    "LTE": _comparison(lambda left, right: not less(right, left)),
    "GTE": _comparison(lambda left, right: not less(left, right)),
}


def truth(value: Value) -> bool | None:
    """Return a truth value, None for an unknown one. Raises InvalidDataType for what is neither (assumed)."""
    if is_unknown(value):
        return None
    if not isinstance(value, bool):
        raise S3Error(errors.SELECT_OPERAND_TYPE)
    return value


def inverted(made: Evaluate) -> Evaluate:
    """Return NOT."""

    def evaluate(scope: Value) -> Value:
        value = truth(made(scope))
        return None if value is None else not value

    return evaluate


def conjunction(parts: list[Evaluate]) -> Evaluate:
    """Return AND of all parts: false as soon as one is."""
    return _joined(parts, ends=False)


def disjunction(parts: list[Evaluate]) -> Evaluate:
    """Return OR of all parts: true as soon as one is."""
    return _joined(parts, ends=True)


def _joined(parts: list[Evaluate], *, ends: bool) -> Evaluate:
    def evaluate(scope: Value) -> Value:
        result: bool | None = not ends
        for part in parts:
            value = truth(part(scope))
            if value is ends:
                return ends
            result = None if value is None else result
        return result

    return evaluate

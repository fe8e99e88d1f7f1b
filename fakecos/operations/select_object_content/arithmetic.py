"""Arithmetic of SQL: +, -, *, / and % (documented)."""

from __future__ import annotations

import math
from decimal import Decimal, DecimalException, localcontext
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.select_object_content.aggregates import PRECISION
from fakecos.operations.select_object_content.values import is_number, is_unknown, same_numbers, unknown_of, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.operations.select_object_content.values import Value


def _arithmetic(operate: Callable[[Any, Any], Any]) -> Callable[[Value, Value], Value]:
    """Return an operation on two numbers: of integers an integer, with a float a float, else a decimal.

    It raises InvalidDataType for what is no number (documented: text must be cast), IntegerOverflow, and
    ExternalEvalException for a division by zero (assumed).
    """

    def of(left: Value, right: Value) -> Value:
        if is_unknown(left) or is_unknown(right):
            return unknown_of(left, right)
        if not is_number(left) or not is_number(right):
            raise S3Error(errors.SELECT_OPERAND_TYPE)
        left, right = same_numbers(left, right)
        try:
            with localcontext() as context:
                context.prec = PRECISION
                made = operate(left, right)
        except (ZeroDivisionError, OverflowError, DecimalException) as error:
            raise S3Error(errors.SELECT_NOT_EVALUATED) from error
        if isinstance(made, float) and not math.isfinite(made):
            raise S3Error(errors.SELECT_NOT_EVALUATED)
        return within(made) if isinstance(made, int) else made

    return of


def _divided(left: Any, right: Any) -> Any:
    """Return a quotient; that of two integers is an integer, without its remainder (assumed: as in standard SQL)."""
    if isinstance(left, int) and isinstance(right, int):
        quotient = abs(left) // abs(right)
        return quotient if (left < 0) == (right < 0) else -quotient
    return left / right


def _remainder(left: Any, right: Any) -> Any:
    """Return what a division leaves, with the sign of what is divided (assumed: as in standard SQL)."""
    if isinstance(left, int) and isinstance(right, int):
        return left - right * _divided(left, right)
    return math.fmod(left, right) if isinstance(left, float) else Decimal(left) % Decimal(right)


def _difference(left: Any, right: Any) -> Any:
    return left - right


ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {
    "Add": _arithmetic(lambda left, right: left + right),
    "Sub": _arithmetic(_difference),
    "Mul": _arithmetic(lambda left, right: left * right),
    "Div": _arithmetic(_divided),
    "Mod": _arithmetic(_remainder),
}
_SUBTRACT = ARITHMETIC["Sub"]


def negated(value: Value) -> Value:
    """Return a number with the other sign."""
    return value if is_unknown(value) else _SUBTRACT(0, value)

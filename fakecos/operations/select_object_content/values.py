"""The values of SQL: what records hold, and how two values compare.

Numbers are int, Decimal and float, text is str, lists are list; null is None. MISSING is what is not there at all
(documented).
"""

from __future__ import annotations

import enum
from decimal import Decimal
from typing import Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.select_object_content.timestamps import Timestamp

Value = Any


class Missing(enum.Enum):
    """The kind of MISSING."""

    MISSING = "MISSING"


MISSING = Missing.MISSING
LONGEST = 2**63


class Struct:
    """An object of JSON, or a record of CSV: names with their values, in order; a name may be there twice."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: list[tuple[str, Value]]) -> None:
        self.pairs = pairs

    def get(self, name: str, *, exact: bool) -> Value:
        """Return the value of a name, MISSING without one; `exact`: with the same letters (documented: in quotes).

        Raises AmbiguousFieldName where several names match (documented).
        """
        if exact:
            found = [value for key, value in self.pairs if key == name]
        else:
            folded = name.lower()
            found = [value for key, value in self.pairs if key.lower() == folded]
        if len(found) > 1:
            raise S3Error(errors.SELECT_AMBIGUOUS_NAME)
        return found[0] if found else MISSING

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Struct) and sorted(self.pairs, key=_name) == sorted(other.pairs, key=_name)

    __hash__ = None  # type: ignore[assignment]  # its values need not have one


def _name(pair: tuple[str, Value]) -> str:
    return pair[0]


def is_unknown(value: Value) -> bool:
    """Whether it is null or MISSING."""
    return value is None or value is MISSING


def unknown_of(*values: Value) -> Value:
    """Return what becomes of an expression some value of which is unknown: MISSING before null (assumed)."""
    return MISSING if any(value is MISSING for value in values) else None


def is_number(value: Value) -> bool:
    """Whether it is a number; a truth value is none."""
    return isinstance(value, int | Decimal | float) and not isinstance(value, bool)


def kind_of(value: Value) -> str:
    """Return the type of a value as error messages name it."""
    for kind, name in _KINDS:
        if isinstance(value, kind):
            return name
    return "NULL"


_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "BOOL"),
    (int, "INT"),
    (Decimal, "DECIMAL"),
    (float, "FLOAT"),
    (str, "STRING"),
    (Timestamp, "TIMESTAMP"),
    (list, "LIST"),
    (Struct, "STRUCT"),
    (Missing, "MISSING"),
)


def same_numbers(left: Value, right: Value) -> tuple[Value, Value]:
    """Return two numbers as of one type: with a float both are floats."""
    if isinstance(left, float) or isinstance(right, float):
        return float(left), float(right)
    return left, right


def equal(left: Value, right: Value) -> bool:
    """Whether two known values are the same; values of different types never are (documented: NULLIF(1, '1'))."""
    if is_number(left) and is_number(right):
        left, right = same_numbers(left, right)
        return bool(left == right)
    if isinstance(left, Timestamp) and isinstance(right, Timestamp):
        return left.instant == right.instant
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_same, left, right))
    return type(left) is type(right) and bool(left == right)


def _same(left: Value, right: Value) -> bool:
    return left is right if is_unknown(left) or is_unknown(right) else equal(left, right)


def less(left: Value, right: Value) -> bool:
    """Whether a known value is less than another of its type.

    Raises UnsupportedTypeForQuerying for types that have no order, or different ones: text must be cast before it is
    compared with a number (documented), and comparing them all the same is refused (assumed).
    """
    if is_number(left) and is_number(right):
        left, right = same_numbers(left, right)
        return bool(left < right)
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if isinstance(left, Timestamp) and isinstance(right, Timestamp):
        return left.instant < right.instant
    raise S3Error(errors.SELECT_NOT_COMPARABLE)


def within(number: int) -> int:
    """Return an integer that eight bytes hold (documented). Raises IntegerOverflow for any other."""
    if not -LONGEST <= number < LONGEST:
        raise S3Error(errors.SELECT_INTEGER_OVERFLOW)
    return number

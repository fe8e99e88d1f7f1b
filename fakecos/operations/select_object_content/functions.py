"""The functions of SQL that make one value of others: strings, dates, conditions (documented)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.clock import now
from fakecos.operations.select_object_content import timestamps
from fakecos.operations.select_object_content.timestamp_format import formatted
from fakecos.operations.select_object_content.timestamps import Timestamp
from fakecos.operations.select_object_content.values import equal, is_unknown, unknown_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.operations.select_object_content.values import Value


class Function(NamedTuple):
    """A function: how many arguments it takes at least and at most, and the types of them, the last for all others.

    `types` None: any, null and MISSING too. Else a null or MISSING argument makes the result so.
    """

    least: int
    most: int | None
    types: tuple[type, ...] | None
    call: Callable[..., Value]


def called(function: Function, values: list[Value]) -> Value:
    """Return what a function makes of its arguments. Raises IncorrectSqlFunctionArgumentType."""
    if function.types is None:
        return function.call(*values)
    if any(map(is_unknown, values)):
        return unknown_of(*values)
    for value, kind in zip(values, function.types, strict=False):
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise S3Error(errors.SELECT_FUNCTION_TYPE)
    return function.call(*values)


def substring(text: str, start: int, length: int | None = None) -> str:
    """Return the part of a text from a place on, counted from 1; a start before it shortens the length (documented)."""
    if length is None:
        return text[max(start, 1) - 1 :]
    if length < 0:
        raise S3Error(errors.SELECT_FUNCTION_VALUE)
    return text[max(start, 1) - 1 : max(start + length - 1, 0)]


def trimmed(text: str, characters: str = " ", side: str = "BOTH") -> str:
    """Return a text without any of some characters at its ends, blanks by default (documented)."""
    if side == "LEADING":
        return text.lstrip(characters)
    return text.rstrip(characters) if side == "TRAILING" else text.strip(characters)


def coalesced(*values: Value) -> Value:
    """Return the first known value, null if none is (documented)."""
    return next((value for value in values if not is_unknown(value)), None)


def null_if(left: Value, right: Value) -> Value:
    """Return null if two values are the same, else the first; null for a MISSING one (documented)."""
    if is_unknown(left):
        return None
    return None if not is_unknown(right) and equal(left, right) else left


def date_added(part: str, quantity: int, to: Timestamp) -> Timestamp:
    """Return a timestamp some parts later. Raises IllegalSqlFunctionArgument beyond the calendar (assumed)."""
    made = timestamps.added(part, quantity, to)
    if made is None:
        raise S3Error(errors.SELECT_FUNCTION_VALUE)
    return made


def to_timestamp(text: str) -> Timestamp:
    """Return the timestamp that a text spells. Raises ValueParseFailure."""
    made = timestamps.read(text)
    if made is None:
        raise S3Error(errors.SELECT_TIMESTAMP)
    return made


FUNCTIONS: dict[str, Function] = {
    "CHAR_LENGTH": Function(1, 1, (str,), len),
    "CHARACTER_LENGTH": Function(1, 1, (str,), len),
    "LOWER": Function(1, 1, (str,), str.lower),
    "UPPER": Function(1, 1, (str,), str.upper),
    "COALESCE": Function(1, None, None, coalesced),
    "NULLIF": Function(2, 2, None, null_if),
    "TO_STRING": Function(2, 2, (Timestamp, str), formatted),
    "TO_TIMESTAMP": Function(1, 1, (str,), to_timestamp),
    "UTCNOW": Function(0, 0, (), lambda: timestamps.of(now())),
}
SUBSTRING = Function(2, 3, (str, int, int), substring)
TRIM = Function(1, 3, (str, str, str), trimmed)
DATES: dict[str, Function] = {
    "DATE_ADD": Function(2, 2, (int, Timestamp), date_added),
    "DATE_DIFF": Function(2, 2, (Timestamp, Timestamp), timestamps.difference),
}
"""Their first argument is a date part, which is a word and no value."""
EXTRACT = Function(1, 1, (Timestamp,), timestamps.extracted)
EXTRACTED = (*timestamps.PARTS, "timezone_hour", "timezone_minute")

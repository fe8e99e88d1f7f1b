"""The records of JSON: a value in each line, or values one after the other (documented: LINES and DOCUMENT)."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NoReturn

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.select_object_content.csv_records import LONGEST_RECORD
from fakecos.operations.select_object_content.paths import Name, stepped
from fakecos.operations.select_object_content.query import STAR
from fakecos.operations.select_object_content.values import MISSING, Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.operations.select_object_content.query import Step
    from fakecos.operations.select_object_content.values import Value

LONGEST_WHOLE = 300
WHITE_SPACE = " \t\r\n"


def _no_number(text: str) -> NoReturn:
    message = f"{text} is no JSON"
    raise ValueError(message)


def _whole(text: str) -> int | Decimal:
    """Return a whole number; of hundreds of digits as a decimal: Python reads no longer ones, and makes no float."""
    return int(text) if len(text) <= LONGEST_WHOLE else Decimal(text)


_READER = json.JSONDecoder(object_pairs_hook=Struct, parse_int=_whole, parse_float=Decimal, parse_constant=_no_number)


def json_records(text: str, *, by_lines: bool) -> Iterator[Value]:
    """Yield the values of a text. Raises JSONParsingError and OverMaxRecordSize."""
    if by_lines:
        for line in text.split("\n"):
            if line.strip(WHITE_SPACE):
                value, end = _read(line, len(line) - len(line.lstrip(WHITE_SPACE)))
                if line[end:].strip(WHITE_SPACE):
                    raise S3Error(errors.SELECT_JSON)
                yield value
        return
    at = 0
    while at < len(text):
        if text[at] in WHITE_SPACE:
            at += 1
        else:
            value, at = _read(text, at)
            yield value


def _read(text: str, at: int) -> tuple[Any, int]:
    try:
        value, end = _READER.raw_decode(text, at)
    except (ValueError, InvalidOperation, RecursionError) as error:  # the second: an exponent of many digits
        raise S3Error(errors.SELECT_JSON) from error
    if end - at > LONGEST_RECORD:
        raise S3Error(errors.SELECT_RECORD_SIZE)
    return value, end


def below(value: Value, path: tuple[Step, ...]) -> Iterator[Value]:
    """Yield what a path of FROM leads to in a value.

    A wildcard gives every item of a list or every value of an object; at least one: MISSING (documented).
    """
    if not path:
        yield value
        return
    step, rest = path[0], path[1:]
    if step == STAR:
        items = value if isinstance(value, list) else [item for _, item in getattr(value, "pairs", ())]
        for item in items or [MISSING]:
            yield from below(item, rest)
    elif isinstance(step, tuple):
        yield from below(stepped(value, Name(step[0], step[1], 0)), rest)
    elif isinstance(step, int):
        yield from below(stepped(value, step), rest)

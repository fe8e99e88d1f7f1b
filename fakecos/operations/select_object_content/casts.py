"""CAST: a value as another type (documented: conversion functions and data types)."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.select_object_content import timestamps
from fakecos.operations.select_object_content.timestamps import Timestamp
from fakecos.operations.select_object_content.values import LONGEST, Struct, is_number, is_unknown, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.operations.select_object_content.values import Value

_INTEGER = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,6})?", re.ASCII)
_TRUTH = {"true": True, "false": False}


def cast(value: Value, target: str) -> Value:
    """Return a value as the type BOOL, INT, FLOAT, DECIMAL, STRING or TIMESTAMP; null and MISSING stay themselves.

    Raises CastFailed for text that spells no value of the type (public), and for types that cannot be converted.
    """
    if is_unknown(value):
        return value
    made = _TO[target](value)
    if made is None:
        raise S3Error(errors.SELECT_CAST, source_type=kind_of(value), target_type=target)
    return made


def _bool(value: Value) -> bool | None:
    if isinstance(value, str):
        return _TRUTH.get(value.lower())
    return bool(value) if isinstance(value, bool) or is_number(value) else None


def _int(value: Value) -> int | None:
    if isinstance(value, str):
        made = int(value) if _INTEGER.fullmatch(value) else None
    elif isinstance(value, bool):
        made = int(value)
    else:
        made = int(value) if is_number(value) and -LONGEST <= value < LONGEST else None
    return made if made is not None and -LONGEST <= made < LONGEST else None


def _float(value: Value) -> float | None:
    if (isinstance(value, str) and _NUMBER.fullmatch(value)) or isinstance(value, bool) or is_number(value):
        made = float(value)
    else:
        return None
    return made if math.isfinite(made) else None


def _decimal(value: Value) -> Decimal | None:
    if isinstance(value, str):
        return Decimal(value) if _NUMBER.fullmatch(value) else None
    if isinstance(value, float):
        return Decimal(repr(value))
    return Decimal(value) if isinstance(value, bool) or is_number(value) else None


def _timestamp(value: Value) -> Timestamp | None:
    if isinstance(value, str):
        return timestamps.read(value)
    return value if isinstance(value, Timestamp) else None


def text_of(value: Value) -> str | None:
    """Return a scalar as text, None for a list or a structure; `true` and `false` are in lower case."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if isinstance(value, list | Struct) else str(value)


_TO: dict[str, Callable[[Value], Value]] = {
    "BOOL": _bool,
    "INT": _int,
    "FLOAT": _float,
    "DECIMAL": _decimal,
    "STRING": text_of,
    "TIMESTAMP": _timestamp,
}

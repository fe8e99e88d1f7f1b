"""Records as they are written: CSV, or a JSON object each (documented)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.select_object_content.casts import text_of
from fakecos.operations.select_object_content.csv_records import LONGEST_RECORD
from fakecos.operations.select_object_content.serialization import JSON
from fakecos.operations.select_object_content.timestamps import Timestamp
from fakecos.operations.select_object_content.values import MISSING, Struct, is_unknown

if TYPE_CHECKING:
    from fakecos.operations.select_object_content.serialization import Output
    from fakecos.operations.select_object_content.values import Value


def written(pairs: list[tuple[str, Value]], how: Output) -> bytes:
    """Return a record with its delimiter. Raises OverMaxRecordSize, and what CSV cannot hold."""
    record = json_of(Struct(pairs)) if how.format == JSON else _csv_of([value for _, value in pairs], how)
    if len(record) > LONGEST_RECORD:
        raise S3Error(errors.SELECT_RECORD_SIZE)
    return f"{record}{how.record_delimiter}".encode("utf-8", "surrogatepass")


def json_of(value: Value) -> str:
    """Return a value as JSON without white space; a MISSING member is left out (documented)."""
    if isinstance(value, Struct):
        members = [f"{_text(name)}:{json_of(item)}" for name, item in value.pairs if item is not MISSING]
        return f"{{{','.join(members)}}}"
    if isinstance(value, list):
        return f"[{','.join('null' if item is MISSING else json_of(item) for item in value)}]"
    if isinstance(value, str | Timestamp):
        return _text(str(value))
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(value)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _csv_of(values: list[Value], how: Output) -> str:
    return how.field_delimiter.join(_field(value, how) for value in values)


def _field(value: Value, how: Output) -> str:
    """Return a field; null and MISSING are empty (public: a column that a row does not have).

    Raises ExternalEvalException for a list or an object, which only JSON can hold (documented; the code: assumed).
    """
    text = "" if is_unknown(value) else text_of(value)
    if text is None:
        raise S3Error(errors.SELECT_NOT_EVALUATED)
    needs = any(sign in text for sign in (how.field_delimiter, how.record_delimiter, how.quote, "\r", "\n"))
    if not how.quotes_always and not needs:
        return text
    return f"{how.quote}{text.replace(how.quote, how.escape + how.quote)}{how.quote}"

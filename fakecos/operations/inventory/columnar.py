"""Inventories as Parquet and as ORC, made by pyarrow where it is installed (aws-logs-and-inventory 24)."""

from __future__ import annotations

import io
import re
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PARQUET, ORC = "Parquet", "ORC"
EXTENSIONS = {PARQUET: "parquet", ORC: "orc"}
BOOLEANS = frozenset({"IsLatest", "IsDeleteMarker", "IsMultipartUploaded"})
TIMES = frozenset({"LastModifiedDate", "ObjectLockRetainUntilDate", "LifecycleExpirationDate"})
SIZE = "Size"
REQUIRED = frozenset({"Bucket", "Key"})
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def is_writable() -> bool:
    """Whether pyarrow is installed."""
    try:
        _pyarrow("pyarrow")
    except ImportError:
        return False
    return True


def _pyarrow(module: str) -> Any:
    """Return a module of pyarrow, which warns where it is first imported while freezegun has its own `date`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return import_module(module)


def schema_of(form: str, columns: Sequence[str]) -> str:
    """Return the `fileSchema` of a manifest."""
    if form == ORC:
        return f"struct<{','.join(f'{snake(name)}:{_orc(name)}' for name in columns)}>"
    fields = "".join(f"  {_parquet(name)};" for name in columns)
    return f"message s3.inventory {{{fields}}}"


def data_of(form: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a file with the rows, each with the values of all columns."""
    pyarrow = _pyarrow("pyarrow")
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    schema = pyarrow.schema(
        [pyarrow.field(snake(name), _arrow(form, name), nullable=name not in REQUIRED) for name in columns]
    )
    arrays = [pyarrow.array(map(_plain, column), field.type) for column, field in zip(values, schema, strict=True)]
    table = pyarrow.Table.from_arrays(arrays, schema=schema)
    file = io.BytesIO()
    if form == ORC:
        _pyarrow("pyarrow.orc").write_table(table, file, compression="zlib")
    else:
        _pyarrow("pyarrow.parquet").write_table(table, file, compression="snappy")
    return file.getvalue()


def snake(name: str) -> str:
    """Return the name of a column as these files have it: `e_tag` for ETag."""
    return _HUMPS.sub("_", name).lower()


def _plain(value: Any) -> Any:
    """Return a time as milliseconds since 1970: it may be one of freezegun's."""
    return round(value.timestamp() * 1000) if hasattr(value, "timestamp") else value


def _arrow(form: str, name: str) -> Any:
    pyarrow = _pyarrow("pyarrow")
    if name in TIMES:
        return pyarrow.timestamp("ms", tz=None if form == ORC else "UTC")
    if name in BOOLEANS:
        return pyarrow.bool_()
    return pyarrow.int64() if name == SIZE else pyarrow.string()


def _orc(name: str) -> str:
    if name in TIMES:
        return "timestamp"
    if name in BOOLEANS:
        return "boolean"
    return "bigint" if name == SIZE else "string"


def _parquet(name: str) -> str:
    needed = "required" if name in REQUIRED else "optional"
    if name in TIMES:
        return f"{needed} int64 {snake(name)} (TIMESTAMP(MILLIS,true))"
    if name in BOOLEANS:
        return f"{needed} boolean {snake(name)}"
    return f"{needed} int64 {snake(name)}" if name == SIZE else f"{needed} binary {snake(name)} (STRING)"

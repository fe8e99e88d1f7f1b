"""The records of Parquet, read by pyarrow where it is installed."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.exceptions import MissingExtraError
from fakecos.operations.select_object_content import timestamps
from fakecos.operations.select_object_content.values import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.operations.select_object_content.scan_range import ScanRange
    from fakecos.operations.select_object_content.values import Value

MAGIC = b"PAR1"


def parquet_records(data: bytes, within: ScanRange | None) -> Iterator[Struct]:
    """Yield the records, of the row groups that start in a range (documented).

    Raises ParquetParsingError, UnsupportedTypeForQuerying for INT96 (documented), and MissingExtraError.
    """
    if not (data.startswith(MAGIC) and data.endswith(MAGIC)):
        raise S3Error(errors.SELECT_PARQUET)
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        message = "a request selects from Parquet: install pyarrow so that it can be read"
        raise MissingExtraError(message) from None
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        schema = file.schema
        if any(schema.column(at).physical_type == "INT96" for at in range(len(schema.names))):
            raise S3Error(errors.SELECT_NOT_COMPARABLE)
        groups = [at for at in range(file.num_row_groups) if _starts(file.metadata.row_group(at), within)]
        for group in groups:
            for row in file.read_row_group(group).to_pylist():
                yield _value(row)
    except (ArrowException, OSError) as error:
        raise S3Error(errors.SELECT_PARQUET) from error


def _starts(group: Any, within: ScanRange | None) -> bool:
    if within is None:
        return True
    column = group.column(0)
    offsets = [column.data_page_offset, *filter(None, [column.dictionary_page_offset])]
    return bool(within.first <= min(offsets) <= within.last)


def _value(found: Any) -> Value:
    """Return a value of pyarrow's as one of SQL."""
    if isinstance(found, dict):
        return Struct([(name, _value(item)) for name, item in found.items()])
    if isinstance(found, list):
        return [_value(item) for item in found]
    if isinstance(found, dt.date):
        return timestamps.of(found)
    if isinstance(found, bytes):
        try:
            return found.decode("utf-8")
        except UnicodeDecodeError as error:
            raise S3Error(errors.SELECT_TEXT_ENCODING, byte=error.start) from error
    return found

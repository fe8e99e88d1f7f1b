"""An object as the records that a query is asked of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.operations.select_object_content import scan_range, serialization
from fakecos.operations.select_object_content.csv_records import CsvReader, csv_records
from fakecos.operations.select_object_content.decompression import Text, decoded, decompressed
from fakecos.operations.select_object_content.json_records import below, json_records
from fakecos.operations.select_object_content.parquet_records import parquet_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.model.object import StoredObject
    from fakecos.operations.select_object_content.scan_range import ScanRange
    from fakecos.operations.select_object_content.selection import Selection
    from fakecos.operations.select_object_content.serialization import Input
    from fakecos.operations.select_object_content.values import Value


class Table:
    """An object as records. `scanned` and `processed` are its bytes, as they are and without compression."""

    def __init__(self, stored: StoredObject, how: Input, within: ScanRange | None) -> None:
        self._how = how
        self._within = within
        self._stored = stored
        self.scanned = stored.size if within is None else within.size
        self.processed = self.scanned

    def records(self, selection: Selection) -> Iterator[Value]:
        """Yield the records. Raises S3Error for what cannot be read, after what stands before it."""
        how, data = self._how, self._stored.content.read()
        if how.format == serialization.PARQUET:
            yield from parquet_records(data, self._within)
            return
        data = decompressed(data, how.compression)
        if how.compression != "NONE":
            self.processed = len(data)
        delimiter = how.csv.record_delimiter
        if how.format == serialization.JSON:
            found = self._text(data, "\n")
            if found.refusal is not None and how.json_type != "LINES":
                raise found.refusal
            for value in json_records(found.text, by_lines=how.json_type == "LINES"):
                yield from below(value, selection.path)
        else:
            header = None
            if self._within is not None and self._within.first and how.csv.header != "NONE":
                first_line = decoded(data[: self._within.first], delimiter).text
                header = next(CsvReader(first_line, how.csv).records(), None)
            found = self._text(data, delimiter)
            yield from csv_records(found.text, how.csv, header, selection.require_headers)
        if found.refusal is not None:
            raise found.refusal

    def _text(self, data: bytes, delimiter: str) -> Text:
        if self._within is not None:
            data = scan_range.lines_in(data, self._within, delimiter.encode())
        return decoded(data, delimiter)

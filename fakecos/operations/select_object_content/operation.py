"""SelectObjectContent: judged as a read of the object, then answered as a stream of messages.

S3 takes no new customers for it since 25 July 2024 (documented); it answers as an account that has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations import encryption
from fakecos.operations.lookup import bucket_of, object_of
from fakecos.operations.select_object_content import messages, query, scan_range, serialization
from fakecos.operations.select_object_content.csv_records import CsvReader, csv_records
from fakecos.operations.select_object_content.decompression import Text, decoded, decompressed
from fakecos.operations.select_object_content.json_records import below, json_records
from fakecos.operations.select_object_content.output import written
from fakecos.operations.select_object_content.parquet_records import parquet_records
from fakecos.operations.select_object_content.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context
    from fakecos.operations.select_object_content.scan_range import ScanRange
    from fakecos.operations.select_object_content.serialization import Input
    from fakecos.operations.select_object_content.values import Value
    from fakecos.wire.types import SelectObjectContentOutput, SelectObjectContentRequest

LONGEST_EXPRESSION = 256 * 1024
"""Bytes (documented)."""
UNSUPPORTED_CLASSES = frozenset({"GLACIER", "DEEP_ARCHIVE", "REDUCED_REDUNDANCY"})


def select_object_content(context: Context, params: SelectObjectContentRequest) -> SelectObjectContentOutput:
    """Return the stream of what an SQL expression selects of an object.

    Raises what a read of the object raises, AccessDenied for nobody (documented), UnsupportedStorageClass for what is
    archived or REDUCED_REDUNDANCY (documented), and what is wrong with the request, the expression and the records. What
    is found wrong when a first Records message is full already ends the stream, and is no answer of its own (public:
    a small file is refused as a whole; the size: assumed).
    """
    if context.caller.is_anonymous:
        raise S3Error(errors.ACCESS_DENIED)
    expression = _expression_of(params)
    how = serialization.input_of(params["InputSerialization"])
    output = serialization.output_of(params["OutputSerialization"])
    wants_progress = serialization.wants_progress(params)
    stored = object_of(bucket_of(context, params), params, "POST")  # type: ignore[arg-type]  # it has no version id
    encryption.require_no_method(params)  # type: ignore[arg-type]  # as above
    encryption.require_readable(context, params, stored.attributes.encryption)  # type: ignore[arg-type]  # as above
    storage_class = stored.attributes.storage_class
    if storage_class in UNSUPPORTED_CLASSES:
        raise S3Error(errors.SELECT_STORAGE_CLASS, name=storage_class)
    within = scan_range.scan_range_of(params.get("ScanRange"), stored.size, how)
    selection = Selection(query.parsed(expression), how)
    table = Table(stored, how, within)
    results = (written(pairs, output) for pairs in selection.results(table.records(selection)))
    return {"Payload": b"".join(_stream(results, table, wants_progress=wants_progress))}  # type: ignore[typeddict-item]


def _expression_of(params: SelectObjectContentRequest) -> str:
    """Return the SQL. Raises MissingRequiredParameter for an empty one, InvalidExpressionType, ExpressionTooLong."""
    expression, kind = params["Expression"], params["ExpressionType"]
    if kind.upper() != "SQL":
        raise S3Error(errors.SELECT_EXPRESSION_TYPE, value=kind)
    if not expression.strip():
        raise S3Error(errors.SELECT_MISSING_PARAMETER, name="Expression")
    if len(expression.encode()) > LONGEST_EXPRESSION:
        raise S3Error(errors.SELECT_EXPRESSION_TOO_LONG)
    return expression


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
        delimiter = how.csv.record_delimiter or "\n"
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


def _stream(results: Iterator[bytes], table: Table, *, wants_progress: bool) -> list[bytes]:
    """Return all messages. Raises S3Error if something is wrong before the first of them is full."""
    sent: list[bytes] = []
    waiting, returned = bytearray(), 0
    size = messages.RECORDS_SIZE
    try:
        for record in results:
            waiting += record
            while len(waiting) > size:
                sent += [messages.records(waiting[:size]), messages.continuation()]
                del waiting[:size]
                returned += size
    except S3Error as refusal:
        if not sent:
            raise
        return [*sent, *([messages.records(waiting)] if waiting else []), messages.error(refusal)]
    if waiting:
        sent.append(messages.records(waiting))
    statistics: Any = messages.Statistics(table.scanned, table.processed, returned + len(waiting))
    if wants_progress:
        sent.append(messages.progress(statistics))
    return [*sent, messages.stats(statistics), messages.end()]

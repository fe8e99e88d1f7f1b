"""The records of CSV, read as S3 Select documents it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.select_object_content.values import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos.operations.select_object_content.serialization import CsvInput

LONGEST_RECORD = 1_048_576
"""Characters of a record (documented: 1 MB; public: the number)."""


class CsvReader:
    """Takes a text apart. An empty line is no record (assumed), nor is one that begins with the comment character."""

    def __init__(self, text: str, how: CsvInput) -> None:
        self._text = text
        self._how = how
        self._at = 0
        record = r"\r?\n" if how.record_delimiter == "\n" else re.escape(how.record_delimiter)
        self._record_end = re.compile(record)
        self._field_end = re.compile(f"(?P<field>{re.escape(how.field_delimiter)})|{record}")
        self._in_quotes = re.compile("|".join({re.escape(how.quote), re.escape(how.escape), record}))

    def records(self) -> Iterator[list[str]]:
        """Yield the fields of each record. Raises OverMaxRecordSize, and what `_quoted` raises."""
        text = self._text
        while self._at < len(text):
            start = self._at
            line_end = self._record_end.search(text, start)
            if text.startswith(self._how.comments, start) or (line_end is not None and line_end.start() == start):
                self._at = len(text) if line_end is None else line_end.end()
                continue
            fields = list(self._fields())
            if self._at - start > LONGEST_RECORD:
                raise S3Error(errors.SELECT_RECORD_SIZE)
            yield fields

    def _fields(self) -> Iterator[str]:
        """Yield the fields up to the end of the record."""
        while True:
            if self._text.startswith(self._how.quote, self._at):
                field = self._quoted()
                end = self._field_end.match(self._text, self._at)
                if end is None and self._at < len(self._text):
                    raise S3Error(errors.SELECT_CSV_QUOTE)
            else:
                end = self._field_end.search(self._text, self._at)
                field = self._text[self._at : len(self._text) if end is None else end.start()]
            yield field
            self._at = len(self._text) if end is None else end.end()
            if end is None or end.group("field") is None:
                return

    def _quoted(self) -> str:
        """Return a field in quotes, from its first one to after its last.

        Raises CSVEscapingRecordDelimiter for a record delimiter in it, unless such are allowed, and CSVParsingError for
        quotes that do not end (assumed).
        """
        how, field = self._how, ""
        at = self._at + len(how.quote)
        while True:
            found = self._in_quotes.search(self._text, at)
            if found is None:
                raise S3Error(errors.SELECT_CSV)
            field += self._text[at : found.start()]
            sign, at = found.group(), found.end()
            after = self._text[at : at + 1]
            if sign == how.escape and after in {how.quote, how.escape} and after:
                field += after
                at += 1
            elif sign == how.quote:
                self._at = at
                return field
            elif sign == how.escape or how.allows_quoted_delimiters:
                field += sign
            else:
                raise S3Error(errors.SELECT_CSV_QUOTED_DELIMITER)


def csv_records(
    text: str, how: CsvInput, header: list[str] | None, require_headers: Callable[[list[str]], None]
) -> Iterator[Struct]:
    """Yield the records as structures: named by their headers, or `_1`, `_2` and so on (documented).

    `header` are the names if they stand elsewhere, because of a scan range. `require_headers` judges them.
    """
    rows = CsvReader(text, how).records()
    if header is None and how.header != "NONE":
        header = next(rows, None)
    names = header if how.header == "USE" and header is not None else []
    if how.header == "USE" and header is not None:
        require_headers(header)
    for row in rows:
        yield Struct([(names[at] if at < len(names) else f"_{at + 1}", field) for at, field in enumerate(row)])

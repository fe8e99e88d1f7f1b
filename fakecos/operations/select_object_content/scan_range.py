"""ScanRange: only the records that start between two bytes (documented)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.select_object_content.serialization import CSV, JSON

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.operations.select_object_content.serialization import Input


class ScanRange(NamedTuple):
    """Offsets of bytes, both inclusive."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """How many bytes it covers."""
        return self.last - self.first + 1


def scan_range_of(document: Mapping[str, Any] | None, size: int, how: Input) -> ScanRange | None:
    """Return the range that is asked for, None for the whole object. Only an end asks for that many last bytes.

    Raises InvalidScanRange for an empty one (documented: it must not be), for one that ends before it starts, and for
    one beyond the object (assumed: as RFC 2616 says of ranges); UnsupportedScanRangeInput for what has no lines to
    begin at: compressed objects, JSON documents, CSV with quoted record delimiters (documented).
    """
    if document is None:
        return None
    if (
        how.compression != "NONE"
        or (how.format == CSV and how.csv.allows_quoted_delimiters)
        or (how.format == JSON and how.json_type != "LINES")
    ):
        raise S3Error(errors.SELECT_SCAN_RANGE_INPUT)
    start, end = document.get("Start"), document.get("End")
    if any(value is not None and (not isinstance(value, int) or value < 0) for value in (start, end)):
        raise S3Error(errors.SELECT_SCAN_RANGE)
    if start is None:
        first, last = max(size - (end or 0), 0), size - 1
    else:
        first, last = start, size - 1 if end is None else min(end, size - 1)
    if first > last:
        raise S3Error(errors.SELECT_SCAN_RANGE)
    return ScanRange(first, last)


def lines_in(data: bytes, within: ScanRange, delimiter: bytes) -> bytes:
    """Return the records that start in a range, whole, each ended by a delimiter."""
    first = 0
    if within.first:
        found = data.find(delimiter, max(within.first - len(delimiter), 0))
        first = len(data) if found < 0 else found + len(delimiter)
    if first > within.last:
        return b""
    after = data.find(delimiter, max(within.last - len(delimiter) + 1, first))
    while after >= 0 and after + len(delimiter) <= within.last:
        after = data.find(delimiter, after + len(delimiter))
    return data[first:] if after < 0 else data[first : after + len(delimiter)]

"""What `fakecos run` prints at the end: what S3 would hold now, what it would bill for, and what came.

Reads the model and changes nothing.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from fakecos.model.store import NOT_WRITTEN
from fakecos.service.text_table import GAP, Narrowing, table, terminal_width
from fakecos.testing.text import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.model.store import Store
    from fakecos.model.upload import MultipartUpload

    Row = tuple[str, ...]
    Outcome = tuple[int, dict[str, int]]

ROWS = 100
"""How many objects, uploads or parts of one list are shown unless all are asked for."""

_HEADINGS = ("", "size", "ETag", "checksum")
_RIGHT = frozenset({"size", "ok"})
_NAME_WIDTH = 32
_ID_WIDTH = 28  # with its words as wide as the ETag of an object in parts
REFUSED = "would be refused by S3"
ALL = " (--all shows them)"
TWO = 2


def report(
    store: Store,
    requests: Mapping[str, int],
    notices: Iterable[str] = (),
    rows: int | None = ROWS,
    refused: Mapping[tuple[str, str], int] | None = None,
) -> str:
    """Return the report as text that ends with a newline.

    `requests` counts requests by operation, `refused` those of them that were refused, by operation and code; `notices`
    holds what else the author should know, one line each. `rows` is the most objects, uploads or parts shown of one
    list; None shows all. Sizes are in bytes.
    """
    lines = ["", "--- fakecos: what S3 would hold now ---", *stored_lines(store, rows, ALL)]
    lines += _requests(requests, refused or {})
    lines += _section(REFUSED, would_be_refused(store))
    lines += _section("to look at", notices)
    return "\n".join(lines) + "\n"


def would_be_refused(store: Store) -> list[str]:
    """Return what S3's own limits would have refused, one line each."""
    return [
        notice.removeprefix(f"{REFUSED}: ") for notice in store.notices if not notice.startswith(f"{NOT_WRITTEN}: ")
    ]


def not_written(store: Store) -> list[str]:
    """Return what S3 could not write by itself, and why, one line each."""
    return [
        notice.removeprefix(f"{NOT_WRITTEN}: ") for notice in store.notices if notice.startswith(f"{NOT_WRITTEN}: ")
    ]


def outcomes(requests: Mapping[str, int], refused: Mapping[tuple[str, str], int]) -> dict[str, Outcome]:
    """Return for each operation, by its name, how often it went well, and how often it was refused with which code."""
    found: dict[str, Outcome] = {}
    for name in sorted(requests):
        codes = {code: number for (operation, code), number in sorted(refused.items()) if operation == name}
        found[name] = requests[name] - sum(codes.values()), codes
    return found


def stored_lines(store: Store, rows: int | None = ROWS, advice: str = "") -> list[str]:
    """Return the lines about the buckets, their objects and the uploads left open.

    `advice` follows where rows are left out: how to see them.
    """
    lines: list[str] = []
    for bucket in store.buckets.values():
        lines += _bucket(bucket, rows, advice)
    if not store.buckets:
        lines.append("no buckets")
    lines += _open_uploads(list(store.buckets.values()), rows, advice)
    lines += _section(NOT_WRITTEN, not_written(store))
    return lines


def _bucket(bucket: Bucket, rows: int | None, advice: str) -> Iterator[str]:
    objects = list(bucket.objects.values())
    total = sum(stored.size for stored in objects)
    held = f"{count(len(objects), 'object')}, {count(total, 'byte')}"
    yield f"bucket {bucket.name}: {held}{_more_versions(bucket, total)}"
    table: list[Row] = []
    for stored in objects[:rows]:
        table += _object(stored, rows)
    yield from _table(_HEADINGS, table)
    yield from _more(len(objects), rows, "object", advice)


def _more_versions(bucket: Bucket, current: int) -> str:
    """Return what there is besides the current objects: older versions, and delete markers."""
    every = sum(len(versions) for versions in bucket.versions.keys.values())
    if every == len(bucket.objects) or bucket.versioning is None:
        return ""
    size = sum(stored.size for stored in bucket.stored())
    return f", and {count(every - len(bucket.objects), 'more version')}, {count(size - current, 'byte')}"


def _object(stored: StoredObject, rows: int | None) -> Iterator[Row]:
    checksum = stored.checksum
    text = f"{checksum.algorithm.name} {checksum.text} {checksum.type}" if checksum else "-"
    yield (stored.key, f"{stored.size:,}", stored.etag, text)
    name = checksum.algorithm.name if checksum else ""
    for part in stored.parts[:rows]:
        yield _part(part.number, part.size, part.etag, f"{name} {part.checksum}" if part.checksum else "-")
    if rows is not None and len(stored.parts) > rows:
        yield _and_more(len(stored.parts) - rows)


def _open_uploads(buckets: Sequence[Bucket], rows: int | None, advice: str) -> Iterator[str]:
    uploads = [(bucket, upload) for bucket in buckets for upload in bucket.uploads.values()]
    if not uploads:
        yield "uploads left open: none"
        return
    billed = sum(upload.size for _, upload in uploads)
    yield (
        f"uploads left open: {len(uploads):,}; their parts are billed until they are completed or aborted: "
        f"{count(billed, 'byte')}"
    )
    table: list[Row] = []
    for bucket, upload in uploads[:rows]:
        table += _upload(bucket, upload, rows)
    yield from _table(_HEADINGS, table)
    yield from _more(len(uploads), rows, "upload", advice)


def _upload(bucket: Bucket, upload: MultipartUpload, rows: int | None) -> Iterator[Row]:
    algorithm = f"{upload.algorithm.name} {upload.checksum_type or ''}".strip() if upload.algorithm else "-"
    yield (f"{bucket.name}/{upload.key}", f"{upload.size:,}", f"upload id {_short(upload.upload_id)}", algorithm)
    for number, part in islice(sorted(upload.parts.items()), rows):
        text = f"{part.algorithm.name} {part.checksum}" if part.algorithm and part.checksum else "-"
        yield _part(number, part.size, part.etag, text)
    if rows is not None and len(upload.parts) > rows:
        yield _and_more(len(upload.parts) - rows)


def _short(upload_id: str) -> str:
    """Return both ends of an id of 128 characters, which would make every row that long."""
    return upload_id if len(upload_id) <= _ID_WIDTH else f"{upload_id[: _ID_WIDTH - 11]}...{upload_id[-8:]}"


def _requests(requests: Mapping[str, int], refused: Mapping[tuple[str, str], int]) -> Iterator[str]:
    failed = sum(refused.values())
    yield f"requests: {sum(requests.values()):,}" + (f", {failed:,} of them refused" if failed else "")
    found = outcomes(requests, refused)
    headings = ("", "ok", "refused (code)") if failed else ("", "ok")
    cells = [(name, f"{well:,}", _codes(codes)) for name, (well, codes) in found.items()]
    yield from _table(headings, [row[: len(headings)] for row in cells])


def _codes(codes: Mapping[str, int]) -> str:
    """Return how many were refused with which code: `2 (NoSuchBucket)`, `3 (2 NoSuchKey, 1 SlowDown)`."""
    if len(codes) < TWO:
        return "".join(f"{number:,} ({code})" for code, number in codes.items())
    return f"{sum(codes.values()):,} ({', '.join(f'{number:,} {code}' for code, number in codes.items())})"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield f"{title}:"
        yield from ("  " + line.replace("\n", "\n  ") for line in lines)


def _part(number: int, size: int, etag: str, checksum: str) -> Row:
    return (f"  part {number}", f"{size:,}", etag, checksum)


def _and_more(hidden: int) -> Row:
    return (f"  and {count(hidden, 'part')} more", "", "", "")


def _more(total: int, rows: int | None, noun: str, advice: str) -> Iterator[str]:
    if rows is not None and total > rows:
        yield f"  and {count(total - rows, noun)} more{advice}"


def _table(headings: Row, rows: Sequence[Row]) -> Iterator[str]:
    """Yield the rows under their headings, every column as wide as its widest cell; nothing without rows.

    Names give way where the terminal is narrow; sizes and digests stay whole.
    """
    if rows:
        width = terminal_width() - len(GAP)
        lines = table(headings, rows, (Narrowing("", _NAME_WIDTH),), width=width, right=_RIGHT, keeps=True)
        yield from (f"{GAP}{line}" for line in lines if line)

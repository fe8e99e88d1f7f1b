"""What commutes: which parts of what is stored a request reads and writes.

Two requests of different actors whose order cannot be seen need not be tried in both. They commute if neither writes
what the other one reads or writes. The table is by operation; `tests/race/test_conflicts.py` holds it against the model
by doing both orders. Where a request does not say what it touches, such as DeleteObjects, whose keys are in its body,
it touches all that it may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts.iam import OPERATION as IAM_TOKEN
from fakecos.faults.matching import read_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fakecos.faults.matching import Request
    from fakecos.service.call import Call

BUCKET, OBJECT, UPLOAD, PART = "bucket", "object", "upload", "part"
NEW = "(new)"
"""The id of an upload that is created: nobody else knows it before."""
READING = ("Get", "Head", "List", "Select")
"""How the names of the operations begin that change nothing."""


class Place(NamedTuple):
    """A part of what is stored. None in a field is all; `is_prefix`: all keys that begin so."""

    what: str
    bucket: str | None
    key: str | None = None
    is_prefix: bool = False
    upload_id: str | None = None
    part_number: int | None = None


class Touched(NamedTuple):
    """What one request reads, and what it may change."""

    reads: tuple[Place, ...] = ()
    writes: tuple[Place, ...] = ()


def touched(request: Request, call: Call) -> Touched:
    """Return what a request touches."""
    if request.operation == IAM_TOKEN:
        return Touched()
    special = _SPECIAL.get(request.operation, _of_object if request.key else _of_bucket)
    reads, writes = special(request, call)
    if request.bucket is not None:
        reads = [*reads, Place(BUCKET, request.bucket)]  # whether it exists, and how it is configured
    return Touched(tuple(reads), tuple(writes))


def commute(one: Touched, other: Touched) -> bool:
    """Whether nobody can see in which order two requests came."""
    return not (
        _overlap(one.writes, other.writes) or _overlap(one.writes, other.reads) or _overlap(one.reads, other.writes)
    )


def _overlap(some: Iterable[Place], others: tuple[Place, ...]) -> bool:
    return any(_meet(one, other) for one in some for other in others)


def _meet(one: Place, other: Place) -> bool:
    return (
        one.what == other.what
        and (one.bucket is None or other.bucket is None or one.bucket == other.bucket)
        and _same_keys(one, other)
        and _same(one.upload_id, other.upload_id)
        and _same(one.part_number, other.part_number)
    )


def _same(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def _same_keys(one: Place, other: Place) -> bool:
    if one.key is None or other.key is None:
        return True
    if one.is_prefix and other.is_prefix:
        return one.key.startswith(other.key) or other.key.startswith(one.key)
    if one.is_prefix:
        return other.key.startswith(one.key)
    if other.is_prefix:
        return one.key.startswith(other.key)
    return one.key == other.key


# --- by operation ---------------------------------------------------------------------------------------

Places = tuple[list[Place], list[Place]]


def _of_object(request: Request, _: Call) -> Places:
    place = Place(OBJECT, request.bucket, request.key)
    return ([place], []) if request.operation.startswith(READING) else ([], [place])


def _of_bucket(request: Request, _: Call) -> Places:
    place = Place(BUCKET, request.bucket)
    return ([place], []) if request.operation.startswith(READING) else ([], [place])


def _lists_objects(request: Request, call: Call) -> Places:
    return [Place(OBJECT, request.bucket, call.query.get("prefix", ""), is_prefix=True)], []


def _lists_uploads(request: Request, call: Call) -> Places:
    return [Place(UPLOAD, request.bucket, call.query.get("prefix", ""), is_prefix=True)], []


def _copies(request: Request, _: Call) -> Places:
    source = read_place(request)
    read = Place(OBJECT, *source) if source else Place(OBJECT, None)
    return [read], [Place(OBJECT, request.bucket, request.key)]


def _deletes_several(request: Request, _: Call) -> Places:
    return [], [Place(OBJECT, request.bucket)]


def _deletes_bucket(request: Request, _: Call) -> Places:
    every = Place(OBJECT, request.bucket), Place(UPLOAD, request.bucket)
    return [*every], [Place(BUCKET, request.bucket), *every]


def _creates_upload(request: Request, _: Call) -> Places:
    return [], [Place(UPLOAD, request.bucket, request.key, upload_id=NEW)]


def _stores_part(request: Request, _: Call) -> Places:
    return [_upload(request)], [_part(request, request.part_number)]


def _copies_part(request: Request, call: Call) -> Places:
    reads, _ = _copies(request, call)
    return [*reads, _upload(request)], [_part(request, request.part_number)]


def _lists_parts(request: Request, _: Call) -> Places:
    return [_upload(request), _part(request, None)], []


def _completes(request: Request, _: Call) -> Places:
    return [_part(request, None)], [_upload(request), Place(OBJECT, request.bucket, request.key)]


def _aborts(request: Request, _: Call) -> Places:
    return [], [_upload(request), _part(request, None)]


def _upload(request: Request) -> Place:
    return Place(UPLOAD, request.bucket, request.key, upload_id=request.upload_id)


def _part(request: Request, number: int | None) -> Place:
    return Place(PART, request.bucket, request.key, upload_id=request.upload_id, part_number=number)


_SPECIAL: dict[str, Callable[[Request, Call], Places]] = {
    "AbortMultipartUpload": _aborts,
    "CompleteMultipartUpload": _completes,
    "CopyObject": _copies,
    "CreateMultipartUpload": _creates_upload,
    "DeleteBucket": _deletes_bucket,
    "DeleteObjects": _deletes_several,
    "ListMultipartUploads": _lists_uploads,
    "ListObjectVersions": _lists_objects,
    "ListObjects": _lists_objects,
    "ListObjectsV2": _lists_objects,
    "ListParts": _lists_parts,
    "PostObject": _deletes_several,  # its key is in its body, too
    "UploadPart": _stores_part,
    "UploadPartCopy": _copies_part,
}
"""The operations that touch something else than their own object, or their own bucket."""

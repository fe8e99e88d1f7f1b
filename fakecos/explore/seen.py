"""What an exploration knows of a request, and what a row of the table of failures is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts.iam import OPERATION as IAM_TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.explore.sites import Target
    from fakecos.faults.outcomes import Outcome, When

    Make = Callable[["Seen"], tuple[Outcome, When]]

FOR_GOOD = " for good"
CRASH = "crash"
CRASH_STORED = "crash@stored"
ONE_KEY_REFUSED = "one key refused"
OF_WRITES = frozenset({"if-match", "if-none-match"})
CONDITIONS = OF_WRITES | {"x-amz-copy-source-if-match", "x-amz-copy-source-if-none-match"}
READS = frozenset({"GetObject", "HeadObject", "CopyObject", "UploadPartCopy"})
OF_UPLOADS = frozenset({"UploadPart", "UploadPartCopy", "ListParts", "CompleteMultipartUpload", "AbortMultipartUpload"})
STORING = frozenset({"PutObject", "UploadPart", "CopyObject", "UploadPartCopy", "CompleteMultipartUpload"})
BODIES = frozenset({"PutObject", "UploadPart"})
OK = range(200, 300)
NO_ANSWER = 0
"""The status of a request that was not answered."""
CHANGING = frozenset({"PUT", "POST", "DELETE"})


class Seen(NamedTuple):
    """A request of a run, as far as it decides what can happen to it. Sizes in bytes, of bodies without framing."""

    target: Target
    nth: int
    method: str
    conditions: frozenset[str]
    size: int | None
    answer_size: int
    status: int
    failure: str | None
    """The name of what happened to it, None for nothing."""
    upload_id: str | None = None
    reads: tuple[str, str] | None = None
    """Bucket and key of the object that it reads."""
    service: str = "s3"
    existed: bool = False
    """Whether what it reads was there before the act: others know of that, and not of what the act makes."""
    is_verifiable: bool = False
    """Whether the object that it read has a checksum of the whole that clients compare."""
    is_checked: bool = False
    """Whether the request carries a checksum of its body, so that S3 notices when a bit turns."""


class Failure(NamedTuple):
    """One row. `name` is how a schedule writes it; `is_for` says which requests it can happen to.

    `make` returns the outcome and its moment; None: a run does it itself. `signs` are what the client's exception is
    known by, such as the code; empty where the client may see anything. `for_good`: it also happens to every later
    attempt of the same request; `for_all`: to every later request of the run. `by_others`: somebody else changes what
    is stored, so that the state after the act is not its own alone.
    """

    name: str
    why: str
    is_for: Callable[[Seen], bool]
    make: Make | None
    standard: bool = True
    for_good: bool = False
    for_all: bool = False
    by_others: bool = False
    signs: tuple[str, ...] = ()


def always(_: Seen) -> bool:
    """Whether it is any request, also one for a token of IAM."""
    return True


def names_upload(seen: Seen) -> bool:
    """Whether it goes on with an upload, and does not abort it."""
    return seen.target.operation in OF_UPLOADS and seen.target.operation != "AbortMultipartUpload"


def of_s3(seen: Seen) -> bool:
    """Whether it is for S3, and not for a token."""
    return seen.target.operation != IAM_TOKEN


def has_body(seen: Seen) -> bool:
    """Whether it sends bytes, or may do so."""
    return seen.size is None or seen.size > 0


def changes(seen: Seen) -> bool:
    """Whether it can change what is stored."""
    return of_s3(seen) and seen.method in CHANGING


def is_whole_read(seen: Seen) -> bool:
    """Whether it reads a whole object."""
    return seen.target.operation == "GetObject" and seen.target.range is None and seen.answer_size > 0


def reads_what_others_know(seen: Seen) -> bool:
    """Whether it reads an object that was there before the act."""
    return seen.target.operation in READS and seen.existed and seen.status in OK


def is_read(seen: Seen) -> bool:
    """Whether it reads bytes of an object."""
    return seen.target.operation == "GetObject" and seen.answer_size > 0


def is_verifiable_read(seen: Seen) -> bool:
    """Whether it reads a whole object that has a checksum which clients compare."""
    return is_whole_read(seen) and seen.is_verifiable


def is_other_read(seen: Seen) -> bool:
    """Whether it reads bytes of which no client compares a checksum."""
    return is_read(seen) and not is_verifiable_read(seen)


def sends_body(seen: Seen) -> bool:
    """Whether it is for S3 and sends bytes, or may do so."""
    return of_s3(seen) and has_body(seen)


def sends_several_bytes(seen: Seen) -> bool:
    """Whether it is for S3 and sends two bytes or more."""
    return of_s3(seen) and (seen.size or 0) > 1


def sends_data(seen: Seen) -> bool:
    """Whether it is PutObject or UploadPart, with two bytes or more."""
    return seen.target.operation in BODIES and (seen.size or 0) > 1


def sends_checked_data(seen: Seen) -> bool:
    """Whether it is PutObject or UploadPart, with bytes and a checksum of them."""
    return seen.target.operation in BODIES and (seen.size or 0) > 0 and seen.is_checked


def sends_unchecked_data(seen: Seen) -> bool:
    """Whether it is PutObject or UploadPart, with bytes and no checksum of them."""
    return seen.target.operation in BODIES and (seen.size or 0) > 0 and not seen.is_checked


def stores(seen: Seen) -> bool:
    """Whether it stores an object or a part."""
    return seen.target.operation in STORING


def stores_on_condition(seen: Seen) -> bool:
    """Whether it stores something, with If-Match or If-None-Match."""
    return bool(seen.conditions & OF_WRITES) and stores(seen)


def changes_on_condition(seen: Seen) -> bool:
    """Whether it changes something, with If-Match or If-None-Match."""
    return bool(seen.conditions & OF_WRITES) and seen.method in CHANGING


def names_bucket(seen: Seen) -> bool:
    """Whether it names a bucket, and does not create it."""
    return of_s3(seen) and seen.target.bucket is not None and seen.target.operation != "CreateBucket"


def deletes_several(seen: Seen) -> bool:
    """Whether it is DeleteObjects, and S3 answers 200."""
    return seen.target.operation == "DeleteObjects" and seen.status in OK


def is_for_token(seen: Seen) -> bool:
    """Whether it is for a token of IBM's IAM."""
    return seen.target.operation == IAM_TOKEN


def of_cos(seen: Seen) -> bool:
    """Whether it is for IBM COS."""
    return of_s3(seen) and seen.service == "ibm"

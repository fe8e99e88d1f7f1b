"""The methods of FakeCOS that store things by hand, written out here: `self` is the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from fakecos.facts.exceptions import UsageError
from fakecos.facts.regions import US_EAST_1
from fakecos.model.principal import ACCOUNT
from fakecos.model.snapshot import Snapshot

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from fakecos.facts.literals import SseC
    from fakecos.model.synthetic_body import SyntheticBody
    from fakecos.service.service import Service
    from fakecos.testing.arrangement import Arrangement
    from fakecos.testing.contents import Contents
    from fakecos.testing.views import BucketView, ObjectView, UploadView


class Arranged(Protocol):
    """What arranging needs of the fake."""

    _arrangement: Arrangement
    _contents: Contents
    _service: Service


def create_bucket(
    self: Arranged, name: str, region: str = US_EAST_1, account: str = ACCOUNT, *, sse_c: SseC | None = None
) -> BucketView:
    """Create a bucket by hand: no request, no journal. `account`: the 12 digits of its owner.

    `sse_c`: "allowed" or "blocked", whether it takes keys of the customer (SSE-C), as PutBucketEncryption would set
    it; None: as in a new bucket of S3, which has blocked them since April 2026.
    UsageError: there is one of that name, S3 would refuse the name, the account is not 12 digits, or `sse_c` is
    something else.
    """
    return self._arrangement.create_bucket(name, region, account, sse_c)


def create_access_point(self: Arranged, name: str, bucket: str) -> None:
    """Let an access point's host or ARN lead to `bucket`: requests through it are answered by it.

    UsageError: there is no such bucket.
    """
    self._arrangement.create_access_point(name, bucket)


def create_destination(self: Arranged, arn: str) -> None:
    """Let a queue, topic or function be there that a bucket's notifications may go to: `arn:aws:sqs:...` and so on.

    From the first of its service on, PutBucketNotificationConfiguration refuses every other one of that service, as S3
    does. Those that a fake of the service beside this one has, such as moto, need not be declared.
    UsageError: it is no ARN of a queue, topic or function, it is first in, first out, which S3 does not take, or the
    fake is one of IBM COS, which sends nothing.
    """
    self._arrangement.create_destination(arn)


def put_object(
    self: Arranged, bucket: str, key: str, body: bytes | str | SyntheticBody = b"", **parameters: Any
) -> ObjectView:
    """Store an object by hand, by the rules of PutObject: no request, no journal.

    `parameters` are those of a client's `put_object`, such as `ContentType`, `Metadata`, `StorageClass`,
    `ChecksumAlgorithm` and `SSECustomerKey`. Text becomes bytes of UTF-8.
    A SyntheticBody may be larger than one PutObject: it is stored then as one upload in parts of equal size, but the
    last, of a multiple of 1,048,573 bytes, and `parameters` are those of a client's `create_multipart_upload`.
    UsageError: there is no such bucket or parameter, a value is not of its type, or S3 would refuse the request.
    """
    return self._arrangement.put_object(bucket, key, body, parameters)


def start_upload(
    self: Arranged,
    bucket: str,
    key: str,
    parts: Sequence[bytes | SyntheticBody] | Mapping[int, bytes | SyntheticBody] = (),
    **parameters: Any,
) -> UploadView:
    """Open a multipart upload by hand and store its parts, for a test that begins in the middle.

    `parts` are the bodies of parts 1, 2, ..., or bodies by part number, each bytes or a SyntheticBody. `parameters` are
    those of a client's `create_multipart_upload`; with `ChecksumAlgorithm` the parts have checksums, with
    `SSECustomerKey` that key.
    UsageError: there is no such bucket or parameter, or S3 would refuse a request.
    """
    return self._arrangement.start_upload(bucket, key, parts, parameters)


def load_directory(self: Arranged, bucket: str, directory: str | os.PathLike[str], prefix: str = "") -> BucketView:
    """Put every file below a directory by hand; its key is `prefix` and its path, with slashes.

    The bucket is created if it is not there. UsageError: there is no such directory, S3 would refuse a key, a name
    is not UTF-8, or something is no file that can be read, or a link to a directory; nothing is stored then.
    """
    from fakecos.testing import directories

    return directories.load(self._arrangement, bucket, directory, prefix)


def dump_directory(self: Arranged, directory: str | os.PathLike[str]) -> list[Path]:
    """Write every object to `directory/bucket/key`, and return the paths; open uploads are not written.

    UsageError: a key cannot be a path below its bucket (it has `..` or `//`, ends in `/`, or is a folder of
    another key), or not on this system (too long, a name that Windows has not, two names that are one here); or a
    link, or what may not be written over, is in the way; or there is no room. Nothing is written then.
    """
    from fakecos.testing import directories

    return directories.dump(self._contents.store, directory)


def snapshot(self: Arranged) -> Snapshot:
    """Return what is stored now, to be put back by `restore`: no bytes are copied."""
    return self._service.snapshot()


def restore(self: Arranged, snapshot: Snapshot) -> None:
    """Store what was stored at the snapshot and nothing else, as often as needed; the journal is empty then.

    UsageError: it is none of `snapshot`.
    """
    _require_snapshot(snapshot)
    self._service.restore(snapshot)


def _require_snapshot(given: object) -> None:
    if not isinstance(given, Snapshot):
        message = f"cos.restore({given!r}): it takes what cos.snapshot() returned."
        raise UsageError(message)

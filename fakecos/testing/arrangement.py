"""What one fake holds, arranged and looked at by hand: no request, no journal, no faults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from fakecos.facts.errors import S3Error
from fakecos.facts.exceptions import UsageError
from fakecos.facts.regions import US_EAST_1
from fakecos.model.principal import is_account_id
from fakecos.model.store import ACCOUNT

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    from fakecos.model.snapshot import Snapshot
    from fakecos.model.store import Store
    from fakecos.service.journal import Journal
    from fakecos.service.service import Service
    from fakecos.testing.views import BucketView, ObjectView, UploadView


NAMED = frozenset({"Bucket", "Key", "Body"})
"""Parameters that have arguments of their own here."""


class Account:
    """The buckets of one fake, and the requests that came for them."""

    _service: Service

    # --- looking ----------------------------------------------------------------------------------------

    @property
    def store(self) -> Store:
        """Everything that is stored, as the service itself holds it; `bucket` gives views that are easier to read."""
        return self._service.store

    @property
    def journal(self) -> Journal:
        """The requests that came, the last at the end, and their counts by operation."""
        return self._service.journal

    @property
    def request_count(self) -> int:
        """How many requests came since the start or the last reset."""
        return sum(self._service.journal.counts.values())

    def bucket(self, name: str) -> BucketView:
        """Return a view of a bucket: its `objects` and `uploads`. UsageError: there is none of that name."""
        from fakecos.testing.text import nearest
        from fakecos.testing.views import BucketView

        if name not in self.store.buckets:
            message = f"There is no bucket {name!r}; {nearest(name, self.store.buckets)}."
            raise UsageError(message)
        return BucketView(lambda: self._service.store, name)

    @property
    def open_uploads(self) -> list[UploadView]:
        """The uploads that are neither completed nor aborted, of all buckets, in order of bucket, key and time."""
        return [upload for name in self.store.buckets for upload in self.bucket(name).uploads.values()]

    @property
    def billed_bytes(self) -> int:
        """Bytes that S3 would charge for: objects, and parts of uploads neither completed nor aborted (documented)."""
        with self.store.lock:
            return self.store.billed_bytes

    # --- arranging --------------------------------------------------------------------------------------

    def create_bucket(self, name: str, region: str = US_EAST_1, account: str = ACCOUNT) -> BucketView:
        """Create a bucket by hand: no request, no journal. `account`: the 12 digits of its owner.

        UsageError: there is one of that name, S3 would refuse the name, or the account is not 12 digits.
        """
        from fakecos.operations.buckets import require_name

        if not is_account_id(account):
            message = f'create_bucket({name!r}, account={account!r}): write the 12 digits of its id: "222222222222".'
            raise UsageError(message)
        try:
            require_name(name)
        except S3Error as error:
            message = f"S3 would not create a bucket {name!r}: {error}"
            raise UsageError(message) from error
        with self.store.lock:
            if name in self.store.buckets:
                message = f"There is a bucket {name!r} already."
                raise UsageError(message)
            self.store.create_bucket(name, region, None if region == US_EAST_1 else region, account)
        return self.bucket(name)

    def create_access_point(self, name: str, bucket: str) -> None:
        """Let an access point's host or ARN lead to `bucket`: requests through it are answered by it.

        UsageError: there is no such bucket.
        """
        if bucket not in self.store.buckets:
            message = f"There is no bucket {bucket!r} for the access point {name!r}: create it first."
            raise UsageError(message)
        self._service.pipeline.access_points[name] = bucket

    def put_object(self, bucket: str, key: str, body: bytes | str = b"", **parameters: Any) -> ObjectView:
        """Store an object by hand, by the rules of PutObject: no request, no journal.

        `parameters` are those of a client's `put_object`, such as `ContentType`, `Metadata`, `StorageClass`,
        `ChecksumAlgorithm` and `SSECustomerKey`. Text becomes bytes of UTF-8.
        UsageError: there is no such bucket or parameter, a value is not of its type, or S3 would refuse the request.
        """
        data = _bytes_of(body, "put_object")
        given = _parameters("PutObject", parameters)
        checksum = _checksum(given, data) or self._digest(bucket, data)
        self._arrange("PutObject", {**checksum, **given, "Bucket": bucket, "Key": key}, data)
        return self.bucket(bucket).objects[key]

    def start_upload(
        self, bucket: str, key: str, parts: Sequence[bytes] | Mapping[int, bytes] = (), **parameters: Any
    ) -> UploadView:
        """Open a multipart upload by hand and store its parts, for a test that begins in the middle.

        `parts` are the bodies of parts 1, 2, ..., or bodies by part number. `parameters` are those of a client's
        `create_multipart_upload`; with `ChecksumAlgorithm` the parts have checksums, with `SSECustomerKey` that key.
        UsageError: there is no such bucket or parameter, or S3 would refuse a request.
        """
        given = _parameters("CreateMultipartUpload", parameters)
        named = {"Bucket": bucket, "Key": key}
        upload_id = self._arrange("CreateMultipartUpload", {**given, **named})["UploadId"]
        sse_c = {name: value for name, value in given.items() if name.startswith("SSECustomer")}
        each = {**named, **sse_c, "UploadId": upload_id}
        try:
            for number, part in (parts if isinstance(parts, Mapping) else dict(enumerate(parts, 1))).items():
                body = _bytes_of(part, "start_upload")
                checksum = _checksum(given, body) or self._digest(bucket, body)
                self._arrange("UploadPart", {**each, **checksum, "PartNumber": number}, body)
        except UsageError:
            self._arrange("AbortMultipartUpload", {**named, "UploadId": upload_id})  # what is refused changes nothing
            raise
        return self.bucket(bucket).uploads[upload_id]

    def load_directory(self, bucket: str, directory: str | os.PathLike[str], prefix: str = "") -> BucketView:
        """Put every file below a directory by hand; its key is `prefix` and its path, with slashes.

        The bucket is created if it is not there. UsageError: there is no such directory, or S3 would refuse a key.
        """
        root = Path(directory)
        if not root.is_dir():
            message = f"There is no directory {str(directory)!r} to load into bucket {bucket!r}."
            raise UsageError(message)
        if bucket not in self.store.buckets:
            self.create_bucket(bucket)
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            self.put_object(bucket, prefix + path.relative_to(root).as_posix(), path.read_bytes())
        return self.bucket(bucket)

    def dump_directory(self, directory: str | os.PathLike[str]) -> list[Path]:
        """Write every object to `directory/bucket/key`, and return the paths; open uploads are not written.

        UsageError: a key cannot be a path below its bucket (it has `..` or `//`, ends in `/`, or is a folder of
        another key); nothing is written then.
        """
        with self.store.lock:
            objects = {
                (name, key): stored
                for name, bucket in self.store.buckets.items()
                for key, stored in bucket.objects.items()
            }
        _require_paths(objects.keys())
        written = []
        for (name, key), stored in objects.items():
            path = Path(directory, name, key)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.writelines(stored.content.pieces)
            written.append(path)
        return written

    def snapshot(self) -> Snapshot:
        """Return what is stored now, to be put back by `restore`: no bytes are copied."""
        return self._service.snapshot()

    def restore(self, snapshot: Snapshot) -> None:
        """Store what was stored at the snapshot and nothing else, as often as needed; the journal is empty then."""
        self._service.restore(snapshot)

    def _digest(self, bucket: str, body: bytes) -> dict[str, str]:
        """Return the Content-MD5 that is asked for where objects are locked or retained; elsewhere none."""
        from fakecos.operations.object_lock import is_enabled

        known = self.store.buckets.get(bucket)
        if known is None or not (is_enabled(known) or known.protection is not None):
            return {}
        import base64
        from hashlib import md5

        return {"ContentMD5": base64.b64encode(md5(body, usedforsecurity=False).digest()).decode("ascii")}

    def _arrange(self, operation: str, params: dict[str, Any], body: bytes = b"") -> dict[str, Any]:
        name = params["Bucket"]
        self.bucket(name)
        try:
            return self._service.arrange(operation, params, body)
        except S3Error as error:
            message = f"S3 would refuse {operation} of {name}/{params['Key']}: {error}"
            raise UsageError(message) from error


def _bytes_of(body: object, call: str) -> bytes:
    """Return a body as bytes. A number is none: `bytes(5)` would be five zeros."""
    if isinstance(body, str):
        return body.encode()
    if not isinstance(body, (bytes, bytearray, memoryview)):
        message = f"cos.{call}: a body is bytes or text, not {body!r}; of a file give what its read() returns."
        raise UsageError(message)
    return bytes(body)


def _parameters(operation: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters as they would come over the wire. UsageError: the operation has none of a name."""
    from fakecos.testing.text import nearest
    from fakecos.wire import service_model

    table = service_model.load("aws")
    known = table.members(table.operations[operation]["input"])
    for name in given:
        if name not in known or name in NAMED:
            message = f"{operation} has no parameter {name!r} to give here; {nearest(name, known.keys() - NAMED)}."
            raise UsageError(message)
    _require_types(operation, given)
    made = dict(given)
    if "Metadata" in made:  # recorded aws-objects 8: names are stored in lower case
        made["Metadata"] = {name.lower(): value for name, value in made["Metadata"].items()}
    if "SSECustomerKey" in made:
        made.update(_customer_key(made["SSECustomerKey"], made.get("SSECustomerAlgorithm")))
    return made


def _require_types(operation: str, given: dict[str, Any]) -> None:
    """Refuse what a client's own validation would refuse, and S3 never sees."""
    pairs = given.get("Metadata", {})
    if not isinstance(pairs, Mapping) or not all(isinstance(text, str) for pair in pairs.items() for text in pair):
        message = f'{operation}: Metadata={pairs!r}: write it as Metadata={{"camera": "Leica"}}, text by text.'
        raise UsageError(message)
    tags = given.get("Tagging", "")
    if not isinstance(tags, str):
        message = f'{operation}: Tagging={tags!r}: write tags as in a query, Tagging="album=summer&year=2026".'
        raise UsageError(message)


def _customer_key(key: bytes | str, algorithm: str | None) -> dict[str, str]:
    """Return the three parameters that a client sends for a customer's key, which it takes as it is."""
    import base64

    from fakecos.operations.encryption import CUSTOMER_ALGORITHM, md5_text

    raw = key.encode() if isinstance(key, str) else bytes(key)
    return {
        "SSECustomerAlgorithm": algorithm or CUSTOMER_ALGORITHM,
        "SSECustomerKey": base64.b64encode(raw).decode("ascii"),
        "SSECustomerKeyMD5": md5_text(raw),
    }


def _checksum(parameters: Mapping[str, Any], body: bytes) -> dict[str, str]:
    """Return the checksum that a client would send with a body; none for an algorithm that S3 will refuse."""
    from fakecos.facts.checksums import ALGORITHMS

    algorithm = ALGORITHMS.get(str(parameters.get("ChecksumAlgorithm")).upper())
    return {} if algorithm is None else {algorithm.member: algorithm.encode(algorithm.compute((body,)))}


def _require_paths(names: Iterable[tuple[str, str]]) -> None:
    """Refuse keys that cannot be files below the directory of their bucket."""
    folders = {(bucket, str(parent)) for bucket, key in names for parent in PurePosixPath(key).parents}
    for bucket, key in names:
        pieces = key.split("/")
        if not {"", ".", ".."}.isdisjoint(pieces) or "\0" in key or "\\" in key or (bucket, key) in folders:
            message = f"The key {key!r} of bucket {bucket!r} cannot be the path of a file: nothing was written."
            raise UsageError(message)

"""What one fake holds, arranged by hand: no request, no journal, no faults."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from fakecos.facts import dates
from fakecos.facts.errors import S3Error
from fakecos.facts.exceptions import UsageError
from fakecos.facts.regions import REGIONS, US_EAST_1
from fakecos.facts.services import dialects
from fakecos.facts.services.aws import AWS
from fakecos.facts.services.ibm import IBM_COS
from fakecos.model.content import Content
from fakecos.model.encryption import SSE_C_SETTINGS
from fakecos.model.principal import is_account_id
from fakecos.model.store import ACCOUNT
from fakecos.model.synthetic_body import SyntheticBody
from fakecos.usage import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakecos.facts.checksums import Algorithm
    from fakecos.facts.literals import SseC
    from fakecos.model.bucket import Bucket
    from fakecos.service.service import Service
    from fakecos.testing.contents import Contents
    from fakecos.testing.views import BucketView, ObjectView, UploadView

    Body = bytes | SyntheticBody | Content

NAMED = frozenset({"Bucket", "Key", "Body"})
"""Parameters that have arguments of their own here."""


class Arrangement:
    """What is stored by hand, by S3's rules: the part of FakeCOS with which a test sets up its beginning."""

    def __init__(self, service: Service, contents: Contents) -> None:
        self._service = service
        self.contents = contents

    def create_bucket(
        self, name: str, region: str = US_EAST_1, account: str = ACCOUNT, sse_c: SseC | None = None
    ) -> BucketView:
        """Create a bucket. UsageError: as `FakeCOS.create_bucket` says."""
        from fakecos.operations.bucket_namespaces import (
            ACCOUNT_REGIONAL,
            is_account_regional,
            require_namespace,
            require_no_directory,
        )
        from fakecos.operations.buckets import blocks_sse_c, require_name

        _require_text("create_bucket", "name", name)
        _require_region(name, region)
        if not is_account_id(account):
            message = f'create_bucket({name!r}, account={account!r}): write the 12 digits of its id: "222222222222".'
            raise UsageError(message)
        if sse_c is not None and sse_c not in tuple(SSE_C_SETTINGS):
            message = (
                f'create_bucket({name!r}, sse_c={sse_c!r}): it is "allowed" or "blocked", or None, as S3 makes it.'
            )
            raise UsageError(message)
        try:
            require_no_directory("CreateBucket", name)
            require_name(name)
            namespace = ACCOUNT_REGIONAL if is_account_regional(name) else None  # by hand the name says it
            require_namespace(self._service.holds, name, account, region, namespace)
        except S3Error as error:
            why = f"\nwhy: {error.explanation}" if error.explanation else ""
            message = f"S3 would not create a bucket {name!r}: {error}{why}{_better_name(name, error.code)}"
            raise UsageError(message) from None
        store = self._service.store
        with store.lock:
            if name in store.buckets:
                message = f"There is a bucket {name!r} already: cos.bucket({name!r}) returns it."
                raise UsageError(message)
            made = store.create_bucket(name, region, None if region == US_EAST_1 else region, account)
            made.blocks_sse_c = blocks_sse_c(region, since_april=self._service.holds(dates.SSE_C_BLOCKED))
            if sse_c is not None:
                _configure_sse_c(made, SSE_C_SETTINGS[sse_c])
        return self.contents.bucket(name)

    def create_access_point(self, name: str, bucket: str) -> None:
        """Let an access point lead to a bucket. UsageError: there is no such bucket."""
        if bucket not in self._service.store.buckets:
            message = f"There is no bucket {bucket!r} for the access point {name!r}: create it first."
            raise UsageError(message)
        self._service.pipeline.access_points[name] = bucket

    def create_destination(self, arn: str) -> None:
        """Let a destination of notifications be there. UsageError: as `FakeCOS.create_destination` says."""
        from fakecos.notifications.asked import require_events
        from fakecos.operations.configurations import destinations

        require_events(self._service.dialect, "create_destination")
        _require_text("create_destination", "arn", arn)
        kind = next((kind for kind in destinations.KINDS if destinations.is_arn(arn, kind)), None)
        if kind is None:
            message = (
                f"create_destination({arn!r}): that is no ARN of a queue, topic or function. One is "
                "arn:aws:sqs:us-east-1:123456789012:uploads; for topics it is sns, for functions lambda and "
                "function:NAME. Events for EventBridge need no destination."
            )
            raise UsageError(message)
        if arn.endswith(".fifo"):
            message = f"create_destination({arn!r}): S3 sends to no {kind.noun} that is first in, first out."
            raise UsageError(message)
        self._service.pipeline.destinations.declared[arn] = None

    def put_object(
        self, bucket: str, key: str, body: bytes | str | SyntheticBody, parameters: dict[str, Any]
    ) -> ObjectView:
        """Store an object. UsageError: as `FakeCOS.put_object` says."""
        _require_text("put_object", "key", key)
        if isinstance(body, SyntheticBody) and body.size > self._service.context(bucket).limits.max_put_size:
            return self._put_in_parts(bucket, key, body, parameters)
        data = _bytes_of(body, "put_object")
        given = _parameters("PutObject", parameters)
        checksum = _checksum(given, data) or self._digest(bucket, data)
        self._arrange("PutObject", {**checksum, **given, "Bucket": bucket, "Key": key}, data)
        return self.contents.bucket(bucket).objects[key]

    def _put_in_parts(self, bucket: str, key: str, body: SyntheticBody, parameters: dict[str, Any]) -> ObjectView:
        """Store what is too large for one PutObject: in equal parts, as S3 takes it."""
        from fakecos.testing.synthetic_objects import checksum_members, parts_of

        parts = list(parts_of(body, self._service.context(bucket).limits))
        upload = self.start_upload(bucket, key, parts, parameters)
        sent = [
            {"PartNumber": part.number, "ETag": part.etag, **checksum_members(part)} for part in upload.parts.values()
        ]
        named = {"Bucket": bucket, "Key": key, "UploadId": upload.upload_id}
        try:
            self._arrange("CompleteMultipartUpload", {**named, "MultipartUpload": {"Parts": sent}})
        except UsageError:
            self._arrange("AbortMultipartUpload", named)  # what is refused changes nothing
            raise
        return self.contents.bucket(bucket).objects[key]

    def longest_key(self, bucket: str) -> int:
        """Return how many bytes of UTF-8 a key of a bucket may have, which need not be there yet."""
        return self._service.context(bucket).limits.max_key_size

    def start_upload(
        self, bucket: str, key: str, parts: Sequence[Body] | Mapping[int, Body], parameters: dict[str, Any]
    ) -> UploadView:
        """Open a multipart upload and store its parts. UsageError: as `FakeCOS.start_upload` says."""
        _require_text("start_upload", "key", key)
        _require_parts(parts)
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
        return self.contents.bucket(bucket).uploads[upload_id]

    def _digest(self, bucket: str, body: bytes | Content) -> dict[str, str]:
        """Return the Content-MD5 that is asked for where objects are locked or retained; elsewhere none."""
        from fakecos.operations.object_lock import is_enabled

        known = self._service.store.buckets.get(bucket)
        if known is None or not (is_enabled(known) or known.protection is not None):
            return {}
        from fakecos.facts.checksums import MD5

        return {"ContentMD5": MD5.encode(_digest_of(body, MD5))}

    def _arrange(self, operation: str, params: dict[str, Any], body: bytes | Content = b"") -> dict[str, Any]:
        name, key = params["Bucket"], params["Key"]
        self.contents.bucket(name)
        if not _is_text(key):
            message = f"A key is text of UTF-8, and {key!r} has half a character, or a byte that is none: decode it."
            raise UsageError(message)
        try:
            return self._service.arrange(operation, params, body)
        except S3Error as error:
            why = f"\nwhy: {error.explanation}" if error.explanation else ""
            message = f"S3 would refuse {operation} of {name}/{params['Key']}: {error}{why}"
            raise UsageError(message) from None


def _require_text(call: str, name: str, value: object) -> None:
    if not isinstance(value, str):
        message = f"cos.{call}({name}={value!r}): it is text."
        raise UsageError(message)
    if name == "key" and not value:
        message = f'cos.{call}(key=""): a key has one character at least, as in "a.jpg".'
        raise UsageError(message)


def _require_parts(parts: object) -> None:
    if isinstance(parts, (str, bytes, bytearray, memoryview)) or not isinstance(parts, Iterable):
        message = f'cos.start_upload: parts are a list of bodies, as in parts=[b"first", b"second"], not {parts!r:.40}.'
        raise UsageError(message)


def _better_name(name: str, code: str) -> str:
    """Return what to write for a name that S3 does not take."""
    if code != "InvalidBucketName":
        return ""
    better = re.sub(r"[^a-z0-9.-]+", "-", name.lower()).strip("-.")
    example = f", such as {better!r}" if len(better) >= 3 and better != name else ""  # noqa: PLR2004  documented
    return f" A name has 3 to 63 letters in lower case, digits, dots and hyphens{example}."


def _require_region(name: str, region: object) -> None:
    """Refuse a region that no service has: requests would be sent to and fro between it and the client's."""
    known = set(REGIONS)
    if not dialects.BY_NAME.keys() <= {AWS.name, IBM_COS.name}:  # one that was added has regions of its own
        return
    for dialect in dialects.BY_NAME.values():
        places = dialect.locations or ()
        known.update(places, (place.rpartition("-")[0] for place in places))
    if region not in tuple(known):
        near = did_you_mean(region, sorted(known)) or '. Write it as in region="eu-west-1"; left out it is us-east-1.'
        message = f"cos.create_bucket({name!r}, region={region!r}): there is no such region{near}"
        raise UsageError(message)


def _configure_sse_c(bucket: Bucket, blocked: str) -> None:
    """Say whether a bucket takes keys of the customer, as PutBucketEncryption would."""
    from fakecos.operations.configurations.settings import UNSET_ENCRYPTION, blocking
    from fakecos.operations.encryption import BUCKET_DEFAULT

    (rule,) = UNSET_ENCRYPTION["Rules"]
    bucket.configure(BUCKET_DEFAULT, {"Rules": [blocking(rule, [blocked])]})


def _is_text(key: object) -> bool:
    """Whether a key can be written as UTF-8: no listing could show another. What is no text is judged later."""
    try:
        return not isinstance(key, str) or key.isascii() or bool(key.encode())
    except UnicodeEncodeError:
        return False


def _bytes_of(body: object, call: str) -> bytes | Content:
    """Return a body as bytes. A number is none: `bytes(5)` would be five zeros."""
    if isinstance(body, SyntheticBody):
        return body.content
    if isinstance(body, Content):
        return body
    if isinstance(body, str):
        return body.encode()
    if not isinstance(body, (bytes, bytearray, memoryview)):
        message = f"cos.{call}: a body is bytes or text, not {body!r}; of a file give what its read() returns."
        raise UsageError(message)
    return bytes(body)


def _parameters(operation: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters as they would come over the wire. UsageError: the operation has none of a name."""
    from fakecos.operations.attributes import SYSTEM_HEADERS
    from fakecos.testing.text import nearest
    from fakecos.wire import service_model
    from fakecos.wire.messages import as_latin

    table = service_model.load("aws")
    known = table.members(table.operations[operation]["input"])
    for name in given:
        if name not in known or name in NAMED:
            message = (
                f"{operation} has no parameter {name!r} to give here; {nearest(name, sorted(known.keys() - NAMED))}."
            )
            raise UsageError(message)
    _require_types(operation, given)
    made = dict(given)
    for name in SYSTEM_HEADERS:  # recorded aws-changes 18
        if isinstance(made.get(name), str):
            made[name] = as_latin(made[name])
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


def _digest_of(body: bytes | Content, algorithm: Algorithm) -> bytes:
    return algorithm.compute((body,)) if isinstance(body, bytes) else body.digest(algorithm)


def _checksum(parameters: Mapping[str, Any], body: bytes | Content) -> dict[str, str]:
    """Return the checksum that a client would send with a body; none for an algorithm that S3 will refuse."""
    from fakecos.facts.checksums import ALGORITHMS

    algorithm = ALGORITHMS.get(str(parameters.get("ChecksumAlgorithm")).upper())
    return {} if algorithm is None else {algorithm.member: algorithm.encode(_digest_of(body, algorithm))}

"""What a request is in the server access logs of the buckets that it is about (aws-logs-and-inventory 1-9)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from fakecos.auth.credential import HMAC
from fakecos.auth.request_info import RequestInfo
from fakecos.facts import hosts
from fakecos.facts.errors import S3Error
from fakecos.facts.hosts import ACCESS_POINT, WEBSITE
from fakecos.operations import copy_object
from fakecos.operations.policy.condition_keys import LOOPBACK
from fakecos.operations.server_access_logs.acl_required import is_acl_required
from fakecos.operations.server_access_logs.log_fields import (
    CIPHER_SUITE,
    NOTHING,
    TLS_VERSION,
    Fields,
    enabled_of,
    note,
    number,
    once_encoded,
    quoted,
    twice_encoded,
)
from fakecos.wire.model_overrides import POST_OBJECT, PREFLIGHT, RESOURCE_TYPES, RESOURCE_TYPES_OF_OBJECTS
from fakecos.wire.route import level_of
from fakecos.wire.service_model import OBJECT
from fakecos.wire.subresources import PART, UPLOAD, selected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.operations.context import Context
    from fakecos.service.call import Call
    from fakecos.service.journal import RecordedRequest
    from fakecos.service.pipeline import Pipeline

REFUSED = 400
NOT_MODIFIED = 304
OK = 200
COPIES = {"CopyObject": "OBJECT", "UploadPartCopy": "PART"}
DELETE_OBJECTS = "DeleteObjects"
PARTS = frozenset({"UploadPart", "UploadPartCopy"})
# Of these the size of the object that is there then is in the record; of a read also if it is refused.
READS = frozenset({"GetObject", "HeadObject", "GetWebsiteObject"})
WRITES = frozenset({"PutObject", "CopyObject", "CompleteMultipartUpload", POST_OBJECT})
AUTHENTICATION = {"REST-HEADER": "AuthHeader", "REST-QUERY-STRING": "QueryString"}
STATUSES = {"AccessDenied": "403", "NoSuchVersion": "404", "PreconditionFailed": "412", "InternalError": "500"}
KEY_OF_CUSTOMER = "customer-key"


def note_call(pipeline: Pipeline, call: Call, recorded: RecordedRequest, headers: Mapping[str, str]) -> None:
    """Let the records of a request wait that reached S3; `headers` are those of its answer.

    An answer that S3 did not give, and a request that never came, are in no log.
    """
    place = call.address
    if place is None or place.bucket is None or call.is_bare or (not recorded.status and call.result is None):
        return
    store = pipeline.store
    bucket = store.buckets.get(place.bucket)
    if bucket is not None and enabled_of(bucket) is not None:
        context = pipeline.context_of(call, store, bucket)
        fields = _fields(context, bucket, call, recorded, headers)
        note(store, bucket, recorded.time, fields)
        if call.operation == DELETE_OBJECTS and call.result is not None:
            for each in _deleted(fields, call):
                note(store, bucket, recorded.time, each)
    if call.operation in COPIES and call.params is not None:
        _note_source(pipeline, call, recorded, headers)


def _fields(
    context: Context, bucket: Bucket, call: Call, recorded: RecordedRequest, headers: Mapping[str, str]
) -> Fields:
    request, caller = call.request, call.caller
    params = call.params or {}
    info = RequestInfo(request, call.query, call.address, call.operation)
    secure = request.scheme == "https"
    signature = info.signature_version
    status = recorded.status or OK  # the answer that was lost on its way is not known any more
    took = max(1, round(recorded.duration * 1000))
    requester = None if caller is None else caller.canonical_id if caller.is_root else caller.arn
    is_object = call.operation in READS | WRITES | PARTS
    was_allowed = call.result is not None
    return Fields(
        remote_ip=LOOPBACK,
        requester=requester or NOTHING,
        request_id=recorded.request_id,
        operation=operation_name(call),
        key=twice_encoded(recorded.key or ""),
        request_uri=quoted(f"{request.method} {_uri(call)} HTTP/1.1"),
        http_status=str(status),
        error_code=(None if status == NOT_MODIFIED else recorded.error) or NOTHING,
        bytes_sent=number(recorded.bytes_received or None),  # documented: none if it is zero
        object_size=number(_size(bucket, call, refused=status >= REFUSED)),
        total_time=str(took),
        turn_around_time=str(took) if is_object else NOTHING,
        referer=quoted(info.referer),
        user_agent=quoted(info.user_agent),
        version_id=_version(params),
        host_id=headers.get(call.dialect.host_id or "") or NOTHING,
        signature_version=NOTHING if signature is None else "SigV4" if signature == HMAC else "SigV2",
        cipher_suite=CIPHER_SUITE if secure else NOTHING,
        authentication_type=AUTHENTICATION.get(info.auth_type or "", NOTHING),
        host_header=request.host or NOTHING,
        tls_version=TLS_VERSION if secure else NOTHING,
        access_point_arn=_access_point(call, bucket),
        acl_required="Yes" if was_allowed and is_acl_required(context, bucket, call.operation, params) else NOTHING,
    )


def operation_name(call: Call) -> str:
    """Return what a request is called in a log, such as REST.PUT.OBJECT (aws-logs-and-inventory 2)."""
    place, method = call.address, call.request.method
    assert place is not None
    if place.style == WEBSITE:
        return f"WEBSITE.{method}.OBJECT"
    if call.operation == PREFLIGHT:
        return "REST.OPTIONS.PREFLIGHT"
    if call.operation == POST_OBJECT:
        return "REST.POST.BUCKET"  # the key stands in the form
    if call.operation in COPIES:
        return f"REST.COPY.{COPIES[call.operation]}"
    level = level_of(place.bucket, place.key)
    return f"REST.{method}.{_resource(level, selected(level, call.query))}"


def _resource(level: str, names: list[str]) -> str:
    if not names:
        return level.upper()
    name = names[0]
    if level == OBJECT and name in RESOURCE_TYPES_OF_OBJECTS:
        return RESOURCE_TYPES_OF_OBJECTS[name]
    return "PART" if name == PART else RESOURCE_TYPES.get(name) or name.upper().replace("-", "_")


def _uri(call: Call) -> str:
    """Return the path and the query as they were sent; a customer's key is left out (law 9)."""
    request = call.request
    if not request.query:
        return request.signed_path
    named = [part.partition("=") for part in request.query.split("&")]
    hidden = [unquote(name).lower().endswith(KEY_OF_CUSTOMER) for name, _, _ in named]
    shown = (f"{each[0]}=REDACTED" if secret else "".join(each) for each, secret in zip(named, hidden, strict=True))
    return f"{request.signed_path}?{'&'.join(shown)}"


def _version(params: Mapping[str, Any]) -> str:
    version = params.get("VersionId")
    return version if isinstance(version, str) and version else NOTHING


def _size(bucket: Bucket, call: Call, *, refused: bool) -> int | None:
    """Return the size of the object or the part that a request is about, None where a record does not say it."""
    params, operation = call.params or {}, call.operation
    key = params.get("Key") or (call.address.key if call.address else None)
    if key is None or (refused and operation not in READS):
        return None
    if operation in PARTS:
        upload = bucket.uploads.get(str(params.get(UPLOAD[0].upper() + UPLOAD[1:])))
        part = None if upload is None else upload.parts.get(params.get("PartNumber", 0))
        return None if part is None else part.size
    if operation in READS or operation in WRITES:
        version = params.get("VersionId")
        found = bucket.objects.get(key) if version is None else bucket.version(key, version)
        return None if found is None or found.is_delete_marker else found.size
    return None


def _access_point(call: Call, bucket: Bucket) -> str:
    place, request = call.address, call.request
    if place is None or place.style != ACCESS_POINT:
        return NOTHING
    name = hosts.place(request.host, request.endpoint_host).name
    return f"arn:aws:s3:{bucket.region}:{bucket.account}:accesspoint/{name}"


def _deleted(whole: Fields, call: Call) -> Iterator[Fields]:
    """Yield the record of each key of a DeleteObjects (reported: aws-logs-and-inventory 9)."""
    assert call.result is not None
    refused = {(row.get("Key"), row.get("VersionId")): row["Code"] for row in call.result.get("Errors") or ()}
    for entry in (call.params or {}).get("Delete", {}).get("Objects", ()):
        code = refused.get((entry["Key"], entry.get("VersionId")))
        yield _inner(whole)._replace(
            operation="BATCH.DELETE.OBJECT",
            key=once_encoded(entry["Key"]),
            http_status="204" if code is None else STATUSES.get(code, "400"),
            error_code=code or NOTHING,
            version_id=_version(entry),
        )


def _inner(whole: Fields) -> Fields:
    """Return the record of a part of a request, which is no request itself (reported: aws-logs-and-inventory 9)."""
    return whole._replace(
        request_uri=NOTHING,
        bytes_sent=NOTHING,
        object_size=NOTHING,
        total_time=NOTHING,
        turn_around_time=NOTHING,
        referer=NOTHING,
        user_agent=NOTHING,
        version_id=NOTHING,
    )


def _note_source(pipeline: Pipeline, call: Call, recorded: RecordedRequest, headers: Mapping[str, str]) -> None:
    """Let the record of the GET of a copy wait, in the log of the source (documented: aws-logs-and-inventory 9)."""
    store = pipeline.store
    context = pipeline.context_of(call, store, None)
    source = None
    with suppress(S3Error):  # the request was refused for it
        source = copy_object.source_of(context, call.params or {})  # type: ignore[arg-type]
    bucket = None if source is None else store.buckets.get(source.bucket)
    if source is None or bucket is None or enabled_of(bucket) is None:
        return
    found = bucket.objects.get(source.key) if source.version is None else bucket.version(source.key, source.version)
    size = None if found is None or found.is_delete_marker else found.size
    whole = _fields(context, bucket, call, recorded, headers)
    fields = _inner(whole)._replace(
        operation=f"REST.COPY.{COPIES[call.operation]}_GET",
        key=twice_encoded(source.key),
        http_status=str(OK) if call.result is not None else whole.http_status,
        object_size=number(size),
        version_id=source.version or NOTHING,
        acl_required=NOTHING,
    )
    note(store, bucket, recorded.time, fields)

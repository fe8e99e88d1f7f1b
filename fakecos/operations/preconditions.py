"""Preconditions: of reads and of copy sources, and of writes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.http_dates import http_date
from fakecos.model.clock import now, to_second

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.model.upload import MultipartUpload
    from fakecos.operations.context import Context
    from fakecos.wire.types import ConditionalWrite, CreateMultipartUploadRequest

ANY = "*"


def matches(condition: str, etag: str) -> bool:
    """Whether an If-Match or If-None-Match value names the ETag; quotes are optional (recorded aws-objects 21)."""
    if condition == ANY:
        return True
    return any(candidate.strip().removeprefix("W/").strip('"') == etag for candidate in condition.split(","))


def _date(value: object) -> dt.datetime | None:
    """Return a date that can be compared; a header that is no date is ignored, as HTTP wants it."""
    return value if isinstance(value, dt.datetime) else None


def require_read(params: Mapping[str, Any], stored: StoredObject, *, prefix: str = "") -> None:
    """Judge the four conditions of a read, in S3's order (recorded aws-objects 21, 31; aws-multipart 25-26, 67-68).

    If-Match wins over If-Unmodified-Since, If-None-Match over If-Modified-Since; a date in the future is ignored.
    Milliseconds do not count, as HTTP's dates have none (assumed). `prefix` is `CopySource` for the source of a copy,
    where a failed condition is always a 412.
    """
    header = "x-amz-copy-source-" if prefix else ""
    if_match = params.get(f"{prefix}IfMatch")
    if if_match is not None:
        if not matches(if_match, stored.etag):
            raise S3Error(errors.PRECONDITION_FAILED, Condition=f"{header}If-Match")
    else:
        unmodified = _date(params.get(f"{prefix}IfUnmodifiedSince"))
        if unmodified is not None and to_second(stored.last_modified) > unmodified:
            raise S3Error(errors.PRECONDITION_FAILED, Condition=f"{header}If-Unmodified-Since")
    if_none_match = params.get(f"{prefix}IfNoneMatch")
    if if_none_match is not None:
        if matches(if_none_match, stored.etag):
            _unchanged(stored, f"{header}If-None-Match", is_copy=bool(prefix))
        return
    modified = _date(params.get(f"{prefix}IfModifiedSince"))
    if modified is not None and to_second(stored.last_modified) <= modified <= now():
        _unchanged(stored, f"{header}If-Modified-Since", is_copy=bool(prefix))


def _unchanged(stored: StoredObject, condition: str, *, is_copy: bool) -> None:
    if is_copy:
        raise S3Error(errors.PRECONDITION_FAILED, Condition=condition)
    raise S3Error(errors.NOT_MODIFIED, headers={"etag": f'"{stored.etag}"', "last-modified": stored.last_modified})


def keeps_range(if_range: str, stored: StoredObject) -> bool:
    """Whether an If-Range lets the range count: the object has that ETag, or was changed at just that time.

    If not, the whole object is answered (aws-changes 39: reported for an ETag; the date, and that a weak ETag is none,
    as HTTP wants it, RFC 9110, 13.1.5: assumed).
    """
    if if_range.startswith(('"', "W/")):
        return if_range == f'"{stored.etag}"'
    return if_range in {stored.etag, http_date(stored.last_modified)}


def require_write_form(params: ConditionalWrite) -> None:
    """Refuse the values and the combination that S3 does not implement for writes (recorded aws-multipart 54)."""
    if_match, if_none_match = params.get("IfMatch"), params.get("IfNoneMatch")
    if if_match is not None and if_none_match is not None:
        raise S3Error(
            errors.HEADER_NOT_IMPLEMENTED,
            Header="If-Match,If-None-Match",
            additionalMessage="Multiple conditional request headers present in the request",
        )
    if if_none_match is not None and if_none_match != ANY:
        _refuse_value("If-None-Match")
    if if_match == "":
        raise S3Error(errors.EMPTY_IF_MATCH, ArgumentName="If-Match")
    if if_match == ANY:
        _refuse_value("If-Match")


def _refuse_value(header: str) -> None:
    raise S3Error(
        errors.HEADER_NOT_IMPLEMENTED,
        Header=header,
        additionalMessage=f"We don't accept the provided value of {header} header for this API",
    )


def of_upload(context: Context, params: CreateMultipartUploadRequest, bucket: Bucket) -> dict[str, str]:
    """Return the conditions that a Create keeps for its Complete, having judged them; none on AWS (ibm-cos 1.5)."""
    if not context.dialect.upload_conditions:
        return {}
    require_write_form(params)
    require_write(params, bucket, params["Key"])
    return {member: params[member] for member in ("IfMatch", "IfNoneMatch") if member in params}


def require_write(
    params: ConditionalWrite | Mapping[str, str], bucket: Bucket, key: str, upload: MultipartUpload | None = None
) -> None:
    """Judge If-Match and If-None-Match of a write against what is stored now.

    With an `upload` that is being completed, a write or a delete of the key since Create is a conflict
    (recorded aws-multipart 51-53, 69-71).
    """
    if_match, if_none_match = params.get("IfMatch"), params.get("IfNoneMatch")
    if if_match is None and if_none_match is None:
        return
    stored = bucket.objects.get(key)
    condition = "If-Match" if if_match is not None else "If-None-Match"
    if if_match is None:
        failed = stored is not None
    elif stored is None:
        raise S3Error(errors.NO_SUCH_KEY, Key=key)
    else:
        failed = not matches(if_match, stored.etag)
    if failed:
        raise S3Error(errors.PRECONDITION_FAILED, Condition=condition)
    if upload is not None and bucket.written_since(upload):
        raise S3Error(errors.CONDITIONAL_CONFLICT, Condition=condition, Key=key)

"""PutObjectAnnotation, GetObjectAnnotation, ListObjectAnnotations and DeleteObjectAnnotation.

All of it is documented (Amazon's user guide and error list: aws-changes 5), where nothing else is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import checksums, errors
from fakecos.facts.checksums import CRC64NVME
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_ANNOTATION_NAME, MAX_ANNOTATION_RESULTS, MAX_ANNOTATION_SIZE
from fakecos.model.annotation import Annotation
from fakecos.model.checksum import Checksum
from fakecos.operations import integrity, object_lock, preconditions
from fakecos.operations.lookup import bucket_of, object_to_change, version_fields
from fakecos.operations.pagination import MAX_INTEGER, cut, key_of, token_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.facts.checksums import Algorithm
    from fakecos.model.bucket import Bucket
    from fakecos.model.content import Content
    from fakecos.model.encryption import Encryption
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        AnnotationEntry,
        AnnotationRequest,
        ChecksumFields,
        DeleteObjectAnnotationOutput,
        DeleteObjectAnnotationRequest,
        GetObjectAnnotationOutput,
        GetObjectAnnotationRequest,
        ListObjectAnnotationsOutput,
        ListObjectAnnotationsRequest,
        ObjectVersionFields,
        PutObjectAnnotationOutput,
        PutObjectAnnotationRequest,
    )

BESIDE_LETTERS = frozenset("0123456789_.-")
RESERVED = ("aws", "s3")
CONDITION = "x-amz-object-if-match"
COUNT = "max-annotation-results"
DIRECTIVE = "x-amz-object-annotation-directive"
COPY = "COPY"
EXCLUDE = "EXCLUDE"


def put_object_annotation(context: Context, params: PutObjectAnnotationRequest) -> PutObjectAnnotationOutput:
    """Attach a text to a version, or replace the one of its name; without a checksum S3 takes CRC64NVME.

    The order of the checks is assumed. Raises what `annotated` raises, EntityTooLarge and EntityTooSmall,
    UnsupportedMediaType for what is not UTF-8, and AnnotationLimitExceeded.
    """
    payload = params["Body"]
    with context.store.lock:
        _annotated(context, params)
    integrity.require_md5_form(params)
    declared = integrity.declared_checksum(params, payload)
    context.require_size(payload.declared_size, MAX_ANNOTATION_SIZE)
    algorithm = declared.algorithm if declared else CRC64NVME
    content, _ = integrity.receive(params, declared, algorithm)
    context.require_size(content.size, MAX_ANNOTATION_SIZE)
    if not content.size:
        raise S3Error(errors.EMPTY_ANNOTATION, ProposedSize=0, MinSizeAllowed=1)
    _require_text(content)
    with context.store.lock:
        bucket, stored = _annotated(context, params)
        made = new_annotation(context, content, stored.attributes.encryption, algorithm)
        bucket.replace(stored.changed(annotations={**stored.annotations, params["AnnotationName"]: made}))
        noted = {"name": params["AnnotationName"], "size": content.size, "eTag": made.etag}
        context.note(bucket, "ObjectAnnotation:Put", stored, objectAnnotation=noted)
    return {
        "Key": stored.key,
        "AnnotationName": params["AnnotationName"],
        **_version(bucket, stored),
        "ETag": f'"{made.etag}"',
        **_checksum(made),
        "ServerSideEncryption": stored.attributes.encryption.method,
    }


def get_object_annotation(context: Context, params: GetObjectAnnotationRequest) -> GetObjectAnnotationOutput:
    """Return the text of an annotation, also of an archived object. A name that cannot be is not there (assumed)."""
    bucket, stored = _named(context, params, "GET")
    found = stored.annotations.get(params["AnnotationName"])
    if found is None:
        raise S3Error(errors.NO_SUCH_ANNOTATION, AnnotationName=params["AnnotationName"])
    result: GetObjectAnnotationOutput = {
        "LastModified": found.last_modified,
        "ContentLength": found.content.size,
        "ETag": f'"{found.etag}"',
        **_version(bucket, stored),
        "ServerSideEncryption": stored.attributes.encryption.method,
        "AnnotationPayload": found.content,
    }
    if (params.get("ChecksumMode") or "").upper() == "ENABLED":
        result.update(_checksum(found))
    return result


def list_object_annotations(context: Context, params: ListObjectAnnotationsRequest) -> ListObjectAnnotationsOutput:
    """Return a page of the annotations of a version, by name (the order: assumed).

    The count is judged before the bucket, a token after the key; an empty count is the largest one, and what was not
    asked for is not answered (public).
    """
    maximum = _maximum(params)
    bucket = bucket_of(context, params)
    stored = object_to_change(bucket, params, "GET")
    prefix = params.get("AnnotationPrefix") or ""
    if not _is_spelled_right(prefix) or len(prefix.encode()) > MAX_ANNOTATION_NAME:  # which are refused: assumed
        raise S3Error(errors.INVALID_ANNOTATION_PREFIX)
    token = params.get("ContinuationToken")
    marker = "" if token is None else key_of(token)
    names = sorted(stored.annotations, key=str.encode)
    later = (name for name in names if name.startswith(prefix) and name.encode() > marker.encode())
    page, truncated = cut(later, maximum)
    result: ListObjectAnnotationsOutput = {
        "Annotations": [_line(name, stored.annotations[name]) for name in page],
        "Bucket": bucket.name,
        "Key": stored.key,
        **_version(bucket, stored),
        "AnnotationCount": len(page),
    }
    if "AnnotationPrefix" in params:
        result["AnnotationPrefix"] = prefix
    if "MaxAnnotationResults" in params:
        result["MaxAnnotationResults"] = maximum
    if token is not None:
        result["ContinuationToken"] = token
    if truncated:
        result["NextContinuationToken"] = token_of(page[-1])
    return result


def delete_object_annotation(context: Context, params: DeleteObjectAnnotationRequest) -> DeleteObjectAnnotationOutput:
    """Remove an annotation for good; one that is not there too (public).

    Raises PreconditionFailed, and AccessDenied for a locked object.
    """
    bucket, stored = _named(context, params, "DELETE")
    _require_changeable(context, params, bucket, stored)
    left = {name: each for name, each in stored.annotations.items() if name != params["AnnotationName"]}
    bucket.replace(stored.changed(annotations=left))
    context.note(bucket, "ObjectAnnotation:Delete", stored, objectAnnotation={"name": params["AnnotationName"]})
    return {**_version(bucket, stored)}


# --- copies ------------------------------------------------------------------------------------------


def directive(params: Mapping[str, Any]) -> bool:
    """Whether a copy takes the annotations of its source along, as it does by default. Raises InvalidArgument."""
    value = params.get("AnnotationDirective", COPY)
    if value not in {COPY, EXCLUDE}:
        raise S3Error(errors.INVALID_ANNOTATION_DIRECTIVE, ArgumentName=DIRECTIVE, ArgumentValue=value)
    return bool(value == COPY)


def copied(
    context: Context, source: StoredObject, encryption: Encryption, algorithm: Algorithm | None
) -> Mapping[str, Annotation]:
    """Return the annotations of a copy that is encrypted so: checksums stay unless the copy asks for another algorithm.

    Raises InvalidRequest where the copy could not have them (assumed, as for PutObjectAnnotation).
    """
    if source.annotations and encryption.is_customer:
        raise S3Error(errors.ANNOTATION_OF_SSE_C)
    return {
        name: new_annotation(context, each.content, encryption, algorithm or each.checksum.algorithm)
        for name, each in source.annotations.items()
    }


def new_annotation(context: Context, content: Content, encryption: Encryption, algorithm: Algorithm) -> Annotation:
    """Make an annotation of verified content; its ETag is that of an object with these bytes (assumed)."""
    etag = content.md5.hex() if encryption.etag_is_md5 else context.ids.opaque_etag()
    checksum = Checksum(algorithm, checksums.FULL_OBJECT, content.digest(algorithm))
    return Annotation(context.store.intern(content), etag, context.now(), checksum)


# --- rules -------------------------------------------------------------------------------------------


def _named(context: Context, params: AnnotationRequest, method: str) -> tuple[Bucket, StoredObject]:
    """Return the bucket and the version of a request that names an annotation, judged in this order (public).

    A delete marker is MethodNotAllowed.
    """
    bucket = bucket_of(context, params)
    if not params.get("AnnotationName"):
        raise S3Error(errors.NO_ANNOTATION_NAME)
    return bucket, object_to_change(bucket, params, method)


def _annotated(context: Context, params: PutObjectAnnotationRequest) -> tuple[Bucket, StoredObject]:
    """Return what a Put would annotate.

    Raises AnnotationNameTooLong, InvalidAnnotationName, InvalidRequest for an object of SSE-C, what
    `_require_changeable` raises, and AnnotationLimitExceeded.
    """
    bucket = bucket_of(context, params)
    name = params.get("AnnotationName") or ""
    if len(name.encode()) > MAX_ANNOTATION_NAME:
        raise S3Error(errors.ANNOTATION_NAME_TOO_LONG, AnnotationName=name, maximum=MAX_ANNOTATION_NAME)
    if not _is_spelled_right(name) or name.lower().startswith(RESERVED):
        raise S3Error(errors.INVALID_ANNOTATION_NAME, AnnotationName=name)
    _, stored = _named(context, params, "PUT")
    if stored.attributes.encryption.is_customer:
        raise S3Error(errors.ANNOTATION_OF_SSE_C)
    _require_changeable(context, params, bucket, stored)
    count, maximum = len(stored.annotations.keys() | {name}), context.limits.max_annotations
    if count > maximum:
        raise S3Error(errors.TOO_MANY_ANNOTATIONS, maximum=maximum)
    context.notice_over("AnnotationLimitExceeded, annotations", count, context.dialect.limits.max_annotations)
    return bucket, stored


def _require_changeable(
    context: Context,
    params: PutObjectAnnotationRequest | DeleteObjectAnnotationRequest,
    bucket: Bucket,
    stored: StoredObject,
) -> None:
    """Refuse a change where the object is another one than expected, or is locked.

    Object Lock: retention in either mode and a hold protect annotations, and nothing bypasses that. Amazon's pages
    differ on GOVERNANCE; the strictest of them is followed (assumed).
    """
    condition = params.get("ObjectIfMatch")
    if condition == preconditions.ANY:  # assumed, as for If-Match of writes
        raise S3Error(errors.HEADER_NOT_IMPLEMENTED, Header=CONDITION)
    if condition is not None and not preconditions.matches(condition, stored.etag):
        raise S3Error(errors.PRECONDITION_FAILED, Condition=CONDITION)
    object_lock.require_deletable(context, bucket, stored, bypass=False)


def _is_spelled_right(name: str) -> bool:
    """Whether a name has only letters of any language, digits, underscores, periods and hyphens."""
    return all(each.isalpha() or each in BESIDE_LETTERS for each in name)


def _require_text(content: Content) -> None:
    try:
        content.read().decode("utf-8")
    except UnicodeDecodeError:
        raise S3Error(errors.ANNOTATION_NOT_UTF_8) from None


def _maximum(params: ListObjectAnnotationsRequest) -> int:
    value = params.get("MaxAnnotationResults")
    if value is None or value == "":
        return MAX_ANNOTATION_RESULTS
    if type(value) is not int or value > MAX_INTEGER:
        raise S3Error(errors.NOT_AN_INTEGER, ArgumentName=COUNT, ArgumentValue=value, name=COUNT)
    if not 1 <= value <= MAX_ANNOTATION_RESULTS:
        raise S3Error(
            errors.INVALID_ANNOTATION_COUNT, ArgumentName=COUNT, ArgumentValue=value, maximum=MAX_ANNOTATION_RESULTS
        )
    return value


# --- answers -----------------------------------------------------------------------------------------


def _version(bucket: Bucket, stored: StoredObject) -> ObjectVersionFields:
    """Return ObjectVersionId; absent as long as versioning was never configured (assumed, as for reads)."""
    fields = version_fields(bucket, stored)
    return {"ObjectVersionId": fields["VersionId"]} if "VersionId" in fields else {}


def _checksum(annotation: Annotation) -> ChecksumFields:
    fields: ChecksumFields = {}
    fields[annotation.checksum.algorithm.member] = annotation.checksum.text
    fields["ChecksumType"] = annotation.checksum.type
    return fields


def _line(name: str, annotation: Annotation) -> AnnotationEntry:
    return {
        "AnnotationName": name,
        "LastModified": annotation.last_modified,
        "ETag": f'"{annotation.etag}"',
        "ChecksumAlgorithm": [annotation.checksum.algorithm.name],
        "Size": annotation.content.size,
    }

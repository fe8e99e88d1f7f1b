"""UploadPartCopy and CopyObject: bytes that are in S3 already, shared and not copied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import unquote_plus

from fakecos.facts import checksums, errors
from fakecos.facts.checksums import CRC64NVME
from fakecos.facts.errors import S3Error
from fakecos.facts.numbers import natural
from fakecos.model.object import NULL_VERSION
from fakecos.model.versions import ENABLED
from fakecos.operations import (
    access_control,
    acl,
    attributes,
    encryption,
    lifecycle_headers,
    multipart_upload,
    object_annotations,
    object_lock,
    preconditions,
    restore_object,
)
from fakecos.operations.integrity import DeclaredChecksum
from fakecos.operations.lookup import (
    bucket_of,
    is_version_id,
    marker_headers,
    require_owner,
    upload_of,
    version_fields,
    version_of,
)
from fakecos.operations.put_object import new_object
from fakecos.operations.tags import BROKEN_ESCAPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.facts.checksums import Algorithm
    from fakecos.facts.errors import ErrorSpec
    from fakecos.model.attributes import Attributes
    from fakecos.model.bucket import Bucket
    from fakecos.model.content import Content
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        CopyObjectOutput,
        CopyObjectRequest,
        CopyObjectResult,
        CopyPartResult,
        CopyRequest,
        CopySourceFields,
        UploadPartCopyOutput,
        UploadPartCopyRequest,
    )

RANGE = r"bytes=([0-9]+)-([0-9]+)"
RANGE_HEADER = "x-amz-copy-source-range"
SOURCE_HEADER = "x-amz-copy-source"
VERSION_QUERY = "?versionId="
SCHEMES = ("http://", "https://")
BUCKET_OF_SOURCE = r"[A-Za-z0-9._-]{3,255}|arn:.+"  # as buckets of us-east-1 once were named (documented), or a door
ADDRESS = r"([0-9]{1,3}\.){3}[0-9]{1,3}"
DIRECTIVES = frozenset({"COPY", "REPLACE"})


class Source(NamedTuple):
    """What x-amz-copy-source names."""

    bucket: str
    key: str
    version: str | None


def source_of(context: Context, params: CopyRequest) -> Source:
    """Return the copy source: `bucket/key`, `/bucket/key` or a URL, percent-encoded, perhaps with a version.

    `+` means a space and the first slash may be encoded (recorded aws-objects 19); a full URL is taken (14), and so is
    `ACCESS-POINT-ARN/object/key` (documented). Raises InvalidArgument for what is neither (public).
    """
    text: str = params.get("CopySource") or ""
    path, names_version, version = text.partition(VERSION_QUERY)
    if re.search(BROKEN_ESCAPE, path):
        raise S3Error(errors.COPY_SOURCE_ENCODING, ArgumentName=SOURCE_HEADER, ArgumentValue=text)
    if path.startswith(SCHEMES):
        path = path.partition("://")[2].partition("/")[2]
    path = unquote_plus(path).removeprefix("/")
    if path.startswith("arn:"):
        point, slash, key = path.partition("/object/")
        bucket = context.access_points.get(point.rpartition("/")[2], point)
    else:
        bucket, slash, key = path.partition("/")
    if bucket and not slash:  # public: an answer of AWS
        raise S3Error(errors.COPY_SOURCE_KEY, ArgumentName=SOURCE_HEADER, ArgumentValue=SOURCE_HEADER)
    if not bucket or not key:
        raise S3Error(errors.COPY_SOURCE_FORM, ArgumentName=SOURCE_HEADER, ArgumentValue=SOURCE_HEADER)
    if re.fullmatch(BUCKET_OF_SOURCE, bucket) is None or re.fullmatch(ADDRESS, bucket):
        raise S3Error(errors.COPY_SOURCE_BUCKET, ArgumentName=SOURCE_HEADER, ArgumentValue=text)
    return Source(bucket, key, unquote_plus(version) if names_version else None)


def source_object(
    context: Context, params: CopyRequest, malformed: ErrorSpec = errors.INVALID_VERSION_ID
) -> StoredObject:
    """Return the object or the version to copy from, if the request has the key to it.

    Raises NoSuchBucket, NoSuchKey and NoSuchVersion of the source, `malformed` for what is no version id,
    InvalidObjectState for an archived one (public), and what `encryption.require_readable` raises.
    """
    source = source_of(context, params)
    if source.version == "":
        raise S3Error(errors.EMPTY_VERSION_ID, ArgumentName=SOURCE_HEADER, ArgumentValue=None)
    bucket = context.store.buckets.get(source.bucket)
    if bucket is None:
        raise S3Error(errors.NO_SUCH_BUCKET, BucketName=source.bucket)
    if "ExpectedSourceBucketOwner" in params:
        require_owner(bucket, params["ExpectedSourceBucketOwner"])
    access_control.require_copyable(context, bucket, source.key, source.version, params)
    if source.version is not None and not is_version_id(source.version):
        raise S3Error(malformed, ArgumentName=SOURCE_HEADER, ArgumentValue=source.version)
    stored = source_version(bucket, source)
    encryption.require_readable(context, params, stored.attributes.encryption, prefix="CopySource")
    if not restore_object.is_available(stored.attributes):
        raise S3Error(errors.COPY_SOURCE_ARCHIVED, StorageClass=stored.attributes.storage_class)
    return stored


def source_version(bucket: Bucket, source: Source) -> StoredObject:
    """Return the version that a source names, the newest if none. A delete marker is none to copy from (public)."""
    found = version_of(bucket, {"Key": source.key, "VersionId": source.version})
    if not found.is_delete_marker:
        return found
    if source.version is not None:
        raise S3Error(errors.COPY_OF_MARKER)
    raise S3Error(errors.NO_SUCH_KEY, headers=marker_headers(found), Key=source.key)


def source_fields(context: Context, params: CopyRequest, source: StoredObject) -> CopySourceFields:
    """Return CopySourceVersionId; the version `null` is not named (recorded aws-objects 36).

    And RequestCharged, where who copies pays for the source (documented).
    """
    fields: CopySourceFields = {}
    if source.version_id != NULL_VERSION:
        fields["CopySourceVersionId"] = source.version_id
    if "RequestPayer" in params:
        bucket = context.store.buckets[source_of(context, params).bucket]
        fields.update(access_control.charged(context, params, bucket))  # type: ignore[typeddict-item]
    return fields


def upload_part_copy(context: Context, params: UploadPartCopyRequest) -> UploadPartCopyOutput:
    """Make a part of an object that is stored, or of a range of it (recorded aws-multipart 21-26)."""
    multipart_upload.require_part_address(params)
    with context.store.lock:
        upload = upload_of(bucket_of(context, params), params)
        number = context.part_number(params["PartNumber"])
        copied = range_form(params.get("CopySourceRange"))
        sse = upload.attributes.encryption
        source = source_object(context, params)
        encryption.require_part_key(context, encryption.part_key(context, params), sse)
        preconditions.require_read(params, source, prefix="CopySource")  # before the next (public)
        content = ranged(context, source, copied, params.get("CopySourceRange"))
    content.take((checksums.MD5, *multipart_upload.digests_for(upload)))
    declared = None
    if upload.algorithm is not None:
        declared = DeclaredChecksum(upload.algorithm, upload.algorithm.encode(content.digest(upload.algorithm)))
    part = multipart_upload.new_part(context, number, content, sse, declared)
    with context.store.lock:
        upload_of(bucket_of(context, params), params).parts[number] = part
    answer: CopyPartResult = {"ETag": f'"{part.etag}"', "LastModified": part.last_modified}
    if declared is not None:
        answer[declared.algorithm.member] = declared.value
    return {"CopyPartResult": answer, **source_fields(context, params, source), **encryption.fields_of(sse)}


def range_form(header: str | None) -> tuple[int, int] | None:
    """Return first and last of x-amz-copy-source-range; only `bytes=first-last` is one (recorded aws-multipart 23)."""
    if header is None:
        return None
    match = re.fullmatch(RANGE, header)
    first, last = (natural(text) or 0 for text in (match.groups() if match else ("1", "0")))
    if first > last:
        raise S3Error(errors.COPY_RANGE_FORM, ArgumentName=RANGE_HEADER, ArgumentValue=header)
    return first, last


def ranged(context: Context, source: StoredObject, copied: tuple[int, int] | None, header: str | None) -> Content:
    """Return the bytes to copy; a range must lie within the source (two errors: recorded aws-multipart 24)."""
    maximum = context.limits.max_copy_size
    if copied is None:
        if source.size > maximum:
            raise S3Error(errors.COPY_SOURCE_TOO_LARGE, maximum=maximum)
        return source.content
    first, last = copied
    if first >= source.size:
        raise S3Error(errors.COPY_RANGE_OUTSIDE)
    if last >= source.size:
        raise S3Error(errors.COPY_RANGE_BEYOND, ArgumentName=RANGE_HEADER, ArgumentValue=header, size=source.size)
    if last - first + 1 > maximum:
        raise S3Error(errors.COPY_SOURCE_TOO_LARGE, maximum=maximum)
    return source.content.slice(first, last)


def copy_object(context: Context, params: CopyObjectRequest) -> CopyObjectOutput:
    """Copy an object of up to 5 GiB; the ETag becomes the plain MD5 (recorded aws-multipart 15, aws-objects 27-44).

    Storage class, redirect, ACL and lock of the source are not copied (recorded aws-objects 40, 43, 44; documented).
    """
    attributes.require_key(context, params["Key"])
    bucket = bucket_of(context, params)
    preconditions.require_write_form(params)
    algorithm = algorithm_of(params)
    replaces = directive(params, "MetadataDirective", "metadata")
    replaces_tags = directive(params, "TaggingDirective", "tagging")
    with_annotations = object_annotations.directive(params)
    described = params if replaces else without_description(params)
    requested = attributes.requested(context, described, described.get("ContentEncoding"))
    requested = acl.owned(context, bucket, requested, params)
    object_lock.require_lockable(bucket, params, requested.lock)
    source = source_object(context, params, errors.COPY_VERSION_FORM)
    if with_annotations and source.annotations:
        named = source_of(context, params)
        address = {"Bucket": named.bucket, "Key": named.key, "VersionId": named.version}
        access_control.require_annotations_copyable(context, address, params)
    if source.size > context.limits.max_copy_size:
        raise S3Error(errors.COPY_SOURCE_TOO_LARGE, maximum=context.limits.max_copy_size)
    preconditions.require_read(params, source, prefix="CopySource")
    preconditions.require_write(params, bucket, params["Key"])  # before the next (recorded aws-objects 29)
    rules = context.rules(bucket)
    asked = rules.with_source(params, source)
    rules.require_writable(context, bucket, asked)
    if is_onto_itself(context, params, bucket, source) and not encryption.rule_of(context):
        # A bucket with a rule of encryption takes any (recorded aws-checksums-and-sse 16).
        require_change(params, source, requested, replaces=replaces)
    kept_headers = requested if replaces else source.attributes
    tagged = requested if replaces_tags else source.attributes
    carried = requested.changed(headers=kept_headers.headers, metadata=kept_headers.metadata, tags=tagged.tags)
    kept = source.checksum.algorithm if source.checksum is not None else CRC64NVME
    stored = new_object(context, params["Key"], source.content, carried, algorithm or kept)
    stored.version_id = context.version_id(bucket)
    stored = rules.stored(bucket, asked, object_lock.retained(bucket, stored))
    if with_annotations and source.annotations:
        stored = stored.changed(annotations=object_annotations.copied(context, source, carried.encryption, algorithm))
    stored = rules.copied(params, source, stored)
    bucket.put(stored)
    context.note(bucket, "ObjectCreated:Copy", stored, hasObjectAnnotation=bool(stored.annotations))
    return {
        **copy_answer(stored),
        **version_fields(bucket, stored),  # also `null` where versioning is suspended (recorded aws-objects 36)
        **source_fields(context, params, source),
        **lifecycle_headers.expiry_fields(bucket, stored),
    }


def without_description(params: CopyObjectRequest) -> CopyObjectRequest:
    """Return the parameters of a copy that keeps the metadata of its source: metadata of its own is not looked at.

    However long it is (public: aws-changes 23; recorded aws-objects 34).
    """
    ignored = {"Metadata", *attributes.SYSTEM_HEADERS}
    return cast("CopyObjectRequest", {name: value for name, value in params.items() if name not in ignored})


def is_onto_itself(context: Context, params: CopyObjectRequest, bucket: Bucket, source: StoredObject) -> bool:
    """Whether an object is to be copied over itself: bucket, key, and the newest version.

    An older version may be copied to its own key without a change: so it becomes the newest again (documented). So may
    the newest where its id is given and a copy is another version (public; otherwise it is refused: assumed).
    """
    named = source_of(context, params)
    if (named.bucket, named.key) != (bucket.name, params["Key"]) or bucket.newest(named.key) is not source:
        return False
    return named.version is None or bucket.versioning != ENABLED


def algorithm_of(params: CopyObjectRequest) -> Algorithm | None:
    """Return the checksum algorithm that a copy is to be stored with, None to keep the source's.

    Raises InvalidRequest for an unknown one.
    """
    name = params.get("ChecksumAlgorithm")
    if name is None:
        return None
    algorithm = checksums.ALGORITHMS.get(name.upper())
    if algorithm is None:
        raise S3Error(errors.UNSUPPORTED_CHECKSUM)
    return algorithm


def directive(params: Mapping[str, Any], member: str, kind: str) -> bool:
    """Whether the request's own metadata (or tags) replace those of the source; COPY is the default.

    Raises InvalidArgument for another word (public).
    """
    value = params.get(member, "COPY")
    if value not in DIRECTIVES:
        raise S3Error(errors.INVALID_DIRECTIVE, ArgumentName=f"x-amz-{kind}-directive", ArgumentValue=value, kind=kind)
    return bool(value == "REPLACE")


def require_change(params: CopyObjectRequest, source: StoredObject, requested: Attributes, *, replaces: bool) -> None:
    """Refuse a copy of an object onto itself that changes nothing (recorded aws-objects 35-40)."""
    changes = (
        replaces
        or "StorageClass" in params
        or requested.redirect is not None
        or "ServerSideEncryption" in params
        or "SSECustomerAlgorithm" in params
        or requested.encryption != source.attributes.encryption
    )
    if not changes:
        raise S3Error(errors.COPY_ONTO_ITSELF)


def copy_answer(stored: StoredObject) -> CopyObjectOutput:
    """Return the answer of a copy (recorded aws-objects 33)."""
    result: CopyObjectResult = {"ETag": f'"{stored.etag}"', "LastModified": stored.last_modified}
    if stored.checksum is not None:
        result[stored.checksum.algorithm.member] = stored.checksum.text
        result["ChecksumType"] = stored.checksum.type
    return {
        "CopyObjectResult": result,
        **encryption.fields_of(stored.attributes.encryption),
        **encryption.context_of(stored.attributes.encryption),
    }

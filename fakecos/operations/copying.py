"""UploadPartCopy and CopyObject: bytes that are in S3 already, shared and not copied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_plus, urlsplit

from fakecos.facts import checksums
from fakecos.facts.checksums import CRC64NVME
from fakecos.facts.error_table import (
    COPY_ONTO_ITSELF,
    COPY_RANGE_BEYOND,
    COPY_RANGE_FORM,
    COPY_RANGE_OUTSIDE,
    COPY_SOURCE_FORM,
    COPY_SOURCE_TOO_LARGE,
    INVALID_DIRECTIVE,
    NO_SUCH_BUCKET,
    NO_SUCH_KEY,
    UNSUPPORTED_CHECKSUM,
)
from fakecos.facts.errors import S3Error
from fakecos.model.attributes import Attributes
from fakecos.operations import access, acl, attributes, conditions, encryption, lifecycle, multipart
from fakecos.operations.integrity import Claim
from fakecos.operations.lookup import bucket_of, require_owner, require_version, upload_of
from fakecos.operations.objects import new_object

if TYPE_CHECKING:
    from fakecos.facts.checksums import Algorithm
    from fakecos.model.content import Content
    from fakecos.model.object import StoredObject
    from fakecos.operations.world import Params, Result, World

RANGE = re.compile(r"bytes=([0-9]+)-([0-9]+)")
RANGE_HEADER = "x-amz-copy-source-range"
SOURCE_HEADER = "x-amz-copy-source"
VERSION_QUERY = "?versionId="
DIRECTIVES = frozenset({"COPY", "REPLACE"})


class Source(NamedTuple):
    """What x-amz-copy-source names."""

    bucket: str
    key: str
    version: str | None


def source_of(world: World, params: Params) -> Source:
    """Return the copy source: `bucket/key`, `/bucket/key` or a URL, percent-encoded, perhaps with a version.

    `+` means a space and the first slash may be encoded (recorded aws-objects 19); a full URL is taken (14), and so is
    `ACCESS-POINT-ARN/object/key` (documented).
    """
    text: str = params.get("CopySource") or ""
    path, _, version = text.partition(VERSION_QUERY)
    if "://" in path:
        path = urlsplit(path).path
    path = unquote_plus(path).removeprefix("/")
    if path.startswith("arn:"):
        point, slash, key = path.partition("/object/")
        bucket = world.access_points.get(point.rpartition("/")[2], point)
    else:
        bucket, slash, key = path.partition("/")
    if not bucket or not slash or not key:
        raise S3Error(COPY_SOURCE_FORM, ArgumentName=SOURCE_HEADER, ArgumentValue=SOURCE_HEADER)
    return Source(bucket, key, unquote_plus(version) if version else None)


def source_object(world: World, params: Params) -> StoredObject:
    """Return the object to copy from, if the request has the key to it.

    Raises NoSuchBucket and NoSuchKey of the source, and what `encryption.require_readable` raises.
    """
    source = source_of(world, params)
    bucket = world.store.buckets.get(source.bucket)
    if bucket is None:
        raise S3Error(NO_SUCH_BUCKET, BucketName=source.bucket)
    if "ExpectedSourceBucketOwner" in params:
        require_owner(world, bucket, params["ExpectedSourceBucketOwner"])
    access.require_copyable(world, bucket, source.key, source.version)
    if source.version is not None:
        require_version(source.key, source.version)
    stored = bucket.objects.get(source.key)
    if stored is None:
        raise S3Error(NO_SUCH_KEY, Key=source.key)
    encryption.require_readable(world, params, stored.attributes.encryption, prefix="CopySource")
    return stored


def upload_part_copy(world: World, params: Params) -> Result:
    """Make a part of an object that is stored, or of a range of it (recorded aws-multipart 21-26)."""
    multipart.require_part_address(params)
    with world.store.lock:
        upload = upload_of(bucket_of(world, params), params)
        number = world.part_number(params["PartNumber"])
        copied = range_form(params.get("CopySourceRange"))
        sse = upload.attributes.encryption
        source = source_object(world, params)
        encryption.require_part_key(encryption.part_key(world, params), sse)
        content = ranged(world, source, copied, params.get("CopySourceRange"))
        conditions.require_read(params, source, prefix="CopySource")
    content.take((checksums.MD5, *multipart.digests_for(upload)))
    claim = None
    if upload.algorithm is not None:
        claim = Claim(upload.algorithm, upload.algorithm.encode(content.digest(upload.algorithm)))
    part = multipart.new_part(world, number, content, sse, claim)
    with world.store.lock:
        upload_of(bucket_of(world, params), params).parts[number] = part
    answer: Result = {"ETag": f'"{part.etag}"', "LastModified": part.last_modified}
    if claim is not None:
        answer[claim.algorithm.member] = claim.value
    return {"CopyPartResult": answer, **encryption.fields_of(sse)}


def range_form(header: str | None) -> tuple[int, int] | None:
    """Return first and last of x-amz-copy-source-range; only `bytes=first-last` is one (recorded aws-multipart 23)."""
    if header is None:
        return None
    match = RANGE.fullmatch(header)
    if match is None or int(match[1]) > int(match[2]):
        raise S3Error(COPY_RANGE_FORM, ArgumentName=RANGE_HEADER, ArgumentValue=header)
    return int(match[1]), int(match[2])


def ranged(world: World, source: StoredObject, copied: tuple[int, int] | None, header: str | None) -> Content:
    """Return the bytes to copy; a range must lie within the source (two errors: recorded aws-multipart 24)."""
    maximum = world.limits.max_copy_size
    if copied is None:
        if source.size > maximum:
            raise S3Error(COPY_SOURCE_TOO_LARGE, maximum=maximum)
        return source.content
    first, last = copied
    if first >= source.size:
        raise S3Error(COPY_RANGE_OUTSIDE)
    if last >= source.size:
        raise S3Error(COPY_RANGE_BEYOND, ArgumentName=RANGE_HEADER, ArgumentValue=header, size=source.size)
    if last - first + 1 > maximum:
        raise S3Error(COPY_SOURCE_TOO_LARGE, maximum=maximum)
    return source.content.slice(first, last)


def copy_object(world: World, params: Params) -> Result:
    """Copy an object of up to 5 GiB; the ETag becomes the plain MD5 (recorded aws-multipart 15, aws-objects 27-40)."""
    attributes.require_key(world, params["Key"])
    bucket = bucket_of(world, params)
    conditions.require_write_form(params)
    algorithm = algorithm_of(params)
    replaces = directive(params, "MetadataDirective", "metadata")
    replaces_tags = directive(params, "TaggingDirective", "tagging")
    requested = attributes.requested(world, params, params.get("ContentEncoding"))
    requested = acl.owned(world, bucket, requested, params)
    source = source_object(world, params)
    if source.size > world.limits.max_copy_size:
        raise S3Error(COPY_SOURCE_TOO_LARGE, maximum=world.limits.max_copy_size)
    conditions.require_read(params, source, prefix="CopySource")
    conditions.require_write(params, bucket, params["Key"])  # before the next (recorded aws-objects 29)
    named = source_of(world, params)
    is_itself = (named.bucket, named.key) == (bucket.name, params["Key"])
    if is_itself and not encryption.rule_of(world, params):  # recorded aws-checksums-and-sse 16
        require_change(params, source, requested, replaces=replaces)
    carried = Attributes(
        headers=(requested if replaces else source.attributes).headers,
        metadata=(requested if replaces else source.attributes).metadata,
        encryption=requested.encryption,
        storage_class=requested.storage_class,
        tags=(requested if replaces_tags else source.attributes).tags,
        acl=requested.acl,
        redirect=requested.redirect,
    )
    kept = source.checksum.algorithm if source.checksum is not None else CRC64NVME
    stored = new_object(world, params["Key"], source.content, carried, algorithm or kept)
    bucket.put(stored)
    return {**copy_answer(stored), **lifecycle.expiry_fields(bucket, stored)}


def algorithm_of(params: Params) -> Algorithm | None:
    """Return the checksum algorithm that a copy is to be stored with, None to keep the source's.

    Raises InvalidRequest for an unknown one.
    """
    name = params.get("ChecksumAlgorithm")
    if name is None:
        return None
    algorithm = checksums.ALGORITHMS.get(name.upper())
    if algorithm is None:
        raise S3Error(UNSUPPORTED_CHECKSUM)
    return algorithm


def directive(params: Params, member: str, kind: str) -> bool:
    """Whether the request's own metadata (or tags) replace those of the source; COPY is the default.

    Raises InvalidArgument for another word (public).
    """
    value = params.get(member, "COPY")
    if value not in DIRECTIVES:
        raise S3Error(INVALID_DIRECTIVE, ArgumentName=f"x-amz-{kind}-directive", ArgumentValue=value, kind=kind)
    return bool(value == "REPLACE")


def require_change(params: Params, source: StoredObject, requested: Attributes, *, replaces: bool) -> None:
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
        raise S3Error(COPY_ONTO_ITSELF)


def copy_answer(stored: StoredObject) -> Result:
    """Return the answer of a copy (recorded aws-objects 33)."""
    result: Result = {"ETag": f'"{stored.etag}"', "LastModified": stored.last_modified}
    if stored.checksum is not None:
        result[stored.checksum.algorithm.member] = stored.checksum.text
        result["ChecksumType"] = stored.checksum.type
    return {
        "CopyObjectResult": result,
        **encryption.fields_of(stored.attributes.encryption),
        **encryption.context_of(stored.attributes.encryption),
    }

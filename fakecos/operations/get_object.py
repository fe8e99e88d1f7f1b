"""GetObject, HeadObject and GetObjectAttributes: what is stored, whole, in a range, by part, or only described."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.numbers import natural
from fakecos.operations import attributes, encryption, lifecycle_headers, preconditions, restore_object
from fakecos.operations.lookup import bucket_of, is_missing, object_of, require_version_form, version_fields
from fakecos.operations.pagination import integer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context, Result
    from fakecos.wire.types import Checksum as ChecksumDocument
    from fakecos.wire.types import (
        ChecksumFields,
        GetObjectAttributesOutput,
        GetObjectAttributesParts,
        GetObjectAttributesRequest,
        GetObjectOutput,
        GetObjectRequest,
        GetObjectTorrentOutput,
        GetObjectTorrentRequest,
        HeadObjectOutput,
        HeadObjectRequest,
        ReadOutput,
        ReadRequest,
    )

RANGE = r"bytes=([0-9]*)-([0-9]*)"
OVERRIDES = tuple((f"Response{name}", name) for name in attributes.SYSTEM_HEADERS)
NO_HEADER_TEXT = re.compile(r"[^\t\x20-\x7e\xa0-\xff]")  # not in ISO 8859-1, or a control character
ATTRIBUTES = frozenset({"ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"})


class Extent(NamedTuple):
    """The bytes that a read is about: offsets, both inclusive; `part` is a place in the object's parts."""

    first: int
    last: int
    part: int | None = None

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self.last - self.first + 1


def get_object(context: Context, params: GetObjectRequest) -> GetObjectOutput:
    """Return the object's bytes, or those of a range or a part, with everything that is known of it.

    Raises InvalidObjectState for an archived one (recorded aws-objects 57), and what `describe` raises.
    """
    bucket = bucket_of(context, params)
    stored = judged_object(context, bucket, params, "GET")
    restore_object.require_available(stored.attributes)
    result, extent = describe(context, params, bucket, stored)
    result["Body"] = stored.content if extent is None else stored.content.slice(extent.first, extent.last)
    return result


def get_object_torrent(context: Context, params: GetObjectTorrentRequest) -> GetObjectTorrentOutput:
    """Refuse: S3 no longer has torrents. Raises NoSuchBucket, then MethodNotAllowed (public: aws-measured 1)."""
    bucket_of(context, params)
    raise S3Error(errors.METHOD_NOT_ALLOWED, Method="GET", ResourceType="TORRENT")


def head_object(context: Context, params: HeadObjectRequest) -> HeadObjectOutput:
    """Return what GetObject would, without the bytes."""
    bucket = bucket_of(context, params)
    result, _ = describe(context, params, bucket, judged_object(context, bucket, params, "HEAD"))
    return result


def judged_object(context: Context, bucket: Bucket, params: ReadRequest, method: str) -> StoredObject:
    """Return the object that a read names, after what is judged before it (public: aws-measured 15, 16).

    Raises InvalidArgument for the form of the version id and then of the part number, InvalidRequest for a part
    number with a Range (recorded aws-multipart 19) and, of GetObject where there is no such object, for a checksum mode
    that is none.
    """
    if params.get("PartNumber") is not None:
        if params.get("VersionId") is not None:
            require_version_form(params["VersionId"])
        if params.get("Range") is not None:
            raise S3Error(errors.RANGE_WITH_PART_NUMBER)
        context.part_number(params["PartNumber"])
    if method == "GET" and "ChecksumMode" in params and is_missing(bucket, params):
        is_checksum_mode(params)
    return object_of(bucket, params, method)


def is_checksum_mode(params: ReadRequest) -> bool:
    """Whether a read asks for checksums.

    Raises InvalidRequest for a mode that is none (public: aws-measured 16).
    """
    mode = params.get("ChecksumMode")
    if mode is None:
        return False
    if mode.upper() != "ENABLED":
        raise S3Error(errors.CHECKSUM_MODE)
    return True


def describe(
    context: Context, params: ReadRequest, bucket: Bucket, stored: StoredObject
) -> tuple[ReadOutput, Extent | None]:
    """Return the headers of a read, and the extent that it covers, None for the whole object."""
    encryption.require_no_method(params)
    encryption.require_readable(context, params, stored.attributes.encryption)
    preconditions.require_read(params, stored)
    overridden = overrides_of(params)
    extent = extent_of(context, params, stored)
    wants_checksum = is_checksum_mode(params)
    result: ReadOutput = {
        "AcceptRanges": "bytes",
        "LastModified": stored.last_modified,
        "ContentLength": stored.size,
        "ETag": f'"{stored.etag}"',
        **version_fields(bucket, stored),
    }
    result.update(attributes.read_fields(stored.attributes))
    result.update(context.rules(bucket).object_fields(bucket, stored))
    if stored.replication is not None and context.dialect.replication.tells:
        result["ReplicationStatus"] = stored.replication.text
    if params.get("VersionId") is None:  # recorded aws-bucket-configuration 31
        result.update(lifecycle_headers.expiry_fields(bucket, stored))
    if extent is not None:
        result["ContentLength"] = extent.size
        if extent.size:  # a range cannot say "nothing", so a part without bytes has none (assumed)
            result["ContentRange"] = f"bytes {extent.first}-{extent.last}/{stored.size}"
        if extent.part is not None and stored.is_multipart:
            result["PartsCount"] = len(stored.parts)
    if wants_checksum:
        result.update(checksum_fields(stored, extent))
    result.update(overridden)  # type: ignore[typeddict-item]  # by the names of members
    return result, extent


def overrides_of(params: Mapping[str, Any]) -> Result:
    """Return the headers of the answer that the request sets itself, response-content-type and its like.

    Raises InvalidArgument for text that is not ISO 8859-1 (public) or has control characters, which would end the
    header (assumed). That nobody may ask for them is judged in `access`.
    """
    found: Result = {}
    for override, name in OVERRIDES:
        if override in params:
            text: str = params[override]
            if NO_HEADER_TEXT.search(text):
                wire = re.sub("(?<=[a-z])(?=[A-Z])", "-", override).lower()
                quoted: Result = {} if attributes.CONTROL.search(text) else {"ArgumentValue": text}
                raise S3Error(errors.HEADER_NOT_LATIN, ArgumentName=wire, **quoted)
            found[name] = text
    return found


def extent_of(context: Context, params: ReadRequest, stored: StoredObject) -> Extent | None:
    """Return what Range or partNumber ask for; None for the whole object.

    Raises InvalidRange and InvalidPartNumber; `judged_object` has judged their form.
    """
    if params.get("PartNumber") is None:
        whole = "IfRange" in params and not preconditions.keeps_range(params["IfRange"], stored)
        return None if whole else range_of(params.get("Range"), stored.size)
    return part_of(context.part_number(params["PartNumber"]), stored)


def range_of(header: str | None, size: int) -> Extent | None:
    """Return the extent of a Range header.

    One that is malformed or names several ranges is ignored (recorded aws-objects 20).
    """
    match = re.fullmatch(RANGE, header) if header is not None else None
    if match is None:
        return None
    first_text, last_text = match.groups()
    if first_text == "":
        if last_text == "":
            return None
        length = natural(last_text) or 0
        first, last = max(size - length, 0), size - 1
        satisfiable = length > 0 and size > 0
    else:
        first, end = natural(first_text) or 0, natural(last_text)
        if end is not None and end < first:
            return None
        last = size - 1 if end is None else min(end, size - 1)
        satisfiable = first < size
    if not satisfiable:
        raise S3Error(errors.INVALID_RANGE, RangeRequested=header, ActualObjectSize=size)
    return Extent(first, last)


def part_of(number: int, stored: StoredObject) -> Extent:
    """Return the extent of a part by its place in the object: parts are counted from 1 whatever their numbers were.

    A plain object has one part (recorded aws-multipart 16-20).
    """
    count = len(stored.parts) or 1
    if number > count:
        raise S3Error(errors.PART_NOT_SATISFIABLE, PartNumberRequested=number, ActualPartCount=count)
    if not stored.parts:
        return Extent(0, stored.size - 1, 0)
    part = stored.parts[number - 1]
    return Extent(part.offset, part.offset + part.size - 1, number - 1)


def checksum_fields(stored: StoredObject, extent: Extent | None) -> ChecksumFields:
    """Return the checksum of what is read: of the object, or of a part of a COMPOSITE one.

    A range that covers less than the object has none (recorded aws-objects 20), nor has a part of a FULL_OBJECT one
    with several parts (aws-multipart 41).
    """
    checksum = stored.checksum
    if checksum is None:
        return {}
    text: str | None = checksum.text
    if extent is not None and extent.part is not None and stored.parts and not checksum.is_full_object:
        text = stored.parts[extent.part].checksum
    elif extent is not None and extent.size < stored.size:
        text = None
    if text is None:
        return {}
    fields: ChecksumFields = {}
    fields[checksum.algorithm.member] = text
    fields["ChecksumType"] = checksum.type
    return fields


def get_object_attributes(context: Context, params: GetObjectAttributesRequest) -> GetObjectAttributesOutput:
    """Return the attributes asked for, and only those (recorded aws-objects 55-56, aws-multipart 36, 41, 60).

    An unknown name comes before the bucket, none at all after it and the form of the version id (aws-measured 18).
    A page of parts that cannot be is refused whatever the object (assumed).
    """
    asked = asked_attributes(params.get("ObjectAttributes"))
    maximum = integer(params, "MaxParts", "x-amz-max-parts", context.limits.max_keys)
    marker = integer(params, "PartNumberMarker", "x-amz-part-number-marker", 0)
    bucket = bucket_of(context, params)
    if params.get("VersionId") is not None:
        require_version_form(params["VersionId"])
    if not asked:
        raise S3Error(errors.NO_ATTRIBUTES)
    stored = object_of(bucket, params)
    encryption.require_no_method(params)
    encryption.require_readable(context, params, stored.attributes.encryption)
    result: GetObjectAttributesOutput = {"LastModified": stored.last_modified, **version_fields(bucket, stored)}
    if "ETag" in asked:
        result["ETag"] = stored.etag
    if "Checksum" in asked and stored.checksum is not None:
        checksum = stored.checksum
        document: ChecksumDocument = {}
        document[checksum.algorithm.member] = checksum.value
        document["ChecksumType"] = checksum.type
        result["Checksum"] = document
    if "ObjectParts" in asked and stored.is_multipart:
        result["ObjectParts"] = object_parts(stored, maximum, marker)
    if "StorageClass" in asked:
        result["StorageClass"] = stored.attributes.storage_class
    if "ObjectSize" in asked:
        result["ObjectSize"] = stored.size
    return result


def asked_attributes(names: list[str] | None) -> list[str]:
    """Return the attributes that a request names: empty ones at the end do not count (public: aws-measured 18).

    Raises InvalidArgument for the first that is none, and for an empty name before another or alone.
    """
    asked = [*(names or ())]
    if asked != [""]:
        while asked and not asked[-1]:
            asked.pop()
    for name in asked:
        if name not in ATTRIBUTES:
            raise S3Error(errors.INVALID_ATTRIBUTE, ArgumentName="x-amz-object-attributes", ArgumentValue=name or None)
    return asked


def object_parts(stored: StoredObject, maximum: int, marker: int) -> GetObjectAttributesParts:
    """Return the page of up to `maximum` parts after `marker` of a COMPOSITE object; else only their count."""
    total: GetObjectAttributesParts = {"TotalPartsCount": len(stored.parts)}
    checksum = stored.checksum
    if checksum is None or checksum.is_full_object:
        return total
    later = [part for part in stored.parts if part.number > marker]
    page = later[:maximum]
    fields: GetObjectAttributesParts = {
        **total,
        "PartNumberMarker": marker,
        "NextPartNumberMarker": page[-1].number if page else 0,
        "MaxParts": maximum,
        "IsTruncated": len(later) > len(page) > 0,
    }
    if page:
        member = checksum.algorithm.member
        parts: list[Any] = [{"PartNumber": part.number, "Size": part.size, member: part.checksum} for part in page]
        fields["Parts"] = parts
    return fields

"""ListMultipartUploads: the uploads that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.store import OWNER_NAME
from fakecos.operations.lookup import bucket_of
from fakecos.operations.pagination import cut, encoder, entries, integer, prefixes_of, require_integer

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.model.bucket import Bucket
    from fakecos.model.upload import MultipartUpload
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        ListMultipartUploadsOutput,
        ListMultipartUploadsRequest,
        UploadOwnerFields,
    )
    from fakecos.wire.types import MultipartUpload as UploadItem


class _UploadKeys:
    """The uploads of a bucket, seen as keys in order: one key stands as often as it has uploads."""

    __slots__ = ("_bucket",)

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def at(self, place: int) -> str | None:
        upload = self._bucket.upload_at(place)
        return None if upload is None else upload.key

    def place_of(self, key: str) -> int:
        return self._bucket.uploads_before(key)

    def place_after_prefix(self, prefix: str) -> int:
        return self._bucket.uploads_after_prefix(prefix)


def list_multipart_uploads(context: Context, params: ListMultipartUploadsRequest) -> ListMultipartUploadsOutput:
    """Return a page of open uploads by key, then by creation (recorded aws-multipart 57-59, aws-listing 20-21)."""
    require_integer(params, "MaxUploads", "max-uploads")
    bucket = bucket_of(context, params)
    encode = encoder(params)
    page_size = context.limits.max_keys
    maximum = min(integer(params, "MaxUploads", "max-uploads", page_size), page_size)
    prefix, delimiter = params.get("Prefix") or "", params.get("Delimiter") or ""
    key_marker: str = params.get("KeyMarker") or ""
    id_marker: str = (params.get("UploadIdMarker") or "") if key_marker else ""
    start = place_after(bucket, key_marker, id_marker)
    page, truncated = cut(entries(_UploadKeys(bucket), prefix, delimiter, start, key_marker), maximum)
    uploads = [upload for line in page if not line.is_prefix and (upload := bucket.upload_at(line.place))]
    last = None if not uploads or (truncated and page[-1].is_prefix) else uploads[-1]
    result: ListMultipartUploadsOutput = {
        "Bucket": bucket.name,
        "KeyMarker": encode(key_marker),
        "UploadIdMarker": id_marker,
        "NextKeyMarker": encode(last.key) if last else "",
        "NextUploadIdMarker": last.upload_id if last else "",
        "MaxUploads": maximum,
        "IsTruncated": truncated,
    }
    for member in ("Prefix", "Delimiter"):
        if params.get(member):
            result[member] = encode(params[member])
    if params.get("EncodingType"):
        result["EncodingType"] = params["EncodingType"]
    if uploads:
        result["Uploads"] = [upload_line(bucket, upload, encode) for upload in uploads]
    prefixes = prefixes_of(page, encode)
    if prefixes:
        result["CommonPrefixes"] = prefixes
    return result


def place_after(bucket: Bucket, key_marker: str, id_marker: str) -> int:
    """Return the place that a page starts at. An id of another key is refused (recorded aws-multipart 58).

    The id of an upload that has ended meanwhile is taken: a clean-up aborts what it has listed (assumed).
    """
    if not key_marker:
        return 0
    if not id_marker:
        return bucket.uploads_after(key_marker, None)
    sequence = bucket.sequence_of(id_marker, key_marker)
    if sequence is None:
        raise S3Error(errors.INVALID_UPLOAD_ID_MARKER, ArgumentName="upload-id-marker", ArgumentValue=id_marker)
    return bucket.uploads_after(key_marker, sequence)


def owners_of(bucket: Bucket, upload: MultipartUpload) -> UploadOwnerFields:
    """Return who began an upload and who will own its object; the owner has only an ID (recorded aws-multipart 55)."""
    acl = upload.attributes.acl
    name = acl.owner if acl is not None else bucket.owner_id
    return {"Initiator": {"ID": name, "DisplayName": OWNER_NAME}, "Owner": {"ID": name}}


def upload_line(bucket: Bucket, upload: MultipartUpload, encode: Callable[[str], str]) -> UploadItem:
    """Return one item of Uploads."""
    item: UploadItem = {
        "Key": encode(upload.key),
        "UploadId": upload.upload_id,
        **owners_of(bucket, upload),
        "StorageClass": upload.attributes.storage_class,
        "Initiated": upload.initiated,
    }
    if upload.algorithm is not None:
        item["ChecksumAlgorithm"] = upload.algorithm.name
        item["ChecksumType"] = upload.checksum_type
    return item

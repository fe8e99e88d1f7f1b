"""ListParts: the parts of an open upload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.operations import encryption, lifecycle_headers
from fakecos.operations.list_multipart_uploads import owners_of
from fakecos.operations.lookup import bucket_of, upload_of
from fakecos.operations.pagination import integer, require_integer

if TYPE_CHECKING:
    from fakecos.model.part import Part
    from fakecos.model.upload import MultipartUpload
    from fakecos.operations.context import Context
    from fakecos.wire.types import ListPartsOutput, ListPartsRequest
    from fakecos.wire.types import Part as PartItem


def list_parts(context: Context, params: ListPartsRequest) -> ListPartsOutput:
    """Return a page of an upload's parts in the order of their numbers (recorded aws-multipart 55-56).

    The parameters are judged before the upload is looked for (public).
    """
    require_integer(params, "MaxParts", "max-parts")
    require_integer(params, "PartNumberMarker", "part-number-marker")
    bucket = bucket_of(context, params)
    page_size = context.limits.max_keys
    maximum = min(integer(params, "MaxParts", "max-parts", page_size), page_size)
    marker = integer(params, "PartNumberMarker", "part-number-marker", 0)
    upload = upload_of(bucket, params)
    encryption.require_listing_key(context, params, upload.attributes.encryption)
    later = sorted(number for number in upload.parts if number > marker)
    page = later[:maximum]
    result: ListPartsOutput = {
        "Bucket": params["Bucket"],
        "Key": upload.key,
        "UploadId": upload.upload_id,
        **owners_of(bucket, upload),
        "StorageClass": upload.attributes.storage_class,
        "PartNumberMarker": marker,
        "NextPartNumberMarker": page[-1] if page else 0,
        "MaxParts": maximum,
        "IsTruncated": bool(page) and len(later) > len(page),
    }
    if upload.algorithm is not None:
        result["ChecksumAlgorithm"] = upload.algorithm.name
        result["ChecksumType"] = upload.checksum_type
    result.update(lifecycle_headers.abort_fields(bucket, upload))
    if page:
        result["Parts"] = [part_line(upload, upload.parts[number]) for number in page]
    return result


def part_line(upload: MultipartUpload, part: Part) -> PartItem:
    """Return one item of Parts; its checksum only if the upload has an algorithm (recorded aws-multipart 32)."""
    item: PartItem = {
        "PartNumber": part.number,
        "LastModified": part.last_modified,
        "ETag": f'"{part.etag}"',
        "Size": part.size,
    }
    if upload.algorithm is not None:
        item[upload.algorithm.member] = part.checksum
    return item

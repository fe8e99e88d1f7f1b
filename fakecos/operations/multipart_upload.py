"""CreateMultipartUpload, UploadPart and AbortMultipartUpload: an upload from its start to the last part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import checksums, errors
from fakecos.facts.checksums import CRC64NVME
from fakecos.facts.errors import S3Error
from fakecos.model.part import Part
from fakecos.model.upload import MultipartUpload
from fakecos.operations import acl, attributes, encryption, integrity, lifecycle_headers, object_lock, preconditions
from fakecos.operations.integrity import DeclaredChecksum
from fakecos.operations.lookup import bucket_at_arrival, bucket_of, upload_of

if TYPE_CHECKING:
    from fakecos.facts.checksums import Algorithm
    from fakecos.model.content import Content
    from fakecos.model.encryption import Encryption
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        AbortMultipartUploadOutput,
        AbortMultipartUploadRequest,
        CreateMultipartUploadOutput,
        CreateMultipartUploadRequest,
        PartRequest,
        UploadPartOutput,
        UploadPartRequest,
    )


def create_multipart_upload(context: Context, params: CreateMultipartUploadRequest) -> CreateMultipartUploadOutput:
    """Open an upload; what the object will carry is fixed here (recorded aws-multipart 1, 27-30, 45)."""
    attributes.require_key(context, params["Key"])
    algorithm, checksum_type = checksum_of(params)
    carried = attributes.requested(context, params, params.get("ContentEncoding"))
    bucket = bucket_of(context, params)
    carried = acl.owned(context, bucket, carried, params)
    object_lock.require_lockable(bucket, params, carried.lock)
    upload = MultipartUpload(context.new_upload_id(), params["Key"], carried, context.now(), algorithm, checksum_type)
    upload.conditions = preconditions.of_upload(context, params, bucket)
    bucket.open(upload)
    result: CreateMultipartUploadOutput = {"Bucket": bucket.name, "Key": upload.key, "UploadId": upload.upload_id}
    if algorithm is not None:
        result["ChecksumAlgorithm"] = algorithm.name
        result["ChecksumType"] = checksum_type
    result.update(encryption.fields_of(carried.encryption))
    result.update(encryption.context_of(carried.encryption))
    result.update(lifecycle_headers.abort_fields(bucket, upload))
    return result


def checksum_of(params: CreateMultipartUploadRequest) -> tuple[Algorithm | None, str | None]:
    """Return the algorithm and the type that an upload asks for; the type has a default per algorithm.

    Raises InvalidRequest for a type without an algorithm, an unknown algorithm (recorded aws-multipart 30), an
    unknown type (public), and a type that the algorithm does not have (28).
    """
    name = params.get("ChecksumAlgorithm")
    checksum_type: str | None = params.get("ChecksumType")
    if name is None:
        if checksum_type is not None:
            raise S3Error(errors.CHECKSUM_TYPE_WITHOUT_ALGORITHM)
        return None, None
    algorithm = checksums.ALGORITHMS.get(name.upper())
    if algorithm is None:
        raise S3Error(errors.UNSUPPORTED_CHECKSUM)
    if checksum_type is None:
        return algorithm, algorithm.types[0]
    checksum_type = checksum_type.upper()
    if checksum_type not in {checksums.COMPOSITE, checksums.FULL_OBJECT}:
        raise S3Error(errors.INVALID_CHECKSUM_TYPE)
    if checksum_type not in algorithm.types:
        raise S3Error(errors.CHECKSUM_TYPE_FORBIDDEN, type=checksum_type, algorithm=name.lower())
    return algorithm, checksum_type


def upload_part(context: Context, params: UploadPartRequest) -> UploadPartOutput:
    """Store one part of an open upload; a second upload of a number replaces the first.

    The order of checks is that of facts/check_order. Hashing happens outside the lock, so
    the upload is looked for again before the one mutation: an upload that ended meanwhile refuses the part.
    """
    require_part_address(params)
    bucket = bucket_at_arrival(context, params)
    upload = upload_of(bucket, params)
    sse = upload.attributes.encryption
    number = context.part_number(params["PartNumber"])
    integrity.require_md5_form(params)
    declared = integrity.declared_checksum(params, params["Body"])
    key_md5 = encryption.part_key(context, params)
    encryption.require_part_key(context, key_md5, sse)
    require_algorithm(upload, declared)
    if object_lock.CONFIGURATION in bucket.configurations:  # without Object Lock nothing is locked
        object_lock.require_part_digest(bucket, upload, params)
    context.rules(bucket).require_digest(bucket, params)
    context.require_size(params["Body"].declared_size, context.limits.max_part_size)
    content, declared = integrity.receive(params, declared, *digests_for(upload))
    context.require_size(content.size, context.limits.max_part_size)
    if declared is None and upload.algorithm is not None:
        declared = DeclaredChecksum(upload.algorithm, upload.algorithm.encode(content.digest(upload.algorithm)))
    part = new_part(context, number, content, sse, declared)
    with context.store.lock:
        upload_of(bucket_of(context, params), params).parts[number] = part
    result: UploadPartOutput = {"ETag": f'"{part.etag}"'}
    if declared is not None:
        result[declared.algorithm.member] = declared.value
    result.update(encryption.fields_of(sse))
    return result


def require_part_address(params: PartRequest) -> None:
    """Refuse a part without its upload id, or without its number: what is left is no request of S3 (public)."""
    if not params.get("UploadId"):
        raise S3Error(errors.MISSING_UPLOAD_ID, ArgumentName="partNumber", ArgumentValue="partNumber")
    if "PartNumber" not in params:
        raise S3Error(
            errors.METHOD_NOT_ALLOWED, headers={"allow": "DELETE, POST, GET"}, Method="PUT", ResourceType="UPLOAD"
        )


def require_algorithm(upload: MultipartUpload, declared: DeclaredChecksum | None) -> None:
    """Refuse a part whose checksum is not of the upload's algorithm (recorded aws-multipart 31, 32).

    A part without one is refused too, unless the upload is FULL_OBJECT, where S3 computes it (public).
    """
    if upload.algorithm is None or (declared is None and not upload.is_composite):
        return
    if declared is None or declared.algorithm is not upload.algorithm:
        raise S3Error(
            errors.CHECKSUM_MISMATCH,
            expected=upload.algorithm.name.lower(),
            actual="null" if declared is None else declared.algorithm.name.lower(),
        )


def digests_for(upload: MultipartUpload) -> tuple[Algorithm, ...]:
    """Return the digests of a part that Complete will want: CRC64NVME when no algorithm was asked for.

    An upload with SSE-C answers no checksum then (recorded aws-multipart 3, 46).
    """
    if upload.algorithm is not None:
        return (upload.algorithm,)
    return () if upload.attributes.encryption.is_customer else (CRC64NVME,)


def new_part(
    context: Context, number: int, content: Content, sse: Encryption, declared: DeclaredChecksum | None
) -> Part:
    """Make a part of verified content; its ETag is the MD5 only where S3's is (recorded aws-multipart 2, 45)."""
    return Part(
        number,
        context.store.intern(content),
        content.md5.hex() if sse.etag_is_md5 else context.ids.opaque_etag(),
        context.now(),
        declared.algorithm if declared else None,
        declared.value if declared else None,
        sse.key_md5,
    )


def abort_multipart_upload(context: Context, params: AbortMultipartUploadRequest) -> AbortMultipartUploadOutput:
    """End an upload and free its parts; an unknown id is 404, not 204 (recorded aws-multipart 4).

    For a day after an upload was aborted or completed, an Abort of it is 204 and does nothing (public:
    aws-changes 7).
    """
    bucket = bucket_of(context, params)
    if "IfMatchInitiatedTime" in params:
        raise S3Error(errors.HEADER_NOT_IMPLEMENTED, Header="x-amz-if-match-initiated-time")
    if context.dialect.aborts_again and bucket.ended_lately(params["UploadId"], params["Key"]):
        return {}
    bucket.abort(upload_of(bucket, params))
    return {}

"""CreateMultipartUpload, UploadPart and AbortMultipartUpload: an upload from its start to the last part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import checksums, errors
from fakecos.facts.checksums import CRC64NVME
from fakecos.facts.errors import S3Error
from fakecos.model.part import Part
from fakecos.model.upload import MultipartUpload
from fakecos.operations import acl, attributes, encryption, integrity, lifecycle, object_lock_rules, preconditions
from fakecos.operations.immutable_storage import retention
from fakecos.operations.integrity import Claim
from fakecos.operations.lookup import bucket_of, upload_of

if TYPE_CHECKING:
    from fakecos.facts.checksums import Algorithm
    from fakecos.model.content import Content
    from fakecos.model.encryption import Encryption
    from fakecos.operations.context import Params, Result, World


def create_multipart_upload(world: World, params: Params) -> Result:
    """Open an upload; what the object will carry is fixed here (recorded aws-multipart 1, 27-30, 45)."""
    attributes.require_key(world, params["Key"])
    algorithm, checksum_type = checksum_of(params)
    carried = attributes.requested(world, params, params.get("ContentEncoding"))
    bucket = bucket_of(world, params)
    carried = acl.owned(world, bucket, carried, params)
    object_lock_rules.require_lockable(bucket, params, carried.lock)
    upload = MultipartUpload(world.new_upload_id(), params["Key"], carried, world.now(), algorithm, checksum_type)
    upload.conditions = preconditions.of_upload(world, params, bucket)
    bucket.open(upload)
    result: Result = {"Bucket": bucket.name, "Key": upload.key, "UploadId": upload.upload_id}
    if algorithm is not None:
        result["ChecksumAlgorithm"] = algorithm.name
        result["ChecksumType"] = checksum_type
    result.update(encryption.fields_of(carried.encryption))
    result.update(encryption.context_of(carried.encryption))
    result.update(lifecycle.abort_fields(bucket, upload))
    return result


def checksum_of(params: Params) -> tuple[Algorithm | None, str | None]:
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


def upload_part(world: World, params: Params) -> Result:
    """Store one part of an open upload; a second upload of a number replaces the first.

    The order of checks is documented in docs/reference/order-of-checks.md. Hashing happens outside the lock, so
    the upload is looked for again before the one mutation: an upload that ended meanwhile refuses the part.
    """
    require_part_address(params)
    with world.store.lock:
        bucket = bucket_of(world, params)
        upload = upload_of(bucket, params)
    sse = upload.attributes.encryption
    number = world.part_number(params["PartNumber"])
    integrity.require_md5_form(params)
    claim = integrity.claimed(params, params["Body"])
    key_md5 = encryption.part_key(world, params)
    encryption.require_part_key(key_md5, sse)
    require_algorithm(upload, claim)
    object_lock_rules.require_part_digest(bucket, upload, params)
    retention.require_digest(bucket, params)
    world.require_size(params["Body"].declared_size, world.limits.max_part_size)
    content, claim = integrity.receive(params, claim, *digests_for(upload))
    world.require_size(content.size, world.limits.max_part_size)
    if claim is None and upload.algorithm is not None:
        claim = Claim(upload.algorithm, upload.algorithm.encode(content.digest(upload.algorithm)))
    part = new_part(world, number, content, sse, claim)
    with world.store.lock:
        upload_of(bucket_of(world, params), params).parts[number] = part
    result: Result = {"ETag": f'"{part.etag}"'}
    if claim is not None:
        result[claim.algorithm.member] = claim.value
    result.update(encryption.fields_of(sse))
    return result


def require_part_address(params: Params) -> None:
    """Refuse a part without its upload id, or without its number: what is left is no request of S3 (public)."""
    if not params.get("UploadId"):
        raise S3Error(errors.MISSING_UPLOAD_ID, ArgumentName="partNumber", ArgumentValue="partNumber")
    if "PartNumber" not in params:
        raise S3Error(
            errors.METHOD_NOT_ALLOWED, headers={"allow": "DELETE, POST, GET"}, Method="PUT", ResourceType="UPLOAD"
        )


def require_algorithm(upload: MultipartUpload, claim: Claim | None) -> None:
    """Refuse a part whose checksum is not of the upload's algorithm (recorded aws-multipart 31, 32).

    A part without one is refused too, unless the upload is FULL_OBJECT, where S3 computes it (public).
    """
    if upload.algorithm is None or (claim is None and not upload.is_composite):
        return
    if claim is None or claim.algorithm is not upload.algorithm:
        raise S3Error(
            errors.CHECKSUM_MISMATCH,
            expected=upload.algorithm.name.lower(),
            actual="null" if claim is None else claim.algorithm.name.lower(),
        )


def digests_for(upload: MultipartUpload) -> tuple[Algorithm, ...]:
    """Return the digests of a part that Complete will want: CRC64NVME when no algorithm was asked for.

    An upload with SSE-C answers no checksum then (recorded aws-multipart 3, 46).
    """
    if upload.algorithm is not None:
        return (upload.algorithm,)
    return () if upload.attributes.encryption.is_customer else (CRC64NVME,)


def new_part(world: World, number: int, content: Content, sse: Encryption, claim: Claim | None) -> Part:
    """Make a part of verified content; its ETag is the MD5 only where S3's is (recorded aws-multipart 2, 45)."""
    return Part(
        number,
        world.store.keep(content),
        content.md5.hex() if sse.etag_is_md5 else world.ids.opaque_etag(),
        world.now(),
        claim.algorithm if claim else None,
        claim.value if claim else None,
        sse.key_md5,
    )


def abort_multipart_upload(world: World, params: Params) -> Result:
    """End an upload and free its parts; an unknown id is 404, not 204 (recorded aws-multipart 4)."""
    bucket = bucket_of(world, params)
    if "IfMatchInitiatedTime" in params:
        raise S3Error(errors.HEADER_NOT_IMPLEMENTED, Header="x-amz-if-match-initiated-time")
    bucket.abort(upload_of(bucket, params))
    return {}

"""PutObject: an object is stored whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import checksums, errors
from fakecos.facts.checksums import CRC64NVME
from fakecos.facts.errors import S3Error
from fakecos.model.checksum import Checksum
from fakecos.model.object import StoredObject
from fakecos.operations import (
    acl,
    attributes,
    encryption,
    integrity,
    lifecycle_headers,
    object_lock,
    preconditions,
)
from fakecos.operations.lookup import bucket_at_arrival, bucket_of, new_version_fields

if TYPE_CHECKING:
    from fakecos.model.attributes import Attributes
    from fakecos.model.content import Content
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        PutObjectOutput,
        PutObjectRequest,
    )

FORM = "PostObject"
"""The operation by which a browser's form is stored."""


def put_object(context: Context, params: PutObjectRequest) -> PutObjectOutput:
    """Store an object in one request; without a checksum of the client's S3 takes CRC64NVME (recorded checksums 4)."""
    payload = params["Body"]
    bucket = bucket_at_arrival(context, params)
    attributes.require_key(context, params["Key"])
    if "WriteOffsetBytes" in params:
        raise S3Error(errors.HEADER_NOT_IMPLEMENTED, Header="x-amz-write-offset-bytes")
    integrity.require_md5_form(params)
    declared = integrity.declared_checksum(params, payload)
    preconditions.require_write_form(params)
    carried = attributes.requested(context, params, payload.content_encoding)
    carried = acl.owned(context, bucket, carried, params)
    object_lock.require_lockable(bucket, params, carried.lock)
    context.rules(bucket).require_writable(context, bucket, params)
    context.require_size(payload.declared_size, context.limits.max_put_size)
    wanted = declared.algorithm if declared else CRC64NVME
    content, declared = integrity.receive(params, declared, wanted, hex_digest=True)
    context.require_size(content.size, context.limits.max_put_size)
    stored = new_object(context, params["Key"], content, carried, checksums.ALGORITHMS[wanted.name])
    with context.store.lock:
        bucket = bucket_of(context, params)
        preconditions.require_write(params, bucket, stored.key)
        rules = context.rules(bucket)
        rules.require_writable(context, bucket, params)
        stored.version_id = context.version_id(bucket)
        stored = rules.stored(bucket, params, object_lock.retained(bucket, stored))
        bucket.put(stored)
        if context.changes is not None:
            is_form = context.request_info.operation == FORM
            context.note(bucket, "ObjectCreated:Post" if is_form else "ObjectCreated:Put", stored)
    return {**put_answer(stored), **new_version_fields(stored), **lifecycle_headers.expiry_fields(bucket, stored)}


def new_object(
    context: Context, key: str, content: Content, carried: Attributes, algorithm: checksums.Algorithm
) -> StoredObject:
    """Make an object of verified content, with a FULL_OBJECT checksum of the algorithm."""
    kept = context.store.intern(content)
    etag = content.md5.hex() if carried.encryption.etag_is_md5 else context.ids.opaque_etag()
    checksum = Checksum(algorithm, checksums.FULL_OBJECT, content.digest(algorithm))
    return StoredObject(key, kept, etag, context.now(), carried, checksum)


def put_answer(stored: StoredObject) -> PutObjectOutput:
    """Return the answer of a Put (recorded aws-objects 1; SSE-C checksums 14)."""
    result: PutObjectOutput = {"ETag": f'"{stored.etag}"'}
    if stored.checksum is not None:
        result[stored.checksum.algorithm.member] = stored.checksum.text
        result["ChecksumType"] = stored.checksum.type
    result.update(encryption.fields_of(stored.attributes.encryption))
    result.update(encryption.context_of(stored.attributes.encryption))
    return result

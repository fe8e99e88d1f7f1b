"""PutObject, DeleteObject and DeleteObjects: objects come and go whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import checksums
from fakecos.facts.checksums import CRC64NVME
from fakecos.facts.error_table import (
    HEADER_NOT_IMPLEMENTED,
    MALFORMED_XML,
    NO_LOCK_TO_BYPASS,
    PRECONDITION_FAILED,
)
from fakecos.facts.errors import S3Error
from fakecos.model.checksum import Checksum
from fakecos.model.object import StoredObject
from fakecos.operations import access, acl, attributes, conditions, encryption, integrity, lifecycle
from fakecos.operations.lookup import bucket_of, require_version

if TYPE_CHECKING:
    from fakecos.model.attributes import Attributes
    from fakecos.model.bucket import Bucket
    from fakecos.model.content import Content
    from fakecos.operations.world import Params, Result, World


def put_object(world: World, params: Params) -> Result:
    """Store an object in one request; without a checksum of the client's S3 takes CRC64NVME (recorded checksums 4)."""
    payload = params["Body"]
    with world.store.lock:
        bucket = bucket_of(world, params)
    attributes.require_key(world, params["Key"])
    if "WriteOffsetBytes" in params:
        raise S3Error(HEADER_NOT_IMPLEMENTED, Header="x-amz-write-offset-bytes")
    integrity.require_md5_form(params)
    claim = integrity.claimed(params, payload)
    conditions.require_write_form(params)
    carried = attributes.requested(world, params, payload.content_encoding)
    carried = acl.owned(world, bucket, carried, params)
    world.require_size(payload.declared_size, world.limits.max_put_size)
    wanted = claim.algorithm if claim else CRC64NVME
    content, claim = integrity.receive(params, claim, wanted, hex_digest=True)
    world.require_size(content.size, world.limits.max_put_size)
    stored = new_object(world, params["Key"], content, carried, checksums.ALGORITHMS[wanted.name])
    with world.store.lock:
        bucket = bucket_of(world, params)
        conditions.require_write(params, bucket, stored.key)
        bucket.put(stored)
    return {**put_answer(stored), **lifecycle.expiry_fields(bucket, stored)}


def new_object(
    world: World, key: str, content: Content, carried: Attributes, algorithm: checksums.Algorithm
) -> StoredObject:
    """Make an object of verified content, with a FULL_OBJECT checksum of the algorithm."""
    kept = world.store.keep(content)
    etag = content.md5.hex() if carried.encryption.etag_is_md5 else world.ids.opaque_etag()
    checksum = Checksum(algorithm, checksums.FULL_OBJECT, content.digest(algorithm))
    return StoredObject(key, kept, etag, world.now(), carried, checksum)


def put_answer(stored: StoredObject) -> Result:
    """Return the answer of a Put (recorded aws-objects 1; SSE-C checksums 14)."""
    result: Result = {"ETag": f'"{stored.etag}"'}
    if stored.checksum is not None:
        result[stored.checksum.algorithm.member] = stored.checksum.text
        result["ChecksumType"] = stored.checksum.type
    result.update(encryption.fields_of(stored.attributes.encryption))
    result.update(encryption.context_of(stored.attributes.encryption))
    return result


def delete_object(world: World, params: Params) -> Result:
    """Delete an object; deleting what is not there succeeds (recorded aws-objects 24-26, 45, 72)."""
    bucket = bucket_of(world, params)
    key = params["Key"]
    if "BypassGovernanceRetention" in params:
        raise S3Error(NO_LOCK_TO_BYPASS, ArgumentName="x-amz-bypass-governance-retention")
    for member, header in (
        ("IfMatchLastModifiedTime", "x-amz-if-match-last-modified-time"),
        ("IfMatchSize", "x-amz-if-match-size"),
    ):
        if member in params:
            raise S3Error(HEADER_NOT_IMPLEMENTED, Header=header)
    if params.get("VersionId") is not None:
        require_version(key, params["VersionId"])
    require_delete_condition(params.get("IfMatch"), bucket, key)
    bucket.remove(key)
    return {}


def require_delete_condition(if_match: str | None, bucket: Bucket, key: str) -> None:
    """Judge If-Match of a delete (recorded aws-objects 24); a missing object fails it (assumed)."""
    if if_match is None:
        return
    stored = bucket.objects.get(key)
    if stored is None or not conditions.matches(if_match, stored.etag):
        raise S3Error(PRECONDITION_FAILED, Condition="If-Match")


def delete_objects(world: World, params: Params) -> Result:
    """Delete up to 1,000 keys; missing ones count as deleted (recorded aws-objects 45), Quiet hides successes."""
    bucket = bucket_of(world, params)
    if "BypassGovernanceRetention" in params:
        raise S3Error(NO_LOCK_TO_BYPASS, ArgumentName="x-amz-bypass-governance-retention")
    document = params.get("Delete") or {}
    entries = document.get("Objects") or []
    if not 1 <= len(entries) <= world.limits.max_delete:
        raise S3Error(MALFORMED_XML)
    world.notice_over("MalformedXML, keys in one DeleteObjects:", len(entries), world.dialect.limits.max_delete)
    for entry in entries:
        attributes.require_key(world, entry["Key"])
    deleted: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for entry in entries:
        try:
            access.require_deletable(world, bucket, entry, params)
            deleted.append(_delete_entry(bucket, entry))
        except S3Error as error:
            version = {"VersionId": entry["VersionId"]} if "VersionId" in entry else {}
            errors.append({"Key": entry["Key"], **version, "Code": error.code, "Message": error.message})
    result: Result = {"Errors": errors} if errors else {}
    if deleted and document.get("Quiet") is not True:
        result["Deleted"] = deleted
    return result


def _delete_entry(bucket: Bucket, entry: dict[str, Any]) -> dict[str, Any]:
    key = entry["Key"]
    version = entry.get("VersionId")
    if version is not None:
        require_version(key, version)
    require_delete_condition(entry.get("ETag"), bucket, key)
    bucket.remove(key)
    return {"Key": key} if version is None else {"Key": key, "VersionId": version}

"""What somebody else does to the store while the client under test is busy: by the model's own methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts.checksums import CRC64NVME, MD5
from fakecos.facts.exceptions import UsageError
from fakecos.facts.limits import AWS
from fakecos.faults.corruption import flipped, flipped_content
from fakecos.faults.matching import read_place
from fakecos.faults.outcomes import Meanwhile
from fakecos.model.attributes import Attributes
from fakecos.model.content import Content
from fakecos.operations import complete_multipart_upload
from fakecos.usage import did_you_mean

if TYPE_CHECKING:
    from fakecos.faults.matching import Request
    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.model.store import Store
    from fakecos.model.upload import MultipartUpload
    from fakecos.operations.context import Context

OF_OBJECTS = frozenset({Meanwhile.OBJECT_REPLACED, Meanwhile.OBJECT_DELETED, Meanwhile.OBJECT_WRITTEN})
_INVERTED = bytes(255 - value for value in range(256))
"""For `bytes.translate`: other bytes of the same length."""
_BY_ANOTHER = b"written by somebody else\n"


def act(state: Meanwhile, context: Context, request: Request) -> str | None:
    """Change the store; return why that cannot be, or None."""
    store = context.store
    with store.lock:
        bucket = store.buckets.get(request.bucket or "")
        if bucket is None:
            return f"there is no bucket {request.bucket!r}"
        if state is Meanwhile.BUCKET_GONE:
            del store.buckets[bucket.name]
            return None
        if state in OF_OBJECTS:
            place = (bucket.name, request.key or "") if state is Meanwhile.OBJECT_WRITTEN else read_place(request)
            return change_object(state, context, *place)
        upload = bucket.uploads.get(request.upload_id or "")
        if upload is None or upload.key != request.key:
            return "its upload is not open"
        if state is Meanwhile.UPLOAD_ABORTED:
            bucket.abort(upload)
            return None
        return complete(context, bucket, upload)


def change_object(state: Meanwhile, context: Context, name: str, key: str) -> str | None:
    """Replace, delete or write an object; return why that cannot be, or None."""
    bucket = context.store.buckets.get(name)
    stored = None if bucket is None else bucket.objects.get(key)
    if bucket is not None and stored is None and state is Meanwhile.OBJECT_WRITTEN:
        _write_first(context, bucket, key)
        return None
    if bucket is None or stored is None:
        return f"there is no object {key!r}"
    if state is Meanwhile.OBJECT_DELETED:
        from fakecos.operations.delete_object import delete  # rarely needed

        delete(context, bucket, key)
        return None
    content = _another(stored.content, longer=state is Meanwhile.OBJECT_WRITTEN)
    other = stored.changed(
        content=content,
        etag=content.md5.hex() if _is_readable(content) else context.ids.opaque_etag(),
        checksum=None,
        parts=(),
        last_modified=context.now(),
        replication=None,
    )
    other.version_id = context.version_id(bucket)
    bucket.put(other)
    return None


def _another(content: Content, *, longer: bool) -> Content:
    """Return what somebody else wrote: a byte more, or as many others."""
    if longer:
        return Content.of(content.read() + b"\n") if content.is_held else Content.join((content, Content.of(b"\n")))
    if content.is_held:
        return Content.of(content.read().translate(_INVERTED))
    return flipped_content(content, 0)  # one byte of those that are not held: the others need not be read


def _is_readable(content: Content) -> bool:
    """Whether an MD5 of it can be had: of a synthetic one that is larger than one PutObject it takes too long."""
    return content.is_held or content.size <= AWS.max_put_size


def _write_first(context: Context, bucket: Bucket, key: str) -> None:
    from fakecos.operations.put_object import new_object

    made = new_object(context, key, Content.of(_BY_ANOTHER), Attributes(), CRC64NVME)
    made.version_id = context.version_id(bucket)
    bucket.put(made)


def complete(context: Context, bucket: Bucket, upload: MultipartUpload) -> str | None:
    """Complete an upload with the parts that it has; return why S3 would refuse that, or None."""
    numbers = sorted(upload.parts)
    parts = [upload.parts[number] for number in numbers]
    if not parts:
        return "its upload has no part to complete it with"
    if any(part.size < context.limits.min_part_size for part in parts[:-1]):
        return "its upload has a part that is too small to complete it"
    if upload.is_composite and numbers != list(range(1, len(parts) + 1)):
        return "its upload has gaps between its parts, with which its COMPOSITE checksum cannot be made"
    named: list[dict[str, Any]] = [{"PartNumber": part.number, "ETag": f'"{part.etag}"'} for part in parts]
    if upload.algorithm is not None:
        for entry, part in zip(named, parts, strict=True):
            entry[upload.algorithm.member] = part.checksum
    stored = complete_multipart_upload.joined(
        context, bucket, upload, parts, complete_multipart_upload.object_checksum(upload, parts)
    )
    bucket.complete(upload, stored, named, complete_multipart_upload.answer_for(context, bucket, stored))
    return None


def lose_part(store: Store, request: Request) -> None:
    """Forget a part that was just stored."""
    with store.lock:
        bucket = store.buckets.get(request.bucket or "")
        upload = None if bucket is None else bucket.uploads.get(request.upload_id or "")
        if upload is not None and request.part_number is not None:
            upload.parts.pop(request.part_number, None)


def corrupt_stored(
    store: Store, bucket: str, key: str, bit: int, part_number: int | None, upload_id: str | None
) -> None:
    """Turn round a bit of an object, or of a part: of an open upload of the key if there is one.

    Digests and checksums stay what they were when the bytes came. UsageError: there is nothing of that kind.
    """
    if type(bit) is not int:
        message = f"corrupt_stored(bit={bit!r}): it is the number of a bit, from the first or, with a minus, the last."
        raise UsageError(message)
    with store.lock:
        held = store.buckets.get(bucket)
        if held is None:
            message = f"corrupt_stored: there is no bucket {bucket!r}{did_you_mean(bucket, store.buckets) or '.'}"
            raise UsageError(message)
        upload = _upload_to_corrupt(held, key, part_number, upload_id)
        if upload is not None:
            _corrupt_part(upload, part_number, bit)
            return
        stored = held.objects.get(key)
        if stored is None:
            message = (
                f"corrupt_stored: there is no object {key!r} in {bucket!r}, and no open upload of it with that part"
                f"{did_you_mean(key, held.objects) or '.'}"
            )
            raise UsageError(message)
        first, size = _extent(stored, part_number)
        if not -size * 8 <= bit < size * 8:
            message = f"corrupt_stored: there is no bit {bit} in {size} bytes."
            raise UsageError(message)
        place = first * 8 + (bit if bit >= 0 else size * 8 + bit)
        held.replace(stored.changed(content=_corrupted(stored.content, place)))


def _upload_to_corrupt(
    bucket: Bucket, key: str, part_number: int | None, upload_id: str | None
) -> MultipartUpload | None:
    if part_number is None and upload_id is None:
        return None
    found = [
        upload
        for upload in bucket.uploads.values()
        if upload.key == key
        and upload_id in {None, upload.upload_id}
        and (upload_id is not None or part_number in upload.parts)
    ]
    if len(found) > 1:
        message = (
            f"corrupt_stored: {len(found)} open uploads of {key!r} have a part {part_number}: "
            "name one with upload_id=..."
        )
        raise UsageError(message)
    if upload_id is not None and not found:
        message = f"corrupt_stored: no upload of {key!r} with the id {upload_id!r} is open."
        raise UsageError(message)
    return found[0] if found else None


def _corrupt_part(upload: MultipartUpload, part_number: int | None, bit: int) -> None:
    part = upload.parts.get(part_number or 0)
    if part is None:
        message = (
            f"corrupt_stored: the open upload of {upload.key!r} has no part {part_number}; "
            f"it has {sorted(upload.parts) or 'none'}."
        )
        raise UsageError(message)
    if not -part.size * 8 <= bit < part.size * 8:
        message = f"corrupt_stored: there is no bit {bit} in {part.size} bytes."
        raise UsageError(message)
    upload.parts[part.number] = part._replace(content=_corrupted(part.content, bit))


def _extent(stored: StoredObject, part_number: int | None) -> tuple[int, int]:
    """Return offset and size of what is to be corrupted."""
    if part_number is None:
        return 0, stored.size
    part = next((part for part in stored.parts if part.number == part_number), None)
    if part is None:
        there = [part.number for part in stored.parts] or "none"
        message = f"corrupt_stored: {stored.key!r} has no part {part_number}; it has {there}."
        raise UsageError(message)
    return part.offset, part.size


def _corrupted(content: Content, bit: int) -> Content:
    """Return the content with a bit turned round, and with the digests that were taken of it before."""
    corrupted = Content.of(flipped(content.read(), bit)) if content.is_held else flipped_content(content, bit)
    for algorithm in (MD5, CRC64NVME) if _is_readable(content) else (CRC64NVME,):
        content.digest(algorithm)
    corrupted.set_digests_of(content)
    return corrupted

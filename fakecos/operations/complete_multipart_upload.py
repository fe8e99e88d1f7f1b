"""CompleteMultipartUpload: the parts that the client names, judged and joined into an object."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from fakecos.facts import checksums, errors
from fakecos.facts.checksums import CRC64NVME
from fakecos.facts.errors import S3Error
from fakecos.model.checksum import Checksum
from fakecos.model.content import Content
from fakecos.model.object import StoredObject
from fakecos.model.part import CompletedPart
from fakecos.operations import encryption, lifecycle_headers, object_lock, preconditions
from fakecos.operations.lookup import bucket_of, new_version_fields, upload_of

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.part import Part
    from fakecos.model.upload import EndedUpload, MultipartUpload
    from fakecos.operations.context import Context
    from fakecos.wire.types import CompleteMultipartUploadOutput, CompleteMultipartUploadRequest


def require_completable(context: Context, params: CompleteMultipartUploadRequest) -> None:
    """Judge what stands in the address and the headers of a Complete, before its document is read.

    Form of the conditions, then the upload's id, then the form of the other headers (public).
    """
    preconditions.require_write_form(params)
    bucket = bucket_of(context, params)
    ended = bucket.ended.get(params["UploadId"])
    if ended is None or ended.key != params["Key"]:
        upload_of(bucket, params)
    require_header_form(params)


def require_header_form(params: CompleteMultipartUploadRequest) -> None:
    """Refuse malformed x-amz-mp-object-size, x-amz-checksum-* and x-amz-checksum-type, and SSE headers (public)."""
    encryption.require_no_method(params)
    size = params.get("MpuObjectSize")
    if size is not None and type(size) is not int:
        raise S3Error(errors.INVALID_OBJECT_SIZE, given=size)
    if type(size) is int and size < 0:
        raise S3Error(errors.NEGATIVE_OBJECT_SIZE, given=size)
    given = checksums.given(params)
    if len(given) > 1:
        raise S3Error(errors.SEVERAL_CHECKSUMS)
    for algorithm, value in given:
        if algorithm.decode(value.partition("-")[0]) is None:
            raise S3Error(errors.INVALID_CHECKSUM_VALUE, header=algorithm.header)
    if (params.get("ChecksumType") or checksums.COMPOSITE).upper() not in {checksums.COMPOSITE, checksums.FULL_OBJECT}:
        raise S3Error(errors.INVALID_CHECKSUM_TYPE)


def complete_multipart_upload(
    context: Context, params: CompleteMultipartUploadRequest
) -> CompleteMultipartUploadOutput:
    """Make an object of the named parts, by reference: time grows with their number, not with their bytes.

    The order of checks is that of facts/check_order.
    """
    bucket = bucket_of(context, params)
    named = named_list(params)
    again = answer_again(bucket, params, named)
    if again is not None:
        return again
    upload = upload_of(bucket, params)
    require_numbers(context, named)
    encryption.require_completing_key(context, params, upload)
    parts = named_parts(params, upload, named)
    require_sizes(context, parts)
    checksum = object_checksum(upload, parts)
    require_object_checksum(params, upload, checksum)
    require_object_size(params, parts)
    preconditions.require_write(params, bucket, upload.key, upload)
    preconditions.require_write(upload.conditions, bucket, upload.key)
    rules = context.rules(bucket)
    rules.require_writable(context, bucket, params)
    notice_real_limits(context, parts)
    stored = object_lock.retained(bucket, joined(context, bucket, upload, parts, checksum))
    stored = rules.stored(bucket, params, stored)
    answer = answer_for(context, bucket, stored)
    bucket.complete(upload, stored, named, answer)
    context.note(bucket, "ObjectCreated:CompleteMultipartUpload", stored)
    return answer


def named_list(params: CompleteMultipartUploadRequest) -> list[dict[str, Any]]:
    """Return the list of parts of the request's document. No document is one error, an empty one another.

    Raises InvalidRequest (recorded aws-multipart 7), and MalformedXML also for a part without number or ETag (public).
    """
    document = params.get("MultipartUpload")
    if document is None:
        raise S3Error(errors.NO_PARTS)
    named: list[Any] = document.get("Parts") or []
    if not named:
        raise S3Error(errors.MALFORMED_XML)
    for entry in named:
        if type(entry.get("PartNumber")) is not int or "ETag" not in entry:
            raise S3Error(errors.MALFORMED_XML)
    return named


def answer_again(
    bucket: Bucket, params: CompleteMultipartUploadRequest, named: list[dict[str, Any]]
) -> CompleteMultipartUploadOutput | None:
    """Return the first answer of an upload completed before with the same list of parts; None if it is open.

    Documented ("CompleteMultipartUpload is idempotent") and public, not recorded. Another list is NoSuchUpload
    (assumed), and so is the same one once the object was overwritten or deleted; of a version it only matters whether
    that version is there, be it the newest or not (public).
    """
    ended = bucket.ended.get(params["UploadId"])
    if ended is None:
        return None
    if ended.answer is None or not is_same_list(ended.parts, named) or not is_still_there(bucket, ended):
        raise S3Error(errors.NO_SUCH_UPLOAD, UploadId=params["UploadId"])
    return ended.answer  # type: ignore[return-value]  # what `answer_for` made


def is_still_there(bucket: Bucket, ended: EndedUpload) -> bool:
    """Whether what an upload became is still stored; without a version id, whether it is the last write of its key."""
    version = (ended.answer or {}).get("VersionId")
    return bucket.is_last_write(ended) if version is None else bucket.version(ended.key, str(version)) is not None


def is_same_list(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> bool:
    """Whether two lists name the same parts: with or without quotes around an ETag is all one."""
    return first == second or [_unquoted(entry) for entry in first] == [_unquoted(entry) for entry in second]


def _unquoted(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "ETag": (entry.get("ETag") or "").strip('"')}


def require_mode(params: CompleteMultipartUploadRequest, upload: MultipartUpload) -> None:
    """Refuse another checksum type than that of Create; `null` is its name where none was given (recorded 34, 39)."""
    given = params.get("ChecksumType")
    if given is not None and given.upper() != upload.checksum_type:
        raise S3Error(errors.CHECKSUM_MODE_MISMATCH, mode=upload.checksum_type or "null")


def named_parts(
    params: CompleteMultipartUploadRequest, upload: MultipartUpload, named: list[dict[str, Any]]
) -> list[Part]:
    """Return the parts that the request names; refuse order, type, parts and checksums, in this order."""
    require_order(upload, named)
    require_mode(params, upload)
    parts = [found_part(upload, entry) for entry in named]
    require_part_checksums(upload, named, parts)
    return parts


def require_numbers(context: Context, named: list[dict[str, Any]]) -> None:
    """Refuse more parts than an upload may have, and part numbers below 1 (public).

    A number beyond the maximum is a part that was never uploaded (assumed).
    """
    if len(named) > context.limits.max_parts:
        name = "CompleteMultipartUpload"
        raise S3Error(errors.TOO_MANY_PARTS, ArgumentName=name, ArgumentValue=name, maximum=context.limits.max_parts)
    for entry in named:
        if entry["PartNumber"] < 1:
            raise S3Error(errors.PART_NUMBER_TOO_SMALL, ArgumentName="PartNumber", ArgumentValue=entry["PartNumber"])


def require_order(upload: MultipartUpload, named: list[dict[str, Any]]) -> None:
    """Refuse a list that does not ascend; a number given twice does not either (recorded aws-multipart 10)."""
    previous = 0
    for entry in named:
        number = entry["PartNumber"]
        if number <= previous:
            raise S3Error(errors.INVALID_PART_ORDER, UploadId=upload.upload_id)
        previous = number
    if upload.is_composite and previous != len(named):
        raise S3Error(errors.PARTS_NOT_CONSECUTIVE)


def found_part(upload: MultipartUpload, entry: dict[str, Any]) -> Part:
    """Return the part of a number if its ETag is the named one, with or without quotes (recorded aws-multipart 9)."""
    part = upload.parts.get(entry["PartNumber"])
    etag = entry["ETag"].strip('"')
    if part is None or etag != part.etag:
        raise S3Error(errors.INVALID_PART, UploadId=upload.upload_id, PartNumber=entry["PartNumber"], ETag=etag)
    return part


def require_part_checksums(upload: MultipartUpload, named: list[dict[str, Any]], parts: list[Part]) -> None:
    """Hold the checksums that the request names for its parts against those that came with them.

    COMPOSITE wants one for each part (recorded aws-multipart 37); another algorithm than the upload's is
    BadDigest (38), another value InvalidPart (8 of the checksum facts); an upload without an algorithm knows no part
    checksums, so naming one is InvalidPart (33).
    """
    algorithm = upload.algorithm
    for entry, part in zip(named, parts, strict=True):
        if len(entry) > 2:  # noqa: PLR2004  more than PartNumber and ETag
            given = checksums_named(entry)
            value = None if algorithm is None else given.pop(algorithm.name, None)
            if given and algorithm is not None:
                name = next(iter(given)).lower()
                raise S3Error(errors.BAD_PART_CHECKSUM, algorithm=name, number=part.number)
            if given or (value is not None and value != part.checksum):
                raise S3Error(errors.INVALID_PART, UploadId=upload.upload_id, PartNumber=part.number, ETag=part.etag)
            if value is not None:
                continue
        if algorithm is not None and upload.is_composite:
            raise S3Error(errors.PART_CHECKSUM_MISSING, algorithm=algorithm.name.lower(), number=part.number)


def checksums_named(entry: dict[str, Any]) -> dict[str, str]:
    """Return the checksum that one part of the list names, by algorithm; several are refused (public)."""
    given = checksums.given(entry)
    if len(given) > 1 or any(found.decode(value) is None for found, value in given):
        raise S3Error(errors.INVALID_PART_LIST_CHECKSUM, ArgumentName="Checksum")
    return {found.name: value for found, value in given}


def require_sizes(context: Context, parts: list[Part]) -> None:
    """Refuse a part that is too small and not the last (recorded aws-multipart 8), and an object too large."""
    minimum = context.limits.min_part_size
    for part in parts[:-1]:
        if part.content.size < minimum:
            raise S3Error(
                errors.ENTITY_TOO_SMALL,
                ProposedSize=part.size,
                MinSizeAllowed=minimum,
                PartNumber=part.number,
                ETag=part.etag,
            )
    context.require_size(sum(part.content.size for part in parts), context.limits.max_object_size)


def require_object_size(params: CompleteMultipartUploadRequest, parts: list[Part]) -> None:
    """Refuse a Complete whose x-amz-mp-object-size is not the size of the object (recorded aws-multipart 13)."""
    given = params.get("MpuObjectSize")
    size = sum(part.content.size for part in parts)
    if given is not None and given != size:
        raise S3Error(errors.OBJECT_SIZE_MISMATCH, given=given, computed=size)


def notice_real_limits(context: Context, parts: list[Part]) -> None:
    """Say which part the service would have found too small, where the test set another minimum."""
    real = context.dialect.limits
    if context.limits == real:
        return
    small = next((part for part in parts[:-1] if part.size < real.min_part_size), None)
    if small is not None:
        context.notice(
            f"would be refused by S3: EntityTooSmall, part {small.number} has {small.size} bytes, "
            f"the minimum is {real.min_part_size}"
        )


def object_checksum(upload: MultipartUpload, parts: list[Part]) -> Checksum | None:
    """Return the object's checksum, made of the parts' digests and never of the bytes.

    Without an algorithm it is CRC64NVME FULL_OBJECT (recorded aws-multipart 3), but none with SSE-C (46).
    """
    algorithm = upload.algorithm
    if algorithm is None:
        if upload.attributes.encryption.is_customer:
            return None
        algorithm = CRC64NVME
    elif upload.is_composite:
        of_digests = algorithm.compute((b"".join(part.content.digest(algorithm) for part in parts),))
        return Checksum(algorithm, checksums.COMPOSITE, of_digests, len(parts))
    digest = algorithm.combine((part.content.digest(algorithm), part.content.size) for part in parts)
    return Checksum(algorithm, checksums.FULL_OBJECT, digest)


def require_object_checksum(
    params: CompleteMultipartUploadRequest, upload: MultipartUpload, checksum: Checksum | None
) -> None:
    """Judge the checksum that the request names for the whole object.

    An upload without an algorithm ignores it (recorded aws-multipart 35). A FULL_OBJECT value counts only
    together with x-amz-checksum-type, and whatever else is given is the same BadDigest (40). For a COMPOSITE
    upload the value must be that of the answer, `value-N` (assumed).
    """
    algorithm = upload.algorithm
    if algorithm is None or checksum is None:
        return
    given = {found.name: value for found, value in checksums.given(params)}
    if not given:
        return
    typed = params.get("ChecksumType") is not None or upload.is_composite
    if not typed or given != {algorithm.name: checksum.text}:
        named = ", ".join(f"{name} {value}" for name, value in given.items())
        why = f"Complete names {named}, and the object's is {algorithm.name} {checksum.text} ({checksum.type})."
        if not typed:
            why = f"{why} Give it with ChecksumType, or leave it away."
        raise S3Error(errors.BAD_CHECKSUM, explanation=why, algorithm=algorithm.name.lower())


def joined(
    context: Context, bucket: Bucket, upload: MultipartUpload, parts: list[Part], checksum: Checksum | None
) -> StoredObject:
    """Return the object: a rope of the parts' bytes, with the MD5 of the MD5s and the count as its ETag."""
    sse = upload.attributes.encryption
    digests = b"".join(part.content.md5 for part in parts)
    md5 = hashlib.md5(digests, usedforsecurity=False).hexdigest() if sse.etag_is_md5 else context.ids.opaque_etag()
    content = Content.join(part.content for part in parts)
    if checksum is not None and checksum.is_full_object:
        content.set_digest(checksum.algorithm, checksum.digest)
    keeps_checksums = upload.algorithm is not None
    offset = 0
    pieces: list[CompletedPart] = []
    for part in parts:
        value = part.checksum if keeps_checksums else None
        pieces.append(CompletedPart(part.number, offset, part.content.size, part.etag, value))
        offset += part.content.size
    etag = f"{md5}-{len(parts)}"
    stored = StoredObject(upload.key, content, etag, context.now(), upload.attributes, checksum, tuple(pieces))
    stored.version_id = context.version_id(bucket)
    return stored


def answer_for(context: Context, bucket: Bucket, stored: StoredObject) -> CompleteMultipartUploadOutput:
    """Return the answer; with SSE-C it has neither encryption nor checksum (recorded aws-multipart 3, 46)."""
    answer: CompleteMultipartUploadOutput = {
        "Location": context.request_info.url,
        "Bucket": bucket.name,
        "Key": stored.key,
        "ETag": f'"{stored.etag}"',
        **new_version_fields(stored),
        **lifecycle_headers.expiry_fields(bucket, stored),
    }
    if stored.attributes.encryption.is_customer:
        return answer
    if stored.checksum is not None:
        answer[stored.checksum.algorithm.member] = stored.checksum.text
        answer["ChecksumType"] = stored.checksum.type
    answer.update(encryption.fields_of(stored.attributes.encryption))
    return answer

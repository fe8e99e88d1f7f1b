"""CompleteMultipartUpload: the checksums that the request names, of the parts and of the object."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.promises.recorded import ETAGS, Upload
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.digests import checksum_of
from fakecos.contract.steps.messages import INVALID_PART
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.facts import checksums

# --- of the parts -----------------------------------------------------------------------------------------


def invalid(upload_id: str, number: str = "1", etag: str = ETAGS[0]) -> dict[str, Any]:
    return {
        "code": "InvalidPart",
        "message": INVALID_PART,
        "status": 400,
        "UploadId": upload_id,
        "PartNumber": number,
        "ETag": etag,
    }


@promise
@cases(("kind", "name"), [("COMPOSITE", "CRC32"), ("FULL_OBJECT", "CRC64NVME")])
def a_wrong_part_checksum_is_an_invalid_part(cos: Service, client: Any, kind: str, name: str) -> None:
    """Source: recorded aws-checksums-and-sse 8, 9."""
    upload = Upload(client, kind, name)
    with refused(cos, **invalid(upload.upload_id)):
        upload.finish(upload.listed(**{f"Checksum{name}": checksum_of(name, b"other")}))


@promise
@cases("name", ["CRC32", "SHA256"])
def a_composite_upload_wants_the_checksum_of_each_part(cos: Service, client: Any, name: str) -> None:
    """Source: recorded aws-multipart 37, aws-checksums-and-sse 8."""
    upload = Upload(client, "COMPOSITE", name)
    message = (
        f"The upload was created using a {name.lower()} checksum. "
        "The complete request must include the checksum for each part. It was missing for part {} in the request."
    )
    bare = [{"PartNumber": number, "ETag": answer["ETag"]} for number, answer in enumerate(upload.answers, 1)]
    with refused(cos, "InvalidRequest", message.format(1), 400):
        upload.finish(bare)
    with refused(cos, "InvalidRequest", message.format(2), 400):
        upload.finish([upload.listed()[0], *bare[1:]])


@promise
def another_algorithms_part_checksum_is_a_bad_digest(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 38."""
    upload_id = create_upload(client, ChecksumAlgorithm="CRC32")
    part = upload_part(client, upload_id, b"abc")
    message = "The sha256 you specified for part 1 did not match what we received."
    with refused(cos, "BadDigest", message, 400):
        complete_upload(client, upload_id, completed_part(1, part, ChecksumSHA256=checksum_of("SHA256", b"abc")))


@promise
def a_full_object_upload_does_not_want_them(client: Any) -> None:
    """Source: recorded aws-checksums-and-sse 9 by analogy; documented."""
    upload_id = create_upload(client, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    answer = complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id, b"abc")))
    assert (answer["ChecksumCRC32"], answer["ChecksumType"]) == ("NSRBwg==", "FULL_OBJECT")


@promise
def its_part_reads_have_no_checksum(aws: Any) -> None:
    """Source: recorded aws-multipart 16."""
    upload_id = create_upload(aws)
    bodies = (bytes(5_242_896), b"test content 123")
    parts = [completed_part(number, upload_part(aws, upload_id, body, number)) for number, body in enumerate(bodies, 1)]
    complete_upload(aws, upload_id, *parts)
    for mode in ({}, {"ChecksumMode": "ENABLED"}):
        part = members_of(aws.get_object(Bucket=BUCKET, Key=KEY, PartNumber=2, **mode))
        assert not any(name.startswith("Checksum") for name in part)
        assert part["ContentRange"] == "bytes 5242896-5242911/5242912"


# --- of the object ----------------------------------------------------------------------------------------


@promise
@cases(("created", "given"), [("COMPOSITE", "FULL_OBJECT"), ("FULL_OBJECT", "COMPOSITE")])
def another_type_than_that_of_create_is_refused(cos: Service, client: Any, created: str, given: str) -> None:
    """Source: recorded aws-multipart 39, 72."""
    upload_id = create_upload(client, ChecksumAlgorithm="CRC32", ChecksumType=created)
    part = completed_part(1, upload_part(client, upload_id, b"abc"), checksums=True)
    message = (
        f"The upload was created using the {created} checksum mode. "
        "The complete request must use the same checksum mode."
    )
    with refused(cos, "InvalidRequest", message, 400):
        complete_upload(client, upload_id, part, ChecksumType=given)


@promise
@cases("more", [{}, {"ChecksumType": "COMPOSITE"}])
def a_composite_value_is_verified(cos: Service, client: Any, more: dict[str, str]) -> None:
    """Source: public for a value without its suffix; that the right one is taken is assumed."""
    upload_id = create_upload(client, ChecksumAlgorithm="SHA256")
    part = completed_part(1, upload_part(client, upload_id, b"abc", ChecksumAlgorithm="SHA256"), checksums=True)
    right = checksum_of("SHA256", checksums.SHA256.compute((b"abc",)))
    with refused(cos, "BadDigest", "The sha256 you specified did not match the calculated checksum.", 400):
        complete_upload(client, upload_id, part, ChecksumSHA256=checksum_of("SHA256", b"abc"), **more)
    answer = complete_upload(client, upload_id, part, ChecksumSHA256=f"{right}-1", **more)
    assert answer["ChecksumSHA256"] == f"{right}-1"

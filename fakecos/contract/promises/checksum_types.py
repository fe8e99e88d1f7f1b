"""Which checksum an upload may ask for: algorithms, COMPOSITE and FULL_OBJECT, and the default of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import UPLOAD_ID, http_status, members_of
from fakecos.contract.steps.names import AWS, BUCKET, IBM, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload
from fakecos.facts import checksums

if TYPE_CHECKING:
    from collections.abc import Callable


COMPOSITE, FULL_OBJECT = checksums.COMPOSITE, checksums.FULL_OBJECT
RECORDED = ("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256")
ASSUMED = ("SHA512", "MD5", "XXHASH64", "XXHASH3", "XXHASH128")
DEFAULTS = {
    "CRC32": COMPOSITE,
    "CRC32C": COMPOSITE,
    "CRC64NVME": FULL_OBJECT,
    "SHA1": COMPOSITE,
    "SHA256": COMPOSITE,
}
ALLOWED = {
    (COMPOSITE, "CRC32"),
    (COMPOSITE, "CRC32C"),
    (COMPOSITE, "SHA1"),
    (COMPOSITE, "SHA256"),
    (FULL_OBJECT, "CRC32"),
    (FULL_OBJECT, "CRC32C"),
    (FULL_OBJECT, "CRC64NVME"),
    *((COMPOSITE, name) for name in ASSUMED),
}
PAIRS = [
    (dialect, kind, name)
    for dialect in (AWS, IBM)
    for kind in (COMPOSITE, FULL_OBJECT)
    for name in RECORDED + ASSUMED * (dialect == AWS)
]


def created(name: str, kind: str) -> dict[str, str]:
    return {
        "Bucket": BUCKET,
        "Key": KEY,
        "ChecksumAlgorithm": name,
        "ChecksumType": kind,
        "ServerSideEncryption": "AES256",
        "UploadId": UPLOAD_ID,
    }


@promise
@cases("name", RECORDED)
def every_algorithm_has_a_default_type(client: Any, name: str) -> None:
    """Source: recorded aws-multipart 27, aws-checksums-and-sse 11."""
    answer = client.create_multipart_upload(Bucket=BUCKET, Key=KEY, ChecksumAlgorithm=name)
    assert members_of(answer) == created(name, DEFAULTS[name])


@promise
@cases("name", ASSUMED)
def the_newer_algorithms_are_composite(aws: Any, name: str) -> None:
    """Source: assumed, by analogy with SHA256."""
    answer = aws.create_multipart_upload(Bucket=BUCKET, Key=KEY, ChecksumAlgorithm=name)
    assert members_of(answer) == created(name, COMPOSITE)


@promise
@cases(("dialect", "kind", "name"), PAIRS)
def only_the_allowed_pairs_of_type_and_algorithm_are_taken(
    cos: Service, make_client: Callable[..., Any], dialect: str, kind: str, name: str
) -> None:
    """Source: recorded aws-multipart 28, 29, aws-checksums-and-sse 10; assumed for the five newer algorithms."""
    client = make_client(dialect)
    request = {"Bucket": BUCKET, "Key": KEY, "ChecksumAlgorithm": name, "ChecksumType": kind}
    if (kind, name) in ALLOWED:
        answer = client.create_multipart_upload(**request)
        assert http_status(answer) == 200
        assert members_of(answer) == created(name, kind)
        return
    message = f"The {kind} checksum type cannot be used with the {name.lower()} checksum algorithm."
    with refused(cos, "InvalidRequest", message, 400):
        client.create_multipart_upload(**request)


@promise
def an_unknown_algorithm_is_refused_with_the_list_of_five(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 30. The list of five stays as recorded."""
    message = (
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
        "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"
    )
    with refused(cos, "InvalidRequest", message, 400):
        client.create_multipart_upload(Bucket=BUCKET, Key=KEY, ChecksumAlgorithm="TEST")


@promise
@cases("kind", [COMPOSITE, FULL_OBJECT])
def a_type_without_an_algorithm_is_refused(cos: Service, client: Any, kind: str) -> None:
    """Source: recorded aws-multipart 30."""
    message = "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."
    with refused(cos, "InvalidRequest", message, 400):
        client.create_multipart_upload(Bucket=BUCKET, Key=KEY, ChecksumType=kind)


@promise
def an_unknown_type_is_refused(cos: Service, client: Any) -> None:
    """Source: public."""
    with refused(cos, "InvalidRequest", "Value for x-amz-checksum-type header is invalid.", 400):
        client.create_multipart_upload(Bucket=BUCKET, Key=KEY, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECTS")


@promise
def both_may_be_written_in_lower_case(client: Any) -> None:
    """Source: public."""
    answer = client.create_multipart_upload(
        Bucket=BUCKET, Key=KEY, ChecksumAlgorithm="crc32c", ChecksumType="full_object"
    )
    assert members_of(answer) == created("CRC32C", FULL_OBJECT)


@promise
def an_upload_without_an_algorithm_reports_neither_anywhere(client: Any) -> None:
    """Source: recorded aws-multipart 1, 55, 57."""
    upload_id = create_upload(client)
    parts = client.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)
    (upload,) = client.list_multipart_uploads(Bucket=BUCKET)["Uploads"]
    for answer in (parts, upload):
        assert not any(member.startswith("Checksum") for member in answer)


@promise
def an_upload_with_an_algorithm_reports_it_in_both_lists(client: Any) -> None:
    """Source: recorded aws-checksums-and-sse 8 for ListParts; documented for ListMultipartUploads."""
    upload_id = create_upload(client, ChecksumAlgorithm="SHA1")
    parts = client.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)
    (upload,) = client.list_multipart_uploads(Bucket=BUCKET)["Uploads"]
    for answer in (parts, upload):
        assert (answer["ChecksumAlgorithm"], answer["ChecksumType"]) == ("SHA1", COMPOSITE)

"""The checksum of a part: ten algorithms, as a header and as a trailer, verified always and echoed always."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.altered_requests import after_signing, set_header
from fakecos.contract.steps.answers import DATETIME, members_of
from fakecos.contract.steps.aws_chunks import UNSIGNED, aws_chunks
from fakecos.contract.steps.digests import checksum_of, md5
from fakecos.contract.steps.names import AWS, BUCKET, IBM, KEY
from fakecos.contract.steps.part_by_hand import part_by_hand
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, upload_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand

CLASSIC = ("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256")
TEN = (*CLASSIC, "SHA512", "MD5", "XXHASH64", "XXHASH3", "XXHASH128")
BODY = b"test-checksum"
BOTH = [(AWS, name) for name in TEN] + [(IBM, name) for name in CLASSIC]
IN_CLIENT = ("CRC32", "SHA1", "SHA256")  # what a client computes without awscrt (wire 2)
MULTIPLE = "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."


def wrong(name: str) -> str:
    return checksum_of(name, b"something else")


def echo(name: str, body: bytes = BODY) -> dict[str, str]:
    return {f"Checksum{name}": checksum_of(name, body), "ETag": f'"{md5(body)}"', "ServerSideEncryption": "AES256"}


def _endpoint(dialect: str, scheme: str) -> dict[str, str]:
    return {"endpoint_url": f"{scheme}://s3.us-south.cloud-object-storage.appdomain.cloud"} if dialect == IBM else {}


@promise
@cases(("dialect", "name"), BOTH)
def a_wrong_value_is_refused(cos: Service, make_client: Callable[..., Any], dialect: str, name: str) -> None:
    """Source: recorded aws-multipart 42, aws-checksums-and-sse 12 (five algorithms); assumed for the newer five."""
    client = make_client(dialect)
    upload_id = create_upload(client)
    with refused(cos, "BadDigest", f"The {name} you specified did not match the calculated checksum.", 400):
        upload_part(client, upload_id, BODY, **{f"Checksum{name}": wrong(name)})


@promise
@cases("text", ["bad", "bad-checksum", "AAAA", "", "A A=", "y/Q5Jh=", "^^^^"])
@cases(("dialect", "name"), BOTH)
def a_value_that_is_not_base64_of_the_right_length_is_refused(
    cos: Service, make_client: Callable[..., Any], dialect: str, name: str, text: str
) -> None:
    """Source: recorded aws-multipart 42, aws-checksums-and-sse 12; blanks, `^` and emptiness are public."""
    client = make_client(dialect)
    upload_id = create_upload(client)
    message = f"Value for x-amz-checksum-{name.lower()} header is invalid."
    with refused(cos, "InvalidRequest", message, 400):
        upload_part(client, upload_id, BODY, **{f"Checksum{name}": text})


@promise
def base64_with_spare_bits_is_refused(cos: Service, client: Any) -> None:
    """Source: public: `y/Q5Jh==` is not the one way to write its four bytes."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidRequest", "Value for x-amz-checksum-crc32 header is invalid.", 400):
        upload_part(client, upload_id, b"123456789", ChecksumCRC32="y/Q5Jh==")


@promise
@cases("name", IN_CLIENT)
def a_trailer_of_the_client_is_verified_and_echoed(client: Any, name: str) -> None:
    """Over https the client sends its checksum behind the body (wire 2)."""
    upload_id = create_upload(client)
    seen = []
    with after_signing(client, "UploadPart", lambda request: seen.append(request.headers["x-amz-trailer"])):
        answer = upload_part(client, upload_id, BODY, ChecksumAlgorithm=name)
    assert seen == [f"x-amz-checksum-{name.lower()}"] or seen == [f"x-amz-checksum-{name.lower()}".encode()]
    assert members_of(answer) == echo(name)


@promise
@cases("name", IN_CLIENT)
def a_header_of_the_client_is_verified_and_echoed(
    cos: Service, make_client: Callable[..., Any], dialect: str, name: str
) -> None:
    """Over http the client sends its checksum before the body (wire 2)."""
    client = make_client(dialect, use_ssl=False, **_endpoint(dialect, "http"))
    upload_id = create_upload(client)
    answer = upload_part(client, upload_id, BODY, ChecksumAlgorithm=name)
    assert members_of(answer) == echo(name)
    with (
        after_signing(client, "UploadPart", set_header(f"x-amz-checksum-{name.lower()}", wrong(name))),
        refused(cos, "BadDigest", f"The {name} you specified did not match the calculated checksum.", 400),
    ):
        upload_part(client, upload_id, BODY, ChecksumAlgorithm=name)


# --- several, unknown, and named without a value ----------------------------------------------------------


@promise
def two_checksums_are_refused_even_if_both_are_right(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 43 (PutObject)."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidRequest", MULTIPLE, 400):
        upload_part(
            client,
            upload_id,
            BODY,
            ChecksumCRC32=checksum_of("CRC32", BODY),
            ChecksumSHA256=checksum_of("SHA256", BODY),
        )


@promise
def two_malformed_checksums_are_several_first(cos: Service, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidRequest", MULTIPLE, 400):
        upload_part(client, upload_id, BODY, ChecksumCRC32="", ChecksumSHA256="")


@promise
def an_unknown_checksum_header_is_refused(cos: Service, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    with (
        after_signing(client, "UploadPart", set_header("x-amz-checksum-crc16", "AAA=")),
        refused(cos, "InvalidRequest", "The algorithm type you specified in x-amz-checksum- header is invalid.", 400),
    ):
        upload_part(client, upload_id, BODY)


# --- the algorithm of the upload --------------------------------------------------------------------------


def mismatch(expected: str, actual: str) -> str:
    return f"Checksum Type mismatch occurred, expected checksum Type: {expected}, actual checksum Type: {actual}"


@promise
@cases(("upload", "kind"), [("SHA256", "COMPOSITE"), ("CRC32C", "FULL_OBJECT")])
def another_algorithm_than_the_uploads_is_refused(cos: Service, client: Any, upload: str, kind: str) -> None:
    """Source: recorded aws-multipart 31, 72 (the part has the client's default CRC32)."""
    upload_id = create_upload(client, ChecksumAlgorithm=upload, ChecksumType=kind)
    with refused(cos, "InvalidRequest", mismatch(upload.lower(), "crc32"), 400):
        upload_part(client, upload_id, BODY)


@promise
def the_mismatch_is_told_before_a_wrong_value(cos: Service, client: Any) -> None:
    """Source: assumed: the header is known before the body."""
    upload_id = create_upload(client, ChecksumAlgorithm="SHA256")
    with refused(cos, "InvalidRequest", mismatch("sha256", "crc32c"), 400):
        upload_part(client, upload_id, BODY, ChecksumCRC32C=wrong("CRC32C"))


@promise
@cases("name", CLASSIC)
def a_part_of_the_uploads_algorithm_is_echoed_and_listed(client: Any, name: str) -> None:
    """Source: recorded aws-checksums-and-sse 8, 9."""
    upload_id = create_upload(client, ChecksumAlgorithm=name)
    answer = upload_part(client, upload_id, BODY, **{f"Checksum{name}": checksum_of(name, BODY)})
    assert members_of(answer) == echo(name)
    (part,) = client.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)["Parts"]
    assert part[f"Checksum{name}"] == checksum_of(name, BODY)


@promise
def an_upload_without_an_algorithm_echoes_any_checksum_but_does_not_list_it(client: Any) -> None:
    """Source: recorded aws-multipart 32, to the letter."""
    key = "test-multipart-checksum"
    upload_id = create_upload(client, key)
    answer = upload_part(client, upload_id, b"aaa", key=key, ChecksumCRC32C="45fn2Q==")
    etag = '"47bce5c74f589f4867dbd57e9ca9f808"'
    assert members_of(answer) == {"ChecksumCRC32C": "45fn2Q==", "ETag": etag, "ServerSideEncryption": "AES256"}
    listed = members_of(client.list_parts(Bucket=BUCKET, Key=key, UploadId=upload_id))
    assert listed["Parts"] == [{"ETag": etag, "LastModified": DATETIME, "PartNumber": 1, "Size": 3}]
    assert not any(name.startswith("Checksum") for name in listed)


def _framed(name: str, text: str) -> tuple[bytes, dict[str, str]]:
    header = f"x-amz-checksum-{name.lower()}"
    return aws_chunks(BODY, trailers=f"{header}:{text}\r\n".encode()), {
        "x-amz-content-sha256": UNSIGNED,
        "content-encoding": "aws-chunked",
        "x-amz-trailer": header,
        "x-amz-decoded-content-length": str(len(BODY)),
    }


@promise
@cases("name", TEN)
def a_wrong_trailer_is_refused(cos: Service, send: ByHand, aws: Any, name: str) -> None:
    """Source: public (the message is recorded for headers)."""
    upload_id = create_upload(aws)
    body, headers = _framed(name, wrong(name))
    with refused(cos, "BadDigest", f"The {name} you specified did not match the calculated checksum.", 400):
        part_by_hand(send, upload_id, body, headers)


@promise
@cases("name", TEN)
def a_malformed_trailer_value_is_refused(cos: Service, send: ByHand, aws: Any, name: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    body, headers = _framed(name, "bad")
    message = f"Value for x-amz-checksum-{name.lower()} trailing header is invalid."
    with refused(cos, "InvalidRequest", message, 400):
        part_by_hand(send, upload_id, body, headers)


@promise
def a_header_beside_a_trailer_is_refused(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public (a shorter text, and no full stop)."""
    upload_id = create_upload(aws)
    body, headers = _framed("CRC32", checksum_of("CRC32", BODY))
    with refused(cos, "InvalidRequest", "Expecting a single x-amz-checksum- header", 400):
        part_by_hand(send, upload_id, body, {**headers, "x-amz-checksum-sha256": checksum_of("SHA256", BODY)})


@promise
def an_algorithm_without_its_value_is_refused(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = (
        "x-amz-sdk-checksum-algorithm specified, "
        "but no corresponding x-amz-checksum-* or x-amz-trailer headers were found."
    )
    with refused(cos, "InvalidRequest", message, 400):
        part_by_hand(send, upload_id, BODY, {"x-amz-sdk-checksum-algorithm": "CRC32"})


@promise
@cases("name", ["BAD", "SHA256"])
def an_algorithm_that_is_not_that_of_the_value_is_refused(cos: Service, send: ByHand, aws: Any, name: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    sent = {"x-amz-sdk-checksum-algorithm": name, "x-amz-checksum-crc32": checksum_of("CRC32", BODY)}
    with refused(cos, "InvalidRequest", "Value for x-amz-sdk-checksum-algorithm header is invalid.", 400):
        part_by_hand(send, upload_id, BODY, sent)


@promise
def the_letter_case_of_the_algorithm_does_not_matter(send: ByHand, aws: Any) -> None:
    """Source: public."""
    sent = {"x-amz-sdk-checksum-algorithm": "crc32", "x-amz-checksum-crc32": checksum_of("CRC32", BODY)}
    assert part_by_hand(send, create_upload(aws), BODY, sent).status == 200


@promise
@cases("name", [name for name in TEN if name != "CRC64NVME"])
def a_part_of_a_composite_upload_needs_a_checksum(cos: Service, send: ByHand, aws: Any, name: str) -> None:
    """Source: public (the form is that of recorded aws-multipart 31)."""
    upload_id = create_upload(aws, ChecksumAlgorithm=name)
    with refused(cos, "InvalidRequest", mismatch(name.lower(), "null"), 400):
        part_by_hand(send, upload_id, BODY)


@promise
@cases("name", ["CRC32", "CRC32C", "CRC64NVME"])
def a_part_of_a_full_object_upload_gets_its_checksum_from_s3(send: ByHand, aws: Any, name: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws, ChecksumAlgorithm=name, ChecksumType="FULL_OBJECT")
    response = part_by_hand(send, upload_id, BODY)
    assert response.headers[f"x-amz-checksum-{name.lower()}"] == checksum_of(name, BODY)
    (part,) = aws.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)["Parts"]
    assert part[f"Checksum{name}"] == checksum_of(name, BODY)

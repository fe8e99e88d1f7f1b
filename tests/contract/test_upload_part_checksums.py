"""The checksum of a part: ten algorithms, as a header and as a trailer, verified always and echoed always."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.altered_requests import after_signing, set_header
from tests.support.answers import DATETIME, members_of
from tests.support.constants import AWS, BUCKET, IBM, KEY
from tests.support.digests import base64_of, checksum_of, md5
from tests.support.payloads import UNSIGNED, aws_chunks
from tests.support.refusals import refused
from tests.support.uploads import (
    complete_upload,
    completed_part,
    create_upload,
    stored_part,
    upload_part,
    upload_raw_part,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

CLASSIC = ("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256")
TEN = (*CLASSIC, "SHA512", "MD5", "XXHASH64", "XXHASH3", "XXHASH128")
BODY = b"test-checksum"
# Check values of b"123456789", published with each CRC's parameters; the others are hashlib's and xxhash's own.
CHECKS = {"CRC32": "cbf43926", "CRC32C": "e3069283", "CRC64NVME": "ae8b14860a799888"}
BOTH = [(AWS, name) for name in TEN] + [(IBM, name) for name in CLASSIC]
IN_CLIENT = ("CRC32", "SHA1", "SHA256")  # what a client computes without awscrt (wire 2)
MULTIPLE = "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."


def wrong(name: str) -> str:
    return checksum_of(name, b"something else")


def echo(name: str, body: bytes = BODY) -> dict[str, str]:
    return {f"Checksum{name}": checksum_of(name, body), "ETag": f'"{md5(body)}"', "ServerSideEncryption": "AES256"}


@pytest.mark.parametrize(("name", "check"), CHECKS.items())
def test_the_crcs_are_the_published_ones(name: str, check: str) -> None:
    assert checksum_of(name, b"123456789") == base64_of(bytes.fromhex(check))


@pytest.mark.parametrize("scheme", ["https", "http"])
@pytest.mark.parametrize(("dialect", "name"), BOTH)
def test_a_right_value_is_taken_and_echoed(
    cos: FakeCOS, make_client: Callable[..., Any], dialect: str, name: str, scheme: str
) -> None:
    """Source: recorded aws-multipart 32 (an upload without an algorithm takes any); documented."""
    client = make_client(dialect, use_ssl=scheme == "https", **_endpoint(dialect, scheme))
    upload_id = create_upload(client)
    answer = upload_part(client, upload_id, BODY, **{f"Checksum{name}": checksum_of(name, BODY)})
    assert members_of(answer) == echo(name)
    assert stored_part(cos, upload_id).checksums == {name: checksum_of(name, BODY)}


def _endpoint(dialect: str, scheme: str) -> dict[str, str]:
    return {"endpoint_url": f"{scheme}://s3.us-south.cloud-object-storage.appdomain.cloud"} if dialect == IBM else {}


@pytest.mark.parametrize(("dialect", "name"), BOTH)
def test_a_wrong_value_is_refused(cos: FakeCOS, make_client: Callable[..., Any], dialect: str, name: str) -> None:
    """Source: recorded aws-multipart 42, aws-checksums-and-sse 12 (five algorithms); assumed for the newer five."""
    client = make_client(dialect)
    upload_id = create_upload(client)
    with refused(cos, "BadDigest", f"The {name} you specified did not match the calculated checksum.", 400):
        upload_part(client, upload_id, BODY, **{f"Checksum{name}": wrong(name)})


@pytest.mark.parametrize("text", ["bad", "bad-checksum", "AAAA", "", "A A=", "y/Q5Jh=", "^^^^"])
@pytest.mark.parametrize(("dialect", "name"), BOTH)
def test_a_value_that_is_not_base64_of_the_right_length_is_refused(
    cos: FakeCOS, make_client: Callable[..., Any], dialect: str, name: str, text: str
) -> None:
    """Source: recorded aws-multipart 42, aws-checksums-and-sse 12; blanks, `^` and emptiness are public."""
    client = make_client(dialect)
    upload_id = create_upload(client)
    message = f"Value for x-amz-checksum-{name.lower()} header is invalid."
    with refused(cos, "InvalidRequest", message, 400):
        upload_part(client, upload_id, BODY, **{f"Checksum{name}": text})


def test_base64_with_spare_bits_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: public: `y/Q5Jh==` is not the one way to write its four bytes."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidRequest", "Value for x-amz-checksum-crc32 header is invalid.", 400):
        upload_part(client, upload_id, b"123456789", ChecksumCRC32="y/Q5Jh==")


@pytest.mark.parametrize("name", IN_CLIENT)
def test_a_trailer_of_the_client_is_verified_and_echoed(cos: FakeCOS, client: Any, name: str) -> None:
    """Over https the client sends its checksum behind the body (wire 2)."""
    upload_id = create_upload(client)
    seen = []
    with after_signing(client, "UploadPart", lambda request: seen.append(request.headers["x-amz-trailer"])):
        answer = upload_part(client, upload_id, BODY, ChecksumAlgorithm=name)
    assert seen == [f"x-amz-checksum-{name.lower()}"] or seen == [f"x-amz-checksum-{name.lower()}".encode()]
    assert members_of(answer) == echo(name)


@pytest.mark.parametrize("name", IN_CLIENT)
def test_a_header_of_the_client_is_verified_and_echoed(
    cos: FakeCOS, make_client: Callable[..., Any], dialect: str, name: str
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


def _framed(name: str, text: str) -> tuple[bytes, dict[str, str]]:
    header = f"x-amz-checksum-{name.lower()}"
    return aws_chunks(BODY, trailers=f"{header}:{text}\r\n".encode()), {
        "x-amz-content-sha256": UNSIGNED,
        "content-encoding": "aws-chunked",
        "x-amz-trailer": header,
        "x-amz-decoded-content-length": str(len(BODY)),
    }


@pytest.mark.parametrize("name", TEN)
def test_a_trailer_on_the_wire_is_verified_and_echoed(cos: FakeCOS, aws: Any, name: str) -> None:
    """Source: documented; the framing is a golden one (wire 2)."""
    upload_id = create_upload(aws)
    body, headers = _framed(name, checksum_of(name, BODY))
    response = upload_raw_part(cos, upload_id, body, headers)
    assert response.headers[f"x-amz-checksum-{name.lower()}"] == checksum_of(name, BODY)
    assert stored_part(cos, upload_id).body == BODY


@pytest.mark.parametrize("name", TEN)
def test_a_wrong_trailer_is_refused(cos: FakeCOS, aws: Any, name: str) -> None:
    """Source: public (the message is recorded for headers)."""
    upload_id = create_upload(aws)
    body, headers = _framed(name, wrong(name))
    with refused(cos, "BadDigest", f"The {name} you specified did not match the calculated checksum.", 400):
        upload_raw_part(cos, upload_id, body, headers)


@pytest.mark.parametrize("name", TEN)
def test_a_malformed_trailer_value_is_refused(cos: FakeCOS, aws: Any, name: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    body, headers = _framed(name, "bad")
    message = f"Value for x-amz-checksum-{name.lower()} trailing header is invalid."
    with refused(cos, "InvalidRequest", message, 400):
        upload_raw_part(cos, upload_id, body, headers)


# --- several, unknown, and named without a value ----------------------------------------------------------


def test_two_checksums_are_refused_even_if_both_are_right(cos: FakeCOS, client: Any) -> None:
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


def test_two_malformed_checksums_are_several_first(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidRequest", MULTIPLE, 400):
        upload_part(client, upload_id, BODY, ChecksumCRC32="", ChecksumSHA256="")


def test_a_header_beside_a_trailer_is_refused(cos: FakeCOS, aws: Any) -> None:
    """Source: public (a shorter text, and no full stop)."""
    upload_id = create_upload(aws)
    body, headers = _framed("CRC32", checksum_of("CRC32", BODY))
    with refused(cos, "InvalidRequest", "Expecting a single x-amz-checksum- header", 400):
        upload_raw_part(cos, upload_id, body, {**headers, "x-amz-checksum-sha256": checksum_of("SHA256", BODY)})


def test_an_unknown_checksum_header_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    with (
        after_signing(client, "UploadPart", set_header("x-amz-checksum-crc16", "AAA=")),
        refused(cos, "InvalidRequest", "The algorithm type you specified in x-amz-checksum- header is invalid.", 400),
    ):
        upload_part(client, upload_id, BODY)


def test_an_algorithm_without_its_value_is_refused(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = (
        "x-amz-sdk-checksum-algorithm specified, "
        "but no corresponding x-amz-checksum-* or x-amz-trailer headers were found."
    )
    with refused(cos, "InvalidRequest", message, 400):
        upload_raw_part(cos, upload_id, BODY, {"x-amz-sdk-checksum-algorithm": "CRC32"})


@pytest.mark.parametrize("name", ["BAD", "SHA256"])
def test_an_algorithm_that_is_not_that_of_the_value_is_refused(cos: FakeCOS, aws: Any, name: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    sent = {"x-amz-sdk-checksum-algorithm": name, "x-amz-checksum-crc32": checksum_of("CRC32", BODY)}
    with refused(cos, "InvalidRequest", "Value for x-amz-sdk-checksum-algorithm header is invalid.", 400):
        upload_raw_part(cos, upload_id, BODY, sent)


def test_the_letter_case_of_the_algorithm_does_not_matter(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    sent = {"x-amz-sdk-checksum-algorithm": "crc32", "x-amz-checksum-crc32": checksum_of("CRC32", BODY)}
    assert upload_raw_part(cos, create_upload(aws), BODY, sent).status == 200


# --- the algorithm of the upload --------------------------------------------------------------------------


def mismatch(expected: str, actual: str) -> str:
    return f"Checksum Type mismatch occurred, expected checksum Type: {expected}, actual checksum Type: {actual}"


@pytest.mark.parametrize(("upload", "kind"), [("SHA256", "COMPOSITE"), ("CRC32C", "FULL_OBJECT")])
def test_another_algorithm_than_the_uploads_is_refused(cos: FakeCOS, client: Any, upload: str, kind: str) -> None:
    """Source: recorded aws-multipart 31, 72 (the part has the client's default CRC32)."""
    upload_id = create_upload(client, ChecksumAlgorithm=upload, ChecksumType=kind)
    with refused(cos, "InvalidRequest", mismatch(upload.lower(), "crc32"), 400):
        upload_part(client, upload_id, BODY)


def test_the_mismatch_is_told_before_a_wrong_value(cos: FakeCOS, client: Any) -> None:
    """Source: assumed: the header is known before the body."""
    upload_id = create_upload(client, ChecksumAlgorithm="SHA256")
    with refused(cos, "InvalidRequest", mismatch("sha256", "crc32c"), 400):
        upload_part(client, upload_id, BODY, ChecksumCRC32C=wrong("CRC32C"))


@pytest.mark.parametrize("name", [name for name in TEN if name != "CRC64NVME"])
def test_a_part_of_a_composite_upload_needs_a_checksum(cos: FakeCOS, aws: Any, name: str) -> None:
    """Source: public (the form is that of recorded aws-multipart 31)."""
    upload_id = create_upload(aws, ChecksumAlgorithm=name)
    with refused(cos, "InvalidRequest", mismatch(name.lower(), "null"), 400):
        upload_raw_part(cos, upload_id, BODY)


@pytest.mark.parametrize("name", ["CRC32", "CRC32C", "CRC64NVME"])
def test_a_part_of_a_full_object_upload_gets_its_checksum_from_s3(cos: FakeCOS, aws: Any, name: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws, ChecksumAlgorithm=name, ChecksumType="FULL_OBJECT")
    response = upload_raw_part(cos, upload_id, BODY)
    assert response.headers[f"x-amz-checksum-{name.lower()}"] == checksum_of(name, BODY)
    (part,) = aws.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)["Parts"]
    assert part[f"Checksum{name}"] == checksum_of(name, BODY)


@pytest.mark.parametrize("name", CLASSIC)
def test_a_part_of_the_uploads_algorithm_is_echoed_and_listed(client: Any, name: str) -> None:
    """Source: recorded aws-checksums-and-sse 8, 9."""
    upload_id = create_upload(client, ChecksumAlgorithm=name)
    answer = upload_part(client, upload_id, BODY, **{f"Checksum{name}": checksum_of(name, BODY)})
    assert members_of(answer) == echo(name)
    (part,) = client.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)["Parts"]
    assert part[f"Checksum{name}"] == checksum_of(name, BODY)


def test_an_upload_without_an_algorithm_echoes_any_checksum_but_does_not_list_it(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 32, to the letter."""
    key = "test-multipart-checksum"
    upload_id = create_upload(client, key)
    answer = upload_part(client, upload_id, b"aaa", key=key, ChecksumCRC32C="45fn2Q==")
    etag = '"47bce5c74f589f4867dbd57e9ca9f808"'
    assert members_of(answer) == {"ChecksumCRC32C": "45fn2Q==", "ETag": etag, "ServerSideEncryption": "AES256"}
    listed = members_of(client.list_parts(Bucket=BUCKET, Key=key, UploadId=upload_id))
    assert listed["Parts"] == [{"ETag": etag, "LastModified": DATETIME, "PartNumber": 1, "Size": 3}]
    assert not any(name.startswith("Checksum") for name in listed)


@pytest.mark.limits(min_part_size=1)
def test_parts_of_one_upload_may_have_different_checksums_if_it_has_none(client: Any) -> None:
    """Source: recorded aws-multipart 32 (any checksum)."""
    upload_id = create_upload(client)
    first = upload_part(client, upload_id, b"first", 1, ChecksumSHA1=checksum_of("SHA1", b"first"))
    second = upload_part(client, upload_id, b"second", 2, ChecksumCRC64NVME=checksum_of("CRC64NVME", b"second"))
    answer = complete_upload(client, upload_id, completed_part(1, first), completed_part(2, second))
    assert answer["ChecksumCRC64NVME"] == checksum_of("CRC64NVME", b"firstsecond")

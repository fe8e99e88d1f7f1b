"""The checksum of a part: ten algorithms, as a header and as a trailer, verified always and echoed always."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.upload_part_checksums import BODY, BOTH, TEN, _endpoint, echo, mismatch, wrong
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.digests import base64_of, checksum_of
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from tests.support.payloads import UNSIGNED, aws_chunks
from tests.support.uploads import stored_part, upload_raw_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

# Check values of b"123456789", published with each CRC's parameters; the others are hashlib's and xxhash's own.
CHECKS = {"CRC32": "cbf43926", "CRC32C": "e3069283", "CRC64NVME": "ae8b14860a799888"}


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


def test_a_header_beside_a_trailer_is_refused(cos: FakeCOS, aws: Any) -> None:
    """Source: public (a shorter text, and no full stop)."""
    upload_id = create_upload(aws)
    body, headers = _framed("CRC32", checksum_of("CRC32", BODY))
    with refused(cos, "InvalidRequest", "Expecting a single x-amz-checksum- header", 400):
        upload_raw_part(cos, upload_id, body, {**headers, "x-amz-checksum-sha256": checksum_of("SHA256", BODY)})


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


@pytest.mark.limits(min_part_size=1)
def test_parts_of_one_upload_may_have_different_checksums_if_it_has_none(client: Any) -> None:
    """Source: recorded aws-multipart 32 (any checksum)."""
    upload_id = create_upload(client)
    first = upload_part(client, upload_id, b"first", 1, ChecksumSHA1=checksum_of("SHA1", b"first"))
    second = upload_part(client, upload_id, b"second", 2, ChecksumCRC64NVME=checksum_of("CRC64NVME", b"second"))
    answer = complete_upload(client, upload_id, completed_part(1, first), completed_part(2, second))
    assert answer["ChecksumCRC64NVME"] == checksum_of("CRC64NVME", b"firstsecond")

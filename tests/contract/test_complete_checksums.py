"""CompleteMultipartUpload: the checksums that the request names, of the parts and of the object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.facts import checksums
from tests.contract.recorded import ETAGS, RECORDED_KEY, SSE, Upload
from tests.support.answers import members_of
from tests.support.constants import BUCKET, KEY
from tests.support.digests import checksum_of
from tests.support.messages import INVALID_PART
from tests.support.refusals import refused
from tests.support.uploads import complete_upload, completed_part, create_upload, upload_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

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


@pytest.mark.parametrize(("kind", "name"), [("COMPOSITE", "CRC32"), ("FULL_OBJECT", "CRC64NVME")])
def test_a_wrong_part_checksum_is_an_invalid_part(cos: FakeCOS, client: Any, kind: str, name: str) -> None:
    """Source: recorded aws-checksums-and-sse 8, 9."""
    upload = Upload(client, kind, name)
    with refused(cos, **invalid(upload.upload_id)):
        upload.finish(upload.listed(**{f"Checksum{name}": checksum_of(name, b"other")}))


@pytest.mark.parametrize("name", ["CRC32", "SHA256"])
def test_a_composite_upload_wants_the_checksum_of_each_part(cos: FakeCOS, client: Any, name: str) -> None:
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


def test_another_algorithms_part_checksum_is_a_bad_digest(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 38."""
    upload_id = create_upload(client, ChecksumAlgorithm="CRC32")
    part = upload_part(client, upload_id, b"abc")
    message = "The sha256 you specified for part 1 did not match what we received."
    with refused(cos, "BadDigest", message, 400):
        complete_upload(client, upload_id, completed_part(1, part, ChecksumSHA256=checksum_of("SHA256", b"abc")))


def test_a_full_object_upload_does_not_want_them(client: Any) -> None:
    """Source: recorded aws-checksums-and-sse 9 by analogy; documented."""
    upload_id = create_upload(client, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    answer = complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id, b"abc")))
    assert (answer["ChecksumCRC32"], answer["ChecksumType"]) == ("NSRBwg==", "FULL_OBJECT")


@pytest.mark.parametrize("numbers", [(2,), (1, 3), (2, 3)])
@pytest.mark.limits(min_part_size=1)
def test_a_composite_upload_wants_consecutive_numbers(cos: FakeCOS, client: Any, numbers: tuple[int, ...]) -> None:
    """Source: documented rule; public: AWS answers 500, which a client would retry, so it is 400 here."""
    upload_id = create_upload(client, ChecksumAlgorithm="CRC32")
    parts = [
        completed_part(number, upload_part(client, upload_id, b"abc", number), checksums=True) for number in numbers
    ]
    message = "Part numbers must be consecutive and begin with 1 when a checksum is used."
    with refused(cos, "InvalidRequest", message, 400):
        complete_upload(client, upload_id, *parts)


# --- an upload without an algorithm -----------------------------------------------------------------------


@pytest.fixture
def plain(client: Any) -> tuple[str, dict[str, Any]]:
    """The recorded upload without an algorithm, whose part came with a CRC32C."""
    upload_id = create_upload(client, RECORDED_KEY)
    part = upload_part(client, upload_id, b"aaa", key=RECORDED_KEY, ChecksumCRC32C="45fn2Q==")
    return upload_id, completed_part(1, part)


@pytest.mark.parametrize(
    "named_checksum", [{"ChecksumCRC32C": "45fn2Q=="}, {"ChecksumSHA256": checksum_of("SHA256", b"aaa")}]
)
def test_it_knows_no_part_checksums(
    cos: FakeCOS, client: Any, plain: tuple[str, dict[str, Any]], named_checksum: dict[str, str]
) -> None:
    """Source: recorded aws-multipart 33."""
    upload_id, part = plain
    with refused(cos, **invalid(upload_id, etag="47bce5c74f589f4867dbd57e9ca9f808")):
        complete_upload(client, upload_id, {**part, **named_checksum}, key=RECORDED_KEY)


@pytest.mark.parametrize("kind", ["COMPOSITE", "FULL_OBJECT"])
def test_its_type_is_null(cos: FakeCOS, client: Any, plain: tuple[str, dict[str, Any]], kind: str) -> None:
    """Source: recorded aws-multipart 34."""
    upload_id, part = plain
    message = (
        "The upload was created using the null checksum mode. The complete request must use the same checksum mode."
    )
    with refused(cos, "InvalidRequest", message, 400):
        complete_upload(client, upload_id, part, key=RECORDED_KEY, ChecksumType=kind)


def test_it_ignores_a_checksum_of_the_object(client: Any, plain: tuple[str, dict[str, Any]]) -> None:
    """Source: recorded aws-multipart 35: a wrong CRC32C is ignored."""
    upload_id, part = plain
    answer = members_of(
        complete_upload(client, upload_id, part, key=RECORDED_KEY, ChecksumCRC32C=checksum_of("CRC32C", b"other"))
    )
    answer.pop("Location")
    assert answer == {
        "Bucket": BUCKET,
        "ChecksumCRC64NVME": "Rnr2/5P7Gsk=",
        "ChecksumType": "FULL_OBJECT",
        "ETag": '"e2c3da976e66ec9e7dc128fbc782fc91-1"',
        "Key": RECORDED_KEY,
        **SSE,
    }


def test_its_part_reads_have_no_checksum(aws: Any) -> None:
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


@pytest.mark.parametrize(("created", "given"), [("COMPOSITE", "FULL_OBJECT"), ("FULL_OBJECT", "COMPOSITE")])
def test_another_type_than_that_of_create_is_refused(cos: FakeCOS, client: Any, created: str, given: str) -> None:
    """Source: recorded aws-multipart 39, 72."""
    upload_id = create_upload(client, ChecksumAlgorithm="CRC32", ChecksumType=created)
    part = completed_part(1, upload_part(client, upload_id, b"abc"), checksums=True)
    message = (
        f"The upload was created using the {created} checksum mode. "
        "The complete request must use the same checksum mode."
    )
    with refused(cos, "InvalidRequest", message, 400):
        complete_upload(client, upload_id, part, ChecksumType=given)


RIGHT = "Nks/tw=="
FORMS: dict[str, dict[str, str]] = {
    "the composite form without a type": {"ChecksumCRC32C": f"{RIGHT}-1"},
    "the right value without a type": {"ChecksumCRC32C": RIGHT},
    "another algorithm without a type": {"ChecksumCRC64NVME": "BeXKuz/B+us="},
    "a wrong value": {"ChecksumCRC32C": checksum_of("CRC32C", b"other"), "ChecksumType": "FULL_OBJECT"},
    "another algorithm": {"ChecksumCRC64NVME": "BeXKuz/B+us=", "ChecksumType": "FULL_OBJECT"},
}


@pytest.fixture
def full_object(client: Any) -> Callable[..., Any]:
    """Return what completes the recorded FULL_OBJECT CRC32C upload of `abc`."""
    key = "test-multipart-checksum-exc"
    upload_id = create_upload(client, key, ChecksumAlgorithm="CRC32C", ChecksumType="FULL_OBJECT")
    part = completed_part(1, upload_part(client, upload_id, b"abc", key=key, ChecksumCRC32C=RIGHT))

    def complete(**more: Any) -> Any:
        return complete_upload(client, upload_id, part, key=key, **more)

    return complete


@pytest.mark.parametrize("form", FORMS)
def test_any_bad_value_of_a_full_object_upload_is_one_error(
    cos: FakeCOS, full_object: Callable[..., Any], form: str
) -> None:
    """Source: recorded aws-multipart 40: also the right value, if it comes without its type."""
    with refused(cos, "BadDigest", "The crc32c you specified did not match the calculated checksum.", 400):
        full_object(**FORMS[form])


def test_the_right_value_with_its_type_is_taken(full_object: Callable[..., Any]) -> None:
    """Source: recorded aws-multipart 40 (complete-success)."""
    answer = members_of(full_object(ChecksumCRC32C=RIGHT, ChecksumType="FULL_OBJECT"))
    answer.pop("Location")
    assert answer == {
        "Bucket": BUCKET,
        "ChecksumCRC32C": RIGHT,
        "ChecksumType": "FULL_OBJECT",
        "ETag": '"af5da9f45af7a300e3aded972f8ff687-1"',
        "Key": "test-multipart-checksum-exc",
        **SSE,
    }


@pytest.mark.parametrize("more", [{}, {"ChecksumType": "FULL_OBJECT"}])
def test_no_value_is_needed(full_object: Callable[..., Any], more: dict[str, str]) -> None:
    """Source: documented."""
    assert full_object(**more)["ChecksumCRC32C"] == RIGHT


@pytest.mark.parametrize("more", [{}, {"ChecksumType": "COMPOSITE"}])
def test_a_composite_value_is_verified(cos: FakeCOS, client: Any, more: dict[str, str]) -> None:
    """Source: public for a value without its suffix; that the right one is taken is assumed."""
    upload_id = create_upload(client, ChecksumAlgorithm="SHA256")
    part = completed_part(1, upload_part(client, upload_id, b"abc", ChecksumAlgorithm="SHA256"), checksums=True)
    right = checksum_of("SHA256", checksums.SHA256.compute((b"abc",)))
    with refused(cos, "BadDigest", "The sha256 you specified did not match the calculated checksum.", 400):
        complete_upload(client, upload_id, part, ChecksumSHA256=checksum_of("SHA256", b"abc"), **more)
    answer = complete_upload(client, upload_id, part, ChecksumSHA256=f"{right}-1", **more)
    assert answer["ChecksumSHA256"] == f"{right}-1"

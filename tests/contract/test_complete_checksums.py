"""CompleteMultipartUpload: the checksums that the request names, of the parts and of the object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.complete_checksums import invalid
from fakecos.contract.promises.recorded import RECORDED_KEY, SSE
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.digests import checksum_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS


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

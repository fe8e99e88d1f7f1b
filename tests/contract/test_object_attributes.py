"""GetObjectAttributes, which only AWS's model has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.object_attributes import attributes
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import DATETIME
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_in_parts, upload_part

if TYPE_CHECKING:
    from fakecos import FakeCOS
PARTS = [b"one", b"two", b"three"]


def composite(client: Any, bodies: list[bytes], numbers: list[int] | None = None) -> list[str]:
    """Upload a COMPOSITE SHA256 object and return the checksums of its parts."""
    upload_id = create_upload(client, "key", ChecksumAlgorithm="SHA256")
    listed = []
    for number, body in zip(numbers or range(1, len(bodies) + 1), bodies, strict=True):
        answer = upload_part(client, upload_id, body, number, "key", ChecksumAlgorithm="SHA256")
        listed.append(completed_part(number, answer, checksums=True, ChecksumSHA256=answer["ChecksumSHA256"]))
    for item in listed:
        item.pop("ChecksumType", None)
    complete_upload(client, upload_id, *listed, key="key")
    return [item["ChecksumSHA256"] for item in listed]


@pytest.mark.limits(min_part_size=1)
def test_a_composite_object_tells_its_parts(aws: Any) -> None:
    # recorded aws-multipart 36: the checksum has no -N here
    checksums = composite(aws, PARTS)
    answer = attributes(aws)
    assert answer["ETag"].endswith("-3")
    assert answer["ObjectSize"] == 11
    assert answer["Checksum"]["ChecksumType"] == "COMPOSITE"
    assert "-" not in answer["Checksum"]["ChecksumSHA256"]
    assert answer["ObjectParts"] == {
        "IsTruncated": False,
        "MaxParts": 1000,
        "NextPartNumberMarker": 3,
        "PartNumberMarker": 0,
        "Parts": [
            {"ChecksumSHA256": checksum, "PartNumber": number, "Size": len(body)}
            for number, (body, checksum) in enumerate(zip(PARTS, checksums, strict=True), 1)
        ],
        "TotalPartsCount": 3,
    }


@pytest.mark.limits(min_part_size=1)
@pytest.mark.parametrize("more", [{}, {"ChecksumAlgorithm": "CRC32", "ChecksumType": "FULL_OBJECT"}])
def test_any_other_object_in_parts_tells_only_their_count(aws: Any, more: dict[str, str]) -> None:
    # recorded aws-multipart 41
    upload_in_parts(aws, b"one", b"two", key="key", **more)
    assert attributes(aws)["ObjectParts"] == {"TotalPartsCount": 2}


@pytest.mark.limits(min_part_size=1)
def test_pages_of_parts(aws: Any) -> None:
    # recorded aws-multipart 60
    checksums = composite(aws, PARTS[:2])
    assert attributes(aws, "ObjectParts", MaxParts=1, PartNumberMarker=1) == {
        "LastModified": DATETIME,
        "ObjectParts": {
            "IsTruncated": False,
            "MaxParts": 1,
            "NextPartNumberMarker": 2,
            "PartNumberMarker": 1,
            "Parts": [{"ChecksumSHA256": checksums[1], "PartNumber": 2, "Size": 3}],
            "TotalPartsCount": 2,
        },
    }
    assert attributes(aws, "ObjectParts", MaxParts=1, PartNumberMarker=10) == {
        "LastModified": DATETIME,
        "ObjectParts": {
            "IsTruncated": False,
            "MaxParts": 1,
            "NextPartNumberMarker": 0,
            "PartNumberMarker": 10,
            "TotalPartsCount": 2,
        },
    }
    first = attributes(aws, "ObjectParts", MaxParts=1)["ObjectParts"]
    assert (first["IsTruncated"], first["NextPartNumberMarker"]) == (True, 1)


@pytest.mark.limits(min_part_size=1)
def test_a_large_page_size_is_told_as_it_was_sent(aws: Any) -> None:
    # public
    composite(aws, PARTS)
    assert attributes(aws, "ObjectParts", MaxParts=5000)["ObjectParts"]["MaxParts"] == 5000


@pytest.mark.limits(min_part_size=1)
@pytest.mark.parametrize("name", ["x-amz-max-parts", "x-amz-part-number-marker"])
@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("abc", "Provided {} not an integer or within integer range"),
        ("-1", "Argument {} must be an integer between 0 and 2147483647"),
    ],
)
def test_a_page_that_is_no_number_is_refused(cos: FakeCOS, aws: Any, name: str, value: str, message: str) -> None:
    # the words: public, as for the lists; that they hold here: assumed
    composite(aws, PARTS)
    with (
        before_signing(aws, headers={name: value}),
        refused(cos, "InvalidArgument", message.format(name), 400, ArgumentName=name, ArgumentValue=value),
    ):
        attributes(aws)

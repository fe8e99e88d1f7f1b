"""ListParts: pages by part number, sparse or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.list_parts import listed
from fakecos.contract.steps.answers import DATETIME, UPLOAD_ID
from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.uploads import create_upload, upload_part
from fakecos.model.store import OWNER_ID, OWNER_NAME
from tests.support.raw_requests import send_raw
from tests.support.uploads import stored_part

if TYPE_CHECKING:
    from fakecos import FakeCOS

RECORDED = "test-list-part-pagination"
ETAG = '"8d777f385d3dfec8815d20f7496026dc"'  # recorded, of b"data"


def expected_page(marker: int, parts: list[int], *, maximum: int = 1000, truncated: bool = False) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "Bucket": BUCKET,
        "Initiator": {"DisplayName": OWNER_NAME, "ID": OWNER_ID},
        "IsTruncated": truncated,
        "Key": RECORDED,
        "MaxParts": maximum,
        "NextPartNumberMarker": parts[-1] if parts else 0,
        "Owner": {"ID": OWNER_ID},
        "PartNumberMarker": marker,
        "StorageClass": "STANDARD",
        "UploadId": UPLOAD_ID,
    }
    if parts:
        answer["Parts"] = [
            {"ETag": ETAG, "LastModified": DATETIME, "PartNumber": number, "Size": 4} for number in parts
        ]
    return answer


def test_the_recorded_pages(client: Any) -> None:
    """Source: recorded aws-multipart 55: empty, whole, first page, next page, marker behind the end."""
    upload_id = create_upload(client, RECORDED)
    assert listed(client, upload_id, RECORDED) == expected_page(0, [])
    for number in (1, 2):
        assert upload_part(client, upload_id, b"data", number, RECORDED)["ETag"] == ETAG
    assert listed(client, upload_id, RECORDED) == expected_page(0, [1, 2])
    first = expected_page(0, [1], maximum=1, truncated=True)
    assert listed(client, upload_id, RECORDED, MaxParts=1) == first
    assert listed(client, upload_id, RECORDED, MaxParts=1, PartNumberMarker=1) == expected_page(1, [2], maximum=1)
    assert listed(client, upload_id, RECORDED, MaxParts=1, PartNumberMarker=10) == expected_page(10, [], maximum=1)


def test_the_document_has_the_order_and_the_dates_of_s3(cos: FakeCOS, aws: Any) -> None:
    """Source: recorded aws-listing 23 (milliseconds that are always zero); documented order."""
    upload_id = create_upload(aws)
    upload_part(aws, upload_id, b"x")
    response = send_raw(cos, "GET", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}")
    assert isinstance(response.body, bytes)
    text = response.body.decode()
    moment = stored_part(cos, upload_id).last_modified.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    assert f"<LastModified>{moment}</LastModified><ETag>&quot;{md5(b'x')}&quot;</ETag><Size>1</Size></Part>" in text
    names = ["Bucket", "Key", "UploadId", "Initiator", "Owner", "StorageClass", "PartNumberMarker"]
    names += ["NextPartNumberMarker", "MaxParts", "IsTruncated", "Part"]
    places = [text.index(f"<{name}>") for name in names]
    assert places == sorted(places)


@pytest.mark.limits(min_part_size=1)
def test_numbers_may_be_sparse(client: Any) -> None:
    """Source: public: the marker is a number, not a place."""
    upload_id = create_upload(client)
    for number in (10_000, 7, 300, 2):
        upload_part(client, upload_id, b"x", number)
    seen: list[int] = []
    marker = 0
    while True:
        answer = listed(client, upload_id, MaxParts=2, PartNumberMarker=marker)
        seen += [part["PartNumber"] for part in answer["Parts"]]
        if not answer["IsTruncated"]:
            break
        marker = answer["NextPartNumberMarker"]
    assert seen == [2, 7, 300, 10_000]
    between = listed(client, upload_id, PartNumberMarker=8)
    assert [part["PartNumber"] for part in between["Parts"]] == [300, 10_000]


@pytest.mark.limits(max_keys=3, min_part_size=1)
def test_a_page_is_cut_at_the_maximum(client: Any) -> None:
    """Source: documented; the number is a limit that a test can set."""
    upload_id = create_upload(client)
    for number in range(1, 5):
        upload_part(client, upload_id, b"x", number)
    answer = listed(client, upload_id)
    assert (len(answer["Parts"]), answer["IsTruncated"], answer["MaxParts"]) == (3, True, 3)


def test_resource_and_collection_see_the_parts(cos: FakeCOS) -> None:
    upload = cos.resource().Object(BUCKET, KEY).initiate_multipart_upload()
    upload.Part(1).upload(Body=b"x")
    assert [part.size for part in upload.parts.all()] == [1]

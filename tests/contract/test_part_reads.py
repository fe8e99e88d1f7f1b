"""GetObject and HeadObject with partNumber (recorded aws-multipart 16-20, 36, 41)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.part_reads import NOT_SATISFIABLE
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import upload_in_parts

if TYPE_CHECKING:
    from fakecos import FakeCOS


@pytest.mark.limits(min_part_size=1)
@pytest.mark.parametrize("checksum_type", ["COMPOSITE", "FULL_OBJECT"])
def test_only_the_parts_of_a_composite_object_have_checksums_of_their_own(client: Any, checksum_type: str) -> None:
    # COMPOSITE: recorded aws-checksums-and-sse 8; FULL_OBJECT: aws-multipart 41
    upload_in_parts(client, b"one", b"two", key="key", ChecksumAlgorithm="CRC32", ChecksumType=checksum_type)
    answer = members_of(client.get_object(Bucket=BUCKET, Key="key", PartNumber=2, ChecksumMode="ENABLED"))
    expected = {"ChecksumCRC32": "yF33YQ==", "ChecksumType": "COMPOSITE"} if checksum_type == "COMPOSITE" else {}
    checksums = {name: value for name, value in answer.items() if name.startswith("Checksum")}
    if checksum_type == "COMPOSITE":
        assert checksums.keys() == expected.keys()
        assert "-" not in checksums["ChecksumCRC32"]
    else:
        assert checksums == {}


@pytest.mark.limits(min_part_size=1)
def test_parts_are_counted_from_one_whatever_their_numbers_were(cos: FakeCOS, client: Any) -> None:
    # recorded aws-multipart 12 allows gaps; that reads count the parts of the object: assumed
    upload_id = client.create_multipart_upload(Bucket=BUCKET, Key="key")["UploadId"]
    listed = []
    for number, body in ((3, b"three"), (7, b"seven")):
        part = client.upload_part(Bucket=BUCKET, Key="key", UploadId=upload_id, PartNumber=number, Body=body)
        listed.append({"PartNumber": number, "ETag": part["ETag"]})
    client.complete_multipart_upload(Bucket=BUCKET, Key="key", UploadId=upload_id, MultipartUpload={"Parts": listed})
    assert members_of(client.get_object(Bucket=BUCKET, Key="key", PartNumber=2))["Body"] == b"seven"
    with refused(cos, "InvalidPartNumber", NOT_SATISFIABLE, 416, PartNumberRequested="3", ActualPartCount="2"):
        client.get_object(Bucket=BUCKET, Key="key", PartNumber=3)

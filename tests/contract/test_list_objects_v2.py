"""ListObjectsV2: continuation tokens, counts, and what differs from the first version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.list_objects_v2 import BODY, PATHS, get_page
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import put_objects
from fakecos.contract.steps.uploads import upload_in_parts
from tests.support.answers import NAMESPACE, child_names, xml_document
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS


def test_the_document_without_encoding(cos: FakeCOS, client: Any) -> None:
    # recorded aws-listing 9
    put_objects(client, PATHS, BODY)
    root = xml_document(send_raw(cos, "GET", f"/{BUCKET}", "list-type=2&prefix=test/foo"))
    assert root.tag == f"{NAMESPACE}ListBucketResult"
    assert child_names(root) == ["Name", "Prefix", "KeyCount", "MaxKeys", "IsTruncated", "Contents", "Contents"]
    assert [child.text for child in root][:5] == [BUCKET, "test/foo", "2", "1000", "false"]
    assert child_names(root[-1]) == [
        *("Key", "LastModified", "ETag", "ChecksumAlgorithm", "ChecksumType", "Size", "StorageClass"),
    ]


@pytest.mark.limits(min_part_size=1)
def test_an_object_in_parts_shows_its_own_checksum(client: Any) -> None:
    # recorded aws-multipart 3: CRC64NVME, FULL_OBJECT; aws-multipart 61: COMPOSITE
    upload_in_parts(client, b"one", b"two", key="default")
    upload_in_parts(client, b"one", b"two", key="named", ChecksumAlgorithm="CRC32")
    kinds = [(item["ChecksumAlgorithm"], item["ChecksumType"]) for item in get_page(client)["Contents"]]
    assert kinds == [(["CRC64NVME"], "FULL_OBJECT"), (["CRC32"], "COMPOSITE")]

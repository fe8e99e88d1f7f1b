"""ListObjectsV2: continuation tokens, counts, and what differs from the first version."""

from __future__ import annotations

from typing import Any

import pytest

from fakecos.contract.promises.list_objects_v2 import get_page
from fakecos.contract.steps.uploads import upload_in_parts


@pytest.mark.limits(min_part_size=1)
def test_an_object_in_parts_shows_its_own_checksum(client: Any) -> None:
    # recorded aws-multipart 3: CRC64NVME, FULL_OBJECT; aws-multipart 61: COMPOSITE
    upload_in_parts(client, b"one", b"two", key="default")
    upload_in_parts(client, b"one", b"two", key="named", ChecksumAlgorithm="CRC32")
    kinds = [(item["ChecksumAlgorithm"], item["ChecksumType"]) for item in get_page(client)["Contents"]]
    assert kinds == [(["CRC64NVME"], "FULL_OBJECT"), (["CRC32"], "COMPOSITE")]

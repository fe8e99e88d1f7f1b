"""The checksum of an object of one request, and of its copies: recorded aws-checksums-and-sse 1 to 6."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.single_checksums import BODY, ETAG, READ, SHA256, SSE, attributes, whole
from fakecos.contract.steps.answers import DATETIME, members_of
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS
CRC64NVME = "qUVrWYOrIAM="


@pytest.mark.parametrize(
    ("sent", "checksum"),
    [
        ({"x-amz-checksum-sha256": SHA256}, whole("SHA256", SHA256)),
        ({"x-amz-checksum-sha256": SHA256, "x-amz-checksum-algorithm": "SHA1"}, whole("SHA256", SHA256)),
        ({"x-amz-checksum-algorithm": "SHA256"}, whole("CRC64NVME", CRC64NVME)),
        ({"x-amz-checksum-algorithm": "TEST"}, whole("CRC64NVME", CRC64NVME)),
        ({}, whole("CRC64NVME", CRC64NVME)),
    ],
    ids=["right", "the value wins", "only the algorithm", "an unknown algorithm", "none"],
)
def test_a_raw_put_without_a_value_gets_crc64nvme(
    cos: FakeCOS, aws: Any, sent: dict[str, str], checksum: dict[str, str]
) -> None:
    """Source: recorded aws-checksums-and-sse 4."""
    send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", "", sent, BODY)
    assert members_of(aws.head_object(Bucket=BUCKET, Key=KEY, ChecksumMode="ENABLED")) == {**READ, **checksum}
    assert attributes(aws)["Checksum"] == checksum


def test_a_raw_put_with_a_malformed_value_is_refused(cos: FakeCOS) -> None:
    """Source: recorded aws-checksums-and-sse 4."""
    with refused(cos, "InvalidRequest", "Value for x-amz-checksum-sha256 header is invalid.", 400):
        send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", "", {"x-amz-checksum-sha256": "bad"}, BODY)


def test_a_copy_keeps_the_checksum_that_s3_took(cos: FakeCOS, aws: Any) -> None:
    """Source: recorded aws-checksums-and-sse 4."""
    send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", "", {}, BODY)
    checksum = whole("CRC64NVME", CRC64NVME)
    copied = aws.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/{KEY}")
    result = {**checksum, "ETag": f'"{ETAG}"', "LastModified": DATETIME}
    assert members_of(copied) == {"CopyObjectResult": result, **SSE}
    assert attributes(aws, "copy")["Checksum"] == checksum

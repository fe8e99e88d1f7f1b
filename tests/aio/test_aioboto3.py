"""aioboto3: its resources and its own transfers are calls of aiobotocore."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from fakecos import FakeCOS

aioboto3 = pytest.importorskip("aioboto3")

if TYPE_CHECKING:
    from pathlib import Path

MIB = 1024 * 1024


async def test_transfers_go_in_parts(tmp_path: Path) -> None:
    body = bytes(range(256)) * 4096 * 20
    async with FakeCOS() as cos, aioboto3.Session().client("s3") as client:
        cos.create_bucket("photos")
        await client.upload_fileobj(io.BytesIO(body), "photos", "film.mp4")
        stored = cos.bucket("photos").objects["film.mp4"]
        assert stored.body == body
        assert len(stored.parts) > 1
        await client.download_file("photos", "film.mp4", str(tmp_path / "film.mp4"))
        assert (tmp_path / "film.mp4").read_bytes() == body
        cos.assert_no_open_uploads()


async def test_a_resource_is_answered_and_can_be_attached() -> None:
    cos = FakeCOS()
    session = aioboto3.Session(aws_access_key_id="AKIA", aws_secret_access_key="s", region_name="us-east-1")
    async with session.resource("s3") as s3:
        cos.attach(s3)
        bucket = await s3.create_bucket(Bucket="photos")
        await bucket.put_object(Key="a", Body=b"1")
        assert [summary.key async for summary in bucket.objects.all()] == ["a"]
        cos.stop()

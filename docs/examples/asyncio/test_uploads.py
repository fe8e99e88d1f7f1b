import asyncio

import pytest
from aiobotocore.session import get_session
from fakecos import FakeCOS

MIB = 1024 * 1024


async def upload(bucket, key, bodies):
    async with get_session().create_client("s3") as client:
        named = {"Bucket": bucket, "Key": key}
        named["UploadId"] = (await client.create_multipart_upload(**named))["UploadId"]
        sent = (client.upload_part(**named, PartNumber=n, Body=body) for n, body in enumerate(bodies, 1))
        parts = [{"PartNumber": n, "ETag": part["ETag"]} for n, part in enumerate(await asyncio.gather(*sent), 1)]
        await client.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})


@pytest.mark.asyncio
async def test_parts_are_sent_at_once(fakecos):
    films = fakecos.create_bucket("films")
    await upload("films", "film.mp4", [b"a" * 5 * MIB, b"b"])
    assert films.objects["film.mp4"].size == 5 * MIB + 1


@pytest.mark.asyncio
async def test_a_busy_service_is_asked_again(fakecos):
    fakecos.create_bucket("films")
    busy = fakecos.inject("UploadPart", error="SlowDown", times=2)
    await upload("films", "film.mp4", [b"a"])
    assert busy.hits == 2


async def in_a_script():
    async with FakeCOS() as cos:
        cos.create_bucket("films")
        await upload("films", "film.mp4", [b"a"])
        cos.assert_object("films", "film.mp4", body=b"a")


def test_without_a_fixture():
    asyncio.run(in_a_script())

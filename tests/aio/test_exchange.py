"""aiobotocore's clients talk to the fake: whenever they were made, by either HTTP session, and on any loop."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import pytest

import fakecos
from fakecos import FakeCOS, UsageError

aiobotocore = pytest.importorskip("aiobotocore")

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Any]

PHOTO = {"Bucket": "photos", "Key": "cat.jpg"}
BODY = bytes(range(256)) * 1000


async def put_photo(client: Any, body: bytes = BODY) -> None:
    await client.put_object(**PHOTO, Body=body)


async def test_what_is_put_can_be_got(cos: FakeCOS, make: Make) -> None:
    async with make() as client:
        answer = await client.put_object(**PHOTO, Body=BODY, Metadata={"who": "me"})
        got = await client.get_object(**PHOTO)
        assert got["ETag"] == answer["ETag"]
        assert got["Metadata"] == {"who": "me"}
        assert await got["Body"].read() == BODY
    assert cos.bucket("photos").objects["cat.jpg"].body == BODY


async def test_a_client_made_before_the_fake_is_answered(make: Make) -> None:
    async with make(aws_access_key_id="AKIA", aws_secret_access_key="s") as client:
        async with FakeCOS() as cos:
            cos.create_bucket("photos")
            await put_photo(client)
            assert [call.operation for call in cos.journal] == ["PutObject"]
        async with FakeCOS() as other:
            with pytest.raises(client.exceptions.NoSuchBucket):
                await client.get_object(**PHOTO)
            assert len(other.journal) == 1


async def test_everything_is_put_back_at_the_end(make: Make) -> None:
    from aiobotocore import endpoint, httpsession, httpxsession, signers, waiter
    from aiobotocore.retries import bucket

    watched = [
        (endpoint.AioEndpoint, "_send"),
        (endpoint, "asyncio"),
        (waiter, "asyncio"),
        (httpsession.AIOHTTPSession, "send"),
        (httpxsession.HttpxSession, "send"),
        (signers.AioRequestSigner, "get_auth_instance"),
        (signers.AioRequestSigner, "get_auth"),
        (bucket.AsyncTokenBucket, "acquire"),
    ]
    before = [vars(owner)[name] for owner, name in watched]
    async with FakeCOS():
        during = [vars(owner)[name] for owner, name in watched]
    assert all(now is not then for now, then in zip(during, before, strict=True))
    assert all(vars(owner)[name] is then for (owner, name), then in zip(watched, before, strict=True))


async def test_a_head_has_no_body_and_an_error_its_fields(cos: FakeCOS, make: Make) -> None:
    async with make() as client:
        await put_photo(client)
        assert (await client.head_object(**PHOTO))["ContentLength"] == len(BODY)
        with pytest.raises(client.exceptions.ClientError) as caught:
            await client.head_object(Bucket="photos", Key="none")
        assert caught.value.response["Error"]["Code"] == "404"
        with pytest.raises(client.exceptions.NoSuchUpload) as caught:
            await client.upload_part(**PHOTO, UploadId="none", PartNumber=1, Body=b"x")
        assert caught.value.response["Error"]["UploadId"] == "none"


async def test_an_upload_in_parts_at_once(cos: FakeCOS, make: Make) -> None:
    async with make() as client:
        upload = {**PHOTO, "UploadId": (await client.create_multipart_upload(**PHOTO))["UploadId"]}
        bodies = [bytes([number]) * 100_000 for number in range(8)]
        sent = (client.upload_part(**upload, PartNumber=n, Body=body) for n, body in enumerate(bodies, 1))
        parts = [{"PartNumber": n, "ETag": part["ETag"]} for n, part in enumerate(await asyncio.gather(*sent), 1)]
        await client.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
        assert await (await client.get_object(**PHOTO))["Body"].read() == b"".join(bodies)
    cos.assert_no_open_uploads()


# --- streams --------------------------------------------------------------------------------------------


async def test_a_body_is_read_piecewise_by_lines_and_into_a_buffer(cos: FakeCOS, make: Make) -> None:
    text = b"one\ntwo\n" * 5000
    async with make() as client:
        await put_photo(client, text)
        body = (await client.get_object(**PHOTO))["Body"]
        assert b"".join([chunk async for chunk in body.iter_chunks(1000)]) == text
        body = (await client.get_object(**PHOTO))["Body"]
        assert [line async for line in body.iter_lines()] == text.splitlines()
        body = (await client.get_object(**PHOTO, Range="bytes=4-6"))["Body"]
        assert await body.read(2) == b"tw"
        assert body.readable()
        assert await body.read(2) == b"o"
        assert await body.read() == b""
        buffer = bytearray(8)
        body = (await client.get_object(**PHOTO))["Body"]
        assert await body.readinto(buffer) == 8
        assert bytes(buffer) == b"one\ntwo\n"
        assert body.tell() == 8


async def test_a_body_is_closed_by_async_with(cos: FakeCOS, make: Make, backend: str) -> None:
    from botocore.exceptions import ResponseStreamingError

    async with make() as client:
        await put_photo(client)
        async with (await client.get_object(**PHOTO))["Body"] as body:
            assert await body.read(10) == BODY[:10]
        if backend == "aiohttp":  # measured with a real connection: what is left is gone
            with pytest.raises(ResponseStreamingError, match="Connection closed"):
                await body.read(10)


async def test_an_object_of_many_parts_is_streamed_as_one(cos: FakeCOS, make: Make) -> None:
    pieces = [b"a" * 70_000, b"b" * 3, b"c" * 200_000]
    cos.put_object("photos", "cat.jpg", b"".join(pieces))
    upload = cos.start_upload("photos", "film.mp4", parts=pieces)
    async with make() as client:
        listed = await client.list_parts(Bucket="photos", Key="film.mp4", UploadId=upload.upload_id)
        parts = [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in listed["Parts"]]
        named = {"Bucket": "photos", "Key": "film.mp4"}
        await client.complete_multipart_upload(**named, UploadId=upload.upload_id, MultipartUpload={"Parts": parts})
        body = (await client.get_object(**named))["Body"]
        assert b"".join([chunk async for chunk in body.iter_chunks(65_536)]) == b"".join(pieces)


# --- tasks ----------------------------------------------------------------------------------------------


async def test_other_tasks_run_while_a_request_is_on_its_way(cos: FakeCOS, make: Make) -> None:
    async with make(config={"retries": {"total_max_attempts": 1}}) as client:

        async def poll() -> int:
            asked = 0
            while "Contents" not in await client.list_objects_v2(Bucket="photos"):
                asked += 1
                assert asked < 1000, "nobody else had a turn"
            return asked

        waiting = asyncio.create_task(poll())
        await asyncio.sleep(0)
        await put_photo(client)
        await asyncio.wait_for(waiting, 10)


async def test_a_task_that_is_cancelled_before_its_request_stores_nothing(cos: FakeCOS, make: Make) -> None:
    async with make() as client:
        task = asyncio.create_task(put_photo(client))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert not cos.bucket("photos").objects


# --- decorators, nesting, attach ------------------------------------------------------------------------


async def test_a_coroutine_function_is_decorated(make: Make) -> None:
    @FakeCOS()
    async def uploads() -> list[str]:
        fakecos.current().create_bucket("photos")
        async with make() as client:
            await put_photo(client)
            await asyncio.sleep(0)
            return [bucket["Name"] for bucket in (await client.list_buckets())["Buckets"]]

    assert await uploads() == ["photos"]
    assert await uploads() == ["photos"]


async def test_the_inner_fake_answers(cos: FakeCOS, make: Make) -> None:
    async with make() as client:
        async with FakeCOS() as inner:
            await client.create_bucket(Bucket="inside")
            assert len(inner.journal) == 1
        assert [bucket["Name"] for bucket in (await client.list_buckets())["Buckets"]] == ["photos"]


async def test_an_attached_client_is_answered_without_an_active_fake(make: Make) -> None:
    cos = FakeCOS()
    cos.create_bucket("photos")
    async with make() as client, make(aws_access_key_id="AKIA", aws_secret_access_key="s") as keyed:
        for each in (client, keyed):
            cos.attach(each)
            cos.attach(each)
            await put_photo(each)
        with pytest.raises(UsageError, match="another fake"):
            FakeCOS().attach(client)
        cos.detach(client)
        assert "_send" not in vars(client._endpoint)
        cos.stop()
        assert "_send" not in vars(keyed._endpoint)
    assert [call.operation for call in cos.journal] == ["PutObject", "PutObject"]


async def test_a_client_that_was_not_entered_cannot_be_attached(make: Make) -> None:
    made = make(aws_access_key_id="AKIA", aws_secret_access_key="s")
    with pytest.raises(UsageError, match="async with"):
        FakeCOS().attach(made)
    async with made as client:
        cos = FakeCOS()
        cos.attach(client)
        cos.detach(client)


async def test_a_mistake_that_the_code_swallows_is_told_at_the_end(make: Make) -> None:
    cos = FakeCOS(passthrough=()).start()
    async with make("sts") as client:
        with pytest.raises(UsageError, match="sts GetCallerIdentity"):
            await client.get_caller_identity()
    with pytest.raises(UsageError, match="sts GetCallerIdentity"):
        cos.stop()


def test_aiobotocore_imported_while_a_fake_is_active_is_patched_and_undone(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent("""
            import asyncio, sys
            from fakecos import FakeCOS

            async def main():
                assert not {"aiobotocore", "botocore", "aiohttp"} & set(sys.modules)
                async with FakeCOS() as cos:
                    cos.create_bucket("photos")
                    from aiobotocore.session import get_session
                    async with get_session().create_client("s3") as client:
                        names = [bucket["Name"] for bucket in (await client.list_buckets())["Buckets"]]
                        assert names == ["photos"]
                from aiobotocore import endpoint, httpsession, signers
                for owner, name in ((endpoint.AioEndpoint, "_send"), (httpsession.AIOHTTPSession, "send"),
                                    (signers.AioRequestSigner, "get_auth_instance")):
                    assert not hasattr(getattr(owner, name), "__wrapped__"), name
                assert endpoint.asyncio is asyncio
                assert not [finder for finder in sys.meta_path if type(finder).__module__.startswith("fakecos")]

            asyncio.run(main())
        """)
    )
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr

"""The fixtures beside pytest-asyncio and anyio, each in a pytest of its own."""

from __future__ import annotations

import pytest

aiobotocore = pytest.importorskip("aiobotocore")
pytest_plugins = ["pytester"]

UPLOADER = """
    import pytest
    from aiobotocore.config import AioConfig
    from aiobotocore.session import get_session

    async def upload(body, **config):
        async with get_session().create_client("s3", config=AioConfig(**config)) as client:
            await client.put_object(Bucket="photos", Key="a", Body=body)
            return (await client.create_multipart_upload(Bucket="photos", Key="b"))["UploadId"]
"""


def run(pytester: pytest.Pytester, code: str, *options: str) -> pytest.RunResult:
    pytester.makepyfile(UPLOADER + code)
    # the installed plugin, if there is one, is switched off for this tree's
    plugins = ("-p", "no:fakecos", "-p", "pytest_fakecos", "-p", "no:randomly")
    return pytester.runpytest_subprocess(*plugins, "-W", "error", "-q", *options)


def test_a_coroutine_of_pytest_asyncio_has_the_fixture(pytester: pytest.Pytester) -> None:
    pytest.importorskip("pytest_asyncio")
    done = run(
        pytester,
        """
    import pytest_asyncio

    @pytest_asyncio.fixture
    async def bucket(fakecos):
        return fakecos.create_bucket("photos")

    @pytest.mark.asyncio
    @pytest.mark.fakecos(open_uploads="ignore")
    async def test_it(fakecos, bucket):
        upload_id = await upload(b"1")
        assert bucket.objects["a"].body == b"1"
        assert bucket.uploads[upload_id].key == "b"

    @pytest.mark.asyncio
    @pytest.mark.fakecos(open_uploads="error")
    async def test_left_open(fakecos, bucket):
        await upload(b"1")
    """,
        "-p",
        "no:anyio",
        "-o",
        "asyncio_default_fixture_loop_scope=function",
    )
    done.stdout.fnmatch_lines(["*OpenUploadsError: 1 upload left open*", "2 passed, *1 error*"])


def test_a_coroutine_of_anyio_has_the_fixture_on_asyncio_and_trio(pytester: pytest.Pytester) -> None:
    pytest.importorskip("anyio")
    pytest.importorskip("trio")
    done = run(
        pytester,
        """
    from aiobotocore.httpxsession import HttpxSession

    pytestmark = pytest.mark.anyio

    @pytest.fixture(params=["asyncio", "trio"])
    def anyio_backend(request):
        return request.param

    @pytest.mark.fakecos(open_uploads="ignore")
    async def test_it(fakecos):
        bucket = fakecos.create_bucket("photos")
        fakecos.inject("PutObject", error="SlowDown", times=2)
        await upload(b"1", http_session_cls=HttpxSession)
        assert bucket.objects["a"].body == b"1"
    """,
        "-p",
        "no:asyncio",
    )
    done.assert_outcomes(passed=2)

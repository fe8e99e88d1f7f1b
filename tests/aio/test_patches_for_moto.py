"""Patches that suites copy for moto with aiobotocore: the one that breaks is named, and others are left alone."""

from __future__ import annotations

import functools
import gc
import inspect
import io
import warnings
from typing import TYPE_CHECKING, Any
from unittest.mock import MagicMock

import pytest

from fakecos import FakeCOS, UsageError, urls

pytest.importorskip("aiobotocore")

import aiobotocore.awsrequest
import aiobotocore.endpoint
import aiobotocore.httpchecksum
import aiobotocore.response
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable

# A patch that breaks leaves what nobody awaits.
pytestmark = [
    pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PAGE = urls.page("how-to/use-with-asyncio", "a-patch-for-moto")
own = aiobotocore.endpoint.convert_to_response_dict


class OfMoto:
    """What these patches have in common: they give as an awaitable what they believe to be bytes (public)."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.status_code = answer.status_code
        self.headers = answer.headers
        self.raw = answer.raw

    @property
    def content(self) -> Any:
        async def content() -> Any:
            return self.answer.content

        return content()


class WithAStream(OfMoto):
    """Such a one that also stands for aiohttp's answer, which s3fs reads."""

    def __init__(self, answer: Any) -> None:
        super().__init__(answer)

        async def read(_: int = -1) -> Any:
            return answer.content

        self.raw = MagicMock()
        self.raw.content.read = read


class TakesBoth(OfMoto):
    """One that also takes what can be awaited."""

    @property
    def content(self) -> Any:
        async def content() -> Any:
            found = self.answer.content
            return await found if inspect.isawaitable(found) else found

        return content()


def by(answer: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """Return a `convert_to_response_dict` that looks like aiobotocore's own."""

    @functools.wraps(own)
    def patched(http_response: Any, operation_model: Any) -> Any:
        return own(answer(http_response), operation_model)

    return patched


def awaits_nothing(http_response: Any, operation_model: Any) -> Any:
    return {"headers": http_response.headers, "status_code": 200, "context": {}, "body": http_response.content}


async def list_all(client: Any) -> Any:
    return (await client.list_objects_v2(Bucket="photos"))["KeyCount"]


async def get(client: Any) -> Any:
    async with (await client.get_object(Bucket="photos", Key="a"))["Body"] as body:
        return await body.read()


async def get_nothing(client: Any) -> Any:
    with pytest.raises(ClientError) as refused:
        await client.get_object(Bucket="photos", Key="none")
    return refused.value.response["Error"]["Code"]


async def put(client: Any) -> Any:
    await client.put_object(Bucket="photos", Key="b", Body=b"2")
    return "put"


ANSWERS: dict[Any, Any] = {list_all: 1, get: b"holiday", get_nothing: "NoSuchKey", put: "put"}


@pytest.fixture
def client(cos: FakeCOS, once: Callable[..., Any]) -> Any:
    """A client that is to be entered, of a fake with one object."""
    cos.put_object("photos", "a", b"holiday")
    return once()


async def refused(cos: FakeCOS, client: Any, act: Callable[[Any], Any]) -> str:
    """Return what the user is told; nothing was asked or changed, and the error is kept for the end of the fake."""
    async with client as entered:
        with pytest.raises(UsageError) as told:
            await act(entered)
    assert cos.errors == [told.value]
    cos.errors.clear()
    assert list(cos.bucket("photos").objects) == ["a"]
    return str(told.value)


@pytest.mark.parametrize("act", ANSWERS)
@pytest.mark.parametrize("answer", [WithAStream, OfMoto])
async def test_a_replaced_conversion_is_named_before_anything_is_done(
    act: Callable[[Any], Any], answer: type, cos: FakeCOS, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aiobotocore.endpoint, "convert_to_response_dict", patched := by(answer))
    line = patched.__code__.co_firstlineno
    assert await refused(cos, client, act) == (
        f"aiobotocore.endpoint.convert_to_response_dict is replaced by convert_to_response_dict ({__file__}:{line}), "
        "as suites do that use moto with aiobotocore. With it the answer cannot be read. Delete this patch: fakecos "
        f"answers aiobotocore itself. See {PAGE}"
    )
    assert cos.request_count == 0


async def test_nothing_is_left_of_which_python_warns_in_a_later_test(
    cos: FakeCOS, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aiobotocore.endpoint, "convert_to_response_dict", by(WithAStream))
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", RuntimeWarning)
        await refused(cos, client, get)
        gc.collect()
    assert not [one for one in told if one.category is RuntimeWarning]


async def test_one_that_is_no_coroutine_function_is_named(
    cos: FakeCOS, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aiobotocore.endpoint, "convert_to_response_dict", awaits_nothing)
    assert "replaced by awaits_nothing (" in await refused(cos, client, list_all)


@pytest.mark.parametrize("act", ANSWERS)
async def test_one_that_takes_both_is_left_alone(
    act: Callable[[Any], Any], client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aiobotocore.endpoint, "convert_to_response_dict", by(TakesBoth))
    async with client as entered:
        assert await act(entered) == ANSWERS[act]


async def test_one_that_is_undone_leaves_nothing_behind(
    cos: FakeCOS, client: Any, once: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patching:
        patching.setattr(aiobotocore.endpoint, "convert_to_response_dict", by(OfMoto))
        await refused(cos, client, list_all)
    async with once() as entered:
        for act, answer in ANSWERS.items():
            assert await act(entered) == answer


async def test_the_content_of_the_answers_class_is_named(
    cos: FakeCOS, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aiobotocore.awsrequest.AioAWSResponse, "content", property(lambda _: b"1"))
    assert "aiobotocore.awsrequest.AioAWSResponse.content is replaced by " in await refused(cos, client, list_all)


@pytest.mark.parametrize("backend", ["aiohttp"])
async def test_how_a_body_is_read_is_named(
    backend: str, cos: FakeCOS, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def read(self: Any, _: Any = None) -> Any:
        return self.__wrapped__.read()

    monkeypatch.setattr(aiobotocore.response.StreamingBody, "read", read)
    assert "aiobotocore.response.StreamingBody.read is replaced by " in await refused(cos, client, get)


@pytest.mark.parametrize("names", [("_make_chunk",), ("_make_chunk", "read")])
async def test_methods_that_are_deleted_are_named_where_a_body_needs_them(
    names: tuple[str, ...], cos: FakeCOS, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stream:
        def __init__(self) -> None:
            self.stream = io.BytesIO(b"2")

        def read(self, size: int = -1) -> bytes:
            return self.stream.read(size)

    async def put_stream(client: Any) -> None:
        await client.put_object(Bucket="photos", Key="b", Body=Stream(), ContentLength=1, ChecksumAlgorithm="SHA256")

    for name in names:
        monkeypatch.delattr(aiobotocore.httpchecksum.AioAwsChunkedWrapper, name)
    text = await refused(cos, client, put_stream)
    methods = " and ".join(f"AioAwsChunkedWrapper.{name}" for name in names)
    assert text.startswith(f"{methods} of aiobotocore.httpchecksum {'is' if len(names) == 1 else 'are'} deleted, as ")
    assert "With it this body cannot be sent. Delete this patch: fakecos answers aiobotocore itself." in text


async def test_what_does_not_need_them_is_answered(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(aiobotocore.httpchecksum.AioAwsChunkedWrapper, "_make_chunk")
    async with client as entered:
        for act, answer in ANSWERS.items():
            assert await act(entered) == answer

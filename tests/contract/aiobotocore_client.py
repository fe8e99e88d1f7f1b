"""A client of aiobotocore that is called as one of boto3: each call runs an event loop until it is answered.

With it the contract suite passes through aiobotocore: `pytest tests/contract --client aiobotocore`.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import inspect
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

CLIENTS = ("aiobotocore", "aiobotocore-httpx")
TRANSFERS = {"upload_file", "upload_fileobj", "download_file", "download_fileobj", "copy"}


class Loop:
    """Event loops, one for each thread that calls; what was entered is left when they end."""

    def __init__(self) -> None:
        self._of_thread = threading.local()
        self._loops: list[asyncio.AbstractEventLoop] = []
        self._stack = contextlib.AsyncExitStack()

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        if not hasattr(self._of_thread, "loop"):
            self._of_thread.loop = asyncio.new_event_loop()
            self._loops.append(self._of_thread.loop)
        if self._of_thread.loop.is_running():  # a call from within a call
            with ThreadPoolExecutor(1) as pool:
                return pool.submit(self.run, coroutine).result()
        return self._of_thread.loop.run_until_complete(coroutine)

    def enter(self, manager: Any) -> Any:
        return self.run(self._stack.enter_async_context(manager))

    def end(self) -> None:
        self.run(self._stack.aclose())
        for loop in self._loops:
            loop.close()


class Client:
    """The client, with methods that wait; `meta` and `exceptions` are its own."""

    def __init__(self, loop: Loop, client: Any) -> None:
        self._loop = loop
        self._client = client

    def __getattr__(self, name: str) -> Any:
        if name in TRANSFERS:
            pytest.skip("aiobotocore has no transfers")
        found = getattr(self._client, name)
        return waiting(self._loop, found) if inspect.ismethod(found) else found

    def get_paginator(self, name: str) -> Paginator:
        return Paginator(self._loop, self._client.get_paginator(name))

    def get_waiter(self, name: str) -> Any:
        return Client(self._loop, self._client.get_waiter(name))


class Paginator:
    """A paginator whose pages are all asked for."""

    def __init__(self, loop: Loop, paginator: Any) -> None:
        self._loop = loop
        self._paginator = paginator

    def paginate(self, **keywords: Any) -> Any:
        async def pages() -> list[Any]:
            return [page async for page in self._paginator.paginate(**keywords)]

        return self._loop.run(pages())


class Body:
    """The body of an answer, read when it is asked for."""

    def __init__(self, loop: Loop, body: Any) -> None:
        self._loop = loop
        self._body = body

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._body, name)
        return waiting(self._loop, found) if callable(found) else found

    def iter_chunks(self, size: int = 1024) -> Iterator[bytes]:
        while chunk := self.read(size):
            yield chunk

    def iter_lines(self, **keywords: Any) -> Any:
        async def lines() -> list[bytes]:
            return [line async for line in self._body.iter_lines(**keywords)]

        return self._loop.run(lines())

    __iter__ = iter_chunks


class Events:
    """The events of an answer, each read when it is asked for."""

    def __init__(self, loop: Loop, events: Any) -> None:
        self._loop = loop
        self._events = events.__aiter__()

    def __iter__(self) -> Iterator[Any]:
        async def following() -> Any:
            return await anext(self._events, None)

        while (event := self._loop.run(following())) is not None:
            yield event


def waiting(loop: Loop, function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*values: Any, **keywords: Any) -> Any:
        async def awaited() -> Any:
            answer = function(*values, **keywords)
            return await answer if inspect.isawaitable(answer) else answer

        answer = loop.run(awaited())
        if isinstance(answer, dict) and hasattr(answer.get("Body"), "read"):
            return {**answer, "Body": Body(loop, answer["Body"])}
        if isinstance(answer, dict) and hasattr(answer.get("Payload"), "__aiter__"):
            if type(answer["Payload"]._raw_stream).__module__.startswith("httpx"):
                pytest.skip("aiobotocore reads events by a method that only aiohttp has (source: its eventstream)")
            return {**answer, "Payload": Events(loop, answer["Payload"])}
        return answer

    return call


@functools.cache
def session() -> Any:
    """Return one session for all tests: loading the service's model takes most of a test's time."""
    from aiobotocore.session import get_session

    return get_session()


def make(loop: Loop, kind: str, config: dict[str, Any], **keywords: Any) -> Client:
    """Make a client; `kind` names the HTTP session that it would send by."""
    from aiobotocore.config import AioConfig

    if kind == "aiobotocore-httpx":
        from aiobotocore.httpxsession import HttpxSession

        config = {"http_session_cls": HttpxSession, **config}
    return Client(loop, loop.enter(session().create_client("s3", config=AioConfig(**config), **keywords)))

"""httpx: the hook at `handle_request` of its transports, sync and async.

Above it the client follows redirects, decodes and keeps its event hooks. A transport of the user's own, such as
`MockTransport`, never gets here. `respx` mocks one level below: its routes are asked first, without calling them.
`pytest_httpx` replaces the same method, and is asked for its own answers first too.
Source: httpx 0.23 and later, respx 0.20 and later, pytest_httpx 0.30 and later.
"""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any

from fakecos.clients.http import http_common
from fakecos.facts.transport import Transport

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from types import ModuleType

    from fakecos.clients.activation.patches import Patches
    from fakecos.wire.messages import HttpResponse


def patch_transports(module: ModuleType, patches: Patches) -> None:
    """Patch `httpx._transports.default`: requests for S3 are answered."""

    def make_sync(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def handle_request(self: Any, request: Any) -> Any:
            claimed = http_common.claim(str(request.url), request.headers.get("authorization"))
            if claimed is None or _is_mocked(request) or original.__name__.startswith(_THEIRS):
                return original(self, request)
            return _answer(claimed, self, request, http_common.PlainBody(request.stream))

        return handle_request

    def make_async(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        async def handle_async_request(self: Any, request: Any) -> Any:
            claimed = http_common.claim(str(request.url), request.headers.get("authorization"))
            if claimed is None or _is_mocked(request) or original.__name__.startswith(_THEIRS):
                return await original(self, request)
            body = b"".join([piece async for piece in request.stream])
            return _answer(claimed, self, request, http_common.PlainBody(body))

        return handle_async_request

    patches.replace(module.HTTPTransport, "handle_request", make_sync)
    patches.replace(module.AsyncHTTPTransport, "handle_async_request", make_async)


def patch_httpx_mock(module: ModuleType, patches: Patches) -> None:
    """Patch `pytest_httpx._httpx_mock`: what is for S3 and has no answer there is answered here."""

    def make_sync(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def _handle_request(self: Any, real_transport: Any, request: Any) -> Any:
            claimed = http_common.claim(str(request.url), request.headers.get("authorization"))
            if claimed is not None:
                request.read()
            if claimed is None or _has_callback(self, real_transport, request):
                return original(self, real_transport, request)
            return _answer(claimed, real_transport, request, http_common.PlainBody(request.content))

        return _handle_request

    def make_async(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        async def _handle_async_request(self: Any, real_transport: Any, request: Any) -> Any:
            claimed = http_common.claim(str(request.url), request.headers.get("authorization"))
            if claimed is not None:
                await request.aread()
            if claimed is None or _has_callback(self, real_transport, request):
                return await original(self, real_transport, request)
            return _answer(claimed, real_transport, request, http_common.PlainBody(request.content))

        return _handle_async_request

    patches.replace(module.HTTPXMock, "_handle_request", make_sync)
    patches.replace(module.HTTPXMock, "_handle_async_request", make_async)


def _has_callback(mock: Any, transport: Any, request: Any) -> bool:
    return any(matcher.match(transport, request) for matcher, _ in mock._callbacks)


def _answer(claimed: http_common.Claim, transport: Any, request: Any, body: http_common.PlainBody) -> Any:
    headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"host"]
    seconds = request.extensions.get("timeout", {}).get("read")
    exceptions = sys.modules["httpx"]
    tries = getattr(transport._pool, "_retries", 0)  # a connection that cannot be made is tried again

    def failure(kind: Transport) -> Exception:
        name, text = _FAILURES[kind]
        made: Exception = getattr(exceptions, name)(text, request=request)
        return made

    while True:
        try:
            answer = http_common.answer(
                claimed, request.method, headers, body, read_timeout=seconds, to_exception=failure
            )
        except (exceptions.ConnectError, exceptions.ConnectTimeout):
            tries -= 1
            if tries < 0:
                raise
        else:
            return _received(answer, request)


def _received(response: HttpResponse, request: Any) -> Any:
    stream = _stream_class()(response, request)
    reason = http_common.reason_of(response.status).encode()
    extensions = {"http_version": b"HTTP/1.1", "reason_phrase": reason}
    headers = list(response.headers.items())
    return sys.modules["httpx"].Response(response.status, headers=headers, stream=stream, extensions=extensions)


@functools.lru_cache(maxsize=1)
def _stream_class() -> Any:
    httpx: Any = sys.modules["httpx"]

    class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):  # type: ignore[misc]
        """The body of an answer, piece by piece, for either kind of client."""

        def __init__(self, response: HttpResponse, request: Any) -> None:
            self._response = response
            self._request = request

        def __iter__(self) -> Iterator[bytes]:
            if self._request.method == "HEAD":
                return
            cut = self._response.cut
            left = None if cut is None else cut.size
            for piece in self._response.chunks():
                yield bytes(piece if left is None else piece[:left])
                left = None if left is None else max(0, left - len(piece))
            if cut is not None:
                name, text = _BROKEN[cut.kind]
                raise getattr(httpx, name)(text, request=self._request)

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for piece in self:
                yield piece

    return Stream


def _is_mocked(request: Any) -> bool:
    """Whether a mock of the user's own has an answer for a request."""
    respx = sys.modules.get("respx.mocks")
    if respx is None:
        return False
    routers = (router for mocker in respx.Mocker.registry.values() for router in mocker.routers)
    return any(route.pattern is not None and route.pattern.match(request) for r in routers for route in r.routes)


# What pytest_httpx puts in the place of the method, if its fixture began before the fake.
_THEIRS = "mocked_"
# What httpx raises when httpcore meets that failure.
_FAILURES: dict[Transport, tuple[str, str]] = {
    Transport.CONNECT: ("ConnectError", "[Errno 111] Connection refused"),
    Transport.CONNECT_TIMEOUT: ("ConnectTimeout", "timed out"),
    Transport.READ_TIMEOUT: ("ReadTimeout", "The read operation timed out"),
    Transport.RESET: ("ReadError", "[Errno 104] Connection reset by peer"),
    Transport.CLOSED: ("RemoteProtocolError", "Server disconnected without sending a response."),
    Transport.TLS: ("ConnectError", "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"),
    Transport.PROXY: ("ProxyError", "503 Service Unavailable"),
    Transport.DNS: ("ConnectError", "[Errno -2] Name or service not known"),
}
_BROKEN: dict[Transport, tuple[str, str]] = {
    Transport.READ_TIMEOUT: _FAILURES[Transport.READ_TIMEOUT],
    Transport.RESET: _FAILURES[Transport.RESET],
    Transport.CLOSED: (
        "RemoteProtocolError",
        "peer closed connection without sending complete message body",
    ),
}

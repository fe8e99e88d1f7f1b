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

from fakecos.clients import base
from fakecos.clients.base import Adapter, Failures
from fakecos.clients.http import http_common
from fakecos.facts.transport import Transport
from fakecos.wire.messages import header_bytes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from types import ModuleType

    from fakecos.clients.activation.patches import Patches
    from fakecos.clients.http.targets import Target
    from fakecos.wire.messages import HttpRequest, HttpResponse


def patch_transports(module: ModuleType, patches: Patches) -> None:
    """Patch `httpx._transports.default`: requests for S3 are answered."""

    def make_sync(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def handle_request(self: Any, request: Any) -> Any:
            intercepted = http_common.intercept(str(request.url), request.headers.get("authorization"))
            if intercepted is None or _is_mocked(request) or original.__name__.startswith(_PREFIX_OF_PYTEST_HTTPX):
                return original(self, request)
            return _exchange(intercepted, self, request, http_common.RequestBody(request.stream))

        return handle_request

    def make_async(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        async def handle_async_request(self: Any, request: Any) -> Any:
            intercepted = http_common.intercept(str(request.url), request.headers.get("authorization"))
            if intercepted is None or _is_mocked(request) or original.__name__.startswith(_PREFIX_OF_PYTEST_HTTPX):
                return await original(self, request)
            body = b"".join([piece async for piece in request.stream])
            return _exchange(intercepted, self, request, http_common.RequestBody(body))

        return handle_async_request

    patches.replace(module.HTTPTransport, "handle_request", make_sync)
    patches.replace(module.AsyncHTTPTransport, "handle_async_request", make_async)


def patch_httpx_mock(module: ModuleType, patches: Patches) -> None:
    """Patch `pytest_httpx._httpx_mock`: what is for S3 and has no answer there is answered here."""

    def make_sync(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def _handle_request(self: Any, real_transport: Any, request: Any) -> Any:
            intercepted = http_common.intercept(str(request.url), request.headers.get("authorization"))
            if intercepted is not None:
                request.read()
            if intercepted is None or _has_callback(self, real_transport, request):
                return original(self, real_transport, request)
            return _exchange(intercepted, real_transport, request, http_common.RequestBody(request.content))

        return _handle_request

    def make_async(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        async def _handle_async_request(self: Any, real_transport: Any, request: Any) -> Any:
            intercepted = http_common.intercept(str(request.url), request.headers.get("authorization"))
            if intercepted is not None:
                await request.aread()
            if intercepted is None or _has_callback(self, real_transport, request):
                return await original(self, real_transport, request)
            return _exchange(intercepted, real_transport, request, http_common.RequestBody(request.content))

        return _handle_async_request

    patches.replace(module.HTTPXMock, "_handle_request", make_sync)
    patches.replace(module.HTTPXMock, "_handle_async_request", make_async)


def _has_callback(mock: Any, transport: Any, request: Any) -> bool:
    return any(matcher.match(transport, request) for matcher, _ in mock._callbacks)


def to_http(request: Any, target: Target, body: http_common.RequestBody) -> HttpRequest:
    """Return the neutral request."""
    headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"host"]
    seconds = request.extensions.get("timeout", {}).get("read")
    return http_common.to_http(target, request.method, headers, body, seconds)


def from_http(response: HttpResponse, request: Any) -> Any:
    """Return httpx's own response, whose stream is read late."""
    stream = _stream_class()(response, request)
    reason = http_common.reason_phrase(response.status).encode()
    extensions = {"http_version": b"HTTP/1.1", "reason_phrase": reason}
    headers = [(name.encode(), header_bytes(value)) for name, value in response.headers.items()]
    return sys.modules["httpx"].Response(response.status, headers=headers, stream=stream, extensions=extensions)


def _exchange(intercepted: http_common.Intercepted, transport: Any, request: Any, body: http_common.RequestBody) -> Any:
    httpx: Any = sys.modules["httpx"]
    tries = getattr(transport._pool, "_retries", 0)  # a connection that cannot be made is tried again
    while True:
        message = to_http(request, intercepted.target, body)
        try:
            response = base.exchange(intercepted.fake, message, UNANSWERED, request)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            tries -= 1
            if tries < 0:
                raise
        else:
            return from_http(response, request)


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
                raise BROKEN_OFF[cut.kind](self._request)

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


def _error(name: str, text: str) -> Callable[[Any], Exception]:
    """Return what makes an exception of httpx for a request."""

    def make(request: Any) -> Exception:
        made: Exception = getattr(sys.modules["httpx"], name)(text, request=request)
        return made

    return make


# What pytest_httpx puts in the place of the method, if its fixture began before the fake.
_PREFIX_OF_PYTEST_HTTPX = "mocked_"
# What httpx raises when httpcore meets that failure. Called with the request.
UNANSWERED: dict[Transport, Callable[[Any], Exception]] = {
    Transport.CONNECT: _error("ConnectError", "[Errno 111] Connection refused"),
    Transport.CONNECT_TIMEOUT: _error("ConnectTimeout", "timed out"),
    Transport.READ_TIMEOUT: _error("ReadTimeout", "The read operation timed out"),
    Transport.RESET: _error("ReadError", "[Errno 104] Connection reset by peer"),
    Transport.CLOSED: _error("RemoteProtocolError", "Server disconnected without sending a response."),
    Transport.TLS: _error("ConnectError", "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"),
    Transport.PROXY: _error("ProxyError", "503 Service Unavailable"),
    Transport.DNS: _error("ConnectError", "[Errno -2] Name or service not known"),
}
BROKEN_OFF: dict[Transport, Callable[[Any], Exception]] = {
    Transport.READ_TIMEOUT: UNANSWERED[Transport.READ_TIMEOUT],
    Transport.RESET: UNANSWERED[Transport.RESET],
    Transport.CLOSED: _error("RemoteProtocolError", "peer closed connection without sending complete message body"),
}
ADAPTER = Adapter(
    while_answering={
        "httpx._transports.default": patch_transports,
        "pytest_httpx._httpx_mock": patch_httpx_mock,
    },
    failures=(Failures(UNANSWERED, BROKEN_OFF),),
)

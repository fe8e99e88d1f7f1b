"""urllib.request: the hook at `AbstractHTTPHandler.do_open`, where an opener makes its connection.

Above it redirects, proxies, errors of HTTP and cookies are the opener's own. The answer is one of http.client, read
from memory. Source: `urllib.request` and `http.client` of Python 3.10 to 3.14.
"""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any

from fakecos.clients import base
from fakecos.clients.base import Adapter, Failures
from fakecos.clients.http import http_common, os_errors
from fakecos.clients.streams import raw_stream
from fakecos.facts.transport import Transport
from fakecos.wire.messages import in_chunks

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.patches import Patches
    from fakecos.clients.http.targets import Target
    from fakecos.wire.messages import HttpRequest, HttpResponse


def patch_handler(module: ModuleType, patches: Patches) -> None:
    """Patch `urllib.request`: requests for S3 are answered."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def do_open(self: Any, http_class: Any, req: Any, **named: Any) -> Any:
            intercepted = http_common.intercept(req.full_url, req.get_header("Authorization"))
            if intercepted is None:
                return original(self, http_class, req, **named)
            return _exchange(intercepted, req)

        return do_open

    patches.replace(module.AbstractHTTPHandler, "do_open", make)


def to_http(request: Any, target: Target) -> HttpRequest:
    """Return the neutral request."""
    headers = {**request.headers, **request.unredirected_hdrs}
    pairs = [(name, value) for name, value in headers.items() if name.lower() != "host"]
    seconds = request.timeout if isinstance(request.timeout, (int, float)) else None
    body = http_common.RequestBody(request.data, "iso-8859-1")
    return http_common.to_http(target, request.get_method(), pairs, body, seconds)


def _exchange(intercepted: http_common.Intercepted, request: Any) -> Any:
    response = base.exchange(intercepted.fake, to_http(request, intercepted.target), UNANSWERED)
    received = from_http(response, request.get_method())
    received.url = request.get_full_url()
    received.msg = received.reason
    return received


def from_http(response: HttpResponse, method: str) -> Any:
    """Return a response of http.client that is read from memory."""
    from http.client import HTTPResponse

    lines = [f"HTTP/1.1 {response.status} {http_common.reason_phrase(response.status)}"]
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    head = "\r\n".join([*lines, "Connection: close", "", ""]).encode("iso-8859-1", "replace")
    body = b"" if method == "HEAD" else raw_stream(response.body).read()
    if response.is_chunked and method != "HEAD":
        body = in_chunks(body)
    error = None
    if response.cut is not None:
        body = body[: response.cut.size]
        error = BROKEN_OFF[response.cut.kind]
    made = HTTPResponse(_Socket(_EndingBytes(head + body, error)), method=method)  # type: ignore[arg-type]
    made.begin()
    return made


class _Socket:
    """What http.client reads an answer from, in the place of a socket."""

    def __init__(self, file: io.BytesIO) -> None:
        self._file = file

    def makefile(self, mode: str) -> io.BytesIO:  # noqa: ARG002  a socket's signature
        return self._file


class _EndingBytes(io.BytesIO):
    """Bytes at whose end there may be an error."""

    def __init__(self, data: bytes, error: Callable[[], Exception] | None) -> None:
        super().__init__(data)
        self._size = len(data)
        self._error = error

    def _require_present(self, size: int | None) -> None:
        left = self._size - self.tell()
        if self._error is not None and (size is None or size < 0 or size > left):
            raise self._error()

    def read(self, size: int | None = -1) -> bytes:
        self._require_present(size)
        return super().read(size)

    def read1(self, size: int | None = -1) -> bytes:
        self._require_present(1)
        return super().read1(-1 if size is None else size)

    def readinto(self, buffer: Any) -> int:
        self._require_present(len(buffer))
        return super().readinto(buffer)

    def flush(self) -> None:
        """Do nothing, also when closed: Python 3.13 may collect it before the answer, which flushes it as it closes."""


def _url_error(cause: Callable[[], Exception]) -> Callable[[], Exception]:
    """Return what makes the URLError that an opener raises for what happens until the request is sent."""

    def make() -> Exception:
        from urllib.error import URLError

        return URLError(cause())

    return make


# What comes after the request is sent is raised as it is.
UNANSWERED: dict[Transport, Callable[[], Exception]] = {
    Transport.CONNECT: _url_error(os_errors.refused),
    Transport.CONNECT_TIMEOUT: _url_error(os_errors.timed_out),
    Transport.READ_TIMEOUT: os_errors.timed_out,
    Transport.RESET: os_errors.reset,
    Transport.CLOSED: os_errors.disconnected,
    Transport.TLS: _url_error(os_errors.untrusted),
    Transport.PROXY: _url_error(os_errors.no_tunnel),
    Transport.DNS: _url_error(os_errors.unknown_host),
}
BROKEN_OFF: dict[Transport, Callable[[], Exception] | None] = {
    Transport.READ_TIMEOUT: os_errors.timed_out,
    Transport.RESET: os_errors.reset,
    Transport.CLOSED: None,  # the bytes just end, and http.client counts them
}
ADAPTER = Adapter(
    while_answering={"urllib.request": patch_handler},
    failures=(Failures(UNANSWERED, BROKEN_OFF),),
)

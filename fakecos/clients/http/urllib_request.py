"""urllib.request: the hook at `AbstractHTTPHandler.do_open`, where an opener makes its connection.

Above it redirects, proxies, errors of HTTP and cookies are the opener's own. The answer is one of http.client, read
from memory. Source: `urllib.request` and `http.client` of Python 3.10 to 3.14.
"""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any

from fakecos.clients.botocore.bodies import raw_stream
from fakecos.clients.http import http_common, os_errors
from fakecos.facts.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.patches import Patches
    from fakecos.wire.messages import HttpResponse


def patch_handler(module: ModuleType, patches: Patches) -> None:
    """Patch `urllib.request`: requests for S3 are answered."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def do_open(self: Any, http_class: Any, req: Any, **named: Any) -> Any:
            claimed = http_common.claim(req.full_url, req.get_header("Authorization"))
            if claimed is None:
                return original(self, http_class, req, **named)
            return _answer(claimed, req)

        return do_open

    patches.replace(module.AbstractHTTPHandler, "do_open", make)


def _answer(claimed: http_common.Claim, request: Any) -> Any:
    headers = {**request.headers, **request.unredirected_hdrs}
    pairs = [(name, value) for name, value in headers.items() if name.lower() != "host"]
    seconds = request.timeout if isinstance(request.timeout, (int, float)) else None
    body = http_common.PlainBody(request.data, "iso-8859-1")
    method = request.get_method()
    answer = http_common.answer(claimed, method, pairs, body, read_timeout=seconds, to_exception=_failure)
    received = _received(answer, method)
    received.url = request.get_full_url()
    received.msg = received.reason
    return received


def _received(response: HttpResponse, method: str) -> Any:
    from http.client import HTTPResponse

    lines = [f"HTTP/1.1 {response.status} {http_common.reason_of(response.status)}"]
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    head = "\r\n".join([*lines, "Connection: close", "", ""]).encode("iso-8859-1", "replace")
    body = b"" if method == "HEAD" else raw_stream(response.body).read()
    error = None
    if response.cut is not None:
        body = body[: response.cut.size]
        error = _BROKEN.get(response.cut.kind)  # a connection that is closed just ends: http.client counts the bytes
    made = HTTPResponse(_Line(_Ending(head + body, error)), method=method)  # type: ignore[arg-type]
    made.begin()
    return made


class _Line:
    """What http.client reads an answer from, in the place of a socket."""

    def __init__(self, file: io.BytesIO) -> None:
        self._file = file

    def makefile(self, mode: str) -> io.BytesIO:  # noqa: ARG002  a socket's signature
        return self._file


class _Ending(io.BytesIO):
    """Bytes at whose end there may be an error."""

    def __init__(self, data: bytes, error: Callable[[], Exception] | None) -> None:
        super().__init__(data)
        self._size = len(data)
        self._error = error

    def _require(self, size: int | None) -> None:
        left = self._size - self.tell()
        if self._error is not None and (size is None or size < 0 or size > left):
            raise self._error()

    def read(self, size: int | None = -1) -> bytes:
        self._require(size)
        return super().read(size)

    def read1(self, size: int | None = -1) -> bytes:
        self._require(1)
        return super().read1(-1 if size is None else size)

    def readinto(self, buffer: Any) -> int:
        self._require(len(buffer))
        return super().readinto(buffer)


def _failure(kind: Transport) -> Exception:
    """Return what an opener raises: what happens while it sends comes inside a URLError, what comes later does not."""
    from urllib.error import URLError

    if kind is Transport.READ_TIMEOUT:
        return TimeoutError("timed out")
    if kind is Transport.RESET:
        return os_errors.reset()
    if kind is Transport.CLOSED:
        return os_errors.disconnected()
    return URLError(_while_sending(kind))


def _while_sending(kind: Transport) -> OSError:
    if kind is Transport.CONNECT:
        return os_errors.refused()
    if kind is Transport.CONNECT_TIMEOUT:
        return TimeoutError("timed out")
    if kind is Transport.DNS:
        return os_errors.unknown_host()
    if kind is Transport.TLS:
        return os_errors.untrusted()
    return os_errors.no_tunnel()


_BROKEN: dict[Transport, Callable[[], Exception]] = {
    Transport.READ_TIMEOUT: lambda: TimeoutError("timed out"),
    Transport.RESET: os_errors.reset,
}

"""aiohttp: the hook at `BaseConnector.connect`, which hands out a connection that ends in the fake.

aiohttp writes its request to that connection, and reads the answer from it, by its own code: redirects, cookies,
streams, timeouts and errors stay real. The connection is never put into the connector's pool, so that none outlives
the fake. Source: `connector` and `client_proto` of aiohttp 3.9 and later.
"""

from __future__ import annotations

import functools
import re
import sys
from typing import TYPE_CHECKING, Any

from fakecos.clients import base
from fakecos.clients.base import Adapter, Failures
from fakecos.clients.http import http_common, os_errors
from fakecos.clients.streams import raw_stream
from fakecos.facts.numbers import BEYOND, natural
from fakecos.facts.transport import Transport, TransportFault
from fakecos.wire.messages import BODILESS, CONTINUE, header_bytes, in_chunks

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.patches import Patches
    from fakecos.clients.http.targets import Target
    from fakecos.wire.messages import HttpRequest, HttpResponse


def patch_connector(module: ModuleType, patches: Patches) -> None:
    """Patch `aiohttp.connector`: requests for S3 are answered."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        async def connect(self: Any, req: Any, traces: Any, timeout: Any) -> Any:
            intercepted = http_common.intercept(str(req.url), req.headers.get("Authorization"))
            if intercepted is None:
                return await original(self, req, traces, timeout)
            protocol = self._factory() if hasattr(self, "_factory") else module.ResponseHandler(self._loop)
            protocol.force_close()
            protocol.connection_made(_Transport(intercepted, req, protocol, timeout, self._loop))
            return module.Connection(self, req.connection_key, protocol, self._loop)

        return connect

    patches.replace(module.BaseConnector, "connect", make)


class _Transport:
    """The transport of one request: what is written to it is a request, and its protocol is given the answer."""

    def __init__(
        self, intercepted: http_common.Intercepted, request: Any, protocol: Any, timeout: Any, loop: Any
    ) -> None:
        self._intercepted = intercepted
        self._request = request
        self._protocol = protocol
        self._loop = loop
        self._read_timeout = timeout.sock_read if timeout.sock_read is not None else timeout.total
        self._sent = bytearray()
        self._head: tuple[str, list[tuple[str, str]]] | None = None
        self._is_closing = False

    # --- what aiohttp asks of a transport ------------------------------------------------------------

    def write(self, data: Any) -> None:
        """Take some bytes of the request; when it is whole, it is answered."""
        self._sent += data
        if self._head is None:
            head, found, rest = bytes(self._sent).partition(b"\r\n\r\n")
            if not found:
                return
            self._head = _parsed(head)
            self._sent = bytearray(rest)
            if any(name.lower() == "expect" for name, _ in self._head[1]):
                self._loop.call_soon(self._protocol.data_received, CONTINUE)
        body = _complete_body(self._sent, {name.lower(): value for name, value in self._head[1]})
        if body is not None:
            self._loop.call_soon(self._exchange, *self._head, body)

    def writelines(self, pieces: Any) -> None:
        """Take some bytes in pieces."""
        self.write(b"".join(pieces))

    def is_closing(self) -> bool:
        """Whether it was closed."""
        return self._is_closing

    def close(self) -> None:
        """Close it: there is nothing to wait for."""
        if not self._is_closing:
            self._is_closing = True
            self._loop.call_soon(self._protocol.connection_lost, None)

    abort = close

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ARG002  a transport's signature
        """Return nothing: there is no socket."""
        return default

    def pause_reading(self) -> None:
        """Go on: what is read is in memory."""

    def resume_reading(self) -> None:
        """Go on."""

    # --- the answer ----------------------------------------------------------------------------------

    def _exchange(self, method: str, headers: list[tuple[str, str]], body: bytes) -> None:
        fake, target = self._intercepted
        request = to_http(target, method, headers, body, self._read_timeout)
        try:
            response = base.exchange(fake, request, UNANSWERED, self._request)
        except TransportFault as fault:
            self._end(fault.kind)
        except BaseException as error:  # noqa: BLE001  whoever waits for the answer raises it
            self._protocol.set_exception(error)
        else:
            self._give(method, response)

    def _give(self, method: str, response: HttpResponse) -> None:
        head, body = from_http(response, method)
        if response.cut is not None:
            self._protocol.data_received(head + body[: response.cut.size])
            self._loop.call_soon(self._end, response.cut.kind)
            return
        self._protocol.data_received(head + body)
        has_length = "content-length" in {name.lower() for name in response.headers}
        if not has_length and not response.is_chunked and response.status not in BODILESS:
            self.close()

    def _end(self, kind: Transport) -> None:
        """End the connection so that aiohttp raises its own exception."""
        if kind is Transport.READ_TIMEOUT:
            self._protocol._on_read_timeout()
        else:
            self._protocol.connection_lost(os_errors.reset() if kind is Transport.RESET else None)


def to_http(
    target: Target, method: str, headers: list[tuple[str, str]], body: bytes, read_timeout: float | None
) -> HttpRequest:
    """Return the neutral request, of what aiohttp has written."""
    pairs = [(name, value.encode("utf-8", "surrogateescape")) for name, value in headers if name.lower() != "host"]
    return http_common.to_http(target, method, pairs, http_common.RequestBody(body), read_timeout)


def from_http(response: HttpResponse, method: str) -> tuple[bytes, bytes]:
    """Return the head and the body that aiohttp reads."""
    status = f"HTTP/1.1 {response.status} {http_common.reason_phrase(response.status)}"
    fields = [f"{name}: ".encode() + header_bytes(value) for name, value in response.headers.items()]
    head = b"\r\n".join([status.encode(), *fields, b"", b""])
    body = b"" if method == "HEAD" else raw_stream(response.body).read()
    return head, in_chunks(body) if response.is_chunked and method != "HEAD" else body


def _parsed(head: bytes) -> tuple[str, list[tuple[str, str]]]:
    first, *lines = head.decode("utf-8", "surrogateescape").split("\r\n")
    pairs = [line.partition(":") for line in lines]
    return first.partition(" ")[0], [(name, value.strip()) for name, _, value in pairs]


def _complete_body(sent: bytearray, headers: dict[str, str]) -> bytes | None:
    """Return the body if all of it is there."""
    if "chunked" not in headers.get("transfer-encoding", "").lower():
        size = natural(headers.get("content-length", "0").strip()) or 0
        if size == BEYOND:  # no body is as long: what came is judged
            size = 0
        return bytes(sent) if len(sent) >= size else None
    if not sent.endswith(b"0\r\n\r\n"):
        return None
    pieces: list[bytes] = []
    at = 0
    while found := re.compile(rb"([0-9A-Fa-f]+)\r\n").match(sent, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(bytes(sent[found.end() : found.end() + size]))
        at = found.end() + size + 2
    return None


# --- failures: what aiohttp raises while it connects ----------------------------------------------------


def _connect_timeout(request: Any) -> Exception:
    made: Exception = sys.modules["aiohttp"].ServerTimeoutError(f"Connection timeout to host {request.url}")
    return made


def _connector_error(name: str, cause: Callable[[], Exception]) -> Callable[[Any], Exception]:
    """Return what makes an exception of aiohttp's connector for a request."""

    def make(request: Any) -> Exception:
        aiohttp: Any = sys.modules["aiohttp"]
        kind = getattr(aiohttp, name, aiohttp.ClientConnectorError)
        made: Exception = kind(request.connection_key, cause())
        return made

    return make


def _untrusted() -> Exception:
    import ssl

    return ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")


# Called with the request. None: aiohttp raises its own when its connection ends, see `_Transport._end`.
UNANSWERED: dict[Transport, Callable[[Any], Exception] | None] = {
    Transport.CONNECT: _connector_error("ClientConnectorError", os_errors.refused),
    Transport.CONNECT_TIMEOUT: _connect_timeout,
    Transport.READ_TIMEOUT: None,
    Transport.RESET: None,
    Transport.CLOSED: None,
    Transport.TLS: _connector_error("ClientConnectorCertificateError", _untrusted),
    Transport.PROXY: _connector_error("ClientProxyConnectionError", os_errors.refused),
    Transport.DNS: _connector_error("ClientConnectorDNSError", os_errors.unknown_host),
}
BROKEN_OFF: dict[Transport, None] = {
    Transport.READ_TIMEOUT: None,
    Transport.RESET: None,
    Transport.CLOSED: None,
}
ADAPTER = Adapter(
    while_answering={"aiohttp.connector": patch_connector},
    failures=(Failures(UNANSWERED, BROKEN_OFF),),
)

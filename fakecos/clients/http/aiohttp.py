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

from fakecos.clients.botocore.bodies import raw_stream
from fakecos.clients.http import http_common, os_errors
from fakecos.facts.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.patches import Patches
    from fakecos.wire.messages import HttpResponse

_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_BODILESS = frozenset({204, 304})


def patch_connector(module: ModuleType, patches: Patches) -> None:
    """Patch `aiohttp.connector`: requests for S3 are answered."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        async def connect(self: Any, req: Any, traces: Any, timeout: Any) -> Any:
            claimed = http_common.claim(str(req.url), req.headers.get("Authorization"))
            if claimed is None:
                return await original(self, req, traces, timeout)
            protocol = self._factory() if hasattr(self, "_factory") else module.ResponseHandler(self._loop)
            protocol.force_close()
            protocol.connection_made(_Line(claimed, req, protocol, timeout, self._loop))
            return module.Connection(self, req.connection_key, protocol, self._loop)

        return connect

    patches.replace(module.BaseConnector, "connect", make)


class _Line:
    """The transport of one request: what is written to it is a request, and its protocol is given the answer."""

    def __init__(self, claimed: http_common.Claim, request: Any, protocol: Any, timeout: Any, loop: Any) -> None:
        self._claimed = claimed
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
                self._loop.call_soon(self._protocol.data_received, _CONTINUE)
        body = _whole(self._sent, {name.lower(): value for name, value in self._head[1]})
        if body is not None:
            self._loop.call_soon(self._answer, *self._head, body)

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

    def _answer(self, method: str, headers: list[tuple[str, str]], body: bytes) -> None:
        pairs = [(name, value) for name, value in headers if name.lower() != "host"]
        try:
            response = http_common.answer(
                self._claimed,
                method,
                pairs,
                http_common.PlainBody(body),
                read_timeout=self._read_timeout,
                to_exception=_Failure,
            )
        except _Failure as failure:
            self._fail(failure.kind)
        except BaseException as error:  # noqa: BLE001  whoever waits for the answer raises it
            self._protocol.set_exception(error)
        else:
            self._give(method, response)

    def _give(self, method: str, response: HttpResponse) -> None:
        lines = [f"HTTP/1.1 {response.status} {http_common.reason_of(response.status)}"]
        lines += [f"{name}: {value}" for name, value in response.headers.items()]
        data = "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")
        body = b"" if method == "HEAD" else raw_stream(response.body).read()
        if response.cut is not None:
            self._protocol.data_received(data + body[: response.cut.size])
            self._loop.call_soon(self._fail, response.cut.kind)
            return
        self._protocol.data_received(data + body)
        has_length = "content-length" in {name.lower() for name in response.headers}
        if not has_length and response.status not in _BODILESS:
            self.close()

    def _fail(self, kind: Transport) -> None:
        if kind is Transport.READ_TIMEOUT:
            self._protocol._on_read_timeout()
        elif kind is Transport.RESET:
            self._protocol.connection_lost(os_errors.reset())
        elif kind is Transport.CLOSED:
            self._protocol.connection_lost(None)
        else:
            self._protocol.set_exception(_while_connecting(kind, self._request))


class _Failure(Exception):  # noqa: N818  no error: what the test asked for
    """The connection fails."""

    def __init__(self, kind: Transport) -> None:
        self.kind = kind
        super().__init__(kind.name)


def _parsed(head: bytes) -> tuple[str, list[tuple[str, str]]]:
    first, *lines = head.decode("utf-8", "surrogateescape").split("\r\n")
    pairs = [line.partition(":") for line in lines]
    return first.partition(" ")[0], [(name, value.strip()) for name, _, value in pairs]


def _whole(sent: bytearray, headers: dict[str, str]) -> bytes | None:
    """Return the body if all of it is there."""
    if "chunked" not in headers.get("transfer-encoding", "").lower():
        size = int(headers.get("content-length", "0"))
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


def _while_connecting(kind: Transport, request: Any) -> Exception:
    import socket
    import ssl

    aiohttp: Any = sys.modules["aiohttp"]
    key = request.connection_key
    made: Exception
    if kind is Transport.CONNECT_TIMEOUT:
        made = aiohttp.ServerTimeoutError(f"Connection timeout to host {request.url}")
    elif kind is Transport.TLS:
        text = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"
        made = aiohttp.ClientConnectorCertificateError(key, ssl.SSLCertVerificationError(1, text))
    elif kind is Transport.PROXY:
        made = aiohttp.ClientProxyConnectionError(key, os_errors.refused())
    elif kind is Transport.DNS:
        unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        made = getattr(aiohttp, "ClientConnectorDNSError", aiohttp.ClientConnectorError)(key, unknown)
    else:
        made = aiohttp.ClientConnectorError(key, os_errors.refused())
    return made

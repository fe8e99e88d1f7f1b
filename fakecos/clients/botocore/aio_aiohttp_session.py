"""aiobotocore over aiohttp: what its AIOHTTPSession raises and answers.

Every exception here, its class, its text and the one inside of it, was measured with aiobotocore 3.10 and aiohttp 3.14
against a socket that failed so.
"""

from __future__ import annotations

import errno
import io
import sys
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple
from urllib.parse import urlsplit

from fakecos.clients.botocore.aio_session import AioSession, botocore_exceptions
from fakecos.clients.botocore.transport_exceptions import connection_closed, endpoint_error, proxy_error
from fakecos.clients.http import os_errors
from fakecos.facts.transport import Transport
from fakecos.wire.messages import header_bytes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from types import TracebackType

    from typing_extensions import Self

    from fakecos.clients.botocore.transport_exceptions import Cause, ToException
    from fakecos.wire.messages import HttpResponse


_CLOSED = "Connection closed"
_READ_SIZE = 64 * 1024
"""Bytes that aiohttp reads at most at once (source: its `read_bufsize`)."""


class _ConnectionKey(NamedTuple):
    """What aiohttp's exceptions say of a connection: the fields of its ConnectionKey, which grow by version."""

    host: str
    port: int | None
    is_ssl: bool
    ssl: bool = True
    proxy: None = None
    proxy_auth: None = None
    proxy_headers_hash: None = None
    server_hostname: None = None


def _connection_key(url: str) -> _ConnectionKey:
    parts = urlsplit(url)
    is_ssl = parts.scheme == "https"
    return _ConnectionKey(parts.hostname or "", parts.port or (443 if is_ssl else 80), is_ssl)


def _aiohttp() -> Any:
    return sys.modules["aiohttp"]


# --- what aiohttp raises --------------------------------------------------------------------------------


def _connector_error(name: str, cause: Callable[[], Exception]) -> Cause:
    """Return what makes an exception of aiohttp's connector; it is given a request, or a URL."""

    def make(sent: Any) -> Exception:
        aiohttp = _aiohttp()
        kind = getattr(aiohttp, name, aiohttp.ClientConnectorError)
        made: Exception = kind(_connection_key(getattr(sent, "url", sent)), cause())
        return made

    return make


def _connect_timeout(request: Any) -> Exception:
    aiohttp = _aiohttp()
    kind = getattr(aiohttp, "ConnectionTimeoutError", aiohttp.ServerTimeoutError)
    made: Exception = kind(f"Connection timeout to host {request.url}")
    return made


def _read_timeout(*_: object) -> Exception:
    aiohttp = _aiohttp()
    kind = getattr(aiohttp, "SocketTimeoutError", aiohttp.ServerTimeoutError)
    made: Exception = kind("Timeout on reading data from socket")
    return made


def _reset(_: Any) -> Exception:
    made: Exception = _aiohttp().ClientOSError(errno.ECONNRESET, "Connection reset by peer")
    return made


def _disconnected(_: Any) -> Exception:
    made: Exception = _aiohttp().ServerDisconnectedError()
    return made


def _incomplete(arrived: int, declared: str | None) -> Exception:
    text = (
        "Response payload is not completed: <ContentLengthError: 400, message='Not enough data to satisfy content "
        f"length header (received {arrived} of {declared} bytes).'>"
    )
    made: Exception = _aiohttp().ClientPayloadError(text)
    return made


# --- the session ----------------------------------------------------------------------------------------


class AiohttpSession(AioSession):
    """AIOHTTPSession, the one that aiobotocore takes by default."""

    unanswered: ClassVar[dict[Transport, ToException]] = {
        Transport.CONNECT: endpoint_error(
            "EndpointConnectionError", _connector_error("ClientConnectorError", os_errors.refused)
        ),
        Transport.CONNECT_TIMEOUT: endpoint_error("ConnectTimeoutError", _connect_timeout),
        Transport.READ_TIMEOUT: endpoint_error("ReadTimeoutError", _read_timeout),
        Transport.RESET: endpoint_error("EndpointConnectionError", _reset),
        Transport.CLOSED: connection_closed(_disconnected),
        Transport.TLS: endpoint_error(
            "SSLError", _connector_error("ClientConnectorCertificateError", os_errors.untrusted)
        ),
        Transport.PROXY: proxy_error(_connector_error("ClientProxyConnectionError", os_errors.refused)),
        Transport.DNS: endpoint_error(
            "EndpointConnectionError", _connector_error("ClientConnectorDNSError", os_errors.unknown_host)
        ),
    }
    broken_off: ClassVar[dict[Transport, Cause]] = {
        Transport.READ_TIMEOUT: _read_timeout,
        Transport.RESET: _incomplete,
        Transport.CLOSED: _incomplete,
    }
    sendable_types = (bytes, bytearray, memoryview, str, io.IOBase)

    async def checkpoint(self) -> None:
        """Let other tasks run."""
        import asyncio

        await asyncio.sleep(0)

    def unsendable_body(self, body: Any) -> Exception:
        """Return a TypeError in the words of aiohttp."""
        return TypeError(
            "Only io.IOBase, multidict and (name, file) pairs allowed, use .add_field() for passing more complex "
            f"parameters, got {body!r}"
        )

    def unreadable_body(self, error: Exception, url: str) -> Exception:
        """Return an EndpointConnectionError, around an exception of aiohttp."""
        aiohttp = _aiohttp()
        if isinstance(error, OSError):
            inner = aiohttp.ClientOSError(error.errno, f"Can not write request body for {url}")
        else:
            inner = aiohttp.ClientConnectionError("Failed to send bytes into the underlying connection")
        made: Exception = botocore_exceptions().EndpointConnectionError(endpoint_url=url, error=inner)
        return made

    def invalid_header(self, text: str) -> Exception:  # noqa: ARG002  the other session needs it
        """Return a ValueError in the words of aiohttp."""
        return ValueError("Forbidden control character detected in headers. Potential header injection attack.")

    def cut_off(self, cause: Cause) -> ToException:
        """Return what makes a ConnectionClosedError."""
        return connection_closed(cause)

    def make_response(self, request: Any, response: HttpResponse, raw: Any) -> Any:
        """Return it over what stands for a ClientResponse of aiohttp."""
        headers = {  # as aiohttp reads them
            name: value if value.isascii() else header_bytes(value).decode("utf-8", "surrogateescape")
            for name, value in response.headers.items()
        }
        made = _ClientResponse(request.url, response.status, headers, raw)
        return sys.modules["aiobotocore.awsrequest"].AioAWSResponse(request.url, response.status, headers, made)


class _StreamReader:
    """The stream of an answer's body, as aiohttp's StreamReader; nothing has to be waited for."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._closed = False

    def at_eof(self) -> bool:
        return bool(self._raw.is_read)

    async def read(self, n: int = -1) -> bytes:
        if self._closed and not self._raw.is_read:
            raise _aiohttp().ClientConnectionError(_CLOSED)
        data: bytes = self._raw.read(n)
        return data

    async def readany(self) -> bytes:
        return await self.read()

    async def iter_chunked(self, n: int) -> AsyncIterator[bytes]:
        while data := await self.read(n):
            yield data

    async def iter_chunks(self) -> AsyncIterator[tuple[bytes, bool]]:
        """Yield the bytes with whether a chunk of HTTP ends there: what an event stream of aiobotocore reads."""
        async for data in self.iter_chunked(_READ_SIZE):
            yield data, False

    def close(self) -> None:
        self._closed = True


class _ClientResponse:
    """What aiobotocore asks of aiohttp's ClientResponse."""

    def __init__(self, url: str, status: int, headers: dict[str, str], raw: Any) -> None:
        self.url = url
        self.status = status
        self.headers = headers
        self.content = _StreamReader(raw)

    async def read(self) -> bytes:
        return await self.content.read()

    def close(self) -> None:
        self.content.close()

    release = close

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

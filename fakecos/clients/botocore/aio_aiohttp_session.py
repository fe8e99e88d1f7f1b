"""aiobotocore over aiohttp: what its AIOHTTPSession raises and answers.

Every exception here, its class, its text and the one inside of it, was measured with aiobotocore 3.10 and aiohttp 3.14
against a socket that failed so.
"""

from __future__ import annotations

import errno
import io
import sys
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from fakecos.clients.botocore import transport_exceptions
from fakecos.clients.http import os_errors
from fakecos.facts.transport import Transport

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import TracebackType

    from typing_extensions import Self

    from fakecos.clients.botocore.aio_bodies import Sender

_SENT_AS_THEY_ARE = (bytes, bytearray, memoryview, str, io.IOBase)
_CLOSED = "Connection closed"


class _Key(NamedTuple):
    """What aiohttp's exceptions say of a connection: the fields of its ConnectionKey, which grow by version."""

    host: str
    port: int | None
    is_ssl: bool
    ssl: bool = True
    proxy: None = None
    proxy_auth: None = None
    proxy_headers_hash: None = None
    server_hostname: None = None


def _key(url: str) -> _Key:
    parts = urlsplit(url)
    is_ssl = parts.scheme == "https"
    return _Key(parts.hostname or "", parts.port or (443 if is_ssl else 80), is_ssl)


def _aiohttp() -> Any:
    return sys.modules["aiohttp"]


def _exceptions() -> Any:
    return sys.modules["botocore.exceptions"]


async def turn() -> None:
    """Let other tasks run."""
    import asyncio

    await asyncio.sleep(0)


# --- requests -------------------------------------------------------------------------------------------


class _Sender:
    """How aiohttp sends a body."""

    def require_sendable(self, body: Any) -> None:
        """Raise HTTPClientError for what is neither bytes, text, a file of Python's own kind nor an async iterable."""
        if body is not None and not isinstance(body, _SENT_AS_THEY_ARE) and not hasattr(body, "__aiter__"):
            error = TypeError(
                "Only io.IOBase, multidict and (name, file) pairs allowed, use .add_field() for passing more complex "
                f"parameters, got {body!r}"
            )
            raise _exceptions().HTTPClientError(error=error)

    def unreadable(self, error: Exception, url: str) -> Exception:
        """Return the EndpointConnectionError that a stream which raises becomes."""
        aiohttp = _aiohttp()
        if isinstance(error, OSError):
            inner = aiohttp.ClientOSError(error.errno, f"Can not write request body for {url}")
        else:
            inner = aiohttp.ClientConnectionError("Failed to send bytes into the underlying connection")
        made: Exception = _exceptions().EndpointConnectionError(endpoint_url=url, error=inner)
        return made


SENDER: Sender = _Sender()


def unsendable(text: str) -> Exception:  # noqa: ARG001  the other session's needs it
    """Return what a header with a control character raises."""
    error = ValueError("Forbidden control character detected in headers. Potential header injection attack.")
    made: Exception = _exceptions().HTTPClientError(error=error)
    return made


def to_exception(kind: Transport, request: Any, session: Any) -> Exception:
    """Return what a request raises that meets this failure."""
    made: Exception
    aiohttp, exceptions, url = _aiohttp(), _exceptions(), request.url
    match kind:
        case Transport.CONNECT:
            made = exceptions.EndpointConnectionError(
                endpoint_url=url, error=_refused(aiohttp.ClientConnectorError, url)
            )
        case Transport.DNS:
            named = getattr(aiohttp, "ClientConnectorDNSError", aiohttp.ClientConnectorError)
            made = exceptions.EndpointConnectionError(
                endpoint_url=url, error=named(_key(url), os_errors.unknown_host())
            )
        case Transport.CONNECT_TIMEOUT:
            late = getattr(aiohttp, "ConnectionTimeoutError", aiohttp.ServerTimeoutError)
            made = exceptions.ConnectTimeoutError(endpoint_url=url, error=late(f"Connection timeout to host {url}"))
        case Transport.READ_TIMEOUT:
            made = exceptions.ReadTimeoutError(endpoint_url=url, error=_read_timeout())
        case Transport.RESET:
            reset = aiohttp.ClientOSError(errno.ECONNRESET, "Connection reset by peer")
            made = exceptions.EndpointConnectionError(endpoint_url=url, error=reset)
        case Transport.CLOSED:
            closed = aiohttp.ServerDisconnectedError()
            made = exceptions.ConnectionClosedError(error=closed, request=request, endpoint_url=url)
        case Transport.TLS:
            untrusted = aiohttp.ClientConnectorCertificateError(_key(url), os_errors.untrusted())
            made = exceptions.SSLError(endpoint_url=url, error=untrusted)
        case Transport.PROXY:
            proxy = transport_exceptions.proxy_of(request, session)
            error = _refused(aiohttp.ClientProxyConnectionError, proxy)
            made = exceptions.ProxyConnectionError(proxy_url=proxy, error=error)
    return made


def _refused(made: Any, url: str) -> Any:
    return made(_key(url), os_errors.refused())


def _read_timeout() -> Exception:
    aiohttp = _aiohttp()
    late: Exception = getattr(aiohttp, "SocketTimeoutError", aiohttp.ServerTimeoutError)(
        "Timeout on reading data from socket"
    )
    return late


# --- answers --------------------------------------------------------------------------------------------


def while_reading(kind: Transport, arrived: int, declared: str | None) -> Exception:
    """Return what the raw stream of an answer raises when it breaks off."""
    if kind is Transport.READ_TIMEOUT:
        return _read_timeout()
    text = (
        "Response payload is not completed: <ContentLengthError: 400, message='Not enough data to satisfy content "
        f"length header (received {arrived} of {declared} bytes).'>"
    )
    made: Exception = _aiohttp().ClientPayloadError(text)
    return made


def cut_off(kind: Transport, request: Any, arrived: int, declared: str | None) -> Exception:
    """Return what a request raises whose answer is read at once and breaks off."""
    error = while_reading(kind, arrived, declared)
    made: Exception
    if kind is Transport.READ_TIMEOUT:
        made = _exceptions().ReadTimeoutError(endpoint_url=request.url, error=error)
    else:
        made = _exceptions().ConnectionClosedError(error=error, request=request, endpoint_url=request.url)
    return made


def answer(request: Any, status: int, headers: dict[str, str], raw: Any) -> Any:
    """Return aiobotocore's own answer over a raw stream."""
    stream = _Answer(request.url, status, headers, raw)
    return sys.modules["aiobotocore.awsrequest"].AioAWSResponse(request.url, status, headers, stream)


class _Content:
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

    def close(self) -> None:
        self._closed = True


class _Answer:
    """What aiobotocore asks of aiohttp's ClientResponse."""

    def __init__(self, url: str, status: int, headers: dict[str, str], raw: Any) -> None:
        self.url = url
        self.status = status
        self.headers = headers
        self.content = _Content(raw)

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

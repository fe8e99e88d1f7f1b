"""aiobotocore over httpx: what its HttpxSession raises and answers.

Every exception here, its class, its text and the one inside of it, was measured with aiobotocore 3.10 and httpx 0.28
against a socket that failed so.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any, ClassVar

from fakecos.clients.botocore.aio_session import AioSession, botocore_exceptions
from fakecos.clients.botocore.transport_exceptions import client_error, endpoint_error, proxy_error
from fakecos.clients.http import os_errors
from fakecos.facts.transport import Transport
from fakecos.wire.messages import header_bytes

if TYPE_CHECKING:
    from typing_extensions import Self

    from fakecos.clients.botocore.transport_exceptions import Cause, ToException
    from fakecos.wire.messages import HttpResponse

_CHUNK = 64 * 1024  # what one read of its socket gives; its streaming body copies the rest of each


def _httpx() -> Any:
    return sys.modules["aiobotocore.httpxsession"].httpx  # one of two packages


# --- what httpx raises ----------------------------------------------------------------------------------


def _httpx_error(name: str, text: str = "") -> Cause:
    """Return what makes an exception of httpx with this text, whatever it is given."""

    def make(*_: object) -> Exception:
        made: Exception = getattr(_httpx(), name)(text)
        return made

    return make


def _unknown_host(_: Any) -> Exception:
    return _httpx_error("ConnectError", str(os_errors.unknown_host()))()


def _incomplete(arrived: int, declared: str | None) -> Exception:
    text = (
        f"peer closed connection without sending complete message body (received {arrived} bytes, expected {declared})"
    )
    return _httpx_error("RemoteProtocolError", text)()


_refused = _httpx_error("ConnectError", "All connection attempts failed")
_read_timeout = _httpx_error("ReadTimeout")
_reset = _httpx_error("ReadError")
_disconnected = _httpx_error("RemoteProtocolError", "Server disconnected without sending a response.")


# --- the session ----------------------------------------------------------------------------------------


class HttpxSession(AioSession):
    """HttpxSession, on asyncio or trio."""

    unanswered: ClassVar[dict[Transport, ToException]] = {
        Transport.CONNECT: endpoint_error("EndpointConnectionError", _refused),
        Transport.CONNECT_TIMEOUT: endpoint_error("ConnectTimeoutError", _httpx_error("ConnectTimeout")),
        Transport.READ_TIMEOUT: endpoint_error("ReadTimeoutError", _read_timeout),
        Transport.RESET: client_error(_reset),
        Transport.CLOSED: client_error(_disconnected),
        Transport.TLS: endpoint_error("SSLError", os_errors.untrusted),
        Transport.PROXY: proxy_error(_refused),
        Transport.DNS: endpoint_error("EndpointConnectionError", _unknown_host),
    }
    broken_off: ClassVar[dict[Transport, Cause]] = {
        Transport.READ_TIMEOUT: _read_timeout,
        Transport.RESET: _reset,
        Transport.CLOSED: _incomplete,
    }
    sendable_types = (bytes, str, io.BytesIO)

    async def checkpoint(self) -> None:
        """Let other tasks run, whichever event loop it is."""
        import anyio.lowlevel

        await anyio.lowlevel.checkpoint()

    def unsendable_body(self, body: Any) -> Exception:
        """Return a TypeError in the words of httpx."""
        return TypeError(f"Unexpected type for 'content', {type(body)!r}")

    def unreadable_body(self, error: Exception, url: str) -> Exception:  # noqa: ARG002  the other needs it
        """Return an HTTPClientError around it."""
        made: Exception = botocore_exceptions().HTTPClientError(error=error)
        return made

    def invalid_header(self, text: str) -> Exception:
        """Return a LocalProtocolError of httpx."""
        return _httpx_error("LocalProtocolError", f"Illegal header value {text.encode()!r}")()

    def cut_off(self, cause: Cause) -> ToException:
        """Return what makes an HTTPClientError."""
        return client_error(cause)

    def make_response(self, request: Any, response: HttpResponse, raw: Any) -> Any:
        """Return it over a real answer of httpx, whose stream is the raw one."""
        httpx, headers = _httpx(), response.headers
        sent = httpx.Request(request.method, request.url)
        made = httpx.Response(
            response.status,
            headers=[(name.encode(), header_bytes(value)) for name, value in headers.items()],
            content=_ByteStream(raw),
            request=sent,
        )
        return sys.modules["aiobotocore.awsrequest"].HttpxAWSResponse(request.url, response.status, made.headers, made)


class _ByteStream:
    """The body of an answer, piece by piece."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        piece: bytes = self._raw.read(_CHUNK)
        if not piece:
            raise StopAsyncIteration
        return piece

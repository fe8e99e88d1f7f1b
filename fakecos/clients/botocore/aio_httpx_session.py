"""aiobotocore over httpx: what its HttpxSession raises and answers.

Every exception here, its class, its text and the one inside of it, was measured with aiobotocore 3.10 and httpx 0.28
against a socket that failed so.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

from fakecos.clients.botocore import transport_exceptions
from fakecos.clients.http import os_errors
from fakecos.facts.transport import Transport

if TYPE_CHECKING:
    from typing_extensions import Self

    from fakecos.clients.botocore.aio_bodies import Sender

_CHUNK = 64 * 1024  # what one read of its socket gives; its streaming body copies the rest of each
_SENT_AS_THEY_ARE = (bytes, str, io.BytesIO)


def _httpx() -> Any:
    return sys.modules["aiobotocore.httpxsession"].httpx  # one of two packages


def _exceptions() -> Any:
    return sys.modules["botocore.exceptions"]


async def turn() -> None:
    """Let other tasks run, whichever event loop it is."""
    import anyio.lowlevel

    await anyio.lowlevel.checkpoint()


# --- requests -------------------------------------------------------------------------------------------


class _Sender:
    """How httpx sends a body."""

    def require_sendable(self, body: Any) -> None:
        """Raise HTTPClientError for what is neither bytes, text, a BytesIO nor an async iterable."""
        if body is not None and not isinstance(body, _SENT_AS_THEY_ARE) and not hasattr(body, "__aiter__"):
            error = TypeError(f"Unexpected type for 'content', {type(body)!r}")
            raise _exceptions().HTTPClientError(error=error)

    def unreadable(self, error: Exception, url: str) -> Exception:  # noqa: ARG002  the other session's needs it
        """Return the HTTPClientError that a stream which raises becomes."""
        made: Exception = _exceptions().HTTPClientError(error=error)
        return made


SENDER: Sender = _Sender()


def unsendable(text: str) -> Exception:
    """Return what a header with a control character raises."""
    error = _httpx().LocalProtocolError(f"Illegal header value {text.encode()!r}")
    made: Exception = _exceptions().HTTPClientError(error=error)
    return made


def to_exception(kind: Transport, request: Any, session: Any) -> Exception:
    """Return what a request raises that meets this failure."""
    made: Exception
    httpx, exceptions, url = _httpx(), _exceptions(), request.url
    refused = httpx.ConnectError("All connection attempts failed")
    match kind:
        case Transport.CONNECT:
            made = exceptions.EndpointConnectionError(endpoint_url=url, error=refused)
        case Transport.DNS:
            unknown = httpx.ConnectError(str(os_errors.unknown_host()))
            made = exceptions.EndpointConnectionError(endpoint_url=url, error=unknown)
        case Transport.CONNECT_TIMEOUT:
            made = exceptions.ConnectTimeoutError(endpoint_url=url, error=httpx.ConnectTimeout(""))
        case Transport.READ_TIMEOUT:
            made = exceptions.ReadTimeoutError(endpoint_url=url, error=httpx.ReadTimeout(""))
        case Transport.RESET:
            made = exceptions.HTTPClientError(error=httpx.ReadError(""))
        case Transport.CLOSED:
            closed = httpx.RemoteProtocolError("Server disconnected without sending a response.")
            made = exceptions.HTTPClientError(error=closed)
        case Transport.TLS:
            made = exceptions.SSLError(endpoint_url=url, error=os_errors.untrusted())
        case Transport.PROXY:
            made = exceptions.ProxyConnectionError(
                proxy_url=transport_exceptions.proxy_of(request, session), error=refused
            )
    return made


# --- answers --------------------------------------------------------------------------------------------


def while_reading(kind: Transport, arrived: int, declared: str | None) -> Exception:
    """Return what the raw stream of an answer raises when it breaks off."""
    httpx = _httpx()
    made: Exception
    if kind is Transport.READ_TIMEOUT:
        made = httpx.ReadTimeout("")
    elif kind is Transport.RESET:
        made = httpx.ReadError("")
    else:
        made = httpx.RemoteProtocolError(
            "peer closed connection without sending complete message body "
            f"(received {arrived} bytes, expected {declared})"
        )
    return made


def cut_off(kind: Transport, request: Any, arrived: int, declared: str | None) -> Exception:
    """Return what a request raises whose answer is read at once and breaks off."""
    error = while_reading(kind, arrived, declared)
    made: Exception
    if kind is Transport.READ_TIMEOUT:
        made = _exceptions().ReadTimeoutError(endpoint_url=request.url, error=error)
    else:
        made = _exceptions().HTTPClientError(error=error)
    return made


def answer(request: Any, status: int, headers: dict[str, str], raw: Any) -> Any:
    """Return aiobotocore's own answer, over a real answer of httpx whose stream is the raw one."""
    httpx = _httpx()
    asked = httpx.Request(request.method, request.url)
    given = httpx.Response(status, headers=headers, content=_Pieces(raw), request=asked)
    return sys.modules["aiobotocore.awsrequest"].HttpxAWSResponse(request.url, status, headers, given)


class _Pieces:
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

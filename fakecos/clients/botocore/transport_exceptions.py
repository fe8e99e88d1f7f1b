"""Neutral failures of a connection -> the exceptions of the client's own package, so that its retry logic runs.

Which class botocore raises for what urllib3 raises: source, `httpsession.send` and `response.StreamingBody`. The two
packages have the same names, and must never get the other's class (wire 1). The functions that name a class serve the
sessions of aiobotocore too: its exceptions are botocore's, around those of another library of HTTP.

The functions of UNANSWERED are called with the request, the session that sends it, and the package's exceptions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.clients.http import os_errors
from fakecos.facts.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    Cause = Callable[..., Exception]
    ToException = Callable[[Any, Any, ModuleType], Exception]

_PROXY = "http://proxy.invalid:3128"


# --- the classes of botocore, around what its library of HTTP raises ------------------------------------


def endpoint_error(name: str, cause: Cause) -> ToException:
    """Return what makes a class that says which endpoint failed; `cause` is given the request."""

    def make(request: Any, _: Any, exceptions: ModuleType) -> Exception:
        made: Exception = getattr(exceptions, name)(endpoint_url=request.url, error=cause(request))
        return made

    return make


def connection_closed(cause: Cause) -> ToException:
    """Return what makes a ConnectionClosedError; `cause` is given the request."""

    def make(request: Any, _: Any, exceptions: ModuleType) -> Exception:
        made: Exception = exceptions.ConnectionClosedError(
            error=cause(request), request=request, endpoint_url=request.url
        )
        return made

    return make


def client_error(cause: Cause) -> ToException:
    """Return what makes an HTTPClientError; `cause` is given the request."""

    def make(request: Any, _: Any, exceptions: ModuleType) -> Exception:
        made: Exception = exceptions.HTTPClientError(error=cause(request))
        return made

    return make


def proxy_error(cause: Cause) -> ToException:
    """Return what makes a ProxyConnectionError; `cause` is given the proxy's URL."""

    def make(request: Any, session: Any, exceptions: ModuleType) -> Exception:
        configured = getattr(session, "_proxy_config", None)
        proxy = str((configured.proxy_url_for(request.url) if configured is not None else None) or _PROXY)
        made: Exception = exceptions.ProxyConnectionError(proxy_url=proxy, error=cause(proxy))
        return made

    return make


# --- what urllib3 raises --------------------------------------------------------------------------------


def _read_timeout(request: Any) -> Exception:
    from urllib3.exceptions import ReadTimeoutError

    return ReadTimeoutError(None, request.url, "Read timed out.")  # type: ignore[arg-type]


def _aborted(cause: Cause) -> Cause:
    def make(_: Any) -> Exception:
        from urllib3.exceptions import ProtocolError

        return ProtocolError("Connection aborted.", cause())

    return make


def _broken(cause: Cause) -> Cause:
    def make(_: Any) -> Exception:
        from urllib3.exceptions import ProtocolError

        error = cause()
        return ProtocolError(f"Connection broken: {error!r}", error)

    return make


UNANSWERED: dict[Transport, ToException] = {
    Transport.CONNECT: endpoint_error("EndpointConnectionError", os_errors.refused),
    Transport.CONNECT_TIMEOUT: endpoint_error("ConnectTimeoutError", os_errors.timed_out),
    Transport.READ_TIMEOUT: endpoint_error("ReadTimeoutError", _read_timeout),
    Transport.RESET: connection_closed(_aborted(os_errors.reset)),
    Transport.CLOSED: connection_closed(_aborted(os_errors.disconnected)),
    Transport.TLS: endpoint_error("SSLError", os_errors.untrusted),
    Transport.PROXY: proxy_error(os_errors.no_tunnel),
    Transport.DNS: endpoint_error("EndpointConnectionError", os_errors.unknown_host),
}
# Called with the request. It is what urllib3 raises: botocore's stream turns it into its own.
BROKEN_OFF: dict[Transport, Cause] = {
    Transport.READ_TIMEOUT: _read_timeout,
    Transport.RESET: _broken(os_errors.reset),
    Transport.CLOSED: _broken(lambda: ConnectionError("the peer closed the connection")),
}


def read_timeout_of(request: Any, endpoint: Any) -> float | None:
    """Return the seconds that a client waits for an answer, None for ever or unknown (source: httpsession.send)."""
    context = getattr(request, "context", None)
    if context:
        timeout: float | None = context.get("read_timeout")
        if timeout is not None:
            return timeout
    given = getattr(getattr(endpoint, "http_session", None), "_timeout", None)
    if isinstance(given, (int, float)):
        return given
    # urllib3's Timeout, aiohttp's ClientTimeout, httpx's Timeout
    found: float | None = next(
        (getattr(given, name) for name in ("_read", "sock_read", "read") if hasattr(given, name)), None
    )
    return found

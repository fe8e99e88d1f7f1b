"""Neutral failures of a connection -> the exceptions of the client's own package, so that its retry logic runs.

Which class botocore raises for what urllib3 raises: source, `httpsession.send` and `response.StreamingBody`. The two
packages have the same names, and must never get the other's class (wire 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.clients.http import os_errors
from fakecos.facts.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

_PROXY = "http://proxy.invalid:3128"


def to_exception(kind: Transport, request: Any, session: Any, exceptions: ModuleType) -> Exception:
    """Return what the package raises when a request meets that failure."""
    made: Exception = _BY_KIND[kind](request, session, exceptions)
    return made


def while_reading(kind: Transport, url: str) -> Exception:
    """Return what urllib3 raises when an answer's body breaks off; botocore's stream turns it into its own."""
    from urllib3.exceptions import ProtocolError, ReadTimeoutError

    if kind is Transport.READ_TIMEOUT:
        return ReadTimeoutError(None, url, "Read timed out.")  # type: ignore[arg-type]
    cause = os_errors.reset() if kind is Transport.RESET else ConnectionError("the peer closed the connection")
    return ProtocolError(f"Connection broken: {cause!r}", cause)


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


def _connect(request: Any, _: Any, exceptions: ModuleType) -> Any:
    return exceptions.EndpointConnectionError(endpoint_url=request.url, error=os_errors.refused())


def _dns(request: Any, _: Any, exceptions: ModuleType) -> Any:
    return exceptions.EndpointConnectionError(endpoint_url=request.url, error=os_errors.unknown_host())


def _connect_timeout(request: Any, _: Any, exceptions: ModuleType) -> Any:
    return exceptions.ConnectTimeoutError(endpoint_url=request.url, error=TimeoutError("timed out"))


def _read_timeout(request: Any, _: Any, exceptions: ModuleType) -> Any:
    error = while_reading(Transport.READ_TIMEOUT, request.url)
    return exceptions.ReadTimeoutError(endpoint_url=request.url, error=error)


def _closed_by(cause: Callable[[], Exception]) -> Callable[[Any, Any, ModuleType], Any]:
    def make(request: Any, _: Any, exceptions: ModuleType) -> Any:
        from urllib3.exceptions import ProtocolError

        error = ProtocolError("Connection aborted.", cause())
        return exceptions.ConnectionClosedError(error=error, request=request, endpoint_url=request.url)

    return make


def _tls(request: Any, _: Any, exceptions: ModuleType) -> Any:
    return exceptions.SSLError(endpoint_url=request.url, error=os_errors.untrusted())


def _proxy(request: Any, session: Any, exceptions: ModuleType) -> Any:
    return exceptions.ProxyConnectionError(proxy_url=proxy_of(request, session), error=os_errors.no_tunnel())


def proxy_of(request: Any, session: Any) -> str:
    """Return the proxy that a session uses for a request, or one that is nowhere."""
    configured = getattr(session, "_proxy_config", None)
    return str((configured.proxy_url_for(request.url) if configured is not None else None) or _PROXY)


_BY_KIND: dict[Transport, Callable[[Any, Any, ModuleType], Any]] = {
    Transport.CONNECT: _connect,
    Transport.CONNECT_TIMEOUT: _connect_timeout,
    Transport.READ_TIMEOUT: _read_timeout,
    Transport.RESET: _closed_by(os_errors.reset),
    Transport.CLOSED: _closed_by(os_errors.disconnected),
    Transport.TLS: _tls,
    Transport.PROXY: _proxy,
    Transport.DNS: _dns,
}

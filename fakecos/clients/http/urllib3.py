"""urllib3, and `requests` on top of it: the hook at `HTTPConnectionPool._make_request`.

Below it there is a connection; above it urllib3 tries again, follows redirects and wraps errors, and `requests` does
the same once more: all of that stays real, since what is raised here is what a connection would have raised. The same
hook serves both libraries, so no request is answered twice; botocore's are answered or refused above its own pools.
Source: `connectionpool` of urllib3 1.26 and 2, and `adapters` of requests.
"""

from __future__ import annotations

import errno
import functools
import sys
import threading
from typing import TYPE_CHECKING, Any

from fakecos.clients import base
from fakecos.clients.activation import active
from fakecos.clients.base import Adapter, Failures
from fakecos.clients.http import http_common, os_errors
from fakecos.clients.streams import BrokenBody, raw_stream
from fakecos.facts.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.patches import Patches
    from fakecos.clients.http.targets import Target
    from fakecos.wire.messages import HttpRequest, HttpResponse

_last_request = threading.local()


def patch_pool(module: ModuleType, patches: Patches) -> None:
    """Patch `urllib3.connectionpool`: requests for S3 are answered, and no proxy is asked for them."""

    def make_request(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def _make_request(self: Any, conn: Any, method: str, url: str, *args: Any, **named: Any) -> Any:
            intercepted = _intercept(self, url, named.get("headers"))
            _last_request.was_intercepted = intercepted is not None
            if intercepted is None:
                return original(self, conn, method, url, *args, **named)
            return _exchange(intercepted, self, conn, method, url, **named)

        return _make_request

    def make_tunnel(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def _prepare_proxy(self: Any, conn: Any) -> Any:
            # It is given neither URL nor headers, which may say that the request is for S3: `urlopen` has them.
            caller = sys._getframe(1).f_locals
            intercepted = _intercept(self, caller.get("url") or "/", caller.get("headers"))
            return None if intercepted is not None else original(self, conn)

        return _prepare_proxy

    patches.replace(module.HTTPConnectionPool, "_make_request", make_request)
    patches.replace(module.HTTPSConnectionPool, "_prepare_proxy", make_tunnel)


def patch_retry(module: ModuleType, patches: Patches) -> None:
    """Patch `urllib3.util.retry`: between attempts at S3 nobody sleeps, unless the fake says so."""

    def make_sleep(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def sleep(self: Any, *args: Any, **named: Any) -> None:
            fake = active.innermost()
            if fake is None or fake.sleep_between_retries or not getattr(_last_request, "was_intercepted", False):
                original(self, *args, **named)

        return sleep

    patches.replace(module.Retry, "sleep", make_sleep)


def _intercept(pool: Any, url: str, headers: Any) -> http_common.Intercepted | None:
    sent = pool.headers if headers is None else headers
    authorization = next((value for name, value in sent.items() if name.lower() == "authorization"), None)
    return http_common.intercept(_full_url(pool, url), authorization)


def _full_url(pool: Any, url: str) -> str:
    """Return the whole URL of a request: the pool is given its path, and through a proxy all of it."""
    if "://" in url.partition("?")[0]:
        return url
    host = f"[{pool.host}]" if ":" in pool.host and not pool.host.startswith("[") else pool.host
    default = {"http": 80, "https": 443}.get(pool.scheme)
    port = "" if pool.port in {None, default} else f":{pool.port}"
    return f"{pool.scheme}://{host}{port}{url}"


def to_http(target: Target, pool: Any, method: str, named: dict[str, Any]) -> HttpRequest:
    """Return the neutral request; takes headers, body, chunked and timeout out of the arguments of `_make_request`."""
    headers, body = named.pop("headers", None), named.pop("body", None)
    pairs = list((headers if headers is not None else pool.headers).items())
    if named.pop("chunked", False):
        pairs = [(name, value) for name, value in pairs if name.lower() not in {"content-length", "transfer-encoding"}]
        pairs.append(("transfer-encoding", "chunked"))
    sent, seconds = http_common.RequestBody(body), _read_seconds(pool, named)
    return http_common.to_http(target, method, pairs, sent, seconds)


def _exchange(intercepted: http_common.Intercepted, pool: Any, conn: Any, method: str, url: str, **named: Any) -> Any:
    request = to_http(intercepted.target, pool, method, named)
    response = base.exchange(intercepted.fake, request, UNANSWERED, pool, conn, url)
    return from_http(response, pool, method, url, **named)


def _read_seconds(pool: Any, named: dict[str, Any]) -> float | None:
    timeout = pool._get_timeout(named.pop("timeout", pool.timeout))  # a copy
    timeout.start_connect()  # what it was given for all may not be asked before
    seconds = timeout.read_timeout
    return seconds if isinstance(seconds, (int, float)) else None


def from_http(response: HttpResponse, pool: Any, method: str, url: str, **named: Any) -> Any:
    """Return urllib3's own answer over a body that is in memory."""
    from urllib3._collections import HTTPHeaderDict
    from urllib3.response import HTTPResponse

    raw: Any = raw_stream(b"" if method == "HEAD" else response.body)
    if response.cut is not None:
        raw = BrokenBody(raw.read(response.cut.size), BROKEN_OFF[response.cut.kind]())
    known: dict[str, Any] = {
        "headers": HTTPHeaderDict(response.headers),
        "status": response.status,
        "version": 11,
        "reason": http_common.reason_phrase(response.status),
        "request_method": method,
        "request_url": url,
    }
    if _is_version_1():
        return _HttpClientResponse(raw, known)
    answer = HTTPResponse(
        raw,
        preload_content=named.get("preload_content", True),
        decode_content=named.get("decode_content", True),
        enforce_content_length=named.get("enforce_content_length", True),
        **known,
    )
    answer.retries = named.get("retries")
    answer._connection = named.get("response_conn")
    answer._pool = pool
    return answer


def _is_version_1() -> bool:
    version: str = sys.modules["urllib3"].__version__
    return version.startswith("1.")


class _HttpClientResponse:
    """What urllib3 1.26 makes its own response of, in the place of one of http.client."""

    def __init__(self, raw: Any, known: dict[str, Any]) -> None:
        self._raw = raw
        self.status = known["status"]
        self.version = known["version"]
        self.reason = known["reason"]
        self.msg = known["headers"]
        self.length = known["headers"].get("content-length")

    def isclosed(self) -> bool:
        """Whether it was read to its end."""
        return bool(self._raw.closed)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


# --- failures: what a connection raises, before urllib3 wraps it --------------------------------------------------


def _refused(_: Any, conn: Any, __: str) -> Exception:
    from urllib3.exceptions import NewConnectionError

    return NewConnectionError(conn, f"Failed to establish a new connection: [Errno {errno.ECONNREFUSED}] refused")


def _connect_timeout(pool: Any, conn: Any, _: str) -> Exception:
    from urllib3.exceptions import ConnectTimeoutError

    return ConnectTimeoutError(conn, f"Connection to {pool.host} timed out. (connect timeout={conn.timeout})")


def _unknown_host(pool: Any, conn: Any, _: str) -> Exception:
    from urllib3 import exceptions

    unknown = os_errors.unknown_host()
    if hasattr(exceptions, "NameResolutionError"):
        return exceptions.NameResolutionError(pool.host, conn, unknown)
    return exceptions.NewConnectionError(conn, f"Failed to establish a new connection: {unknown}")


def _read_timeout(pool: Any, _: Any, url: str) -> Exception:
    from urllib3.exceptions import ReadTimeoutError

    return ReadTimeoutError(pool, url, "Read timed out.")


def _ended() -> Exception:
    from http.client import IncompleteRead

    return IncompleteRead(b"")


def _tls(*_: Any) -> Exception:
    from urllib3.exceptions import SSLError

    return SSLError(os_errors.untrusted())


def _proxy(*_: Any) -> Exception:
    from urllib3.exceptions import ProxyError

    return ProxyError("Unable to connect to proxy", os_errors.no_tunnel())


# Called with the pool, the connection and the URL.
UNANSWERED: dict[Transport, Callable[..., Exception]] = {
    Transport.CONNECT: _refused,
    Transport.CONNECT_TIMEOUT: _connect_timeout,
    Transport.READ_TIMEOUT: _read_timeout,
    Transport.RESET: os_errors.reset,
    Transport.CLOSED: os_errors.disconnected,
    Transport.TLS: _tls,
    Transport.PROXY: _proxy,
    Transport.DNS: _unknown_host,
}
BROKEN_OFF: dict[Transport, Callable[[], Exception]] = {
    Transport.READ_TIMEOUT: os_errors.timed_out,
    Transport.RESET: os_errors.reset,
    Transport.CLOSED: _ended,
}
ADAPTER = Adapter(
    while_answering={"urllib3.connectionpool": patch_pool, "urllib3.util.retry": patch_retry},
    failures=(Failures(UNANSWERED, BROKEN_OFF),),
)

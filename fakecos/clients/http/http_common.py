"""What the libraries of HTTP have in common: from a method and a URL to the neutral request.

Each library has a file of its own, which says where its hook is, and translates failures into its own exceptions.
"""

from __future__ import annotations

import io
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.clients.activation import active, passage
from fakecos.clients.http.targets import Target, target_of
from fakecos.clients.streams import is_synthetic, skip_body
from fakecos.wire.messages import HttpRequest, header_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fakecos.clients.activation.active import ActiveFake
    from fakecos.model.content import Content

_CHUNK = 1024 * 1024
# Their requests have a length also without a body (RFC 9110, 8.6; so do http.client and urllib3).
_WITH_BODY = frozenset({"PATCH", "POST", "PUT"})


_override = threading.local()


class Intercepted(NamedTuple):
    """A request that a fake answers: which one, and what its URL is for."""

    fake: ActiveFake
    target: Target


def intercept(url: str, authorization: str | bytes | None = None) -> Intercepted | None:
    """Return who answers a URL now: None if nobody, so that the request goes on as without fakecos.

    `authorization` is the value of that header: it may be what shows that the request is for S3.
    """
    fake = getattr(_override, "fake", None) or active.innermost()
    if fake is None or passage.is_open() or (active.is_forked and fake.is_elsewhere(url)):
        return None
    target = target_of(url, fake, authorization)
    return None if target is None else Intercepted(fake, target)


@contextmanager
def intercepted_by(fake: ActiveFake) -> Iterator[None]:
    """Let a fake, active or not, answer the requests of this thread inside the block: a client of its own needs it."""
    before = getattr(_override, "fake", None)
    _override.fake = fake
    try:
        yield
    finally:
        _override.fake = before


class RequestBody:
    """The body of a request: None, bytes, text, a file, or whatever yields them. Read when the service asks.

    What the user's own file or generator raises is kept in `failure`, since it is no bug of ours.
    """

    __slots__ = ("_body", "_encoding", "failure")

    as_read_trailer: str | None = None

    def __init__(self, body: Any, encoding: str = "utf-8") -> None:
        self._body = body
        self._encoding = encoding
        self.failure: BaseException | None = None

    def read(self) -> bytes | Content:
        """Read everything from the current position; a SyntheticBody is not read."""
        try:
            if is_synthetic(self._body):
                rest: Content = self._body.rest()
                return rest
            return self._read(self._body)
        except BaseException as error:
            self.failure = error
            raise

    def skip(self, size: int) -> None:
        """Take `size` bytes of a file, or pieces of what yields them until there are as many."""
        try:
            skip_body(self._body, size)
        except BaseException as error:
            self.failure = error
            raise

    @property
    def size(self) -> int | None:
        """How many bytes it has, None if only reading it will tell."""
        if self._body is None:
            return 0
        if isinstance(self._body, str):
            return len(self._body.encode(self._encoding))
        return memoryview(self._body).nbytes if isinstance(self._body, (bytes, bytearray, memoryview)) else None

    def _read(self, body: Any) -> bytes:
        if body is None:
            return b""
        if isinstance(body, bytes):
            return body
        if isinstance(body, (bytearray, memoryview)):
            return bytes(body)
        if isinstance(body, str):
            return body.encode(self._encoding)
        pieces: Iterable[Any] = body
        if isinstance(body, io.IOBase):
            pieces = (body.read(),)
        elif hasattr(body, "read"):
            pieces = iter(lambda: body.read(_CHUNK) or b"", b"")
        return b"".join(self._read(piece) for piece in pieces)


def to_http(
    target: Target,
    method: str,
    headers: Iterable[tuple[str, Any]],
    body: RequestBody,
    read_timeout: float | None,
) -> HttpRequest:
    """Return the neutral request; `headers` are without Host, whose place the URL takes."""
    method = method.upper()
    return HttpRequest(
        method,
        target.scheme,
        target.host,
        target.path,
        target.query,
        _normalized(method, headers, body),
        body,
        target.endpoint_host,
        package=target.package,
        read_timeout=read_timeout,
        service=target.service,
    )


def _normalized(method: str, headers: Iterable[tuple[Any, Any]], body: RequestBody) -> dict[str, str]:
    """Return the headers with lower-case names, and with the one that says how long the body is."""
    lower: dict[str, str] = {}
    for key, value in headers:
        name = str(key, "latin-1").lower() if isinstance(key, bytes) else str(key).lower()
        text = (header_text(name, value) if isinstance(value, bytes) else str(value)).strip(" \t")
        lower[name] = f"{lower[name]},{text}" if name in lower else text
    if "content-length" not in lower and "transfer-encoding" not in lower:
        size = body.size
        if size is None:
            lower["transfer-encoding"] = "chunked"
        elif size or method in _WITH_BODY:
            lower["content-length"] = str(size)
    return lower


def reason_phrase(status: int) -> str:
    """Return the phrase that stands beside a status."""
    from http.client import responses

    return responses.get(status, "")

"""The floor: the client's own cost, with a canned answer at the very hook where fakecos answers.

The canned answer has the status, headers and body that fakecos gave to the same call. `md5` adds what no
honest fake can leave out: one pass of MD5 over the body, for the ETag.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from botocore.awsrequest import AWSResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Send = Callable[[Any], Any]
    Kind = tuple[str, tuple[str, ...]]


class Raw(io.BytesIO):
    """The least that botocore asks of an answer's body."""

    def stream(self, amount: int = 65536, decode_content: object = None) -> Iterator[bytes]:
        """Yield the body in pieces."""
        while piece := self.read(amount):
            yield piece


def kind(request: Any) -> Kind:
    """Name a request by its method and the names of its query: enough to find its canned answer."""
    names = {name for name, _ in parse_qsl(urlsplit(request.url).query, keep_blank_values=True)}
    return request.method, tuple(sorted(names))


class Answers:
    """Answers by kind of request, taken from a real hook and played back."""

    def __init__(self) -> None:
        self.by_kind: dict[Kind, tuple[int, dict[str, str], bytes]] = {}

    def recording(self, send: Send) -> Send:
        """Wrap a hook so that the answers it gives are kept."""

        def record(request: Any) -> Any:
            answer = send(request)
            body = b"".join(answer.raw.stream()) if request.method != "HEAD" else b""
            self.by_kind[kind(request)] = (answer.status_code, dict(answer.headers), body)
            return AWSResponse(request.url, answer.status_code, answer.headers, Raw(body))

        return record

    def playing(self, *, md5: bool = False) -> Send:
        """Return a hook that answers with what was kept."""
        by_kind = self.by_kind
        by_url: dict[tuple[str, str], Kind] = {}  # so that the floor does not pay for finding its answer

        def play(request: Any) -> Any:
            place = (request.method, request.url)
            found = by_url.get(place)
            if found is None:
                found = by_url[place] = kind(request)
            status, headers, body = by_kind[found]
            copied: Any = dict(headers)
            if md5 and request.body is not None:
                hashlib.md5(whole(request.body), usedforsecurity=False).digest()
            return AWSResponse(request.url, status, copied, Raw(body))

        return play


def whole(body: Any) -> bytes:
    """Read a request's body in the cheapest way: what is inside the client's wrapper, at once."""
    inner = getattr(body, "_raw", body)
    data = inner.read() if hasattr(inner, "read") else inner
    return data if isinstance(data, bytes) else bytes(data)


def hook(client: Any, send: Send) -> Any:
    """Put a hook under one client and return the client."""
    client._endpoint._send = send  # S3 for this client only
    return client

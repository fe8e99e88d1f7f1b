"""Bodies of requests that are read twice: once as the bytes that go over a socket, and once by the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.clients.botocore.bodies import SentBody
from fakecos.clients.http.http_common import RequestBody
from fakecos.clients.streams import read_body
from fakecos.wire.messages import RawBody, as_bytes

if TYPE_CHECKING:
    from types import ModuleType

    from fakecos.wire.messages import HttpRequest

IN_MEMORY = (type(None), bytes, bytearray, memoryview, str)


class KeptBody(SentBody):
    """A body of botocore that still knows the client's own object, whose framing SentBody may have taken off."""

    def __init__(self, body: Any, url: str, checksums: ModuleType, exceptions: ModuleType) -> None:
        super().__init__(body, url, checksums, exceptions)
        self.sent = body


def taken(request: HttpRequest) -> bytes | None:
    """Return the bytes of a request's body as they go over the wire, and leave it to be read; None if it fails.

    A stream is put back where it stood. What can be read only once is replaced by its bytes.
    """
    body = request.body
    if isinstance(body, RawBody):
        return as_bytes(body.read())
    if not isinstance(body, (KeptBody, RequestBody)):
        data = as_bytes(body.read())
        request.body = RawBody(data)
        return data
    given = body.sent if isinstance(body, KeptBody) else body._body
    if isinstance(given, IN_MEMORY):
        return as_bytes(read_body(given))
    place = _place(given)
    try:
        data = as_bytes(read_body(given))
    except Exception:  # noqa: BLE001  whatever the client's own body raises, it raises again when the fake reads it
        _put_back(given, place)
        return None
    if place is None:
        body._body = [data]
    else:
        _put_back(given, place)
    return data


def _place(stream: Any) -> int | None:
    """Return where a stream stands, None if it cannot be put back there."""
    raw = getattr(stream, "_raw", stream)  # below botocore's frame of chunks
    try:
        place: int = raw.tell()
        raw.seek(place)
    except (AttributeError, OSError):
        return None
    return place


def _put_back(stream: Any, place: int | None) -> None:
    if place is None:
        return
    if hasattr(stream, "_raw"):
        stream.seek(0)
        stream._raw.seek(place)
    else:
        stream.seek(place)

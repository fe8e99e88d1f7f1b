"""The head of a request: its line and its headers.

Nearly every head has one form, in plain ASCII: that is read here, in a tenth of the time that h11 takes. Any other is
judged by h11, which knows HTTP's rules. A test holds that what is read here is what h11 reads.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import h11

from fakecos.wire.messages import header_text

if TYPE_CHECKING:
    from io import BufferedReader

LONGEST_HEAD = 64 * 1024
"""Bytes of a request's line and headers. S3 takes 8 KB of headers (documented); the rest is for a long key."""
VERSIONS = frozenset({b"1.0", b"1.1"})
LINE_ENDS = frozenset({b"\r\n", b"\n", b""})
TLS_HANDSHAKE = b"\x16"
"""How a client begins that speaks TLS (RFC 8446, 5.1): it sends no line, and waits for an answer."""
FOLDS = frozenset({b" ", b"\t"})
"""How a line begins that continues a header. h11 joins it; refused, as by the patch (RFC 9112, 5.2)."""
END = b"\r\n\r\n"
METHODS = frozenset({"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"})
EXPECT, LENGTH, ENCODING = "expect", "content-length", "transfer-encoding"
PLAIN = {
    LENGTH: re.compile("[0-9]{1,20}"),  # h11 takes no more digits
    ENCODING: re.compile("chunked"),
    EXPECT: re.compile("100-continue"),
    "connection": re.compile("keep-alive", re.IGNORECASE),
    "upgrade": re.compile("(?!)"),  # none
}
"""Headers with a meaning for HTTP, and the values that need no judge."""
_NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


class NotHttpError(Exception):
    """What came is no request. `wire` can still answer; `status` is what to answer."""

    def __init__(self, wire: h11.Connection, status: int) -> None:
        super().__init__(status)
        self.wire = wire
        self.status = status


class RequestHead:
    """One head. `headers` has names in lower case; the values of a header that comes twice are joined with a comma.

    `is_usual`: it is of the usual form; then its client is of HTTP/1.1 and goes on.
    `waits`: the client wants a `100 Continue` before it sends the body.
    """

    __slots__ = ("_raw", "_wire", "headers", "is_usual", "method", "target", "waits")

    def __init__(
        self, method: str, target: str, headers: dict[str, str], raw: bytes, wire: h11.Connection | None = None
    ) -> None:
        self.method = method
        self.target = target
        self.headers = headers
        self.is_usual = wire is None
        self.waits = EXPECT in headers if wire is None else wire.they_are_waiting_for_100_continue
        self._raw = raw
        self._wire = wire

    @property
    def wire(self) -> h11.Connection:
        """What has read this head, and is to judge what follows it."""
        if self._wire is None:
            self._wire = _new_wire()
            self._wire.receive_data(self._raw)
            self._wire.next_event()
        return self._wire


def read_head(stream: BufferedReader) -> RequestHead | None:
    """Read the next head from a stream; None: it broke off. Raises NotHttpError, and OSError of the stream."""
    came = stream.peek(1)
    end = came.find(END)
    usual = _usual(came[: end + len(END)]) if end > 0 else None
    if usual is None:
        return _judged(stream)
    stream.read(end + len(END))
    return usual


def _judged(stream: BufferedReader) -> RequestHead | None:
    """Let h11 read the next head. As `read_head`."""
    wire = _new_wire()
    try:
        raw = _lines(stream)
        wire.receive_data(raw)
        head = wire.next_event()
    except (h11.RemoteProtocolError, ValueError) as error:  # the latter: a length of which int() reads no more
        raise NotHttpError(wire, getattr(error, "error_status_hint", 400)) from error
    if not isinstance(head, h11.Request):
        return None
    if head.http_version not in VERSIONS:
        raise NotHttpError(wire, 505)
    return RequestHead(head.method.decode("ascii"), head.target.decode("ascii"), _headers_of(head), raw, wire)


def _usual(raw: bytes) -> RequestHead | None:
    """Return a head of the usual form, None for any other."""
    if len(raw) > LONGEST_HEAD or not raw.isascii():
        return None
    first, *lines = raw[: -len(END)].decode("ascii").split("\r\n")
    method, _, rest = first.partition(" ")
    target, _, version = rest.partition(" ")
    if method not in METHODS or version != "HTTP/1.1" or target[:1] != "/" or not target.isprintable():
        return None
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        low = _low(name)
        if low is None or not colon or low in headers or not value.isprintable():
            return None
        value = value.strip(" ")
        if low in PLAIN and not PLAIN[low].fullmatch(value):
            return None
        headers[low] = value
    is_whole = "host" in headers and not (LENGTH in headers and ENCODING in headers)
    return RequestHead(method, target, headers, raw) if is_whole else None


@lru_cache(1024)
def _low(name: str) -> str | None:
    """Return the name of a header in lower case, None if it is not of letters, digits and hyphens."""
    low = name.lower()
    return low if low and _NAME.issuperset(low) else None


def _lines(stream: BufferedReader) -> bytes:
    """Return the bytes up to the empty line after the headers. Raises h11's error for what is no head."""
    if stream.peek(1)[:1] == TLS_HANDSHAKE:
        message = "a client speaks TLS to plain HTTP"
        raise h11.RemoteProtocolError(message, error_status_hint=400)
    lines: list[bytes] = []
    size = 0
    while size <= LONGEST_HEAD:
        line: bytes = stream.readline(LONGEST_HEAD + 1)
        size += len(line)
        if lines and line[:1] in FOLDS:
            message = "a header goes on in the next line"
            raise h11.RemoteProtocolError(message, error_status_hint=400)
        if lines or line not in LINE_ENDS or not line:  # an empty line before a request is let pass: RFC 9112, 2.2
            lines.append(line)
            if line in LINE_ENDS:
                return b"".join(lines)
    message = "the head of the request is too long"
    raise h11.RemoteProtocolError(message, error_status_hint=431)


def _headers_of(head: h11.Request) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw_name, raw in head.headers:
        name = raw_name.decode("ascii")
        value = header_text(name, raw)
        headers[name] = f"{headers[name]},{value}" if name in headers else value
    return headers


def _new_wire() -> h11.Connection:
    return h11.Connection(h11.SERVER, max_incomplete_event_size=LONGEST_HEAD)

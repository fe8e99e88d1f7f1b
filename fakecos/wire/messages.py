"""The two messages of HTTP, neutral of any client library: what every door hands in and gets back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fakecos.facts.transport import Transport
    from fakecos.model.content import Content


# Headers that an object keeps are text of ISO 8859-1: S3 gives back the bytes that came (recorded aws-changes 18; that
# user metadata is read alike is public: an answer of AWS). Of other headers UTF-8 is read.
KEPT_HEADERS = frozenset(
    {
        *("cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires"),
        "x-amz-website-redirect-location",
    }
)
METADATA = "x-amz-meta-"


def header_text(name: str, raw: bytes) -> str:
    """Return the value of a header as text; `name` is in lower case."""
    if name in KEPT_HEADERS or name.startswith(METADATA):
        return raw.decode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def header_bytes(text: str) -> bytes:
    """Return the bytes of a header's value: ISO 8859-1, or UTF-8 where that has not all of its characters."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8")


def as_latin(text: str) -> str:
    """Return the text that S3 makes of a value that a client writes in UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("latin-1")


def as_bytes(body: bytes | Content) -> bytes:
    """Return a body that was read as bytes."""
    return body if isinstance(body, bytes) else body.read()


CHUNKED = "chunked"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
"""botocore does not know it without its words (source: `_is_100_continue_status` in its awsrequest)."""
BODILESS = frozenset({204, 304})
"""Statuses of answers that have no body (RFC 9110, 15.3.5 and 15.4.5)."""


def in_chunks(body: bytes) -> bytes:
    """Return a body in HTTP's own chunks: one of all its bytes, and the last (RFC 9112, 7.1)."""
    return (b"%x\r\n%b\r\n" % (len(body), body) if body else b"") + b"0\r\n\r\n"


class Body(Protocol):
    """A request body that has not been read yet.

    Reading is late, so that a request refused by its headers never touches the bytes of the client.
    """

    def read(self) -> bytes | Content:
        """Read the whole body, once: the bytes as sent, or the payload when `as_read_trailer` is not None.

        A Content stands for bytes that are not held: those of a SyntheticBody.
        """

    def skip(self, size: int) -> None:
        """Take just `size` bytes, or what the client sends at once with them: all that comes of a broken request."""

    @property
    def as_read_trailer(self) -> str | None:
        """Name of the checksum trailer that the client would have computed while its body was read.

        None: the body carries whatever framing and trailers its headers declare. A name (lower case, for
        example `x-amz-checksum-crc32`): the adapter took the aws-chunked framing off, so `read` gives
        payload bytes, and the trailer's value is the digest over exactly those bytes.
        """


class ArrivingBody(ABC):
    """What a `Body` is too that comes over a connection: it need not be in memory as a whole."""

    __slots__ = ()

    @abstractmethod
    def pieces(self) -> Iterator[bytes]:
        """Yield the body as it comes, once, and in place of `read`; no piece is empty, and none needs to be kept."""


@dataclass(slots=True, eq=False)
class HttpRequest:
    """One request as it would go over the wire.

    `path` and `query` are raw: percent-encoded and never normalised, since `//`, `.` and `..` are parts of
    keys. `headers` has lower-case names; a repeated header's values are joined with a comma.
    `endpoint_host` is the host (with port, if any) of the endpoint that the client was configured with, or
    None if unknown: what stands before it in `host` is the bucket. `package` is the name of the client's package,
    empty for plain HTTP; `service` is what is asked: "s3", or "iam" for IBM's tokens. `read_timeout` is how many
    seconds the client waits for an answer, None if it waits for ever, or if it is unknown; or what finds that out,
    since hardly any request asks. `whole_path` is the path with that of the endpoint itself before it, if it has one.
    `pause` lets real time pass before the answer, for a client whose own clock must see it; None: delays are on the
    virtual clock.
    """

    method: str
    scheme: str
    host: str
    path: str
    query: str = field(repr=False)  # a traceback's locals show no signature and no key
    headers: Mapping[str, str] = field(repr=False)
    body: Body
    endpoint_host: str | None = None
    package: str = "botocore"
    read_timeout: float | Callable[[], float | None] | None = None
    service: str = "s3"
    whole_path: str | None = None
    pause: Callable[[float], None] | None = None

    @property
    def signed_path(self) -> str:
        """What SigV4 signs: the path, with that of the client's endpoint before it."""
        return self.whole_path or self.path

    @property
    def patience(self) -> float | None:
        """Seconds that the client waits for an answer, None if it waits for ever, or if it is unknown."""
        return self.read_timeout() if callable(self.read_timeout) else self.read_timeout


class Cut(Protocol):
    """Where an answer's body breaks off."""

    @property
    def size(self) -> int:
        """How many bytes arrive."""

    @property
    def kind(self) -> Transport:
        """What the client sees then."""


@dataclass(slots=True, eq=False)
class HttpResponse:
    """One answer. `headers` keeps order; `body` is bytes, or a Content that is streamed without joining it.

    `cut` says where its body breaks off, None if it arrives whole.
    """

    status: int
    headers: dict[str, str]
    body: bytes | Content = b""
    cut: Cut | None = None

    @property
    def is_chunked(self) -> bool:
        """Whether a connection carries the body in chunks, and no header says its length."""
        return any(name.lower() == "transfer-encoding" for name in self.headers)

    @property
    def is_held(self) -> bool:
        """Whether the body is in memory; else its pieces are made one by one."""
        return isinstance(self.body, bytes) or self.body.is_held

    def first(self, size: int) -> bytes:
        """Return the first bytes of the body."""
        return self.body[:size] if isinstance(self.body, bytes) else self.body.cut(0, size).read()

    def chunks(self) -> Iterator[bytes | memoryview]:
        """Yield the body piece by piece, copying nothing."""
        if isinstance(self.body, bytes):
            yield self.body
        else:
            yield from self.body.pieces


class RawBody:
    """A body whose bytes are in memory already, as they came over the wire."""

    __slots__ = ("_data",)

    as_read_trailer: str | None = None

    def __init__(self, data: bytes | Content = b"") -> None:
        self._data = data

    def read(self) -> bytes | Content:
        """Return the bytes."""
        return self._data

    def skip(self, size: int) -> None:
        """Do nothing: the bytes are here already."""

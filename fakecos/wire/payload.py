"""The body of a request: declared size, transport checks, framing off, trailers.

Nothing here knows an operation. A `Payload` is read late, so an operation can refuse by the headers alone, for
example a part that declares more than 5 GiB. Checks that need the headers only come before the body is
touched; then lengths, then trailers, then x-amz-content-sha256. AWS reports them in this order (public:
OpenStack Swift's tests that run on AWS, test/s3api/test_input_errors.py).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from fakecos.facts import checksums, errors
from fakecos.facts.errors import S3Error
from fakecos.facts.numbers import BEYOND, LONGEST, natural
from fakecos.model.content import SECOND_THREAD_FROM, Content
from fakecos.wire import aws_chunked
from fakecos.wire.messages import ArrivingBody, as_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from fakecos.wire.aws_chunked import Framing, Verifier
    from fakecos.wire.messages import HttpRequest

UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"
_HEX = frozenset("0123456789abcdefABCDEF")
_SHA256_DIGITS = 64


class Payload:
    """The body of one request, not yet read.

    `alter`, when set before `receive`, changes the payload's bytes after the client's digests were taken: as a
    fault on the way would, so that the real checks see it. `alter_trailers` changes the trailers that came, and
    `alter_frames` the bytes of an aws-chunked body with its framing. `verifier` judges the signatures of chunks.
    `declared_size` are the bytes of the payload that the headers promise, None if they do not, or not with a number.
    """

    __slots__ = (
        "_checked",
        "_content",
        "_framing",
        "_request",
        "_sha256",
        "_trailers",
        "alter",
        "alter_frames",
        "alter_trailers",
        "declared_size",
        "verifier",
    )

    def __init__(self, request: HttpRequest) -> None:
        headers = request.headers
        self._request = request
        self._sha256: str | None = headers.get("x-amz-content-sha256")
        self._framing = _framing(self._sha256, headers.get("content-encoding"))
        length = "content-length" if self._framing is None else "x-amz-decoded-content-length"
        self.declared_size: int | None = _number(headers.get(length))
        self._checked = False
        self._content: Content | None = None
        self._trailers: dict[str, str] | None = None
        self.alter: Callable[[bytes | Content], bytes | Content] | None = None
        self.alter_frames: Callable[[bytes], bytes] | None = None
        self.alter_trailers: Callable[[dict[str, str]], dict[str, str]] | None = None
        self.verifier: Verifier | None = None

    @property
    def trailer(self) -> str | None:
        """Lower-case name of the checksum trailer that will come, or None. Raises as `require_headers`."""
        return self._request.body.as_read_trailer or _declared_trailer(self._request.headers)

    @property
    def content_encoding(self) -> str | None:
        """Content-Encoding as the object keeps it: without the token that stands for the framing; None if empty.

        AWS keeps the token when the body was not sent in chunks (public).
        """
        value = self._request.headers.get("content-encoding")
        if value is None or self._framing is None:
            return value or None
        return _without_framing(value)

    @property
    def trailers(self) -> dict[str, str]:
        """The trailers that came, by lower-case name; empty before `receive`.

        A trailer that the client computes while its body is read is taken here on the first look, so that
        `Content.take` may have computed it beside other digests.
        """
        if self._trailers is None:
            name = self._request.body.as_read_trailer
            if self._content is None or name is None:
                return {}
            self._trailers = _as_read(name, self._content)
        return self._trailers

    def require_none(self) -> None:
        """Refuse a body where none may come (public: an answer of AWS to CopyObject)."""
        if self.declared_size:
            raise S3Error(errors.BODY_OF_A_COPY)

    def require_length_form(self) -> None:
        """Refuse a Content-Length that is no number, or larger than any body, where none is looked at (assumed)."""
        given = self._request.headers.get("content-length")
        size = 0 if given is None else natural(given)
        if size is None:
            raise S3Error(errors.MISSING_CONTENT_LENGTH)
        if size == BEYOND:
            raise S3Error(errors.INCOMPLETE_BODY, NumberBytesExpected=size, NumberBytesProvided=0)

    def require_headers(self) -> None:
        """Refuse what the headers alone show to be wrong, before any byte is read.

        Raises, in this order: CONTENT_SHA256_MISSING, CONTENT_SHA256_INVALID, MISSING_CONTENT_LENGTH,
        HEADER_NOT_IMPLEMENTED (HTTP chunks of unknown length), UNKNOWN_CHECKSUM_HEADER, TRAILER_NOT_SUPPORTED,
        SEVERAL_CHECKSUMS, CHECKSUM_AND_TRAILER and MALFORMED_TRAILER (a trailer without framing).
        """
        if self._checked:
            return
        headers = self._request.headers
        if self._framing is not None and len(headers.get("content-length", "")) > LONGEST:
            self.require_length_form()
        form = (self._sha256, headers.get("x-amz-trailer"), headers.get("content-encoding"), tuple(headers))
        if form not in _right_forms or self.declared_size is None:
            self.require_sha256_form()
            self._require_length_header(headers)
            require_known_checksums(tuple(headers))
            if "x-amz-trailer" in headers:
                self._require_trailer(headers)
            if self._sha256 in _OF_MANY_BODIES:
                _remember(form)
        self._checked = True

    def receive(self) -> Content:
        """Read the body on the first call, take the framing off, verify it, and return the payload.

        Raises, after what `require_headers` raises: BODY_TERMINATED, CHUNK_TOO_SMALL, INCOMPLETE_BODY,
        MALFORMED_TRAILER and CONTENT_SHA256_MISMATCH. The checksums that headers and trailers carry are not
        looked at: that is the operation's to do.
        """
        if self._content is None:
            self.require_headers()
            body = self._request.body
            if body.as_read_trailer is not None:
                self._content = self._receive_read(body.read(), body.as_read_trailer)
            elif self._framing is None:
                self._content = self._receive_plain(body.read())
            elif isinstance(body, ArrivingBody) and self.alter_frames is None:
                self._content = self._unframed(body.pieces(), self._framing)
            else:
                self._content = self._receive_framed(as_bytes(body.read()), self._framing)
        return self._content

    def _receive_read(self, data: bytes | Content, trailer: str) -> Content:
        """Take a payload whose framing the adapter took off: the trailer is the digest over just these bytes."""
        if self.alter_frames is not None and self._framing is not None:
            trailers = _as_read(trailer, _as_content(data))
            return self._receive_framed(aws_chunked.frame(as_bytes(data), trailers), self._framing)
        if self.alter is not None:
            self._trailers = _as_read(trailer, _as_content(data))
            data = self.alter(data)
        if self.alter_trailers is not None:
            self._trailers = self.alter_trailers(_as_read(trailer, _as_content(data)))
            self._require_declared(self._trailers)
        _require_length(self.declared_size, len(data))
        return _as_content(data)

    def _receive_framed(self, raw: bytes, framing: Framing) -> Content:
        headers = self._request.headers
        # With HTTP chunks, Content-Length counts for nothing (RFC 9112 6.3); ibm_botocore sends both (wire.md 2).
        if "transfer-encoding" not in headers:
            _require_length(_number(headers.get("content-length")), len(raw))
        if self.alter_frames is not None:
            raw = self.alter_frames(raw)
        return self._unframed((raw,), framing)

    def _unframed(self, pieces: Iterable[bytes], framing: Framing) -> Content:
        data: bytes | Content
        with aws_chunked.FramedBody(pieces) as body:
            data = aws_chunked.join(body, framing, self.verifier)
            if self.alter is not None:
                data = self.alter(data)
            _require_length(self.declared_size, len(data))
            trailers = aws_chunked.read_trailers(body, framing, self.verifier)
        if self.alter_trailers is not None:
            trailers = self.alter_trailers(trailers)
        self._require_declared(trailers)
        self._trailers = trailers
        return _as_content(data)

    def _require_declared(self, trailers: dict[str, str]) -> None:
        """Refuse trailers that are not just those that x-amz-trailer names."""
        declared = _declared_trailer(self._request.headers)
        if set(trailers) != ({declared} if declared else set()):
            raise S3Error(errors.MALFORMED_TRAILER)

    def _receive_plain(self, data: bytes | Content) -> Content:
        if self.alter is not None:
            data = self.alter(data)
        _require_length(self.declared_size, len(data))
        content = _as_content(data)
        if self._sha256 is not None and self._sha256 != UNSIGNED_PAYLOAD:
            if content.size >= SECOND_THREAD_FROM:
                content.take((checksums.MD5, checksums.SHA256))  # the ETag wants the MD5 next
            computed = content.digest(checksums.SHA256).hex()
            if computed != self._sha256.lower():
                raise S3Error(
                    errors.CONTENT_SHA256_MISMATCH,
                    ClientComputedContentSHA256=self._sha256,
                    S3ComputedContentSHA256=computed,
                )
        return content

    @property
    def signs_sha256(self) -> bool:
        """Whether the signature covers the SHA-256 of the body: x-amz-content-sha256 is one."""
        return self._sha256 is not None and _is_sha256(self._sha256)

    def expect_sha256(self, value: str) -> None:
        """Compare the body with a digest that stands in the query of a presigned URL (assumed)."""
        if self._sha256 is None and _is_sha256(value):
            self._sha256 = value

    def require_sha256_form(self) -> None:
        """Refuse an x-amz-content-sha256 that is none of S3's values, or is missing with SigV4 (public).

        Raises CONTENT_SHA256_MISSING, CONTENT_SHA256_INVALID, and CHUNKED_AND_UNSIGNED for an aws-chunked body that
        is said to be unsigned (public; its place: assumed). Requests without a body are judged too.
        """
        value = self._sha256
        authorization = self._request.headers.get("authorization", "")
        if value is None:
            if authorization.startswith("AWS4-"):
                raise S3Error(errors.CONTENT_SHA256_MISSING)
        elif value not in aws_chunked.FRAMINGS and value != UNSIGNED_PAYLOAD and not _is_sha256(value):
            # With SigV2 the value is not judged by its form, and just does not match (public).
            if authorization.startswith("AWS "):
                return
            raise S3Error(errors.CONTENT_SHA256_INVALID, ArgumentName="x-amz-content-sha256", ArgumentValue=value)
        elif value == UNSIGNED_PAYLOAD and self._framing is not None:
            encoding = self._request.headers["content-encoding"]
            raise S3Error(errors.CHUNKED_AND_UNSIGNED, ArgumentName="Content-Encoding", ArgumentValue=encoding)

    def _require_trailer(self, headers: Mapping[str, str]) -> None:
        given = checksums.BY_HEADER.keys() & headers.keys()
        if len(given) > 1:
            raise S3Error(errors.SEVERAL_CHECKSUMS)
        declared = _declared_trailer(headers)
        if declared is None:
            return
        if given:
            raise S3Error(errors.CHECKSUM_AND_TRAILER)
        if self._framing is None or not self._framing.trailers:
            raise S3Error(errors.MALFORMED_TRAILER)

    def _require_length_header(self, headers: Mapping[str, str]) -> None:
        if self.declared_size is not None:
            return
        if self._framing is not None:
            # AWS means x-amz-decoded-content-length: missing, or no number (public).
            raise S3Error(errors.MISSING_CONTENT_LENGTH)
        self._refuse_unknown_length(headers)

    def _refuse_unknown_length(self, headers: Mapping[str, str]) -> None:
        if "transfer-encoding" in headers:
            raise S3Error(errors.HEADER_NOT_IMPLEMENTED, Header="Transfer-Encoding")
        # Of other methods a body is read only where one may come at all, and no length means no body (assumed).
        if self._request.method == "PUT" or "content-length" in headers:
            raise S3Error(errors.MISSING_CONTENT_LENGTH)


# Clients send the same headers again and again: what was judged and is right need not be judged each time.
_OF_MANY_BODIES = frozenset({*aws_chunked.FRAMINGS, UNSIGNED_PAYLOAD})
_MOST_FORMS = 256
_right_forms: set[tuple[str | None, str | None, str | None, tuple[str, ...]]] = set()


def _remember(form: tuple[str | None, str | None, str | None, tuple[str, ...]]) -> None:
    if len(_right_forms) >= _MOST_FORMS:
        _right_forms.clear()
    _right_forms.add(form)


def _framing(sha256: str | None, encoding: str | None) -> Framing | None:
    """Return how the body is framed, or None. A hex value of the whole body goes before the encoding (public)."""
    if sha256 is not None and sha256 != UNSIGNED_PAYLOAD:
        return aws_chunked.FRAMINGS.get(sha256)
    if encoding is not None and "aws-chunked" in _tokens(encoding.lower()):
        return aws_chunked.BY_ENCODING
    return None


@lru_cache(64)  # as above
def _without_framing(value: str) -> str | None:
    return ", ".join(token for token in _tokens(value) if token.lower() != "aws-chunked") or None


def _tokens(value: str) -> list[str]:
    return [token for token in (part.strip() for part in value.split(",")) if token]


def _number(value: str | None) -> int | None:
    if value is None:
        return None
    if value.isdecimal() and value.isascii() and len(value) <= LONGEST:  # the usual way
        return int(value)
    return natural(value)


def require_known_checksums(names: tuple[str, ...]) -> None:
    """Refuse names, in lower case, of checksums that S3 does not have (public)."""
    if _has_unknown_checksum(names):
        raise S3Error(errors.UNKNOWN_CHECKSUM_HEADER)


@lru_cache(256)  # clients send the same headers again and again
def _has_unknown_checksum(names: tuple[str, ...]) -> bool:
    return any(map(checksums.is_unknown, names))


def _is_sha256(value: str) -> bool:
    return len(value) == _SHA256_DIGITS and _HEX.issuperset(value)


def _declared_trailer(headers: Mapping[str, str]) -> str | None:
    """Return the one checksum that x-amz-trailer names. Raises TRAILER_NOT_SUPPORTED and SEVERAL_CHECKSUMS."""
    value = headers.get("x-amz-trailer")
    return None if value is None else _one_checksum(value)


@lru_cache(64)  # clients say the same all day
def _one_checksum(value: str) -> str | None:
    # AWS takes commas at the end, and no other empty names (public).
    listed = value.lower().rstrip(" ").rstrip(",")
    names = [name.strip() for name in listed.split(",")] if value else []
    if any(name not in checksums.BY_HEADER for name in names):
        raise S3Error(errors.TRAILER_NOT_SUPPORTED)
    if len(names) > 1:
        raise S3Error(errors.SEVERAL_CHECKSUMS)
    return names[0] if names else None


def _as_content(data: bytes | Content) -> Content:
    return data if isinstance(data, Content) else Content.of(data)


def _as_read(name: str, content: Content) -> dict[str, str]:
    algorithm = checksums.BY_HEADER[name]
    return {name: algorithm.encode(content.digest(algorithm))}


def _require_length(expected: int | None, provided: int) -> None:
    if expected is not None and expected != provided:
        raise S3Error(errors.INCOMPLETE_BODY, NumberBytesExpected=expected, NumberBytesProvided=provided)

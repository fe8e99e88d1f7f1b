"""A request as it is sent to the service: the same method, path, query, headers and body, for another host.

Not the same are what the client signed, and the names that each service gives by itself.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from fakecos.auth.canonical_request import sha256
from fakecos.beside.signing import AMZ, SHA256
from fakecos.facts import checksums
from fakecos.facts.hosts import PATH
from fakecos.facts.regions import US_EAST_1
from fakecos.facts.services.aws import HOSTS
from fakecos.wire import aws_chunked
from fakecos.wire.messages import HttpRequest, RawBody, as_bytes, header_bytes

if TYPE_CHECKING:
    from fakecos.beside.beside import Beside
    from fakecos.beside.translation import Translation
    from fakecos.service.call import Call
    from fakecos.wire.messages import Body

# Of this one connection, of its signature, or of the client's own attempts.
LEFT_OUT = frozenset(
    {
        *("authorization", "host", "x-amz-date", "date", "x-amz-security-token", "content-length", "expect"),
        *("transfer-encoding", "connection", "amz-sdk-invocation-id", "amz-sdk-request", "accept-encoding"),
    }
)
SIGNATURES = frozenset(
    {
        *("x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-expires", "x-amz-signedheaders"),
        *("x-amz-signature", "x-amz-security-token", "x-amz-content-sha256", "awsaccesskeyid", "signature", "expires"),
    }
)


class TakenBody:
    """A body that was read before the request is answered, so that it can be sent twice.

    What reading it raised is raised to who reads it.
    """

    __slots__ = ("_error", "as_read_trailer", "data")

    def __init__(self, body: Body) -> None:
        self.as_read_trailer = body.as_read_trailer
        self._error: BaseException | None = None
        self.data = b""
        try:
            self.data = as_bytes(body.read())
        except Exception as error:  # noqa: BLE001  of the client's own stream
            self._error = error

    @property
    def failed(self) -> bool:
        """Whether it could not be read."""
        return self._error is not None

    def read(self) -> bytes:
        """Return the bytes, or raise what reading them raised."""
        if self._error is not None:
            raise self._error
        return self.data

    def skip(self, size: int) -> None:
        """Do nothing: the bytes were read."""


def is_presigned(request: HttpRequest) -> bool:
    """Whether the signature of a request is in its query."""
    return "authorization" not in request.headers and any(
        name.partition("=")[0].lower() in {"x-amz-signature", "signature"} for name in request.query.split("&")
    )


def sent_request(call: Call, body: TakenBody, beside: Beside, translation: Translation) -> tuple[HttpRequest, bytes]:
    """Return a request for the service, without a signature, and its body."""
    request, place = call.request, call.address
    assert place is not None
    assert place.bucket is not None
    scheme, host, before = beside.address_of(place.bucket)
    path = request.path
    if place.style == PATH:
        _, slash, key = path[1:].partition("/")
        path = slash + key
    if path == "/" and before:  # of a bucket by its path, clients write no slash after it
        path = ""
    headers = {name: value for name, value in request.headers.items() if name not in LEFT_OUT}
    query = request.query
    if is_presigned(request):
        query, moved = _without_signature(query)
        headers = {**moved, **headers}
    headers = {name: translation.header(name, value) for name, value in headers.items()}
    data = body.data
    if body.as_read_trailer is not None:
        algorithm = checksums.BY_HEADER[body.as_read_trailer]
        data = aws_chunked.frame(data, {body.as_read_trailer: algorithm.encode(algorithm.compute([data]))})
    translated = translation.document(call.operation, data)
    if translated != data:
        headers = _with_digests(headers, data, translated)
    if call.operation == "CreateBucket" and not translated:
        translated = _placed(beside)
        headers = _with_digests(headers, data, translated)
    if translated or request.method in {"PUT", "POST"}:
        headers["content-length"] = str(len(translated))
    headers = {name: header_bytes(value).decode("latin-1") for name, value in headers.items()}
    sent = HttpRequest(request.method, scheme, host, before + path or "/", translation.query(query), headers, RawBody())
    return sent, translated


def head_of(bucket: str, beside: Beside) -> HttpRequest:
    """Return a request that asks whether a bucket is there."""
    scheme, host, before = beside.address_of(bucket)
    return HttpRequest("HEAD", scheme, host, before or "/", "", {}, RawBody())


def _without_signature(query: str) -> tuple[str, dict[str, str]]:
    """Return a query without its signature, and as headers those that a signer moved into it."""
    pairs = [pair for pair in query.split("&") if pair.partition("=")[0].lower() not in SIGNATURES]
    moved = [pair for pair in pairs if pair.lower().startswith(AMZ)]
    headers = {name.lower(): unquote(value) for name, _, value in (pair.partition("=") for pair in moved)}
    return "&".join(pair for pair in pairs if pair not in moved), headers


def _with_digests(headers: dict[str, str], before: bytes, after: bytes) -> dict[str, str]:
    """Return headers with the digests of another body, where they were right for the one before."""
    found = dict(headers)
    if found.get(SHA256) == sha256(before):
        found[SHA256] = sha256(after)
    if found.get("content-md5") == _md5(before):
        found["content-md5"] = _md5(after)
    for name, algorithm in checksums.BY_HEADER.items():
        if name in found and found[name] == algorithm.encode(algorithm.compute([before])):
            found[name] = algorithm.encode(algorithm.compute([after]))
    return found


def _md5(data: bytes) -> str:
    return base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode("ascii")


def _placed(beside: Beside) -> bytes:
    """Return the document that creates a bucket in the client's region, where AWS asks for one (documented)."""
    host = urlsplit(beside.endpoint_url).hostname or ""
    if beside.region == US_EAST_1 or not host.endswith(HOSTS.domains):
        return b""
    where = f"<LocationConstraint>{beside.region}</LocationConstraint>"
    return f'<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{where}</CreateBucketConfiguration>'.encode()

"""Whether the body is the one that the client sent: Content-MD5 and the x-amz-checksum- headers and trailers."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts import checksums, errors
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.facts.checksums import Algorithm
    from fakecos.model.content import Content
    from fakecos.model.payload import Payload
    from fakecos.operations.context import Params
    from fakecos.wire.types import StreamedRequest

MD5_SIZE = 16


class DeclaredChecksum(NamedTuple):
    """A checksum that the client says its body has; `value` is None while it is still to come in a trailer."""

    algorithm: Algorithm
    value: str | None


def declared_checksum(params: StreamedRequest | Params, payload: Payload) -> DeclaredChecksum | None:
    """Return the one checksum of the request, by header or announced trailer, None if there is none.

    Raises what the headers of the body show to be wrong, then InvalidRequest for several checksums (recorded
    aws-multipart 43), for a value that is not base64 or has another length (42), and for an
    x-amz-sdk-checksum-algorithm with no value to go with it, or with another one's (public).
    """
    payload.require_headers()
    given = checksums.given(params)
    announced = payload.trailer
    trailer = checksums.BY_HEADER.get(announced) if announced else None
    if len(given) + (trailer is not None) > 1:
        raise S3Error(errors.SEVERAL_CHECKSUMS)
    named = params.get("ChecksumAlgorithm")
    if trailer is not None:
        declared = DeclaredChecksum(trailer, None)
    elif given:
        declared = DeclaredChecksum(*given[0])
        if declared.algorithm.decode(given[0][1]) is None:
            raise S3Error(errors.INVALID_CHECKSUM_VALUE, header=declared.algorithm.header)
    elif named:
        raise S3Error(errors.SDK_CHECKSUM_WITHOUT_VALUE)
    else:
        return None
    if named and named.upper() != declared.algorithm.name:
        raise S3Error(errors.SDK_CHECKSUM_DIFFERS)
    return declared


def require_md5_form(params: StreamedRequest | Params) -> None:
    """Refuse a Content-MD5 that is not base64 of 16 bytes (recorded aws-multipart 44)."""
    given = params.get("ContentMD5")
    if given is None:
        return
    try:
        size = len(base64.b64decode(given, validate=True))
    except (binascii.Error, ValueError):
        size = 0
    if size != MD5_SIZE:
        quoted: dict[str, Any] = {"Content-MD5": given}
        raise S3Error(errors.INVALID_DIGEST, **quoted)


def receive(
    params: StreamedRequest | Params, declared: DeclaredChecksum | None, *wanted: Algorithm, hex_digest: bool = False
) -> tuple[Content, DeclaredChecksum | None]:
    """Read the body and hold it against Content-MD5 and the declared checksum; return it with that filled in.

    `wanted` are further digests that the caller will need, taken in the same pass. `hex_digest` chooses how
    BadDigest shows the expected MD5: hexadecimal for PutObject, base64 for others (recorded aws-multipart 44; public).
    """
    payload: Payload = params["Body"]
    content = payload.receive()
    content.take((checksums.MD5, *((declared.algorithm,) if declared else ()), *wanted))
    require_md5(params, content, hex_digest=hex_digest)
    if declared is not None:
        algorithm, value = declared
        if value is None:
            value = payload.trailers[algorithm.header]
            declared = DeclaredChecksum(algorithm, value)
        computed = algorithm.encode(content.digest(algorithm))
        if value != computed:  # a digest has one spelling only
            if algorithm.decode(value) is None:  # a header's form was judged by `declared_checksum`
                raise S3Error(errors.INVALID_TRAILER_VALUE, header=algorithm.header)
            why = f"the request declares the {algorithm.name} {value}, and that of the bytes that came is {computed}."
            raise S3Error(
                errors.BAD_CHECKSUM,  # recorded aws-multipart 42
                explanation=f"{why} Compute it of the body that is sent, and send that unchanged.",
                algorithm=algorithm.name,
            )
    return content, declared


def require_md5(params: StreamedRequest | Params, content: Content, *, hex_digest: bool) -> None:
    """Refuse a body whose MD5 is not the Content-MD5 of the request."""
    given = params.get("ContentMD5")
    if given is None:
        return
    expected = base64.b64decode(given)
    if expected != content.md5:
        calculated = base64.b64encode(content.md5).decode("ascii")
        shown = expected.hex() if hex_digest else given
        raise S3Error(errors.BAD_CONTENT_MD5, ExpectedDigest=shown, CalculatedDigest=calculated)


def require_document(params: Params, payload: Payload, *, checksum_required: bool, covers_body: bool) -> Content:
    """Read the XML body of an operation and verify what came with it.

    Raises what `require_md5_form`, `declared_checksum` and `receive` raise, and InvalidRequest where a digest is needed
    and none came (public).
    `covers_body` is false for CompleteMultipartUpload, whose checksum headers are those of the object to be.
    """
    require_md5_form(params)
    declared = declared_checksum(params, payload) if covers_body else None
    if checksum_required and declared is None and params.get("ContentMD5") is None:
        raise S3Error(errors.CHECKSUM_REQUIRED)
    content, _ = receive({**params, "Body": payload}, declared)
    return content


def has_digest(params: Mapping[str, Any]) -> bool:
    """Whether a request with a body carries Content-MD5, or a checksum as a header or a trailer."""
    return (
        params.get("ContentMD5") is not None
        or bool(checksums.given(params))
        or params["Body"].trailer in checksums.BY_HEADER
    )

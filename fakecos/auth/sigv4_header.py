"""SigV4 in the Authorization header: `AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fakecos.auth import canonical_request, clock_skew, credential, signed_headers, verification
from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.http_dates import read_basic_date
from fakecos.facts.regions import US_EAST_1
from fakecos.model.clock import instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.auth.credential import Credential
    from fakecos.wire.addressing import Address
    from fakecos.wire.messages import HttpRequest

# What nearly every client sends; anything else takes the long way, which finds the right words for it.
_USUAL = (
    r"AWS4-HMAC-SHA256 Credential=([^/,=\s]+)/([0-9]{8})/([^/,=\s]+)/(s3)/aws4_request, ?"
    r"SignedHeaders=([^,=\s]+), ?"
)
_DIGITS = "0123456789abcdef"
_LENGTH = 64
NO_REGION = "aws-global"
"""What a client believes that takes the name of all regions for one (recorded aws-presigned 31)."""
_COMPONENTS = ("Credential", "SignedHeaders", "Signature")
THREE = "the authorization header requires three components: Credential, SignedHeaders, and Signature."


class SignedHeader(NamedTuple):
    """A SigV4 header, read: `signed` are the names of the signed headers as they stand there."""

    algorithm: str
    credential: Credential
    signed: str
    signature: str


def require_header(
    request: HttpRequest,
    _: Mapping[str, str],
    keys: Mapping[str, str] | None,
    address: Address | None,
    __: str | None = None,
) -> str:
    """Return the access key id of a SigV4 header. Raises what `signature` says."""
    found = read(request.headers["authorization"])
    if found.credential.region == NO_REGION:
        expected = (address.region if address is not None else None) or US_EAST_1
        raise S3Error(errors.WRONG_REGION, given=NO_REGION, expected=expected, Region=expected)
    text = request.headers.get("x-amz-date", "")
    moment = read_basic_date(text)
    if moment is None:
        text, moment = clock_skew.signed_at(request.headers)
    if found.credential.date != text[:8] and moment.strftime("%Y%m%d") != found.credential.date:
        raise _malformed(reason=credential.DATE_DIFFERS.format(found.credential.date, text[:8]))
    time = instant()
    if abs(time - moment) > clock_skew.SKEW:
        raise clock_skew.too_skewed(text, time)
    missing = signed_headers.uncovered(found.signed, tuple(request.headers))
    if missing:
        raise signed_headers.refusal(missing)
    if keys is not None:
        _verify(request, found, text, keys)
    return found.credential.key


def read(authorization: str) -> SignedHeader:
    """Return what a SigV4 header says. Raises AuthorizationHeaderMalformed (words: public)."""
    components, _, signature = authorization.rpartition("Signature=")
    if len(signature) == _LENGTH and not signature.strip(_DIGITS):
        usual = _usual(components)
        if usual is not None:
            return SignedHeader(credential.HMAC, *usual, signature)
    algorithm, _, rest = authorization.partition(" ")
    if algorithm not in {credential.HMAC, credential.ECDSA}:
        raise S3Error(errors.UNSUPPORTED_AUTHORIZATION, ArgumentName="Authorization", ArgumentValue=authorization)
    parts = _components(rest)
    for name in _COMPONENTS:
        if not parts.get(name):
            raise _malformed(reason=f"missing {name}.")
    given = credential.read(parts["Credential"], algorithm, _malformed)
    return SignedHeader(algorithm, given, parts["SignedHeaders"], parts["Signature"])


@lru_cache(256)
def _usual(components: str) -> tuple[Credential, str] | None:
    """Return the credential and the names of a usual header up to its signature: clients repeat it all day."""
    found = re.fullmatch(_USUAL, components)
    return None if found is None else (credential.Credential(*found.groups()[:4]), found[5])


def _components(rest: str) -> dict[str, str]:
    listed = [part.strip() for part in rest.split(",")]
    if len(listed) != len(_COMPONENTS):
        raise _malformed(reason=THREE)
    parts: dict[str, str] = {}
    for part in listed:
        name, equals, value = part.partition("=")
        if not equals or name in parts:
            raise _malformed(reason=f'the authorization component "{part}" is malformed.')
        parts[name] = value
    return parts


def _malformed(reason: str) -> S3Error:
    return S3Error(errors.AUTHORIZATION_MALFORMED, reason=reason)


def canonical_of(request: HttpRequest, found: SignedHeader) -> str:
    """Return the canonical request that a header signs. Raises InvalidRequest without x-amz-content-sha256."""
    payload = request.headers.get("x-amz-content-sha256")
    if payload is None:
        raise S3Error(errors.CONTENT_SHA256_MISSING)
    return canonical_request.of_request(request, found.signed, payload)


def _verify(request: HttpRequest, found: SignedHeader, moment: str, keys: Mapping[str, str]) -> None:
    if found.algorithm == credential.ECDSA:
        raise verification.unverifiable()
    secret = verification.secret_of(keys, found.credential.key)
    requested = canonical_of(request, found)
    text = canonical_request.string_to_sign(found.algorithm, moment, found.credential.scope, requested)
    if canonical_request.sign(secret, found.credential, text) != found.signature:
        raise verification.mismatch(found.credential.key, text, found.signature, requested)
    verification.require_no_token([request.headers.get("x-amz-security-token")])

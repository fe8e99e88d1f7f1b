"""SigV4 in the query of a presigned URL: `X-Amz-Signature` and its companions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.auth import canonical_request, clock_skew, credential, hoisted_headers, signed_headers, verification
from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.http_dates import read_basic_date
from fakecos.wire.payload import UNSIGNED_PAYLOAD

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.wire.addressing import Address
    from fakecos.wire.messages import HttpRequest

WEEK = 604_800  # seconds, documented: the longest that a URL is good for
PARAMETERS = (
    "X-Amz-Algorithm",
    credential.IN_QUERY,
    "X-Amz-Signature",
    "X-Amz-Date",
    "X-Amz-SignedHeaders",
    "X-Amz-Expires",
)
CONTENT_SHA256 = "x-amz-content-sha256"

# Words: public.
ALGORITHM = 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"'
NO_NUMBER = "X-Amz-Expires should be a number"
NEGATIVE = "X-Amz-Expires must be non-negative"
TOO_LONG = (
    "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than "
    "604800 seconds"
)
DATE_FORM = "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""


def require_query(
    request: HttpRequest,
    query: Mapping[str, str],
    keys: Mapping[str, str] | None,
    _: Address | None = None,
    __: str | None = None,
) -> str:
    """Return the access key id of a URL presigned by SigV4. Raises what `signature` says.

    A signed header may stand in the query instead of being sent (recorded aws-presigned 32).
    """
    if any(not query.get(name) for name in PARAMETERS):
        raise S3Error(errors.QUERY_V4_INCOMPLETE)
    algorithm = query["X-Amz-Algorithm"]
    if algorithm not in {credential.HMAC, credential.ECDSA}:
        raise _malformed(ALGORITHM)
    given = credential.read(query[credential.IN_QUERY], algorithm, _of_credential)
    moment = _moment(query["X-Amz-Date"], given.date)
    clock_skew.require_unexpired(moment, _seconds(query["X-Amz-Expires"]), in_v4=True)
    signed, signature = query["X-Amz-SignedHeaders"], query["X-Amz-Signature"]
    signed_headers.require_covered(signed, request.headers, exempt=CONTENT_SHA256)
    values = hoisted_headers.signed_values(request, query, signed)
    if keys is None:
        if any(name not in values for name in signed.split(";") if name != "host"):
            raise _unsent_headers(request, query, given, values)
        hoisted_headers.require_lengths(query)
        return given.key
    if algorithm == credential.ECDSA:
        raise verification.unverifiable()
    secret = verification.secret_of(keys, given.key)
    requested, text = _strings(request, query, given, values)
    if canonical_request.sign(secret, given, text) != signature:
        raise verification.mismatch(given.key, text, signature, requested)
    verification.require_no_token([query.get("X-Amz-Security-Token"), request.headers.get("x-amz-security-token")])
    hoisted_headers.require_lengths(query)
    return given.key


def _strings(
    request: HttpRequest, query: Mapping[str, str], given: credential.Credential, values: Mapping[str, str]
) -> tuple[str, str]:
    """Return the canonical request and the string to sign.

    The digest of the body is unsigned unless a header, or else the query, names one; an unsigned header counts too,
    so that any other value than UNSIGNED-PAYLOAD breaks the signature (recorded aws-presigned 6; public).
    """
    payload = request.headers.get(CONTENT_SHA256) or query.get("X-Amz-Content-Sha256") or UNSIGNED_PAYLOAD
    requested = canonical_request.of_request(request, query["X-Amz-SignedHeaders"], payload, values)
    return requested, canonical_request.string_to_sign(
        query["X-Amz-Algorithm"], query["X-Amz-Date"], given.scope, requested
    )


def _unsent_headers(
    request: HttpRequest, query: Mapping[str, str], given: credential.Credential, values: Mapping[str, str]
) -> S3Error:
    """Return the refusal of a URL whose signed headers were not sent: no key is needed to see that it cannot match."""
    requested, text = _strings(request, query, given, values)
    return verification.mismatch(given.key, text, query["X-Amz-Signature"], requested)


def _seconds(text: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:  # noqa: PLR2004  what fits 64 bits
        raise _malformed(NO_NUMBER)
    if digits != text:
        raise _malformed(NEGATIVE)
    if int(text) > WEEK:
        raise _malformed(TOO_LONG)
    return int(text)


def _moment(text: str, day: str) -> dt.datetime:
    moment = read_basic_date(text)
    if moment is None:
        raise _malformed(DATE_FORM)
    if text[:8] != day:
        raise _malformed(credential.DATE_DIFFERS.format(day, text[:8]))
    return moment


def _malformed(reason: str) -> S3Error:
    return S3Error(errors.QUERY_V4_MALFORMED, reason=reason)


def _of_credential(reason: str) -> S3Error:
    return _malformed(f"Error parsing the X-Amz-Credential parameter; {reason}")

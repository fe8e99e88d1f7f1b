"""Who signed a request, and whether it is the one that was signed: SigV4 and SigV2, in the header or in the query.

Without keys any signature is taken, but its form, its time and what it covers are judged all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.auth import credential, sigv4_header
from fakecos.facts import errors
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.wire.addressing import Address
    from fakecos.wire.messages import HttpRequest

MARKS_OF_V4 = frozenset({"X-Amz-Signature", "X-Amz-Algorithm", credential.IN_QUERY})
MARKS = MARKS_OF_V4 | {"Signature", "AWSAccessKeyId"}


def require_signed(
    request: HttpRequest, query: Mapping[str, str], keys: Mapping[str, str] | None, address: Address | None = None
) -> str | None:
    """Return the access key id that signed a request, None for an anonymous one, and for a token of IBM's IAM.

    `query` is decoded; `keys` are the secrets by access key id, None to take any signature; `address` says which
    bucket the host names, which SigV2 signs.

    Raises what the form deserves (AuthorizationHeaderMalformed, AuthorizationQueryParametersError, InvalidArgument,
    AccessDenied), then AccessDenied and RequestTimeTooSkewed for its time, AccessDenied for headers that are not
    signed, InvalidAccessKeyId, SignatureDoesNotMatch and, for a token that belongs to no key, InvalidToken.
    """
    authorization = request.headers.get("authorization") or None  # an empty one is none (public)
    if query and not MARKS.isdisjoint(query):
        if authorization is not None:
            raise S3Error(errors.ONE_SIGNATURE_ONLY, ArgumentName="Authorization", ArgumentValue=authorization)
        return _require_query(request, query, keys, address)
    if authorization is None:
        return None
    if authorization.startswith("AWS4-"):
        return sigv4_header.require_header(request, authorization, keys, address)
    if authorization.startswith("AWS "):
        from fakecos.auth import sigv2

        return sigv2.require_header(request, authorization, keys, address)
    if authorization.startswith("Bearer "):  # judged by IAM, not by a signature
        return None
    raise S3Error(errors.UNSUPPORTED_AUTHORIZATION, ArgumentName="Authorization", ArgumentValue=authorization)


def _require_query(
    request: HttpRequest, query: Mapping[str, str], keys: Mapping[str, str] | None, address: Address | None
) -> str:
    """Return the access key id of a presigned URL."""
    if MARKS_OF_V4.isdisjoint(query):
        from fakecos.auth import sigv2

        return sigv2.require_query(request, query, keys, address)
    from fakecos.auth import sigv4_query

    return sigv4_query.require_query(request, query, keys)

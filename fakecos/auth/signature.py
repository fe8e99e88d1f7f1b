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
MARKS_OF_V2 = frozenset({"Signature", "AWSAccessKeyId"})


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
    if not query:
        return None if authorization is None else sigv4_header.require(request, authorization, keys, address)
    v4 = not MARKS_OF_V4.isdisjoint(query)
    v2 = not v4 and not MARKS_OF_V2.isdisjoint(query)
    if authorization is not None:
        if v4 or v2:
            raise S3Error(errors.ONE_SIGNATURE_ONLY, ArgumentName="Authorization", ArgumentValue=authorization)
        return sigv4_header.require(request, authorization, keys, address)
    if v4 or v2:
        from fakecos.auth import sigv4_query as presigned

        require = presigned.require_v4 if v4 else presigned.require_v2
        return require(request, query, keys, address)
    return None

"""Who signed a request, and whether it is the one that was signed: SigV4 and SigV2, in the header or in the query.

Without keys any signature is taken, but its form, its time and what it covers are judged all the same.

What judges a signature raises InvalidRequest for SigV2 in a newer region, then what its form deserves
(AuthorizationHeaderMalformed, AuthorizationQueryParametersError, InvalidArgument, AccessDenied), then AccessDenied and
RequestTimeTooSkewed for its time, AccessDenied for headers that are not signed, InvalidAccessKeyId,
SignatureDoesNotMatch and, for a token that belongs to no key, InvalidToken; in the end MissingContentLength for an
absurd length in the query.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from fakecos.auth import credential, sigv4_header
from fakecos.facts import errors
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakecos.wire.addressing import Address
    from fakecos.wire.messages import HttpRequest

    Judge = Callable[[HttpRequest, Mapping[str, str], Mapping[str, str] | None, Address | None, str | None], str]
    """What returns the access key id of a signed request.

    It takes the message, its decoded query, the secrets by access key id (None to take any signature), the address,
    which says which bucket the host names: SigV2 signs that, and the region that the request is for, or None.
    """

MARKS_OF_V4 = frozenset({"X-Amz-Signature", "X-Amz-Algorithm", credential.IN_QUERY})
MARKS = MARKS_OF_V4 | {"Signature", "AWSAccessKeyId"}
SCHEME = len("AWS4-")
"""How much of an Authorization header says what it is."""


@lru_cache(256)  # clients sign in the same way all day
def judge_of(scheme: str, query: tuple[str, ...]) -> Judge | None:
    """Return what judges the signature of a request, by how its header begins and the names in its query.

    None: it is not signed, or not by a known scheme, or twice.
    """
    in_query = not MARKS.isdisjoint(query)
    if in_query == bool(scheme):
        return None
    if scheme == "AWS4-":
        return sigv4_header.require_header
    if scheme.startswith("AWS "):
        from fakecos.auth import sigv2

        return sigv2.require_header
    if not in_query:
        return None
    if MARKS_OF_V4.isdisjoint(query):
        from fakecos.auth import sigv2

        return sigv2.require_query
    from fakecos.auth import sigv4_query

    return sigv4_query.require_query


def require_usual(authorization: str, query: Mapping[str, str]) -> None:
    """Refuse two signatures at once, and a scheme that S3 does not know; an empty header is none (public)."""
    if not authorization:
        return
    if not MARKS.isdisjoint(query):
        raise S3Error(errors.ONE_SIGNATURE_ONLY, ArgumentName="Authorization", ArgumentValue=authorization)
    if not authorization.startswith("Bearer "):  # a token is judged by IAM, and is no signature
        raise S3Error(errors.UNSUPPORTED_AUTHORIZATION, ArgumentName="Authorization", ArgumentValue=authorization)

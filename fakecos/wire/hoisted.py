"""Headers that a signer moved into the query: which of them count as members of the request (facts/presigned_query)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import presigned_query

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# Where a member stands besides headers (0): in the query; there if the signature names it as a header; there, unread.
QUERY, SIGNED, EMPTY = 1, 2, 3


def place_of(name: str, header: str, query: Collection[str]) -> int | None:
    """Return how a name in the query counts, None if it does not; `header` is the name in lower case.

    `query` are all names there: they tell SigV2 from SigV4.
    """
    is_v4 = presigned_query.SIGNED_HEADERS in query
    if presigned_query.V2_KEY in query and not is_v4:
        return QUERY if presigned_query.is_taken_by_v2(header) else None
    if presigned_query.is_taken_unsigned(name):
        return QUERY
    if header == presigned_query.EXPECTED_OWNER:  # in capitals it is there and has no value (public: aws-presigned 38)
        return EMPTY
    return SIGNED if is_v4 and presigned_query.is_taken_signed(header) else None


def text_of(place: int, name: str, query: Mapping[str, str]) -> str | None:
    """Return the text of a name that is SIGNED or EMPTY, None if it does not count after all."""
    if place == EMPTY:
        return ""
    return query[name] if name.lower() in query[presigned_query.SIGNED_HEADERS].split(";") else None

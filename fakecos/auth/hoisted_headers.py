"""Headers whose values stand in the query of a presigned URL: what a signature that names them covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import errors, presigned_query
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.wire.messages import HttpRequest

LONGEST_LENGTH = 18
"""Digits of a length that fits 64 bits."""


def signed_values(request: HttpRequest, query: Mapping[str, str], signed: str) -> Mapping[str, str]:
    """Return the headers that a signature covers: those that were sent, and those that stand in the query instead.

    `signed` are the names of the signed headers (recorded aws-presigned 32).
    """
    headers = request.headers
    missing = {name for name in signed.split(";") if name not in headers and presigned_query.is_taken_signed(name)}
    if not missing:
        return headers
    return {**headers, **{name.lower(): value for name, value in query.items() if name.lower() in missing}}


def require_lengths(query: Mapping[str, str]) -> None:
    """Refuse a length in the query that is none, or absurdly long (aws-changes 25). Raises MissingContentLength."""
    for name, value in query.items():
        if name.lower() in presigned_query.LENGTHS and not (
            value.isascii() and value.isdigit() and len(value) <= LONGEST_LENGTH
        ):
            raise S3Error(errors.MISSING_CONTENT_LENGTH)

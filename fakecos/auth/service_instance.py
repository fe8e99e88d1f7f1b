"""For which service instance of IBM's a request is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.services.ibm import DEFAULT_INSTANCE, INSTANCE_HEADER

if TYPE_CHECKING:
    from collections.abc import Mapping


NO_TOKEN = "None"  # noqa: S105  what the SDK writes where there is no token


def is_bearer(headers: Mapping[str, str]) -> bool:
    """Whether a request is signed with a token of IBM's IAM."""
    return headers.get("authorization", "")[:7].lower() == "bearer "


def lacks_instance(headers: Mapping[str, str]) -> bool:
    """Whether a request with a token does not name its instance.

    The dummies that stand for masked IBM_* variables have no token (ibm_botocore sends "None"), and belong to one.
    """
    return is_bearer(headers) and INSTANCE_HEADER not in headers and headers["authorization"][7:] != NO_TOKEN


def instance_of(headers: Mapping[str, str], query: Mapping[str, str]) -> str | None:
    """Return the service instance that a request is for; None when nobody signed it."""
    is_signed = "authorization" in headers or "X-Amz-Signature" in query or "Signature" in query
    return headers.get(INSTANCE_HEADER) or (DEFAULT_INSTANCE if is_signed else None)

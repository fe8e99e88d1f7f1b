"""Who sent a request: the account or the user that its access key belongs to, and how it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.model.principal import ANONYMOUS, OWNER
from fakecos.service.signatures import credential

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.principal import Principal

V2 = "AWS"
HEADER = "authorization"
V2_QUERY = "AWSAccessKeyId"


class Key(NamedTuple):
    """A registered access key: its secret, and whose it is."""

    secret: str
    principal: Principal


def caller_of(keys: Mapping[str, Key], access_key: str | None, headers: Mapping[str, str]) -> Principal:
    """Return who sent a request that was signed by an access key, None for none.

    A key that is not registered is the fake's own account, which accepts any; so is a token of IBM's IAM.
    """
    if access_key is None:
        return OWNER if headers.get(HEADER) else ANONYMOUS
    key = keys.get(access_key)
    return OWNER if key is None else key.principal


class Came:
    """How a request came, as conditions of policies ask for it; None for what it does not say."""

    __slots__ = ("_headers", "_is_form", "_query")

    def __init__(self, headers: Mapping[str, str], query: Mapping[str, str], *, is_form: bool = False) -> None:
        self._is_form = is_form
        self._headers = headers
        self._query = query

    @property
    def referer(self) -> str | None:
        """The page that a browser came from."""
        return self._headers.get("referer")

    @property
    def user_agent(self) -> str | None:
        """What the client calls itself."""
        return self._headers.get("user-agent")

    @property
    def content_sha256(self) -> str | None:
        """The digest of the body, or what stands for it."""
        return self._headers.get("x-amz-content-sha256")

    @property
    def signature_version(self) -> str | None:
        """`AWS4-HMAC-SHA256` or `AWS` (documented: s3:signatureversion)."""
        if self.auth_type in {None, "POST"}:
            return None
        is_v4 = credential.IN_QUERY in self._query or self._headers.get(HEADER, "").startswith(credential.HMAC)
        return credential.HMAC if is_v4 else V2

    @property
    def auth_type(self) -> str | None:
        """`REST-HEADER`, `REST-QUERY-STRING` or `POST` (documented: s3:authType)."""
        if self._is_form:
            return "POST"
        if self._headers.get(HEADER):
            return "REST-HEADER"
        return "REST-QUERY-STRING" if credential.IN_QUERY in self._query or V2_QUERY in self._query else None

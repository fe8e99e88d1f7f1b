"""Who sent a request: the access key that it names, and the account that the key belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.model.principal import ANONYMOUS, OWNER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.principal import Principal

V4 = "AWS4-HMAC-SHA256"
V2 = "AWS"
HEADER = "authorization"
V4_QUERY = "X-Amz-Credential"
V2_QUERY = "AWSAccessKeyId"


class Key(NamedTuple):
    """A registered access key: its secret, and whose it is."""

    secret: str
    principal: Principal


def access_key_of(headers: Mapping[str, str], query: Mapping[str, str]) -> str | None:
    """Return the access key id that a request is signed with; "" for a token of IBM's IAM, None if it is not signed."""
    text = headers.get(HEADER)
    if text:
        if text.startswith(f"{V2} "):
            return text[len(V2) + 1 :].partition(":")[0]
        return text.partition("Credential=")[2].partition("/")[0]
    credential = query.get(V4_QUERY)
    if credential is not None:
        return credential.partition("/")[0]
    return query.get(V2_QUERY)


def caller_of(keys: Mapping[str, Key], headers: Mapping[str, str], query: Mapping[str, str]) -> Principal:
    """Return who sent a request; a key that is not registered is the fake's own account, which accepts any."""
    if not keys and headers.get(HEADER):
        return OWNER
    name = access_key_of(headers, query)
    if name is None:
        return ANONYMOUS
    key = keys.get(name)
    return OWNER if key is None else key.principal


class Came:
    """How a request came, as conditions of policies ask for it; None for what it does not say."""

    __slots__ = ("_headers", "_query")

    def __init__(self, headers: Mapping[str, str], query: Mapping[str, str]) -> None:
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
        if self.auth_type is None:
            return None
        is_v4 = V4_QUERY in self._query or self._headers.get(HEADER, "").startswith(V4)
        return V4 if is_v4 else V2

    @property
    def auth_type(self) -> str | None:
        """`REST-HEADER` or `REST-QUERY-STRING` (documented: s3:authType)."""
        if self._headers.get(HEADER):
            return "REST-HEADER"
        return "REST-QUERY-STRING" if V4_QUERY in self._query or V2_QUERY in self._query else None

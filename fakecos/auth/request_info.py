"""How a request came: over which scheme, to which region, signed how. Operations and policies ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.auth import credential
from fakecos.auth.clock_skew import signed_at
from fakecos.auth.region import signed_region
from fakecos.auth.service_instance import instance_of, is_bearer, lacks_instance
from fakecos.facts.http_dates import read_basic_date
from fakecos.facts.presigned_query import SIGNED_HEADERS
from fakecos.facts.regions import US_EAST_1
from fakecos.wire.model_overrides import POST_OBJECT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.wire.addressing import Address
    from fakecos.wire.messages import HttpRequest

V2 = "AWS"
HEADER = "authorization"
V2_QUERY = "AWSAccessKeyId"


class RequestInfo:
    """How a request came: found when asked for, since hardly any operation asks."""

    __slots__ = ("_address", "_headers", "_operation", "_query", "_request")

    def __init__(self, request: HttpRequest, query: Mapping[str, str], address: Address | None, operation: str) -> None:
        self._request = request
        self._headers = request.headers
        self._query = query
        self._address = address
        self._operation = operation

    @property
    def is_secure(self) -> bool:
        """Whether it came over https."""
        return self._request.scheme == "https"

    @property
    def region(self) -> str:
        """The region of the host, else the one that the request is signed for, else us-east-1."""
        place = self._address
        return (place.region if place else None) or signed_region(self._headers) or US_EAST_1

    @property
    def url(self) -> str:
        """The URL without its query."""
        request = self._request
        return f"{request.scheme}://{request.host}{request.path}"

    @property
    def instance(self) -> str | None:
        """The service instance of IBM's that it is for; None if nobody signed it."""
        return instance_of(self._headers, self._query)

    @property
    def lacks_instance(self) -> bool:
        """Whether it has a token of IBM's IAM and names no instance."""
        return lacks_instance(self._headers)

    @property
    def referer(self) -> str | None:
        """The page that a browser came from."""
        return self._headers.get("referer")

    @property
    def user_agent(self) -> str | None:
        """What the client calls itself."""
        return self._headers.get("user-agent")

    def names_header(self, name: str) -> bool:
        """Whether a header was sent, or stands in the query and is signed as one."""
        signed = self._query.get(SIGNED_HEADERS, "")
        return name in self._headers or (credential.IN_QUERY in self._query and name in signed.split(";"))

    @property
    def operation(self) -> str:
        """The operation that it is."""
        return self._operation

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
        if self._operation == POST_OBJECT:
            return "POST"
        if self._headers.get(HEADER):
            return "REST-HEADER"
        return "REST-QUERY-STRING" if credential.IN_QUERY in self._query or V2_QUERY in self._query else None

    @property
    def signed_at(self) -> dt.datetime | None:
        """When it was signed with version 4, in its headers or its query; None if it was not."""
        if credential.IN_QUERY in self._query:
            return read_basic_date(self._query.get("X-Amz-Date", ""))
        return signed_at(self._headers)[1] if self.signature_version == credential.HMAC else None

    @property
    def authorization(self) -> str | None:
        """The header that signs it."""
        return self._headers.get(HEADER)

    @property
    def lacks_version_4(self) -> bool:
        """Whether it came unsigned or with a signature of version 2, and not by hand, as a form, or with a token."""
        if self._address is None or self._operation == POST_OBJECT:
            return False
        return self.signature_version != credential.HMAC and not is_bearer(self._headers)

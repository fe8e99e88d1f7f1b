"""What each service names by itself: ids of uploads and versions, tokens, and ETags that are no digests.

The two give other ones for the same thing. What came here is kept with what came there, so that a later request
can be sent with the service's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from fakecos.comparison.exchange import Exchange

HEADERS = ("x-amz-version-id", "x-amz-copy-source-version-id", "etag")
ELEMENTS = frozenset(
    {
        *("UploadId", "VersionId", "DeleteMarkerVersionId", "NextVersionIdMarker", "NextUploadIdMarker"),
        *("NextContinuationToken", "ETag"),
    }
)
IN_QUERY = frozenset({"uploadId", "versionId", "upload-id-marker", "version-id-marker", "continuation-token"})
IN_HEADERS = frozenset(
    {
        *("if-match", "if-none-match", "x-amz-copy-source", "x-amz-copy-source-if-match"),
        *("x-amz-copy-source-if-none-match", "x-amz-if-match"),
    }
)
IN_DOCUMENTS = frozenset({"DeleteObjects", "CompleteMultipartUpload"})
_NULL = frozenset({"", "null"})
_NAMESPACE = re.compile(r"\{[^}]*\}")


class Translation:
    """The names that the fake gave, and those of the service for the same things."""

    def __init__(self) -> None:
        self._there: dict[str, str] = {}

    def learn(self, here: Exchange, there: Exchange) -> None:
        """Keep what two answers to one request name each in its own way."""
        for name in HEADERS:
            self._keep(here.headers.get(name, ""), there.headers.get(name, ""))
        ours, theirs = _elements(here.body), _elements(there.body)
        for name, values in ours.items():
            others = theirs.get(name, [])
            if len(values) == len(others):
                for one, other in zip(values, others, strict=True):
                    self._keep(one, other)

    def _keep(self, here: str, there: str) -> None:
        here, there = here.strip('"'), there.strip('"')
        if here != there and not _NULL & {here, there}:
            self._there.setdefault(here, there)

    def query(self, raw: str) -> str:
        """Return a raw query with the service's own names; all else stays as it was written."""
        if not raw or not self._there:
            return raw
        return "&".join(map(self._pair, raw.split("&")))

    def _pair(self, pair: str) -> str:
        name, _, value = pair.partition("=")
        found = self._there.get(unquote(value)) if unquote(name) in IN_QUERY else None
        return pair if found is None else f"{name}={quote(found, safe='-_.~')}"

    def header(self, name: str, value: str) -> str:
        """Return the value of a header with the service's own names."""
        if name not in IN_HEADERS:
            return value
        for here, there in self._there.items():
            if here in value:
                value = value.replace(here, there)
            elif quote(here, safe="") in value:
                value = value.replace(quote(here, safe=""), quote(there, safe=""))
        return value

    def document(self, operation: str, body: bytes) -> bytes:
        """Return a document with the service's own names."""
        if operation in IN_DOCUMENTS:
            for here, there in self._there.items():
                if here.encode() in body:
                    body = body.replace(here.encode(), there.encode())
        return body


def _elements(body: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if not body.lstrip().startswith(b"<"):
        return found
    try:
        root = ET.fromstring(body)  # noqa: S314  the services' own answers
    except ET.ParseError:
        return found
    for element in root.iter():
        name = _NAMESPACE.sub("", element.tag)
        if name in ELEMENTS:
            found.setdefault(name, []).append((element.text or "").strip())
    return found

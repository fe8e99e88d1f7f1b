"""Answers without what differs each time: ids, dates, owners, and headers of the connection.

An id is named by the order in which the ids of its kind came, so that two ids that are mixed up still show.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from fakecos.comparison.exchange import Exchange
from fakecos.comparison.headers_of_any_answer import ALWAYS, OF_IBM, OF_THE_CONNECTION

Tree = tuple[str, str, tuple["Tree", ...]]
"""An element of a document: its name, its text, and its children."""

# Of the connection, of the server's software, or of this one request.
IGNORED = OF_THE_CONNECTION | ALWAYS | OF_IBM | {"x-amz-bucket-region", "accept-ranges"}
IDS = {
    "UploadId": "upload",
    "UploadIdMarker": "upload",
    "NextUploadIdMarker": "upload",
    "VersionId": "version",
    "VersionIdMarker": "version",
    "NextVersionIdMarker": "version",
    "DeleteMarkerVersionId": "version",
    "NextContinuationToken": "token",
    "ContinuationToken": "token",
    "x-amz-version-id": "version",
    "x-amz-copy-source-version-id": "version",
    "x-amz-object-version-id": "version",
    "ObjectVersionId": "version",
}
TIMES = frozenset(
    {
        *("LastModified", "CreationDate", "Initiated", "last-modified", "expires", "x-amz-abort-date"),
        *("Expires", "RequestTime", "ServerTime"),  # of a request that came too late
    }
)
ENCRYPTION = "x-amz-server-side-encryption"
KEYS = frozenset({"x-amz-server-side-encryption-customer-algorithm"})
"""With these headers, and under SSE-KMS, an ETag is no digest, and another one each time (documented)."""
DROPPED = frozenset(
    {
        *("RequestId", "HostId", "Resource"),
        # Of a refused signature: who signed, and what, which no other request repeats.
        *("AWSAccessKeyId", "SignatureProvided", "StringToSign", "StringToSignBytes"),
        *("CanonicalRequest", "CanonicalRequestBytes"),
    }
)
REDIRECTS = 300
ECHO, OPAQUE = "ArgumentValue", 20
"""What an error repeats of a request: an id that the service made is a long one."""
PEOPLE = frozenset({"Owner", "Initiator"})
_NULL = "null"
_CLASS_OF_IBM = re.compile(r"^[a-z-]+(-(?:standard|vault|cold|smart|onerate_active))$")
_NAMESPACE = re.compile(r"\{[^}]*\}")


class Answer(NamedTuple):
    """A normalised answer: status, error code (None: no error), headers, document (None: none), or other bytes."""

    status: int
    code: str | None
    headers: dict[str, str]
    document: Tree | None
    data: bytes


class Normaliser:
    """Normalises the answers of one promise, in their order."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        self._asked = ""
        self._asked_now = ""
        self._bucket = ""
        self._is_random = False

    def asked(self, value: Any) -> Any:
        """Return what is asked, a value of JSON, with the names of the ids that came in the answers before."""
        if isinstance(value, dict):
            return {name: self.asked(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.asked(each) for each in value]
        return next((name for (_, known), name in self._names.items() if known == value), value)

    def answer(self, exchange: Exchange) -> Answer:
        """Return the answer of an exchange as it is compared."""
        self._asked += str(exchange.params)
        self._asked_now = str(exchange.params)
        path = str(exchange.params.get("path", "")).removeprefix("/")  # of a request by hand
        self._bucket = str(exchange.params.get("Bucket", path.partition("/")[0]))
        if KEYS & exchange.headers.keys() or "aws:kms" in exchange.headers.get(ENCRYPTION, ""):
            self._is_random = True  # from then on: the ETag of an object in parts is made of theirs
        document = self._document(exchange.body)
        is_error = document is not None and document[0] == "Error"
        code = next((text for name, text, _ in document[2] if name == "Code"), None) if document and is_error else None
        headers = {name: self._value(name, value) for name, value in exchange.headers.items() if name not in IGNORED}
        if exchange.status < REDIRECTS and "location" in headers:
            headers["location"] = self._value("Location", headers["location"])
        if not exchange.operation.startswith("Head"):
            headers.pop("content-length", None)  # the body itself is compared
        if exchange.body or exchange.operation.startswith("Head"):
            headers["content-type"] = headers.get("content-type", "").partition(";")[0]
        else:
            headers.pop("content-type", None)  # of nothing: frameworks write one all the same
        return Answer(exchange.status, code, headers, document, b"" if document is not None else exchange.body)

    def _document(self, body: bytes) -> Tree | None:
        if not body.lstrip().startswith(b"<"):
            return None
        try:
            return self._tree(ET.fromstring(body))  # noqa: S314  the service's own answer
        except ET.ParseError:
            return None

    def _tree(self, element: ET.Element) -> Tree:
        name = _NAMESPACE.sub("", element.tag)
        if name in PEOPLE:
            return name, "(somebody)", ()
        children = tuple(self._tree(child) for child in element if _NAMESPACE.sub("", child.tag) not in DROPPED)
        return name, self._value(name, (element.text or "").strip()), children

    def _value(self, name: str, value: str) -> str:
        if name in TIMES:
            return "(a time)"
        if name == ECHO and len(value) >= OPAQUE and value in self._asked_now:
            return "(as asked)"
        if name == "LocationConstraint":
            return _CLASS_OF_IBM.sub(r"(a place)\1", value)  # it is that of the address, as a host is
        if name == "Location":
            return unquote(urlsplit(value).path).removeprefix(f"/{self._bucket}")  # its host is that of the request
        kind = self._kind(name, value)
        if kind is None or not value or value == _NULL:
            return value
        return self._named(kind, value)

    def _kind(self, name: str, value: str) -> str | None:
        """Return what a value is an id of, None if it is no id."""
        if name in {"ETag", "etag"}:
            value = value.strip('"')
            return "etag" if self._is_random or ("etag", value) in self._names else None
        if name in {"ID", "Id"}:
            return None if value in self._asked else "id"
        return IDS.get(name)

    def _named(self, kind: str, value: str) -> str:
        if kind == "etag":
            value = value.strip('"')
        known = self._names.get((kind, value))
        if known is None:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            known = self._names[kind, value] = f"({kind} {self._counts[kind]})"
        return known


def error_code(body: bytes) -> str | None:
    """Return the code of an error document, None if a body is none."""
    answer = Normaliser().answer(Exchange("", {}, body=body))
    return answer.code


def text_of(tree: Tree | None) -> str:
    """Return a document as text, one element after the other."""
    if tree is None:
        return ""
    name, text, children = tree
    return f"<{name}>{text}{''.join(map(text_of, children))}</{name}>"

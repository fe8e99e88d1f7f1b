"""Answers in a form that compares to the letter: those of clients, and raw ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from fakecos.wire.messages import HttpResponse

NAMESPACE = "{http://s3.amazonaws.com/doc/2006-03-01/}"


def error_code(error: Any) -> str:
    """Return the code of a client's error."""
    return str(error.response["Error"]["Code"])


def read_body(response: HttpResponse) -> bytes:
    """Return the whole body of a raw answer."""
    return b"".join(bytes(piece) for piece in response.chunks())


def xml_document(response: HttpResponse) -> ET.Element:
    """Return the root of a raw answer's XML, which must be declared as S3 does."""
    body = read_body(response)
    assert body.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    assert response.headers["Content-Type"] == "application/xml"
    assert response.headers["Content-Length"] == str(len(body))
    return ET.fromstring(body)  # noqa: S314  our own answer


def error_fields(body: bytes) -> dict[str, str | None]:
    """Return the children of the document of an error."""
    root = ET.fromstring(body)  # noqa: S314  our own answer
    assert root.tag == "Error"
    return {child.tag: child.text for child in root}


def child_names(element: ET.Element) -> list[str]:
    """Return the names of an element's children in order; all must be in S3's namespace."""
    assert all(child.tag.startswith(NAMESPACE) for child in element)
    return [child.tag.removeprefix(NAMESPACE) for child in element]

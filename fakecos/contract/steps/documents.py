"""Documents of answers, as they came."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from fakecos.contract.by_hand import Answer

NAMESPACE = "{http://s3.amazonaws.com/doc/2006-03-01/}"


def xml_document(answer: Answer) -> ET.Element:
    """Return the root of an answer's XML, which must be declared as S3 does."""
    assert answer.body.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    assert answer.headers["content-type"] == "application/xml"
    return ET.fromstring(answer.body)  # noqa: S314  the service's own answer


def child_names(element: ET.Element) -> list[str]:
    """Return the names of an element's children in order; all must be in S3's namespace."""
    assert all(child.tag.startswith(NAMESPACE) for child in element)
    return [child.tag.removeprefix(NAMESPACE) for child in element]

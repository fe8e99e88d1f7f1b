"""Answers in a form that compares to the letter: those of clients, and raw ones."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from fakecos.wire.messages import HttpResponse

NAMESPACE = "{http://s3.amazonaws.com/doc/2006-03-01/}"
DATETIME = "a time"
UPLOAD_ID = "an upload id"
# Recorded on every answer; the values are not.
ALWAYS = {"date", "server", "x-amz-id-2", "x-amz-request-id"}
OF_IBM = {"date", "server", "x-amz-request-id", "x-clv-request-id", "x-clv-s3-version"}  # public: fakecos/facts/ibm.py


def members_of(answer: Any) -> Any:
    """Return all members of a client's answer as plain values.

    A time is `DATETIME`, the id of an upload is `UPLOAD_ID`, and a body is its bytes.
    """
    if isinstance(answer, dict):
        return {
            name: UPLOAD_ID if name == "UploadId" else members_of(value)
            for name, value in answer.items()
            if name != "ResponseMetadata"
        }
    if isinstance(answer, list):
        return [members_of(item) for item in answer]
    if isinstance(answer, dt.datetime):
        assert answer.utcoffset() == dt.timedelta(0)
        return DATETIME
    return answer.read() if hasattr(answer, "read") else answer


def http_status(answer: Any) -> int:
    """Return the HTTP status of a client's answer."""
    return int(answer["ResponseMetadata"]["HTTPStatusCode"])


def http_headers(answer: Any) -> dict[str, str]:
    """Return all headers of a client's answer, names in lower case."""
    return dict(answer["ResponseMetadata"]["HTTPHeaders"])


def specific_headers(answer: Any) -> dict[str, str]:
    """Return the headers of a client's answer without those that every answer has, which must be there."""
    headers = http_headers(answer)
    always = OF_IBM if headers["server"].startswith("Cleversafe") else ALWAYS
    assert headers.keys() >= always
    if always == OF_IBM and "last-modified" not in headers:  # on a read of what is no object, where AWS has none
        always = {*always, "accept-ranges"}
    return {name: value for name, value in headers.items() if name not in always}


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

"""Answers in a form that compares to the letter, and clients that are made to ask for what they would not."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakecos.wire.messages import HttpResponse

NAMESPACE = "{http://s3.amazonaws.com/doc/2006-03-01/}"
DATETIME = "datetime"
# Recorded on every answer; the values are not.
ALWAYS = {"date", "server", "x-amz-id-2", "x-amz-request-id"}
OF_IBM = {"date", "server", "x-amz-request-id", "x-clv-request-id", "x-clv-s3-version"}  # public: fakecos/facts/ibm.py


def told(answer: Any) -> Any:
    """Return all that an answer says as plain values: times are `DATETIME`, a body is its bytes."""
    if isinstance(answer, dict):
        return {name: told(value) for name, value in answer.items() if name != "ResponseMetadata"}
    if isinstance(answer, list):
        return [told(item) for item in answer]
    if isinstance(answer, dt.datetime):
        assert answer.utcoffset() == dt.timedelta(0)
        return DATETIME
    return answer.read() if hasattr(answer, "read") else answer


def status_of(answer: Any) -> int:
    """Return the HTTP status of a client's answer."""
    return int(answer["ResponseMetadata"]["HTTPStatusCode"])


def headers_of(answer: Any) -> dict[str, str]:
    """Return the headers of a client's answer, names in lower case, without those that every answer has."""
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    always = OF_IBM if headers["server"].startswith("Cleversafe") else ALWAYS
    assert headers.keys() >= always
    if always == OF_IBM and "last-modified" not in headers:  # on a read of what is no object, where AWS has none
        always = {*always, "accept-ranges"}
    return {name: value for name, value in headers.items() if name not in always}


@contextmanager
def changed(
    client: Any, query: Mapping[str, str | None] | None = None, headers: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Change what the client is about to send, before it signs: values of the query (None: gone), and headers."""

    def change(params: dict[str, Any], **_: Any) -> None:
        url = urlsplit(params["url"])
        pairs = dict(parse_qsl(url.query, keep_blank_values=True))
        for name, value in (query or {}).items():
            pairs.pop(name, None)
            if value is not None:
                pairs[name] = value
        text = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs.items())
        params["url"] = urlunsplit(url._replace(query=text))
        params["headers"].update(headers or {})

    client.meta.events.register_last("before-call.s3", change)
    try:
        yield
    finally:
        client.meta.events.unregister("before-call.s3", change)


def body_of(response: HttpResponse) -> bytes:
    """Return the whole body of a raw answer."""
    return b"".join(response.chunks())


def document_of(response: HttpResponse) -> ET.Element:
    """Return the root of a raw answer's XML, which must be declared as S3 does."""
    body = body_of(response)
    assert body.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    assert response.headers["Content-Type"] == "application/xml"
    assert response.headers["Content-Length"] == str(len(body))
    return ET.fromstring(body)  # noqa: S314  our own document


def names_of(element: ET.Element) -> list[str]:
    """Return the names of an element's children in order; all must be in S3's namespace."""
    assert all(child.tag.startswith(NAMESPACE) for child in element)
    return [child.tag.removeprefix(NAMESPACE) for child in element]

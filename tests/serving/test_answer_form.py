"""How answers are written: what is joined by ourselves reads as what h11 writes, and whatever is odd is left to h11."""

from __future__ import annotations

from typing import Any

import h11
import pytest

from fakecos.facts.transport import Transport
from fakecos.model.content import Content
from fakecos.serving.answer_form import judged_head, usual_answer
from fakecos.wire.messages import HttpResponse

COMMON = {"x-amz-id-2": "x", "date": "Mon, 01 Jan 2024 00:00:00 GMT", "ETag": '"0"', "server": "AmazonS3"}


class Cut:
    """Where a fault cuts an answer."""

    size = 1
    kind = Transport.RESET


def response(status: int = 200, body: bytes | Content = b"body", **headers: str) -> HttpResponse:
    return HttpResponse(status, {**COMMON, **{name.replace("_", "-"): value for name, value in headers.items()}}, body)


def read(method: str, data: bytes) -> Any:
    """Return what a client that knows h11 gets."""
    wire = h11.Connection(h11.CLIENT)
    wire.send(h11.Request(method=method, target="/", headers=[("Host", "localhost")]))
    wire.send(h11.EndOfMessage())
    wire.receive_data(data)
    head, body = wire.next_event(), b""
    assert isinstance(head, h11.Response)
    while isinstance(event := wire.next_event(), h11.Data):
        body += event.data
    assert isinstance(event, h11.EndOfMessage)
    assert wire.trailing_data == (b"", False)
    return head.status_code, head.reason, sorted(head.headers.raw_items()), body


def by_h11(method: str, answer: HttpResponse) -> bytes:
    """Return what h11 writes."""
    wire = h11.Connection(h11.SERVER)
    wire.receive_data(f"{method} / HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    wire.next_event()
    data = wire.send(judged_head(answer, method, close=False)) or b""
    body = b"".join(answer.chunks())
    if method != "HEAD" and body:
        data += wire.send(h11.Data(data=body)) or b""
    return data + (wire.send(h11.EndOfMessage()) or b"")


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("GET", response(Content_Length="4")),
        ("GET", response(206, Content_Length="4", Content_Range="bytes 0-3/9")),
        ("GET", response(404, b"<Error/>", Transfer_Encoding="chunked", Content_Type="application/xml")),
        ("GET", response(200, b"", Transfer_Encoding="chunked")),
        ("PUT", response(200, b"", Content_Length="0")),
        ("DELETE", response(204, b"")),
        ("GET", response(304, b"")),
        ("HEAD", response(200, b"", Content_Length="4")),
        ("GET", response(200, Content.of(b"body"), Content_Length="4")),
        ("GET", response(Content_Length="4", x_amz_meta_a=" blanks at its ends ")),
    ],
)
def test_a_usual_answer_reads_as_that_of_h11(method: str, answer: HttpResponse) -> None:
    pieces = usual_answer(answer, method)
    assert pieces is not None
    assert read(method, b"".join(pieces)) == read(method, by_h11(method, answer))


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("GET", response()),  # no length at all
        ("GET", response(Content_Length="5")),  # a fault cut it short
        ("GET", response(Content_Length="4", Transfer_Encoding="chunked")),
        ("GET", response(Content_Length="4", content_length="4")),
        ("GET", response(Transfer_Encoding="gzip")),
        ("GET", response(Content_Length="4", Connection="close")),
        ("GET", response(Content_Length="4", x_amz_meta_a="\xe9")),
        ("GET", response(Content_Length="4", x_amz_meta_a="a\r\nb: c")),
        ("GET", response(Content_Length="4", x_amz_meta_a="a\tb")),
        ("GET", HttpResponse(200, {**COMMON, "a b": "c", "Content-Length": "4"}, b"body")),
        ("GET", response(299, Content_Length="4")),
        ("GET", response(204, b"", Content_Length="0")),
        ("HEAD", response(200, b"")),
        ("GET", HttpResponse(200, {**COMMON, "Content-Length": "4"}, b"body", Cut())),
    ],
)
def test_an_odd_answer_is_for_h11(method: str, answer: HttpResponse) -> None:
    assert usual_answer(answer, method) is None

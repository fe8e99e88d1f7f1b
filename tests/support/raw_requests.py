"""Requests by hand, as no client of S3 sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.model.clock import now
from fakecos.wire.messages import HttpRequest, RawBody
from tests.support.answers import error_fields, read_body
from tests.support.payloads import DAY, V4

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos import FakeCOS
    from fakecos.wire.messages import Body, HttpResponse

LEFT_OUT = "(left out)"  # the value of a header that is not sent
BEARER_TOKEN = "Bearer TOKEN"  # of IAM: who asks is known, and there is no signature to judge


class ErrorAnswer(Exception):  # noqa: N818  what `refused` looks for, as in a client's own error
    """The answer to a raw request, when it is an error."""

    def __init__(self, response: dict[str, Any]) -> None:
        self.response = response
        super().__init__(str(response))


def send_raw(
    cos: FakeCOS,
    method: str,
    path: str,
    query: str = "",
    headers: Mapping[str, str] | None = None,
    body: bytes | Body = b"",
    scheme: str = "https",
) -> HttpResponse:
    """Send a raw request, path style, signed unless it is presigned; raise `ErrorAnswer` if it is refused.

    Bytes bring their Content-Length along.
    """
    sent = dict(headers or {})
    if "Signature=" not in query:
        sent.setdefault("authorization", BEARER_TOKEN)
    if isinstance(body, bytes):
        if "transfer-encoding" not in sent:
            sent.setdefault("content-length", str(len(body)))
        sent = {name: value for name, value in sent.items() if value != LEFT_OUT}
        body = RawBody(body)
    if sent.get("authorization") == V4:
        moment = now().strftime("%Y%m%dT%H%M%SZ")
        sent |= {"authorization": V4.replace(DAY, moment[:8]), "x-amz-date": moment}
    host = "s3.us-east-1.amazonaws.com"
    response = cos._active.exchange(HttpRequest(method, scheme, host, path, query, sent, body, host))
    if response.status >= 300:
        content = read_body(response)
        metadata = {"HTTPStatusCode": response.status, "HTTPHeaders": dict(response.headers)}
        raise ErrorAnswer(
            {"Error": error_fields(content) if content else {}, "ResponseMetadata": metadata, "Body": content}
        )
    return response

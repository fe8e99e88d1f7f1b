"""Presigned URLs and browsers' forms, sent as any HTTP client would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
import ibm_boto3
from botocore.config import Config
from ibm_botocore.client import Config as IbmConfig

from fakecos.wire.messages import HttpRequest, RawBody
from tests.support.answers import error_fields, read_body
from tests.support.constants import US_SOUTH
from tests.support.raw_requests import ErrorAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos import FakeCOS

KEY_ID = "AKIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
PAIR = {KEY_ID: SECRET}
MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your key and signing method."
)
V2, V4 = "s3", "s3v4"
BOUNDARY = "----boundary"


class RawAnswer:
    """An answer: status, headers with names in lower case, the body."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status = status
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.body = body


def signing_client(version: str = V4, style: str = "virtual", package: str = "boto3") -> Any:
    """Return a client that signs as said; its keys are those of the active fake."""
    options: dict[str, Any] = {"signature_version": version, "s3": {"addressing_style": style}}
    options["retries"] = {"total_max_attempts": 1}
    if package == "boto3":
        return boto3.client("s3", config=Config(**options))
    return ibm_boto3.client("s3", endpoint_url=US_SOUTH, config=IbmConfig(**options))


def send_to_url(
    cos: FakeCOS, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> RawAnswer:
    """Send a request to a URL. Raises ErrorAnswer with S3's error, or with the status alone where there is no body."""
    parts = urlsplit(url)
    sent = {name.lower(): value for name, value in (headers or {}).items()}
    if method in {"PUT", "POST"}:
        sent.setdefault("content-length", str(len(body)))
    request = HttpRequest(method, parts.scheme, parts.netloc, parts.path or "/", parts.query, sent, RawBody(body))
    answer = cos._active.exchange(request)
    content = read_body(answer)
    if answer.status < 400:
        return RawAnswer(answer.status, answer.headers, content)
    error = error_fields(content) if content else {"Code": str(answer.status)}
    metadata = {"HTTPStatusCode": answer.status, "HTTPHeaders": dict(answer.headers)}
    raise ErrorAnswer({"Error": error, "ResponseMetadata": metadata})


def form_body(
    fields: Mapping[str, str], file: bytes | None = b"hello", filename: str | None = "cat.jpg", after: bytes = b""
) -> bytes:
    """Return the body of a form, with its file at the end."""
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    if file is not None:
        named = "" if filename is None else f'; filename="{filename}"'
        head = f'Content-Disposition: form-data; name="file"{named}\r\nContent-Type: image/jpeg\r\n\r\n'
        parts.append(head.encode() + file)
    body = b"".join(f"--{BOUNDARY}\r\n".encode() + part + b"\r\n" for part in parts)
    return body + after + f"--{BOUNDARY}--\r\n".encode()


def post_form(cos: FakeCOS, url: str, body: bytes, **headers: str) -> RawAnswer:
    """Send the body of a form."""
    return send_to_url(cos, "POST", url, {"content-type": f"multipart/form-data; boundary={BOUNDARY}", **headers}, body)


def without_request_ids(error: Mapping[str, Any]) -> dict[str, Any]:
    """Return an error's fields without the ids of the request."""
    return {name: value for name, value in error.items() if name not in {"RequestId", "HostId"}}

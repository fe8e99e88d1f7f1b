"""Short ways to say what the tests of uploads do again and again, through a client or as a raw request."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from fakecos.model.store import now
from fakecos.wire.messages import HttpRequest, RawBody
from tests.wire.payloads import DAY, V4

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fakecos import FakeCOS
    from fakecos.wire.messages import Body, HttpResponse

BUCKET = "photos"
KEY = "2026/cat.jpg"
MIB = 1024 * 1024
BIG = bytes(5 * MIB)  # the smallest part that may stand before another one; held once for the whole suite
DATETIME = "a time"
ID = "an id"

NO_UPLOAD = (
    "The specified upload does not exist. "
    "The upload ID may be invalid, or the upload may have been aborted or completed."
)
INVALID_PART = (
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified "
    "entity tag may not match the part's entity tag."
)
PART_NUMBER = "Part number must be an integer between 1 and 10000, inclusive"
MALFORMED = "The XML you provided was not well-formed or did not validate against our published schema"


def told(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return all members of an answer: times and the upload's id stand for themselves, bodies are read."""
    members = {name: value for name, value in answer.items() if name != "ResponseMetadata"}
    return {name: _plain(name, value) for name, value in members.items()}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return DATETIME
    if name == "UploadId":
        return ID
    if isinstance(value, dict):
        return {inner: _plain(inner, item) for inner, item in value.items()}
    if isinstance(value, list):
        return [_plain("", item) for item in value]
    return value.read() if hasattr(value, "read") else value


def status(answer: Mapping[str, Any]) -> int:
    return int(answer["ResponseMetadata"]["HTTPStatusCode"])


def headers(answer: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = answer["ResponseMetadata"]["HTTPHeaders"]
    return found


# --- uploads --------------------------------------------------------------------------------------------


def start(client: Any, key: str = KEY, **more: Any) -> str:
    return str(client.create_multipart_upload(Bucket=BUCKET, Key=key, **more)["UploadId"])


def send(client: Any, upload_id: str, body: Any = b"x", number: Any = 1, key: str = KEY, **more: Any) -> Any:
    return client.upload_part(Bucket=BUCKET, Key=key, UploadId=upload_id, PartNumber=number, Body=body, **more)


def finish(client: Any, upload_id: str, *parts: Mapping[str, Any], key: str = KEY, **more: Any) -> Any:
    """Complete with these items of the list; `named` makes one of a part's answer."""
    document = {"Parts": list(parts)}
    return client.complete_multipart_upload(
        Bucket=BUCKET, Key=key, UploadId=upload_id, MultipartUpload=document, **more
    )


def named(number: int, answer: Mapping[str, Any], *, checksums: bool = False, **more: Any) -> dict[str, Any]:
    """Return the item of Complete's list for a part that was answered so."""
    kept = {name: value for name, value in answer.items() if checksums and name.startswith("Checksum")}
    return {"PartNumber": number, "ETag": answer["ETag"], **kept, **more}


def uploaded(client: Any, *bodies: bytes, key: str = KEY, **more: Any) -> Any:
    """Upload an object in parts and return the answer of Complete."""
    upload_id = start(client, key, **more)
    parts = [send(client, upload_id, body, number, key) for number, body in enumerate(bodies, 1)]
    checksums = "ChecksumAlgorithm" in more
    listed = [named(number, part, checksums=checksums) for number, part in enumerate(parts, 1)]
    return finish(client, upload_id, *listed, key=key)


def gone(upload_id: str) -> dict[str, Any]:
    """Return what `refused` wants of NoSuchUpload (recorded aws-multipart 4)."""
    return {"code": "NoSuchUpload", "message": NO_UPLOAD, "status": 404, "UploadId": upload_id}


# --- digests --------------------------------------------------------------------------------------------


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def md5(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def md5_base64(body: bytes) -> str:
    return b64(hashlib.md5(body, usedforsecurity=False).digest())


def sha256(body: bytes) -> str:
    return b64(hashlib.sha256(body).digest())


def crc32(body: bytes) -> str:
    return b64(zlib.crc32(body).to_bytes(4, "big"))


def etag_of(*bodies: bytes) -> str:
    """Return the quoted ETag of an object of these parts: the MD5 of their MD5s, and their count."""
    digests = b"".join(hashlib.md5(body, usedforsecurity=False).digest() for body in bodies)
    return f'"{md5(digests)}-{len(bodies)}"'


# --- requests that no client makes of itself ------------------------------------------------------------


@contextmanager
def rewritten(client: Any, operation: str, change: Callable[[Any], None]) -> Iterator[None]:
    """Let `change` alter the finished request (`url`, `headers`, `body`) of an operation before it is sent."""

    def alter(request: Any, **_: Any) -> None:
        change(request)

    event = f"before-send.s3.{operation}"
    client.meta.events.register(event, alter)
    try:
        yield
    finally:
        client.meta.events.unregister(event, alter)


def with_header(name: str, value: str) -> Callable[[Any], None]:
    def change(request: Any) -> None:
        if name in request.headers:
            del request.headers[name]
        request.headers[name] = value
        # Nobody verifies the signature, but it must say that it covers the header.
        signed = request.headers["Authorization"].decode()
        del request.headers["Authorization"]
        request.headers["Authorization"] = signed.replace("SignedHeaders=", f"SignedHeaders={name.lower()};")

    return change


def with_query(old: str, new: str) -> Callable[[Any], None]:
    def change(request: Any) -> None:
        assert old in request.url
        request.url = request.url.replace(old, new)

    return change


class Refusal(Exception):  # noqa: N818  what `refused` looks for, as in a client's own error
    """The answer to a raw request, when it is an error."""

    def __init__(self, response: dict[str, Any]) -> None:
        self.response = response
        super().__init__(str(response))


def exchange(
    cos: FakeCOS,
    method: str,
    path: str,
    query: str = "",
    headers: Mapping[str, str] | None = None,
    body: bytes | Body = b"",
    scheme: str = "https",
) -> HttpResponse:
    """Send a raw request, path style, signed unless it is presigned; raise `Refusal` if it is refused.

    Bytes bring their Content-Length along.
    """
    sent = dict(headers or {})
    if "Signature=" not in query:
        sent.setdefault("authorization", SIGNED)
    if isinstance(body, bytes):
        if "transfer-encoding" not in sent:
            sent.setdefault("content-length", str(len(body)))
        sent = {name: value for name, value in sent.items() if value != ABSENT}
        body = RawBody(body)
    if sent.get("authorization") == V4:
        moment = now().strftime("%Y%m%dT%H%M%SZ")
        sent |= {"authorization": V4.replace(DAY, moment[:8]), "x-amz-date": moment}
    host = "s3.us-east-1.amazonaws.com"
    response = cos._active.exchange(HttpRequest(method, scheme, host, path, query, sent, body, host))
    if response.status >= 300:
        raise Refusal(_parsed(response))
    return response


ABSENT = "(absent)"
SIGNED = "Bearer TOKEN"  # of IAM: who asks is known, and there is no signature to judge


def _parsed(response: HttpResponse) -> dict[str, Any]:
    body = b"".join(bytes(piece) for piece in response.chunks())
    root = ET.fromstring(body)  # noqa: S314  our own answer
    assert root.tag == "Error"
    error = {child.tag: child.text for child in root}
    return {
        "Error": error,
        "ResponseMetadata": {"HTTPStatusCode": response.status, "HTTPHeaders": dict(response.headers)},
        "Body": body,
    }


def put_part(
    cos: FakeCOS, upload_id: str, body: bytes | Body, headers: Mapping[str, str] | None = None, number: str = "1"
) -> HttpResponse:
    """Send a raw UploadPart."""
    query = f"partNumber={number}&uploadId={upload_id}"
    return exchange(cos, "PUT", f"/{BUCKET}/{KEY}", query, headers, body)


def stored_part(cos: FakeCOS, upload_id: str, number: int = 1) -> Any:
    return cos.store.buckets[BUCKET].uploads[upload_id].parts[number]


def stored_object(cos: FakeCOS, key: str = KEY) -> Any:
    return cos.store.buckets[BUCKET].objects[key]

"""What browsers ask for, and no API operation: a preflight, a page of a website, and CORS headers on any answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.hosts import VIRTUAL
from fakecos.operations import cors
from fakecos.service import website_host
from fakecos.service.call import Call
from fakecos.wire import model_overrides
from fakecos.wire.addressing import Address
from fakecos.wire.messages import HttpRequest
from fakecos.wire.payload import Payload

if TYPE_CHECKING:
    from fakecos.service.call import Answer
    from fakecos.service.pipeline import Pipeline

CONDITIONS = ("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "range")


def answer(pipeline: Pipeline, call: Call) -> Answer:
    """Answer what a browser asks for."""
    return (answer_preflight if call.operation == model_overrides.PREFLIGHT else answer_website)(pipeline, call)


def answer_preflight(pipeline: Pipeline, call: Call) -> Answer:
    """Answer an OPTIONS request: 200 without a body (recorded aws-bucket-configuration 40)."""
    place = call.address
    assert place is not None
    with pipeline.store.lock:
        headers = cors.preflight(pipeline.store, place.bucket, place.key, call.request.headers)
    return 200, {**headers, "Content-Length": "0"}, b""


def add_cors(pipeline: Pipeline, call: Call, headers: dict[str, str]) -> None:
    """Add what CORS says to the answer of a request that has an Origin (recorded 40-42), a refusal's too (public)."""
    place, request = call.address, call.request
    bucket = None if place is None else pipeline.store.buckets.get(place.bucket or "")
    if bucket is None or call.operation == model_overrides.PREFLIGHT:
        return
    method = request.headers.get("access-control-request-method", request.method)
    with pipeline.store.lock:
        headers.update(cors.answer_headers(bucket, method, request.headers) or {})


def answer_website(pipeline: Pipeline, call: Call) -> Answer:
    """Answer a request to the website host, which reads objects as anybody may."""
    request, place = call.request, call.address
    assert place is not None
    bucket = place.bucket or ""

    def read(key: str, *, conditional: bool = True) -> Answer:
        left_out = {"authorization"} if conditional else {"authorization", *CONDITIONS}
        headers = {name: value for name, value in request.headers.items() if name not in left_out}
        plain = HttpRequest(request.method, request.scheme, request.host, request.path, "", headers, request.body)
        inner = Call(plain, call.dialect, call.table, call.dialect.new_request_id(pipeline.ids), Payload(plain))
        inner.address = Address(bucket, key, VIRTUAL, place.region)
        inner.operation = "HeadObject" if request.method == "HEAD" else "GetObject"
        return pipeline.perform(inner)

    ids = (call.request_id, pipeline.ids.host_id())
    asked = website_host.Request(request.method, request.scheme, request.host, bucket, place.key or "", ids)
    return website_host.answer(pipeline.store, asked, read)

"""PostObject: what a browser's form uploads, stored by the rules of PutObject, and the answer to the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import quote, urlencode, urlsplit

from fakecos.operations import put_object
from fakecos.operations.access_control import require_allowed
from fakecos.post_object.parameters import receive_form
from fakecos.wire import xml
from fakecos.wire.serialize import serialize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakecos.operations.context import Context, Params
    from fakecos.wire.addressing import Address
    from fakecos.wire.messages import HttpRequest
    from fakecos.wire.payload import Payload
    from fakecos.wire.serialize import Answer
    from fakecos.wire.service_model import Table
    from fakecos.wire.types import PostObjectOutput, PostObjectRequest, PutObjectRequest

OF_THE_FORM = ("SuccessActionStatus", "SuccessActionRedirect")
_STATUSES = {"200": 200, "201": 201}
_NO_CONTENT = 204
_SEE_OTHER = 303


class FormCall(Protocol):
    """What the service knows of the request that brings a form; what the form says is added to it."""

    request: HttpRequest
    table: Table
    address: Address | None
    params: Params | None
    access_key: str | None
    payload: Payload


def answer(
    call: FormCall, keys: Mapping[str, str] | None, region: str | None, context_of: Callable[[], Context]
) -> Answer:
    """Do a PostObject, whose parameters are all in its body: also the key, and who asks.

    `keys` are the secrets that are known, None to take any signature; `region` is the one that SigV4 must be for.
    `context_of` is called once the form has shown who asks.
    """
    assert call.address is not None
    bucket = call.address.bucket or ""
    content_type = call.request.headers.get("content-type", "")
    params, access_key = receive_form(call.table, bucket, content_type, call.payload, keys, region)
    call.params, call.access_key = params, access_key or call.access_key
    call.address = call.address._replace(key=params["Key"])
    context = context_of()
    require_allowed(context, "PutObject", params)
    return serialized(call.table, post_object(context, cast("PostObjectRequest", params)))


def post_object(context: Context, params: PostObjectRequest) -> PostObjectOutput:
    """Store the file of a form whose policy and signature were judged (recorded aws-presigned 17-20).

    `Location` is the object's URL at the address that the form was sent to; a slash in the key is encoded (public).
    """
    of_object = {name: value for name, value in params.items() if name not in OF_THE_FORM}
    result = put_object.put_object(context, cast("PutObjectRequest", of_object))
    return {
        **result,
        "SuccessActionStatus": params.get("SuccessActionStatus"),
        "SuccessActionRedirect": params.get("SuccessActionRedirect"),
        "Location": f"{context.request_info.url.rstrip('/')}/{quote(params['Key'], safe='')}",
        "Bucket": params["Bucket"],
        "Key": params["Key"],
    }


def serialized(table: Table, result: Mapping[str, Any]) -> Answer:
    """Return the answer to a form: 303 to where it asks to go, else 200, 201 with a document, or 204.

    A redirect that is no absolute URL is ignored (recorded aws-presigned 18), another status is 204 (documented).
    """
    _, headers, _ = serialize(table, "PutObject", result)
    headers["Location"] = result["Location"]
    headers["Content-Length"] = "0"
    url = result["SuccessActionRedirect"]
    if _is_absolute(url):
        headers["Location"] = _with_object(url, result)
        return _SEE_OTHER, headers, b""
    status = _STATUSES.get(result["SuccessActionStatus"], _NO_CONTENT)
    if status == _STATUSES["201"]:
        names = ("Location", "Bucket", "Key", "ETag")
        inner = "".join(f"<{name}>{xml.escape(result[name])}</{name}>" for name in names)
        body = xml.document("PostResponse", inner, namespace=None)
        headers.update({"Content-Type": "application/xml", "Content-Length": str(len(body))})
        return status, headers, body
    if status == _NO_CONTENT:
        del headers["Content-Length"]
    return status, headers, b""


def _is_absolute(url: str | None) -> bool:
    if not url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _with_object(url: str, result: Mapping[str, Any]) -> str:
    """Return the URL with the object's bucket, key and ETag in its query (recorded aws-presigned 18).

    What the URL has already stays as it is, and a space of the key is a plus (public).
    """
    added = urlencode({"bucket": result["Bucket"], "key": result["Key"], "etag": result["ETag"]})
    return f"{url}{'&' if urlsplit(url).query else '?'}{added}"

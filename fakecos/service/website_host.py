"""The website host of a bucket: index and error documents, redirects and routing rules.

Recorded and asserted: aws-bucket-configuration 44-52; the rest is documented in "Hosting a static website". What is
refused comes as HTML, and the error's fields as headers too (public).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts import errors
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.content import Content
    from fakecos.model.store import Store

    Answer = tuple[int, dict[str, str], bytes | Content]
    Read = Callable[..., Answer]

CONFIGURATION = "WebsiteConfiguration"
METHODS = ("GET", "HEAD")
MOVED = 301
FOUND = 302
NOT_MODIFIED = 304
REASONS = {
    301: "Moved Permanently",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    412: "Precondition Failed",
    416: "Requested Range Not Satisfiable",
}
LOCATION = "x-amz-website-redirect-location"


class Request(NamedTuple):
    """What came to the website host. `key` is the path without its first slash, decoded; `ids` of request and host."""

    method: str
    scheme: str
    host: str
    bucket: str
    key: str
    ids: tuple[str, str]


def answer(store: Store, request: Request, read: Read) -> Answer:
    """Answer a request to the website host; `read` answers GetObject of a key, or raises S3Error.

    With `conditional=False` it leaves out the request's conditions and its range. Raises the S3Error of a 304.
    """
    try:
        website = _website(store, request)
    except S3Error as error:
        return _page(request, error)
    redirect_all = website.get("RedirectAllRequestsTo")
    if redirect_all:
        return _moved(MOVED, _url(request, redirect_all, request.key))
    rule = _rule(website, request.key, None)
    if rule is not None:
        return _routed(request, rule)
    bucket = store.buckets[request.bucket]
    suffix = (website.get("IndexDocument") or {}).get("Suffix", "")
    try:
        return _document(bucket, request, suffix, read)
    except S3Error as error:
        if error.status == NOT_MODIFIED:  # no error of the website (asserted 45)
            raise
        rule = _rule(website, request.key, error.status)
        if rule is not None:
            return _routed(request, rule)
        return _error_document(website, request, error, read)


def _website(store: Store, request: Request) -> dict[str, Any]:
    """Return the bucket's website configuration. Raises MethodNotAllowed, NoSuchBucket, NoSuchWebsiteConfiguration."""
    if request.method not in METHODS:
        raise S3Error(errors.METHOD_NOT_ALLOWED, Method=request.method, ResourceType="OBJECT")
    name = request.bucket
    bucket = store.buckets.get(name)
    if bucket is None:
        raise S3Error(errors.NO_SUCH_BUCKET, BucketName=name)
    website: dict[str, Any] | None = bucket.configurations.get(CONFIGURATION)
    if website is None:
        raise S3Error(errors.NO_WEBSITE, BucketName=name)
    return website


def _document(bucket: Bucket, request: Request, suffix: str, read: Read) -> Answer:
    """Return the object that a path means: itself, or the index document of a folder (documented)."""
    key = request.key
    if not key or key.endswith("/"):
        return _redirected(read(key + suffix))
    if key not in bucket.objects and f"{key}/{suffix}" in bucket.objects:
        return _moved(FOUND, f"/{key}/")
    return _redirected(read(key))


def _redirected(found: Answer) -> Answer:
    """Follow an object's own redirect location: 301 (recorded 45, 48)."""
    location = found[1].get(LOCATION)
    return found if location is None else _moved(MOVED, location)


def _rule(website: Mapping[str, Any], key: str, status: int | None) -> dict[str, Any] | None:
    """Return the first routing rule that fits: before the object is read (no status), or because of an error."""
    for rule in website.get("RoutingRules") or ():
        condition = rule.get("Condition") or {}
        code = condition.get("HttpErrorCodeReturnedEquals")
        if (code is None) != (status is None) or (code is not None and int(code) != status):
            continue
        if key.startswith(condition.get("KeyPrefixEquals") or ""):
            return dict(rule)
    return None


def _routed(request: Request, rule: Mapping[str, Any]) -> Answer:
    redirect = rule["Redirect"]
    prefix = (rule.get("Condition") or {}).get("KeyPrefixEquals") or ""
    if redirect.get("ReplaceKeyWith") is not None:
        key = redirect["ReplaceKeyWith"]
    elif redirect.get("ReplaceKeyPrefixWith") is not None:
        key = redirect["ReplaceKeyPrefixWith"] + request.key[len(prefix) :]
    else:
        key = request.key
    return _moved(int(redirect.get("HttpRedirectCode") or MOVED), _url(request, redirect, key))


def _url(request: Request, redirect: Mapping[str, Any], key: str) -> str:
    from urllib.parse import quote

    scheme, host = redirect.get("Protocol") or request.scheme, redirect.get("HostName") or request.host
    return f"{scheme}://{host}/{quote(key)}"


def _moved(status: int, location: str) -> Answer:
    return status, {"Location": location, "Content-Length": "0"}, b""


def _error_document(website: Mapping[str, Any], request: Request, error: S3Error, read: Read) -> Answer:
    """Return the configured error document with the error's status; without one a page of S3's own."""
    key = (website.get("ErrorDocument") or {}).get("Key")
    if key is None:
        return _page(request, error)
    try:
        status, headers, body = _redirected(read(key, conditional=False))
    except S3Error as missing:
        return _page(request, error, missing)
    return (status if status == MOVED else error.status), headers, body


def _page(request: Request, error: S3Error, custom: S3Error | None = None) -> Answer:
    """Return the HTML of a refusal (recorded 46, 47); `custom` is what happened to the error document."""
    title = f"{error.status} {REASONS.get(error.status, error.code)}"
    ids = {"RequestId": request.ids[0], "HostId": request.ids[1]}
    lines = [f"<html>\n<head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>", *_list(error, ids)]
    if custom is not None:
        lines += ["<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>", *_list(custom, {})]
    page = "\n".join([*lines, "<hr/>\n</body>\n</html>\n"]).encode()
    headers = {"x-amz-error-code": error.code, "x-amz-error-message": error.message}
    headers.update({f"x-amz-error-detail-{name}": str(value) for name, value in error.fields.items()})
    headers.update({"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(page))})
    return error.status, headers, b"" if request.method == "HEAD" else page


def _list(error: S3Error, ids: Mapping[str, str]) -> list[str]:
    from html import escape

    fields = {"Code": error.code, "Message": error.message, **error.fields, **ids}
    return ["<ul>", *(f"<li>{name}: {escape(str(value))}</li>" for name, value in fields.items()), "</ul>"]

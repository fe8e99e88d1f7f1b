"""SigV2, in the header (`AWS key:signature`) and in the query of presigned URLs (`Signature`).

Documented: "Signing and authenticating REST requests". Newer regions do not take it (public: aws-changes 11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.auth import clock_skew, hoisted_headers, verification
from fakecos.auth.canonical_request import as_sent
from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.hosts import PATH
from fakecos.facts.regions import SIGV2_REGIONS
from fakecos.wire.route import split_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.wire.addressing import Address
    from fakecos.wire.messages import HttpRequest

AMZ = "x-amz-"
PARAMETERS = ("Signature", "Expires", "AWSAccessKeyId")
# What SigV2 signs of a query: documented, with those that S3 got later and botocore signs (source: its HmacV1Auth).
_SUB_RESOURCES = frozenset(
    {
        *("accelerate", "acl", "analytics", "cors", "defaultObjectAcl", "delete", "inventory", "lifecycle"),
        *("location", "logging", "metrics", "notification", "object-lock", "partNumber", "policy", "replication"),
        *("requestPayment", "restore", "select", "select-type", "storageClass", "tagging", "torrent", "uploadId"),
        *("uploads", "versionId", "versioning", "versions", "website"),
        *("response-cache-control", "response-content-disposition", "response-content-encoding"),
        *("response-content-language", "response-content-type", "response-expires"),
    }
)


def require_header(
    request: HttpRequest,
    _: Mapping[str, str],
    keys: Mapping[str, str] | None,
    address: Address | None,
    region: str | None = None,
) -> str:
    """Return the access key id of an `Authorization: AWS key:signature` header. Raises what `signature` says."""
    require_old_region(region)
    authorization = request.headers["authorization"]
    key, colon, signature = authorization[len("AWS ") :].partition(":")
    if not (key and colon and signature):
        raise S3Error(errors.AUTHORIZATION_V2_MALFORMED, ArgumentName="Authorization", ArgumentValue=authorization)
    text, moment = clock_skew.signed_at(request.headers)
    clock_skew.require_close(text, moment)
    if keys is not None:
        secret = verification.secret_of(keys, key)
        date = request.headers.get("date", "")
        _verify(request, split_query(request.query), address, date, key=key, secret=secret, signature=signature)
        verification.require_no_token([request.headers.get("x-amz-security-token")])
    return key


def require_query(
    request: HttpRequest,
    query: Mapping[str, str],
    keys: Mapping[str, str] | None,
    address: Address | None,
    region: str | None = None,
) -> str:
    """Return the access key id of a URL presigned by SigV2. Raises what `signature` says."""
    require_old_region(region)
    if any(not query.get(name) for name in PARAMETERS):
        raise S3Error(errors.QUERY_V2_INCOMPLETE)
    expires, key = query["Expires"], query["AWSAccessKeyId"]
    if not (expires.isascii() and expires.isdigit()) or len(expires) > 12:  # noqa: PLR2004  beyond the last year
        raise S3Error(errors.QUERY_V2_EXPIRES, value=expires)
    clock_skew.require_unexpired(clock_skew.EPOCH, int(expires), in_v4=False)
    if keys is not None:
        secret = verification.secret_of(keys, key)
        _verify(request, query, address, expires, key=key, secret=secret, signature=query["Signature"])
        verification.require_no_token([query.get("x-amz-security-token"), request.headers.get("x-amz-security-token")])
    hoisted_headers.require_lengths(query)
    return key


def require_old_region(region: str | None) -> None:
    """Refuse SigV2 for a region that began after it was given up, None for none such (public: aws-changes 11).

    Raises InvalidRequest.
    """
    if region is not None and region not in SIGV2_REGIONS:
        raise S3Error(errors.SIGV4_ONLY)


def _verify(
    request: HttpRequest,
    query: Mapping[str, str],
    address: Address | None,
    date: str,
    *,
    key: str,
    secret: str,
    signature: str,
) -> None:
    """Refuse a signature that is none of the request as it was sent. Raises SignatureDoesNotMatch.

    botocore sends `/bucket` and signs `/bucket/` (measured), which must be right too, as people use it.
    """
    text = string_to_sign(request, query, address, date)
    if sign(secret, text) == signature:
        return
    if address is not None and address.bucket and address.key is None and not request.path.endswith("/"):
        slashed = string_to_sign(request, query, address, date, slash="/")
        if sign(secret, slashed) == signature:
            return
    raise verification.mismatch(key, text, signature)


# -- what is signed ---------------------------------------------------------------------------------------


def string_to_sign(
    request: HttpRequest, query: Mapping[str, str], address: Address | None, date: str, slash: str = ""
) -> str:
    """Return the string to sign. Signed names of the query count as headers too (recorded aws-presigned 14).

    `slash` is put behind the path that was sent.
    """
    headers = request.headers
    amz = {name.lower(): value for name, value in query.items() if name.lower().startswith(AMZ)}
    amz.update((name, value) for name, value in headers.items() if name.startswith(AMZ))
    if "x-amz-date" in headers:
        date = ""
    lines = [request.method, headers.get("content-md5", ""), as_sent(headers.get("content-type", "")), date]
    lines += [f"{name}:{as_sent(amz[name]).strip()}" for name in sorted(amz)]
    return "\n".join([*lines, _resource(request, query, address, slash)])


def _resource(request: HttpRequest, query: Mapping[str, str], address: Address | None, slash: str) -> str:
    """Return bucket, key, and what is signed of the query; the path is as it was sent (documented: aws-changes 12)."""
    path = request.signed_path
    if address is not None and address.bucket:
        path = request.path if address.style == PATH else f"/{address.bucket}{request.path}"
    path += slash
    names = sorted(name for name in query if name in _SUB_RESOURCES)
    listed = "&".join(f"{name}={query[name]}" if query[name] else name for name in names)
    return f"{path}{'?' if listed else ''}{listed}"


def sign(secret: str, text: str) -> str:
    """Return the signature of a string, in base64."""
    import base64
    import hmac

    return base64.b64encode(hmac.digest(secret.encode(), text.encode(), "sha1")).decode("ascii")

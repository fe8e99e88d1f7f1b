"""What is signed: canonical requests and strings to sign, and the keys that sign them.

Documented: "Signature Calculations for the Authorization Header", "Authenticating Requests: Using Query Parameters",
and for version 2 "Signing and authenticating REST requests". S3 signs the path as it was encoded once, and does not
normalise it (recorded aws-presigned 16).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote_to_bytes

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.hosts import PATH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fakecos.auth.credential import Credential
    from fakecos.wire.addressing import Address
    from fakecos.wire.messages import HttpRequest

AMZ = "x-amz-"
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
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


# -- version 4 ----------------------------------------------------------------------------------------------


def request_v4(request: HttpRequest, signed: str, payload: str) -> str:
    """Return the canonical request; `signed` are the names of the signed headers, `payload` the digest that counts."""
    headers = "".join(f"{name}:{_header(request, name)}\n" for name in signed.split(";"))
    path = quote(unquote_to_bytes(request.whole_path), safe="/-_.~")
    query = query_v4(request.query) if request.query else ""
    return f"{request.method}\n{path}\n{query}\n{headers}\n{signed}\n{payload}"


def query_v4(raw: str) -> str:
    """Return a query's names and values encoded anew and sorted, without the signature itself."""
    pairs = []
    for pair in raw.split("&"):
        name, _, value = pair.partition("=")
        if pair and name != "X-Amz-Signature":
            pairs.append((_encoded(name), _encoded(value)))
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))


def string_v4(algorithm: str, moment: str, scope: str, canonical: str) -> str:
    """Return the string to sign of a canonical request."""
    return f"{algorithm}\n{moment}\n{scope}\n{sha256(canonical.encode())}"


def sign_v4(secret: str, credential: Credential, text: str) -> str:
    """Return the signature of a string, in hexadecimal digits."""
    import hmac

    key = signing_key(secret, credential.date, credential.region, credential.service)
    return hmac.new(key, text.encode(), "sha256").hexdigest()


@lru_cache(64)
def signing_key(secret: str, date: str, region: str, service: str) -> bytes:
    """Return the key of a day, a region and a service."""
    import hmac

    key = f"AWS4{secret}".encode()
    for step in (date, region, service, "aws4_request"):
        key = hmac.digest(key, step.encode(), "sha256")
    return key


def sha256(data: bytes | memoryview) -> str:
    """Return a digest in hexadecimal digits."""
    import hashlib

    return hashlib.sha256(data).hexdigest()


def host_of(request: HttpRequest) -> str:
    """Return the Host that a client sends and signs: without the port that the scheme has anyhow."""
    return request.host.lower().removesuffix(_DEFAULT_PORTS.get(request.scheme, ":"))


def _header(request: HttpRequest, name: str) -> str:
    value = host_of(request) if name == "host" else request.headers.get(name, "")
    return " ".join(value.split())


def _encoded(text: str) -> str:
    return quote(unquote_to_bytes(text.replace("+", " ")), safe="-_.~")


# -- version 2 ----------------------------------------------------------------------------------------------


def string_v2(request: HttpRequest, query: Mapping[str, str], address: Address | None, date: str) -> str:
    """Return the string to sign. Signed names of the query count as headers too (recorded aws-presigned 14)."""
    headers = request.headers
    amz = {name.lower(): value for name, value in query.items() if name.lower().startswith(AMZ)}
    amz.update((name, value) for name, value in headers.items() if name.startswith(AMZ))
    if "x-amz-date" in headers:
        date = ""
    lines = [request.method, headers.get("content-md5", ""), headers.get("content-type", ""), date]
    lines += [f"{name}:{amz[name].strip()}" for name in sorted(amz)]
    return "\n".join([*lines, _resource(request, query, address)])


def _resource(request: HttpRequest, query: Mapping[str, str], address: Address | None) -> str:
    """Return bucket, key, and what is signed of the query; a bucket alone ends in a slash (source: botocore)."""
    path = request.whole_path
    if address is not None and address.bucket:
        path = request.path
        if address.style != PATH:
            path = f"/{address.bucket}{path}"
        elif address.key is None and not path.endswith("/"):
            path += "/"
    names = sorted(name for name in query if name in _SUB_RESOURCES)
    listed = "&".join(f"{name}={query[name]}" if query[name] else name for name in names)
    return f"{path}{'?' if listed else ''}{listed}"


def sign_v2(secret: str, text: str) -> str:
    """Return the signature of a string, in base64."""
    import base64
    import hmac

    return base64.b64encode(hmac.digest(secret.encode(), text.encode(), "sha1")).decode("ascii")


# -- refusals -----------------------------------------------------------------------------------------------


def secret_of(keys: Mapping[str, str], key: str) -> str:
    """Return the secret of an access key. Raises InvalidAccessKeyId."""
    secret = keys.get(key)
    if secret is None:
        raise S3Error(errors.INVALID_ACCESS_KEY, AWSAccessKeyId=key)
    return secret


def mismatch(key: str, text: str, signature: str, canonical: str | None = None) -> S3Error:
    """Return the refusal of a signature, with all that was computed (recorded aws-presigned 9)."""
    fields: dict[str, Any] = {
        "AWSAccessKeyId": key,
        "StringToSign": text,
        "SignatureProvided": signature,
        "StringToSignBytes": _hex(text),
    }
    if canonical is not None:
        fields.update(CanonicalRequest=canonical, CanonicalRequestBytes=_hex(canonical))
    return S3Error(errors.SIGNATURE_MISMATCH, **fields)


def require_no_token(tokens: Iterable[str | None]) -> None:
    """Refuse a session token: the keys that a fake is given are an account's own. Raises InvalidToken (public).

    The signature is judged first (public).
    """
    for token in tokens:
        if token is not None:
            fields: dict[str, Any] = {"Token-0": token}
            raise S3Error(errors.INVALID_TOKEN, **fields)


def unverifiable() -> S3Error:
    """Return the refusal of a SigV4A signature where signatures are verified."""
    return S3Error(errors.OPERATION_NOT_IMPLEMENTED, Operation="SigV4A", operation="Verifying a signature of SigV4A")


def _hex(text: str) -> str:
    return text.encode().hex(" ")

"""What SigV4 signs: canonical requests and strings to sign, and the keys that sign them.

Documented: "Signature Calculations for the Authorization Header", "Authenticating Requests: Using Query Parameters".
S3 signs the path as it was encoded once, and does not normalise it (recorded aws-presigned 16).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.auth.credential import Credential
    from fakecos.wire.messages import HttpRequest

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def of_request(request: HttpRequest, signed: str, payload: str, values: Mapping[str, str] | None = None) -> str:
    """Return the canonical request.

    `signed` are the names of the signed headers, `payload` is the digest that counts, and `values` are those of the
    headers, if not all of them were sent as such.
    """
    values = request.headers if values is None else values
    headers = "".join(f"{name}:{_header(request, name, values)}\n" for name in signed.split(";"))
    path = quote(unquote_to_bytes(request.signed_path), safe="/-_.~")
    query = canonical_query(request.query) if request.query else ""
    return f"{request.method}\n{path}\n{query}\n{headers}\n{signed}\n{payload}"


def canonical_query(raw: str) -> str:
    """Return a query's names and values encoded anew and sorted, without the signature itself."""
    pairs = []
    for pair in raw.split("&"):
        name, _, value = pair.partition("=")
        if pair and name != "X-Amz-Signature":
            pairs.append((_encoded(name), _encoded(value)))
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))


def string_to_sign(algorithm: str, moment: str, scope: str, canonical: str) -> str:
    """Return the string to sign of a canonical request."""
    return f"{algorithm}\n{moment}\n{scope}\n{sha256(canonical.encode())}"


def sign(secret: str, credential: Credential, text: str) -> str:
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


def _header(request: HttpRequest, name: str, values: Mapping[str, str]) -> str:
    value = host_of(request) if name == "host" else values.get(name, "")
    return " ".join(as_sent(value).split())


def as_sent(value: str) -> str:
    """Return a header's value as the client that signed it wrote it: in UTF-8, where S3 reads ISO 8859-1."""
    if value.isascii():
        return value
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _encoded(text: str) -> str:
    return quote(unquote_to_bytes(text.replace("+", " ")), safe="-_.~")

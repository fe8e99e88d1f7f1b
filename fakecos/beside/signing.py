"""Signing a request anew, with the keys of the real service: SigV4, in headers.

Documented: "Signature Calculations for the Authorization Header". It is the time of the world that is signed, since the
service knows no clock that a test has set.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fakecos.auth.canonical_request import host_of, of_request, sha256, sign, string_to_sign
from fakecos.auth.credential import HMAC, Credential
from fakecos.clients.activation import clocks

if TYPE_CHECKING:
    from fakecos.wire.messages import HttpRequest

AMZ = "x-amz-"
SHA256 = "x-amz-content-sha256"


def signed(request: HttpRequest, body: bytes, keys: tuple[str, str, str | None], region: str) -> dict[str, str]:
    """Return the headers of a request with those of the signature, which covers Host and all of `x-amz-`."""
    access_key, secret, token = keys
    moment = dt.datetime.fromtimestamp(clocks.real_time(), dt.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    headers = {**request.headers, "host": host_of(request), "x-amz-date": moment}
    headers.setdefault(SHA256, sha256(body))
    if token is not None:
        headers["x-amz-security-token"] = token
    names = ";".join(sorted(name for name in headers if name == "host" or name.startswith(AMZ)))
    credential = Credential(access_key, moment[:8], region, "s3")
    canonical = of_request(request, names, headers[SHA256], headers)
    signature = sign(secret, credential, string_to_sign(HMAC, moment, credential.scope, canonical))
    scope = f"{access_key}/{credential.scope}"
    headers["authorization"] = f"{HMAC} Credential={scope}, SignedHeaders={names}, Signature={signature}"
    return headers

"""Which URLs are for S3, or for IBM's IAM: what decides whether a request of a library of HTTP is answered.

A request of botocore is known by its client. One of `requests`, `httpx` and the like is known by its URL: the host is
one of a service's (facts/hosts), or the endpoint of a client that this fake answered, or the query is signed for
S3. At any other host it is known by a header that is signed for S3. All other requests go on as without fakecos.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from fakecos.facts import hosts

if TYPE_CHECKING:
    from fakecos.clients.activation.active import ActiveFake

S3 = "s3"
IAM = "iam"

_SCOPE = r"[/=][0-9]{8}/[^/]+/([^/]+)/aws4_request"
# A SigV2 query of S3 has these three (aws-presigned 10); with SignatureVersion it is another service's.
_V2_QUERY = ("AWSAccessKeyId=", "Signature=", "Expires=")

served_addresses: set[str] = set()
"""Addresses (`127.0.0.1:9000`) of the loopback servers of this process: requests to them are sent to them."""


class Target(NamedTuple):
    """What a URL is for. `service` is S3 or IAM; `host` and `path` are raw, without what stands before a bucket.

    `endpoint_host` is that of the client's endpoint that the URL belongs to, None if it is not known, and `package` the
    client's: it says whose dialect is spoken there, where no host does.
    """

    service: str
    scheme: str
    host: str
    path: str
    query: str
    endpoint_host: str | None
    package: str = ""


def target_of(url: str, fake: ActiveFake, authorization: str | bytes | None = None) -> Target | None:
    """Return what a URL is for, None if it is neither S3's nor IAM's; `authorization` is the header's value."""
    scheme, host, path, query = split(url)
    if scheme not in {"http", "https"} or host in served_addresses:
        return None
    if hosts.is_s3(host):
        return Target(S3, scheme, host, path, query, None)
    if is_token_url(scheme, host, path, fake):
        return Target(IAM, scheme, host, path, query, None)
    for endpoint, package in tuple(fake.endpoints.items()):
        found = _under_endpoint(endpoint, scheme, host, path, query)
        if found is not None:
            return found._replace(package=package)
    is_signed = is_signed_for_s3(query) or (is_header_of_s3(authorization) and not hosts.is_other_api(host))
    return Target(S3, scheme, host, path, query, None) if is_signed else None


def split(url: str) -> tuple[str, str, str, str]:
    """Return scheme, host with port, raw path and raw query of a URL; who is asking (`user@`) is left out."""
    scheme, _, rest = url.partition("#")[0].partition("://")
    rest, _, query = rest.partition("?")
    host, slash, path = rest.partition("/")
    return scheme.lower(), host.rpartition("@")[2], slash + path or "/", query


def is_token_url(scheme: str, host: str, path: str, fake: ActiveFake) -> bool:
    """Whether tokens are fetched there: IBM's IAM, or where a token manager of a client fetches them instead."""
    if hosts.gives_tokens(host, path):
        return True
    return any((scheme, host, path) == split(url)[:3] for url in tuple(fake.token_endpoints))


def service_signed_for(text: str) -> str | None:
    """Return the service of a SigV4 credential scope in a header or query."""
    scope = re.search(_SCOPE, text)
    if scope is None:
        return None
    return S3 if scope[1] == "s3express" else scope[1]


def is_header_of_s3(authorization: str | bytes | None) -> bool:
    """Whether an Authorization header is signed for S3 by SigV4; that of SigV2 does not say for what."""
    text = authorization.decode("latin-1") if isinstance(authorization, bytes) else authorization
    return text is not None and text.startswith("AWS4-") and service_signed_for(text) == S3


def is_signed_for_s3(query: str) -> bool:
    """Whether a query is that of a presigned URL of S3."""
    if "X-Amz-Signature=" in query:
        return service_signed_for(unquote(query)) == S3
    return all(name in query for name in _V2_QUERY) and "SignatureVersion=" not in query


def _under_endpoint(endpoint: str, scheme: str, host: str, path: str, query: str) -> Target | None:
    """Return what a URL is for if it belongs to a client's endpoint, which may have a path of its own."""
    _, known, mount, _ = split(endpoint)
    if hosts.is_s3(known):
        return None  # every bucket's host was known without it
    if host.lower() != known.lower() and not host.lower().endswith(f".{known.lower()}"):
        return None
    mount = mount.rstrip("/")
    if mount:
        if not f"{path}/".startswith(f"{mount}/"):
            return None
        path = path[len(mount) :] or "/"
    return Target(S3, scheme, host, path, query, known)

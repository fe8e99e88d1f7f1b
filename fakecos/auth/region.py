"""Whether a request came to the region where its bucket is, and was signed for it.

S3 sends a client elsewhere, or tells it the region to sign for; botocore then asks again by itself (wire, redirects).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from fakecos.auth import credential
from fakecos.facts import errors, hosts
from fakecos.facts.errors import S3Error
from fakecos.facts.hosts import ACCELERATED, ACCESS_POINT, GLOBAL, VIRTUAL
from fakecos.model.versions import ENABLED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.facts.services.dialect import Dialect
    from fakecos.model.bucket import Bucket
    from fakecos.wire.addressing import Address
    from fakecos.wire.messages import HttpRequest

# GetBucketLocation answers at us-east-1 for buckets everywhere (documented); CreateBucket has rules of its own.
ANYWHERE = frozenset({"CreateBucket", "GetBucketLocation"})
REGION_HEADER = "x-amz-bucket-region"
SCOPE_PARTS = 3


def require_accelerated(bucket: Bucket) -> None:
    """Refuse a request at the host of Transfer Acceleration for a bucket that does not have it (documented)."""
    status = bucket.configurations.get("AccelerateConfiguration", {}).get("Status")
    if status != ENABLED:
        raise S3Error(errors.NOT_ACCELERATED if status is None else errors.ACCELERATION_SUSPENDED)


def signed_region(headers: Mapping[str, str]) -> str | None:
    """Return the region of a SigV4 credential scope: what a client on a custom endpoint believes."""
    authorization = headers.get("authorization")
    return None if authorization is None else _signed_for(authorization.partition(",")[0])


@lru_cache(64)  # a client says the same all day
def _signed_for(component: str) -> str | None:
    """Return the region in the first component of a header."""
    algorithm, found, scope = component.partition(" Credential=")
    return _region_in(scope) if found and algorithm == credential.HMAC else None


def _region_in(scope: str) -> str | None:
    parts = scope.split("/", SCOPE_PARTS)
    return parts[2] if len(parts) > SCOPE_PARTS else None


@lru_cache(256)  # as above
def agree(component: str, host: str | None, bucket: str) -> bool:
    """Whether host and signature are both for the region of the bucket, so that `require_region` has nothing to judge.

    `component` is the first one of an Authorization header; `host` and `bucket` are their regions.
    """
    return host == bucket == _signed_for(component)


def region_of(address: Address | None, bucket: Bucket | None, dialect: Dialect) -> str | None:
    """Return the region that a request must be signed for, None where it does not matter; `bucket` may not be there."""
    if address is None or address.style == ACCESS_POINT or dialect.locations is not None:
        return None
    return address.region if bucket is None else bucket.region


def answering_region(host: str, address: Address | None, bucket: Bucket | None, dialect: Dialect) -> str | None:
    """Return the region that a request comes to, None where it does not matter; `bucket` may not be there.

    That is the region of the host, but for a bucket's own host at the global endpoint, which leads to the bucket.
    """
    if address is None or address.style == ACCESS_POINT or dialect.locations is not None:
        return None
    if bucket is not None and (address.region is None or _is_rerouted(host, address)):
        return bucket.region
    return address.region


def _is_rerouted(host: str, place: Address) -> bool:
    """Whether a host is a bucket's own at the global endpoint: DNS leads to the bucket (documented)."""
    return place.style == VIRTUAL and hosts.entry_of(host) == GLOBAL


def require_region(
    request: HttpRequest,
    query: Mapping[str, str],
    address: Address | None,
    operation: str,
    bucket: Bucket | None,
    dialect: Dialect,
) -> None:
    """Refuse a request for a bucket elsewhere: 301 at another region's host, 400 with another region's signature.

    A bucket's own host at the global endpoint leads to it wherever it is, so there the signature alone counts
    (documented: "Virtual hosting", requests are rerouted by DNS). IBM's locations are no regions of this kind.
    `bucket` is the one that the address names, None if it is not there.

    Raises PermanentRedirect (documented), AuthorizationHeaderMalformed (recorded aws-presigned 31),
    AuthorizationQueryParametersError (public), and InvalidRequest where Transfer Acceleration is not enabled.
    """
    if address is None or address.style == ACCESS_POINT or dialect.locations is not None:
        return
    if operation in ANYWHERE:
        bucket = None
    expected = address.region
    if bucket is not None:
        if expected is not None and expected != bucket.region:
            _require_rerouted(request.host, address, bucket, dialect)
        expected = bucket.region
        host = hosts.find(request.host)
        if host is not None and host.entry == ACCELERATED:
            require_accelerated(bucket)
    if expected is None:
        return
    given, row = signed_region(request.headers), errors.WRONG_REGION
    if (given is None or given == expected) and credential.IN_QUERY in query:
        given, row = _region_in(query[credential.IN_QUERY]), errors.WRONG_REGION_IN_QUERY
    if given is not None and given != expected:
        headers = {} if bucket is None else {REGION_HEADER: expected}
        raise S3Error(row, Region=expected, given=given, expected=expected, headers=headers)


def _require_rerouted(host: str, place: Address, bucket: Bucket, dialect: Dialect) -> None:
    """Refuse a bucket at another region's host, unless it is its own at the global endpoint."""
    if not _is_rerouted(host, place):
        endpoint = dialect.endpoint.format(region=bucket.region)
        endpoint = f"{bucket.name}.{endpoint}" if place.style == VIRTUAL else endpoint
        headers = {REGION_HEADER: bucket.region}
        raise S3Error(errors.PERMANENT_REDIRECT, Endpoint=endpoint, Bucket=bucket.name, headers=headers)

"""Which bucket and key a request means: from the host, the endpoint of the client, and the raw path.

Law of this file: the path is percent-decoded once and never normalised, since `//`, `.` and `..` are parts of
keys (wire.md 2; recorded aws-presigned 16). Host forms: documented, "Virtual hosting of general purpose
buckets", "Amazon S3 endpoints and quotas", and IBM's "Endpoints and storage locations"; those that clients send
are measured (wire.md 2).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from fakecos.facts import errors
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.wire.messages import HttpRequest

VIRTUAL = "virtual"
PATH = "path"
ACCESS_POINT = "access-point"
WEBSITE = "website"
OBJECT_LAMBDA = "object-lambda"


class Address(NamedTuple):
    """What a request is about. No key: the bucket itself; no bucket: the service.

    `style` is VIRTUAL, PATH, ACCESS_POINT or WEBSITE; `region` the one that the host names, or None.
    """

    bucket: str | None
    key: str | None
    style: str
    region: str | None


class _Place(NamedTuple):
    """What a host says. `name` is a bucket (VIRTUAL, WEBSITE), an access point, or None (PATH).

    `or_bucket`: the whole name may also be a bucket's, since a custom endpoint says nothing of the kind.
    """

    style: str
    name: str | None
    region: str | None
    or_bucket: str | None = None


# Patterns are text: `re` compiles and keeps each on its first use (start-up is a budget).
_AWS = (
    r"(?:(?P<name>.+)\.)?"
    r"(?P<service>s3(?:express)?(?:-[a-z0-9-]+)?)"
    r"(?:\.dualstack)?"
    r"(?:\.(?P<region>[a-z0-9-]+))?"
    r"\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|api\.aws|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)"
)
_VPC = (
    r"(?:(?P<name>.+)\.)?(?P<kind>bucket|accesspoint)\.vpce-[a-z0-9-]+\.s3\.(?P<region>[a-z0-9-]+)"
    r"\.vpce\.amazonaws\.com(?:\.cn)?"
)
_IBM = (
    r"(?:(?P<name>.+)\.)?(?P<service>s3(?:-api|-web)?)(?:\.(?:private|direct))?\.(?P<region>[a-z0-9-]+)"
    r"\.(?:cloud-object-storage\.appdomain\.cloud|objectstorage\.softlayer\.net"
    r"|objectstorage\.service\.networklayer\.com)"
)
_ACCESS_POINT = r"(?P<name>[a-z0-9][a-z0-9-]*[a-z0-9])-\d{12}(?:\.op-[a-z0-9]+)?"
_MULTI_REGION = ".accesspoint"
_LEGACY_REGION = r"s3(?:-fips|-website)?-(?P<region>[a-z]{2,4}(?:-[a-z]+)+-\d)"
_BAD_PERCENT = r"%(?![0-9A-Fa-f]{2})"

_KNOWN_HOSTS = 1024
_places: dict[tuple[str, str | None], _Place] = {}


def address(request: HttpRequest, access_points: Mapping[str, str]) -> Address:
    """Return what the request is about; `access_points` gives the bucket of each access point's name.

    Raises INVALID_URI (the path does not decode to UTF-8), NO_SUCH_ACCESS_POINT, and OPERATION_NOT_IMPLEMENTED
    for an S3 Object Lambda host.
    """
    where = (request.host, request.endpoint_host)
    place = _places.get(where)
    if place is None:
        if len(_places) >= _KNOWN_HOSTS:
            _places.clear()
        place = _places[where] = _place(*where)
    style, name, region, or_bucket = place
    path = _decoded(request.path)
    if style == OBJECT_LAMBDA:
        refused = path if path == "WriteGetObjectResponse" else "S3 Object Lambda"
        raise S3Error(errors.OPERATION_NOT_IMPLEMENTED, operation=refused, Operation=refused)
    if style == ACCESS_POINT:
        bucket = access_points.get(name or "")
        if bucket is not None:
            return Address(bucket, path or None, style, region)
        if or_bucket is None:
            raise S3Error(errors.NO_SUCH_ACCESS_POINT, AccessPointName=name)
        return Address(or_bucket, path or None, VIRTUAL, region)
    if name is not None:
        return Address(name, path or None, style, region)
    bucket, _, key = path.partition("/")
    # "//key" names a bucket with an empty name: the operation refuses it, as it does any other bad name.
    return Address(bucket if path else None, key or None, style, region)


def _decoded(path: str) -> str:
    """Return the path behind its first slash, percent-decoded once."""
    raw = path.removeprefix("/")
    if raw.isascii() and "%" not in raw:
        return raw
    try:
        if not re.search(_BAD_PERCENT, raw):
            return unquote_to_bytes(raw).decode("utf-8")
    except UnicodeError:
        pass
    raise S3Error(errors.INVALID_URI, URI=path)


def _place(host: str, endpoint_host: str | None) -> _Place:
    host = _without_port(host)
    aws = re.fullmatch(_AWS, host)
    if aws:
        return _aws_place(aws["service"], aws["name"], aws["region"])
    vpc = re.fullmatch(_VPC, host)
    if vpc:
        return _named(vpc["name"], vpc["region"], ACCESS_POINT if vpc["kind"] == "accesspoint" else VIRTUAL)
    ibm = re.fullmatch(_IBM, host)
    if ibm:
        return _named(ibm["name"], ibm["region"], WEBSITE if ibm["service"] == "s3-web" else VIRTUAL)
    return _custom_place(host, None if endpoint_host is None else _without_port(endpoint_host))


def _aws_place(service: str, name: str | None, region: str | None) -> _Place:
    legacy = re.fullmatch(_LEGACY_REGION, service)
    if legacy:
        region = region or legacy["region"]
    if service.startswith("s3-object-lambda"):
        return _Place(OBJECT_LAMBDA, name, region)
    if service.startswith(("s3-accesspoint", "s3-outposts")):
        return _named(name, region, ACCESS_POINT)
    if service == "s3-global":
        return _named(name.removesuffix(_MULTI_REGION) if name else None, None, ACCESS_POINT)
    if service in {"s3", "s3-external-1"} and region is None:
        region = "us-east-1"
    return _named(name, region, WEBSITE if service.startswith("s3-website") else VIRTUAL)


def _custom_place(host: str, endpoint: str | None) -> _Place:
    """Place a host of nobody we know: the bucket is what stands before the client's endpoint."""
    # Without an endpoint (a client over a socket) only localhost is known to be an endpoint's name.
    suffix = "." + (endpoint or "localhost")
    if not host.endswith(suffix) or host == endpoint:
        return _Place(PATH, None, None)
    name = host[: -len(suffix)]
    point = re.fullmatch(_ACCESS_POINT, name)
    if point:
        return _Place(ACCESS_POINT, point["name"], None, or_bucket=name)
    return _Place(VIRTUAL, name, None)


def _named(name: str | None, region: str | None, style: str) -> _Place:
    if name is None:
        return _Place(PATH, None, region)
    if style == ACCESS_POINT:
        point = re.fullmatch(_ACCESS_POINT, name)
        if point:
            name = point["name"]
    return _Place(style, name, region)


def _without_port(host: str) -> str:
    host = host.lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].rstrip(".")

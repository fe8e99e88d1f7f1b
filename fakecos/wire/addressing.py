"""Which bucket and key a request means: from the host, the endpoint of the client, and the raw path.

Law of this file: the path is percent-decoded once and never normalised, since `//`, `.` and `..` are parts of
keys (wire.md 2; recorded aws-presigned 16). What hosts say is known by facts/hosts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from fakecos.facts import errors, hosts
from fakecos.facts.errors import S3Error
from fakecos.facts.hosts import ACCESS_POINT, OBJECT_LAMBDA, VIRTUAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.wire.messages import HttpRequest


class Address(NamedTuple):
    """What a request is about. No key: the bucket itself; no bucket: the service.

    `style` is VIRTUAL, PATH, ACCESS_POINT or WEBSITE; `region` the one that the host names, or None.
    """

    bucket: str | None
    key: str | None
    style: str
    region: str | None


_BAD_PERCENT = r"%(?![0-9A-Fa-f]{2})"


def address(request: HttpRequest, access_points: Mapping[str, str]) -> Address:
    """Return what the request is about; `access_points` gives the bucket of each access point's name.

    Raises INVALID_URI (the path does not decode to UTF-8), NO_SUCH_ACCESS_POINT, and OPERATION_NOT_IMPLEMENTED
    for an S3 Object Lambda host.
    """
    style, name, region, or_bucket = hosts.place(request.host, request.endpoint_host)
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
    """Return the path after its first slash, percent-decoded once."""
    raw = path.removeprefix("/")
    if raw.isascii() and "%" not in raw:
        return raw
    try:
        if not re.search(_BAD_PERCENT, raw):
            return unquote_to_bytes(raw).decode("utf-8")
    except UnicodeError:
        pass
    raise S3Error(errors.INVALID_URI, URI=path)

"""Which service a host belongs to, and what it says of region, style and bucket: the one place that reads host names.

The forms are data of the services (facts/services/), which put them into `TABLE`; this reads them in order, and
remembers what it found.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# What a name in a host stands for.
VIRTUAL = "virtual"
PATH = "path"
ACCESS_POINT = "access-point"
WEBSITE = "website"
OBJECT_LAMBDA = "object-lambda"
UNKNOWN_FORM = "unknown-form"
"""A host of the service, in a form that we do not know: read as a custom endpoint."""
OTHER_API = "other-api"
"""A host of the same domain that is another API's, though its requests are signed for S3."""

# Hosts of which rules speak by name.
GLOBAL = "global"
ACCELERATED = "accelerated"
DIRECTORY_CONTROL = "directory-control"


class Kind(NamedTuple):
    """What a host is whose label begins so. `region`: where it is if the host does not say."""

    label: str
    style: str = VIRTUAL
    entry: str = ""
    region: str | None = None


class HostForm(NamedTuple):
    """One form of host. `pattern` is what stands before the domain, with the groups `name`, `label` and `region`.

    Patterns are text: `re` compiles and keeps each on its first use (start-up is a budget). `kinds` tell labels apart:
    the first with which the host's label begins. `label_region` is the pattern of a label that has the region in it.
    """

    pattern: str
    kinds: tuple[Kind, ...] = (Kind(""),)
    label_region: str | None = None


class Hosts(NamedTuple):
    """The hosts of a service: `domains`, each with its dot, and the `forms` of what stands before those, in order.

    `token_hosts` is the pattern of the hosts where clients fetch tokens, at the `token_paths`.
    """

    domains: tuple[str, ...]
    forms: tuple[HostForm, ...]
    token_hosts: str | None = None
    token_paths: frozenset[str] = frozenset()


LOOPBACK_NAME = "localhost"
LOOPBACK = ("127.0.0.1", LOOPBACK_NAME, "::1")
_LOOPBACK = r"localhost|127(\.\d+){3}|::1|.*\.localhost"
_WITH_PORT = r"(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::[0-9]*)?"
# Addresses of the metadata services (source: METADATA_BASE_URL, METADATA_BASE_URL_IPv6 and
# ContainerMetadataFetcher._ALLOWED_HOSTS in botocore's utils).
INSTANCE_METADATA = frozenset({"169.254.169.254", "fd00:ec2::254"})
CONTAINER_METADATA = frozenset({"169.254.170.2", "169.254.170.23", "fd00:ec2::23"})

_ACCESS_POINT = r"(?P<name>[a-z0-9][a-z0-9-]*[a-z0-9])-\d{12}(?:\.op-[a-z0-9]+)?"
MOST_KNOWN = 1024


class Host(NamedTuple):
    """What a host of a service says. `name` is a bucket (VIRTUAL, WEBSITE), an access point, or None (PATH).

    `entry` is the way in that rules speak of (GLOBAL, ACCELERATED, DIRECTORY_CONTROL), or "".
    """

    service: str
    style: str
    name: str | None
    region: str | None
    entry: str


class Place(NamedTuple):
    """What a host says together with the endpoint of the client.

    `or_bucket`: the whole name may also be a bucket's, since a custom endpoint says nothing of the kind.
    """

    style: str
    name: str | None
    region: str | None
    or_bucket: str | None = None


TABLE: dict[str, Hosts] = {}
"""The hosts of each service by its name, in the order in which they are asked."""


def add(service: str, table: Hosts) -> None:
    """Put the hosts of a service into the table."""
    TABLE[service] = table
    _forget()


def remove(service: str) -> None:
    """Take the hosts of a service out."""
    del TABLE[service]
    _forget()


def _forget() -> None:
    find.cache_clear()
    place.cache_clear()


def hostname(host: str) -> str:
    """Return a host without its port, in lower case; an IPv6 address keeps its brackets."""
    host = host.lower()
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0].rstrip(".")


def bare_name(host: str) -> str:
    """Return the header Host without its port, in lower case, an IPv6 address without brackets; "" if it is none."""
    found = re.fullmatch(_WITH_PORT, host.lower())
    return (found[1] or found[2]) if found else ""


@lru_cache(MOST_KNOWN)
def find(host: str) -> Host | None:
    """Return what a host says, with or without its port; None if it belongs to no service."""
    name = hostname(host)
    for service, table in TABLE.items():
        for domain in table.domains:
            if name.endswith(domain):
                before = name[: -len(domain)]
                for form in table.forms:
                    found = re.fullmatch(form.pattern, before)
                    if found:
                        return _read(service, form, found.groupdict())
    return None


def is_s3(host: str) -> bool:
    """Whether a host is one where S3 answers: Amazon's, or another service's that speaks it."""
    found = find(host)
    return found is not None and found.style != OTHER_API


def is_other_api(host: str) -> bool:
    """Whether a host is another API's whose requests are signed for S3 too."""
    found = find(host)
    return found is not None and found.style == OTHER_API


def entry_of(host: str) -> str:
    """Return by which way in a host leads, "" where rules speak of none."""
    found = find(host)
    return "" if found is None else found.entry


def gives_tokens(host: str, path: str) -> bool:
    """Whether clients of a service fetch their tokens at an address."""
    return any(
        table.token_hosts is not None and path in table.token_paths and re.fullmatch(table.token_hosts, hostname(host))
        for table in TABLE.values()
    )


def is_loopback(host: str) -> bool:
    """Whether a host without its port is this machine."""
    return re.fullmatch(_LOOPBACK, host) is not None


def _read(service: str, form: HostForm, groups: dict[str, str | None]) -> Host:
    """Return what the groups of a form say."""
    label, name, region = groups.get("label") or "", groups.get("name"), groups.get("region")
    kind = next(kind for kind in form.kinds if label.startswith(kind.label))
    if region is None and form.label_region:
        inside = re.fullmatch(form.label_region, label)
        region = inside["region"] if inside else None
    style = kind.style
    if name is None and style not in {OBJECT_LAMBDA, UNKNOWN_FORM, OTHER_API}:
        style = PATH
    point = re.fullmatch(_ACCESS_POINT, name) if name is not None and style == ACCESS_POINT else None
    return Host(service, style, point["name"] if point else name, region or kind.region, kind.entry)


@lru_cache(MOST_KNOWN)
def place(host: str, endpoint_host: str | None) -> Place:
    """Return what the host of a request says, by the endpoint of its client where it belongs to no service."""
    found = find(host)
    if found is not None and found.style not in {UNKNOWN_FORM, OTHER_API}:
        return Place(found.style, found.name, found.region)
    host, endpoint = hostname(host), None if endpoint_host is None else hostname(endpoint_host)
    # Without an endpoint (a client over a socket) only localhost is known to be an endpoint's name.
    suffix = "." + (endpoint or LOOPBACK_NAME)
    if not host.endswith(suffix) or host == endpoint:
        return Place(PATH, None, None)
    name = host[: -len(suffix)]
    point = re.fullmatch(_ACCESS_POINT, name)
    if point:
        return Place(ACCESS_POINT, point["name"], None, or_bucket=name)
    return Place(VIRTUAL, name, None)

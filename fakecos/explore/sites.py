"""Sites: the requests of the code under test, each by a name that does not depend on the order of threads.

A site is written `Operation[:key][:part N][:range FIRST-LAST][#nth]`: the nth request of that operation for that key,
part and range. Signs that have a meaning here are percent-encoded in a key.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from fakecos.facts.exceptions import UsageError
from fakecos.wire import operation_names

if TYPE_CHECKING:
    from fakecos.faults.matching import Request

EVERY = 0
"""Stands for `nth` where every such request is meant."""
_SAFE = "/!$&'()*+,@-._~ äöüßéèà"  # what may stand in a key as it is; blanks are common in keys
_LIKE_A_PART = re.compile(r"part \d+$|range ")
_SITE = re.compile(
    r"(?P<operation>[A-Za-z0-9_]+)"
    r"(?::(?!part \d+(?:[:#]|$)|range )(?P<location>[^:#;=]*))?"
    r"(?::part (?P<part>\d+))?"
    r"(?::range (?P<range>[^:#;=]+))?"
    r"(?:#(?P<nth>\d+|\*))?"
)


class Target(NamedTuple):
    """What a request is about: the same for all attempts and repetitions. None: nothing, or in a written site, any."""

    operation: str
    bucket: str | None = None
    key: str | None = None
    part: int | None = None
    range: str | None = None

    def covers(self, other: Target) -> bool:
        """Whether a written target means a request's; what it leaves open is any."""
        return all(wanted is None or wanted == found for wanted, found in zip(self, other, strict=True))


class Site(NamedTuple):
    """The nth request for a target, counted from 1; EVERY for all of them from the first on."""

    target: Target
    nth: int

    def text(self, naming: Naming) -> str:
        """Return how it is written."""
        target = self.target
        location = naming.location(target)
        text = target.operation
        if location:
            written = quote(location, safe=_SAFE)
            text += ":" + (written.replace(" ", "%20", 1) if _LIKE_A_PART.match(written) else written)
        if target.part is not None:
            text += f":part {target.part}"
        if target.range is not None:
            text += f":range {target.range}"
        return f"{text}#{self.nth or '*'}"


class Naming(NamedTuple):
    """How much of a location is written: the key only if there are several, the bucket only if there are several."""

    has_keys: bool = True
    has_buckets: bool = True

    def location(self, target: Target) -> str:
        """Return the location as it is written."""
        if target.key is None:
            return f"{target.bucket}/" if target.bucket and self.has_buckets else ""
        if not self.has_keys:
            return ""
        return f"{target.bucket}/{target.key}" if self.has_buckets else target.key


def target_of(request: Request) -> Target:
    """Return what a request is about."""
    found = request.headers.get("range", "").removeprefix("bytes=").strip() or None
    return Target(request.operation, request.bucket, request.key, request.part_number, found)


def naming_of(targets: list[Target]) -> Naming:
    """Return how these are written: as short as it is clear."""
    places = {(target.bucket, target.key) for target in targets if target.key is not None}
    buckets = {target.bucket for target in targets if target.bucket is not None}
    return Naming(len(places) > 1, len(buckets) > 1)


def parse(text: str, naming: Naming) -> Site:
    """Read a written site; the number is 1 where none is written. UsageError: it is no site."""
    match = _SITE.fullmatch(text.strip())
    if match is None:
        message = (
            f"{text!r} is no site. A site is Operation[:key][:part N][:range FIRST-LAST][#nth], "
            "such as UploadPart:part 2#1."
        )
        raise UsageError(message)
    operation = operation_names.operation(match["operation"], f"the site {text.strip()!r}")
    location, part, nth = match["location"], match["part"], match["nth"]
    bucket = key = None
    if location:
        whole = unquote(location)
        if naming.has_buckets:
            bucket, _, key = whole.partition("/")
        else:
            key = whole
    target = Target(operation, bucket, key or None, int(part) if part else None, match["range"])
    return Site(target, EVERY if nth == "*" else int(nth or 1))

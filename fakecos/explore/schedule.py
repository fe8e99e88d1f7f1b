"""A schedule: which failures happen at which sites, and how that is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.explore import failures, seen, sites
from fakecos.facts.exceptions import UsageError

if TYPE_CHECKING:
    from fakecos.explore.sites import Naming, Site

CRASHES = {
    seen.CRASH: "The process dies before S3 has the request.",
    seen.CRASH_STORED: "The process dies after S3 did what was asked, before the answer arrives.",
}


class Entry(NamedTuple):
    """One failure at one site; `failure` is a name of `failures.TABLE` or of CRASHES."""

    site: Site
    failure: str

    def text(self, naming: Naming) -> str:
        """Return how it is written."""
        return f"{self.site.text(naming)}={self.failure}"


Schedule = tuple[Entry, ...]
"""Failures in the order in which they happen; empty for a run without failures."""


def text(schedule: Schedule, naming: Naming) -> str:
    """Return how a schedule is written, such as `UploadPart:part 2#1=SlowDown; AbortMultipartUpload#1=crash`."""
    return "; ".join(entry.text(naming) for entry in schedule)


def parse(written: str, naming: Naming) -> Schedule:
    """Read a written schedule. UsageError: it is none, or there is no failure of that name."""
    found = []
    for part in written.split(";"):
        site, equals, failure = part.strip().partition("=")
        failure = failure.strip()
        if not equals:
            message = (
                f"{written!r} is no schedule. A schedule is site=failure, or several joined by '; ', "
                "such as UploadPart:part 2#1=closed@stored."
            )
            raise UsageError(message)
        if failure not in CRASHES:
            failures.named(failure)
        found.append(Entry(sites.parse(site, naming), failure))
    return tuple(found)

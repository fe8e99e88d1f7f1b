"""What IBM's Immutable Object Storage remembers: the policy of a bucket, and how long and by whom an object is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

INDEFINITE = -1
"""A retention period without an end yet (documented on premises)."""
PERMANENT = -2
"""A retention period that never ends (documented on premises)."""


class Protection(NamedTuple):
    """The retention policy of a bucket: whole days, and whether objects may be retained for ever."""

    minimum: int
    default: int
    maximum: int
    permanent: bool


class LegalHold(NamedTuple):
    """One legal hold on an object: its name, and since when."""

    name: str
    since: dt.datetime


class Retention(NamedTuple):
    """How long an object is retained, and its legal holds.

    `period`: seconds from its creation, INDEFINITE or PERMANENT; `until`: when that ends, None where it does not.
    """

    period: int
    until: dt.datetime | None
    holds: tuple[LegalHold, ...] = ()

    def protects(self, moment: dt.datetime) -> bool:
        """Whether the object can be neither overwritten nor deleted at a moment."""
        return bool(self.holds) or self.until is None or moment < self.until

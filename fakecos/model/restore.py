"""A restore of an archived object: when its copy can be read, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt


class Restore(NamedTuple):
    """What was asked for last. The clock alone decides how far it is, so nothing has to run.

    - `tier`: Expedited, Standard or Bulk, and `days`: how long the copy was asked for.
    - `ready`: when the copy is, or will be, there; `expires`: when it goes, a midnight.
    """

    tier: str
    days: int
    ready: dt.datetime
    expires: dt.datetime

    def is_ongoing(self, moment: dt.datetime) -> bool:
        """Whether the copy is still being made."""
        return moment < self.ready

    def is_done(self, moment: dt.datetime) -> bool:
        """Whether the copy can be read."""
        return self.ready <= moment < self.expires

"""When an inventory is written next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt


class Schedule(NamedTuple):
    """Until when the lists of an inventory are written, and whether there was one at all."""

    until: dt.datetime
    has_begun: bool = False

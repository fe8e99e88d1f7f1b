"""The clock, read in this one place and late: so that a frozen clock rules every time that is stored."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """Return the time in UTC, to the second: what S3 stores. Read late, so that a frozen clock rules it."""
    return dt.datetime.now(dt.timezone.utc).replace(microsecond=0)


def millisecond() -> dt.datetime:
    """Return the time in UTC, to the millisecond: what COS stores."""
    found = dt.datetime.now(dt.timezone.utc)
    return found.replace(microsecond=found.microsecond // 1000 * 1000)


def to_second(moment: dt.datetime) -> dt.datetime:
    """Return a stored time as HTTP's dates have it, which is what clients know of it."""
    return moment.replace(microsecond=0)


def instant() -> dt.datetime:
    """Return the time in UTC as it is: for what is only compared, since rounding takes longer than asking."""
    return dt.datetime.now(dt.timezone.utc)

"""Timestamps of SQL: a moment with an offset, as precise as it was written (documented: data types)."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import NamedTuple

PARTS = ("year", "month", "day", "hour", "minute", "second")
PRECISIONS = ("year", "month", "day", "minute", "second")
SECONDS = {"day": 86400, "hour": 3600, "minute": 60, "second": 1}
_FORM = re.compile(
    r"(\d{4})(?:T|-(\d\d)(?:T|-(\d\d)(?:T?|T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)))", re.ASCII
)
_DAY = 24 * 60


class Timestamp(NamedTuple):
    """A moment: local time to the second, digits of its fraction, the offset in minutes (None: unknown), and precision.

    `precision` is one of PRECISIONS.
    """

    local: dt.datetime
    fraction: str
    offset: int | None
    precision: str

    @property
    def instant(self) -> tuple[float, str]:
        """What moments are compared by: seconds in UTC, and the fraction without zeros at its end."""
        seconds = (self.local - dt.datetime(1970, 1, 1)).total_seconds()  # noqa: DTZ001  both without a zone
        return seconds - 60 * (self.offset or 0), self.fraction.rstrip("0")

    def __str__(self) -> str:
        depth = PRECISIONS.index(self.precision)
        day = self.local.date().isoformat()
        if depth < PRECISIONS.index("minute"):
            return (f"{day[:4]}T", f"{day[:7]}T", day)[depth]
        clock = self.local.time().isoformat("minutes" if self.precision == "minute" else "seconds")
        point = f".{self.fraction}" if self.fraction else ""
        return f"{day}T{clock}{point}{zone_of(self.offset, ':', zero='Z')}"


def zone_of(offset: int | None, colon: str, *, zero: str | None = None, minutes: bool = True) -> str:
    """Return an offset as text: `-00:00` for an unknown one, `zero` in the place of none, if given."""
    if offset == 0 and zero is not None:
        return zero
    hour, minute = divmod(abs(offset or 0), 60)
    sign = "-" if offset is None or offset < 0 else "+"
    return f"{sign}{hour:02}{colon}{minute:02}" if minutes else f"{sign}{hour:02}"


def read(text: str, *, needs_offset: bool = True) -> Timestamp | None:
    """Return the timestamp that a text spells, None if it spells none.

    A time needs an offset (documented); the documents' own examples of literals have none, hence `needs_offset`.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    offset = _offset(zone)
    if (hour is not None and zone is None and needs_offset) or (offset is not None and abs(offset) >= _DAY):
        return None
    try:
        local = dt.datetime(*(int(part or default) for part, default in zip(match.groups(), (1, 1, 1, 0, 0, 0))))  # type: ignore[arg-type]  # noqa: DTZ001,B905
    except ValueError:
        return None
    known = [name for name, part in zip(PRECISIONS, (year, month, day, minute, second), strict=True) if part]
    return Timestamp(local, fraction or "", offset, known[-1])


def _offset(zone: str | None) -> int | None:
    if zone is None or zone == "-00:00":
        return None
    if zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:])
    return -minutes if zone[0] == "-" else minutes


def of(moment: dt.datetime | dt.date) -> Timestamp:
    """Return the timestamp of a date or a time of Python's; one without a zone is UTC."""
    if not isinstance(moment, dt.datetime):
        return Timestamp(dt.datetime(moment.year, moment.month, moment.day), "", None, "day")  # noqa: DTZ001
    utc = moment if moment.tzinfo is None else moment.astimezone(dt.timezone.utc).replace(tzinfo=None)
    fraction = f"{utc.microsecond:06}".rstrip("0")
    return Timestamp(utc.replace(microsecond=0), fraction, 0, "second")


def added(part: str, quantity: int, to: Timestamp) -> Timestamp | None:
    """Return a timestamp with a date part altered, more precise if it must be (documented); None: no such date."""
    needed = "minute" if part == "hour" else part
    precision = max(needed, to.precision, key=PRECISIONS.index)
    try:
        if part in SECONDS:
            local = to.local + dt.timedelta(seconds=quantity * SECONDS[part])
        else:
            months = to.local.year * 12 + to.local.month - 1 + quantity * (12 if part == "year" else 1)
            year, month = divmod(months, 12)
            day = min(to.local.day, monthrange(year, month + 1)[1])
            local = to.local.replace(year=year, month=month + 1, day=day)
    except (ValueError, OverflowError):
        return None
    return to._replace(local=local, precision=precision)


def difference(part: str, first: Timestamp, second: Timestamp) -> int:
    """Return how many whole parts lie between two timestamps, less than zero if the second is the earlier one.

    A day is 24 hours (documented). The documents' DATE_DIFF(year, `2010T`, `2010-05T`) is 4 there, which are the
    months: taken for a slip.
    """
    if first.instant > second.instant:
        return -difference(part, second, first)
    if part in SECONDS:
        borrowed = 1 if first.instant[1] > second.instant[1] else 0
        return int(second.instant[0] - first.instant[0] - borrowed) // SECONDS[part]
    early, late = _utc(first), _utc(second)
    months = (late.year - early.year) * 12 + late.month - early.month
    if (late.day, late.time(), second.fraction) < (early.day, early.time(), first.fraction):
        months -= 1
    return months // 12 if part == "year" else months


def _utc(timestamp: Timestamp) -> dt.datetime:
    return timestamp.local - dt.timedelta(minutes=timestamp.offset or 0)


def extracted(part: str, of_it: Timestamp) -> int:
    """Return a date part of a timestamp; of an unknown offset its hours and minutes are 0 (assumed)."""
    if part.startswith("timezone_"):
        offset = of_it.offset or 0
        size = abs(offset) // 60 if part == "timezone_hour" else abs(offset) % 60
        return -size if offset < 0 else size
    value: int = getattr(of_it.local, part)
    return value

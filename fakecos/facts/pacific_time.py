"""The time of S3's home, in which one of its messages shows a date (recorded aws-objects 65)."""

from __future__ import annotations

import datetime as dt

from fakecos.facts.http_dates import DAYS, MONTHS

HOME = "America/Los_Angeles"
STANDARD = dt.timezone(dt.timedelta(hours=-8))


def pacific_date(moment: dt.datetime) -> str:
    """Return a time as Java writes it in Pacific time, such as `Tue Dec 31 16:00:00 PST 2019`."""
    try:
        there = moment.astimezone(_zone())
    except OverflowError:  # the first hours of the calendar
        there = moment.astimezone(dt.timezone.utc).replace(tzinfo=STANDARD)
    day = f"{DAYS[there.weekday()]} {MONTHS[there.month]} {there.day:02}"
    name = "PDT" if there.dst() else "PST"  # as Java names it, also before there were time zones
    return f"{day} {there:%H:%M:%S} {name} {there.year}"


def _zone() -> dt.tzinfo:
    """Return Pacific time; standard time all year round where the machine has no database of time zones."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(HOME)
    except ZoneInfoNotFoundError:
        return STANDARD

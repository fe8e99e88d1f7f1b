"""The time of S3's home, in which one of its messages shows a date (recorded aws-objects 65)."""

from __future__ import annotations

import datetime as dt

STANDARD = dt.timedelta(hours=-8)
DAYLIGHT = dt.timedelta(hours=-7)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def pacific_date(moment: dt.datetime) -> str:
    """Return a time as Java writes it in Pacific time, such as `Tue Dec 31 16:00:00 PST 2019`.

    Computed, as a time zone database is not there everywhere; by the rule in force since 2007: daylight time from
    2:00 of the second Sunday in March to 2:00 of the first one in November. Before, it may be an hour off.
    """
    utc = moment.astimezone(dt.timezone.utc)
    start = sunday(utc.year, 3, 2) + dt.timedelta(hours=2) - STANDARD
    end = sunday(utc.year, 11, 1) + dt.timedelta(hours=2) - DAYLIGHT
    is_daylight = start <= utc < end
    try:
        there = utc + (DAYLIGHT if is_daylight else STANDARD)
    except OverflowError:  # the first hours of the calendar
        there = utc
    zone = "PDT" if is_daylight else "PST"
    return f"{DAYS[there.weekday()]} {MONTHS[there.month - 1]} {there.day:02} {there:%H:%M:%S} {zone} {there.year}"


def sunday(year: int, month: int, which: int) -> dt.datetime:
    """Return midnight UTC of the first, second, ... Sunday of a month."""
    first = dt.datetime(year, month, 1, tzinfo=dt.timezone.utc)
    return first + dt.timedelta(days=6 - first.weekday() + 7 * (which - 1))

"""Dates as HTTP and signatures write them, whatever the locale: `Wed, 21 Oct 2015 07:28:05 GMT`, `20151021T072805Z`."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BASIC = len("20260504T103000Z")


def http_date(moment: object) -> str:
    """Return RFC 1123 text, as Last-Modified has it (aws-objects 12); text stays itself."""
    if not isinstance(moment, dt.datetime):
        return str(moment)
    return _http_date(moment if moment.tzinfo is dt.timezone.utc else moment.astimezone(dt.timezone.utc))


@lru_cache(64)  # one second has many answers
def _http_date(utc: dt.datetime) -> str:
    clock = f"{utc.hour:02}:{utc.minute:02}:{utc.second:02}"
    return f"{DAYS[utc.weekday()]}, {utc.day:02} {MONTHS[utc.month]} {utc.year:04} {clock} GMT"


def read_http_date(text: str) -> dt.datetime | None:
    """Return the time of RFC 1123 text, None for what is none; without an offset it has no time zone."""
    from email.utils import parsedate_to_datetime  # takes 4 ms to import, and hardly any request needs it

    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


@lru_cache(64)  # a client sends several requests in one second
def read_basic_date(text: str) -> dt.datetime | None:
    """Return the time of an ISO 8601 date in its basic format, as x-amz-date has it; None for anything else."""
    digits = text[:8] + text[9:15]
    if len(text) != _BASIC or text[8] != "T" or text[15] != "Z" or not (digits.isdecimal() and digits.isascii()):
        return None
    try:
        return dt.datetime(
            int(text[:4]),
            int(text[4:6]),
            int(text[6:8]),
            int(text[9:11]),
            int(text[11:13]),
            int(text[13:15]),
            tzinfo=dt.timezone.utc,
        )
    except ValueError:
        return None

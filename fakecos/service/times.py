"""When a request was signed, against the clock: a presigned URL expires, and a signature may not be far from now.

Whose signature it is does not matter here. The clock is that of the process, so freezegun and time-machine rule it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from fakecos.facts.error_table import REQUEST_EXPIRED, REQUEST_TIME_TOO_SKEWED
from fakecos.facts.errors import S3Error
from fakecos.model.store import now

if TYPE_CHECKING:
    from collections.abc import Mapping

SKEW = dt.timedelta(minutes=15)  # documented: "must be within 15 minutes of the Amazon S3 system time"
_BASIC = len("20260504T103000Z")


def require_timely(headers: Mapping[str, str], query: Mapping[str, str]) -> None:
    """Refuse a request that was signed too long ago, or too far ahead.

    A date that does not read as one is left to whoever judges the signature. Raises AccessDenied for a presigned
    URL that has expired (recorded aws-presigned 7, 8), RequestTimeTooSkewed for a signed request (documented).
    """
    text = headers.get("x-amz-date")
    if text is not None and "authorization" in headers:
        moment = moment_of(text)
        if moment is not None and not -SKEW <= (time := now()) - moment <= SKEW:
            raise S3Error(
                REQUEST_TIME_TOO_SKEWED,
                RequestTime=text,
                ServerTime=_iso(time),
                MaxAllowedSkewMilliseconds=SKEW // dt.timedelta(milliseconds=1),
            )
    elif "X-Amz-Expires" in query:
        seconds = _integer(query["X-Amz-Expires"])
        moment = moment_of(query.get("X-Amz-Date", ""))
        if moment is not None and seconds is not None:
            _require_unexpired(moment, seconds, {"X-Amz-Expires": seconds})
    elif "Expires" in query and "Signature" in query:
        seconds = _integer(query["Expires"])
        if seconds is not None:
            _require_unexpired(dt.datetime.fromtimestamp(0, dt.timezone.utc), seconds, {})


def _require_unexpired(moment: dt.datetime, seconds: int, fields: Mapping[str, Any]) -> None:
    try:
        end = moment + dt.timedelta(seconds=seconds)
    except OverflowError:
        return
    time = now()
    if time > end:
        raise S3Error(REQUEST_EXPIRED, **fields, Expires=_iso(end), ServerTime=_iso(time))


def moment_of(text: str) -> dt.datetime | None:
    """Return the time of an x-amz-date such as `20260504T103000Z`, None for anything else."""
    if len(text) != _BASIC or text[8] != "T" or text[15] != "Z":
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


def _integer(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 12 else None  # noqa: PLR2004  far beyond the last year


def _iso(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

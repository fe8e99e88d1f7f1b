"""When a request was signed, against the clock: a presigned URL expires, and a signature may not be far from now.

Whose signature it is does not matter here. The clock is that of the process, so freezegun and time-machine rule it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.http_dates import read_basic_date
from fakecos.model.clock import instant, now

if TYPE_CHECKING:
    from collections.abc import Mapping

SKEW = dt.timedelta(minutes=15)  # documented: "must be within 15 minutes of the Amazon S3 system time"
EPOCH = dt.datetime.fromtimestamp(0, dt.timezone.utc)


def signed_at(headers: Mapping[str, str]) -> tuple[str, dt.datetime]:
    """Return when a request was signed: the text of its x-amz-date, or else of its Date, and the time.

    Raises AccessDenied for neither, for what is no date, and for one before the epoch (public).
    """
    text = headers.get("x-amz-date")
    if text is None:
        text = headers.get("date", "")
    moment = read_basic_date(text)
    if moment is None:
        from fakecos.wire.parse import timestamp

        found = timestamp(text) if text else text
        if isinstance(found, str) or found < EPOCH:
            raise S3Error(errors.DATE_REQUIRED)
        return (text if "x-amz-date" in headers else found.strftime("%Y%m%dT%H%M%SZ")), found
    return text, moment


def require_close(text: str, moment: dt.datetime) -> None:
    """Refuse a request that was signed too long ago, or too far ahead. Raises RequestTimeTooSkewed (documented)."""
    time = instant()
    if abs(time - moment) > SKEW:
        raise too_skewed(text, time)


def too_skewed(text: str, time: dt.datetime) -> S3Error:
    """Return the refusal of a request that was signed at the time that a text says, too far from the service's time."""
    return S3Error(
        errors.REQUEST_TIME_TOO_SKEWED,
        RequestTime=text,
        ServerTime=_iso(time),
        MaxAllowedSkewMilliseconds=SKEW // dt.timedelta(milliseconds=1),
    )


def require_unexpired(moment: dt.datetime, seconds: int, *, in_v4: bool) -> None:
    """Refuse a presigned URL that has expired (recorded aws-presigned 7, 8), or is not good yet (public).

    It is good for so many seconds from a moment on: with SigV2 that is the epoch, and it has no beginning. Raises
    AccessDenied.
    """
    time = now()
    if in_v4 and moment - time > SKEW:
        raise S3Error(errors.NOT_YET_VALID)
    try:
        end = moment + dt.timedelta(seconds=seconds)
    except OverflowError:
        return
    if time > end or not seconds:  # no seconds are over at once (public)
        fields: dict[str, Any] = {"X-Amz-Expires": seconds} if in_v4 else {}
        raise S3Error(errors.REQUEST_EXPIRED, **fields, Expires=_iso(end), ServerTime=_iso(time))


def _iso(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

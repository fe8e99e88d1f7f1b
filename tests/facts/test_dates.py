"""Dates in the three ways in which S3 writes and reads them."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakecos.facts.http_dates import http_date, read_basic_date, read_http_date
from fakecos.facts.pacific_time import pacific_date

UTC = dt.timezone.utc
MOMENTS = st.datetimes(min_value=dt.datetime(1000, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


@given(MOMENTS)
def test_http_dates_are_those_of_the_standard_library(moment: dt.datetime) -> None:
    assert http_date(moment) == format_datetime(moment, usegmt=True)
    assert read_http_date(http_date(moment)) == moment


def test_an_http_date_is_in_utc_whatever_the_zone_of_the_time() -> None:
    there = dt.datetime(2026, 5, 4, 1, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert http_date(there) == "Sun, 03 May 2026 23:00:00 GMT"


@given(MOMENTS)
def test_a_basic_date_is_read_as_it_was_written(moment: dt.datetime) -> None:
    assert read_basic_date(f"{moment.year:04}{moment:%m%dT%H%M%SZ}") == moment


@pytest.mark.parametrize(
    "text", ["", "20260504", "20261304T103000Z", "20260504 103000Z", "20260504T103000", "2026+504T103000Z", "now"]
)
def test_what_is_no_basic_date(text: str) -> None:
    assert read_basic_date(text) is None


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (dt.datetime(2026, 3, 20, 20, tzinfo=UTC), "Fri Mar 20 13:00:00 PDT 2026"),
        (dt.datetime(2000, 3, 20, 20, tzinfo=UTC), "Mon Mar 20 12:00:00 PST 2000"),  # until 2006 it began in April
        (dt.datetime(1, 1, 1, tzinfo=UTC), "Mon Jan 01 00:00:00 PST 1"),
    ],
)
def test_pacific_time_is_that_of_the_year(moment: dt.datetime, shown: str) -> None:
    assert pacific_date(moment) == shown


def test_pacific_time_without_a_database_of_time_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> zoneinfo.ZoneInfo:
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(zoneinfo, "ZoneInfo", unknown)
    assert pacific_date(dt.datetime(2026, 7, 20, 20, tzinfo=UTC)) == "Mon Jul 20 12:00:00 PST 2026"

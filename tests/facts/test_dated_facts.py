"""The dated facts, and the day that a fake imitates."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from freezegun import freeze_time

from fakecos import FakeCOS, UsageError
from fakecos.contract.steps.refused import refused
from fakecos.facts import dates, errors
from fakecos.facts.errors import ErrorSpec
from fakecos.facts.services import dialects

DAY_BEFORE = dates.SSE_C_BLOCKED.day - dt.timedelta(days=1)


def holds(as_of: Any, fact: dates.DatedFact = dates.SSE_C_BLOCKED) -> bool:
    return FakeCOS(as_of=as_of)._service.holds(fact)


def test_each_fact_is_listed_once_by_its_day_and_says_all_of_itself() -> None:
    named = [value for value in vars(dates).values() if isinstance(value, dates.DatedFact)]
    assert sorted(named, key=lambda fact: fact.day) == list(dates.FACTS)
    for fact in dates.FACTS:
        assert fact.before.endswith(".")
        assert fact.since.endswith(".")
        assert fact.source
        assert fact.day_source
        assert fact.services <= set(dialects.BY_NAME)


def test_a_row_of_the_error_table_names_a_fact_of_the_table() -> None:
    rows = [value for value in vars(errors).values() if isinstance(value, ErrorSpec) and value.fact is not None]
    assert errors.SSE_C_BLOCKED in rows
    assert {row.fact for row in rows} <= set(dates.FACTS)


def test_a_fact_holds_from_its_day_on() -> None:
    fact = dates.SSE_C_BLOCKED
    assert fact.last_day == DAY_BEFORE.isoformat() == "2026-04-05"
    assert not holds(DAY_BEFORE)
    assert holds(fact.day)
    assert holds(fact.day + dt.timedelta(days=1000))
    assert holds(None)


@pytest.mark.parametrize(
    "as_of", ["2026-04-06", dt.date(2026, 4, 6), dt.datetime(2026, 4, 6, 23, 59, tzinfo=dt.timezone.utc)]
)
def test_a_day_is_text_or_a_date_and_of_a_time_its_day(as_of: Any) -> None:
    assert holds(as_of)


@pytest.mark.parametrize("as_of", ["2026-4-6", "06.04.2026", "2026-02-30", "20260406", "2026-04-06T00:00", "", 2026])
def test_anything_else_is_told_the_form(as_of: Any) -> None:
    with pytest.raises(UsageError, match='as "2026-03-31", or as a datetime'):
        FakeCOS(as_of=as_of)


def test_no_fact_holds_for_cos() -> None:
    assert not FakeCOS(dialect="ibm")._service.holds(dates.SSE_C_BLOCKED)


def test_the_clock_of_the_test_is_not_asked() -> None:
    with freeze_time("2025-01-01"):
        assert holds(None)
    with freeze_time("2030-01-01"):
        assert not holds("2026-04-05")


def test_a_decorated_test_has_the_day_and_reset_keeps_it() -> None:
    @FakeCOS(as_of="2026-04-05")
    def act() -> None:
        from fakecos import current

        cos = current()
        cos.reset()
        cos.create_bucket("photos")
        cos.put_object("photos", "key", b"1", SSECustomerKey="k" * 32)

    act()


def test_an_operation_of_a_later_day_is_not_implemented() -> None:
    """aws-changes 5; that it is NotImplemented: assumed."""
    with FakeCOS(as_of="2026-06-15") as cos:
        cos.create_bucket("photos")
        cos.put_object("photos", "key", b"1")
        with refused(cos, "NotImplemented", errors.OPERATION_OF_LATER.message, 501):
            cos.client().put_object_annotation(
                Bucket="photos", Key="key", AnnotationName="n", AnnotationPayload=b"text"
            )
        assert "S3 has PutObjectAnnotation since 2026-06-16" in str(cos.journal)


def test_it_works_from_that_day_on() -> None:
    with FakeCOS(as_of="2026-06-16") as cos:
        cos.create_bucket("photos")
        cos.put_object("photos", "key", b"1")
        cos.client().put_object_annotation(Bucket="photos", Key="key", AnnotationName="n", AnnotationPayload=b"text")
        assert cos.bucket("photos").objects["key"].annotations.keys() == {"n"}

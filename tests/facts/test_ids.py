"""Ids that S3 hands out."""

from __future__ import annotations

import datetime as dt
import string

from fakecos.facts.ids import Ids, is_version_id


def test_a_version_id_looks_as_those_of_aws() -> None:
    # public
    given = Ids().version_id()
    assert len(given) == 32
    assert set(given) <= set(string.ascii_letters + string.digits + "._")


def test_a_version_id_is_one_for_every_fake() -> None:
    assert is_version_id(Ids().version_id())
    assert is_version_id(Ids("seed").version_id())
    assert Ids("seed").version_id() == Ids("seed").version_id()


def test_what_nobody_gave_out_is_no_version_id() -> None:
    given = Ids().version_id()
    other = "B" if given[0] == "A" else "A"
    for text in ("", "null", "a" * 32, "A" * 32, "ü" * 32, given[:-1], given + "A", given * 2, other + given[1:]):
        assert not is_version_id(text), text


def test_a_version_id_of_ibm_is_a_time_and_later_than_the_one_before() -> None:
    # aws-changes 32
    ids, moment = Ids(), dt.datetime(2025, 12, 11, 16, 30, tzinfo=dt.timezone.utc)
    first, second, third = (ids.time_version_id(moment - dt.timedelta(days=day)) for day in (0, 0, 1))
    assert first == f"00000000-0000-0000-0000-{round(moment.timestamp() * 1000):012x}"
    assert first < second < third
    assert all(map(is_version_id, (first, second, third)))
    assert ids.version_id_like(first, moment) > third
    assert len(ids.version_id_like(Ids().version_id(), moment)) == 32


def test_what_is_no_time_is_no_version_id_of_ibm() -> None:
    beginning = "00000000-0000-0000-0000-"
    for text in (beginning, beginning + "1" * 11, beginning + "1" * 13, beginning + "G" * 12, beginning + "A" * 12):
        assert not is_version_id(text), text

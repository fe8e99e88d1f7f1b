"""Ids that S3 hands out."""

from __future__ import annotations

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

"""Buckets with versions against an oracle: a list of pairs for each key, the newest last."""

from __future__ import annotations

import datetime as dt
from copy import copy

from hypothesis import given
from hypothesis import strategies as st

from fakecos.model.attributes import Attributes
from fakecos.model.bucket import Bucket
from fakecos.model.content import Content
from fakecos.model.delete_marker import DeleteMarker
from fakecos.model.object import NULL_VERSION, StoredObject
from fakecos.model.snapshot import copied
from fakecos.model.store import Store
from fakecos.model.versions import ENABLED, SUSPENDED, Versions

NOW = dt.datetime(2026, 5, 4, tzinfo=dt.timezone.utc)
KEYS = st.sampled_from(["a", "b"])
WRITES = st.tuples(st.sampled_from(["put", "mark", "remove newest", "remove oldest"]), KEYS)
STEPS = st.lists(st.one_of(WRITES, st.tuples(st.sampled_from([ENABLED, SUSPENDED]), KEYS)), max_size=30)


def stored_object(key: str, version_id: str = NULL_VERSION) -> StoredObject:
    made = StoredObject(key, Content((b"",)), "etag", NOW, Attributes(), None)
    made.version_id = version_id
    return made


class Oracle:
    """What a bucket does, in lists: each version is its id and whether it is a delete marker."""

    def __init__(self) -> None:
        self.store = Store()
        self.bucket = self.store.create_bucket("photos")
        self.keys: dict[str, list[tuple[str, bool]]] = {"a": [], "b": []}
        self.count = 0

    def step(self, what: str, key: str) -> None:
        if what in {ENABLED, SUSPENDED}:
            self.bucket.set_versioning(what)
        elif what == "put":
            version_id = self.version_id()
            self.bucket.put(stored_object(key, version_id))
            self.add(key, version_id, is_marker=False)
        elif what == "mark" and self.bucket.versioning is None:
            assert (self.bucket.remove(key) is None) is (not self.keys[key])
            self.keys[key] = []
        elif what == "mark":
            version_id = self.version_id()
            self.bucket.mark_deleted(DeleteMarker(key, version_id, NOW))
            self.add(key, version_id, is_marker=True)
        elif self.keys[key]:
            version_id, _ = self.keys[key].pop(-1 if what == "remove newest" else 0)
            removed = self.bucket.remove_version(key, version_id)
            assert removed is not None
            assert removed.version_id == version_id

    def version_id(self) -> str:
        self.count += 1
        return f"v{self.count}" if self.bucket.makes_versions else NULL_VERSION

    def add(self, key: str, version_id: str, *, is_marker: bool) -> None:
        self.keys[key] = [pair for pair in self.keys[key] if pair[0] != version_id]
        self.keys[key].append((version_id, is_marker))

    def check(self) -> None:
        bucket = self.bucket
        for key, versions in self.keys.items():
            found = list(bucket.versions_of(key))
            assert [(version.version_id, version.is_delete_marker) for version in found] == versions[::-1]
            assert bucket.newest(key) is (found[0] if found else None)
            current = bucket.objects.get(key)
            assert current is (found[0] if found and not found[0].is_delete_marker else None)
            for version in found:
                assert bucket.version(key, version.version_id) is version
        objects = [pair for versions in self.keys.values() for pair in versions if not pair[1]]
        assert len(list(bucket.stored())) == len(objects)
        assert bucket.is_empty is not any(self.keys.values())


@given(STEPS)
def test_a_bucket_keeps_its_versions_in_order(steps: list[tuple[str, str]]) -> None:
    oracle = Oracle()
    for what, key in steps:
        oracle.step(what, key)
        oracle.check()


@given(STEPS, STEPS)
def test_a_copy_is_not_touched_by_what_comes_later(steps: list[tuple[str, str]], later: list[tuple[str, str]]) -> None:
    oracle = Oracle()
    for what, key in steps:
        oracle.step(what, key)
    kept = copied(oracle.store).buckets["photos"]
    before = {key: list(kept.versions_of(key)) for key in "ab"}
    for what, key in later:
        oracle.step(what, key)
    assert {key: list(kept.versions_of(key)) for key in "ab"} == before
    assert kept.is_empty is not any(before.values())


@given(STEPS)
def test_pages_from_any_version_show_those_that_are_older(steps: list[tuple[str, str]]) -> None:
    oracle = Oracle()
    oracle.bucket.set_versioning(ENABLED)
    for what, key in steps:
        oracle.step(what, key)
    versions = oracle.bucket.versions
    for key in "ab":
        whole = list(versions.of(key))
        for place, version in enumerate(whole):
            assert list(versions.of(key, versions.place_of(key, version.version_id))) == whole[place + 1 :]


def test_the_place_of_a_deleted_version_is_remembered() -> None:
    # recorded aws-listing 18
    versions = Versions()
    for name in ("v1", "v2", "v3"):
        versions.add(stored_object("a", name))
    place = versions.place_of("a", "v2")
    versions.remove("a", "v2")
    assert versions.place_of("a", "v2") == place
    assert [version.version_id for version in versions.of("a", place)] == ["v1"]
    assert versions.place_of("a", "v4") is None
    assert versions.place_of("b", "v1") is None


def test_a_key_without_versions_takes_no_place_in_the_order() -> None:
    versions = Versions()
    versions.add(stored_object("a", "v1"))
    versions.remove("a", "v1")
    assert list(versions.keys) == []
    assert versions.newest("a") is None


def test_a_changed_version_stays_where_it_is() -> None:
    bucket = Bucket("photos", "us-east-1", None, NOW, "123456789012")
    bucket.set_versioning(ENABLED)
    first, second = stored_object("a", "v1"), stored_object("a", "v2")
    bucket.put(first)
    bucket.put(second)
    changed = first.changed(etag="other")
    bucket.replace(changed)
    assert list(bucket.versions_of("a")) == [second, changed]
    assert bucket.objects["a"] is second
    assert first.etag == "etag"


def test_a_copy_counts_on_by_itself() -> None:
    versions = Versions()
    versions.add(stored_object("a", "v1"))
    other = copy(versions)
    other.add(stored_object("a", "v2"))
    assert versions.place_of("a", "v2") is None
    assert len(list(versions.of("a"))) == 1

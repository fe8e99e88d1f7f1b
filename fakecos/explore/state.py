"""What is stored at one moment, as far as the code under test decides it, and how two states differ.

Compared are the bytes and attributes of the current objects, the sequence of versions, the open uploads, and what is
configured. Left out is what differs between two right runs: ids, dates, and ETags, which depend on how the parts were
cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.testing.assertions.bodies import body_lines, first_difference
from fakecos.testing.assertions.values import value_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject
    from fakecos.model.store import Store
    from fakecos.model.upload import MultipartUpload

    Place = tuple[str, str]
    """Bucket and key."""

SIDES = ("expected", "stored")
COMPARED = ("headers", "metadata", "tags", "storage_class", "redirect")


class State(NamedTuple):
    """A moment. The objects themselves are shared with the store, which replaces and never changes them."""

    objects: Mapping[Place, StoredObject]
    histories: Mapping[Place, tuple[StoredObject | DeleteMarker, ...]]
    """Every version, the oldest first; only of buckets with versioning."""
    uploads: Mapping[str, MultipartUpload]
    """By upload id."""
    configurations: Mapping[str, Mapping[str, object]]
    """By bucket."""


class Difference(NamedTuple):
    """One place at which a state is not as expected. `what` is "object", "versions", "upload" or "bucket"."""

    what: str
    place: Place
    lines: tuple[str, ...]

    @property
    def shape(self) -> str:
        """In a word how it differs."""
        first = self.lines[0] if self.lines else ""
        if first.startswith("there is no "):
            return "missing"
        return "too much" if first.startswith("there should be no ") else "other"

    @property
    def title(self) -> str:
        """What it is and where, as a part of a sentence."""
        return f"{self.what} {'/'.join(filter(None, self.place))}"


def capture(store: Store) -> State:
    """Return what is stored now; nothing is copied but the containers."""
    objects: dict[Place, StoredObject] = {}
    histories: dict[Place, tuple[StoredObject | DeleteMarker, ...]] = {}
    uploads: dict[str, MultipartUpload] = {}
    configurations: dict[str, Mapping[str, object]] = {}
    with store.lock:
        for name, bucket in store.buckets.items():
            for key, stored in bucket.objects.items():
                objects[name, key] = stored
            if bucket.versioning is not None:
                for key in bucket.versions.keys:
                    histories[name, key] = tuple(bucket.versions_of(key))[::-1]
            uploads |= bucket.uploads
            configurations[name] = _configured(bucket)
    return State(objects, histories, uploads, configurations)


def _configured(bucket: Bucket) -> Mapping[str, object]:
    return {
        "versioning": bucket.versioning,
        "acl": bucket.acl,
        "lifecycle": bucket.lifecycle,
        **bucket.configurations,
    }


def same_object(one: StoredObject | DeleteMarker | None, other: StoredObject | DeleteMarker | None) -> bool:
    """Whether two are the same for whoever reads them: bytes and attributes."""
    if one is other:
        return True
    if one is None or other is None:
        return False
    if one.is_delete_marker or other.is_delete_marker:
        return one.is_delete_marker and other.is_delete_marker
    return (
        one.size == other.size
        and all(getattr(one.attributes, name) == getattr(other.attributes, name) for name in COMPARED)
        and one.attributes.encryption.method == other.attributes.encryption.method
        and one.attributes.lock.mode == other.attributes.lock.mode
        and one.attributes.lock.legal_hold == other.attributes.lock.legal_hold
        and first_difference(one.content, other.content) is None
    )


def differences(expected: State, found: State) -> list[Difference]:
    """Return where a state is not as expected, uploads aside; in the order of buckets and keys."""
    result = [*_of_buckets(expected, found)]
    result += _of_objects(expected, found)
    result += _of_histories(expected, found)
    return result


def _of_buckets(expected: State, found: State) -> Iterator[Difference]:
    for name in sorted(expected.configurations.keys() | found.configurations.keys()):
        wanted, got = expected.configurations.get(name), found.configurations.get(name)
        if wanted is None:
            yield Difference("bucket", (name, ""), ("there should be no such bucket",))
        elif got is None:
            yield Difference("bucket", (name, ""), ("there is no such bucket",))
        elif wanted != got:
            kinds = sorted(kind for kind in wanted.keys() | got.keys() if wanted.get(kind) != got.get(kind))
            lines = [line for kind in kinds for line in value_lines(kind, wanted.get(kind), got.get(kind), SIDES)]
            yield Difference("bucket", (name, ""), tuple(lines))


def _of_objects(expected: State, found: State) -> Iterator[Difference]:
    for place in sorted(expected.objects.keys() | found.objects.keys()):
        wanted, got = expected.objects.get(place), found.objects.get(place)
        if not same_object(wanted, got):
            yield Difference("object", place, tuple(object_lines(wanted, got)))


def object_lines(wanted: StoredObject | None, got: StoredObject | None) -> list[str]:
    """Return lines that say how two objects differ; None is one that is not there."""
    if wanted is None:
        assert got is not None
        return [f"there should be no such object; there is one of {_bytes(got.size)}"]
    if got is None:
        return [f"there is no such object; expected: one of {_bytes(wanted.size)}"]
    lines = list(body_lines(wanted.content, got.content, SIDES))
    for name in COMPARED:
        one, other = getattr(wanted.attributes, name), getattr(got.attributes, name)
        if one != other:
            lines += value_lines(name, one, other, SIDES)
    if wanted.attributes.encryption.method != got.attributes.encryption.method:
        lines += value_lines("encryption", wanted.attributes.encryption.method, got.attributes.encryption.method, SIDES)
    if not lines:
        lines += value_lines("lock", wanted.attributes.lock, got.attributes.lock, SIDES)
    return lines


def _bytes(size: int) -> str:
    return f"{size:,} byte{'' if size == 1 else 's'}"


def _of_histories(expected: State, found: State) -> Iterator[Difference]:
    for place in sorted(expected.histories.keys() | found.histories.keys()):
        wanted = distinct(expected.histories.get(place, ()))
        got = distinct(found.histories.get(place, ()))
        if len(wanted) != len(got) or not all(map(same_object, wanted, got)):
            line = f"expected {len(wanted)} versions that differ from the one before, found {len(got)}"
            if len(wanted) == len(got):
                line = "another version than expected"
            yield Difference("versions", place, (line,))


def distinct(history: Iterable[StoredObject | DeleteMarker]) -> list[StoredObject | DeleteMarker]:
    """Return versions without those that are the same as the one before: a repeated write makes such."""
    kept: list[StoredObject | DeleteMarker] = []
    for version in history:
        if not kept or not same_object(kept[-1], version):
            kept.append(version)
    return kept


def repeated_versions(state: State) -> int:
    """Return how many versions are the same as the one before them."""
    return sum(len(history) - len(distinct(history)) for history in state.histories.values())

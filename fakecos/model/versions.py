"""The versions of a bucket's keys: kept only from the moment on when versioning was first configured."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from fakecos.model.ordered import OrderedKeys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject

ENABLED = "Enabled"
SUSPENDED = "Suspended"


class Versions:
    """Every version of every key, in the order of the keys; within a key the oldest comes first.

    `keys`: key to (version id to StoredObject or DeleteMarker). A listing may begin after a version that was deleted
    meanwhile (recorded aws-listing 18), so the place in time of every id is remembered.
    """

    __slots__ = ("_added", "_places", "keys")

    def __init__(self) -> None:
        self.keys: OrderedKeys[dict[str, StoredObject | DeleteMarker]] = OrderedKeys()
        self._places: dict[tuple[str, str], int] = {}
        self._added = 0

    def __copy__(self) -> Versions:
        made = Versions()
        made.keys = copy(self.keys)
        for key, versions in self.keys.items():
            made.keys[key] = versions.copy()
        made._places = self._places.copy()
        made._added = self._added
        return made

    def add(self, version: StoredObject | DeleteMarker) -> None:
        """Make it the newest of its key; one with the same id (`null`) is replaced."""
        versions = self.keys.setdefault(version.key, {})
        versions.pop(version.version_id, None)
        versions[version.version_id] = version
        self._added += 1
        self._places[version.key, version.version_id] = self._added

    def insert(self, version: StoredObject | DeleteMarker) -> None:
        """Add a version where its time puts it: before those of its key that are younger."""
        younger = [
            each for each in self.keys.get(version.key, {}).values() if each.last_modified > version.last_modified
        ]
        for each in (version, *younger):
            self.add(each)

    def replace(self, version: StoredObject) -> None:
        """Put a changed version where the one with its id is."""
        self.keys[version.key][version.version_id] = version

    def remove(self, key: str, version_id: str) -> StoredObject | DeleteMarker:
        """Delete one version, which is there, for good, and return it."""
        versions = self.keys[key]
        removed = versions.pop(version_id)
        if not versions:
            del self.keys[key]
        return removed

    def get(self, key: str, version_id: str) -> StoredObject | DeleteMarker | None:
        """Return one version."""
        versions = self.keys.get(key)
        return None if versions is None else versions.get(version_id)

    def newest(self, key: str) -> StoredObject | DeleteMarker | None:
        """Return the version that a request without an id is about."""
        versions = self.keys.get(key)
        return next(reversed(versions.values())) if versions else None

    def of(self, key: str, before: int | None = None) -> Iterator[StoredObject | DeleteMarker]:
        """Yield the versions of a key, the newest first; only those that are older than the place in time `before`."""
        for version in reversed(self.keys.get(key, {}).values()):
            if before is None or self._places[key, version.version_id] < before:
                yield version

    def place_of(self, key: str, version_id: str) -> int | None:
        """Return the place in time of a version, there or deleted; None if there never was one of that id."""
        return self._places.get((key, version_id))

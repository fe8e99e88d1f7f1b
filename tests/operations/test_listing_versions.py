"""How much a page of versions looks at."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from fakecos.model.bucket import Bucket
from fakecos.model.delete_marker import DeleteMarker
from fakecos.model.versions import ENABLED
from fakecos.operations.list_object_versions import lines
from fakecos.operations.pagination import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fakecos.model.object import StoredObject

NOW = dt.datetime(2026, 5, 4, tzinfo=dt.timezone.utc)


class CountedBucket(Bucket):
    """A bucket of delete markers that counts the keys whose versions were asked for."""

    looks = 0

    def __init__(self, keys: Iterable[str]) -> None:
        super().__init__("photos", "us-east-1", None, NOW, "123456789012")
        self.set_versioning(ENABLED)
        for key in keys:
            self.mark_deleted(DeleteMarker(key, "v1", NOW))

    def versions_of(self, key: str, before: int | None = None) -> Iterator[StoredObject | DeleteMarker]:
        self.looks += 1
        return super().versions_of(key, before)


@pytest.mark.parametrize("stored", [1_000, 20_000])
@pytest.mark.parametrize("marker", ["", "k00500"])
def test_a_page_looks_at_as_many_keys_as_it_shows(stored: int, marker: str) -> None:
    # a page costs by its length
    bucket = CountedBucket(f"k{number:05}" for number in range(stored))
    page, truncated = cut(lines(bucket, "", "", marker), 100)
    assert (len(page), truncated, bucket.looks) == (100, True, 101)


def test_a_common_prefix_is_one_step_however_many_versions_are_below_it() -> None:
    bucket = CountedBucket(f"folder{folder}/{number:04}" for folder in range(3) for number in range(1_000))
    page, _ = cut(lines(bucket, "", "/"), 100)
    assert [line.name for line in page] == ["folder0/", "folder1/", "folder2/"]
    assert bucket.looks == 0

"""ListObjects, the first version: pages, markers, prefixes and delimiters."""

from __future__ import annotations

from typing import Any

import pytest

from fakecos.contract.promises.list_objects import expected_page, get_page
from fakecos.contract.steps.objects import put_objects

PATHS = ["test/bar/foo/123", "test/foo/bar/123", "test/foo/bar/456"]


@pytest.mark.slow
def test_never_more_than_a_thousand_keys(client: Any) -> None:
    # recorded aws-listing 7; MaxKeys is what was asked for: public, aws-measured 11
    put_objects(client, [f"test-key-{number}" for number in range(1010)], b"")
    answer = get_page(client, Delimiter="/", MaxKeys=1010)
    assert len(answer.pop("Contents")) == 1000
    assert answer == expected_page(truncated=True, Delimiter="/", NextMarker="test-key-99", MaxKeys=1010)
    rest = get_page(client, Marker="test-key-99")
    assert [item["Key"] for item in rest["Contents"]] == [f"test-key-99{digit}" for digit in range(10)]

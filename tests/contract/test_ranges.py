"""Range of GetObject and HeadObject: which forms are taken, ignored and refused (recorded aws-objects 20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.ranges import DIGITS
from fakecos.contract.steps.names import BUCKET, MIB
from fakecos.contract.steps.uploads import upload_in_parts

if TYPE_CHECKING:
    from fakecos import FakeCOS


@pytest.fixture(autouse=True)
def _ten_digits(client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key="digits", Body=DIGITS)


def test_a_range_copies_only_what_it_returns(cos: FakeCOS, client: Any) -> None:
    upload_in_parts(client, b"a" * (5 * MIB), b"def", key="joined")
    stored = cos.store.buckets[BUCKET].objects["joined"]
    cut = stored.content.slice(5 * MIB - 1, 5 * MIB + 1)
    assert [len(piece) for piece in cut.pieces] == [1, 2]
    assert [isinstance(piece, memoryview) for piece in cut.pieces] == [True, True]

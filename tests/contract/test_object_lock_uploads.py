"""Locks by the headers of Put, Copy and Create, and by the bucket's default (recorded aws-objects 43, 44, 66, 67)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.object_lock_uploads import LOCK, default, lock_of
from fakecos.contract.steps.locks import (
    GOVERNANCE,
    LOCKED,
    UNTIL,
)
from fakecos.contract.steps.names import BUCKET, MIN_PART

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.usefixtures("locked_bucket")


@pytest.fixture(autouse=True)
def _source(aws: Any) -> None:
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"source")


def test_arranging_by_hand_needs_none(cos: FakeCOS, aws: Any) -> None:
    default(aws, Days=1)
    cos.put_object(LOCKED, "key", b"x", **LOCK)
    assert lock_of(aws) == (GOVERNANCE, UNTIL, None)
    upload = cos.start_upload(LOCKED, "other", [b"x" * MIN_PART])
    assert len(upload.parts) == 1

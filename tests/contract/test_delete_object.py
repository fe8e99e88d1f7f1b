"""DeleteObject (conditions: test_conditions)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.names import BUCKET

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.usefixtures("two_objects")


def test_the_answer_is_204_and_nothing_else(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 6; no Content-Type and no Content-Length: aws-objects 14
    answer = client.delete_object(Bucket=BUCKET, Key="one")
    assert http_status(answer) == 204
    assert members_of(answer) == {}
    assert specific_headers(answer) == {}
    assert list(cos.store.buckets[BUCKET].objects) == ["two"]


def test_what_is_not_there_is_deleted_all_the_same(cos: FakeCOS, client: Any) -> None:
    # documented by AWS: DeleteObject of a missing key succeeds; recorded for DeleteObjects, aws-objects 45
    answer = client.delete_object(Bucket=BUCKET, Key="nothing")
    assert (http_status(answer), members_of(answer)) == (204, {})
    assert len(cos.store.buckets[BUCKET].objects) == 2


def test_the_version_null_is_the_object(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 53 for reads; that nothing tells the version in a bucket without versions: assumed
    client.delete_object(Bucket=BUCKET, Key="one", VersionId="null")
    assert list(cos.store.buckets[BUCKET].objects) == ["two"]

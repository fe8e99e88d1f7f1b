"""Reads of versions: which one a request is about, what the answer says, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promises.versions_read import OBJECT
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import read_object
from fakecos.contract.steps.versions import (
    NULL_VERSION,
    enable_versioning,
    put_version,
    suspend_versioning,
)

if TYPE_CHECKING:
    from fakecos import FakeCOS


def test_a_suspended_bucket_overwrites_the_version_null_and_does_not_tell(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 52
    enable_versioning(client)
    kept = put_version(client, body=b"kept")
    suspend_versioning(client)
    for body in (b"first", b"second"):
        assert "VersionId" not in client.put_object(**OBJECT, Body=body)
        assert client.get_object(**OBJECT)["VersionId"] == NULL_VERSION
    assert read_object(client) == b"second"
    assert read_object(client, VersionId=kept) == b"kept"
    assert [version.version_id for version in cos.bucket(BUCKET).versions["key"]] == [NULL_VERSION, kept]

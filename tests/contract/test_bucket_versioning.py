"""PutBucketVersioning and GetBucketVersioning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import add_delete_marker, enable_versioning, put_version

if TYPE_CHECKING:
    from fakecos import FakeCOS


def test_a_bucket_with_versions_or_markers_left_is_not_empty(cos: FakeCOS, client: Any) -> None:
    # public
    enable_versioning(client)
    version, marker = put_version(client), add_delete_marker(client)
    message = "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
    for left in (version, marker):
        with refused(cos, "BucketNotEmpty", message, 409, BucketName=BUCKET):
            client.delete_bucket(Bucket=BUCKET)
        client.delete_object(Bucket=BUCKET, Key="key", VersionId=left)
    client.delete_bucket(Bucket=BUCKET)
    assert BUCKET not in cos.store.buckets

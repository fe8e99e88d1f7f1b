"""CopyObject and UploadPartCopy in buckets with versions: of the source and of the copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.copy_versions import OF_MARKER, copy_version
from fakecos.contract.steps.messages import (
    NO_SUCH_KEY,
)
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload
from fakecos.contract.steps.versions import (
    add_delete_marker,
    enable_versioning,
    put_version,
)

if TYPE_CHECKING:
    from fakecos import FakeCOS


@pytest.mark.parametrize("directive", ["COPY", "REPLACE"])
def test_tags_are_those_of_the_named_version(cos: FakeCOS, client: Any, directive: str) -> None:
    # recorded aws-objects 42: each line of get-copy-object-tag
    enable_versioning(client)
    first = put_version(client, body=b"1", Tagging="key1=value1")
    put_version(client, body=b"2", Tagging="key1=value1-v2")
    expected = {"COPY": ({"key1": "value1-v2"}, {"key1": "value1"}), "REPLACE": ({"key2": "value2"},) * 2}[directive]
    empty = expected if directive == "COPY" else ({}, {})
    for version, with_header_value, without in zip((None, first), expected, empty, strict=True):
        copy_version(client, version=version, TaggingDirective=directive, Tagging="key2=value2")
        assert cos.bucket(BUCKET).objects["copy"].tags == with_header_value
        copy_version(client, version=version, TaggingDirective=directive)
        assert cos.bucket(BUCKET).objects["copy"].tags == without


def test_upload_part_copy_tells_the_version(cos: FakeCOS, client: Any) -> None:
    # public; recorded aws-objects 36 for `null`
    before = put_version(client, body=b"before")
    enable_versioning(client)
    version = put_version(client, body=b"data")
    marker = add_delete_marker(client)
    upload_id = create_upload(client, "copy")
    part = {"Bucket": BUCKET, "Key": "copy", "UploadId": upload_id, "PartNumber": 1}
    named = {"Bucket": BUCKET, "Key": "key"}
    assert "CopySourceVersionId" not in client.upload_part_copy(**part, CopySource={**named, "VersionId": before})
    answer = client.upload_part_copy(**part, CopySource={**named, "VersionId": version})
    assert answer["CopySourceVersionId"] == version
    assert cos.bucket(BUCKET).uploads[upload_id].parts[1].body == b"data"
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="key"):
        client.upload_part_copy(**part, CopySource=named)
    with refused(cos, "InvalidRequest", OF_MARKER, 400):
        client.upload_part_copy(**part, CopySource={**named, "VersionId": marker})

"""ListObjectVersions: every line of the recorded answers, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.list_object_versions import expected_page, get_page
from fakecos.contract.steps.answers import DATETIME
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import (
    NULL_VERSION,
    add_delete_marker,
    enable_versioning,
    list_versions,
    put_version,
)
from fakecos.model.store import OWNER_ID

if TYPE_CHECKING:
    from fakecos import FakeCOS

EMPTY = '"d41d8cd98f00b204e9800998ecf8427e"'
FOLDERS = ("folder/aSubfolder/subFile1", "folder/aSubfolder/subFile2", "folder/file1", "folder/file2")


def version(key: str, version_id: str, *, latest: bool, **more: Any) -> dict[str, Any]:
    """Return an item of Versions, of an object without bytes."""
    return {
        "ChecksumAlgorithm": ["CRC32"],
        "ChecksumType": "FULL_OBJECT",
        "ETag": EMPTY,
        "IsLatest": latest,
        "Key": key,
        "LastModified": DATETIME,
        "Owner": {"ID": OWNER_ID},
        "Size": 0,
        "StorageClass": "STANDARD",
        "VersionId": version_id,
        **more,
    }


def marker(key: str, version_id: str, *, latest: bool) -> dict[str, Any]:
    """Return an item of DeleteMarkers."""
    item = version(key, version_id, latest=latest)
    return {name: item[name] for name in ("IsLatest", "Key", "LastModified", "Owner", "VersionId")}


def test_a_bucket_without_versions(aws: Any) -> None:
    # recorded aws-listing 14, aws-objects 53
    for key in ("c", "a", "b"):
        put_version(aws, key)
    assert get_page(aws) == expected_page(Versions=[version(key, NULL_VERSION, latest=True) for key in ("a", "b", "c")])
    assert [line[1] for line in list_versions(aws, MaxKeys=1, KeyMarker="a", VersionIdMarker=NULL_VERSION)] == ["b"]


@pytest.fixture
def recorded(aws: Any) -> list[str]:
    """The nine versions of aws-listing 15, in the order of their creation; the first stands for nothing."""
    enable_versioning(aws)
    ids = [put_version(aws, key) for key in ("test_0", "test_1", "test_2", "test_2")]
    ids += [add_delete_marker(aws, key) for key in ("test_0", "test_1", "test_2")]
    ids += [put_version(aws, key) for key in ("test_0", "test_1")]
    return ["", *ids]


def test_the_order_of_versions(aws: Any, recorded: list[str]) -> None:
    # recorded aws-listing 15: list-objects-versions-all
    ids = recorded
    assert get_page(aws) == expected_page(
        Versions=[
            version("test_0", ids[8], latest=True),
            version("test_0", ids[1], latest=False),
            version("test_1", ids[9], latest=True),
            version("test_1", ids[2], latest=False),
            version("test_2", ids[4], latest=False),
            version("test_2", ids[3], latest=False),
        ],
        DeleteMarkers=[
            marker("test_0", ids[5], latest=False),
            marker("test_1", ids[6], latest=False),
            marker("test_2", ids[7], latest=True),
        ],
    )


def test_the_first_page_counts_markers_too(aws: Any, recorded: list[str]) -> None:
    # recorded aws-listing 15: list-objects-versions-5
    ids = recorded
    assert get_page(aws, MaxKeys=5) == expected_page(
        IsTruncated=True,
        MaxKeys=5,
        NextKeyMarker="test_1",
        NextVersionIdMarker=ids[6],
        Versions=[
            version("test_0", ids[8], latest=True),
            version("test_0", ids[1], latest=False),
            version("test_1", ids[9], latest=True),
        ],
        DeleteMarkers=[marker("test_0", ids[5], latest=False), marker("test_1", ids[6], latest=False)],
    )


def test_markers_of_pages(aws: Any, recorded: list[str]) -> None:
    # recorded aws-listing 15: next-key-only, next-key-last, both-markers, last-key-last-version, next-key-empty
    ids = recorded
    assert get_page(aws, MaxKeys=1, KeyMarker="test_1") == expected_page(
        IsTruncated=True,
        KeyMarker="test_1",
        MaxKeys=1,
        NextKeyMarker="test_2",
        NextVersionIdMarker=ids[7],
        DeleteMarkers=[marker("test_2", ids[7], latest=True)],
    )
    assert get_page(aws, MaxKeys=1, KeyMarker="test_2") == expected_page(KeyMarker="test_2", MaxKeys=1)
    assert get_page(aws, MaxKeys=1, KeyMarker="test_1", VersionIdMarker=ids[6]) == expected_page(
        IsTruncated=True,
        KeyMarker="test_1",
        VersionIdMarker=ids[6],
        MaxKeys=1,
        NextKeyMarker="test_1",
        NextVersionIdMarker=ids[2],
        Versions=[version("test_1", ids[2], latest=False)],
    )
    assert get_page(aws, MaxKeys=1, KeyMarker="test_2", VersionIdMarker=ids[4]) == expected_page(
        KeyMarker="test_2",
        VersionIdMarker=ids[4],
        MaxKeys=1,
        Versions=[version("test_2", ids[3], latest=False)],
    )
    assert get_page(aws, MaxKeys=1, KeyMarker="") == expected_page(
        IsTruncated=True,
        MaxKeys=1,
        NextKeyMarker="test_0",
        NextVersionIdMarker=ids[8],
        Versions=[version("test_0", ids[8], latest=True)],
    )


def test_a_version_without_a_key_is_refused(cos: FakeCOS, aws: Any, recorded: list[str]) -> None:
    # recorded aws-listing 15: next-version-only
    message = "A version-id marker cannot be specified without a key marker."
    said = {"ArgumentName": "version-id-marker", "ArgumentValue": recorded[6]}
    with refused(cos, "InvalidArgument", message, 400, **said):
        aws.list_object_versions(Bucket=BUCKET, MaxKeys=1, VersionIdMarker=recorded[6])


def test_pages_over_a_common_prefix(aws: Any) -> None:
    # recorded aws-listing 16
    enable_versioning(aws)
    ids = {key: put_version(aws, key) for key in FOLDERS}
    asked = {"Prefix": "folder/", "Delimiter": "/", "MaxKeys": 1}
    common = expected_page(Prefix="folder/", Delimiter="/", MaxKeys=1)
    more = {**common, "IsTruncated": True}
    assert get_page(aws, **asked) == {
        **more,
        "CommonPrefixes": [{"Prefix": "folder/aSubfolder/"}],
        "NextKeyMarker": "folder/aSubfolder/",
    }
    first = {
        **more,
        "NextKeyMarker": "folder/file1",
        "NextVersionIdMarker": ids["folder/file1"],
        "Versions": [version("folder/file1", ids["folder/file1"], latest=True)],
    }
    for key_marker in ("folder/aSubfolder/", "folder/aSubfolder/subFile1"):
        assert get_page(aws, KeyMarker=key_marker, **asked) == {**first, "KeyMarker": key_marker}
    assert get_page(aws, KeyMarker="folder/file1", **asked) == {
        **common,
        "KeyMarker": "folder/file1",
        "Versions": [version("folder/file2", ids["folder/file2"], latest=True)],
    }

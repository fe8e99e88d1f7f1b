"""ListObjectVersions: every line of the recorded answers, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.model.store import OWNER_ID
from tests.support.altered_requests import before_signing
from tests.support.answers import DATETIME, NAMESPACE, child_names, members_of, xml_document
from tests.support.constants import BUCKET
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused
from tests.support.versions import (
    ABSENT_VERSION,
    NULL_VERSION,
    add_delete_marker,
    enable_versioning,
    list_versions,
    put_version,
    suspend_versioning,
)

if TYPE_CHECKING:
    from fakecos import FakeCOS

EMPTY = '"d41d8cd98f00b204e9800998ecf8427e"'
FOLDERS = ("folder/aSubfolder/subFile1", "folder/aSubfolder/subFile2", "folder/file1", "folder/file2")


def get_page(client: Any, **more: Any) -> dict[str, Any]:
    answer = members_of(client.list_object_versions(Bucket=BUCKET, **more))
    assert isinstance(answer, dict)
    return answer


def expected_page(**more: Any) -> dict[str, Any]:
    """Return the answer of an empty bucket, with changes: every other member is absent (recorded aws-listing 14)."""
    return {
        "EncodingType": "url",
        "IsTruncated": False,
        "KeyMarker": "",
        "MaxKeys": 1000,
        "Name": BUCKET,
        "Prefix": "",
        "VersionIdMarker": "",
        **more,
    }


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


def test_an_empty_bucket(aws: Any) -> None:
    # recorded aws-listing 14: list-empty
    assert get_page(aws) == expected_page()


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


def test_a_version_that_never_was_of_the_key_is_refused(cos: FakeCOS, aws: Any, recorded: list[str]) -> None:
    # assumed
    for given in (recorded[1], ABSENT_VERSION, "not-an-id"):
        said = {"ArgumentName": "version-id-marker", "ArgumentValue": given}
        with refused(cos, "InvalidArgument", "Invalid version id specified", 400, **said):
            aws.list_object_versions(Bucket=BUCKET, KeyMarker="test_2", VersionIdMarker=given)


def test_an_empty_version_marker_is_refused(cos: FakeCOS, aws: Any) -> None:
    # public
    said = {"ArgumentName": "version-id-marker", "ArgumentValue": None}
    with (
        refused(cos, "InvalidArgument", "A version-id marker cannot be empty.", 400, **said),
        before_signing(aws, {"version-id-marker": ""}),
    ):
        aws.list_object_versions(Bucket=BUCKET, KeyMarker="key")


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


@pytest.mark.parametrize(
    ("prefix", "prefixes", "keys"),
    [
        ("dir/", ["dir/subdir/"], ["dir/test"] * 2),
        ("dir/s", ["dir/subdir/"], []),
        ("dir/test", [], ["dir/test"] * 2),
        ("dir/subdir", ["dir/subdir/"], []),
        ("dir/subdir/", [], ["dir/subdir/test2"] * 2),
        ("dir/subdir/test2", [], ["dir/subdir/test2"] * 2),
    ],
)
def test_prefix_and_delimiter(client: Any, prefix: str, prefixes: list[str], keys: list[str]) -> None:
    # recorded aws-listing 17
    enable_versioning(client)
    for key in ("dir/test", "dir/subdir/test2"):
        put_version(client, key)
        put_version(client, key)
    answer = get_page(client, Prefix=prefix, Delimiter="/")
    assert (answer["Prefix"], answer["Delimiter"], answer["IsTruncated"]) == (prefix, "/", False)
    assert [item["Prefix"] for item in answer.get("CommonPrefixes", [])] == prefixes
    assert [item["Key"] for item in answer.get("Versions", [])] == keys
    assert [item["IsLatest"] for item in answer.get("Versions", [])] == [True, False][: len(keys)]


def test_the_document_without_encoding(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-listing 17: list-objects-versions-no-encoding
    put_version(aws, "dir/subdir/test2")
    root = xml_document(send_raw(cos, "GET", f"/{BUCKET}", "versions&prefix=dir%2Fsubdir&delimiter=%2F"))
    assert root.tag == f"{NAMESPACE}ListVersionsResult"
    names = ["Name", "Prefix", "KeyMarker", "VersionIdMarker", "MaxKeys", "Delimiter", "IsTruncated", "CommonPrefixes"]
    assert child_names(root) == names
    assert [child.text for child in root][:7] == [BUCKET, "dir/subdir", None, None, "1000", "/", "false"]


def test_the_document_of_versions(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-objects 14: Name before Version, Version last
    put_version(aws, "key")
    root = xml_document(send_raw(cos, "GET", f"/{BUCKET}", "versions"))
    assert child_names(root)[0] == "Name"
    assert child_names(root)[-1] == "Version"


def test_versions_and_markers_are_one_list_in_the_document(cos: FakeCOS, aws: Any) -> None:
    # documented: the example of ListObjectVersions
    enable_versioning(aws)
    for key in ("a", "b"):
        put_version(aws, key)
        add_delete_marker(aws, key)
        put_version(aws, key)
    put_version(aws, "c/d")
    root = xml_document(send_raw(cos, "GET", f"/{BUCKET}", "versions&delimiter=%2F"))
    assert child_names(root)[-7:] == [*["Version", "DeleteMarker", "Version"] * 2, "CommonPrefixes"]


def test_pages_within_a_key(client: Any) -> None:
    # recorded aws-listing 18
    enable_versioning(client)
    ids = [put_version(client, "prefixed_key") for _ in range(5)][::-1]
    assert [line[2] for line in list_versions(client, Prefix="prefix")] == ids
    answer = get_page(client, Prefix="prefix", MaxKeys=3)
    assert (answer["NextKeyMarker"], answer["NextVersionIdMarker"]) == ("prefixed_key", ids[2])
    assert [item["VersionId"] for item in answer["Versions"]] == ids[:3]
    assert list_versions(client, Prefix="prefix", MaxKeys=4, KeyMarker="prefixed_key") == []
    asked = {"Prefix": "prefix", "MaxKeys": 5, "KeyMarker": "prefixed_key", "VersionIdMarker": ids[2]}
    assert list_versions(client, **asked) == [("version", "prefixed_key", version_id, False) for version_id in ids[3:]]


def test_a_page_may_begin_behind_a_version_that_was_deleted(client: Any) -> None:
    # recorded aws-listing 18: page-2-after-delete
    enable_versioning(client)
    ids = [put_version(client) for _ in range(5)][::-1]
    for version_id in ids[:3]:
        client.delete_object(Bucket=BUCKET, Key="key", VersionId=version_id)
    assert list_versions(client, KeyMarker="key", VersionIdMarker=ids[2]) == [
        ("version", "key", ids[3], True),
        ("version", "key", ids[4], False),
    ]


def test_a_page_behind_a_key_that_is_gone(client: Any) -> None:
    # recorded aws-listing 18, taken further: the last version of the key was deleted
    enable_versioning(client)
    gone, kept = put_version(client, "a"), put_version(client, "b")
    client.delete_object(Bucket=BUCKET, Key="a", VersionId=gone)
    assert list_versions(client, KeyMarker="a", VersionIdMarker=gone) == [("version", "b", kept, True)]


def test_101_versions_are_two_pages_of_100(client: Any) -> None:
    # asserted aws-listing 19
    enable_versioning(client)
    ids = [put_version(client) for _ in range(101)][::-1]
    pages = list(
        client.get_paginator("list_object_versions").paginate(Bucket=BUCKET, PaginationConfig={"PageSize": 100})
    )
    assert [len(one["Versions"]) for one in pages] == [100, 1]
    assert [item["VersionId"] for one in pages for item in one["Versions"]] == ids


def test_pages_of_one_show_everything_once(client: Any) -> None:
    # recorded aws-listing 15, 18: whatever was written, marked, suspended and written again
    put_version(client, "b")
    enable_versioning(client)
    for key in ("a", "b/c", "b/d", "b", "a"):
        put_version(client, key)
    add_delete_marker(client, "b")
    suspend_versioning(client)
    put_version(client, "b")
    add_delete_marker(client, "a")
    enable_versioning(client)
    put_version(client, "b")
    whole = list_versions(client)
    paginator = client.get_paginator("list_object_versions")
    pages = list(paginator.paginate(Bucket=BUCKET, PaginationConfig={"PageSize": 1}))
    ones = [
        (item["Key"], item["VersionId"])
        for one in pages
        for kind in ("Versions", "DeleteMarkers")
        for item in one.get(kind, [])
    ]
    assert sorted(ones) == sorted(line[1:3] for line in whole)
    assert len(pages) == len(whole) == 9


def test_keys_are_encoded(client: Any) -> None:
    # recorded aws-listing 13 for the other lists; botocore decodes keys and markers again
    enable_versioning(client)
    for key in ("a b", "a&b", "ü"):
        put_version(client, key)
    with before_signing(client, {"encoding-type": "url"}):
        answer = get_page(client, MaxKeys=2, Prefix="a")
    assert [item["Key"] for item in answer["Versions"]] == ["a b", "a&b"]


def test_max_keys(cos: FakeCOS, aws: Any) -> None:
    # public
    put_version(aws)
    assert get_page(aws, MaxKeys=0) == expected_page(MaxKeys=0)
    assert get_page(aws, MaxKeys=2000)["MaxKeys"] == 2000  # aws-measured 12
    with refused(cos, "InvalidArgument", "max-keys cannot be negative", 400, ArgumentName="max-keys"):
        aws.list_object_versions(Bucket=BUCKET, MaxKeys=-1)
    message = "Provided max-keys not an integer or within integer range"
    with (
        refused(cos, "InvalidArgument", message, 400, ArgumentName="max-keys", ArgumentValue="abc"),
        before_signing(aws, {"max-keys": "abc"}),
    ):
        aws.list_object_versions(Bucket=BUCKET)


def test_an_unknown_encoding_is_refused(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-listing 13
    message = "Invalid Encoding Method specified in Request"
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="encoding-type", ArgumentValue="value"):
        aws.list_object_versions(Bucket=BUCKET, EncodingType="value")


def test_a_missing_bucket_is_refused(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 7
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        client.list_object_versions(Bucket="no-such-bucket")

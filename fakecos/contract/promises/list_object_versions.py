"""ListObjectVersions: every line of the recorded answers, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.documents import NAMESPACE, child_names, xml_document

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import (
    ABSENT_VERSION,
    add_delete_marker,
    enable_versioning,
    list_versions,
    put_version,
    suspend_versioning,
)


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


@promise
def an_empty_bucket(aws: Any) -> None:
    """Source: recorded aws-listing 14: list-empty."""
    assert get_page(aws) == expected_page()


@promise
def an_empty_version_marker_is_refused(cos: Service, aws: Any) -> None:
    """Source: public."""
    said = {"ArgumentName": "version-id-marker", "ArgumentValue": None}
    with (
        refused(cos, "InvalidArgument", "A version-id marker cannot be empty.", 400, **said),
        before_signing(aws, {"version-id-marker": ""}),
    ):
        aws.list_object_versions(Bucket=BUCKET, KeyMarker="key")


@promise
@cases(
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
def prefix_and_delimiter(client: Any, prefix: str, prefixes: list[str], keys: list[str]) -> None:
    """Source: recorded aws-listing 17."""
    enable_versioning(client)
    for key in ("dir/test", "dir/subdir/test2"):
        put_version(client, key)
        put_version(client, key)
    answer = get_page(client, Prefix=prefix, Delimiter="/")
    assert (answer["Prefix"], answer["Delimiter"], answer["IsTruncated"]) == (prefix, "/", False)
    assert [item["Prefix"] for item in answer.get("CommonPrefixes", [])] == prefixes
    assert [item["Key"] for item in answer.get("Versions", [])] == keys
    assert [item["IsLatest"] for item in answer.get("Versions", [])] == [True, False][: len(keys)]


@promise
def pages_within_a_key(client: Any) -> None:
    """Source: recorded aws-listing 18."""
    enable_versioning(client)
    ids = [put_version(client, "prefixed_key") for _ in range(5)][::-1]
    assert [line[2] for line in list_versions(client, Prefix="prefix")] == ids
    answer = get_page(client, Prefix="prefix", MaxKeys=3)
    assert (answer["NextKeyMarker"], answer["NextVersionIdMarker"]) == ("prefixed_key", ids[2])
    assert [item["VersionId"] for item in answer["Versions"]] == ids[:3]
    assert list_versions(client, Prefix="prefix", MaxKeys=4, KeyMarker="prefixed_key") == []
    asked = {"Prefix": "prefix", "MaxKeys": 5, "KeyMarker": "prefixed_key", "VersionIdMarker": ids[2]}
    assert list_versions(client, **asked) == [("version", "prefixed_key", version_id, False) for version_id in ids[3:]]


@promise
def a_page_may_begin_behind_a_version_that_was_deleted(client: Any) -> None:
    """Source: recorded aws-listing 18: page-2-after-delete."""
    enable_versioning(client)
    ids = [put_version(client) for _ in range(5)][::-1]
    for version_id in ids[:3]:
        client.delete_object(Bucket=BUCKET, Key="key", VersionId=version_id)
    assert list_versions(client, KeyMarker="key", VersionIdMarker=ids[2]) == [
        ("version", "key", ids[3], True),
        ("version", "key", ids[4], False),
    ]


@promise
def a_page_behind_a_key_that_is_gone(client: Any) -> None:
    """Source: recorded aws-listing 18, taken further: the last version of the key was deleted."""
    enable_versioning(client)
    gone, kept = put_version(client, "a"), put_version(client, "b")
    client.delete_object(Bucket=BUCKET, Key="a", VersionId=gone)
    assert list_versions(client, KeyMarker="a", VersionIdMarker=gone) == [("version", "b", kept, True)]


@promise
def versions_come_in_pages_of_100(client: Any) -> None:
    # asserted aws-listing 19
    enable_versioning(client)
    ids = [put_version(client) for _ in range(101)][::-1]
    pages = list(
        client.get_paginator("list_object_versions").paginate(Bucket=BUCKET, PaginationConfig={"PageSize": 100})
    )
    assert [len(one["Versions"]) for one in pages] == [100, 1]
    assert [item["VersionId"] for one in pages for item in one["Versions"]] == ids


@promise
def pages_of_one_show_everything_once(client: Any) -> None:
    """Source: recorded aws-listing 15, 18: whatever was written, marked, suspended and written again."""
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


@promise
def keys_are_encoded(client: Any) -> None:
    """Source: recorded aws-listing 13 for the other lists; botocore decodes keys and markers again."""
    enable_versioning(client)
    for key in ("a b", "a&b", "ü"):
        put_version(client, key)
    with before_signing(client, {"encoding-type": "url"}):
        answer = get_page(client, MaxKeys=2, Prefix="a")
    assert [item["Key"] for item in answer["Versions"]] == ["a b", "a&b"]


@promise
def max_keys(cos: Service, aws: Any) -> None:
    """Source: public."""
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


@promise
def an_unknown_encoding_is_refused(cos: Service, aws: Any) -> None:
    """Source: recorded aws-listing 13."""
    message = "Invalid Encoding Method specified in Request"
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="encoding-type", ArgumentValue="value"):
        aws.list_object_versions(Bucket=BUCKET, EncodingType="value")


@promise
def a_missing_bucket_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 7."""
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        client.list_object_versions(Bucket="no-such-bucket")


@promise
def the_document_without_encoding(send: ByHand, aws: Any) -> None:
    """Source: recorded aws-listing 17: list-objects-versions-no-encoding."""
    put_version(aws, "dir/subdir/test2")
    root = xml_document(send("GET", f"/{BUCKET}", "versions&prefix=dir%2Fsubdir&delimiter=%2F"))
    assert root.tag == f"{NAMESPACE}ListVersionsResult"
    names = ["Name", "Prefix", "KeyMarker", "VersionIdMarker", "MaxKeys", "Delimiter", "IsTruncated", "CommonPrefixes"]
    assert child_names(root) == names
    assert [child.text for child in root][:7] == [BUCKET, "dir/subdir", None, None, "1000", "/", "false"]


@promise
def the_document_of_versions(send: ByHand, aws: Any) -> None:
    """Source: recorded aws-objects 14: Name before Version, Version last."""
    put_version(aws, "key")
    root = xml_document(send("GET", f"/{BUCKET}", "versions"))
    assert child_names(root)[0] == "Name"
    assert child_names(root)[-1] == "Version"


@promise
def versions_and_markers_are_one_list_in_the_document(send: ByHand, aws: Any) -> None:
    """Source: documented: the example of ListObjectVersions."""
    enable_versioning(aws)
    for key in ("a", "b"):
        put_version(aws, key)
        add_delete_marker(aws, key)
        put_version(aws, key)
    put_version(aws, "c/d")
    root = xml_document(send("GET", f"/{BUCKET}", "versions&delimiter=%2F"))
    assert child_names(root)[-7:] == [*["Version", "DeleteMarker", "Version"] * 2, "CommonPrefixes"]


@promise
def a_marker_that_never_was_a_version_of_the_key_is_refused(cos: Service, aws: Any) -> None:
    """Source: assumed."""
    enable_versioning(aws)
    of_another = put_version(aws, "a")
    put_version(aws, "b")
    for given in (of_another, ABSENT_VERSION, "not-an-id"):
        said = {"ArgumentName": "version-id-marker", "ArgumentValue": given}
        with refused(cos, "InvalidArgument", "Invalid version id specified", 400, **said):
            aws.list_object_versions(Bucket=BUCKET, KeyMarker="b", VersionIdMarker=given)

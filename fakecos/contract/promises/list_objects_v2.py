"""ListObjectsV2: continuation tokens, counts, and what differs from the first version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, only_boto3, promise
from fakecos.contract.steps.documents import NAMESPACE, child_names, xml_document

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import DATETIME, members_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import put_objects
from fakecos.contract.steps.refused import refused

BODY = b"123"
FOLDERS = ["folder/aSubfolder/subFile1", "folder/aSubfolder/subFile2", "folder/file1", "folder/file2"]
PATHS = ["test/bar/foo/123", "test/foo/bar/123", "test/foo/bar/456"]
TWELVE = sorted(f"test_{number}" for number in range(12))
NO_TOKEN = "The continuation token provided is incorrect"


def get_page(client: Any, **more: Any) -> Any:
    return members_of(client.list_objects_v2(Bucket=BUCKET, **more))


def expected_item(key: str) -> dict[str, Any]:
    return {
        "ChecksumAlgorithm": ["CRC32"],
        "ChecksumType": "FULL_OBJECT",
        "ETag": '"202cb962ac59075b964b07152d234b70"',
        "Key": key,
        "LastModified": DATETIME,
        "Size": 3,
        "StorageClass": "STANDARD",
    }


def expected_page(*keys: str, prefixes: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """Return a page of these keys and prefixes."""
    shown: dict[str, Any] = {"EncodingType": "url", "IsTruncated": False, "MaxKeys": 1000, "Name": BUCKET, "Prefix": ""}
    shown["KeyCount"] = len(keys) + len(prefixes)
    if keys:
        shown["Contents"] = [expected_item(key) for key in keys]
    if prefixes:
        shown["CommonPrefixes"] = [{"Prefix": prefix} for prefix in prefixes]
    return {**shown, **more}


@promise
@cases("call", ["list_objects", "list_objects_v2"])
def a_list_says_where_its_bucket_is(make_client: Any, call: str) -> None:
    """Source: public; of the first version: assumed."""
    client = make_client(region_name="eu-west-1")
    client.create_bucket(Bucket="elsewhere", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    headers = getattr(client, call)(Bucket="elsewhere")["ResponseMetadata"]["HTTPHeaders"]
    assert headers["x-amz-bucket-region"] == "eu-west-1"


@promise
def the_whole_answer_and_that_of_an_empty_bucket(client: Any) -> None:
    """Source: recorded aws-listing 8: no Owner."""
    assert get_page(client) == expected_page()
    put_objects(client, ["key0", "key1", "key2"], BODY)
    assert get_page(client) == expected_page("key0", "key1", "key2")


@promise
def the_owner_comes_when_it_is_fetched(client: Any) -> None:
    """Source: documented by AWS: fetch-owner."""
    put_objects(client, ["key0"], BODY)
    (item,) = get_page(client, FetchOwner=True)["Contents"]
    assert set(item["Owner"]) == {"ID"}
    assert "Owner" not in get_page(client, FetchOwner=False)["Contents"][0]


@promise
@cases(("prefix", "keys"), [("test/", PATHS), ("test/foo", PATHS[1:]), ("test/foo/bar", PATHS[1:])])
def a_prefix_selects_keys(client: Any, prefix: str, keys: list[str]) -> None:
    """Source: recorded aws-listing 9."""
    put_objects(client, PATHS, BODY)
    assert get_page(client, Prefix=prefix) == expected_page(*keys, Prefix=prefix)


@promise
@cases(
    ("prefix", "prefixes"),
    [
        ("test/", ("test/bar/", "test/foo/")),
        ("test/foo", ("test/foo/",)),
        ("test/foo/bar", ("test/foo/bar/",)),
    ],
)
def common_prefixes_count_as_keys(client: Any, prefix: str, prefixes: tuple[str, ...]) -> None:
    """Source: recorded aws-listing 10."""
    put_objects(client, PATHS, BODY)
    assert get_page(client, Prefix=prefix, Delimiter="/") == expected_page(
        prefixes=prefixes, Prefix=prefix, Delimiter="/"
    )


@promise
def a_common_prefix_fills_a_page(client: Any) -> None:
    """Source: recorded aws-listing 10."""
    put_objects(client, PATHS, BODY)
    answer = get_page(client, Prefix="test/", Delimiter="/", MaxKeys=1)
    token = answer.pop("NextContinuationToken")
    assert token
    assert answer == expected_page(prefixes=("test/bar/",), Prefix="test/", Delimiter="/", MaxKeys=1, IsTruncated=True)


@promise
def a_continuation_token_goes_on_behind_the_page(client: Any) -> None:
    """Source: recorded aws-listing 11."""
    put_objects(client, TWELVE, BODY)
    answer = get_page(client, MaxKeys=5)
    token = answer.pop("NextContinuationToken")
    assert answer == expected_page(*TWELVE[:5], MaxKeys=5, IsTruncated=True)
    rest = expected_page(*TWELVE[5:], ContinuationToken=token)
    assert get_page(client, ContinuationToken=token) == rest
    # the token wins over a start, which is then not told
    assert get_page(client, ContinuationToken=token, StartAfter="test_7") == rest


@promise
def a_start_is_told_and_excluded(client: Any) -> None:
    """Source: recorded aws-listing 11."""
    put_objects(client, TWELVE, BODY)
    assert get_page(client, StartAfter="test_7", MaxKeys=2) == expected_page(
        "test_8", "test_9", StartAfter="test_7", MaxKeys=2
    )


@promise
@cases("token", ["2abc", "1!", "1", "1/w=="])
def a_token_that_s3_never_gave_is_refused(cos: Service, client: Any, token: str) -> None:
    put_objects(client, TWELVE, BODY)
    with refused(cos, "InvalidArgument", NO_TOKEN, 400, ArgumentName="continuation-token"):
        client.list_objects_v2(Bucket=BUCKET, ContinuationToken=token)


@promise
def an_empty_token_is_refused(cos: Service, aws: Any) -> None:
    """Source: recorded aws-listing 11; not on COS: tests/ibm/test_dialect.py."""
    put_objects(aws, TWELVE, BODY)
    with refused(cos, "InvalidArgument", NO_TOKEN, 400, ArgumentName="continuation-token"):
        aws.list_objects_v2(Bucket=BUCKET, ContinuationToken="")


@promise
def a_token_works_after_its_key_was_deleted_and_others_came(client: Any) -> None:
    """Source: documented by AWS: the token is a position; nothing is looked up."""
    put_objects(client, TWELVE, BODY)
    token = get_page(client, MaxKeys=5)["NextContinuationToken"]
    client.delete_object(Bucket=BUCKET, Key=TWELVE[4])
    put_objects(client, ["test_20", "test_0a"], BODY)
    keys = [item["Key"] for item in get_page(client, ContinuationToken=token)["Contents"]]
    assert keys == ["test_20", *TWELVE[5:]]


@promise
def pages_over_a_common_prefix(client: Any) -> None:
    """Source: recorded aws-listing 12."""
    put_objects(client, FOLDERS, BODY)
    asked = {"Prefix": "folder/", "Delimiter": "/", "MaxKeys": 1}
    shown: dict[str, Any] = dict(asked)
    first = get_page(client, **asked)
    one = first.pop("NextContinuationToken")
    assert first == expected_page(prefixes=("folder/aSubfolder/",), IsTruncated=True, **shown)
    second = get_page(client, ContinuationToken=one, **asked)
    two = second.pop("NextContinuationToken")
    assert second == expected_page("folder/file1", IsTruncated=True, ContinuationToken=one, **shown)
    assert get_page(client, ContinuationToken=two, **asked) == expected_page(
        "folder/file2", ContinuationToken=two, **shown
    )


@promise
def none_at_all(client: Any) -> None:
    """Source: public sources: nothing is left out, although there are keys."""
    put_objects(client, TWELVE, BODY)
    assert get_page(client, MaxKeys=0) == expected_page(MaxKeys=0)


@promise
def open_uploads_are_not_listed(client: Any) -> None:
    """Source: documented by AWS: an upload becomes an object with Complete."""
    client.create_multipart_upload(Bucket=BUCKET, Key="open")
    assert get_page(client) == expected_page()


@promise
def the_paginator_gives_every_key_once(client: Any) -> None:
    put_objects(client, TWELVE, BODY)
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, PaginationConfig={"PageSize": 5})
    assert [item["Key"] for one in pages for item in one["Contents"]] == TWELVE


@promise
def a_delimiter_may_have_several_characters(client: Any) -> None:
    """Source: documented by AWS: "a character that you use to group keys"; longer ones are taken too (assumed)."""
    put_objects(client, ["a--b", "a--c", "a-d"], BODY)
    assert get_page(client, Delimiter="--") == expected_page("a-d", prefixes=("a--",), Delimiter="--")


@promise
def a_missing_bucket_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 7."""
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        client.list_objects_v2(Bucket="no-such-bucket")


@promise
def the_document_without_encoding(send: ByHand, client: Any) -> None:
    """Source: recorded aws-listing 9."""
    put_objects(client, PATHS, BODY)
    root = xml_document(send("GET", f"/{BUCKET}", "list-type=2&prefix=test/foo"))
    assert root.tag == f"{NAMESPACE}ListBucketResult"
    assert child_names(root) == ["Name", "Prefix", "KeyCount", "MaxKeys", "IsTruncated", "Contents", "Contents"]
    assert [child.text for child in root][:5] == [BUCKET, "test/foo", "2", "1000", "false"]
    assert child_names(root[-1]) == [
        *("Key", "LastModified", "ETag", "ChecksumAlgorithm", "ChecksumType", "Size", "StorageClass"),
    ]


@promise
@only_boto3("its botocore may be older than the attribute")
@cases("name", ["list_objects", "list_objects_v2", "list_object_versions"])
def another_attribute_than_restores_is_refused(cos: Service, aws: Any, name: str) -> None:
    """Source: assumed."""
    fields = {"ArgumentName": "x-amz-optional-object-attributes", "ArgumentValue": "Other"}
    with refused(cos, "InvalidArgument", status=400, **fields):
        getattr(aws, name)(Bucket=BUCKET, OptionalObjectAttributes=["Other"])

"""ListObjects, the first version: pages, markers, prefixes and delimiters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.by_hand import ErrorAnswer
from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.documents import NAMESPACE, child_names, xml_document
from fakecos.contract.steps.raising import raises

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import DATETIME, http_status, members_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import put_objects
from fakecos.contract.steps.refused import refused

BODY = b"content-123"
OWNER = {"ID": "that of the account"}
FOLDERS = ["folder/aSubfolder/subFile1", "folder/aSubfolder/subFile2", "folder/file1", "folder/file2"]


def get_page(client: Any, **more: Any) -> Any:
    page = members_of(client.list_objects(Bucket=BUCKET, **more))
    for item in page.get("Contents", []):
        if item.get("Owner", {}).get("ID"):
            item["Owner"]["ID"] = OWNER["ID"]
    return page


def expected_item(key: str) -> dict[str, Any]:
    """Return the item of a key of these tests, whose bodies are all equal."""
    return {
        "ChecksumAlgorithm": ["CRC32"],
        "ChecksumType": "FULL_OBJECT",
        "ETag": '"c3fcd3d76192e4007dfb496cca67e13b"',
        "Key": key,
        "LastModified": DATETIME,
        "Owner": OWNER,
        "Size": 26,
        "StorageClass": "STANDARD",
    }


def expected_page(*, truncated: bool = False, **more: Any) -> dict[str, Any]:
    shown = {"EncodingType": "url", "Marker": "", "MaxKeys": 1000, "Name": BUCKET, "Prefix": ""}
    return {**shown, "IsTruncated": truncated, **more}


ALPHABET = b"abcdefghijklmnopqrstuvwxyz"  # its MD5 stands in `line`


@promise
def an_empty_bucket(client: Any) -> None:
    """Source: recorded aws-listing 4."""
    answer = client.list_objects(Bucket=BUCKET, Marker="")
    assert http_status(answer) == 200
    assert members_of(answer) == expected_page()


@promise
def the_whole_answer(client: Any) -> None:
    """Source: recorded aws-listing 1."""
    keys = [f"test-key-{number}" for number in range(10)]
    put_objects(client, keys, ALPHABET)
    assert get_page(client, MaxKeys=100) == expected_page(MaxKeys=100, Contents=[expected_item(key) for key in keys])


@promise
def keys_stand_in_the_order_of_their_bytes(client: Any) -> None:
    """Source: documented by AWS: UTF-8 binary order."""
    keys = ["b", "a", "a/", "B", "ä", "a b", "a!", "\U0001f680", "\uffee", "0"]
    put_objects(client, keys, BODY)
    listed = [item["Key"] for item in get_page(client)["Contents"]]
    assert listed == sorted(keys, key=lambda key: key.encode())


@promise
@cases(
    ("delimiter", "shown"),
    [
        ("/", {"CommonPrefixes": [{"Prefix": "test/foo/"}], "Delimiter": "/"}),
        ("", {"Contents": [expected_item("test/foo/bar/123")]}),
    ],
)
def a_delimiter_rolls_keys_up_and_an_empty_one_is_not_told(client: Any, delimiter: str, shown: dict[str, Any]) -> None:
    """Source: recorded aws-listing 5."""
    put_objects(client, ["test/foo/bar/123"], ALPHABET)
    answer = get_page(client, Prefix="test/", Delimiter=delimiter, MaxKeys=1)
    assert answer == expected_page(Prefix="test/", MaxKeys=1, **shown)


@promise
def an_encoded_delimiter_is_just_text(client: Any) -> None:
    """Source: recorded aws-listing 5: %2F is told as %252F. That clients take that encoding off again: wire 4."""
    put_objects(client, ["test/foo/bar/123"], ALPHABET)
    answer = get_page(client, Prefix="test/", Delimiter="%2F", MaxKeys=1, EncodingType="url")
    assert answer == expected_page(
        Prefix="test/", MaxKeys=1, Delimiter="%252F", Contents=[expected_item("test/foo/bar/123")]
    )


@promise
def pages_over_a_common_prefix(client: Any) -> None:
    """Source: recorded aws-listing 6."""
    put_objects(client, FOLDERS, ALPHABET)
    asked = {"Prefix": "folder/", "Delimiter": "/", "MaxKeys": 1}
    assert get_page(client) == expected_page(Contents=[expected_item(key) for key in FOLDERS])
    common = expected_page(Prefix="folder/", Delimiter="/", MaxKeys=1)
    more = {**common, "IsTruncated": True}
    assert get_page(client, **asked) == {
        **more,
        "CommonPrefixes": [{"Prefix": "folder/aSubfolder/"}],
        "NextMarker": "folder/aSubfolder/",
    }
    first = {**more, "Contents": [expected_item("folder/file1")], "NextMarker": "folder/file1"}
    assert get_page(client, Marker="folder/aSubfolder/", **asked) == {**first, "Marker": "folder/aSubfolder/"}
    assert get_page(client, Marker="folder/file1", **asked) == {
        **common,
        "Marker": "folder/file1",
        "Contents": [expected_item("folder/file2")],
    }
    inside = "folder/aSubfolder/subFile1"
    assert get_page(client, Marker=inside, **asked) == {**first, "Marker": inside}


@promise
def without_a_delimiter_a_truncated_page_names_no_marker(client: Any) -> None:
    """Source: recorded aws-listing 6; documented: NextMarker "is returned only if you have the delimiter"."""
    put_objects(client, FOLDERS, BODY)
    answer = get_page(client, MaxKeys=2)
    assert answer["IsTruncated"] is True
    assert "NextMarker" not in answer
    rest = get_page(client, MaxKeys=2, Marker=answer["Contents"][-1]["Key"])
    assert [item["Key"] for item in rest["Contents"]] == FOLDERS[2:]
    assert rest["IsTruncated"] is False


@promise
def none_at_all(client: Any) -> None:
    """Source: public."""
    put_objects(client, FOLDERS, BODY)
    assert get_page(client, MaxKeys=0) == expected_page(MaxKeys=0)


@promise
def a_marker_need_not_be_a_key(client: Any) -> None:
    """Source: documented by AWS: "Marker can be any key in the bucket"; positions are compared, not looked up."""
    put_objects(client, FOLDERS, BODY)
    assert [item["Key"] for item in get_page(client, Marker="folder/f")["Contents"]] == FOLDERS[2:]
    assert "Contents" not in get_page(client, Marker="zzz")


@promise
def the_paginator_gives_every_key_once(client: Any) -> None:
    # boto3's paginator goes by NextMarker, or the last key
    put_objects(client, FOLDERS, BODY)
    for more in ({}, {"Delimiter": "/", "Prefix": "folder/"}):
        pages = client.get_paginator("list_objects").paginate(Bucket=BUCKET, PaginationConfig={"PageSize": 1}, **more)
        found = [
            item.get("Key") or item.get("Prefix")
            for one in pages
            for item in one.get("Contents", []) + one.get("CommonPrefixes", [])
        ]
        assert found == (["folder/aSubfolder/", *FOLDERS[2:]] if more else FOLDERS)


@promise
@cases("operation", ["list_objects", "list_objects_v2"])
@cases("value", ["value", "urls", ""])
def an_unknown_encoding_is_refused(cos: Service, client: Any, operation: str, value: str) -> None:
    """Source: recorded aws-listing 13; upper case: assumed."""
    with (
        before_signing(client, {"encoding-type": value}),
        refused(
            cos,
            "InvalidArgument",
            "Invalid Encoding Method specified in Request",
            400,
            ArgumentName="encoding-type",
            ArgumentValue=value or None,
        ),
    ):
        getattr(client, operation)(Bucket=BUCKET)


@promise
@cases("operation", ["list_objects", "list_objects_v2"])
@cases(
    ("value", "message", "name"),
    [
        ("abc", "Provided max-keys not an integer or within integer range", "max-keys"),
        ("2147483648", "Provided max-keys not an integer or within integer range", "max-keys"),
        ("-1", "Argument maxKeys must be an integer between 0 and 2147483647", "maxKeys"),
    ],
)
def max_keys_that_are_no_count_are_refused(
    cos: Service, client: Any, operation: str, value: str, message: str, name: str
) -> None:
    """Source: public."""
    with (
        before_signing(client, {"max-keys": value}),
        refused(cos, "InvalidArgument", message, 400, ArgumentName=name, ArgumentValue=value),
    ):
        getattr(client, operation)(Bucket=BUCKET)


@promise
@cases(("value", "asked"), [("", 1000), ("2147483647", 2147483647), ("05", 5), ("-0", 0), ("0" * 5000 + "5", 5)])
def max_keys_comes_back_as_it_was_asked_for(client: Any, value: str, asked: int) -> None:
    """Source: recorded aws-multipart 56 for an empty max-parts; public: aws-measured 10, 11."""
    with before_signing(client, {"max-keys": value}):
        assert get_page(client)["MaxKeys"] == asked


@promise
def a_missing_bucket_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 7."""
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        client.list_objects(Bucket="no-such-bucket")


@promise
def the_document_without_encoding(send: ByHand, client: Any) -> None:
    """Source: recorded aws-listing 5, aws-objects 14."""
    put_objects(client, ["test/foo/bar/123"], BODY)
    root = xml_document(send("GET", f"/{BUCKET}", "prefix=test&delimiter=%2F"))
    assert root.tag == f"{NAMESPACE}ListBucketResult"
    assert child_names(root) == ["Name", "Prefix", "Marker", "MaxKeys", "Delimiter", "IsTruncated", "CommonPrefixes"]
    assert [child.text for child in root][:6] == [BUCKET, "test", None, "1000", "/", "false"]
    assert root[6][0].text == "test/"


@promise
def the_order_of_elements_in_the_document(send: ByHand, client: Any, dialect: str) -> None:
    """Source: recorded aws-objects 14: Name before Contents, Contents last; times have milliseconds that are zero
    (12)."""
    put_objects(client, ["key"], BODY)
    root = xml_document(send("GET", f"/{BUCKET}"))
    assert child_names(root) == ["Name", "Prefix", "Marker", "MaxKeys", "IsTruncated", "Contents"]
    assert child_names(root[-1]) == [
        *("Key", "LastModified", "ETag", "ChecksumAlgorithm", "ChecksumType", "Size", "Owner", "StorageClass"),
    ]
    moment = root[-1][1].text or ""
    assert len(moment) == 24
    assert moment.endswith(".000Z") or dialect == "ibm"


@promise
@cases("value", ["1", "3", "two", ""])
def a_list_of_another_type_is_of_the_first_version(send: ByHand, value: str) -> None:
    """Source: public: aws-measured 11."""
    body = send("GET", f"/{BUCKET}", f"list-type={value}").body
    assert b"<Marker></Marker>" in body
    assert b"KeyCount" not in body


@promise
@cases(
    ("query", "name", "message"),
    [
        ("list-type=2&marker=", "marker", "Marker unsupported with REST.GET.BUCKET in list-type=2"),
        ("start-after=a", "start-after", "startAfter only supported in REST.GET.BUCKET with list-type=2"),
        (
            "start-after=&continuation-token=",
            "continuation-token",
            "continuation-token only supported in REST.GET.BUCKET with list-type=2",
        ),
    ],
)
def a_parameter_of_the_other_version_is_refused_before_the_bucket(
    cos: Service, send: ByHand, query: str, name: str, message: str
) -> None:
    """Source: public: aws-measured 11; HeadBucket: 14."""
    for bucket in (BUCKET, "no-such-bucket"):
        with refused(cos, "InvalidArgument", message, 400, ArgumentName=name):
            send("GET", f"/{bucket}", query)
        with raises(ErrorAnswer) as caught:
            send("HEAD", f"/{bucket}", query)
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


@promise
@cases(
    ("query", "name"),
    [
        ("max-keys=abc", "max-keys"),
        ("list-type=2&continuation-token=no&max-keys=abc", "max-keys"),
        ("versions&encoding-type=no&max-keys=abc", "max-keys"),
        ("uploads&max-uploads=abc", "max-uploads"),
        ("max-keys=-2147483649", "max-keys"),
    ],
)
def a_count_that_is_no_integer_comes_before_the_bucket(cos: Service, send: ByHand, query: str, name: str) -> None:
    """Source: public: aws-measured 10, 12, 13."""
    message = f"Provided {name} not an integer or within integer range"
    told = {"ArgumentName": name, "ArgumentValue": query.rpartition("=")[2]}
    for bucket in (BUCKET, "no-such-bucket"):
        with refused(cos, "InvalidArgument", message, 400, **told):
            send("GET", f"/{bucket}", query)


@promise
def url_in_capitals_is_url(send: ByHand, aws: Any) -> None:
    """Source: public: aws-measured 11."""
    aws.put_object(Bucket=BUCKET, Key="a b")
    for query in ("", "list-type=2&", "versions&"):
        body = send("GET", f"/{BUCKET}", f"{query}encoding-type=URL").body
        assert b"<EncodingType>URL</EncodingType>" in body
        assert b"<Key>a+b</Key>" in body

"""ListObjects, the first version: pages, markers, prefixes and delimiters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.list_objects import BODY, expected_page, get_page
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import put_objects
from fakecos.contract.steps.refused import refused
from tests.support.answers import NAMESPACE, child_names, read_body, xml_document
from tests.support.raw_requests import ErrorAnswer, send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS
PATHS = ["test/bar/foo/123", "test/foo/bar/123", "test/foo/bar/456"]


def test_the_document_without_encoding(cos: FakeCOS, client: Any) -> None:
    # recorded aws-listing 5, aws-objects 14
    put_objects(client, ["test/foo/bar/123"], BODY)
    root = xml_document(send_raw(cos, "GET", f"/{BUCKET}", "prefix=test&delimiter=%2F"))
    assert root.tag == f"{NAMESPACE}ListBucketResult"
    assert child_names(root) == ["Name", "Prefix", "Marker", "MaxKeys", "Delimiter", "IsTruncated", "CommonPrefixes"]
    assert [child.text for child in root][:6] == [BUCKET, "test", None, "1000", "/", "false"]
    assert root[6][0].text == "test/"


def test_the_order_of_elements_in_the_document(cos: FakeCOS, client: Any, dialect: str) -> None:
    # recorded aws-objects 14: Name before Contents, Contents last; times have milliseconds that are zero (12)
    put_objects(client, ["key"], BODY)
    root = xml_document(send_raw(cos, "GET", f"/{BUCKET}"))
    assert child_names(root) == ["Name", "Prefix", "Marker", "MaxKeys", "IsTruncated", "Contents"]
    assert child_names(root[-1]) == [
        *("Key", "LastModified", "ETag", "ChecksumAlgorithm", "ChecksumType", "Size", "Owner", "StorageClass"),
    ]
    moment = root[-1][1].text or ""
    assert len(moment) == 24
    assert moment.endswith(".000Z") or dialect == "ibm"


@pytest.mark.slow
def test_never_more_than_a_thousand_keys(client: Any) -> None:
    # recorded aws-listing 7; MaxKeys is what was asked for: public, aws-measured 11
    put_objects(client, [f"test-key-{number}" for number in range(1010)], b"")
    answer = get_page(client, Delimiter="/", MaxKeys=1010)
    assert len(answer.pop("Contents")) == 1000
    assert answer == expected_page(truncated=True, Delimiter="/", NextMarker="test-key-99", MaxKeys=1010)
    rest = get_page(client, Marker="test-key-99")
    assert [item["Key"] for item in rest["Contents"]] == [f"test-key-99{digit}" for digit in range(10)]


@pytest.mark.parametrize("value", ["1", "3", "two", ""])
def test_a_list_of_another_type_is_of_the_first_version(cos: FakeCOS, value: str) -> None:
    # public: aws-measured 11
    body = read_body(send_raw(cos, "GET", f"/{BUCKET}", f"list-type={value}"))
    assert b"<Marker></Marker>" in body
    assert b"KeyCount" not in body


@pytest.mark.parametrize(
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
def test_a_parameter_of_the_other_version_is_refused_before_the_bucket(
    cos: FakeCOS, query: str, name: str, message: str
) -> None:
    # public: aws-measured 11; HeadBucket: 14
    for bucket in (BUCKET, "no-such-bucket"):
        with refused(cos, "InvalidArgument", message, 400, ArgumentName=name):
            send_raw(cos, "GET", f"/{bucket}", query)
        with pytest.raises(ErrorAnswer) as caught:
            send_raw(cos, "HEAD", f"/{bucket}", query)
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("max-keys=abc", "max-keys"),
        ("list-type=2&continuation-token=no&max-keys=abc", "max-keys"),
        ("versions&encoding-type=no&max-keys=abc", "max-keys"),
        ("uploads&max-uploads=abc", "max-uploads"),
        ("max-keys=-2147483649", "max-keys"),
    ],
)
def test_a_count_that_is_no_integer_comes_before_the_bucket(cos: FakeCOS, query: str, name: str) -> None:
    # public: aws-measured 10, 12, 13
    message = f"Provided {name} not an integer or within integer range"
    told = {"ArgumentName": name, "ArgumentValue": query.rpartition("=")[2]}
    for bucket in (BUCKET, "no-such-bucket"):
        with refused(cos, "InvalidArgument", message, 400, **told):
            send_raw(cos, "GET", f"/{bucket}", query)


def test_url_in_capitals_is_url(cos: FakeCOS, aws: Any) -> None:
    # public: aws-measured 11
    aws.put_object(Bucket=BUCKET, Key="a b")
    for query in ("", "list-type=2&", "versions&"):
        body = read_body(send_raw(cos, "GET", f"/{BUCKET}", f"{query}encoding-type=URL"))
        assert b"<EncodingType>URL</EncodingType>" in body
        assert b"<Key>a+b</Key>" in body

"""Put, Get and DeleteObjectTagging (recorded aws-objects 60-62)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import child_names, http_status, members_of, specific_headers, xml_document
from tests.support.constants import BUCKET
from tests.support.digests import md5_base64
from tests.support.messages import (
    INVALID_TAG_KEY,
    INVALID_TAG_VALUE,
    INVALID_VERSION_ID,
    MALFORMED_XML,
    METHOD_NOT_ALLOWED,
    NO_SUCH_KEY,
    NO_SUCH_VERSION,
)
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused
from tests.support.versions import (
    ABSENT_VERSION,
    NULL_VERSION,
    add_delete_marker,
    enable_versioning,
    put_version,
    suspend_versioning,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

OBJECT = {"Bucket": BUCKET, "Key": "key"}


def tag_set(**tags: str) -> list[dict[str, str]]:
    return [{"Key": name, "Value": value} for name, value in tags.items()]


def tag(client: Any, *pairs: tuple[str, str], **more: Any) -> Any:
    tags = [{"Key": name, "Value": value} for name, value in pairs]
    return client.put_object_tagging(**OBJECT, Tagging={"TagSet": tags}, **more)


def tags(client: Any, **more: Any) -> Any:
    return members_of(client.get_object_tagging(**OBJECT, **more))


def test_a_document_replaces_the_tags_of_the_header(client: Any) -> None:
    # recorded aws-objects 60
    put_version(client, body=b"test-tagging", Tagging="tag1=tag1&tag2=tag2&tag=")
    assert tags(client) == {"TagSet": tag_set(tag="", tag1="tag1", tag2="tag2")}
    answer = tag(client, ("tag3", "tag3"))
    assert (http_status(answer), members_of(answer), specific_headers(answer)) == (200, {}, {"content-length": "0"})
    assert tags(client) == {"TagSet": tag_set(tag3="tag3")}
    assert client.get_object(**OBJECT)["TagCount"] == 1


@pytest.mark.parametrize(
    ("header", "found"),
    [("wrongquery&wrongagain", tag_set(wrongagain="", wrongquery="")), ("key1&&&key2", tag_set(key1="", key2=""))],
)
def test_odd_headers(client: Any, header: str, found: Any) -> None:
    # recorded aws-objects 60
    put_version(client, Tagging=header)
    assert tags(client) == {"TagSet": found}


def test_an_empty_set_clears_the_tags(client: Any) -> None:
    # recorded aws-objects 61
    put_version(client, Tagging="a=1")
    assert members_of(tag(client)) == {}
    assert tags(client) == {"TagSet": []}
    assert "TagCount" not in client.get_object(**OBJECT)


def test_deleting_takes_all_away(client: Any) -> None:
    # recorded aws-objects 62, 14: a 204 has neither Content-Type nor Content-Length
    put_version(client, Tagging="a=1&b=2")
    for _ in range(2):
        answer = client.delete_object_tagging(**OBJECT)
        assert (http_status(answer), members_of(answer), specific_headers(answer)) == (204, {}, {})
        assert tags(client) == {"TagSet": []}


def test_the_object_is_not_written_anew(cos: FakeCOS, client: Any) -> None:
    put_version(client, body=b"body", Metadata={"a": "b"})
    before = client.get_object(**OBJECT)
    cos.advance(days=1)
    tag(client, ("a", "1"))
    after = client.get_object(**OBJECT)
    assert after["TagCount"] == 1
    for name in ("LastModified", "ETag", "Metadata", "ContentLength"):
        assert after[name] == before[name]


def test_the_document_as_it_is_on_the_wire(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 14
    put_version(client, Tagging="a=1")
    root = xml_document(send_raw(cos, "GET", f"/{BUCKET}/key", "tagging"))
    assert root.tag.endswith("}Tagging")
    assert child_names(root) == ["TagSet"]
    assert child_names(root[0]) == ["Tag"]
    assert child_names(root[0][0]) == ["Key", "Value"]


def test_head_tells_the_number_of_tags(aws: Any) -> None:
    # recorded aws-objects 60; IBM's model has no such member
    put_version(aws)
    tag(aws, ("a", "1"), ("b", "2"))
    assert aws.head_object(**OBJECT)["TagCount"] == 2


# --- versions ----------------------------------------------------------------------------------------


def test_tags_are_of_one_version(client: Any) -> None:
    # recorded aws-objects 62
    enable_versioning(client)
    first = put_version(client, Tagging="test_tag=tagv1")
    second = put_version(client)
    assert members_of(tag(client, ("tag3", "tag3"))) == {"VersionId": second}
    assert tags(client) == {"TagSet": tag_set(tag3="tag3"), "VersionId": second}
    assert tags(client, VersionId=first) == {"TagSet": tag_set(test_tag="tagv1"), "VersionId": first}
    assert members_of(tag(client, ("tag1", "tag1"), VersionId=first)) == {"VersionId": first}
    assert tags(client, VersionId=first) == {"TagSet": tag_set(tag1="tag1"), "VersionId": first}
    assert members_of(client.delete_object_tagging(**OBJECT)) == {"VersionId": second}
    assert tags(client) == {"TagSet": [], "VersionId": second}
    assert tags(client, VersionId=first) == {"TagSet": tag_set(tag1="tag1"), "VersionId": first}


def test_the_null_version_is_named_too(client: Any) -> None:
    # assumed: as reads do (recorded aws-objects 53)
    put_version(client, Tagging="a=1")
    enable_versioning(client)
    suspend_versioning(client)
    assert tags(client, VersionId=NULL_VERSION) == {"TagSet": tag_set(a="1"), "VersionId": NULL_VERSION}


@pytest.mark.parametrize("by_id", [True, False])
def test_a_delete_marker_has_no_tags(cos: FakeCOS, client: Any, by_id: bool) -> None:
    # recorded aws-objects 62: ...-delete-marker-id, ...-delete-marker-latest
    enable_versioning(client)
    put_version(client)
    marker = add_delete_marker(client)
    more = {"VersionId": marker} if by_id else {}
    calls: dict[str, Callable[[], Any]] = {
        "PUT": lambda: tag(client, ("a", "1"), **more),
        "GET": lambda: tags(client, **more),
        "DELETE": lambda: client.delete_object_tagging(**OBJECT, **more),
    }
    for method, call in calls.items():
        with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method=method, ResourceType="DeleteMarker"):
            call()


def test_what_is_not_there(cos: FakeCOS, client: Any) -> None:
    calls: list[Callable[..., Any]] = [lambda **more: tag(client, ("a", "1"), **more)]
    calls += [lambda **more: client.delete_object_tagging(**OBJECT, **more), lambda **more: tags(client, **more)]
    keys = ["key", "key", f"{BUCKET}/key"]  # public: answers of AWS (aws-measured 19)
    for call, key in zip(calls, keys, strict=True):
        with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key=key):
            call()
    enable_versioning(client)
    put_version(client)
    for call, key in zip(calls, keys, strict=True):
        with refused(cos, "NoSuchVersion", NO_SUCH_VERSION, 404, Key=key, VersionId=ABSENT_VERSION):
            call(VersionId=ABSENT_VERSION)
        with refused(cos, "InvalidArgument", INVALID_VERSION_ID, 400, ArgumentName="versionId", ArgumentValue="x"):
            call(VersionId="x")


def test_a_bucket_that_is_not_there(cos: FakeCOS, client: Any) -> None:
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-bucket"):
        client.get_object_tagging(Bucket="no-bucket", Key="key")


# --- what a document may say -------------------------------------------------------------------------


def test_ten_tags_and_no_more(cos: FakeCOS, client: Any) -> None:
    # documented; the words: public
    put_version(client)
    tag(client, *((f"t{number}", "") for number in range(10)))
    with refused(cos, "BadRequest", "Object tags cannot be greater than 10", 400):
        tag(client, *((f"t{number}", "") for number in range(11)))


def test_a_name_given_twice(cos: FakeCOS, client: Any) -> None:
    # public
    put_version(client)
    with refused(cos, "InvalidTag", "Cannot provide multiple Tags with the same key", 400, TagKey="a"):
        tag(client, ("a", "1"), ("a", "2"))


def test_a_name_of_s3_s_own(cos: FakeCOS, client: Any) -> None:
    # public
    put_version(client)
    with refused(cos, "InvalidTag", "Your TagKey cannot be prefixed with aws:", 400, TagKey="aws:a"):
        tag(client, ("aws:a", "1"))
    tag(client, ("a:aws:", "1"))


@pytest.mark.parametrize(
    ("name", "value", "message", "said"),
    [
        ("k" * 129, "1", INVALID_TAG_KEY, ["TagKey"]),
        ("a<b", "1", INVALID_TAG_KEY, ["TagKey"]),
        ("Key1,Key2", "1", INVALID_TAG_KEY, ["TagKey"]),
        ("k", "v" * 257, INVALID_TAG_VALUE, ["TagKey", "TagValue"]),
        ("k", "a&b", INVALID_TAG_VALUE, ["TagKey", "TagValue"]),
    ],
)
def test_tags_that_are_too_long_or_have_other_characters(
    cos: FakeCOS, client: Any, name: str, value: str, message: str, said: list[str]
) -> None:
    # documented; the words: public, answers of AWS
    put_version(client)
    fields = {"TagKey": name, "TagValue": value}
    with refused(cos, "InvalidTag", message, 400, **{field: fields[field] for field in said}):
        tag(client, (name, value))


def test_the_longest_tag(client: Any) -> None:
    put_version(client)
    tag(client, ("k" * 128, "v" * 256))
    assert tags(client) == {"TagSet": [{"Key": "k" * 128, "Value": "v" * 256}]}


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>",
        b"<Tagging><TagSet><Tag><Value>a</Value></Tag></TagSet></Tagging>",
        b"<Tagging><TagSet>",
    ],
)
def test_documents_that_are_none(cos: FakeCOS, aws: Any, document: bytes) -> None:
    # the words: recorded aws-objects 65; here: assumed
    put_version(aws, Tagging="a=1")
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        send_raw(cos, "PUT", f"/{BUCKET}/key", "tagging", {"content-md5": md5_base64(document)}, document)


@pytest.mark.parametrize(
    "document", [b"<Tagging/>", b'<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></Tagging>']
)
def test_a_document_without_a_tag_set_takes_the_tags_away(cos: FakeCOS, aws: Any, document: bytes) -> None:
    # recorded aws-changes 16
    aws.put_object(Bucket=BUCKET, Key="key", Tagging="a=1")
    assert send_raw(cos, "PUT", f"/{BUCKET}/key", "tagging", body=document).status == 200
    assert tags(aws) == {"TagSet": []}

"""Put, Get and DeleteObjectTagging (recorded aws-objects 60-62)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.documents import child_names, xml_document
from fakecos.contract.steps.messages import (
    INVALID_TAG_KEY,
    INVALID_TAG_VALUE,
    INVALID_VERSION_ID,
    MALFORMED_XML,
    METHOD_NOT_ALLOWED,
    NO_SUCH_KEY,
    NO_SUCH_VERSION,
)
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import (
    ABSENT_VERSION,
    NULL_VERSION,
    add_delete_marker,
    enable_versioning,
    put_version,
    suspend_versioning,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand

OBJECT = {"Bucket": BUCKET, "Key": "key"}


def tag_set(**tags: str) -> list[dict[str, str]]:
    return [{"Key": name, "Value": value} for name, value in tags.items()]


def tag(client: Any, *pairs: tuple[str, str], **more: Any) -> Any:
    tags = [{"Key": name, "Value": value} for name, value in pairs]
    return client.put_object_tagging(**OBJECT, Tagging={"TagSet": tags}, **more)


def tags(client: Any, **more: Any) -> Any:
    return members_of(client.get_object_tagging(**OBJECT, **more))


@promise
def a_document_replaces_the_tags_of_the_header(client: Any) -> None:
    """Source: recorded aws-objects 60."""
    put_version(client, body=b"test-tagging", Tagging="tag1=tag1&tag2=tag2&tag=")
    assert tags(client) == {"TagSet": tag_set(tag="", tag1="tag1", tag2="tag2")}
    answer = tag(client, ("tag3", "tag3"))
    assert (http_status(answer), members_of(answer), specific_headers(answer)) == (200, {}, {"content-length": "0"})
    assert tags(client) == {"TagSet": tag_set(tag3="tag3")}
    assert client.get_object(**OBJECT)["TagCount"] == 1


@promise
@cases(
    ("header", "found"),
    [("wrongquery&wrongagain", tag_set(wrongagain="", wrongquery="")), ("key1&&&key2", tag_set(key1="", key2=""))],
)
def odd_headers(client: Any, header: str, found: Any) -> None:
    """Source: recorded aws-objects 60."""
    put_version(client, Tagging=header)
    assert tags(client) == {"TagSet": found}


@promise
def an_empty_set_clears_the_tags(client: Any) -> None:
    """Source: recorded aws-objects 61."""
    put_version(client, Tagging="a=1")
    assert members_of(tag(client)) == {}
    assert tags(client) == {"TagSet": []}
    assert "TagCount" not in client.get_object(**OBJECT)


@promise
def deleting_takes_all_away(client: Any) -> None:
    """Source: recorded aws-objects 62, 14: a 204 has neither Content-Type nor Content-Length."""
    put_version(client, Tagging="a=1&b=2")
    for _ in range(2):
        answer = client.delete_object_tagging(**OBJECT)
        assert (http_status(answer), members_of(answer), specific_headers(answer)) == (204, {}, {})
        assert tags(client) == {"TagSet": []}


@promise
def head_tells_the_number_of_tags(aws: Any) -> None:
    """Source: recorded aws-objects 60; IBM's model has no such member."""
    put_version(aws)
    tag(aws, ("a", "1"), ("b", "2"))
    assert aws.head_object(**OBJECT)["TagCount"] == 2


# --- versions ----------------------------------------------------------------------------------------


@promise
def tags_are_of_one_version(client: Any) -> None:
    """Source: recorded aws-objects 62."""
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


@promise
def the_null_version_is_named_too(client: Any) -> None:
    """Source: assumed: as reads do (recorded aws-objects 53)."""
    put_version(client, Tagging="a=1")
    enable_versioning(client)
    suspend_versioning(client)
    assert tags(client, VersionId=NULL_VERSION) == {"TagSet": tag_set(a="1"), "VersionId": NULL_VERSION}


@promise
@cases("by_id", [True, False])
def a_delete_marker_has_no_tags(cos: Service, client: Any, by_id: bool) -> None:
    """Source: recorded aws-objects 62: ...-delete-marker-id, ...-delete-marker-latest."""
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


@promise
def what_is_not_there(cos: Service, client: Any) -> None:
    """Source: public: answers of AWS (aws-measured 19)."""
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


@promise
def a_bucket_that_is_not_there(cos: Service, client: Any) -> None:
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-bucket"):
        client.get_object_tagging(Bucket="no-bucket", Key="key")


# --- what a document may say -------------------------------------------------------------------------


@promise
def ten_tags_and_no_more(cos: Service, client: Any) -> None:
    """Source: documented; the words: public."""
    put_version(client)
    tag(client, *((f"t{number}", "") for number in range(10)))
    with refused(cos, "BadRequest", "Object tags cannot be greater than 10", 400):
        tag(client, *((f"t{number}", "") for number in range(11)))


@promise
def a_name_given_twice(cos: Service, client: Any) -> None:
    """Source: public."""
    put_version(client)
    with refused(cos, "InvalidTag", "Cannot provide multiple Tags with the same key", 400, TagKey="a"):
        tag(client, ("a", "1"), ("a", "2"))


@promise
def a_name_of_s3_s_own(cos: Service, client: Any) -> None:
    """Source: public."""
    put_version(client)
    with refused(cos, "InvalidTag", "Your TagKey cannot be prefixed with aws:", 400, TagKey="aws:a"):
        tag(client, ("aws:a", "1"))
    tag(client, ("a:aws:", "1"))


@promise
@cases(
    ("name", "value", "message", "said"),
    [
        ("k" * 129, "1", INVALID_TAG_KEY, ["TagKey"]),
        ("a<b", "1", INVALID_TAG_KEY, ["TagKey"]),
        ("Key1,Key2", "1", INVALID_TAG_KEY, ["TagKey"]),
        ("k", "v" * 257, INVALID_TAG_VALUE, ["TagKey", "TagValue"]),
        ("k", "a&b", INVALID_TAG_VALUE, ["TagKey", "TagValue"]),
    ],
)
def tags_that_are_too_long_or_have_other_characters(
    cos: Service, client: Any, name: str, value: str, message: str, said: list[str]
) -> None:
    """Source: documented; the words: public, answers of AWS."""
    put_version(client)
    fields = {"TagKey": name, "TagValue": value}
    with refused(cos, "InvalidTag", message, 400, **{field: fields[field] for field in said}):
        tag(client, (name, value))


@promise
def the_longest_tag(client: Any) -> None:
    put_version(client)
    tag(client, ("k" * 128, "v" * 256))
    assert tags(client) == {"TagSet": [{"Key": "k" * 128, "Value": "v" * 256}]}


@promise
def the_document_as_it_is_on_the_wire(send: ByHand, client: Any) -> None:
    """Source: recorded aws-objects 14."""
    put_version(client, Tagging="a=1")
    root = xml_document(send("GET", f"/{BUCKET}/key", "tagging"))
    assert root.tag.endswith("}Tagging")
    assert child_names(root) == ["TagSet"]
    assert child_names(root[0]) == ["Tag"]
    assert child_names(root[0][0]) == ["Key", "Value"]


@promise
@cases(
    "document",
    [
        b"",
        b"<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>",
        b"<Tagging><TagSet><Tag><Value>a</Value></Tag></TagSet></Tagging>",
        b"<Tagging><TagSet>",
    ],
)
def documents_that_are_none(cos: Service, send: ByHand, aws: Any, document: bytes) -> None:
    """Source: recorded aws-objects 65; here: assumed."""
    put_version(aws, Tagging="a=1")
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        send("PUT", f"/{BUCKET}/key", "tagging", {"content-md5": md5_base64(document)}, document)


@promise
@cases("document", [b"<Tagging/>", b'<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></Tagging>'])
def a_document_without_a_tag_set_takes_the_tags_away(send: ByHand, aws: Any, document: bytes) -> None:
    """Source: recorded aws-changes 16; of COS: assumed."""
    aws.put_object(Bucket=BUCKET, Key="key", Tagging="a=1")
    assert send("PUT", f"/{BUCKET}/key", "tagging", body=document).status == 200
    assert tags(aws) == {"TagSet": []}


@promise
@cases("before", [b"<!DOCTYPE Tagging>", b'<!DOCTYPE Tagging [<!ENTITY e "1">]>', b"<!-- <!DOCTYPE x> -->"])
def a_document_type_is_refused(cos: Service, send: ByHand, aws: Any, before: bytes) -> None:
    """Source: assumed: it is where entities are declared. One that only stands in a comment is refused too."""
    aws.put_object(**OBJECT)
    body = before + b"<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>"
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        send("PUT", f"/{BUCKET}/key", "tagging", {"content-md5": md5_base64(body)}, body)

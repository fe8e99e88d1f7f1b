"""DeleteObjects: many keys in one request, each with its own outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise, uses
from fakecos.contract.steps.documents import NAMESPACE, child_names, xml_document

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

import base64
import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.messages import CHECKSUM_REQUIRED, MALFORMED_XML
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused


def listed(*keys: str, **more: Any) -> dict[str, Any]:
    return {"Objects": [{"Key": key} for key in keys], **more}


@promise
@uses("two_objects")
def a_key_given_twice_is_told_twice(client: Any) -> None:
    """Source: assumed: the entries are worked off one by one, and the second finds nothing."""
    answer = members_of(client.delete_objects(Bucket=BUCKET, Delete=listed("one", "one")))
    assert answer == {"Deleted": [{"Key": "one"}, {"Key": "one"}]}


@promise
@uses("two_objects")
def no_more_than_a_thousand_keys(cos: Service, client: Any) -> None:
    """Source: documented by AWS: "up to 1,000 keys"."""
    keys = [f"key-{number}" for number in range(1000)]
    assert len(members_of(client.delete_objects(Bucket=BUCKET, Delete=listed(*keys)))["Deleted"]) == 1000
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        client.delete_objects(Bucket=BUCKET, Delete=listed("one", *keys))


@promise
@uses("two_objects")
def no_keys_at_all_are_refused(cos: Service, client: Any) -> None:
    """Source: documented schema: Object is required."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        client.delete_objects(Bucket=BUCKET, Delete={"Objects": []})


@promise
@uses("two_objects")
def one_key_that_is_too_long_refuses_them_all(cos: Service, client: Any) -> None:
    """Source: public."""
    with refused(cos, "KeyTooLongError", "Your key is too long", 400, Size="1025", MaxSizeAllowed="1024"):
        client.delete_objects(Bucket=BUCKET, Delete=listed("one", "k" * 1025))


@promise
@uses("two_objects")
def bypassing_a_lock_needs_a_bucket_with_object_lock(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 72."""
    message = "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets."
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="x-amz-bypass-governance-retention"):
        client.delete_objects(Bucket=BUCKET, Delete=listed("one"), BypassGovernanceRetention=True)


@promise
@uses("two_objects")
def a_missing_bucket_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 7."""
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        client.delete_objects(Bucket="no-such-bucket", Delete=listed("one"))


@promise
@uses("two_objects")
@cases("condition", [{"Size": 99}, {"LastModifiedTime": dt.datetime(2000, 1, 1, tzinfo=dt.timezone.utc)}])
def conditions_of_directory_buckets_are_refused(cos: Service, aws: Any, condition: dict[str, Any]) -> None:
    """Source: documented by AWS: only directory buckets have them; public: aws-measured 20."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        aws.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "two"}, {"Key": "one", **condition}]})


@promise
def the_document_has_a_root_in_s3s_namespace(send: ByHand) -> None:
    """Source: recorded aws-objects 46."""
    body = b"<Delete><Object><Key>one</Key></Object><Object><Key>two</Key></Object></Delete>"
    response = send("POST", f"/{BUCKET}", "delete", {"content-md5": md5_base64(body)}, body)
    root = xml_document(response)
    assert root.tag == f"{NAMESPACE}DeleteResult"
    assert child_names(root) == ["Deleted", "Deleted"]
    assert [child_names(child) for child in root] == [["Key"], ["Key"]]


@promise
def a_request_without_a_digest_is_refused(cos: Service, send: ByHand) -> None:
    """Source: public."""
    with refused(cos, "InvalidRequest", CHECKSUM_REQUIRED, 400):
        send("POST", f"/{BUCKET}", "delete", {}, b"<Delete><Object><Key>one</Key></Object></Delete>")


@promise
def a_wrong_content_md5_is_refused(cos: Service, send: ByHand) -> None:
    """Source: public sources: the expected digest is base64 here."""
    wrong = base64.b64encode(hashlib.md5(b"other", usedforsecurity=False).digest()).decode()
    body = b"<Delete><Object><Key>one</Key></Object></Delete>"
    with refused(
        cos,
        "BadDigest",
        "The Content-MD5 you specified did not match what we received.",
        400,
        ExpectedDigest=wrong,
        CalculatedDigest=md5_base64(body),
    ):
        send("POST", f"/{BUCKET}", "delete", {"content-md5": wrong}, body)


@promise
def a_wrong_checksum_is_refused(cos: Service, send: ByHand) -> None:
    """Source: public."""
    with refused(cos, "BadDigest", "The CRC32 you specified did not match the calculated checksum.", 400):
        send(
            "POST",
            f"/{BUCKET}",
            "delete",
            {"x-amz-checksum-crc32": "AAAAAA=="},
            b"<Delete><Object><Key>one</Key></Object></Delete>",
        )


@promise
@cases(
    "body",
    [
        b"<Delete>",
        b"<Delete/>",
        b"<Delete><Object/></Delete>",
        b"<Delete><Object><VersionId>null</VersionId></Object></Delete>",
        b"<Remove><Object><Key>one</Key></Object></Remove>",
        b"not XML",
        b"<Delete><Object><Key>one</Key><Size>1</Size></Object></Delete>",
        b"<Delete><Loud>true</Loud><Object><Key>one</Key></Object></Delete>",
        b"<!DOCTYPE Delete><Delete><Object><Key>one</Key></Object></Delete>",
    ],
)
def a_malformed_document_is_refused_whole(cos: Service, send: ByHand, body: bytes) -> None:
    """Source: public for what is not well-formed and for a missing Key; documented schema; unknown elements and
    document types: assumed."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400) as answer:
        send("POST", f"/{BUCKET}", "delete", {"content-md5": md5_base64(body)}, body)
    assert not answer["Body"].startswith(b"<?xml")


@promise
def a_list_with_an_empty_key_is_refused_whole(cos: Service, send: ByHand) -> None:
    """Source: public: aws-measured 20."""
    body = b"<Delete><Object><Key>two</Key></Object><Object><Key></Key></Object></Delete>"
    with refused(cos, "UserKeyMustBeSpecified", "User key must be specified.", 400):
        send("POST", f"/{BUCKET}", "delete", {"content-md5": md5_base64(body)}, body)


@promise
def no_body_is_refused_as_such(cos: Service, send: ByHand) -> None:
    """Source: public: aws-measured 20."""
    with refused(cos, "MissingRequestBodyError", "Request Body is empty", 400):
        send("POST", f"/{BUCKET}", "delete", {"content-md5": md5_base64(b"")})


@promise
def the_bucket_comes_before_the_digest(cos: Service, send: ByHand) -> None:
    """Source: public: aws-measured 20."""
    for path, query in (("/no-such-bucket", "delete"), ("/no-such-bucket/key", "tagging")):
        method = "POST" if query == "delete" else "PUT"
        with refused(cos, "NoSuchBucket", status=404, BucketName="no-such-bucket"):
            send(method, path, query, {"content-md5": "garbage"}, b"<garbage")

"""DeleteObjects: many keys in one request, each with its own outcome."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.delete_objects import listed
from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.answers import NAMESPACE, child_names, read_body, xml_document
from tests.support.messages import CHECKSUM_REQUIRED
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.usefixtures("two_objects")


def test_missing_keys_count_as_deleted(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 45
    answer = client.delete_objects(Bucket=BUCKET, Delete=listed("dummy1", "one", "dummy2"))
    assert http_status(answer) == 200
    assert members_of(answer) == {"Deleted": [{"Key": "dummy1"}, {"Key": "one"}, {"Key": "dummy2"}]}
    assert specific_headers(answer)["content-type"] == "application/xml"
    assert list(cos.store.buckets[BUCKET].objects) == ["two"]


def test_quiet_tells_only_what_went_wrong(cos: FakeCOS, client: Any) -> None:
    # documented by AWS: Quiet
    assert members_of(client.delete_objects(Bucket=BUCKET, Delete=listed("one", "dummy", Quiet=True))) == {}
    assert list(cos.store.buckets[BUCKET].objects) == ["two"]
    objects = [{"Key": "two"}, {"Key": "two", "VersionId": "a" * 32}]
    answer = members_of(client.delete_objects(Bucket=BUCKET, Delete={"Objects": objects, "Quiet": True}))
    assert list(answer) == ["Errors"]


def test_a_version_that_does_not_exist_is_an_error_of_its_key_alone(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 50
    objects = [{"Key": "one", "VersionId": "a" * 32}, {"Key": "two"}]
    assert members_of(client.delete_objects(Bucket=BUCKET, Delete={"Objects": objects})) == {
        "Deleted": [{"Key": "two"}],
        "Errors": [
            {
                "Code": "NoSuchVersion",
                "Key": "one",
                "Message": "The specified version does not exist.",
                "VersionId": "a" * 32,
            }
        ],
    }
    assert list(cos.store.buckets[BUCKET].objects) == ["one"]


def test_the_version_null_is_deleted_and_named(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 48 for other versions; for `null`: assumed
    objects = [{"Key": "one", "VersionId": "null"}]
    assert members_of(client.delete_objects(Bucket=BUCKET, Delete={"Objects": objects})) == {
        "Deleted": [{"Key": "one", "VersionId": "null"}]
    }
    assert list(cos.store.buckets[BUCKET].objects) == ["two"]


def test_an_etag_guards_its_key_alone(cos: FakeCOS, aws: Any) -> None:
    # documented by AWS: conditional deletes; the words are those recorded for DeleteObject, aws-objects 24
    aws.put_object(Bucket=BUCKET, Key="one", Body=b"data")
    objects = [{"Key": "one", "ETag": "badvalue"}, {"Key": "two", "ETag": "*"}]
    answer = members_of(aws.delete_objects(Bucket=BUCKET, Delete={"Objects": objects}))
    assert answer["Deleted"] == [{"Key": "two"}]
    (error,) = answer["Errors"]
    assert (error["Key"], error["Code"]) == ("one", "PreconditionFailed")
    assert list(cos.store.buckets[BUCKET].objects) == ["one"]


def test_odd_keys_come_back_as_they_were_sent(cos: FakeCOS, client: Any) -> None:
    # the document is XML: what has a meaning there is escaped on both ways
    keys = ["a<b>&'\"", "tab\there", "new\nline", "carriage\rreturn", "ü 🚀", " leading", "trailing "]
    for key in keys:
        client.put_object(Bucket=BUCKET, Key=key, Body=b"1")
    answer = members_of(client.delete_objects(Bucket=BUCKET, Delete=listed(*keys)))
    assert [item["Key"] for item in answer["Deleted"]] == keys
    assert list(cos.store.buckets[BUCKET].objects) == ["one", "two"]


def test_the_document_has_a_root_in_s3s_namespace(cos: FakeCOS) -> None:
    # recorded aws-objects 46
    body = b"<Delete><Object><Key>one</Key></Object><Object><Key>two</Key></Object></Delete>"
    response = send_raw(cos, "POST", f"/{BUCKET}", "delete", {"content-md5": md5_base64(body)}, body)
    root = xml_document(response)
    assert root.tag == f"{NAMESPACE}DeleteResult"
    assert child_names(root) == ["Deleted", "Deleted"]
    assert [child_names(child) for child in root] == [["Key"], ["Key"]]


def test_a_request_without_a_digest_is_refused(cos: FakeCOS) -> None:
    # public
    with refused(cos, "InvalidRequest", CHECKSUM_REQUIRED, 400):
        send_raw(cos, "POST", f"/{BUCKET}", "delete", {}, b"<Delete><Object><Key>one</Key></Object></Delete>")


def test_a_wrong_content_md5_is_refused(cos: FakeCOS, client: Any) -> None:
    # public sources: the expected digest is base64 here
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
        send_raw(cos, "POST", f"/{BUCKET}", "delete", {"content-md5": wrong}, body)


def test_a_wrong_checksum_is_refused(cos: FakeCOS, client: Any) -> None:
    # public
    with refused(cos, "BadDigest", "The CRC32 you specified did not match the calculated checksum.", 400):
        send_raw(
            cos,
            "POST",
            f"/{BUCKET}",
            "delete",
            {"x-amz-checksum-crc32": "AAAAAA=="},
            b"<Delete><Object><Key>one</Key></Object></Delete>",
        )


@pytest.mark.parametrize(
    "body",
    [
        b"<Delete>",
        b"<Delete/>",
        b"<Delete><Object/></Delete>",
        b"<Delete><Object><VersionId>null</VersionId></Object></Delete>",
        b"<Remove><Object><Key>one</Key></Object></Remove>",
        b"not XML",
    ],
)
def test_a_malformed_document_is_refused_whole(cos: FakeCOS, client: Any, body: bytes) -> None:
    # public for what is not well-formed and for a missing Key; the others: documented schema
    with refused(cos, "MalformedXML", MALFORMED_XML, 400) as answer:
        send_raw(cos, "POST", f"/{BUCKET}", "delete", {"content-md5": md5_base64(body)}, body)
    assert not answer["Body"].startswith(b"<?xml")


def test_a_resource_empties_a_bucket(cos: FakeCOS, client: Any) -> None:
    # boto3's collections delete in batches
    bucket = cos.resource().Bucket(BUCKET)
    assert [item.key for item in bucket.objects.all()] == ["one", "two"]
    bucket.objects.all().delete()
    assert not cos.store.buckets[BUCKET].objects


def test_a_list_with_an_empty_key_is_refused_whole(cos: FakeCOS) -> None:
    # public: aws-measured 20
    body = b"<Delete><Object><Key>two</Key></Object><Object><Key></Key></Object></Delete>"
    with refused(cos, "UserKeyMustBeSpecified", "User key must be specified.", 400):
        send_raw(cos, "POST", f"/{BUCKET}", "delete", {"content-md5": md5_base64(body)}, body)


def test_quiet_may_be_any_word(cos: FakeCOS, aws: Any) -> None:
    # public: aws-measured 20
    aws.put_object(Bucket=BUCKET, Key="one")
    body = b"<Delete><Quiet>maybe</Quiet><Object><Key>one</Key></Object></Delete>"
    answer = send_raw(cos, "POST", f"/{BUCKET}", "delete", {"content-md5": md5_base64(body)}, body)
    assert b"<Deleted><Key>one</Key></Deleted>" in read_body(answer)
    assert "one" not in cos.bucket(BUCKET).objects


def test_no_body_is_refused_as_such(cos: FakeCOS) -> None:
    # public: aws-measured 20
    with refused(cos, "MissingRequestBodyError", "Request Body is empty", 400):
        send_raw(cos, "POST", f"/{BUCKET}", "delete", {"content-md5": md5_base64(b"")})


def test_the_bucket_comes_before_the_digest(cos: FakeCOS) -> None:
    # public: aws-measured 20
    for path, query in (("/no-such-bucket", "delete"), ("/no-such-bucket/key", "tagging")):
        method = "POST" if query == "delete" else "PUT"
        with refused(cos, "NoSuchBucket", status=404, BucketName="no-such-bucket"):
            send_raw(cos, method, path, query, {"content-md5": "garbage"}, b"<garbage")

"""DeleteObjects: many keys in one request, each with its own outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.delete_objects import listed
from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.names import BUCKET
from tests.support.answers import read_body
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


def test_a_resource_empties_a_bucket(cos: FakeCOS, client: Any) -> None:
    # boto3's collections delete in batches
    bucket = cos.resource().Bucket(BUCKET)
    assert [item.key for item in bucket.objects.all()] == ["one", "two"]
    bucket.objects.all().delete()
    assert not cos.store.buckets[BUCKET].objects


def test_quiet_may_be_any_word(cos: FakeCOS, aws: Any) -> None:
    # public: aws-measured 20
    aws.put_object(Bucket=BUCKET, Key="one")
    body = b"<Delete><Quiet>maybe</Quiet><Object><Key>one</Key></Object></Delete>"
    answer = send_raw(cos, "POST", f"/{BUCKET}", "delete", {"content-md5": md5_base64(body)}, body)
    assert b"<Deleted><Key>one</Key></Deleted>" in read_body(answer)
    assert "one" not in cos.bucket(BUCKET).objects

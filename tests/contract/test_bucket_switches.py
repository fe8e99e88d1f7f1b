"""Configurations of one word: who pays, Transfer Acceleration, access by tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos import UnclaimedRequestError
from tests.support.answers import http_status, members_of
from tests.support.constants import BUCKET
from tests.support.messages import MALFORMED_XML
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS


def accelerate(client: Any, status: str, bucket: str = BUCKET) -> Any:
    return client.put_bucket_accelerate_configuration(Bucket=bucket, AccelerateConfiguration={"Status": status})


def pays(client: Any, payer: str, bucket: str = BUCKET) -> Any:
    return client.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration={"Payer": payer})


def test_acceleration_is_unset_at_first(client: Any) -> None:
    # documented
    assert members_of(client.get_bucket_accelerate_configuration(Bucket=BUCKET)) == {}
    for status in ("Enabled", "Suspended"):
        assert http_status(accelerate(client, status)) == 200
        assert members_of(client.get_bucket_accelerate_configuration(Bucket=BUCKET)) == {"Status": status}


@pytest.mark.parametrize("status", ["enabled", "random"])
def test_an_unknown_status_of_acceleration_is_malformed(cos: FakeCOS, client: Any, status: str) -> None:
    # recorded aws-bucket-configuration 65
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        accelerate(client, status)


def test_acceleration_of_a_name_with_dots(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 65
    cos.create_bucket("my.photos")
    message = "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names"
    with refused(cos, "InvalidRequest", message, 400):
        accelerate(client, "Enabled", "my.photos")


@pytest.mark.only_patch("the address is Amazon's")
def test_the_host_of_acceleration_needs_it(cos: FakeCOS, aws: Any, make_client: Any) -> None:
    # documented; the words: public
    fast = make_client(config={"s3": {"use_accelerate_endpoint": True}})
    with refused(cos, "InvalidRequest", "S3 Transfer Acceleration is not configured on this bucket", 400):
        fast.put_object(Bucket=BUCKET, Key="key", Body=b"x")
    accelerate(aws, "Enabled")
    fast.put_object(Bucket=BUCKET, Key="key", Body=b"x")
    accelerate(aws, "Suspended")
    with refused(cos, "InvalidRequest", "S3 Transfer Acceleration is disabled on this bucket", 400):
        fast.get_object(Bucket=BUCKET, Key="key")


@pytest.mark.parametrize(("query", "root"), [("accelerate", "AccelerateConfiguration"), ("abac", "AbacStatus")])
def test_a_document_without_a_status_is_malformed(cos: FakeCOS, query: str, root: str) -> None:
    # assumed
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        send_raw(cos, "PUT", f"/{BUCKET}", query, body=f"<{root}/>".encode())
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        send_raw(cos, "PUT", f"/{BUCKET}", query)


def test_the_owner_pays_at_first(aws: Any) -> None:
    # documented
    assert members_of(aws.get_bucket_request_payment(Bucket=BUCKET)) == {"Payer": "BucketOwner"}
    assert http_status(pays(aws, "Requester")) == 200
    assert members_of(aws.get_bucket_request_payment(Bucket=BUCKET)) == {"Payer": "Requester"}


def test_an_unknown_payer_is_malformed(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-bucket-configuration 66
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        pays(aws, "Nobody")
    missing = "The specified bucket does not exist"
    with refused(cos, "NoSuchBucket", missing, 404, BucketName="no-such-bucket"):
        pays(aws, "Requester", "no-such-bucket")


ABAC_ENABLED = "This S3 general purpose bucket has attribute-based access control (ABAC) enabled. "
UNTAG = "To delete tags from this bucket, initiate an UntagResource request."


def test_while_tags_decide_on_access_they_are_not_changed_through_s3(cos: FakeCOS, aws: Any) -> None:
    # aws-changes 4
    old = {"TagSet": [{"Key": "team", "Value": "red"}]}
    aws.put_bucket_tagging(Bucket=BUCKET, Tagging=old)
    aws.put_bucket_abac(Bucket=BUCKET, AbacStatus={"Status": "Enabled"})
    message = f"{ABAC_ENABLED}To add tags to this bucket, initiate a TagResource request. {UNTAG}"
    new: list[dict[str, str]]
    for new in ([{"Key": "team", "Value": "blue"}], []):
        with refused(cos, "BadRequest", message, 400):
            aws.put_bucket_tagging(Bucket=BUCKET, Tagging={"TagSet": new})
    with refused(cos, "BadRequest", f"{ABAC_ENABLED}{UNTAG}", 400):
        aws.delete_bucket_tagging(Bucket=BUCKET)
    assert members_of(aws.get_bucket_tagging(Bucket=BUCKET)) == old
    assert "disable ABAC, tag the bucket, and enable it again" in str(cos.journal)
    aws.put_bucket_abac(Bucket=BUCKET, AbacStatus={"Status": "Disabled"})
    assert http_status(aws.delete_bucket_tagging(Bucket=BUCKET)) == 204


def test_tags_that_came_with_the_bucket_stay(aws: Any) -> None:
    # documented: CreateBucket, Tags
    tags = [{"Key": "team", "Value": "red"}]
    aws.create_bucket(Bucket="tagged", CreateBucketConfiguration={"Tags": tags})
    aws.put_bucket_abac(Bucket="tagged", AbacStatus={"Status": "Enabled"})
    assert members_of(aws.get_bucket_tagging(Bucket="tagged")) == {"TagSet": tags}


@pytest.mark.only_patch("the request is for another service")
def test_tagging_by_s3_control_says_what_there_is_instead(cos: FakeCOS) -> None:
    control = cos.client("s3control", region_name="us-east-1")
    named = {"AccountId": "123456789012", "ResourceArn": f"arn:aws:s3:::{BUCKET}"}
    with pytest.raises(UnclaimedRequestError, match="while ABAC is enabled, disable it to change them"):
        control.tag_resource(**named, Tags=[{"Key": "team", "Value": "red"}])
    cos.errors.clear()


def test_access_by_tags(cos: FakeCOS, aws: Any) -> None:
    # documented
    assert members_of(aws.get_bucket_abac(Bucket=BUCKET)) == {"AbacStatus": {"Status": "Disabled"}}
    assert http_status(aws.put_bucket_abac(Bucket=BUCKET, AbacStatus={"Status": "Enabled"})) == 200
    assert members_of(aws.get_bucket_abac(Bucket=BUCKET)) == {"AbacStatus": {"Status": "Enabled"}}
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        aws.put_bucket_abac(Bucket=BUCKET, AbacStatus={"Status": "enabled"})

"""Configurations of one word: who pays, Transfer Acceleration, access by tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused


def accelerate(client: Any, status: str, bucket: str = BUCKET) -> Any:
    return client.put_bucket_accelerate_configuration(Bucket=bucket, AccelerateConfiguration={"Status": status})


def pays(client: Any, payer: str, bucket: str = BUCKET) -> Any:
    return client.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration={"Payer": payer})


@promise
def acceleration_is_unset_at_first(client: Any) -> None:
    """Source: documented."""
    assert members_of(client.get_bucket_accelerate_configuration(Bucket=BUCKET)) == {}
    for status in ("Enabled", "Suspended"):
        assert http_status(accelerate(client, status)) == 200
        assert members_of(client.get_bucket_accelerate_configuration(Bucket=BUCKET)) == {"Status": status}


@promise
@cases("status", ["enabled", "random"])
def an_unknown_status_of_acceleration_is_malformed(cos: Service, client: Any, status: str) -> None:
    """Source: recorded aws-bucket-configuration 65."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        accelerate(client, status)


@promise
def the_owner_pays_at_first(aws: Any) -> None:
    """Source: documented."""
    assert members_of(aws.get_bucket_request_payment(Bucket=BUCKET)) == {"Payer": "BucketOwner"}
    assert http_status(pays(aws, "Requester")) == 200
    assert members_of(aws.get_bucket_request_payment(Bucket=BUCKET)) == {"Payer": "Requester"}


@promise
def an_unknown_payer_is_malformed(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 66."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        pays(aws, "Nobody")
    missing = "The specified bucket does not exist"
    with refused(cos, "NoSuchBucket", missing, 404, BucketName="no-such-bucket"):
        pays(aws, "Requester", "no-such-bucket")


@promise
def tags_that_came_with_the_bucket_stay(aws: Any) -> None:
    """Source: documented: CreateBucket, Tags."""
    tags = [{"Key": "team", "Value": "red"}]
    aws.create_bucket(Bucket="tagged", CreateBucketConfiguration={"Tags": tags})
    aws.put_bucket_abac(Bucket="tagged", AbacStatus={"Status": "Enabled"})
    assert members_of(aws.get_bucket_tagging(Bucket="tagged")) == {"TagSet": tags}


@promise
def access_by_tags(cos: Service, aws: Any) -> None:
    """Source: documented."""
    assert members_of(aws.get_bucket_abac(Bucket=BUCKET)) == {"AbacStatus": {"Status": "Disabled"}}
    assert http_status(aws.put_bucket_abac(Bucket=BUCKET, AbacStatus={"Status": "Enabled"})) == 200
    assert members_of(aws.get_bucket_abac(Bucket=BUCKET)) == {"AbacStatus": {"Status": "Enabled"}}
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        aws.put_bucket_abac(Bucket=BUCKET, AbacStatus={"Status": "enabled"})


@promise
def acceleration_of_a_name_with_dots(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 65."""
    client.create_bucket(Bucket="my.photos")
    message = "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names"
    with refused(cos, "InvalidRequest", message, 400):
        accelerate(client, "Enabled", "my.photos")


@promise
@cases(("query", "root"), [("accelerate", "AccelerateConfiguration"), ("abac", "AbacStatus")])
def a_document_without_a_status_is_malformed(cos: Service, send: ByHand, query: str, root: str) -> None:
    """Source: assumed."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        send("PUT", f"/{BUCKET}", query, body=f"<{root}/>".encode())
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        send("PUT", f"/{BUCKET}", query)


@promise
def with_access_by_tags_even_a_wrong_tag_is_not_looked_at(cos: Service, aws: Any) -> None:
    """Source: aws-changes 4: PutBucketTagging is refused; that this comes before the tags are judged: assumed."""
    aws.put_bucket_abac(Bucket=BUCKET, AbacStatus={"Status": "Enabled"})
    for tags in ([{"Key": "a", "Value": "1"}], [{"Key": "aws:a", "Value": "1"}], [{"Key": "a", "Value": "1"}] * 2):
        with refused(cos, "BadRequest", status=400):
            aws.put_bucket_tagging(Bucket=BUCKET, Tagging={"TagSet": tags})

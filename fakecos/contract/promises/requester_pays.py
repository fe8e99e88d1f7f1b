"""Requester Pays: another account says that it pays, or is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, before_each, promise
from fakecos.contract.steps.messages import DENIED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.policies import OBJECTS, allow, let_be_public, put_policy
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from collections.abc import Callable

THEM = {"AWS": OTHER}
NAMED = {"Bucket": BUCKET, "Key": "key"}


def let_pay(client: Any, payer: str = "Requester") -> None:
    """Say who pays for requests of the bucket."""
    client.put_bucket_request_payment(Bucket=BUCKET, RequestPaymentConfiguration={"Payer": payer})


@before_each
def an_object(aws: Any) -> None:
    """Store `key`."""
    aws.put_object(**NAMED, Body=b"1")


@promise
def who_reads_says_that_they_pay(cos: Service, aws: Any, other: Any) -> None:
    """Source: documented: Requester Pays; the owner is not charged as one who requests."""
    put_policy(aws, allow("s3:GetObject", OBJECTS, THEM))
    let_pay(aws)
    with refused(cos, *DENIED):
        other.get_object(**NAMED)
    assert other.get_object(**NAMED, RequestPayer="requester")["RequestCharged"] == "requester"
    assert "RequestCharged" not in aws.get_object(**NAMED, RequestPayer="requester")
    let_pay(aws, "BucketOwner")
    assert "RequestCharged" not in other.get_object(**NAMED, RequestPayer="requester")


@promise
def who_deletes_says_so_for_each_key(aws: Any, other: Any) -> None:
    """Source: documented: Requester Pays; key by key: recorded aws-objects 47."""
    put_policy(aws, allow("s3:DeleteObject", OBJECTS, THEM))
    let_pay(aws)
    named = {"Bucket": BUCKET, "Delete": {"Objects": [{"Key": "key"}]}}
    (error,) = other.delete_objects(**named)["Errors"]
    assert (error["Key"], error["Code"], error["Message"]) == ("key", "AccessDenied", "Access Denied")
    assert aws.head_object(**NAMED)["ContentLength"] == 1
    answer = other.delete_objects(**named, RequestPayer="requester")
    assert ("Errors" in answer, answer["RequestCharged"]) == (False, "requester")
    assert aws.list_objects_v2(Bucket=BUCKET)["KeyCount"] == 0


@promise
def a_copy_from_where_requesters_pay_says_so(cos: Service, aws: Any, other: Any) -> None:
    """Source: documented: CopyObject and UploadPartCopy, x-amz-request-payer."""
    put_policy(aws, allow("s3:GetObject", OBJECTS, THEM))
    let_pay(aws)
    other.create_bucket(Bucket="others")
    copied = {"Bucket": "others", "Key": "key", "CopySource": f"{BUCKET}/key"}
    with refused(cos, *DENIED):
        other.copy_object(**copied)
    assert other.copy_object(**copied, RequestPayer="requester")["RequestCharged"] == "requester"
    upload = {**copied, "UploadId": other.create_multipart_upload(Bucket="others", Key="key")["UploadId"]}
    with refused(cos, *DENIED):
        other.upload_part_copy(**upload, PartNumber=1)
    answer = other.upload_part_copy(**upload, PartNumber=1, RequestPayer="requester")
    assert answer["RequestCharged"] == "requester"


@promise
def nobody_cannot_pay(cos: Service, aws: Any, anonymous: Callable[[], Any]) -> None:
    """Source: documented: Requester Pays buckets take no anonymous requests."""
    let_be_public(aws)
    put_policy(aws, allow("s3:GetObject", OBJECTS))
    nobody = anonymous()
    assert nobody.get_object(**NAMED)["Body"].read() == b"1"
    let_pay(aws)
    for payer in ({}, {"RequestPayer": "requester"}):
        with refused(cos, *DENIED):
            nobody.get_object(**NAMED, **payer)

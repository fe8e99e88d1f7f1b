"""What ACLs come to: canned ones, grants by header, and who owns what is written."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused


@promise
def the_acl_of_what_is_missing_is_not_there(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 8."""
    message = "The specified bucket does not exist"
    with refused(cos, "NoSuchBucket", message, 404, BucketName="bucket-not-exists"):
        client.get_bucket_acl(Bucket="bucket-not-exists")
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="none"):
        client.get_object_acl(Bucket=BUCKET, Key="none")


@promise
@cases("by_id", [True, False])
def the_acl_of_a_delete_marker_cannot_be_put(cos: Service, aws: Any, by_id: bool) -> None:
    """Source: public: answers of AWS; the same as recorded for tags (aws-objects 62)."""
    aws.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    marker = aws.delete_object(Bucket=BUCKET, Key="key")["VersionId"]
    more = {"VersionId": marker} if by_id else {}
    said = "The specified method is not allowed against this resource."
    with refused(cos, "MethodNotAllowed", said, 405, Method="PUT", ResourceType="DeleteMarker"):
        aws.put_object_acl(Bucket=BUCKET, Key="key", ACL="private", **more)


@promise
def the_acl_of_a_deleted_object_is_not_there_to_be_read(cos: Service, aws: Any) -> None:
    """Source: public: answers of AWS; unlike a change, a read of the newest version does not tell of the marker."""
    aws.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    marker = aws.delete_object(Bucket=BUCKET, Key="key")["VersionId"]
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="key"):
        aws.get_object_acl(Bucket=BUCKET, Key="key")
    said = "The specified method is not allowed against this resource."
    with refused(cos, "MethodNotAllowed", said, 405, Method="GET", ResourceType="DeleteMarker"):
        aws.get_object_acl(Bucket=BUCKET, Key="key", VersionId=marker)


@promise
@cases("acl", ["private", "bucket-owner-full-control"])
def a_bucket_without_acls_is_given_those_that_give_nothing_away(aws: Any, acl: str) -> None:
    """Source: documented of objects; of the bucket itself: assumed."""
    aws.put_bucket_acl(Bucket=BUCKET, ACL=acl)
    answer = aws.get_bucket_acl(Bucket=BUCKET)
    (grant,) = answer["Grants"]
    assert (grant["Grantee"]["ID"], grant["Permission"]) == (answer["Owner"]["ID"], "FULL_CONTROL")


@promise
@cases(
    ("given", "code"),
    [
        ({"ACL": "fake-acl"}, "InvalidArgument"),
        ({"GrantRead": "id=nobody"}, "InvalidArgument"),
        ({"ACL": "private", "AccessControlPolicy": {"Grants": []}}, "UnexpectedContent"),
        ({}, "MissingSecurityHeader"),
    ],
    ids=["canned", "grantee", "two ways", "nothing"],
)
@cases("of", ["bucket", "object"])
def the_form_of_an_acl_is_judged_before_the_ownership(
    cos: Service, aws: Any, of: str, given: dict[str, Any], code: str
) -> None:
    """Source: assumed."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"x")
    key = {"Key": "key"} if of == "object" else {}
    with refused(cos, code, status=400):
        getattr(aws, f"put_{of}_acl")(Bucket=BUCKET, **key, **given)
    with refused(cos, "AccessControlListNotSupported", status=400):
        getattr(aws, f"put_{of}_acl")(
            Bucket=BUCKET, **key, GrantRead="uri=http://acs.amazonaws.com/groups/s3/LogDelivery"
        )

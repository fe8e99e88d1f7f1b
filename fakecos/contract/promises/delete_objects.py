"""DeleteObjects: many keys in one request, each with its own outcome."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fakecos.contract.promise import Service, cases, promise, uses
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.messages import MALFORMED_XML
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

"""Configurations of one word: who pays, Transfer Acceleration, access by tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos import UnclaimedRequestError
from fakecos.contract.promises.bucket_switches import accelerate
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS


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


@pytest.mark.only_patch("the request is for another service")
def test_tagging_by_s3_control_says_what_there_is_instead(cos: FakeCOS) -> None:
    control = cos.client("s3control", region_name="us-east-1")
    named = {"AccountId": "123456789012", "ResourceArn": f"arn:aws:s3:::{BUCKET}"}
    with pytest.raises(UnclaimedRequestError, match="while ABAC is enabled, disable it to change them"):
        control.tag_resource(**named, Tags=[{"Key": "team", "Value": "red"}])
    cos.errors.clear()

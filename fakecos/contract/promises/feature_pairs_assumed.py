"""Where two features meet and nobody has shown what S3 answers: keys of customers, uploads in parts, locks, and owners.

The table of all pairs: fakecos/facts/feature_pairs.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise, uses
from fakecos.contract.promises.feature_pairs import ANOTHER, CUSTOMER, KMS, STRANGER
from fakecos.contract.steps.locks import LOCKED
from fakecos.contract.steps.messages import DENIED, NO_SUCH_KEY
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.contract.steps.versions import add_delete_marker, enable_versioning, list_versions, put_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand

NEEDS_V4 = "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4."
TAGS = [{"Key": "team", "Value": "red"}]


def open_to_all(client: Any) -> None:
    """Let everybody read and write the objects of the bucket, by a policy."""
    client.delete_public_access_block(Bucket=BUCKET)
    actions = ["s3:GetObject", "s3:PutObject"]
    statement = {"Effect": "Allow", "Principal": "*", "Action": actions, "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    client.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


# --- keys of the customer -------------------------------------------------------------------------------------


@promise
@uses("sse_c_allowed")
@cases("asked", [{"Range": "bytes=0-1"}, {"PartNumber": 1}], ids=["range", "part"])
def every_kind_of_read_needs_the_customers_key(cos: Service, aws: Any, asked: dict[str, Any]) -> None:
    """Source: recorded aws-multipart 49 for a read of the whole object; of a range or a part: assumed."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"01", **CUSTOMER)
    with refused(cos, "InvalidRequest", status=400):
        aws.get_object(Bucket=BUCKET, Key="key", **asked)
    with refused(cos, "400", "Bad Request", 400):
        aws.head_object(Bucket=BUCKET, Key="key", **asked)
    assert aws.get_object(Bucket=BUCKET, Key="key", **asked, **CUSTOMER)["Body"].read() == b"01"


@promise
@uses("sse_c_allowed")
def tags_need_no_customers_key(aws: Any) -> None:
    """Source: assumed: no operation on tags has the headers of a key."""
    aws.put_object(Bucket=BUCKET, Key="key", **CUSTOMER)
    aws.put_object_tagging(Bucket=BUCKET, Key="key", Tagging={"TagSet": TAGS})
    assert aws.get_object_tagging(Bucket=BUCKET, Key="key")["TagSet"] == TAGS


# --- uploads in parts -----------------------------------------------------------------------------------------


@promise
def a_copied_part_tells_the_version_of_its_source(aws: Any) -> None:
    """Source: reported; recorded aws-objects 36 for `null`."""
    before = put_version(aws, body=b"before")
    enable_versioning(aws)
    version = put_version(aws, body=b"data")
    part = {"Bucket": BUCKET, "Key": "copy", "UploadId": create_upload(aws, "copy"), "PartNumber": 1}
    named = {"Bucket": BUCKET, "Key": "key"}
    assert "CopySourceVersionId" not in aws.upload_part_copy(**part, CopySource={**named, "VersionId": before})
    answer = aws.upload_part_copy(**part, CopySource={**named, "VersionId": version})
    assert answer["CopySourceVersionId"] == version


@promise
@cases("meanwhile", [put_version, add_delete_marker])
def complete_may_be_repeated_as_long_as_its_version_is_there(aws: Any, meanwhile: Any) -> None:
    """Source: reported; also below a newer version and below a delete marker."""
    enable_versioning(aws)
    upload_id = create_upload(aws)
    part = completed_part(1, upload_part(aws, upload_id))
    answer = complete_upload(aws, upload_id, part)
    meanwhile(aws, KEY)
    before = list_versions(aws)
    again = complete_upload(aws, upload_id, part)
    assert (again["ETag"], again["VersionId"]) == (answer["ETag"], answer["VersionId"])
    assert list_versions(aws) == before


@promise
def a_condition_of_complete_sees_a_marker_as_nothing(cos: Service, aws: Any) -> None:
    """Source: assumed; recorded aws-objects 27, 28 of CopyObject."""
    enable_versioning(aws)
    put_version(aws, KEY)
    add_delete_marker(aws, KEY)
    upload_id = create_upload(aws)
    part = completed_part(1, upload_part(aws, upload_id))
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key=KEY):
        complete_upload(aws, upload_id, part, IfMatch=ANOTHER)
    assert "VersionId" in complete_upload(aws, upload_id, part, IfNoneMatch="*")


@promise
def nobody_goes_on_with_the_upload_of_another(cos: Service, aws: Any, anonymous: Callable[[], Any]) -> None:
    """Source: documented by AWS: mpuoverview; of parts: assumed. WRITE of the bucket's ACL lets all create objects."""
    owned = {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}
    aws.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls=owned)
    aws.delete_public_access_block(Bucket=BUCKET)
    aws.put_bucket_acl(Bucket=BUCKET, ACL="public-read-write")
    upload_id = create_upload(aws)
    with refused(cos, *DENIED):
        upload_part(anonymous(), upload_id, b"hello")
    with refused(cos, *DENIED):
        anonymous().abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=upload_id)


# --- locks ----------------------------------------------------------------------------------------------------


@promise
@uses("locked_bucket")
def the_tags_of_a_locked_version_can_be_changed(aws: Any) -> None:
    """Source: assumed."""
    locked = aws.put_object(Bucket=LOCKED, Key="key", Body=b"", ObjectLockLegalHoldStatus="ON")["VersionId"]
    aws.put_object_tagging(Bucket=LOCKED, Key="key", VersionId=locked, Tagging={"TagSet": TAGS})
    assert aws.get_object_tagging(Bucket=LOCKED, Key="key", VersionId=locked)["TagSet"] == TAGS


# --- who asks -------------------------------------------------------------------------------------------------


@promise
@cases("asked", [{}, {"IfMatch": ANOTHER}, {"Range": "bytes=99-"}], ids=["plain", "condition", "range"])
def another_expected_owner_is_refused_whatever_else_is_asked_for(cos: Service, aws: Any, asked: dict[str, Any]) -> None:
    """Source: documented by AWS: x-amz-expected-bucket-owner of each operation; that it is judged first: assumed."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    with refused(cos, *DENIED):
        aws.get_object(Bucket=BUCKET, Key="key", ExpectedBucketOwner=STRANGER, **asked)
    with refused(cos, *DENIED):
        upload_part(aws, "no-such-upload", ExpectedBucketOwner=STRANGER)


@promise
def the_expected_owner_counts_for_nobody_too(cos: Service, aws: Any, anonymous: Callable[[], Any]) -> None:
    """Source: assumed."""
    open_to_all(aws)
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    assert anonymous().get_object(Bucket=BUCKET, Key="key")["Body"].read() == b"1"
    with refused(cos, *DENIED):
        anonymous().get_object(Bucket=BUCKET, Key="key", ExpectedBucketOwner=STRANGER)


@promise
def the_expected_owner_of_a_read_counts_in_a_query(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: assumed; of PutObject it is public: aws-presigned 38."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    with refused(cos, *DENIED):
        send.presigned("GET", f"/{BUCKET}/key", {"x-amz-expected-bucket-owner": STRANGER})


@promise
def nobody_reads_or_writes_under_sse_kms(cos: Service, aws: Any, anonymous: Callable[[], Any]) -> None:
    """Source: reported: aws-changes 38."""
    open_to_all(aws)
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", **KMS)
    nobody = anonymous()
    needs = {"ArgumentName": "Authorization", "ArgumentValue": "null"}
    with refused(cos, "InvalidArgument", NEEDS_V4, 400, **needs):
        nobody.get_object(Bucket=BUCKET, Key="key")
    with refused(cos, "400", "Bad Request", 400):
        nobody.head_object(Bucket=BUCKET, Key="key")
    with refused(cos, "InvalidArgument", NEEDS_V4, 400, **needs):
        nobody.put_object(Bucket=BUCKET, Key="other", Body=b"1", **KMS)
    with refused(cos, "InvalidArgument", NEEDS_V4, 400, **needs):
        nobody.copy_object(Bucket=BUCKET, Key="other", CopySource=f"{BUCKET}/key")
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}
    aws.put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration={"Rules": [rule]})
    with refused(cos, "InvalidArgument", NEEDS_V4, 400, **needs):
        nobody.put_object(Bucket=BUCKET, Key="other", Body=b"1")
    nobody.put_object(Bucket=BUCKET, Key="other", Body=b"1", ServerSideEncryption="AES256")

"""Requests that belong together, and what their parameters and the store change in what they need."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from fakecos.contract.steps.names import BUCKET
from tests.support.least_privilege import client_of, prove

if TYPE_CHECKING:
    from fakecos import FakeCOS

KMS_KEY = "arn:aws:kms:us-east-1:123456789012:key/k1"
WHOLE = f"arn:aws:s3:::{BUCKET}"
LATER = dt.datetime(2100, 1, 1, tzinfo=dt.timezone.utc)
DONE = {"s3:PutObject"}


def prepare(cos: FakeCOS) -> dict[str, str]:
    """Store an object with two versions, tags and annotations, one under SSE-KMS, and one under a lock."""
    client = client_of(cos)
    client.create_bucket(Bucket=BUCKET)
    client.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    first = client.put_object(Bucket=BUCKET, Key="versions", Body=b"1")["VersionId"]
    cos.put_object(BUCKET, "versions", b"2")
    client.put_object(Bucket=BUCKET, Key="tagged", Body=b"1", Tagging="a=b")
    client.put_object(Bucket=BUCKET, Key="annotated", Body=b"1")
    client.put_object_annotation(Bucket=BUCKET, Key="annotated", AnnotationName="note", AnnotationPayload=b"text")
    client.put_object(Bucket=BUCKET, Key="secret", Body=b"1", ServerSideEncryption="aws:kms", SSEKMSKeyId=KMS_KEY)
    held = client.put_object(
        Bucket="locked", Key="held", Body=b"1", ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=LATER
    )["VersionId"]
    return {"first": first, "held": held}


def actions_of(policy: dict[str, Any]) -> dict[str, set[str]]:
    """Return what is allowed, by resource."""
    found: dict[str, set[str]] = {}
    for statement in policy["Statement"]:
        for resource in statement["Resource"]:
            found.setdefault(resource.removeprefix("arn:aws:s3:::"), set()).update(statement["Action"])
    return found


def asked(act: Any) -> dict[str, set[str]]:
    """Prove the policy of an act of a client, and return what it allows."""
    return actions_of(prove(lambda cos, ids: act(client_of(cos), ids), prepare, exact=True))


def test_an_object_that_is_there_needs_no_listing_and_one_that_is_not_does() -> None:
    # documented: GetObject and HeadObject, permissions
    assert asked(lambda s3, _: s3.head_object(Bucket=BUCKET, Key="tagged")) == {f"{BUCKET}/tagged": {"s3:GetObject"}}

    def look(s3: Any, _: Any) -> None:
        with suppress(s3.exceptions.ClientError):
            s3.head_object(Bucket=BUCKET, Key="nothing")

    assert asked(look) == {f"{BUCKET}/nothing": {"s3:GetObject"}, BUCKET: {"s3:ListBucket"}}


def test_a_version_needs_the_action_of_versions() -> None:
    # documented: actions defined by Amazon S3
    def act(s3: Any, ids: Any) -> None:
        s3.get_object(Bucket=BUCKET, Key="versions", VersionId=ids["first"])
        s3.delete_object(Bucket=BUCKET, Key="versions", VersionId=ids["first"])

    assert asked(act) == {f"{BUCKET}/versions": {"s3:GetObjectVersion", "s3:DeleteObjectVersion"}}


def test_what_is_deleted_together_is_needed_key_by_key() -> None:
    # recorded aws-objects 47
    def act(s3: Any, ids: Any) -> None:
        entries = [{"Key": "tagged"}, {"Key": "versions", "VersionId": ids["first"]}]
        s3.delete_objects(Bucket=BUCKET, Delete={"Objects": entries})

    assert asked(act) == {
        f"{BUCKET}/tagged": {"s3:DeleteObject"},
        f"{BUCKET}/versions": {"s3:DeleteObjectVersion"},
    }


def test_the_bypass_of_governance_is_needed_where_it_is_asked_for() -> None:
    # documented: Object Lock, bypassing governance mode
    def act(s3: Any, ids: Any) -> None:
        s3.delete_object(Bucket="locked", Key="held", VersionId=ids["held"], BypassGovernanceRetention=True)

    assert asked(act) == {"locked/held": {"s3:BypassGovernanceRetention", "s3:DeleteObjectVersion"}}


def test_headers_of_acls_tags_and_locks_need_their_actions() -> None:
    # documented: PutObject, permissions
    def act(s3: Any, _: Any) -> None:
        s3.put_object(Bucket=BUCKET, Key="new", Body=b"1", ACL="bucket-owner-full-control", Tagging="a=b")
        s3.put_object(Bucket="locked", Key="new", Body=b"1", ObjectLockLegalHoldStatus="ON")

    assert asked(act) == {
        f"{BUCKET}/new": {"s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectTagging"},
        "locked/new": {"s3:PutObject", "s3:PutObjectLegalHold"},
    }


def test_a_new_bucket_needs_what_its_parameters_need() -> None:
    # documented: CreateBucket, permissions
    def act(s3: Any, _: Any) -> None:
        s3.create_bucket(Bucket="new", ObjectLockEnabledForBucket=True, ObjectOwnership="BucketOwnerEnforced")

    assert asked(act) == {
        "new": {
            "s3:CreateBucket",
            "s3:PutBucketObjectLockConfiguration",
            "s3:PutBucketOwnershipControls",
            "s3:PutBucketVersioning",
        }
    }


def test_the_owner_that_is_expected_needs_no_action() -> None:
    # documented: bucket owner condition
    def act(s3: Any, _: Any) -> None:
        s3.get_object(Bucket=BUCKET, Key="tagged", ExpectedBucketOwner="123456789012")

    assert asked(act) == {f"{BUCKET}/tagged": {"s3:GetObject"}}


def test_a_browsers_form_needs_what_a_put_needs() -> None:
    # documented: POST Object, "you must have WRITE permissions"; the tags as of PutObject (assumed)
    import urllib3

    def act(s3: Any, _: Any) -> None:
        form = s3.generate_presigned_post(BUCKET, "form")
        fields = {**form["fields"], "file": ("name", b"1")}
        assert urllib3.PoolManager().request("POST", form["url"], fields=fields).status in {204, 403}

    assert asked(act) == {f"{BUCKET}/form": DONE}


def test_a_presigned_url_needs_the_permissions_of_who_signed() -> None:
    # documented: presigned URLs are limited by the permissions of the user who makes them
    import urllib3

    def act(s3: Any, _: Any) -> None:
        url = s3.generate_presigned_url("put_object", Params={"Bucket": BUCKET, "Key": "by-url"})
        urllib3.PoolManager().request("PUT", url, body=b"1")

    assert asked(act) == {f"{BUCKET}/by-url": DONE}


def test_a_copy_needs_both_sides_and_the_tags_that_it_copies() -> None:
    # documented: CopyObject, permissions; aws-permissions 2
    def act(s3: Any, ids: Any) -> None:
        s3.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/tagged")
        source = {"Bucket": BUCKET, "Key": "versions", "VersionId": ids["first"]}
        s3.copy_object(Bucket=BUCKET, Key="plain", CopySource=source)
        s3.copy_object(Bucket=BUCKET, Key="other", CopySource=f"{BUCKET}/tagged", TaggingDirective="REPLACE")

    assert asked(act) == {
        f"{BUCKET}/copy": {"s3:PutObject", "s3:PutObjectTagging"},
        f"{BUCKET}/tagged": {"s3:GetObject", "s3:GetObjectTagging"},
        f"{BUCKET}/versions": {"s3:GetObjectVersion"},
        **dict.fromkeys((f"{BUCKET}/plain", f"{BUCKET}/other"), DONE),
    }


def test_a_copy_whose_source_is_not_there_needs_to_list_its_bucket() -> None:
    # documented: GetObject, permissions
    def act(s3: Any, _: Any) -> None:
        with suppress(s3.exceptions.ClientError):
            s3.copy_object(Bucket="locked", Key="copy", CopySource=f"{BUCKET}/nothing")

    assert asked(act) == {f"{BUCKET}/nothing": {"s3:GetObject"}, BUCKET: {"s3:ListBucket"}, "locked/copy": DONE}


def test_annotations_that_are_copied_are_read_and_written() -> None:
    # documented: CopyObject, annotation directive
    def act(s3: Any, _: Any) -> None:
        s3.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/annotated", AnnotationDirective="COPY")

    assert asked(act) == {
        f"{BUCKET}/annotated": {"s3:GetObject", "s3:GetObjectAnnotation"},
        f"{BUCKET}/copy": {"s3:PutObject", "s3:PutObjectAnnotation"},
    }


def test_an_upload_under_sse_kms_needs_the_key_to_encrypt_and_to_decrypt() -> None:
    # documented: UploadPart, permissions; aws-permissions 3
    def act(s3: Any, _: Any) -> None:
        named = {"Bucket": BUCKET, "Key": "film"}
        made = s3.create_multipart_upload(**named, ServerSideEncryption="aws:kms", SSEKMSKeyId=KMS_KEY)
        named["UploadId"] = made["UploadId"]
        part = {"PartNumber": 1, "ETag": s3.upload_part(**named, PartNumber=1, Body=b"1")["ETag"]}
        s3.complete_multipart_upload(**named, MultipartUpload={"Parts": [part]})

    allowed = actions_of(prove(lambda cos, _: act(client_of(cos), None), prepare))
    assert allowed == {f"{BUCKET}/film": DONE, KMS_KEY: {"kms:Decrypt", "kms:GenerateDataKey"}}


def test_reading_and_copying_what_is_under_sse_kms_needs_its_key() -> None:
    # documented: GetObject and CopyObject, permissions; aws-permissions 3
    def act(s3: Any, _: Any) -> None:
        s3.get_object(Bucket=BUCKET, Key="secret")
        s3.copy_object(
            Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/secret", ServerSideEncryption="aws:kms", SSEKMSKeyId="k2"
        )

    assert asked(act) == {
        f"{BUCKET}/secret": {"s3:GetObject"},
        f"{BUCKET}/copy": DONE,
        KMS_KEY: {"kms:Decrypt"},
        KMS_KEY.replace("k1", "k2"): {"kms:GenerateDataKey"},
    }


def test_the_bucket_s_own_encryption_needs_its_key_and_that_of_the_account_none() -> None:
    # documented: default encryption; aws-permissions 3, of the key aws/s3
    def with_default(cos: FakeCOS) -> None:
        prepare(cos)
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KMS_KEY}}
        client_of(cos).put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration={"Rules": [rule]})

    def act(cos: FakeCOS, _: Any) -> None:
        client_of(cos).put_object(Bucket=BUCKET, Key="by-default", Body=b"1")
        client_of(cos).put_object(Bucket="locked", Key="managed", Body=b"1", ServerSideEncryption="aws:kms")
        client_of(cos).get_object(Bucket="locked", Key="managed")

    assert actions_of(prove(act, with_default)) == {
        f"{BUCKET}/by-default": DONE,
        "locked/managed": {"s3:PutObject", "s3:GetObject"},
        KMS_KEY: {"kms:GenerateDataKey"},
    }


def test_an_access_point_is_its_bucket() -> None:
    # assumed: of access points policies name the bucket here, see the limitations of identity policies
    def with_point(cos: FakeCOS) -> None:
        prepare(cos)
        cos.create_access_point("door", BUCKET)

    def act(cos: FakeCOS, _: Any) -> None:
        client_of(cos).get_object(Bucket="arn:aws:s3:us-east-1:123456789012:accesspoint/door", Key="tagged")

    assert actions_of(prove(act, with_point)) == {f"{BUCKET}/tagged": {"s3:GetObject"}}


def test_listings_that_all_name_a_prefix_are_allowed_with_it_alone() -> None:
    # documented: condition keys of Amazon S3, s3:prefix
    def act(s3: Any, _: Any) -> None:
        s3.list_objects_v2(Bucket=BUCKET, Prefix="tag")
        s3.list_object_versions(Bucket=BUCKET, Prefix="ver")

    policy = prove(lambda cos, _: act(client_of(cos), None), prepare)
    conditions = [(one["Action"], one["Condition"]["StringEquals"]["s3:prefix"]) for one in policy["Statement"]]
    assert conditions == [(["s3:ListBucket"], ["tag"]), (["s3:ListBucketVersions"], ["ver"])]


def test_one_listing_without_a_prefix_makes_it_unconditional() -> None:
    def act(s3: Any, _: Any) -> None:
        s3.list_objects_v2(Bucket=BUCKET, Prefix="tag")
        s3.list_objects_v2(Bucket=BUCKET)

    policy = prove(lambda cos, _: act(client_of(cos), None), prepare)
    assert [one.get("Condition") for one in policy["Statement"]] == [None]


def test_keys_with_signs_of_policies_are_named_as_they_are() -> None:
    # documented: policy variables, special characters; PutUserPolicy, what a policy may hold
    keys = ("a*b", "a?b", "a${x}b", "über/Straße", "far/日本.txt")

    def act(s3: Any, _: Any) -> None:
        for key in keys:
            s3.put_object(Bucket=BUCKET, Key=key, Body=b"1")

    policy = prove(lambda cos, _: act(client_of(cos), None), prepare, exact=True)
    assert policy["Statement"][0]["Resource"] == [
        f"{WHOLE}/a${{$}}{{x}}b",
        f"{WHOLE}/a${{*}}b",
        f"{WHOLE}/a${{?}}b",
        f"{WHOLE}/far/*",
        f"{WHOLE}/über/Straße",
    ]


def test_an_unknown_bucket_is_told_before_permissions_and_needs_none(cos: FakeCOS) -> None:
    # recorded aws-bucket-configuration 7: NoSuchBucket
    with pytest.raises(ClientError, match="NoSuchBucket"):
        cos.client().list_objects_v2(Bucket="no-such-bucket")
    assert cos.required_policy()["Statement"] == []


def test_what_nobody_signed_and_what_is_done_by_hand_needs_no_policy(cos: FakeCOS) -> None:
    from botocore import UNSIGNED
    from botocore.config import Config

    cos.create_bucket(BUCKET)
    cos.put_object(BUCKET, "a", b"1")
    with suppress(ClientError):
        cos.client(config=Config(signature_version=UNSIGNED)).get_object(Bucket=BUCKET, Key="a")
    assert cos.required_policy()["Statement"] == []


def test_a_condition_on_an_etag_needs_to_read_the_object() -> None:
    # documented: aws-permissions 13; `*` in a delete is no ETag
    def act(s3: Any, _: Any) -> None:
        etag = s3.put_object(Bucket=BUCKET, Key="state", Body=b"1")["ETag"]
        s3.put_object(Bucket=BUCKET, Key="state", Body=b"2", IfMatch=etag)
        s3.delete_object(Bucket=BUCKET, Key="versions", IfMatch="*")
        s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "secret", "ETag": "(none)"}, {"Key": "tagged"}]})

    assert asked(act) == {
        f"{BUCKET}/state": {"s3:GetObject", "s3:PutObject"},
        f"{BUCKET}/versions": {"s3:DeleteObject"},
        f"{BUCKET}/secret": {"s3:DeleteObject", "s3:GetObject"},
        f"{BUCKET}/tagged": {"s3:DeleteObject"},
    }

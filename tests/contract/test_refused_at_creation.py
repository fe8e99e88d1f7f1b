"""What a Create or a Put may not say: each is refused before anything is stored."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.altered_requests import before_signing
from tests.support.constants import AWS, BUCKET
from tests.support.refusals import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS

KEY = "holiday.zip"
CALLS = ["create_multipart_upload", "put_object"]


def call(client: Any, name: str, **params: Any) -> Any:
    return getattr(client, name)(Bucket=BUCKET, Key=KEY, **params)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("dialect", [AWS])
def test_a_grant_is_refused_in_a_bucket_without_acls(cos: FakeCOS, client: Any, name: str) -> None:
    # documented and public, as for a canned ACL
    with refused(cos, "AccessControlListNotSupported", "The bucket does not allow ACLs", 400):
        call(client, name, GrantRead='uri="http://acs.amazonaws.com/groups/global/AllUsers"')


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("tagging", ["a=%zz", "a=1&a=2", "a=%FF", "%C3=1"])
def test_tags_that_do_not_decode_are_refused(cos: FakeCOS, client: Any, name: str, tagging: str) -> None:
    message = (  # public
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters "
        "without tag name duplicates."
    )
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="x-amz-tagging", ArgumentValue=tagging):
        call(client, name, Tagging=tagging)


@pytest.mark.parametrize(
    ("tagging", "message", "said"),
    [
        ("a%3Cb=1", "The TagKey you have provided is invalid", {"TagKey": "a<b"}),
        ("a=%3E", "The TagValue you have provided is invalid", {"TagKey": "a", "TagValue": ">"}),
    ],
)
def test_characters_that_tags_do_not_have_are_refused(
    cos: FakeCOS, client: Any, tagging: str, message: str, said: dict[str, str]
) -> None:
    # public; the characters are documented
    with refused(cos, "InvalidTag", message, 400, **said):
        call(client, "put_object", Tagging=tagging)


def test_a_name_of_s3_s_own_is_refused(cos: FakeCOS, client: Any) -> None:
    # public
    with refused(cos, "InvalidTag", "Your TagKey cannot be prefixed with aws:", 400, TagKey="aws:mine"):
        call(client, "put_object", Tagging="aws:mine=1")


def test_a_tag_may_have_every_character_that_is_documented(aws: Any) -> None:
    # those of COS: tests/ibm/test_tags.py
    answer = call(aws, "put_object", Tagging="%C3%BC%20+-%3D._:/%40=%E6%97%A5")
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200


@pytest.mark.parametrize("name", CALLS)
def test_an_event_hold_needs_object_lock(cos: FakeCOS, aws: Any, name: str) -> None:
    # public: aws-changes 34
    with refused(cos, "InvalidRequest", "Bucket is missing ObjectLockConfiguration", 400):
        call(aws, name, ObjectLockEventHold="ON")


@pytest.mark.parametrize("name", CALLS)
def test_a_redirect_location_is_a_path_or_a_url(cos: FakeCOS, client: Any, name: str) -> None:
    message = "The website redirect location must have a prefix of 'http://' or 'https://' or '/'."  # public
    with refused(cos, "InvalidRedirectLocation", message, 400):
        call(client, name, WebsiteRedirectLocation="elsewhere")


NEEDS_KMS = (
    "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms"
)


@pytest.mark.parametrize(
    "context",
    [
        "!!",
        "eyJh!IjoiYiJ9",
        "e!yJhIjoiYiJ9",
        *(base64.b64encode(text).decode() for text in (b"[1]", b'{"a":1}', b"[" * 3000)),
    ],
)
def test_a_kms_context_is_a_map_of_strings(cos: FakeCOS, aws: Any, context: str) -> None:
    with refused(cos, "InvalidArgument", status=400):
        call(aws, "create_multipart_upload", ServerSideEncryption="aws:kms", SSEKMSEncryptionContext=context)


@pytest.mark.parametrize("method", [{}, {"ServerSideEncryption": "AES256"}])
def test_a_kms_context_needs_kms(cos: FakeCOS, aws: Any, method: dict[str, str]) -> None:
    # public, as for a key of KMS
    context = base64.b64encode(b'{"a":"b"}').decode()
    with refused(cos, "InvalidArgument", NEEDS_KMS, 400, ArgumentName="x-amz-server-side-encryption"):
        call(aws, "create_multipart_upload", SSEKMSEncryptionContext=context, **method)


def test_a_bucket_key_is_true_or_false(cos: FakeCOS, aws: Any) -> None:
    headers = {"x-amz-server-side-encryption-bucket-key-enabled": "maybe"}  # assumed
    with refused(cos, "InvalidArgument", status=400), before_signing(aws, headers=headers):
        call(aws, "create_multipart_upload", ServerSideEncryption="aws:kms")


def test_the_tags_of_a_new_bucket_are_kept(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-bucket-configuration 9
    aws.create_bucket(Bucket="tagged", CreateBucketConfiguration={"Tags": [{"Key": "tag1", "Value": "value1"}]})
    assert cos.store.buckets["tagged"].tags == {"tag1": "value1"}


def test_an_abort_on_a_condition_is_not_implemented(cos: FakeCOS, aws: Any) -> None:
    # as DeleteObject's conditions of that kind (recorded aws-objects 25); a false condition must not abort
    upload = call(aws, "create_multipart_upload")["UploadId"]
    with refused(cos, "NotImplemented", status=501):
        call(aws, "abort_multipart_upload", UploadId=upload, IfMatchInitiatedTime="2020-01-01T00:00:00Z")


def test_a_repeated_complete_may_write_its_etags_without_quotes(aws: Any) -> None:
    upload = call(aws, "create_multipart_upload")["UploadId"]
    etag = call(aws, "upload_part", UploadId=upload, PartNumber=1, Body=b"x")["ETag"]
    first, second = (
        call(
            aws,
            "complete_multipart_upload",
            UploadId=upload,
            MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": written}]},
        )
        for written in (etag, etag.strip('"'))
    )
    assert first["ETag"] == second["ETag"]


def test_a_part_is_copied_through_an_access_point(cos: FakeCOS, aws: Any) -> None:
    # documented: CopySource of UploadPartCopy
    cos.create_access_point("myap", BUCKET)
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"0123456789")
    upload = call(aws, "create_multipart_upload")["UploadId"]
    source = "arn:aws:s3:us-east-1:123456789012:accesspoint/myap/object/source"
    call(aws, "upload_part_copy", UploadId=upload, PartNumber=1, CopySource=source)
    assert cos.store.buckets[BUCKET].uploads[upload].parts[1].body == b"0123456789"


def test_a_request_without_a_body_has_its_sha256_judged_too(cos: FakeCOS, aws: Any) -> None:
    # public: any method, with SigV4
    def junk(request: Any, **_: Any) -> None:
        request.headers["x-amz-content-sha256"] = "junk"

    aws.meta.events.register("before-send.s3.CreateMultipartUpload", junk)
    with refused(cos, "InvalidArgument", status=400):
        call(aws, "create_multipart_upload")

"""What a Create or a Put may not say: each is refused before anything is stored."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

KEY = "holiday.zip"
CALLS = ["create_multipart_upload", "put_object"]


def call(client: Any, name: str, **params: Any) -> Any:
    return getattr(client, name)(Bucket=BUCKET, Key=KEY, **params)


@promise
@cases("name", CALLS)
@cases("dialect", [AWS])
def a_grant_is_refused_in_a_bucket_without_acls(cos: Service, client: Any, name: str) -> None:
    """Source: documented and public, as for a canned ACL."""
    with refused(cos, "AccessControlListNotSupported", "The bucket does not allow ACLs", 400):
        call(client, name, GrantRead='uri="http://acs.amazonaws.com/groups/global/AllUsers"')


@promise
@cases("name", CALLS)
@cases("tagging", ["a=%zz", "a=1&a=2", "a=%FF", "%C3=1"])
def tags_that_do_not_decode_are_refused(cos: Service, client: Any, name: str, tagging: str) -> None:
    """Source: public."""
    message = (  # public
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters "
        "without tag name duplicates."
    )
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="x-amz-tagging", ArgumentValue=tagging):
        call(client, name, Tagging=tagging)


@promise
@cases(
    ("tagging", "message", "said"),
    [
        ("a%3Cb=1", "The TagKey you have provided is invalid", {"TagKey": "a<b"}),
        ("a=%3E", "The TagValue you have provided is invalid", {"TagKey": "a", "TagValue": ">"}),
    ],
)
def characters_that_tags_do_not_have_are_refused(
    cos: Service, client: Any, tagging: str, message: str, said: dict[str, str]
) -> None:
    """Source: public; the characters are documented."""
    with refused(cos, "InvalidTag", message, 400, **said):
        call(client, "put_object", Tagging=tagging)


@promise
def a_name_of_s3_s_own_is_refused(cos: Service, client: Any) -> None:
    """Source: public."""
    with refused(cos, "InvalidTag", "Your TagKey cannot be prefixed with aws:", 400, TagKey="aws:mine"):
        call(client, "put_object", Tagging="aws:mine=1")


@promise
def a_tag_may_have_every_character_that_is_documented(aws: Any) -> None:
    # those of COS: tests/ibm/test_tags.py
    answer = call(aws, "put_object", Tagging="%C3%BC%20+-%3D._:/%40=%E6%97%A5")
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200


@promise
@cases("name", CALLS)
def an_event_hold_needs_object_lock(cos: Service, aws: Any, name: str) -> None:
    """Source: public: aws-changes 34."""
    with refused(cos, "InvalidRequest", "Bucket is missing ObjectLockConfiguration", 400):
        call(aws, name, ObjectLockEventHold="ON")


@promise
@cases("name", CALLS)
def a_redirect_location_is_a_path_or_a_url(cos: Service, client: Any, name: str) -> None:
    """Source: public."""
    message = "The website redirect location must have a prefix of 'http://' or 'https://' or '/'."  # public
    with refused(cos, "InvalidRedirectLocation", message, 400):
        call(client, name, WebsiteRedirectLocation="elsewhere")


NEEDS_KMS = (
    "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms"
)


@promise
@cases(
    "context",
    [
        "!!",
        "eyJh!IjoiYiJ9",
        "e!yJhIjoiYiJ9",
        *(base64.b64encode(text).decode() for text in (b"[1]", b'{"a":1}', b"[" * 3000)),
    ],
)
def a_kms_context_is_a_map_of_strings(cos: Service, aws: Any, context: str) -> None:
    with refused(cos, "InvalidArgument", status=400):
        call(aws, "create_multipart_upload", ServerSideEncryption="aws:kms", SSEKMSEncryptionContext=context)


@promise
@cases("method", [{}, {"ServerSideEncryption": "AES256"}])
def a_kms_context_needs_kms(cos: Service, aws: Any, method: dict[str, str]) -> None:
    """Source: public, as for a key of KMS."""
    context = base64.b64encode(b'{"a":"b"}').decode()
    with refused(cos, "InvalidArgument", NEEDS_KMS, 400, ArgumentName="x-amz-server-side-encryption"):
        call(aws, "create_multipart_upload", SSEKMSEncryptionContext=context, **method)


@promise
def a_bucket_key_is_true_or_false(cos: Service, aws: Any) -> None:
    """Source: assumed."""
    headers = {"x-amz-server-side-encryption-bucket-key-enabled": "maybe"}  # assumed
    with refused(cos, "InvalidArgument", status=400), before_signing(aws, headers=headers):
        call(aws, "create_multipart_upload", ServerSideEncryption="aws:kms")


@promise
def an_abort_on_a_condition_is_not_implemented(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 25); a false condition must not abort."""
    upload = call(aws, "create_multipart_upload")["UploadId"]
    with refused(cos, "NotImplemented", status=501):
        call(aws, "abort_multipart_upload", UploadId=upload, IfMatchInitiatedTime="2020-01-01T00:00:00Z")


@promise
def a_repeated_complete_may_write_its_etags_without_quotes(aws: Any) -> None:
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


@promise
def a_request_without_a_body_has_its_sha256_judged_too(cos: Service, send: ByHand) -> None:
    """Source: public: any method, with SigV4."""
    with refused(cos, "InvalidArgument", status=400):
        send("POST", f"/{BUCKET}/{KEY}", "uploads", {"x-amz-content-sha256": "junk"})

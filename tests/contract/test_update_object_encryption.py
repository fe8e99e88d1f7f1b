"""UpdateObjectEncryption (documented: its page and the user guide; aws-changes 5)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.facts import errors
from tests.contract.test_sse_c import SSE_C
from tests.support.access import OTHER, allow, set_policy
from tests.support.answers import http_status, members_of, specific_headers
from tests.support.constants import BUCKET, EU_DE, KEY
from tests.support.digests import md5_base64
from tests.support.encryption import allow_sse_c
from tests.support.locks import COMPLIANCE, GOVERNANCE, LOCKED, put_legal_hold, put_locked, put_retention
from tests.support.messages import MALFORMED_XML, METHOD_NOT_ALLOWED, NO_SUCH_KEY, NO_SUCH_VERSION
from tests.support.payloads import V4
from tests.support.raw_requests import LEFT_OUT, send_raw
from tests.support.refusals import refused
from tests.support.uploads import complete_upload, completed_part, create_upload, upload_part
from tests.support.versions import ABSENT_VERSION, add_delete_marker, enable_versioning, put_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS
    from fakecos.facts.errors import ErrorSpec

pytestmark = pytest.mark.only_boto3("its botocore may be older than the operation")

OBJECT = {"Bucket": BUCKET, "Key": "key"}
KMS_KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER_KEY = KMS_KEY.replace("1234abcd", "ffffffff")
KMS = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KMS_KEY}
NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'


def update(aws: Any, key: str = KMS_KEY, *, of: Any = OBJECT, bucket_key: bool | None = None, **more: Any) -> Any:
    asked: dict[str, Any] = {"KMSKeyArn": key}
    if bucket_key is not None:
        asked["BucketKeyEnabled"] = bucket_key
    return aws.update_object_encryption(**of, ObjectEncryption={"SSEKMS": asked}, **more)


def update_raw(cos: FakeCOS, document: str, **headers: str) -> Any:
    body = document.encode()
    headers = {
        "content-md5": md5_base64(body),
        "authorization": V4,
        "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
        **headers,
    }
    return send_raw(cos, "PUT", f"/{BUCKET}/key", "encryption", headers, body)


def asking(inner: str) -> str:
    return f"<ObjectEncryption {NAMESPACE}>{inner}</ObjectEncryption>"


def encryption_of(aws: Any, **more: Any) -> dict[str, Any]:
    names = ("ServerSideEncryption", "SSEKMSKeyId", "BucketKeyEnabled")
    return {name: value for name, value in aws.head_object(**{**OBJECT, **more}).items() if name in names}


def refused_as(cos: FakeCOS, row: ErrorSpec) -> Any:
    return refused(cos, row.code, row.message, row.status)


def test_an_object_gets_a_key_and_is_otherwise_as_it_was(cos: FakeCOS, aws: Any) -> None:
    # documented: storage class, dates, ETag, checksum and metadata stay; the answer has no body
    aws.put_object(**OBJECT, Body=b"x", Metadata={"a": "b"}, Tagging="c=d", StorageClass="STANDARD_IA")
    before = aws.get_object(**OBJECT, ChecksumMode="ENABLED")
    cos.advance(days=1)
    answer = update(aws)
    assert (http_status(answer), members_of(answer), specific_headers(answer)) == (200, {}, {"content-length": "0"})
    after = aws.get_object(**OBJECT, ChecksumMode="ENABLED")
    assert after["Body"].read() == before["Body"].read()
    changed = {"Body", "ResponseMetadata", *KMS}
    kept = {name: value for name, value in before.items() if name not in changed}
    assert {name: after[name] for name in {*kept, *KMS}} == {**kept, **KMS}
    assert "BucketKeyEnabled" not in after  # documented: false unless it is asked for
    assert cos.bucket(BUCKET).objects["key"].encryption == "aws:kms"


def test_another_key_and_a_bucket_key(aws: Any) -> None:
    # documented: from SSE-KMS to another key of it, and to apply or give up bucket keys
    aws.put_object(**OBJECT, **KMS)
    update(aws, OTHER_KEY, bucket_key=True)
    assert encryption_of(aws) == {**KMS, "SSEKMSKeyId": OTHER_KEY, "BucketKeyEnabled": True}
    update(aws, KMS_KEY, bucket_key=False)
    assert encryption_of(aws) == KMS


def test_an_upload_in_parts_keeps_its_parts(aws: Any) -> None:
    upload_id = create_upload(aws, ChecksumAlgorithm="SHA256")
    part = upload_part(aws, upload_id, b"x", ChecksumAlgorithm="SHA256")
    complete_upload(aws, upload_id, completed_part(1, part, checksums=True))
    key = {"Bucket": BUCKET, "Key": KEY}
    asked = ["ETag", "Checksum", "ObjectParts", "ObjectSize"]
    before = members_of(aws.get_object_attributes(**key, ObjectAttributes=asked))
    update(aws, of=key)
    assert members_of(aws.get_object_attributes(**key, ObjectAttributes=asked)) == before


@pytest.mark.parametrize("storage_class", ["GLACIER", "DEEP_ARCHIVE"])
def test_an_archived_object_is_not_restored(cos: FakeCOS, aws: Any, storage_class: str) -> None:
    # documented
    aws.put_object(**OBJECT, StorageClass=storage_class)
    update(aws)
    assert encryption_of(aws) == KMS
    with refused(cos, "InvalidObjectState"):
        aws.get_object(**OBJECT)


def test_a_version_is_named_or_it_is_the_newest(aws: Any) -> None:
    # documented; no version is made
    enable_versioning(aws)
    first, second = put_version(aws, body=b"1"), put_version(aws, body=b"2")
    update(aws)
    assert encryption_of(aws, VersionId=second) == KMS
    assert encryption_of(aws, VersionId=first) == {"ServerSideEncryption": "AES256"}
    update(aws, OTHER_KEY, VersionId=first)
    assert encryption_of(aws, VersionId=first)["SSEKMSKeyId"] == OTHER_KEY
    assert len(aws.list_object_versions(Bucket=BUCKET)["Versions"]) == 2


def test_a_copy_of_it_is_encrypted_as_copies_are(aws: Any) -> None:
    # documented: CopyObject takes the bucket's default
    aws.put_object(**OBJECT)
    update(aws)
    aws.copy_object(Bucket=BUCKET, Key="copy", CopySource=OBJECT)
    assert aws.head_object(Bucket=BUCKET, Key="copy")["ServerSideEncryption"] == "AES256"


# --- refusals ----------------------------------------------------------------------------------------


def test_what_is_not_there(cos: FakeCOS, aws: Any) -> None:
    # the error is documented, its words as elsewhere: recorded aws-objects 62
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, Key=f"{BUCKET}/key"):
        update(aws)
    with refused(cos, "NoSuchBucket"):
        update(aws, of={"Bucket": "no-such-bucket", "Key": "key"})
    enable_versioning(aws)
    put_version(aws)
    with refused(cos, "NoSuchVersion", NO_SUCH_VERSION, Key=f"{BUCKET}/key", VersionId=ABSENT_VERSION):
        update(aws, VersionId=ABSENT_VERSION)
    add_delete_marker(aws)
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, Method="PUT", ResourceType="DeleteMarker"):
        update(aws)


@pytest.mark.parametrize("given", [SSE_C, {**KMS, "ServerSideEncryption": "aws:kms:dsse"}])
def test_an_object_of_another_type(cos: FakeCOS, aws: Any, given: Any) -> None:
    # documented
    allow_sse_c(aws)
    aws.put_object(**OBJECT, **given)
    with refused_as(cos, errors.UPDATE_OF_OTHER_TYPE):
        update(aws)


@pytest.mark.parametrize(
    "inner",
    [
        *("", "<Nope/>", "<SSE-C/>", "<SSE-KMS/>", "<SSE-S3><x/></SSE-S3>"),
        f"<SSE-S3/><SSE-KMS><KMSKeyArn>{KMS_KEY}</KMSKeyArn></SSE-KMS>",
        f"<SSE-KMS><KMSKeyArn>{KMS_KEY}</KMSKeyArn><KMSKeyArn>{KMS_KEY}</KMSKeyArn></SSE-KMS>",
    ],
)
def test_a_document_of_another_form_comes_before_the_key(cos: FakeCOS, inner: str) -> None:
    # public: aws-measured 27
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        update_raw(cos, asking(inner))


ARN = "Requests modifying object encryption configuration to SSE-KMS require a"
FULL = "Invalid KMS Key ARN format. You must provide the full KMS Key ARN to make an UpdateObjectEncryption request"


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        ("<SSE-S3/>", "Target encryption type 'SSE-S3' is not supported."),
        ("<SSE-KMS><KMSKeyArn/></SSE-KMS>", f"{ARN} target kms key arn."),
        (
            f"<SSE-KMS><KMSKeyArn>{KMS_KEY}</KMSKeyArn><BucketKeyEnabled>maybe</BucketKeyEnabled></SSE-KMS>",
            "BucketKeyEnabled must be 'true' or 'false'. Invalid value: maybe",
        ),
        *(
            (f"<SSE-KMS><KMSKeyArn>{arn}</KMSKeyArn></SSE-KMS>", f"{ARN} valid target kms key arn: {fault}")
            for arn, fault in (
                ("1234abcd", "Malformed ARN - doesn't start with 'arn:'"),
                ("arn:", "Malformed ARN - no AWS partition specified"),
                ("arn:aws:kms", "Malformed ARN - no service specified"),
                ("arn:aws:kms:", "Malformed ARN - no AWS region partition specified"),
                ("arn:aws:kms:us-east-1:", "Malformed ARN - no AWS account specified"),
                ("arn:aws:kms:us-east-1:111:", "Malformed ARN - no resource specified"),
                ("arn:aws:kms:us-east-1:111111111111:key/", "resource cannot be empty"),
            )
        ),
        *(
            (f"<SSE-KMS><KMSKeyArn>{arn}</KMSKeyArn></SSE-KMS>", FULL)
            for arn in (
                "arn:aws:kms:us-east-1:123456789012:alias/mine",
                KMS_KEY.replace("kms", "s3", 1),
                KMS_KEY + "/more",
                KMS_KEY + "a" * 2048,
            )
        ),
    ],
)
def test_a_document_that_asks_for_no_key_is_refused_after_the_object(
    cos: FakeCOS, aws: Any, inner: str, message: str
) -> None:
    # public: aws-measured 27; the length: the model
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key=f"{BUCKET}/key"):
        update_raw(cos, asking(inner))
    aws.put_object(**OBJECT)
    with refused(cos, "InvalidRequest", message, 400):
        update_raw(cos, asking(inner))


def test_a_key_of_another_account(cos: FakeCOS, aws: Any) -> None:
    # documented: organizations may ask for it; fakecos has none
    aws.put_object(**OBJECT)
    with refused_as(cos, errors.UPDATE_KEY_OF_OTHER_ACCOUNT):
        update(aws, KMS_KEY.replace("123456789012", OTHER))


@pytest.mark.usefixtures("locked_bucket")
@pytest.mark.parametrize("lock", [GOVERNANCE, COMPLIANCE, "hold"])
def test_a_locked_object_until_its_lock_has_gone(cos: FakeCOS, aws: Any, lock: str) -> None:
    # documented
    put_locked(aws)
    until = cos.bucket(LOCKED).objects["key"].last_modified + dt.timedelta(days=1)
    if lock == "hold":
        put_legal_hold(aws, "ON")
    else:
        put_retention(aws, until, lock)
    of = {"Bucket": LOCKED, "Key": "key"}
    with refused_as(cos, errors.UPDATE_OF_LOCKED):
        update(aws, of=of)
    if lock == "hold":
        put_legal_hold(aws, "OFF")
    else:
        cos.advance(days=2)
    update(aws, of=of)
    assert encryption_of(aws, Bucket=LOCKED) == KMS


def test_signature_version_2(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    # documented
    client = make_client(config={"signature_version": "s3"})
    client.put_object(**OBJECT)
    with refused_as(cos, errors.UPDATE_NEEDS_SIGV4):
        update(client)


def test_the_document_is_one(cos: FakeCOS, aws: Any) -> None:
    # public: aws-measured 20, where it needs no digest, though the model has httpChecksumRequired
    aws.put_object(**OBJECT)
    with refused(cos, "MissingRequestBodyError", "Request Body is empty"):
        update_raw(cos, "", **{"content-md5": LEFT_OUT})
    with refused(cos, "MalformedXML", MALFORMED_XML):
        update_raw(cos, "<Other/>")
    with refused(cos, "BadDigest"):
        update_raw(cos, asking("<SSE-S3/>"), **{"content-md5": md5_base64(b"other")})


def test_the_owner_of_the_bucket_is_another_one_than_expected(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-bucket-configuration 19
    aws.put_object(**OBJECT)
    with refused(cos, "AccessDenied"):
        update(aws, ExpectedBucketOwner=OTHER)


def test_it_needs_two_permissions(cos: FakeCOS, alice: Any) -> None:
    # documented: s3:PutObject and s3:UpdateObjectEncryption, "Required permissions"
    everything = f"arn:aws:s3:::{BUCKET}/*"
    for only in ("s3:PutObject", "s3:UpdateObjectEncryption"):
        set_policy(cos, BUCKET, allow(only, everything))
        with refused(cos, "AccessDenied"):
            update(alice)
    set_policy(cos, BUCKET, allow(["s3:PutObject", "s3:UpdateObjectEncryption"], everything))
    update(alice)
    assert encryption_of(cos.client()) == KMS


def test_other_methods_of_the_resource(cos: FakeCOS) -> None:
    # public: measured on AWS in September 2026
    for method in ("GET", "POST"):
        with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, Method=method, ResourceType="OBJECT_ENCRYPTION"):
            send_raw(cos, method, f"/{BUCKET}/key", "encryption")


@pytest.mark.only_patch("the host says that it is COS")
@pytest.mark.filterwarnings("ignore::fakecos.facts.exceptions.UnimplementedOperationWarning")
def test_cos_does_not_have_it(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    # ibm-cos 10: refused (assumed)
    client = make_client(endpoint_url=EU_DE)
    cos.put_object(BUCKET, "key", b"x")
    with refused(cos, "NotImplemented", status=501):
        update(client)

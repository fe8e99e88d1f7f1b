"""Put, Get and DeleteBucketEncryption, and what is stored in a bucket with a default."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, as_of, cases, promise
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part

KEY_ARN = "arn:aws:kms:us-east-1:123456789012:key/0d1b3c5e-7f90-4a1b-8c2d-3e4f5a6b7c8d"
AES: dict[str, Any] = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
KMS: dict[str, Any] = {
    "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY_ARN},
    "BucketKeyEnabled": True,
}
AWS_KMS: dict[str, Any] = {
    "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"},
    "BucketKeyEnabled": True,
}


def put_encryption(client: Any, *rules: dict[str, Any], bucket: str = BUCKET) -> Any:
    return client.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": list(rules)})


@promise
@cases("rules", [(), (AES, AES)], ids=["none", "two"])
def there_is_exactly_one_rule(cos: Service, aws: Any, rules: tuple[dict[str, Any], ...]) -> None:
    """Source: recorded aws-bucket-configuration 26."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_encryption(aws, *rules)


@promise
def a_kms_key_needs_kms(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 26."""
    message = "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse"
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256", "KMSMasterKeyID": KEY_ARN}}
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="ApplyServerSideEncryptionByDefault"):
        put_encryption(aws, rule)


@promise
@cases(
    "rule",
    [
        {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aes256"}},
        {**AES, "BlockedEncryptionTypes": {"EncryptionType": ["SSE-KMS"]}},
    ],
    ids=str,
)
def an_unknown_value_is_malformed(cos: Service, aws: Any, rule: dict[str, Any]) -> None:
    """Source: assumed, as recorded for other documents: aws-bucket-configuration 24, 65, 66."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_encryption(aws, rule)


@promise
@cases("name", ["get_bucket_encryption", "delete_bucket_encryption"])
def a_missing_bucket(cos: Service, aws: Any, name: str) -> None:
    """Source: recorded aws-bucket-configuration 26."""
    missing = "The specified bucket does not exist"
    with refused(cos, "NoSuchBucket", missing, 404, BucketName="no-such-bucket"):
        getattr(aws, name)(Bucket="no-such-bucket")
    with refused(cos, "NoSuchBucket", missing, 404, BucketName="no-such-bucket"):
        put_encryption(aws, AES, bucket="no-such-bucket")


# --- what it does ---------------------------------------------------------------------------------------


@promise
def objects_without_an_encryption_of_their_own_get_the_buckets(aws: Any) -> None:
    """Source: documented by AWS: "Setting default server-side encryption behavior"."""
    put_encryption(aws, KMS)
    answer = aws.put_object(Bucket=BUCKET, Key="key", Body=b"x")
    wanted = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY_ARN, "BucketKeyEnabled": True}
    assert {name: answer.get(name) for name in wanted} == wanted
    head = aws.head_object(Bucket=BUCKET, Key="key")
    assert {name: head.get(name) for name in wanted} == wanted


@promise
def uploads_in_parts_and_copies_too(aws: Any) -> None:
    put_encryption(aws, KMS)
    upload_id = create_upload(aws, "key")
    answer = complete_upload(aws, upload_id, completed_part(1, upload_part(aws, upload_id, key="key")), key="key")
    assert answer["SSEKMSKeyId"] == KEY_ARN
    copy = aws.copy_object(Bucket=BUCKET, Key="copy", CopySource={"Bucket": BUCKET, "Key": "key"})
    assert copy["SSEKMSKeyId"] == KEY_ARN


@promise
def what_the_request_says_wins(aws: Any) -> None:
    """Source: documented; of the bucket key: "object-level ... overrides", otherwise the bucket's setting."""
    put_encryption(aws, KMS)
    own = aws.put_object(Bucket=BUCKET, Key="a", Body=b"x", ServerSideEncryption="AES256")
    assert own["ServerSideEncryption"] == "AES256"
    assert "SSEKMSKeyId" not in own
    other = aws.put_object(Bucket=BUCKET, Key="b", Body=b"x", ServerSideEncryption="aws:kms")
    assert other["SSEKMSKeyId"] != KEY_ARN
    assert other["BucketKeyEnabled"] is True


@promise
def a_key_of_kms_that_is_not_named_is_the_accounts_own(aws: Any) -> None:
    """Source: documented by AWS: it is called aws/s3."""
    put_encryption(aws, {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}})
    answer = aws.put_object(Bucket=BUCKET, Key="a", Body=b"x")
    assert answer["SSEKMSKeyId"].startswith("arn:aws:kms:us-east-1:123456789012:key/")
    assert "BucketKeyEnabled" not in answer


@promise
def a_copy_onto_itself_is_taken_where_a_default_was_set(cos: Service, aws: Any) -> None:
    """Source: recorded aws-checksums-and-sse 16."""
    copy = {"Bucket": BUCKET, "Key": "key", "CopySource": {"Bucket": BUCKET, "Key": "key"}}
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"")
    with refused(cos, "InvalidRequest", status=400):
        aws.copy_object(**copy)
    put_encryption(aws, AES)
    answer = members_of(aws.copy_object(**copy))
    assert answer["ServerSideEncryption"] == "AES256"
    assert answer["CopyObjectResult"]["ETag"] == '"d41d8cd98f00b204e9800998ecf8427e"'


@promise
@as_of("2026-04-06")
def a_default_comes_and_goes_and_the_next_one_blocks_sse_c(aws: Any) -> None:
    """Source: the answer to Put: recorded aws-checksums-and-sse 16; what is blocked: aws-changes 1."""
    blocked = {"BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]}}

    def rules() -> Any:
        return members_of(aws.get_bucket_encryption(Bucket=BUCKET))["ServerSideEncryptionConfiguration"]["Rules"]

    assert rules() == [{**AES, "BucketKeyEnabled": False, **blocked}]
    answer = put_encryption(aws, {**AWS_KMS, **blocked})
    assert (http_status(answer), members_of(answer)) == (200, {})
    assert rules() == [{**AWS_KMS, **blocked}]
    for _ in range(2):
        assert http_status(aws.delete_bucket_encryption(Bucket=BUCKET)) == 204
    assert rules() == [{**AES, "BucketKeyEnabled": False, **blocked}]

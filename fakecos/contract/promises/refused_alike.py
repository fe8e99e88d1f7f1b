"""What S3 was seen to refuse of one operation, asked of others: where fakecos/facts/errors says "of others"."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, as_of, case, cases, only_boto3, promise, uses
from fakecos.contract.steps.broken_rules import (
    BAD_MD5_FORM,
    CUSTOMER_KEY,
    KEY_RULES,
    RIGHT_KEY,
    TWO_CHECKSUMS,
    WRONG_MD5,
    Broken,
    refused_by,
)
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.locks import GOVERNANCE, LOCKED, UNTIL
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload
from fakecos.facts import errors

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

TAGGING = b"<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>"
DELETE = f"<Delete><Object><Key>{KEY}</Key></Object></Delete>".encode()
OF_THE_KEY = {errors.SSE_C_NO_ALGORITHM, errors.SSE_C_NO_KEY, errors.SSE_C_KEY_MD5_MISMATCH, errors.SSE_C_ALGORITHM}
OF_THE_KEY |= {errors.SSE_C_INVALID_KEY}
DOCUMENTS = [
    case("PUT", "tagging", TAGGING, id="PutBucketTagging"),
    case("POST", "delete", DELETE, id="DeleteObjects"),
]


@promise
@cases(("method", "query", "body"), DOCUMENTS)
@cases(
    ("sent", "code"),
    [(BAD_MD5_FORM, "InvalidDigest"), (WRONG_MD5, "BadDigest"), (TWO_CHECKSUMS, "InvalidRequest")],
    ids=["form of Content-MD5", "Content-MD5", "two checksums"],
)
def the_digests_of_a_document_are_judged_as_those_of_an_object(
    cos: Service, send: ByHand, method: str, query: str, body: bytes, sent: dict[str, str], code: str
) -> None:
    """Source: recorded aws-multipart 43, 44 of objects; of documents: assumed."""
    with refused(cos, code, status=400):
        send(method, f"/{BUCKET}", query, sent, body)


@promise
@cases("rule", [rule for rule in KEY_RULES if rule.row in OF_THE_KEY], ids=lambda rule: rule.name)
@cases("operation", ["UploadPart", "CopyObject", "GetObject"])
def headers_of_sse_c_are_judged_in_every_operation(
    cos: Service, send: ByHand, aws: Any, operation: str, rule: Broken
) -> None:
    """Source: recorded aws-multipart 48 of PutObject; of parts, copies and reads: assumed."""
    allow_sse_c(aws)
    key: dict[str, Any] = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": CUSTOMER_KEY}
    upload_id = create_upload(aws, **key)
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"x", **({} if operation == "CopyObject" else key))
    sent = {**RIGHT_KEY, **rule.sent}
    with refused_by(cos, rule.row):
        if operation == "UploadPart":
            send("PUT", f"/{BUCKET}/{KEY}", f"partNumber=1&uploadId={upload_id}", sent, b"x")
        elif operation == "CopyObject":
            send("PUT", f"/{BUCKET}/{KEY}", "", {**sent, "x-amz-copy-source": f"{BUCKET}/source"})
        else:
            send("GET", f"/{BUCKET}/source", "", sent)


@promise
@cases(
    ("method", "path", "query"),
    [("PUT", f"/{BUCKET}", "acl"), ("PUT", f"/{BUCKET}/{KEY}", ""), ("POST", f"/{BUCKET}/{KEY}", "uploads")],
    ids=["PutBucketAcl", "PutObject", "CreateMultipartUpload"],
)
@cases("grantee", ["uri=http://example.com/nobody", "id=nobody", "nobody"])
def a_grant_to_nobody_that_there_could_be_is_refused(
    cos: Service, send: ByHand, method: str, path: str, query: str, grantee: str
) -> None:
    """Source: recorded aws-bucket-configuration 22, aws-objects 63 of PutBucketAcl; of a new object: assumed."""
    with refused(cos, "InvalidArgument", status=400):
        send(method, path, query, {"x-amz-grant-read": grantee})


@promise
@uses("locked_bucket")
def what_a_copy_says_of_its_lock_is_judged_as_of_a_put(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 67 of PutObject and CreateMultipartUpload; of a copy: assumed."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"x")
    copy = {"Bucket": LOCKED, "Key": "key", "CopySource": f"{BUCKET}/source"}
    with refused(cos, "InvalidArgument", status=400):
        aws.copy_object(**copy, ObjectLockMode="BAD-VALUE", ObjectLockRetainUntilDate=UNTIL)
    with refused(cos, "InvalidArgument", status=400):
        aws.copy_object(**copy, ObjectLockMode=GOVERNANCE)


@promise
def a_grant_to_an_email_address_is_not_allowed(cos: Service, aws: Any) -> None:
    """Source: documented: since October 2025; the fields: assumed."""
    owned = {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}
    aws.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls=owned)
    with refused(cos, "MethodNotAllowed", status=405):
        aws.put_bucket_acl(Bucket=BUCKET, GrantRead='emailAddress="nobody@example.com"')


@promise
def an_expected_owner_that_is_none_is_refused_of_a_read_too(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 20, 21 of bucket policies; of others: assumed."""
    with refused(cos, "InvalidBucketOwnerAWSAccountID", status=400):
        aws.get_object(Bucket=BUCKET, Key=KEY, ExpectedBucketOwner="nobody")
    with refused(cos, "InvalidBucketOwnerAWSAccountID", status=400):
        aws.create_multipart_upload(Bucket=BUCKET, Key=KEY, ExpectedBucketOwner="nobody")


@promise
@cases("call", ["get_object_legal_hold", "put_object_legal_hold"])
def a_legal_hold_needs_object_lock_as_retention_does(cos: Service, aws: Any, call: str) -> None:
    """Source: recorded aws-objects 65 of retention; of legal holds: assumed."""
    aws.put_object(Bucket=BUCKET, Key=KEY)
    more = {"LegalHold": {"Status": "ON"}} if call.startswith("put") else {}
    with refused(cos, "InvalidRequest", errors.NO_OBJECT_LOCK.message, 400):
        getattr(aws, call)(Bucket=BUCKET, Key=KEY, **more)


@promise
@cases("name", ["list_object_versions", "get_object_attributes", "get_object_tagging", "head_object"])
def what_is_no_version_id_is_refused_alike(cos: Service, aws: Any, name: str) -> None:
    """Source: recorded aws-objects 49 of DeleteObject; of others: assumed."""
    if name == "list_object_versions":
        with refused(cos, "InvalidArgument", status=400):
            aws.list_object_versions(Bucket=BUCKET, KeyMarker=KEY, VersionIdMarker="garbage")
        return
    more = {"ObjectAttributes": ["ETag"]} if name == "get_object_attributes" else {}
    code = "400" if name == "head_object" else "InvalidArgument"
    with refused(cos, code, status=400):
        getattr(aws, name)(Bucket=BUCKET, Key=KEY, VersionId="garbage", **more)


@promise
@as_of("2026-06-16")
@only_boto3("its botocore may be older than annotations")
@cases("name", ["list_object_annotations", "get_object_annotation"])
def who_may_not_list_a_bucket_learns_nothing_of_annotations(cos: Service, aws: Any, name: str) -> None:
    """Source: documented of reads; of annotations: assumed, as for tags."""
    resource = f"arn:aws:s3:::{BUCKET}"
    denied = {"Effect": "Deny", "Principal": "*", "Action": "s3:ListBucket", "Resource": resource}
    aws.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [denied]}))
    more = {"AnnotationName": "label"} if name.startswith("get") else {}
    with refused(cos, "AccessDenied", status=403):
        getattr(aws, name)(Bucket=BUCKET, Key="nothing", **more)

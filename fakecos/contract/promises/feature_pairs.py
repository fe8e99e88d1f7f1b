"""Where two features meet: what no test of a single feature shows.

The table of all pairs, and which test holds each, is fakecos/facts/feature_pairs.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise, uses
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.messages import DENIED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import add_delete_marker, enable_versioning, put_version

if TYPE_CHECKING:
    from collections.abc import Callable

KMS: dict[str, Any] = {"ServerSideEncryption": "aws:kms"}
ANOTHER = '"0123456789abcdef0123456789abcdef"'


def with_header(client: Any, name: str, value: str) -> None:
    """Let each GET of a client have one more header."""

    def add(request: Any, **_: object) -> None:
        request.headers[name] = value

    for operation in ("GetObject", "HeadObject"):
        client.meta.events.register_first(f"before-sign.s3.{operation}", add)


@promise
@cases(
    "shape",
    ["own", "unquoted", "date", "another", "weak", "later", "nonsense"],
)
def if_range_with_another_etag_gives_the_whole_object(make_client: Callable[..., Any], shape: str) -> None:
    """Source: reported: aws-changes 39; dates, and that a weak ETag is none: RFC 9110, 13.1.5."""
    client = make_client()
    etag = client.put_object(Bucket=BUCKET, Key="key", Body=b"0123456789")["ETag"]
    written = client.head_object(Bucket=BUCKET, Key="key")["LastModified"]
    later = written + dt.timedelta(days=1)
    form = "%a, %d %b %Y %H:%M:%S GMT"
    values = {"own": etag, "unquoted": etag.strip('"'), "date": written.strftime(form), "another": ANOTHER}
    values |= {"weak": f"W/{etag}", "later": later.strftime(form), "nonsense": "yesterday"}
    with_header(client, "If-Range", values[shape])
    answer = client.get_object(Bucket=BUCKET, Key="key", Range="bytes=2-3")
    head = client.head_object(Bucket=BUCKET, Key="key", Range="bytes=2-3")
    assert answer["Body"].read() == (b"23" if shape in {"own", "unquoted", "date"} else b"0123456789")
    assert head["ContentLength"] == answer["ContentLength"]


@promise
def a_checksum_is_that_of_the_bytes_under_sse_kms(aws: Any) -> None:
    """Source: documented by AWS: checking object integrity."""
    plain = aws.put_object(Bucket=BUCKET, Key="plain", Body=b"1", ChecksumAlgorithm="SHA256")
    under_kms = aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", ChecksumAlgorithm="SHA256", **KMS)
    assert under_kms["ChecksumSHA256"] == plain["ChecksumSHA256"]
    assert under_kms["ETag"] != plain["ETag"]


@promise
def a_copy_does_not_inherit_sse_kms(aws: Any) -> None:
    """Source: documented by AWS: CopyObject encrypts as asked for, else as the bucket of the copy does by default."""
    aws.put_object(Bucket=BUCKET, Key="source", **KMS)
    answer = aws.copy_object(Bucket=BUCKET, Key="key", CopySource=f"{BUCKET}/source")
    assert answer["ServerSideEncryption"] == "AES256"
    assert "SSEKMSKeyId" not in answer


CUSTOMER: dict[str, Any] = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": b"k" * 32}
STRANGER = "999999999999"
FAILED = ("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412)
ARCHIVED = ("InvalidObjectState", "The operation is not valid for the object's storage class", 403)


# --- conditions -------------------------------------------------------------------------------------------------------


@promise
def a_condition_of_a_read_is_about_the_version_that_it_names(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 32 for copies; documented by AWS: GetObject."""
    enable_versioning(aws)
    old = put_version(aws, body=b"old")
    put_version(aws, body=b"new")
    etag = aws.head_object(Bucket=BUCKET, Key="key", VersionId=old)["ETag"]
    assert aws.get_object(Bucket=BUCKET, Key="key", VersionId=old, IfMatch=etag)["Body"].read() == b"old"
    with refused(cos, *FAILED, Condition="If-Match"):
        aws.get_object(Bucket=BUCKET, Key="key", IfMatch=etag)
    with refused(cos, "304", "Not Modified", 304):
        aws.get_object(Bucket=BUCKET, Key="key", VersionId=old, IfNoneMatch=etag)


@promise
@cases(
    "asked",
    [{"IfMatch": ANOTHER}, {"IfNoneMatch": "*"}, {"Range": "bytes=99-"}, {"PartNumber": 7}, CUSTOMER],
    ids=["If-Match", "If-None-Match", "range", "part", "SSE-C"],
)
def a_marker_is_told_before_anything_that_a_read_asks_for(cos: Service, aws: Any, asked: dict[str, Any]) -> None:
    """Source: recorded aws-objects 11 for the range of a key that is not there; else assumed."""
    enable_versioning(aws)
    put_version(aws)
    add_delete_marker(aws)
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="key"):
        aws.get_object(Bucket=BUCKET, Key="key", **asked)


@promise
def a_condition_compares_with_the_etag_of_sse_kms(cos: Service, aws: Any) -> None:
    """Source: documented by AWS: the ETag of an object under SSE-KMS is no MD5."""
    etag = aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", **KMS)["ETag"]
    plain = aws.put_object(Bucket=BUCKET, Key="plain", Body=b"1")["ETag"]
    assert aws.get_object(Bucket=BUCKET, Key="key", IfMatch=etag)["Body"].read() == b"1"
    with refused(cos, *FAILED, Condition="If-Match"):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"2", IfMatch=plain)


@promise
def a_copy_judges_its_source_before_its_destination(cos: Service, aws: Any) -> None:
    """Source: assumed."""
    aws.put_object(Bucket=BUCKET, Key="source")
    aws.put_object(Bucket=BUCKET, Key="key")
    with refused(cos, *FAILED, Condition="x-amz-copy-source-If-Match"):
        aws.copy_object(
            Bucket=BUCKET, Key="key", CopySource=f"{BUCKET}/source", CopySourceIfMatch=ANOTHER, IfNoneMatch="*"
        )


@promise
def a_condition_is_judged_before_the_range(cos: Service, aws: Any) -> None:
    """Source: assumed for GetObject; of UploadPartCopy: public."""
    etag = aws.put_object(Bucket=BUCKET, Key="key", Body=b"0123")["ETag"]
    with refused(cos, *FAILED, Condition="If-Match"):
        aws.get_object(Bucket=BUCKET, Key="key", Range="bytes=99-", IfMatch=ANOTHER)
    with refused(cos, "304", "Not Modified", 304):
        aws.get_object(Bucket=BUCKET, Key="key", Range="bytes=99-", IfNoneMatch=etag)


@promise
@cases(
    "asked",
    [
        {"IfMatch": ANOTHER},
        {"IfNoneMatch": "*"},
        {"Range": "bytes=0-0"},
        {"Range": "bytes=99-"},
        {"PartNumber": 1},
        CUSTOMER,
    ],
)
def an_archived_object_is_told_before_anything_that_a_read_asks_for(
    cos: Service, aws: Any, asked: dict[str, Any]
) -> None:
    """Source: recorded aws-objects 57 for a plain GET; else assumed."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"0123", StorageClass="GLACIER")
    with refused(cos, *ARCHIVED, StorageClass="GLACIER"):
        aws.get_object(Bucket=BUCKET, Key="key", **asked)


@promise
def a_wrong_digest_is_told_before_a_condition_that_fails(cos: Service, aws: Any) -> None:
    """Source: assumed."""
    aws.put_object(Bucket=BUCKET, Key="key")
    with refused(cos, "BadDigest"):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", IfNoneMatch="*", ContentMD5=md5_base64(b"2"))


@promise
def a_delete_with_a_condition_and_a_version_is_not_implemented(cos: Service, aws: Any) -> None:
    """Source: reported: aws-changes 35."""
    enable_versioning(aws)
    version = put_version(aws)
    with refused(cos, "NotImplemented", None, 501):
        aws.delete_object(Bucket=BUCKET, Key="key", VersionId=version, IfMatch="*")


@promise
def a_delete_with_a_condition_at_a_marker_finds_nothing(cos: Service, aws: Any) -> None:
    """Source: reported: aws-changes 35."""
    enable_versioning(aws)
    put_version(aws)
    add_delete_marker(aws)
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="key"):
        aws.delete_object(Bucket=BUCKET, Key="key", IfMatch=ANOTHER)


@promise
def copies_name_the_owner_of_each_bucket(cos: Service, aws: Any) -> None:
    """Source: documented by AWS: CopyObject, UploadPartCopy."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"1")
    upload = aws.create_multipart_upload(Bucket=BUCKET, Key="key")["UploadId"]
    copied = {"Bucket": BUCKET, "Key": "key", "CopySource": f"{BUCKET}/source"}
    for wrong in ("ExpectedBucketOwner", "ExpectedSourceBucketOwner"):
        with refused(cos, *DENIED):
            aws.copy_object(**copied, **{wrong: STRANGER})
        with refused(cos, *DENIED):
            aws.upload_part_copy(**copied, UploadId=upload, PartNumber=1, **{wrong: STRANGER})


@promise
@uses("sse_c_allowed")
def each_version_has_its_own_customers_key(cos: Service, aws: Any) -> None:
    """Source: documented: considerations before using SSE-C."""
    other = {**CUSTOMER, "SSECustomerKey": b"o" * 32}
    enable_versioning(aws)
    old = put_version(aws, body=b"old", **CUSTOMER)
    put_version(aws, body=b"new", **other)
    assert aws.get_object(Bucket=BUCKET, Key="key", VersionId=old, **CUSTOMER)["Body"].read() == b"old"
    assert aws.get_object(Bucket=BUCKET, Key="key", **other)["Body"].read() == b"new"
    with refused(cos, "AccessDenied", None, 403):
        aws.get_object(Bucket=BUCKET, Key="key", VersionId=old, **other)

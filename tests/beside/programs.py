"""Programs that ask for one bucket by usual clients: what each does is the same here and there."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, Any

import requests
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable

MIB = 1024 * 1024
CUSTOMER: dict[str, Any] = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}


def objects(s3: Any, bucket: str) -> None:
    for key in ("a", "a b/ü+.txt", "a//b", "%41", "…"):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode(), Metadata={"note": "hello"}, ContentType="text/plain")
        assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()
        s3.head_object(Bucket=bucket, Key=key)
    s3.get_object(Bucket=bucket, Key="a b/ü+.txt", Range="bytes=1-3")
    s3.delete_object(Bucket=bucket, Key="a")


def refusals(s3: Any, bucket: str) -> None:
    asked: list[tuple[str, dict[str, Any]]] = [
        ("get_object", {"Key": "none"}),
        ("head_object", {"Key": "none"}),
        ("put_object", {"Key": "a", "ContentMD5": "AAAAAAAAAAAAAAAAAAAAAA==", "Body": b"x"}),
        ("upload_part", {"Key": "a", "UploadId": "none", "PartNumber": 1, "Body": b"x"}),
        ("list_object_versions", {"EncodingType": "other"}),
        ("get_bucket_cors", {}),
        ("create_bucket", {}),
    ]
    for name, params in asked:
        with contextlib.suppress(ClientError):
            getattr(s3, name)(Bucket=bucket, **params)


def conditions(s3: Any, bucket: str) -> None:
    etag = s3.put_object(Bucket=bucket, Key="a", Body=b"1", IfNoneMatch="*")["ETag"]
    for more in ({"IfMatch": etag}, {"IfNoneMatch": etag}, {"IfMatch": '"other"'}):
        with contextlib.suppress(ClientError):
            s3.get_object(Bucket=bucket, Key="a", **more)
    with contextlib.suppress(ClientError):
        s3.put_object(Bucket=bucket, Key="a", Body=b"2", IfNoneMatch="*")
    s3.put_object(Bucket=bucket, Key="a", Body=b"2", IfMatch=etag)


def pages(s3: Any, bucket: str) -> None:
    for number in range(5):
        s3.put_object(Bucket=bucket, Key=f"folder{number % 2}/{number}", Body=b"x")
    token: dict[str, str] = {}
    while True:
        page = s3.list_objects_v2(Bucket=bucket, MaxKeys=2, **token)
        if not page["IsTruncated"]:
            break
        token = {"ContinuationToken": page["NextContinuationToken"]}
    s3.list_objects(Bucket=bucket, Delimiter="/")


def multipart(s3: Any, bucket: str) -> None:
    upload = {"Bucket": bucket, "Key": "m"}
    upload["UploadId"] = s3.create_multipart_upload(Bucket=bucket, Key="m", ChecksumAlgorithm="SHA256")["UploadId"]
    one = s3.upload_part(**upload, PartNumber=1, Body=b"1" * 5 * MIB, ChecksumAlgorithm="SHA256")
    two = s3.upload_part(**upload, PartNumber=2, Body=b"2", ChecksumAlgorithm="SHA256")
    s3.list_multipart_uploads(Bucket=bucket)
    s3.list_parts(**upload, MaxParts=1)
    listed = [
        {"PartNumber": number, "ETag": part["ETag"], "ChecksumSHA256": part["ChecksumSHA256"]}
        for number, part in enumerate((one, two), 1)
    ]
    with contextlib.suppress(ClientError):
        s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": listed[::-1]})
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": listed})
    with contextlib.suppress(ClientError):
        s3.list_parts(**upload)
    s3.get_object(Bucket=bucket, Key="m", PartNumber=2)
    other = s3.create_multipart_upload(Bucket=bucket, Key="n")["UploadId"]
    s3.abort_multipart_upload(Bucket=bucket, Key="n", UploadId=other)


def many_uploads(s3: Any, bucket: str) -> None:
    for _ in range(3):
        s3.create_multipart_upload(Bucket=bucket, Key="same")
    page = s3.list_multipart_uploads(Bucket=bucket, MaxUploads=1)
    s3.list_multipart_uploads(Bucket=bucket, KeyMarker=page["NextKeyMarker"], UploadIdMarker=page["NextUploadIdMarker"])


def versions(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="a", Body=b"null")
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    ids = [s3.put_object(Bucket=bucket, Key="a", Body=b"%d" % number)["VersionId"] for number in range(3)]
    s3.delete_object(Bucket=bucket, Key="a")
    page = s3.list_object_versions(Bucket=bucket, MaxKeys=2)
    marker = {"KeyMarker": page["NextKeyMarker"], "VersionIdMarker": page["NextVersionIdMarker"]}
    s3.list_object_versions(Bucket=bucket, **marker)
    assert s3.get_object(Bucket=bucket, Key="a", VersionId=ids[1])["Body"].read() == b"1"
    s3.copy_object(Bucket=bucket, Key="b", CopySource={"Bucket": bucket, "Key": "a", "VersionId": ids[0]})
    named = [{"Key": "a", "VersionId": each} for each in (ids[2], "null")]
    assert "Errors" not in s3.delete_objects(Bucket=bucket, Delete={"Objects": named})
    assert [each["VersionId"] for each in s3.list_object_versions(Bucket=bucket, Prefix="a")["Versions"]] == ids[1::-1]


def copies(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="a b", Body=b"x" * 5 * MIB, Metadata={"n": "1"})
    s3.copy_object(Bucket=bucket, Key="b", CopySource=f"{bucket}/a b", MetadataDirective="REPLACE")
    upload = s3.create_multipart_upload(Bucket=bucket, Key="c")["UploadId"]
    source = {"Bucket": bucket, "Key": "a b"}
    s3.upload_part_copy(
        Bucket=bucket, Key="c", UploadId=upload, PartNumber=1, CopySource=source, CopySourceRange="bytes=0-9"
    )


def tags_and_configurations(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="a", Body=b"x", Tagging="one=1")
    s3.put_object_tagging(Bucket=bucket, Key="a", Tagging={"TagSet": [{"Key": "two", "Value": "ü"}]})
    s3.get_object_tagging(Bucket=bucket, Key="a")
    rule = {"Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 3}}
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": [rule]})
    s3.get_bucket_lifecycle_configuration(Bucket=bucket)
    s3.put_bucket_cors(
        Bucket=bucket, CORSConfiguration={"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]}
    )
    s3.get_bucket_cors(Bucket=bucket)


def customer_keys(s3: Any, bucket: str) -> None:
    rule = {
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
        "BlockedEncryptionTypes": {"EncryptionType": ["NONE"]},
    }
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})
    etag = s3.put_object(Bucket=bucket, Key="a", Body=b"x", **CUSTOMER)["ETag"]
    assert s3.get_object(Bucket=bucket, Key="a", IfMatch=etag, **CUSTOMER)["Body"].read() == b"x"
    with contextlib.suppress(ClientError):
        s3.get_object(Bucket=bucket, Key="a")
    upload = {"Bucket": bucket, "Key": "m"}
    upload["UploadId"] = s3.create_multipart_upload(**upload, **CUSTOMER)["UploadId"]
    part = s3.upload_part(**upload, PartNumber=1, Body=b"x", **CUSTOMER)
    listed = [{"PartNumber": 1, "ETag": part["ETag"]}]
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": listed}, **CUSTOMER)


def transfers(s3: Any, bucket: str) -> None:
    config = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB, max_concurrency=4)
    s3.upload_fileobj(io.BytesIO(b"z" * (12 * MIB)), bucket, "large", Config=config)
    stored = io.BytesIO()
    s3.download_fileobj(bucket, "large", stored, Config=config)
    assert len(stored.getvalue()) == 12 * MIB


def presigned(s3: Any, bucket: str) -> None:
    named = {"Bucket": bucket, "Key": "a b"}
    put = s3.generate_presigned_url("put_object", Params={**named, "Metadata": {"n": "1"}})
    assert requests.put(put, data=b"abc", headers={"x-amz-meta-n": "1"}, timeout=5).ok
    got = s3.generate_presigned_url("get_object", Params={**named, "ResponseContentType": "text/x"})
    assert requests.get(got, timeout=5).content == b"abc"


def streams(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="a", Body=(stream := io.BytesIO(b"0123456789")), ContentLength=10)
    assert stream.read() == b""


PROGRAMS: tuple[Callable[[Any, str], None], ...] = (
    *(objects, refusals, conditions, pages, multipart, many_uploads, versions, copies, tags_and_configurations),
    *(customer_keys, transfers, presigned, streams),
)

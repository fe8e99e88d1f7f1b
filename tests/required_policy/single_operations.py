"""A request of each operation of AWS, with which what it needs is derived and enforced."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from fakecos.contract.steps.names import BUCKET
from fakecos.operations.registry import operations
from fakecos.wire import service_model
from tests.support.least_privilege import client_of

if TYPE_CHECKING:
    from fakecos import FakeCOS

KEY, LOCKED, SOURCE = "folder/key", "locked-bucket", "folder/source"
LATER = dt.datetime(2100, 1, 1, tzinfo=dt.timezone.utc)
POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:GetObjectTorrent",
                "Resource": f"arn:aws:s3:::{BUCKET}/*",
            }
        ],
    }
)
TAGS = {"TagSet": [{"Key": "a", "Value": "b"}]}
RULE = {"ID": "one", "Filter": {"Prefix": "tmp/"}, "Status": "Enabled", "Expiration": {"Days": 1}}
INVENTORY = {
    "Destination": {"S3BucketDestination": {"Bucket": f"arn:aws:s3:::{BUCKET}", "Format": "CSV"}},
    "IsEnabled": True,
    "Id": "one",
    "IncludedObjectVersions": "All",
    "Schedule": {"Frequency": "Daily"},
}
REPLICATION = {
    "Role": "arn:aws:iam::123456789012:role/copies",
    "Rules": [
        {
            "ID": "one",
            "Priority": 1,
            "Filter": {"Prefix": ""},
            "Status": "Enabled",
            "DeleteMarkerReplication": {"Status": "Disabled"},
            "Destination": {"Bucket": f"arn:aws:s3:::{LOCKED}"},
        }
    ],
}
UPLOAD = "(the upload)"
"""Stands for the id of the upload that is open."""

WRITTEN: dict[str, dict[str, Any]] = {
    "CopyObject": {"CopySource": f"{BUCKET}/{SOURCE}"},
    "CompleteMultipartUpload": {
        "UploadId": UPLOAD,
        "MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": "(the part)"}]},
    },
    "CreateBucket": {"Bucket": "new-bucket"},
    "DeleteObjects": {"Delete": {"Objects": [{"Key": KEY}, {"Key": SOURCE}]}},
    "GetObjectAttributes": {"ObjectAttributes": ["ETag"]},
    "GetObjectLegalHold": {"Bucket": LOCKED},
    "GetObjectLockConfiguration": {"Bucket": LOCKED},
    "GetObjectRetention": {"Bucket": LOCKED},
    "PutBucketAbac": {"AbacStatus": {"Status": "Enabled"}},
    "PutBucketAccelerateConfiguration": {"AccelerateConfiguration": {"Status": "Enabled"}},
    "PutBucketAcl": {"ACL": "private"},
    "PutBucketAnalyticsConfiguration": {
        "Id": "one",
        "AnalyticsConfiguration": {"Id": "one", "StorageClassAnalysis": {}},
    },
    "PutBucketCors": {"CORSConfiguration": {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]}},
    "PutBucketEncryption": {
        "ServerSideEncryptionConfiguration": {
            "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
        }
    },
    "PutBucketIntelligentTieringConfiguration": {
        "Id": "one",
        "IntelligentTieringConfiguration": {
            "Id": "one",
            "Status": "Enabled",
            "Tierings": [{"Days": 90, "AccessTier": "ARCHIVE_ACCESS"}],
        },
    },
    "PutBucketInventoryConfiguration": {"Id": "one", "InventoryConfiguration": INVENTORY},
    "PutBucketLifecycleConfiguration": {"LifecycleConfiguration": {"Rules": [RULE]}},
    "PutBucketLogging": {"BucketLoggingStatus": {}},
    "PutBucketMetricsConfiguration": {"Id": "one", "MetricsConfiguration": {"Id": "one"}},
    "PutBucketNotificationConfiguration": {"NotificationConfiguration": {}},
    "PutBucketOwnershipControls": {"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}},
    "PutBucketPolicy": {"Policy": POLICY},
    "PutBucketReplication": {"Bucket": LOCKED, "ReplicationConfiguration": REPLICATION},
    "PutBucketRequestPayment": {"RequestPaymentConfiguration": {"Payer": "BucketOwner"}},
    "PutBucketTagging": {"Tagging": TAGS},
    "PutBucketVersioning": {"VersioningConfiguration": {"Status": "Enabled"}},
    "PutBucketWebsite": {"WebsiteConfiguration": {"IndexDocument": {"Suffix": "index.html"}}},
    "PutObject": {"Body": b"1"},
    "PutObjectAcl": {"ACL": "bucket-owner-full-control"},
    "DeleteObjectAnnotation": {"AnnotationName": "note"},
    "GetObjectAnnotation": {"AnnotationName": "note"},
    "PutObjectAnnotation": {"AnnotationName": "note", "AnnotationPayload": b"text"},
    "PutObjectLegalHold": {"Bucket": LOCKED, "LegalHold": {"Status": "OFF"}},
    "PutObjectLockConfiguration": {
        "Bucket": LOCKED,
        "ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"},
    },
    "PutObjectRetention": {"Bucket": LOCKED, "Retention": {"Mode": "GOVERNANCE", "RetainUntilDate": LATER}},
    "PutObjectTagging": {"Tagging": TAGS},
    "PutPublicAccessBlock": {"PublicAccessBlockConfiguration": {"BlockPublicAcls": True}},
    "RestoreObject": {"Key": "cold", "RestoreRequest": {"Days": 1, "GlacierJobParameters": {"Tier": "Standard"}}},
    "SelectObjectContent": {
        "Expression": "SELECT * FROM s3object",
        "ExpressionType": "SQL",
        "InputSerialization": {"CSV": {}},
        "OutputSerialization": {"CSV": {}},
    },
    "UpdateObjectEncryption": {
        "ObjectEncryption": {"SSEKMS": {"KMSKeyArn": "arn:aws:kms:us-east-1:123456789012:key/k1"}},
    },
    "UploadPart": {"UploadId": UPLOAD, "PartNumber": 2, "Body": b"1"},
    "UploadPartCopy": {"UploadId": UPLOAD, "PartNumber": 2, "CopySource": f"{BUCKET}/{SOURCE}"},
}
NO_OPERATION_OF_A_CLIENT = {"PostObject"}


def names() -> list[str]:
    """Return every operation of AWS that fakecos has."""
    return sorted(operations().keys() & service_model.load("aws").operations.keys())


def prepare(cos: FakeCOS) -> dict[str, str]:
    """Store what the operations are about; return the ids that requests name."""
    cos.create_bucket(BUCKET)
    client = client_of(cos)
    client.create_bucket(Bucket=LOCKED, ObjectLockEnabledForBucket=True)
    for key in (KEY, SOURCE):
        cos.put_object(BUCKET, key, b"a,b\n")
    cos.put_object(LOCKED, KEY, b"1")
    client.put_object(Bucket=BUCKET, Key="cold", Body=b"1", StorageClass="GLACIER")
    upload = client.create_multipart_upload(Bucket=BUCKET, Key=KEY)["UploadId"]
    part = client.upload_part(Bucket=BUCKET, Key=KEY, UploadId=upload, PartNumber=1, Body=b"1")["ETag"]
    return {UPLOAD: upload, "(the part)": part}


def parameters(client: Any, operation: str, ids: dict[str, str]) -> dict[str, Any]:
    """Return the parameters of the request of an operation."""
    required = client.meta.service_model.operation_model(operation).input_shape
    usual = {"Bucket": BUCKET, "Key": KEY, "Id": "one", "UploadId": UPLOAD}
    members = () if required is None else required.required_members
    given = {**{name: usual[name] for name in members if name in usual}, **WRITTEN.get(operation, {})}
    found: dict[str, Any] = _filled(given, ids)
    return found


def _filled(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(each, ids) for name, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, ids) for each in value]
    return ids.get(value, value) if isinstance(value, str) else value

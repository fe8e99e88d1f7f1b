"""Keep signed contracts in IBM Cloud Object Storage, where nobody can delete them too early."""

import ibm_boto3
from ibm_botocore.config import Config

ENDPOINT = "https://s3.eu-de.cloud-object-storage.appdomain.cloud"
DAY = 24 * 60 * 60


def connect(api_key: str, instance: str):
    """Return a client that asks IBM's IAM for its tokens."""
    return ibm_boto3.client(
        "s3",
        ibm_api_key_id=api_key,
        ibm_service_instance_id=instance,
        config=Config(signature_version="oauth"),
        endpoint_url=ENDPOINT,
    )


def open_archive(cos, bucket: str) -> None:
    """Create a bucket of the class "vault" that keeps what is put into it for a year, unless told otherwise."""
    cos.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-de-vault"})
    policy = {
        "Status": "Retention",
        "MinimumRetention": {"Days": 30},
        "DefaultRetention": {"Days": 365},
        "MaximumRetention": {"Days": 3650},
    }
    cos.put_bucket_protection_configuration(Bucket=bucket, ProtectionConfiguration=policy)


def keep(cos, bucket: str, key: str, parts: list[bytes], days: int) -> None:
    """Upload a contract in parts, to be kept for some days."""
    upload_id = cos.create_multipart_upload(Bucket=bucket, Key=key)["UploadId"]
    done = []
    for number, body in enumerate(parts, start=1):
        part = cos.upload_part(Bucket=bucket, Key=key, UploadId=upload_id, PartNumber=number, Body=body)
        done.append({"PartNumber": number, "ETag": part["ETag"]})
    cos.complete_multipart_upload(
        Bucket=bucket,
        Key=key,
        UploadId=upload_id,
        MultipartUpload={"Parts": done},
        RetentionPeriod=days * DAY,
    )

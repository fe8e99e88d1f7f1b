"""An uploader that goes on with an upload, and begins again when S3 has aborted it meanwhile."""

import boto3


def start(bucket, key):
    return boto3.client("s3").create_multipart_upload(Bucket=bucket, Key=key)["UploadId"]


def send_part(bucket, key, upload_id, number, body):
    """Send a part and return the upload id, a new one if the upload was gone."""
    s3 = boto3.client("s3")
    part = {"Bucket": bucket, "Key": key, "PartNumber": number, "Body": body}
    try:
        s3.upload_part(**part, UploadId=upload_id)
    except s3.exceptions.NoSuchUpload:
        upload_id = start(bucket, key)
        s3.upload_part(**part, UploadId=upload_id)
    return upload_id

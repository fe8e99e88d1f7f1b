"""An uploader that cleans up behind itself; it stands for yours."""

from botocore.exceptions import ClientError


def upload(s3, bucket, key, bodies):
    """Upload the bodies as parts of one object."""
    named = {"Bucket": bucket, "Key": key}
    named["UploadId"] = s3.create_multipart_upload(**named)["UploadId"]
    try:
        parts = [send_part(s3, named, number, body) for number, body in enumerate(bodies, start=1)]
        s3.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})
    except Exception:
        s3.abort_multipart_upload(**named)
        raise


def send_part(s3, named, number, body):
    """Upload one part; send it again if it was damaged on the way."""
    try:
        part = s3.upload_part(**named, PartNumber=number, Body=body)
    except ClientError as error:
        if error.response["Error"]["Code"] != "BadDigest":
            raise
        part = s3.upload_part(**named, PartNumber=number, Body=body)
    return {"PartNumber": number, "ETag": part["ETag"]}

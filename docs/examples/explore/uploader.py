"""An uploader that aborts; it stands for yours."""

import contextlib

from botocore.exceptions import BotoCoreError, ClientError


def upload(s3, bucket, key, bodies):
    """Upload the bodies as parts of one object."""
    named = {"Bucket": bucket, "Key": key}
    named["UploadId"] = s3.create_multipart_upload(**named)["UploadId"]
    try:
        sent = enumerate((s3.upload_part(**named, PartNumber=n, Body=body) for n, body in enumerate(bodies, 1)), 1)
        parts = [{"PartNumber": n, "ETag": part["ETag"]} for n, part in sent]
        s3.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})
    except BaseException:
        with contextlib.suppress(ClientError, BotoCoreError):
            s3.abort_multipart_upload(**named)
        raise

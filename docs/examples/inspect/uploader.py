def upload(s3, bucket, key, bodies, **keywords):
    """Upload the bodies as parts 1, 2, ... of one object."""
    upload_id = s3.create_multipart_upload(Bucket=bucket, Key=key, **keywords)["UploadId"]
    resume(s3, bucket, key, upload_id, bodies)


def resume(s3, bucket, key, upload_id, bodies):
    """Upload what is missing of an open upload, and complete it."""
    upload = {"Bucket": bucket, "Key": key, "UploadId": upload_id}
    listed = s3.list_parts(**upload).get("Parts", [])
    etags = {part["PartNumber"]: part["ETag"] for part in listed}
    for number, body in enumerate(bodies, start=1):
        if number not in etags:
            etags[number] = s3.upload_part(**upload, PartNumber=number, Body=body)["ETag"]
    parts = [{"PartNumber": number, "ETag": etags[number]} for number in sorted(etags)]
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})

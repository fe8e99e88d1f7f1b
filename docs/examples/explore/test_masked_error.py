import contextlib

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from fakecos import ExplorationError

FILM = {"Bucket": "box", "Key": "film"}


def send(s3, upload, body):
    part = s3.upload_part(**upload, PartNumber=1, Body=body)
    parts = [{"PartNumber": 1, "ETag": part["ETag"]}]
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})


def upload(s3, body):
    upload = {**FILM, "UploadId": s3.create_multipart_upload(**FILM)["UploadId"]}
    try:
        send(s3, upload, body)
    except Exception:
        s3.abort_multipart_upload(**upload)
        raise


def test_the_caller_is_told_of_the_abort(cos, s3):
    with pytest.raises(ExplorationError, match="masked-error"):
        cos.explore(lambda: upload(s3, b"one"), depth=2, failures=["AccessDenied"])


def upload_and_tell_the_cause(s3, body):
    upload = {**FILM, "UploadId": s3.create_multipart_upload(**FILM)["UploadId"]}
    try:
        send(s3, upload, body)
    except Exception:
        with contextlib.suppress(ClientError, BotoCoreError):
            s3.abort_multipart_upload(**upload)
        raise


def test_the_caller_is_told_what_failed_first(cos, s3):
    cos.explore(lambda: upload_and_tell_the_cause(s3, b"one"), depth=2, failures=["AccessDenied"])

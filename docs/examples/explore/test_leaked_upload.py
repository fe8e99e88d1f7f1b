import contextlib

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from fakecos import ExplorationError

FILM = {"Bucket": "box", "Key": "film"}


def send(s3, upload, bodies):
    parts = []
    for number, body in enumerate(bodies, 1):
        part = s3.upload_part(**upload, PartNumber=number, Body=body)
        parts.append({"PartNumber": number, "ETag": part["ETag"]})
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})


def upload(s3, bodies):
    upload = {**FILM, "UploadId": s3.create_multipart_upload(**FILM)["UploadId"]}
    try:
        send(s3, upload, bodies)
    except ClientError:  # a broken connection is none
        s3.abort_multipart_upload(**upload)
        raise


def test_a_broken_connection_leaves_the_upload_open(cos, s3):
    with pytest.raises(ExplorationError, match="leaked-upload"):
        cos.explore(lambda: upload(s3, [b"one", b"two"]))


def upload_or_abort(s3, bodies):
    upload = {**FILM, "UploadId": s3.create_multipart_upload(**FILM)["UploadId"]}
    try:
        send(s3, upload, bodies)
    except BaseException:  # Ctrl-C too
        with contextlib.suppress(ClientError, BotoCoreError):
            s3.abort_multipart_upload(**upload)
        raise


def test_every_way_out_aborts(cos, s3):
    cos.explore(lambda: upload_or_abort(s3, [b"one", b"two"]))


def test_a_lifecycle_rule_aborts_instead(cos, s3):
    rule = {"ID": "tidy", "Filter": {}, "Status": "Enabled"}
    rule["AbortIncompleteMultipartUpload"] = {"DaysAfterInitiation": 1}
    s3.put_bucket_lifecycle_configuration(Bucket="box", LifecycleConfiguration={"Rules": [rule]})
    allow = [("leaked-upload", "the rule `tidy` aborts it after a day")]
    found = cos.explore(lambda: upload(s3, [b"one", b"two"]), allow=allow)
    assert [accepted.kind for accepted in found.allowed] == ["leaked-upload"]

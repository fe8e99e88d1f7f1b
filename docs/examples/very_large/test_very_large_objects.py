import boto3
from fakecos import FakeCOS, SyntheticBody

MIB, GIB, TIB = 1024**2, 1024**3, 1024**4


def last_bytes(s3, bucket, key, count):
    """The code under test: it reads the end of an object."""
    size = s3.head_object(Bucket=bucket, Key=key)["ContentLength"]
    return s3.get_object(Bucket=bucket, Key=key, Range=f"bytes={size - count}-{size - 1}")["Body"].read()


def test_the_end_of_five_tebibytes():
    body = SyntheticBody(5 * TIB, seed=1)
    with FakeCOS() as cos:
        cos.create_bucket("videos")
        cos.put_object("videos", "film.mov", body)
        found = last_bytes(boto3.client("s3"), "videos", "film.mov", 1000)
    body.seek(-1000, 2)
    assert found == body.read()


def test_an_upload_in_large_parts():
    with FakeCOS() as cos:
        cos.create_bucket("videos")
        s3 = boto3.client("s3")
        film = {"Bucket": "videos", "Key": "film.mov"}
        upload_id = s3.create_multipart_upload(**film)["UploadId"]
        parts = []
        for number in range(1, 101):
            part = SyntheticBody(64 * MIB, seed=7)
            answer = s3.upload_part(**film, UploadId=upload_id, PartNumber=number, Body=part)
            parts.append({"PartNumber": number, "ETag": answer["ETag"]})
        s3.complete_multipart_upload(**film, UploadId=upload_id, MultipartUpload={"Parts": parts})
        stored = cos.bucket("videos").objects["film.mov"]
        assert stored.size == 100 * 64 * MIB
        assert stored.parts[100] == SyntheticBody(64 * MIB, seed=7)


def test_what_was_copied_is_what_was_there():
    body = SyntheticBody(GIB // 2)
    with FakeCOS() as cos:
        cos.create_bucket("videos")
        cos.put_object("videos", "film.mov", body)
        s3 = boto3.client("s3")
        s3.copy_object(Bucket="videos", Key="copy.mov", CopySource="videos/film.mov")
        cos.assert_object("videos", "copy.mov", body=body)
        middle = cos.bucket("videos").objects["copy.mov"].content.slice(300 * MIB, 300 * MIB + 9)
        body.seek(300 * MIB)
        assert middle.read() == body.read(10)

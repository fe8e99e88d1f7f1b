import boto3
import uploader
from fakecos import FakeCOS, Limits


def explore(depth):
    with FakeCOS(limits=Limits(min_part_size=1)) as cos:
        cos.create_bucket("films")
        cos.put_object("films", "holiday", b"the old film")
        s3 = boto3.client("s3", "us-east-1")
        cos.explore(lambda: uploader.upload(s3, b"new film", "films", "holiday"), depth=depth)


def test_after_one_failure(monkeypatch):
    monkeypatch.setattr(uploader, "PART", 4)
    explore(depth=1)


def test_after_two_failures(monkeypatch):
    monkeypatch.setattr(uploader, "PART", 4)
    explore(depth=2)

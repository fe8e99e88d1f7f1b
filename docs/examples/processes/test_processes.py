import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

import boto3
import pytest
from fakecos import FakeCOS, UsageError


def keys_after_upload(key):
    """Upload one object in this process, to a fake of its own."""
    with FakeCOS() as cos:
        photos = cos.create_bucket("photos")
        boto3.client("s3").put_object(Bucket="photos", Key=key, Body=b"holiday")
    return list(photos.objects)


def test_each_process_has_a_fake_of_its_own():
    with FakeCOS() as cos, ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        photos = cos.create_bucket("photos")
        assert list(pool.map(keys_after_upload, ["a", "b"])) == [["a"], ["b"]]
    assert not photos.objects


def download(key):
    return boto3.client("s3").get_object(Bucket="photos", Key=key)["Body"].read()


def upload(key):
    boto3.client("s3").put_object(Bucket="photos", Key=key, Body=b"holiday")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*reads a copy:fakecos.FakecosWarning")
def test_a_forked_child_only_reads():
    with FakeCOS() as cos:
        photos = cos.create_bucket("photos")
        cos.put_object("photos", "a", b"sea")
        with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
            assert list(pool.map(download, ["a"])) == [b"sea"]
            told = pool.submit(upload, "b").exception()
        assert isinstance(told, UsageError)
        assert "was forked from" in str(told)
        assert list(photos.objects) == ["a"]

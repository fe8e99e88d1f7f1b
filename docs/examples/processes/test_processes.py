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


def list_buckets():
    boto3.client("s3").list_buckets()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_child_is_told():
    context = multiprocessing.get_context("fork")
    with FakeCOS(), ProcessPoolExecutor(1, context) as pool:
        told = pool.submit(list_buckets).exception()
    assert isinstance(told, UsageError)
    assert "was forked from" in str(told)

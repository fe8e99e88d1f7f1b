import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import boto3


def upload(key):
    """Upload one object from another process, to the fake of the test."""
    boto3.client("s3").put_object(Bucket="photos", Key=key, Body=b"holiday")


def test_spawned_processes_share_the_fake(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        list(pool.map(upload, ["a", "b"]))
    assert sorted(photos.objects) == ["a", "b"]

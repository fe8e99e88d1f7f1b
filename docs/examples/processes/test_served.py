import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import boto3
import pytest


def upload(key):
    """Upload one object from another process, to the fake of the test."""
    boto3.client("s3").put_object(Bucket="photos", Key=key, Body=b"holiday")


@pytest.mark.filterwarnings("ignore:.* is multi-threaded:DeprecationWarning")  # of fork, from Python 3.12 on
@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_processes_share_the_fake(fakecos, fakecos_server, method):
    photos = fakecos.create_bucket("photos")
    with ProcessPoolExecutor(2, multiprocessing.get_context(method)) as pool:
        list(pool.map(upload, ["a", "b"]))
    assert sorted(photos.objects) == ["a", "b"]

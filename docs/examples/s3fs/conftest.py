import pytest

s3fs = pytest.importorskip("s3fs")


@pytest.fixture(autouse=True)
def fresh_file_systems():
    s3fs.S3FileSystem.clear_instance_cache()
    yield
    s3fs.S3FileSystem.clear_instance_cache()

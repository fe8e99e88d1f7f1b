import daft
from daft.io import IOConfig, S3Config


def test_daft(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    url = fakecos_server.endpoint_url
    config = IOConfig(s3=S3Config(endpoint_url=url, region_name="us-east-1", key_id="any", access_key="any"))
    daft.from_pydict({"day": [1, 2], "sun": ["yes", "no"]}).write_parquet("s3://photos/days", io_config=config)
    days = daft.read_parquet("s3://photos/days/*.parquet", io_config=config)
    assert days.where(daft.col("sun") == "yes").to_pydict() == {"day": [1], "sun": ["yes"]}
    assert len(photos.objects) == 1

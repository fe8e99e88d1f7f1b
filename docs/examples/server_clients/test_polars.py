import polars as pl


def test_polars(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    options = {
        "aws_access_key_id": "any",
        "aws_secret_access_key": "any",
        "aws_region": "us-east-1",
        "aws_endpoint_url": fakecos_server.endpoint_url,
        "aws_allow_http": "true",
    }
    fakecos.put_object("photos", "days.csv", b"day,sun\n1,yes\n2,no\n")
    days = pl.scan_csv("s3://photos/days.csv", storage_options=options).collect()
    assert days["sun"].to_list() == ["yes", "no"]
    days.write_parquet("s3://photos/days.parquet", storage_options=options)
    assert photos.objects["days.parquet"].body.startswith(b"PAR1")

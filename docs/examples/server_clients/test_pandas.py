import pandas as pd


def test_pandas(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    days = pd.DataFrame({"day": [1, 2], "sun": ["yes", "no"]})
    days.to_parquet("s3://photos/days.parquet")
    assert photos.objects["days.parquet"].body.startswith(b"PAR1")
    assert pd.read_parquet("s3://photos/days.parquet").equals(days)

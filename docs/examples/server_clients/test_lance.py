import lance
import pyarrow as pa


def test_lance(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    options = {"aws_endpoint": fakecos_server.endpoint_url, "allow_http": "true"}
    days = pa.table({"day": [1, 2, 3], "sun": ["yes", "no", "yes"]})
    lance.write_dataset(days, "s3://photos/days.lance", storage_options=options)
    lance.write_dataset(days, "s3://photos/days.lance", storage_options=options, mode="append")
    dataset = lance.dataset("s3://photos/days.lance", storage_options=options)
    assert dataset.to_table(filter="sun = 'yes'").num_rows == 4
    dataset.delete("day = 1")
    assert dataset.count_rows() == 4
    assert len([key for key in photos.objects if key.startswith("days.lance/_versions/")]) == 3

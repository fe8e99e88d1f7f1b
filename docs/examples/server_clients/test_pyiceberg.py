import pyarrow as pa
from pyiceberg.catalog import load_catalog


def test_pyiceberg(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    files = {"s3.endpoint": fakecos_server.endpoint_url, "s3.region": "us-east-1"}
    catalog = load_catalog("mine", type="in-memory", warehouse="s3://photos/tables", **files)
    catalog.create_namespace("year")
    days = pa.table({"day": [1, 2, 3], "sun": ["yes", "no", "yes"]})
    table = catalog.create_table("year.days", days.schema)
    table.append(days)
    table.append(days)
    table.delete("day = 1")
    assert catalog.load_table("year.days").scan(row_filter="sun = 'yes'").to_arrow().num_rows == 2
    assert any(key.endswith(".metadata.json") for key in photos.objects)
    catalog.close()

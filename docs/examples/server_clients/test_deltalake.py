from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake


def test_deltalake_with_eight_writers_at_once(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    options = {"aws_endpoint": fakecos_server.endpoint_url, "aws_allow_http": "true"}

    def append(writer):
        days = pa.table({"writer": [writer] * 100, "day": range(100)})
        write_deltalake("s3://photos/days", days, mode="append", storage_options=options)

    append(0)
    with ThreadPoolExecutor(8) as writers:
        list(writers.map(append, range(1, 9)))
    for version in range(9):  # each commit is an object that only one of them could write
        assert f"days/_delta_log/{version:020}.json" in photos.objects
    rows = DeltaTable("s3://photos/days", storage_options=options).to_pyarrow_table()
    assert sorted(rows["writer"].to_pylist()) == [writer for writer in range(9) for _ in range(100)]

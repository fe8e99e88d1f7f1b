"""Race two appends to a Delta table. Needs deltalake and pyarrow, and takes about a second an order."""

import sys

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from fakecos import FakeCOS

TABLE = "s3://lake/table"


def options(server):
    return {
        "AWS_ENDPOINT_URL": server.endpoint_url,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
        "AWS_ALLOW_HTTP": "true",
    }


def main(max_runs):
    with FakeCOS() as cos, cos.serve(environment=False) as one, cos.serve(environment=False) as other:
        cos.create_bucket("lake")
        write_deltalake(TABLE, pa.table({"x": [0]}), storage_options=options(one))

        def first():
            write_deltalake(TABLE, pa.table({"x": [1]}), mode="append", storage_options=options(one))

        def second():
            write_deltalake(TABLE, pa.table({"x": [2]}), mode="append", storage_options=options(other))

        def every_row_is_there(cos, outcome):
            assert outcome.raised == (None, None)
            rows = DeltaTable(TABLE, storage_options=options(one)).to_pyarrow_table()["x"].to_pylist()
            assert sorted(rows) == [0, 1, 2]

        race = cos.race(
            first, second, servers=[one, other], check=every_row_is_there, max_runs=max_runs, raise_findings=False
        )
        print(race)
        refused = [run for run in race.results if any("412" in text for _, text in run.requests)]
        print(f"in {len(refused)} of {race.runs} orders a commit met the other one, and was refused with 412")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)

from pathlib import Path

import duckdb
import duckdb_extension_httpfs  # of PyPI: it carries the extension

FOLDER = Path(duckdb_extension_httpfs.__file__).parent / "extensions"


def test_duckdb(fakecos, fakecos_server):
    photos = fakecos.create_bucket("photos")
    address = fakecos_server.endpoint_url.removeprefix("http://")
    database = duckdb.connect()
    database.execute(f"LOAD '{FOLDER}/v{duckdb.__version__}/httpfs.duckdb_extension'")
    database.execute(f"""
        CREATE SECRET (TYPE s3, KEY_ID 'any', SECRET 'any', REGION 'us-east-1',
                       ENDPOINT '{address}', USE_SSL false, URL_STYLE 'path')
    """)
    database.execute("SET s3_uploader_max_filesize = '50GB'")  # parts of 5 MiB
    database.execute("COPY (SELECT range AS day, hash(range) AS sun FROM range(1000000)) TO 's3://photos/days.parquet'")
    assert len(photos.objects["days.parquet"].parts) > 1
    assert database.execute("SELECT count(sun) FROM 's3://photos/*.parquet' WHERE day < 10").fetchone() == (10,)

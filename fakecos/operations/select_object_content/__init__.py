"""SelectObjectContent (S3 Select): one object read as a table, and what an SQL expression selects of it.

`operation` is the operation. `serialization` judges how records are read and written; `csv_records`, `json_records`
and `parquet_records` read them for `table`, after `scan_range` and `decompression`; `query` takes the SQL expression
apart, `selection` and `expressions` make it something to evaluate, with `paths`, `conditions`, `arithmetic`,
`functions`, `aggregates`, `casts` and `timestamps`; `output` writes records, `events` is the stream.
"""

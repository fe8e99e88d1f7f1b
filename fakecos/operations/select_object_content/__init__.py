"""SelectObjectContent (S3 Select): one object read as a table, and what an SQL expression selects of it.

`operation` is the operation. `serialization` judges how records are read and written; `csv_records`, `json_records`
and `parquet_records` read them, `decompression` and `scan_range` before that; `query` and `expressions` make the SQL
expression something to evaluate, with `functions`, `aggregates`, `casts` and `timestamps`; `output` writes records,
`messages` the stream.
"""

"""SelectObjectContent: how CSV, JSON and Parquet are read and written, and scan ranges."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.selects import (
    EVERYTHING,
    TO_JSON,
    put_table,
    select,
    selected,
)

if TYPE_CHECKING:
    from fakecos import FakeCOS

COUNT = "SELECT COUNT(*) FROM S3Object"


# --- Parquet ----------------------------------------------------------------------------------------------

PARQUET: Any = {"Parquet": {}}


def parquet_of(columns: dict[str, list[Any]], **options: Any) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    target = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), target, **options)
    return target.getvalue()


def test_parquet_has_types(aws: Any) -> None:
    # documented: supported Parquet types
    columns: dict[str, list[Any]] = {
        "n": [1, 2],
        "Name": ["Ann", None],
        "price": [Decimal("1.50"), Decimal("2.25")],
        "day": [dt.date(2026, 1, 2), None],
        "time": [dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.timezone.utc), None],
        "list": [[1, 2], []],
    }
    put_table(aws, parquet_of(columns))
    assert selected(aws, EVERYTHING, PARQUET, TO_JSON).splitlines() == [
        '{"n":1,"Name":"Ann","price":1.50,"day":"2026-01-02","time":"2026-01-02T03:04:05Z","list":[1,2]}',
        '{"n":2,"Name":null,"price":2.25,"day":null,"time":null,"list":[]}',
    ]
    assert selected(aws, "SELECT SUM(s.n), MAX(s.price) FROM S3Object s WHERE s.name = 'Ann'", PARQUET) == "1,1.50\n"


def test_a_scan_range_takes_whole_row_groups(aws: Any) -> None:
    # documented
    body = parquet_of({"n": list(range(100))}, row_group_size=50)
    put_table(aws, body)
    assert selected(aws, COUNT, PARQUET, ScanRange={"Start": 0, "End": 10}) == "50\n"
    assert selected(aws, COUNT, PARQUET, ScanRange={"Start": 0}) == "100\n"


def test_parquet_that_is_none_is_refused(cos: FakeCOS, aws: Any) -> None:
    # documented
    put_table(aws, b"PAR1 no PAR1")
    pytest.importorskip("pyarrow")
    with refused(cos, "ParquetParsingError", status=400):
        select(aws, EVERYTHING, PARQUET)
    times = {"t": [dt.datetime(2026, 1, 2, tzinfo=dt.timezone.utc)]}
    put_table(aws, parquet_of(times, use_deprecated_int96_timestamps=True))
    with refused(cos, "UnsupportedTypeForQuerying", status=400):
        select(aws, EVERYTHING, PARQUET)

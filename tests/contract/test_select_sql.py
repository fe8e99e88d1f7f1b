"""SelectObjectContent: the SQL of S3 Select, by the documents' own examples where they have some."""

from __future__ import annotations

from typing import Any

from freezegun import freeze_time

from fakecos.contract.promises.select_sql import RECORD
from fakecos.contract.steps.selects import LINES, put_table, selected


def test_utcnow_is_the_tests_clock(aws: Any) -> None:
    # documented: UTCNOW; law 6
    put_table(aws, RECORD)
    with freeze_time("2017-10-13T16:02:11Z"):
        answer = selected(aws, "SELECT UTCNOW() FROM S3Object", LINES)
    assert answer == "2017-10-13T16:02:11Z\n"

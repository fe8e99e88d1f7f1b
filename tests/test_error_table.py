"""The error table: every row has a source, is written as S3 writes, and is raised by some test."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from tests.error_rows import ROWS, missing, why_not_all
from tests.support.one_test_of import one_test_of

SOURCE = re.compile(
    r"recorded aws-(multipart|checksums-and-sse|objects|listing|bucket-configuration|presigned|changes) \d+"
    r"|documented|public|assumed|fakecos: "
)
STATUSES = {301, 304, 307, 400, 403, 404, 405, 409, 411, 412, 415, 416, 451, 500, 501, 503, 509}


@one_test_of(ROWS)
def test_a_row_has_a_source_of_a_known_kind(name: str) -> None:
    assert SOURCE.match(ROWS[name].source), ROWS[name].source


@one_test_of(ROWS)
def test_a_row_is_well_formed(name: str) -> None:
    row = ROWS[name]
    assert name == name.upper()
    assert re.fullmatch(r"(KMS\.)?[A-Za-z0-9]+", row.code)
    assert row.status in STATUSES
    assert len(set(row.fields)) == len(row.fields)
    assert {"Code", "Message", "RequestId", "HostId"}.isdisjoint(row.fields)
    # one message ends with a blank, and is recorded so
    assert row.message == row.message.strip() or name == "LOGGING_ELSEWHERE"


def test_no_two_rows_are_the_same_refusal() -> None:
    # law 7: no fact twice. Placeholders count as text
    seen: dict[tuple[object, ...], str] = {}
    for name, row in ROWS.items():
        first = seen.setdefault((row.code, row.status, row.message, row.fields), name)
        assert first == name, f"{name} is {first} again"


@one_test_of(ROWS)
def test_placeholders_are_no_fields(name: str) -> None:
    # because: a keyword that is a field becomes a child of <Error> and no longer fills the message
    row = ROWS[name]
    holes = {hole for _, hole, _, _ in Formatter().parse(row.message) if hole}
    assert holes.isdisjoint(row.fields)


def test_every_row_is_raised_by_some_test(pytestconfig: pytest.Config) -> None:
    # tests/conftest.py lets it run last
    reason = why_not_all(pytestconfig)
    if reason:
        pytest.skip(reason)
    assert not missing(), f"no test makes fakecos raise {', '.join(missing())}"

"""SelectObjectContent: the SQL of S3 Select, by the documents' own examples where they have some."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos.facts import errors
from tests.support.refusals import refused
from tests.support.selects import CSV, DOCUMENT, LINES, TO_JSON, put_table, select, selected

if TYPE_CHECKING:
    from fakecos import FakeCOS

RECORD = (
    '{"n":5,"d":1.50,"text":"Ann","nil":null,"yes":true,"items":[1,[2,{"x":"y"}]],"deep":{"er":{"name":"z"}},"UP":"u",'
    '"moment":"2026-01-02T03:04Z"}'
)


def value_of(aws: Any, expression: str) -> Any:
    """Return what an expression is for RECORD, MISSING as the text `MISSING`."""
    put_table(aws, RECORD)
    record = json.loads(selected(aws, f"SELECT {expression} AS made FROM S3Object s", LINES, TO_JSON))
    return record.get("made", "MISSING")


# --- paths ------------------------------------------------------------------------------------------------

RULES = '{"Rules":[{"id":"1"},{"expr":"y > x"},{"id":"2","expr":"z = DEBUG"}]}\n{"created":"June 27"}\n'
FILES = '{"dir":"docs","files":[{"name":"."},{"name":"a"}],"owner":"S3"}\n{"dir":"more","files":[],"owner":"User"}\n'
BOOKS = '{"books":[{"price":1},{"price":2}],"by":{"a":{"b":1},"c":{"b":2}}}'


@pytest.mark.parametrize(
    ("body", "expression", "expected"),
    [
        (RULES, "SELECT id FROM S3Object[*].Rules[*].id", '{"id":"1"}\n{}\n{"id":"2"}\n{}\n'),
        (RULES, "SELECT id FROM S3Object[*].Rules[*].id WHERE id IS NOT MISSING", '{"id":"1"}\n{"id":"2"}\n'),
        (FILES, "SELECT d.dir FROM S3Object[*] d", '{"dir":"docs"}\n{"dir":"more"}\n'),
        (FILES, "SELECT d.files FROM S3Object[*] d", '{"files":[{"name":"."},{"name":"a"}]}\n{"files":[]}\n'),
        (FILES, "SELECT _1.dir, _1.owner FROM S3Object[*] LIMIT 1", '{"dir":"docs","owner":"S3"}\n'),
        (FILES, "SELECT s.files[0].name FROM S3Object s", '{"name":"."}\n{}\n'),
        (FILES, "SELECT s.files[0] FROM S3Object s LIMIT 1", '{"_1":{"name":"."}}\n'),
        (FILES, "SELECT dir FROM S3Object", '{"dir":"docs"}\n{"dir":"more"}\n'),
        (FILES, "SELECT files[1].name FROM S3Object", '{"name":"a"}\n{}\n'),
        (BOOKS, "SELECT price FROM S3Object[*].books[*].price", '{"price":1}\n{"price":2}\n'),
        (BOOKS, "SELECT _1.price FROM S3Object[*].books[*]", '{"price":1}\n{"price":2}\n'),
        (BOOKS, "SELECT * FROM S3Object[*]['books'][1]", '{"price":2}\n'),
        (BOOKS, "SELECT b.b FROM S3Object[*].by.* AS b", None),
        (BOOKS, 'SELECT b.b FROM S3Object[*]."by".* AS b', '{"b":1}\n{"b":2}\n'),
        (BOOKS, "SELECT * FROM S3Object[*].books[*].price", '{"_1":1}\n{"_1":2}\n'),
        (BOOKS, "SELECT * FROM S3Object[*].none", "{}\n"),
        (BOOKS, "SELECT COUNT(b.price), COUNT(b.none) FROM S3Object[*].books[*] b", '{"_1":2,"_2":0}\n'),
        ('[{"a":1},{"a":2}]', "SELECT s.a FROM S3Object[*][*] s", '{"a":1}\n{"a":2}\n'),
        ('[{"a":1},{"a":2}]', "SELECT s.a FROM S3Object s", "{}\n"),
        ('{"a":1}', "SELECT s.*, s.a AS b, 1 FROM S3Object s", '{"a":1,"b":1,"_3":1}\n'),
        ('{"a":1}', "SELECT s FROM S3Object s", '{"s":{"a":1}}\n'),
        ('{"a":1,"a":2}', "SELECT * FROM S3Object", '{"a":1,"a":2}\n'),
    ],
)
def test_a_path_leads_into_json(aws: Any, body: str, expression: str, expected: str | None) -> None:
    # documented: FROM, and attribute access; `by` is a reserved word
    put_table(aws, body)
    if expected is None:
        with pytest.raises(Exception, match="ParseInvalidPathComponent"):
            select(aws, expression, DOCUMENT, TO_JSON)
    else:
        assert selected(aws, expression, DOCUMENT, TO_JSON) == expected


# --- values -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("s.deep.er.name", "z"),
        ("s.items[1][1].x", "y"),
        ("s.items[9]", "MISSING"),
        ("s.text[0]", "MISSING"),
        ("s.up", "u"),
        ('s."UP"', "u"),
        ('s."up"', "MISSING"),
        ("s['text']", "Ann"),
        ("'it''s'", "it's"),
        ("1.50", 1.5),
        ("1e2", 100),
        ("null", None),
        ("missing", "MISSING"),
        ("TRUE", True),
        ("`true`", True),
        ("`null`", None),
        ("`5`", 5),
        ("`-5d-1`", -0.5),
        ("`symbol`", "symbol"),
        ('`"text"`', "text"),
        ("`2010-01T`", "2010-01T"),
        ("[1, s.n]", [1, 5]),
        # documented: conditional functions
        ("COALESCE(1)", 1),
        ("COALESCE(null, null)", None),
        ("COALESCE(missing)", None),
        ("COALESCE(missing, missing)", None),
        ("COALESCE(null, null, 1)", 1),
        ("COALESCE(null, 'string')", "string"),
        ("COALESCE(missing, 1)", 1),
        ("NULLIF(1, 1)", None),
        ("NULLIF(1, 2)", 1),
        ("NULLIF(1.0, 1)", None),
        ("NULLIF(1, '1')", 1),
        ("NULLIF([1], [1])", None),
        ("NULLIF(1, NULL)", 1),
        ("NULLIF(NULL, 1)", None),
        ("NULLIF(missing, null)", None),
        ("NULLIF(missing, missing)", None),
        ("CASE s.text WHEN 'Ann' THEN 'a' ELSE 'b' END", "a"),
        ("CASE WHEN s.n < 5 THEN 'few' WHEN s.n > 5 THEN 'many' ELSE 'five' END", "five"),
        ("CASE WHEN s.none = 1 THEN 'x' END", None),
        # documented: string functions
        ("CHAR_LENGTH('')", 0),
        ("CHARACTER_LENGTH('abcdefg')", 7),
        ("LOWER('AbCdEfG!@#$')", "abcdefg!@#$"),
        ("UPPER('AbCdEfG!@#$')", "ABCDEFG!@#$"),
        ("SUBSTRING('123456789', 0)", "123456789"),
        ("SUBSTRING('123456789', 2)", "23456789"),
        ("SUBSTRING('123456789', -4)", "123456789"),
        ("SUBSTRING('123456789', 0, 999)", "123456789"),
        ("SUBSTRING('123456789', 1, 5)", "12345"),
        ("SUBSTRING('123456789' FROM 3 FOR 2)", "34"),
        ("SUBSTRING('123456789', -4, 3)", ""),
        ("SUBSTRING('123456789', 0, 3)", "12"),
        ("TRIM('       foobar         ')", "foobar"),
        ("TRIM(LEADING FROM '   foobar   ')", "foobar   "),
        ("TRIM(TRAILING FROM '   foobar   ')", "   foobar"),
        ("TRIM(BOTH FROM '   foobar   ')", "foobar"),
        ("TRIM(BOTH '12' FROM '1112211foobar22211122')", "foobar"),
        ("TRIM(LEADING '1' FROM '112')", "2"),
        ("LOWER(s.nil)", None),
        ("LOWER(s.none)", "MISSING"),
        # documented: conversion and data types
        ("CAST('2007-04-05T14:30Z' AS TIMESTAMP)", "2007-04-05T14:30Z"),
        ("CAST(0.456 AS FLOAT)", 0.456),
        ("CAST('5' AS INT)", 5),
        ("CAST(5.9 AS INTEGER)", 5),
        ("CAST('1.5' AS DECIMAL)", 1.5),
        ("CAST('1.55' AS DECIMAL(1, 1))", 1.55),
        ("CAST('1.5' AS NUMERIC)", 1.5),
        ("CAST(5 AS STRING)", "5"),
        ("CAST(s.yes AS STRING)", "true"),
        ("CAST('FALSE' AS BOOL)", False),
        ("CAST(1 AS BOOLEAN)", True),
        ("CAST(s.nil AS INT)", None),
        ("CAST(s.none AS INT)", "MISSING"),
        ("CAST(CASE s.text WHEN '' THEN null ELSE '7' END AS INT)", 7),
        # documented: operators and their precedence
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("-s.n + 1", -4),
        ("s.n - -1", 6),
        ("s.n % 3", 2),
        ("-7 % 3", -1),
        ("7 / 2", 3),
        ("-7 / 2", -3),
        ("7 / 2.0", 3.5),
        ("s.d * 2", 3),
        ("CAST(1 AS FLOAT) / 4", 0.25),
        ("s.n + s.nil", None),
        ("s.n + s.none", "MISSING"),
    ],
)
def test_an_expression_has_a_value(aws: Any, expression: str, expected: Any) -> None:
    # documented: the SQL reference, by its own examples where it has some; what is left of those: assumed
    assert value_of(aws, expression) == expected
    assert type(value_of(aws, expression)) is type(expected) or isinstance(expected, float | int)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("DATE_ADD(year, 5, `2010-01-01T`)", "2015-01-01"),
        ("DATE_ADD(month, 1, `2010T`)", "2010-02T"),
        ("DATE_ADD(month, 13, `2010T`)", "2011-02T"),
        ("DATE_ADD(day, -1, `2017-01-10T`)", "2017-01-09"),
        ("DATE_ADD(hour, 1, `2017T`)", "2017-01-01T01:00-00:00"),
        ("DATE_ADD(hour, 1, `2017-01-02T03:04Z`)", "2017-01-02T04:04Z"),
        ("DATE_ADD(minute, 1, `2017-01-02T03:04:05.006Z`)", "2017-01-02T03:05:05.006Z"),
        ("DATE_ADD(second, 1, `2017-01-02T03:04:05.006Z`)", "2017-01-02T03:04:06.006Z"),
        ("DATE_ADD(month, 1, `2024-01-31T`)", "2024-02-29"),
        ("DATE_DIFF(year, `2010-01-01T`, `2011-01-01T`)", 1),
        ("DATE_DIFF(month, `2010T`, `2010-05T`)", 4),
        ("DATE_DIFF(month, `2010T`, `2011T`)", 12),
        ("DATE_DIFF(month, `2011T`, `2010T`)", -12),
        ("DATE_DIFF(month, `2010-01-31T`, `2010-02-28T`)", 0),
        ("DATE_DIFF(day, `2010-01-01T23:00`, `2010-01-02T01:00`)", 0),
        ("DATE_DIFF(second, `2010-01-01T00:00:00.9Z`, `2010-01-01T00:00:02.1Z`)", 1),
        ("EXTRACT(YEAR FROM `2010-01-01T`)", 2010),
        ("EXTRACT(MONTH FROM `2010T`)", 1),
        ("EXTRACT(MONTH FROM `2010-10T`)", 10),
        ("EXTRACT(HOUR FROM `2017-01-02T03:04:05+07:08`)", 3),
        ("EXTRACT(MINUTE FROM `2017-01-02T03:04:05+07:08`)", 4),
        ("EXTRACT(TIMEZONE_HOUR FROM `2017-01-02T03:04:05+07:08`)", 7),
        ("EXTRACT(TIMEZONE_MINUTE FROM `2017-01-02T03:04:05-07:08`)", -8),
        ("TO_STRING(`1969-07-20T20:18Z`, 'MMMM d, y')", "July 20, 1969"),
        ("TO_STRING(`1969-07-20T20:18Z`, 'MMM d, yyyy')", "Jul 20, 1969"),
        ("TO_STRING(`1969-07-20T20:18Z`, 'M-d-yy')", "7-20-69"),
        ("TO_STRING(`1969-07-20T20:18Z`, 'MM-d-y')", "07-20-1969"),
        ("TO_STRING(`1969-07-20T20:18Z`, 'MMMM d, y h:m a')", "July 20, 1969 8:18 PM"),
        ("TO_STRING(`1969-07-20T20:18Z`, 'y-MM-dd''T''H:m:ssX')", "1969-07-20T20:18:00Z"),
        ("TO_STRING(`1969-07-20T20:18+08:00`, 'y-MM-dd''T''H:m:ssXXXX')", "1969-07-20T20:18:00+0800"),
        ("TO_STRING(`1969-07-20T20:18+08:00`, 'y-MM-dd''T''H:m:ssXXXXX')", "1969-07-20T20:18:00+08:00"),
        ("TO_STRING(`2026-01-02T03:04:05.067-08:30`, 'MMMMM hh HH mm s SSS n x xx xxx')", None),
        ("TO_TIMESTAMP('2007T')", "2007T"),
        ("TO_TIMESTAMP('2007-02-23T12:14:33.079-08:00')", "2007-02-23T12:14:33.079-08:00"),
        ("DATE_ADD(hour, 1, TO_TIMESTAMP(s.moment))", "2026-01-02T04:04Z"),
    ],
)
def test_dates(aws: Any, expression: str, expected: Any) -> None:
    # documented: date functions, by their own examples
    assert value_of(aws, expression) == ("J 03 03 04 5 067 67000000 -08 -0830 -08:30" if expected is None else expected)


def test_utcnow_is_the_tests_clock(aws: Any) -> None:
    # documented: UTCNOW; law 6
    put_table(aws, RECORD)
    with freeze_time("2017-10-13T16:02:11Z"):
        answer = selected(aws, "SELECT UTCNOW() FROM S3Object", LINES)
    assert answer == "2017-10-13T16:02:11Z\n"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("s.n = 5", True),
        ("s.n = 5.0", True),
        ("s.n <> 5", False),
        ("s.n != 4", True),
        ("s.n < 6 AND s.n >= 5 AND s.n <= 5 AND s.n > 4", True),
        ("s.n = 4 OR s.n = 5", True),
        ("NOT s.n = 4", True),
        ("s.n BETWEEN 5 AND 6", True),
        ("s.n NOT BETWEEN 5 AND 6", False),
        ("s.text BETWEEN 'A' AND 'B'", True),
        ("s.text IN ('Bob', 'Ann')", True),
        ("s.text NOT IN ('Bob')", True),
        ("s.text LIKE 'A%'", True),
        ("s.text LIKE '_nn'", True),
        ("s.text LIKE 'n'", False),
        ("s.text NOT LIKE 'B%'", True),
        ("'5%' LIKE '5!%' ESCAPE '!'", True),
        ("'5x' LIKE '5!%' ESCAPE '!'", False),
        ("'5x' NOT LIKE '5!%' ESCAPE '!'", True),
        ("s.nil IS NULL", True),
        ("s.none IS NULL", True),
        ("s.n IS NOT NULL", True),
        ("s.none IS MISSING", True),
        ("s.nil IS MISSING", False),
        ("s.nil IS NOT MISSING", True),
        ("s.nil = null", False),
        ("NOT s.nil = 1", False),
        ("s.none = 1 OR s.n = 5", True),
        ("s.none = 1 AND s.n = 5", False),
        ("s.yes", True),
        ("s.yes = true", True),
        ("s.n = '5'", False),
        ("s.text = `Ann`", True),
        ("s.n IN (null, 5)", True),
        ("s.n NOT IN (null, 4)", False),
        ("CAST(s.moment AS TIMESTAMP) = `2026-01-02T04:04+01:00`", True),
        ("CAST(s.moment AS TIMESTAMP) < `2026-01-02T03:04:00.1Z`", True),
        ("CHAR_LENGTH(s.text) = 3", True),
        (" OR ".join(["s.n = 4"] * 2000 + ["s.n = 5"]), True),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_condition_takes_records_for_which_it_is_true(aws: Any, condition: str, holds: bool) -> None:
    # documented: WHERE, and operators; unknown ones: assumed
    put_table(aws, RECORD)
    assert selected(aws, f"SELECT COUNT(*) FROM S3Object s WHERE {condition}", LINES) == f"{int(holds)}\n"


def test_text_of_csv_is_cast_before_it_is_a_number(cos: FakeCOS, aws: Any) -> None:
    # documented: all input data is a string; that text is less than no number: assumed
    put_table(aws, "a,9\nb,10\n")
    assert selected(aws, "SELECT s._1 FROM S3Object s WHERE CAST(s._2 AS INT) > 9") == "b\n"
    assert selected(aws, "SELECT s._1 FROM S3Object s WHERE s._2 > '10'") == "a\n"
    assert selected(aws, "SELECT s._1 FROM S3Object s WHERE s._2 = 9") == ""
    with refused(cos, "UnsupportedTypeForQuerying", status=400):
        select(aws, "SELECT s._1 FROM S3Object s WHERE s._2 > 9")


NUMBERS = '{"n":1,"f":"x"}\n{"n":null}\n{"n":4}\n{"n":2.5}\n{}\n'


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("COUNT(*), COUNT(s.n), COUNT(s.f)", '{"_1":5,"_2":3,"_3":1}'),
        ("SUM(s.n), MIN(s.n), MAX(s.n), AVG(s.n)", '{"_1":7.5,"_2":1,"_3":4,"_4":2.5}'),
        ("SUM(CAST(s.n AS INT)) AS total, SUM(s.n) / COUNT(*)", '{"total":7,"_2":1.5}'),
        ("AVG(CAST(s.n AS FLOAT)), sum(1)", '{"_1":2.5,"_2":5}'),
        ("SUM(s.none), AVG(s.none), MIN(s.none)", '{"_1":null,"_2":null,"_3":null}'),
        ("COUNT(*), 'x' AS c", '{"_1":5,"c":"x"}'),
    ],
)
def test_aggregates(aws: Any, items: str, expected: str) -> None:
    # documented: aggregate functions skip MISSING; null: assumed
    put_table(aws, NUMBERS)
    assert selected(aws, f"SELECT {items} FROM S3Object s", LINES, TO_JSON) == f"{expected}\n"


def test_an_average_of_integers_is_a_decimal(aws: Any) -> None:
    # documented
    put_table(aws, "1\n2\n2\n")
    assert selected(aws, "SELECT AVG(CAST(_1 AS INT)) FROM S3Object").startswith("1.6666666666666666666666666666666")


@pytest.mark.parametrize(("limit", "count"), [("LIMIT 2", 2), ("limit 0", 0), ("LIMIT 99;", 5), ("", 5)])
def test_limit(aws: Any, limit: str, count: int) -> None:
    # documented
    put_table(aws, NUMBERS)
    assert len(selected(aws, f"SELECT * FROM S3Object {limit}", LINES, TO_JSON).splitlines()) == count


def test_what_is_wrong_after_the_limit_is_not_read(aws: Any) -> None:
    # assumed
    put_table(aws, "1\nx\n")
    assert selected(aws, "SELECT CAST(_1 AS INT) FROM S3Object LIMIT 1") == "1\n"


# --- what is refused --------------------------------------------------------------------------------------

FROM = "FROM S3Object s"
REFUSALS = [
    ("UPDATE S3Object", errors.SELECT_NOT_SELECT),
    ("SELECT", errors.SELECT_MISSING_FROM),
    ("SELECT s.n", errors.SELECT_MISSING_FROM),
    (f"SELECT {FROM}", errors.SELECT_EMPTY),
    (f"SELECT 'x {FROM}", errors.SELECT_INVALID_LITERAL),
    (f"SELECT 1.e {FROM}", None),
    (f"SELECT s.n # {FROM}", errors.SELECT_INVALID_CHARACTER),
    (f"SELECT s.n {{# no #}} {FROM}", errors.SELECT_INVALID_CHARACTER),
    (f"SELECT s.n /* no */ {FROM}", errors.SELECT_UNEXPECTED_TOKEN),
    (f"SELECT 1 --2 {FROM}", errors.SELECT_UNEXPECTED_TOKEN),
    (f"SELECT 0x1F {FROM}", errors.SELECT_INVALID_LITERAL),
    (f"SELECT 1_000 {FROM}", errors.SELECT_INVALID_LITERAL),
    (f"SELECT s.n WHERE s.n = 5 {FROM}", errors.SELECT_UNEXPECTED_TOKEN),
    (f"SELECT EXTRACT(year, `2010T`) {FROM}", errors.SELECT_UNEXPECTED_TOKEN),
    (f"SELECT `(` {FROM}", errors.SELECT_INVALID_ION),
    (f"SELECT `1x` {FROM}", errors.SELECT_INVALID_ION),
    (f"SELECT s.n + {FROM}", errors.SELECT_UNEXPECTED_TOKEN),
    (f"SELECT s.n s.d {FROM}", errors.SELECT_UNEXPECTED_TOKEN),
    (f"SELECT DISTINCT s.n {FROM}", errors.SELECT_UNEXPECTED_TOKEN),
    (f"SELECT date {FROM}", errors.SELECT_UNEXPECTED_TOKEN),
    (f"SELECT s.n::int {FROM}", errors.SELECT_UNEXPECTED_TOKEN),
    (f"SELECT * {FROM} ORDER BY s.n", errors.SELECT_UNEXPECTED_TOKEN),
    (f"SELECT * {FROM} HAVING s.n = 1", errors.SELECT_UNEXPECTED_TOKEN),
    (f"SELECT * {FROM} LIMIT 1 WHERE s.n = 1", errors.SELECT_UNEXPECTED_TOKEN),
    (f"SELECT * {FROM} UNION SELECT * {FROM}", errors.SELECT_STRUCTURE),
    (f"SELECT (SELECT 1) {FROM}", errors.SELECT_STRUCTURE),
    (f"SELECT s.n {FROM} WHERE COUNT(*) = 1", errors.SELECT_STRUCTURE),
    (f"SELECT SUM(COUNT(*)) {FROM}", errors.SELECT_STRUCTURE),
    (f"SELECT s.n, COUNT(*) {FROM}", errors.SELECT_STRUCTURE),
    (f"SELECT s.*, COUNT(*) {FROM}", errors.SELECT_STRUCTURE),
    (f"SELECT * {FROM} GROUP BY s.n", errors.SELECT_GROUP),
    (f"SELECT * {FROM} JOIN S3Object t", errors.SELECT_JOIN),
    (f"SELECT * {FROM}, S3Object t", errors.SELECT_SOURCES),
    ("SELECT * FROM other", errors.SELECT_TABLE),
    ("SELECT * FROM S3Object.n", errors.SELECT_KEY_PATH),
    ("SELECT * FROM S3Object[0]", errors.SELECT_KEY_PATH),
    ("SELECT * FROM S3Object[*].5", None),
    ("SELECT * FROM S3Object[*][x]", errors.SELECT_PATH_COMPONENT),
    ("SELECT * FROM S3Object AS", errors.SELECT_ALIAS),
    (f"SELECT s.n AS date {FROM}", errors.SELECT_ALIAS),
    (f"SELECT s.n AS 'x' {FROM}", errors.SELECT_ALIAS),
    (f"SELECT *, s.n {FROM}", errors.SELECT_STAR_NOT_ALONE),
    (f"SELECT s.deep.* {FROM}", errors.SELECT_STAR_CONTEXT),
    (f"SELECT t.* {FROM}", errors.SELECT_STAR_CONTEXT),
    (f"SELECT 1 + * {FROM}", None),
    (f"SELECT MAX(*) {FROM}", errors.SELECT_CALL_WITH_STAR),
    (f"SELECT LOWER(*) {FROM}", errors.SELECT_CALL_WITH_STAR),
    (f"SELECT SUM(1, 2) {FROM}", errors.SELECT_AGGREGATE_ARGUMENTS),
    (f"SELECT SUM() {FROM}", errors.SELECT_AGGREGATE_ARGUMENTS),
    (f"SELECT COUNT(DISTINCT s.n) {FROM}", None),
    (f"SELECT CONCAT('a', 'b') {FROM}", errors.SELECT_UNKNOWN_FUNCTION),
    (f"SELECT LENGTH('a') {FROM}", errors.SELECT_UNKNOWN_FUNCTION),
    (f"SELECT LOWER() {FROM}", errors.SELECT_ARGUMENTS),
    (f"SELECT NULLIF(1) {FROM}", errors.SELECT_ARGUMENTS),
    (f"SELECT UTCNOW(1) {FROM}", errors.SELECT_ARGUMENTS),
    (f"SELECT DATE_ADD(week, 1, `2010T`) {FROM}", errors.SELECT_DATE_PART),
    (f"SELECT EXTRACT(week FROM `2010T`) {FROM}", errors.SELECT_DATE_PART),
    (f"SELECT CAST(s.n AS VARCHAR) {FROM}", errors.SELECT_TYPE_NAME),
    (f"SELECT CAST(s.n AS) {FROM}", errors.SELECT_TYPE_NAME),
    (f"SELECT CAST(s.n AS FLOAT(3)) {FROM}", errors.SELECT_TYPE_NAME),
    (f'SELECT * {FROM} WHERE s.n IS "true"', errors.SELECT_TYPE_NAME),
    (f"SELECT * {FROM} WHERE s.n IS TRUE", errors.SELECT_TYPE_NAME),
    (f"SELECT * {FROM} LIMIT x", errors.SELECT_LIMIT),
    (f"SELECT * {FROM} LIMIT", errors.SELECT_LIMIT),
    (f"SELECT * {FROM} LIMIT 1.5", errors.SELECT_LIMIT),
    (f"SELECT * {FROM} LIMIT -1", errors.SELECT_NEGATIVE_LIMIT),
    (f"SELECT {'(' * 500}1{')' * 500} {FROM}", errors.SELECT_TOO_COMPLEX),
    (f"SELECT 1{' + 1' * 1000} {FROM}", errors.SELECT_TOO_COMPLEX),
    (f"SELECT t.n {FROM}", errors.SELECT_TABLE_ALIAS),
    (f"SELECT S3Object.n {FROM}", errors.SELECT_TABLE_ALIAS),
    (f"SELECT 'a' 'b' {FROM}", errors.SELECT_SYNTAX),
    (f"SELECT (1, 2) {FROM}", errors.SELECT_SYNTAX),
    (f"SELECT {{'a': 1}} {FROM}", errors.SELECT_SYNTAX),
    (f"SELECT s.items[s.n] {FROM}", errors.SELECT_SYNTAX),
    (f"SELECT s.n IN () {FROM}", errors.SELECT_SYNTAX),
    (f"SELECT TRIM('a' FROM 'aba') {FROM}", errors.SELECT_SYNTAX),
    (f"SELECT s.lower(1) {FROM}", errors.SELECT_SYNTAX),
    # when records are read
    (f"SELECT CAST(s.text AS INT) {FROM}", errors.SELECT_CAST),
    (f"SELECT CAST('' AS DECIMAL) {FROM}", errors.SELECT_CAST),
    (f"SELECT CAST('Tuesday' AS TIMESTAMP) {FROM}", errors.SELECT_CAST),
    (f"SELECT CAST('2010-01-01T00:00' AS TIMESTAMP) {FROM}", errors.SELECT_CAST),
    (f"SELECT CAST('2010-13T' AS TIMESTAMP) {FROM}", errors.SELECT_CAST),
    (f"SELECT CAST(s.deep AS STRING) {FROM}", errors.SELECT_CAST),
    (f"SELECT CAST('9223372036854775808' AS INT) {FROM}", errors.SELECT_CAST),
    (f"SELECT CAST('maybe' AS BOOL) {FROM}", errors.SELECT_CAST),
    (f"SELECT LOWER(s.n) {FROM}", errors.SELECT_FUNCTION_TYPE),
    (f"SELECT SUBSTRING('a', 'b') {FROM}", errors.SELECT_FUNCTION_TYPE),
    (f"SELECT TO_STRING(s.moment, 'y') {FROM}", errors.SELECT_FUNCTION_TYPE),
    (f"SELECT SUM(s.text) {FROM}", errors.SELECT_FUNCTION_TYPE),
    (f"SELECT MAX(s.moment) {FROM}", errors.SELECT_FUNCTION_TYPE),
    (f"SELECT SUBSTRING('a', 1, -1) {FROM}", errors.SELECT_FUNCTION_VALUE),
    (f"SELECT DATE_ADD(year, 9999, `2010T`) {FROM}", errors.SELECT_FUNCTION_VALUE),
    (f"SELECT s.text + 1 {FROM}", errors.SELECT_OPERAND_TYPE),
    (f"SELECT -s.text {FROM}", errors.SELECT_OPERAND_TYPE),
    (f"SELECT * {FROM} WHERE s.text", errors.SELECT_OPERAND_TYPE),
    (f"SELECT * {FROM} WHERE s.n > 'a'", errors.SELECT_NOT_COMPARABLE),
    (f"SELECT * {FROM} WHERE s.yes > false", errors.SELECT_NOT_COMPARABLE),
    (f"SELECT 9223372036854775807 + 1 {FROM}", errors.SELECT_INTEGER_OVERFLOW),
    (f"SELECT 9223372036854775808 {FROM}", errors.SELECT_INTEGER_OVERFLOW),
    (f"SELECT 1 / 0 {FROM}", errors.SELECT_NOT_EVALUATED),
    (f"SELECT 1 % 0 {FROM}", errors.SELECT_NOT_EVALUATED),
    (f"SELECT 1.5 / 0 {FROM}", errors.SELECT_NOT_EVALUATED),
    (f"SELECT CAST(1 AS FLOAT) / 0 {FROM}", errors.SELECT_NOT_EVALUATED),
    (f"SELECT * {FROM} WHERE s.n LIKE 'a'", errors.SELECT_LIKE_INPUTS),
    (f"SELECT * {FROM} WHERE 'a' LIKE 'a' ESCAPE 'bc'", errors.SELECT_LIKE_ESCAPE),
    (f"SELECT * {FROM} WHERE 'a' LIKE '!a' ESCAPE '!'", errors.SELECT_LIKE_ESCAPE),
    (f"SELECT TO_TIMESTAMP('Tuesday') {FROM}", errors.SELECT_TIMESTAMP),
    (f"SELECT TO_STRING(`2010T`, 'Q') {FROM}", errors.SELECT_PATTERN_SYMBOL),
    (f"SELECT TO_STRING(`2010T`, 'y''T') {FROM}", errors.SELECT_OPEN_PATTERN),
]


@pytest.mark.parametrize(("expression", "row"), REFUSALS, ids=lambda value: str(value)[:60])
def test_what_s3_does_not_have_is_refused_with_its_code(
    cos: FakeCOS, aws: Any, expression: str, row: errors.ErrorSpec | None
) -> None:
    # documented: the codes; which mistake has which: public where the next test has it, else assumed. None: any code
    put_table(aws, RECORD)
    with pytest.raises(aws.exceptions.ClientError) as caught:
        select(aws, expression, LINES, TO_JSON)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    code = caught.value.response["Error"]["Code"]
    if row is None:
        assert code.startswith(("Parse", "Lexer"))
    else:
        with refused(cos, row.code, status=400):
            select(aws, expression, LINES, TO_JSON)


@pytest.mark.parametrize(
    ("expression", "code", "message"),
    [
        (
            "SELECT CounterID, count(*) FROM S3Object ORDER BY count(*) DESC LIMIT 10",
            "ParseUnexpectedToken",
            "Unexpected token found KEYWORD:UNKNOWN at line 1, column 42.",
        ),
        (
            "SELECT * FROM S3OBJECT s WHERE s.'odd' = \"true\"",
            "ParseInvalidPathComponent",
            "Invalid Path component, expecting either an IDENTIFIER or STAR, got: LITERAL,at line 1, column 34.",
        ),
        (
            'SELECT * FROM S3OBJECT s WHERE s.odd is "true"',
            "ParseExpectedTypeName",
            "Expected type name, found QUOTED_IDENTIFIER:'true' at line 1, column 41.",
        ),
        (
            "SELECT\n  CAST(s.text AS TIMESTAMP)\nFROM S3OBJECT s",
            "CastFailed",
            "Attempt to convert from one data type to another failed: cast from STRING to TIMESTAMP.",
        ),
        (
            "SELECT s.n\nFROM S3OBJECT s\nORDER BY s.n",
            "ParseUnexpectedToken",
            "Unexpected token found KEYWORD:UNKNOWN at line 3, column 1.",
        ),
        (
            "SELECT s.cast FROM S3Object s",
            "ParseInvalidPathComponent",
            "Invalid Path component, expecting either an IDENTIFIER or STAR, got: KEYWORD,at line 1, column 10.",
        ),
    ],
)
def test_the_words_of_a_refusal_name_the_place(
    cos: FakeCOS, aws: Any, expression: str, code: str, message: str
) -> None:
    # public: AWS's words in reports, with line and column from 1; of the last: assumed
    put_table(aws, RECORD)
    with refused(cos, code, message, 400):
        select(aws, expression, LINES, TO_JSON)


def test_a_reserved_word_in_quotes_is_a_name(aws: Any) -> None:
    # documented
    put_table(aws, '{"cast":1,"from":2}')
    assert selected(aws, 'SELECT s."cast", s."from" AS "select" FROM S3Object s', LINES, TO_JSON) == (
        '{"cast":1,"select":2}\n'
    )


def test_what_is_wrong_with_the_expression_is_found_in_an_empty_file_too(cos: FakeCOS, aws: Any) -> None:
    # assumed: it is parsed before anything is read
    put_table(aws, "")
    with refused(cos, "UnsupportedFunction", status=400):
        select(aws, "SELECT FOO(_1) FROM S3Object", CSV)

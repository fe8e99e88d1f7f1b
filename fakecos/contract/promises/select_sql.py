"""SelectObjectContent: the SQL of S3 Select, by the documents' own examples where they have some."""

from __future__ import annotations

import json
from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.raising import raises
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.selects import DOCUMENT, LINES, TO_JSON, put_table, select, selected

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


@promise
@cases(
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
def a_path_leads_into_json(aws: Any, body: str, expression: str, expected: str | None) -> None:
    """Source: documented: FROM, and attribute access; `by` is a reserved word."""
    put_table(aws, body)
    if expected is None:
        with raises(Exception, match="ParseInvalidPathComponent"):
            select(aws, expression, DOCUMENT, TO_JSON)
    else:
        assert selected(aws, expression, DOCUMENT, TO_JSON) == expected


# --- values -----------------------------------------------------------------------------------------------


@promise
@cases(
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
        ("s.nil + s.none", "MISSING"),
    ],
)
def an_expression_has_a_value(aws: Any, expression: str, expected: Any) -> None:
    """Source: documented: the SQL reference, by its own examples where it has some; what a division of integers leaves,
    and that MISSING comes before null: assumed."""
    assert value_of(aws, expression) == expected
    assert type(value_of(aws, expression)) is type(expected) or isinstance(expected, float | int)


@promise
@cases(
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
        ("EXTRACT(TIMEZONE_HOUR FROM `2010-01-01T`)", 0),
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
def dates_are_read_added_and_compared(aws: Any, expression: str, expected: Any) -> None:
    """Source: documented: date functions, by their own examples; that an unknown offset is 0: assumed."""
    assert value_of(aws, expression) == ("J 03 03 04 5 067 67000000 -08 -0830 -08:30" if expected is None else expected)


@promise
@cases(
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
def a_condition_takes_records_for_which_it_is_true(aws: Any, condition: str, holds: bool) -> None:
    """Source: documented: WHERE, and operators; unknown ones: assumed."""
    put_table(aws, RECORD)
    assert selected(aws, f"SELECT COUNT(*) FROM S3Object s WHERE {condition}", LINES) == f"{int(holds)}\n"


@promise
def text_of_csv_is_cast_before_it_is_a_number(cos: Service, aws: Any) -> None:
    """Source: documented: all input data is a string; that text is less than no number: assumed."""
    put_table(aws, "a,9\nb,10\n")
    assert selected(aws, "SELECT s._1 FROM S3Object s WHERE CAST(s._2 AS INT) > 9") == "b\n"
    assert selected(aws, "SELECT s._1 FROM S3Object s WHERE s._2 > '10'") == "a\n"
    assert selected(aws, "SELECT s._1 FROM S3Object s WHERE s._2 = 9") == ""
    with refused(cos, "UnsupportedTypeForQuerying", status=400):
        select(aws, "SELECT s._1 FROM S3Object s WHERE s._2 > 9")


NUMBERS = '{"n":1,"f":"x"}\n{"n":null}\n{"n":4}\n{"n":2.5}\n{}\n'


@promise
@cases(
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
def an_aggregate_skips_what_is_missing(aws: Any, items: str, expected: str) -> None:
    """Source: documented: aggregate functions skip MISSING; null: assumed."""
    put_table(aws, NUMBERS)
    assert selected(aws, f"SELECT {items} FROM S3Object s", LINES, TO_JSON) == f"{expected}\n"


@promise
def an_average_of_integers_is_a_decimal(aws: Any) -> None:
    """Source: documented."""
    put_table(aws, "1\n2\n2\n")
    assert selected(aws, "SELECT AVG(CAST(_1 AS INT)) FROM S3Object").startswith("1.6666666666666666666666666666666")


@promise
@cases(("limit", "count"), [("LIMIT 2", 2), ("limit 0", 0), ("LIMIT 99;", 5), ("", 5)])
def a_limit_ends_the_records(aws: Any, limit: str, count: int) -> None:
    """Source: documented."""
    put_table(aws, NUMBERS)
    assert len(selected(aws, f"SELECT * FROM S3Object {limit}", LINES, TO_JSON).splitlines()) == count


@promise
def what_is_wrong_after_the_limit_is_not_read(aws: Any) -> None:
    """Source: assumed."""
    put_table(aws, "1\nx\n")
    assert selected(aws, "SELECT CAST(_1 AS INT) FROM S3Object LIMIT 1") == "1\n"


# --- what is refused --------------------------------------------------------------------------------------

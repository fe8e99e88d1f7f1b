"""SelectObjectContent: how CSV, JSON and Parquet are read and written, and scan ranges."""

from __future__ import annotations

import bz2
import gzip
import itertools
import json
from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.selects import (
    CSV,
    DOCUMENT,
    EVERYTHING,
    HEADERS,
    LINES,
    TO_CSV,
    TO_JSON,
    put_table,
    select,
    selected,
)
from fakecos.facts import errors

# --- CSV --------------------------------------------------------------------------------------------------


@promise
@cases(
    ("text", "read", "expected"),
    [
        ("a,b\nc,d", {}, [["a", "b"], ["c", "d"]]),
        ("a,b\r\nc,d\r\n", {}, [["a", "b"], ["c", "d"]]),  # public
        ("a;b|c;d|", {"FieldDelimiter": ";", "RecordDelimiter": "|"}, [["a", "b"], ["c", "d"]]),
        # XML reads what botocore sends as a line feed (XML 1.0, 2.11)
        ("a\tb\r\nc\td\r\n", {"FieldDelimiter": "\t", "RecordDelimiter": "\r\n"}, [["a", "b"], ["c", "d"]]),
        ("a,b%%c,d", {"RecordDelimiter": "%%"}, [["a", "b"], ["c", "d"]]),
        ('"a,b",c', {}, [["a,b", "c"]]),
        ('""" a , b """,c', {}, [['" a , b "', "c"]]),  # documented: QuoteEscapeCharacter
        (r'"a\"b",c', {"QuoteEscapeCharacter": "\\"}, [['a"b', "c"]]),
        ("'a,b',c", {"QuoteCharacter": "'"}, [["a,b", "c"]]),
        ('a"b,c', {}, [['a"b', "c"]]),
        (",\n", {}, [["", ""]]),
        ("# no\na\n#no\n", {}, [["a"]]),
        ("; no\na\n#yes\n", {"Comments": ";"}, [["a"], ["#yes"]]),
        ("a\n\nb\n", {}, [["a"], ["b"]]),
        ('"a\nb",c\n', {"AllowQuotedRecordDelimiter": True}, [["a\nb", "c"]]),
        ("a,b\nc\nd,e,f\n", {}, [["a", "b"], ["c"], ["d", "e", "f"]]),
        ("é,ü\n", {}, [["é", "ü"]]),
    ],
)
def csv_is_read(aws: Any, text: str, read: Any, expected: list[list[str]]) -> None:
    """Source: documented: the members of CSVInput; public; that an empty line is no record: assumed."""
    put_table(aws, text)
    rows = selected(aws, EVERYTHING, {"CSV": read}, TO_JSON).splitlines()
    assert [list(json.loads(row).values()) for row in rows] == expected


@promise
@cases(
    ("text", "row"),
    [
        ('"a\nb",c\n', errors.SELECT_CSV_QUOTED_DELIMITER),
        ('"a"b,c\n', errors.SELECT_CSV_QUOTE),
        ('"a', errors.SELECT_CSV),
        ("x" * 1_048_577, errors.SELECT_RECORD_SIZE),
        (b"a\n\xff\n", errors.SELECT_TEXT_ENCODING),
    ],
)
def csv_that_is_none_is_refused(cos: Service, aws: Any, text: str | bytes, row: errors.ErrorSpec) -> None:
    """Source: documented: the list of error codes; which one is for quotes that do not end: assumed."""
    put_table(aws, text)
    with refused(cos, row.code, status=400):
        select(aws)


@promise
def the_words_for_what_is_no_text(cos: Service, aws: Any) -> None:
    """Source: public."""
    put_table(aws, b"a\n" * 4096 + b"\xff")
    message = "UTF-8 encoding is required. The text encoding error was found near byte 8,192."
    with refused(cos, "InvalidTextEncoding", message, 400):
        select(aws, "SELECT * FROM S3Object WHERE _1 = 'b'")


@promise
@cases(
    ("header", "expression", "expected"),
    [
        ("NONE", EVERYTHING, ['{"_1":"id","_2":"Name"}', '{"_1":"1","_2":"Ann"}']),
        ("IGNORE", EVERYTHING, ['{"_1":"1","_2":"Ann"}']),
        ("USE", EVERYTHING, ['{"id":"1","Name":"Ann"}']),
        ("NONE", "SELECT s._2 FROM S3Object s", ['{"_2":"Name"}', '{"_2":"Ann"}']),
        ("IGNORE", "SELECT _1, s._2 FROM S3Object s", ['{"_1":"1","_2":"Ann"}']),
        ("USE", "SELECT name, ID FROM S3Object", ['{"name":"Ann","ID":"1"}']),
        ("USE", 'SELECT s."Name" AS n FROM S3Object AS s', ['{"n":"Ann"}']),
        ("USE", "SELECT s3object.name FROM S3Object", ['{"name":"Ann"}']),
        ("USE", "SELECT s._2 FROM S3Object s", ['{"_2":"Ann"}']),
    ],
)
def columns_are_found_by_place_or_header(aws: Any, header: str, expression: str, expected: list[str]) -> None:
    """Source: documented: attribute access, and case sensitivity."""
    put_table(aws, "id,Name\n1,Ann\n")
    assert selected(aws, expression, {"CSV": {"FileHeaderInfo": header}}, TO_JSON).splitlines() == expected


AGAIN = "Please check the service documentation and try again."
MISSING = "Some headers in the query are missing from the file. Please check the file and try again."


@promise
@cases(
    ("header", "expression", "code", "message"),
    [
        ("USE", 'SELECT s."name" FROM S3Object s', "MissingHeaders", MISSING),
        ("USE", "SELECT s.age FROM S3Object s", "MissingHeaders", MISSING),
        ("NONE", 'SELECT * FROM S3OBJECT s WHERE s."odd" = `true`', "MissingHeaders", MISSING),
        (
            "IGNORE",
            "SELECT * FROM S3OBJECT WHERE odd = true",
            "InvalidColumnIndex",
            f"The column index at line 1, column 30 is invalid. {AGAIN}",
        ),
        (
            "NONE",
            'SELECT * FROM S3OBJECT s WHERE s._1 = "true"',
            "InvalidColumnIndex",
            f"The column index at line 1, column 39 is invalid. {AGAIN}",
        ),
        (
            "USE",
            "SELECT * FROM S3OBJECT WHERE s.\"oddf\" = 'true'",
            "InvalidTableAlias",
            "Invalid table alias is specified at line 1, column 30. Please check the file and try again.",
        ),
        ("USE", "SELECT * FROM S3OBJECT WHERE s._2 = 'true'", "InvalidTableAlias", None),
        ("USE", "SELECT s.name.given FROM S3Object s", "InvalidKeyPath", None),
        ("NONE", "SELECT s._1[0] FROM S3Object s", "InvalidKeyPath", None),
        ("NONE", "SELECT * FROM S3Object[*].name", "InvalidKeyPath", None),
    ],
)
def a_column_that_is_not_there_is_refused(
    cos: Service, aws: Any, header: str, expression: str, code: str, message: str | None
) -> None:
    """Source: public: the examples and words of the first seven; the others assumed."""
    put_table(aws, "id,Name\n1,Ann\n")
    with refused(cos, code, message, 400):
        select(aws, expression, {"CSV": {"FileHeaderInfo": header}})


@promise
def a_name_that_two_columns_have_is_refused_unless_quoted(cos: Service, aws: Any) -> None:
    """Source: documented: case sensitivity."""
    put_table(aws, "NAME,name\na,b\n")
    with refused(cos, "AmbiguousFieldName", status=400):
        select(aws, "SELECT s.name FROM S3Object s", HEADERS)
    assert selected(aws, 'SELECT s."NAME" FROM S3Object s', HEADERS) == "a\n"


@promise
def a_column_that_a_row_does_not_have_is_empty(aws: Any) -> None:
    """Source: public."""
    put_table(aws, "a,b\n1,2\n3\n")
    always = {"CSV": {"QuoteFields": "ALWAYS"}}
    assert selected(aws, "SELECT s.b FROM S3Object s", HEADERS, always) == '"2"\n""\n'
    assert selected(aws, "SELECT s.b FROM S3Object s", HEADERS, TO_JSON) == '{"b":"2"}\n{}\n'


@promise
@cases(
    ("write", "expected"),
    [
        ({}, 'a,"b,c","d""e"\n'),
        ({"QuoteFields": "ASNEEDED"}, 'a,"b,c","d""e"\n'),
        ({"QuoteFields": "ALWAYS"}, '"a","b,c","d""e"\n'),
        ({"QuoteEscapeCharacter": "\\"}, 'a,"b,c","d\\"e"\n'),
        ({"QuoteCharacter": "'"}, "a,'b,c',d\"e\n"),
        ({"FieldDelimiter": "\t", "RecordDelimiter": "%%"}, 'a\tb,c\t"d""e"%%'),
    ],
)
def csv_is_written(aws: Any, write: Any, expected: str) -> None:
    """Source: documented: the members of CSVOutput."""
    put_table(aws, 'a,"b,c","d""e"\n')
    assert selected(aws, EVERYTHING, CSV, {"CSV": write}) == expected


@promise
def a_file_with_headers_only_has_no_records(cos: Service, aws: Any) -> None:
    """Source: assumed: the columns are judged all the same."""
    put_table(aws, "a,b")
    assert selected(aws, "SELECT a FROM S3Object", HEADERS) == ""
    with refused(cos, "MissingHeaders", status=400):
        select(aws, "SELECT c FROM S3Object", HEADERS)


# --- JSON -------------------------------------------------------------------------------------------------


@promise
def lines_are_a_record_each(aws: Any) -> None:
    """Source: documented: the types of JSON."""
    put_table(aws, '{"a":1}\r\n\n {"a":2.50} \n{"b":[]}\n')
    assert selected(aws, "SELECT s.a FROM S3Object s", LINES, TO_JSON) == '{"a":1}\n{"a":2.50}\n{}\n'


@promise
def a_document_may_span_lines_and_be_followed_by_another(aws: Any) -> None:
    """Source: documented: a document is an array of root-level values."""
    put_table(aws, '{"a":\n1}{"a":2}\n\n{"a":{"b":"c"}}')
    assert selected(aws, "SELECT s.a FROM S3Object s", DOCUMENT, TO_JSON) == '{"a":1}\n{"a":2}\n{"a":{"b":"c"}}\n'


@promise
@cases(
    ("body", "read"),
    [
        ("{", DOCUMENT),
        ('{"a":1} x', DOCUMENT),
        ('{"a":1} {"a":2}\n', LINES),
        ('{"a":\n1}', LINES),
        ('{"a":NaN}', LINES),
        ("a,b\n", LINES),
        ("[" * 100_000, DOCUMENT),
    ],
)
def json_that_is_none_is_refused(cos: Service, aws: Any, body: str, read: Any) -> None:
    """Source: documented; the words: public."""
    put_table(aws, body)
    with refused(cos, "JSONParsingError", "Error parsing JSON file. Please check the file and try again.", 400):
        select(aws, EVERYTHING, read, TO_JSON)


@promise
@cases("read", [DOCUMENT, LINES])
def json_that_is_no_text_or_too_long_is_refused(cos: Service, aws: Any, read: Any) -> None:
    """Source: public."""
    put_table(aws, b'{"a":"\xff"}')
    with refused(cos, "InvalidTextEncoding", status=400):
        select(aws, EVERYTHING, read, TO_JSON)
    put_table(aws, json.dumps({"a": "x" * 1_048_576}))
    message = "The character number in one record is more than our max threshold, maxCharsPerRecord: 1,048,576"
    with refused(cos, "OverMaxRecordSize", message, 400):
        select(aws, EVERYTHING, read, TO_JSON)


@promise
def what_is_nested_is_written_as_json_alone(cos: Service, aws: Any) -> None:
    """Source: documented: nested data only with the JSON format; the code: assumed."""
    put_table(aws, '{"a":[1,{"b":null}],"c":"é\\n","d":true}')
    assert selected(aws, EVERYTHING, LINES, TO_JSON) == '{"a":[1,{"b":null}],"c":"é\\n","d":true}\n'
    assert selected(aws, "SELECT s.c, s.d, s.e FROM S3Object s", LINES) == '"é\n",true,\n'
    with refused(cos, "ExternalEvalException", status=400):
        select(aws, EVERYTHING, LINES, TO_CSV)


# --- compression ------------------------------------------------------------------------------------------


@promise
@cases(
    ("body", "compression", "code", "message"),
    [
        (b"a,b", "GZIP", "InvalidCompressionFormat", "GZIP is not applicable to the queried object. {}"),
        (b"a,b", "BZIP2", "InvalidCompressionFormat", "BZIP2 is not applicable to the queried object. {}"),
        (gzip.compress(b"a,b" * 99, mtime=0)[:-9], "GZIP", "TruncatedInput", None),
        (bz2.compress(b"a,b" * 99)[:-9], "BZIP2", "TruncatedInput", None),
        (gzip.compress(b"\xff", mtime=0), "GZIP", "InvalidTextEncoding", None),
        (gzip.compress(b"a,b", mtime=0), "NONE", "InvalidTextEncoding", None),
    ],
)
def what_is_not_compressed_so_is_refused(
    cos: Service, aws: Any, body: bytes, compression: str, code: str, message: str | None
) -> None:
    """Source: public: the words of the first two; documented."""
    put_table(aws, body)
    message = message and message.format("Please correct the request and try again.")
    with refused(cos, code, message, 400):
        select(aws, EVERYTHING, {"CSV": {}, "CompressionType": compression})


# --- scan ranges ------------------------------------------------------------------------------------------

LETTERS = "A,B\nC,D\nD,E\nE,F\nG,H\nI,J\n"


@promise
@cases(
    ("scan_range", "expected"),
    [
        ({"Start": 1, "End": 4}, "C,D\n"),  # documented: the example
        ({"Start": 0, "End": 0}, "A,B\n"),
        ({"Start": 0, "End": 3}, "A,B\n"),
        ({"Start": 4, "End": 8}, "C,D\nD,E\n"),
        ({"Start": 5, "End": 7}, ""),
        ({"Start": 17}, "I,J\n"),
        ({"Start": 0}, LETTERS),
        ({"End": 4}, "I,J\n"),
        ({"End": 5}, "I,J\n"),
        ({"End": 1000}, LETTERS),
        ({"Start": 20, "End": 1000}, "I,J\n"),
    ],
)
def a_scan_range_takes_the_records_that_start_in_it(aws: Any, scan_range: Any, expected: str) -> None:
    """Source: documented: the example."""
    # documented: a record is taken if its first byte is in the range
    put_table(aws, LETTERS)
    assert selected(aws, ScanRange=scan_range) == expected


@promise
def ranges_side_by_side_take_each_record_once(aws: Any) -> None:
    """Source: documented: that is what they are for."""
    rows = "".join(f'{{"n":{number}}}\n' for number in range(50))
    put_table(aws, rows)
    edges = [*range(0, len(rows), 7), len(rows)]
    parts = [
        selected(aws, EVERYTHING, LINES, TO_JSON, ScanRange={"Start": start, "End": end - 1})
        for start, end in itertools.pairwise(edges)
    ]
    assert "".join(parts) == rows


@promise
def a_scan_range_has_the_headers_of_the_first_line(aws: Any) -> None:
    """Source: assumed."""
    put_table(aws, "a,b\n1,2\n3,4\n")
    assert selected(aws, "SELECT b FROM S3Object", HEADERS, ScanRange={"Start": 6}) == "4\n"
    assert selected(aws, "SELECT b FROM S3Object", HEADERS, ScanRange={"Start": 0, "End": 4}) == "2\n"


@promise
@cases("scan_range", [{}, {"Start": 5, "End": 3}, {"Start": 24}, {"End": 0}, {"Start": -1}])
def a_scan_range_that_is_none_is_refused(cos: Service, aws: Any, scan_range: Any) -> None:
    """Source: documented: it must not be empty; the others assumed."""
    put_table(aws, LETTERS)
    with refused(cos, "InvalidScanRange", status=400):
        select(aws, ScanRange=scan_range)


@promise
@cases(
    "read",
    [
        {"CSV": {}, "CompressionType": "GZIP"},
        {"CSV": {"AllowQuotedRecordDelimiter": True}},
        DOCUMENT,
    ],
)
def a_scan_range_of_what_has_no_lines_is_refused(cos: Service, aws: Any, read: Any) -> None:
    """Source: documented."""
    put_table(aws, LETTERS)
    with refused(cos, "UnsupportedScanRangeInput", status=400):
        select(aws, EVERYTHING, read, ScanRange={"Start": 0})

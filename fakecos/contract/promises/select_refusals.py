"""Expressions of SelectObjectContent that S3 refuses, and in which words."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.promises.select_sql import RECORD
from fakecos.contract.steps.raising import raises
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.selects import CSV, LINES, TO_JSON, put_table, select, selected
from fakecos.facts import errors

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


@promise
@cases(("expression", "row"), REFUSALS, ids=lambda value: str(value)[:60])
def what_s3_does_not_have_is_refused_with_its_code(
    cos: Service, aws: Any, expression: str, row: errors.ErrorSpec | None
) -> None:
    """Source: documented: the codes; which mistake has which: public where the next test has it, else assumed. None:
    any code."""
    put_table(aws, RECORD)
    with raises(aws.exceptions.ClientError) as caught:
        select(aws, expression, LINES, TO_JSON)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    code = caught.value.response["Error"]["Code"]
    if row is None:
        assert code.startswith(("Parse", "Lexer"))
    else:
        with refused(cos, row.code, status=400):
            select(aws, expression, LINES, TO_JSON)


@promise
@cases(
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
def the_words_of_a_refusal_name_the_place(cos: Service, aws: Any, expression: str, code: str, message: str) -> None:
    """Source: public: AWS's words in reports, with line and column from 1; of the last: assumed."""
    put_table(aws, RECORD)
    with refused(cos, code, message, 400):
        select(aws, expression, LINES, TO_JSON)


@promise
def a_reserved_word_in_quotes_is_a_name(aws: Any) -> None:
    """Source: documented."""
    put_table(aws, '{"cast":1,"from":2}')
    assert selected(aws, 'SELECT s."cast", s."from" AS "select" FROM S3Object s', LINES, TO_JSON) == (
        '{"cast":1,"select":2}\n'
    )


@promise
def what_is_wrong_with_the_expression_is_found_in_an_empty_file_too(cos: Service, aws: Any) -> None:
    """Source: assumed: it is parsed before anything is read."""
    put_table(aws, "")
    with refused(cos, "UnsupportedFunction", status=400):
        select(aws, "SELECT FOO(_1) FROM S3Object", CSV)

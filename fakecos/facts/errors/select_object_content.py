"""Refusals of SelectObjectContent (S3 Select): of the request, of the SQL expression, and of the records.

Codes and statuses are those of the documents' list of SELECT Object Content error codes. Where a message is *public*,
AWS printed it in a report or in another project's manual; where it is *documented*, it is that list's description.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.errors.s3_error import row

if TYPE_CHECKING:
    from fakecos.facts.errors.s3_error import ErrorSpec


def _row(code: str, message: str, source: str = "documented") -> ErrorSpec:
    return row(code, 400, message, (), source)


_AGAIN = "Please check the service documentation and try again."
_LIKE_JSON_TYPE = "documented; the words: as of InvalidJsonType (public)"

# --- The request -------------------------------------------------------------------------------------

SELECT_MISSING_PARAMETER = _row("MissingRequiredParameter", f"{{name}} is required. {_AGAIN}", "public")
SELECT_EXPRESSION_TYPE = _row(
    "InvalidExpressionType", f"The {{value}} expressionType is invalid. {_AGAIN}", _LIKE_JSON_TYPE
)
SELECT_EXPRESSION_TOO_LONG = _row(
    "ExpressionTooLong", "The SQL expression is too long. The maximum byte-length for an SQL expression is 256 KB."
)
SELECT_FORMAT_CONFLICT = _row(
    "ObjectSerializationConflict",
    "{name} specifies more than one format. You can specify only one format.",
    "documented; the words: assumed",
)
SELECT_FILE_HEADER_INFO = _row(
    "InvalidFileHeaderInfo", f"The {{value}} fileHeaderInfo is invalid. {_AGAIN}", _LIKE_JSON_TYPE
)
SELECT_JSON_TYPE = _row("InvalidJsonType", f"The {{value}} jsonType is invalid. {_AGAIN}", "public")
SELECT_QUOTE_FIELDS = _row("InvalidQuoteFields", f"The {{value}} quoteFields is invalid. {_AGAIN}", _LIKE_JSON_TYPE)
SELECT_COMPRESSION_TYPE = _row(
    "InvalidCompressionFormat", f"The {{value}} compressionType is invalid. {_AGAIN}", _LIKE_JSON_TYPE
)
SELECT_PARAMETER = _row(
    "InvalidRequestParameter",
    "The value of a parameter in the SelectRequest element is not valid. Check the service API documentation and try "
    "again.",
)
SELECT_SCAN_RANGE = _row("InvalidScanRange", "The provided scan range is not valid.")
SELECT_SCAN_RANGE_INPUT = _row(
    "UnsupportedScanRangeInput", "Scan range queries are not supported on this type of object."
)
SELECT_RANGE_HEADER = _row("UnsupportedRangeHeader", "A range header is not supported for this operation.")
SELECT_STORAGE_CLASS = _row("UnsupportedStorageClass", f"We do not support {{name}} storage class. {_AGAIN}", "public")

# --- The SQL expression ------------------------------------------------------------------------------

_AT = "at line {line}, column {column}"

SELECT_INVALID_CHARACTER = _row(
    "LexerInvalidChar", f"Invalid character {_AT}.", "documented; the words: as of other errors of SQL (public)"
)
SELECT_INVALID_ION = _row("LexerInvalidIONLiteral", "The SQL expression contains an operator that is not valid.")
SELECT_INVALID_LITERAL = _row("LexerInvalidLiteral", "The SQL expression contains an operator that is not valid.")
SELECT_UNEXPECTED_TOKEN = _row("ParseUnexpectedToken", f"Unexpected token found {{token}} {_AT}.", "public")
SELECT_PATH_COMPONENT = _row(
    "ParseInvalidPathComponent",
    f"Invalid Path component, expecting either an IDENTIFIER or STAR, got: {{token}},{_AT}.",
    "public",
)
SELECT_TYPE_NAME = _row("ParseExpectedTypeName", f"Expected type name, found {{token}} {_AT}.", "public")
SELECT_EMPTY = _row("ParseEmptySelect", "The SQL expression contains an empty SELECT clause.")
SELECT_MISSING_FROM = _row(
    "ParseSelectMissingFrom", "The SQL expression contains a missing FROM after the SELECT list."
)
SELECT_NOT_SELECT = _row("UnsupportedSqlOperation", "We encountered an unsupported SQL operation.")
SELECT_STRUCTURE = _row(
    "UnsupportedSqlStructure", "We encountered an unsupported SQL structure. Check the SQL Reference."
)
SELECT_SYNTAX = _row("ParseUnsupportedSyntax", "The SQL expression contains unsupported syntax.")
SELECT_STAR_NOT_ALONE = _row(
    "ParseAsteriskIsNotAloneInSelectList",
    "Other expressions are not allowed in the SELECT list when * is used without dot notation in the SQL expression.",
)
SELECT_STAR_CONTEXT = _row(
    "ParseInvalidContextForWildcardInSelectList",
    "The use of * in the SELECT list in the SQL expression is not valid.",
)
SELECT_ALIAS = _row(
    "ParseExpectedIdentForAlias", "The expected identifier for the alias in the SQL expression was not found."
)
SELECT_GROUP = _row("ParseExpectedIdentForGroupName", "GROUP is not supported in the SQL expression.")
SELECT_JOIN = _row("ParseMalformedJoin", "JOIN is not supported in the SQL expression.")
SELECT_SOURCES = _row("MultipleDataSourcesUnsupported", "Multiple data sources are not supported.")
SELECT_TABLE = _row(
    "EvaluatorBindingDoesNotExist", "A column name or a path provided does not exist in the SQL expression."
)
SELECT_KEY_PATH = _row("InvalidKeyPath", "The key path in the SQL expression is not valid.")
SELECT_LIMIT = _row("ParseExpectedNumber", "The expected number in the SQL expression was not found.")
SELECT_NEGATIVE_LIMIT = _row("EvaluatorNegativeLimit", "LIMIT must not be negative.")
SELECT_TOO_COMPLEX = _row(
    "MaxOperatorsExceeded",
    "Failed to parse SQL expression, try reducing complexity. For example, reduce number of operators used.",
)
SELECT_UNKNOWN_FUNCTION = _row("UnsupportedFunction", "We encountered an unsupported SQL function.")
SELECT_ARGUMENTS = _row(
    "EvaluatorInvalidArguments", "There is an incorrect number of arguments in the function call in the SQL expression."
)
SELECT_AGGREGATE_ARGUMENTS = _row(
    "ParseNonUnaryAgregateFunctionCall",
    "Only one argument is supported for aggregate functions in the SQL expression.",
)
SELECT_CALL_WITH_STAR = _row(
    "ParseUnsupportedCallWithStar", "Only COUNT with (*) as a parameter is supported in the SQL expression."
)
SELECT_DATE_PART = _row("ParseExpectedDatePart", "The expected date part in the SQL expression was not found.")
SELECT_TABLE_ALIAS = _row(
    "InvalidTableAlias", f"Invalid table alias is specified {_AT}. Please check the file and try again.", "public"
)
SELECT_COLUMN_INDEX = _row("InvalidColumnIndex", f"The column index {_AT} is invalid. {_AGAIN}", "public")
SELECT_MISSING_HEADERS = _row(
    "MissingHeaders",
    "Some headers in the query are missing from the file. Please check the file and try again.",
    "public",
)
SELECT_AMBIGUOUS_NAME = _row(
    "AmbiguousFieldName",
    "The field name matches to multiple fields in the file. Check the SQL expression and the file, and try again.",
)

# --- Evaluating it -----------------------------------------------------------------------------------

SELECT_CAST = _row(
    "CastFailed",
    "Attempt to convert from one data type to another failed: cast from {source_type} to {target_type}.",
    "public",
)
SELECT_FUNCTION_TYPE = _row(
    "IncorrectSqlFunctionArgumentType",
    "An incorrect argument type was specified in a function call in the SQL expression.",
)
SELECT_FUNCTION_VALUE = _row("IllegalSqlFunctionArgument", "An illegal argument was used in the SQL function.")
SELECT_OPERAND_TYPE = _row("InvalidDataType", "The SQL expression contains a data type that is not valid.")
SELECT_NOT_COMPARABLE = _row(
    "UnsupportedTypeForQuerying",
    "Your query contains an unsupported type for comparison (e.g. verifying that a Parquet INT96 column type is "
    "greater than 0).",
)
SELECT_INTEGER_OVERFLOW = _row("IntegerOverflow", "An integer overflow or underflow occurred in the SQL expression.")
SELECT_NOT_EVALUATED = _row("ExternalEvalException", "The query cannot be evaluated. Check the file and try again.")
SELECT_LIKE_INPUTS = _row(
    "LikeInvalidInputs", "The argument given to the LIKE clause in the SQL expression is not valid."
)
SELECT_LIKE_ESCAPE = _row(
    "EvaluatorLikePatternInvalidEscapeSequence", "An argument given to the LIKE expression was not valid."
)
SELECT_TIMESTAMP = _row("ValueParseFailure", "A timestamp parse failure occurred in the SQL expression.")
SELECT_PATTERN_SYMBOL = _row(
    "EvaluatorInvalidTimestampFormatPatternSymbol",
    "The timestamp format pattern contains a symbol in the SQL expression that is not valid.",
)
SELECT_OPEN_PATTERN = _row(
    "EvaluatorUnterminatedTimestampFormatPatternToken",
    "The timestamp format pattern contains an unterminated token in the SQL expression.",
)

# --- The records -------------------------------------------------------------------------------------

SELECT_NOT_COMPRESSED = _row(
    "InvalidCompressionFormat",
    "{name} is not applicable to the queried object. Please correct the request and try again.",
    "public",
)
SELECT_TRUNCATED = _row(
    "TruncatedInput",
    "Object decompression failed. Check that the object is properly compressed using the format specified in the "
    "request.",
)
SELECT_TEXT_ENCODING = _row(
    "InvalidTextEncoding",
    "UTF-8 encoding is required. The text encoding error was found near byte {byte:,}.",
    "public",
)
SELECT_CSV = _row("CSVParsingError", "An error occurred while parsing the CSV file. Check the file and try again.")
SELECT_CSV_QUOTED_DELIMITER = _row(
    "CSVEscapingRecordDelimiter",
    "A quoted record delimiter was found in the file. To allow quoted record delimiters, set "
    "AllowQuotedRecordDelimiter to 'TRUE'.",
)
SELECT_CSV_QUOTE = _row(
    "CSVUnescapedQuote",
    "An unescaped quote was found while parsing the CSV file. To allow quoted record delimiters, set "
    "AllowQuotedRecordDelimiter to 'TRUE'.",
)
SELECT_JSON = _row("JSONParsingError", "Error parsing JSON file. Please check the file and try again.", "public")
SELECT_PARQUET = _row(
    "ParquetParsingError", "An error occurred while parsing the Parquet file. Check the file and try again."
)
SELECT_RECORD_SIZE = _row(
    "OverMaxRecordSize",
    "The character number in one record is more than our max threshold, maxCharsPerRecord: 1,048,576",
    "public",
)

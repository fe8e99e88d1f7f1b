"""How the records of a request are read and written: its InputSerialization, OutputSerialization and ScanRange, judged.

Defaults and values are documented. Values are taken in any case, as S3 takes them (public: `Use`). A delimiter of more
than two characters, and any other setting of more than one, is refused (assumed: the documents say a single character).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts import errors
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.facts.errors import ErrorSpec

CSV = "CSV"
JSON = "JSON"
PARQUET = "Parquet"
LONGEST_DELIMITER = 2


class CsvInput(NamedTuple):
    """How CSV is read. A line feed as the delimiter may have a carriage return before it (public)."""

    header: str = "NONE"
    comments: str = "#"
    quote: str = '"'
    escape: str = '"'
    field_delimiter: str = ","
    record_delimiter: str = "\n"
    allows_quoted_delimiters: bool = False


class Input(NamedTuple):
    """What is read: the format, the compression (NONE, GZIP, BZIP2), and the settings of CSV or the type of JSON."""

    format: str
    compression: str
    csv: CsvInput
    json_type: str


class Output(NamedTuple):
    """How records are written."""

    format: str
    record_delimiter: str = "\n"
    field_delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    quotes_always: bool = False


def input_of(document: Mapping[str, Any]) -> Input:
    """Return how records are read.

    Raises MissingRequiredParameter, ObjectSerializationConflict, InvalidFileHeaderInfo, InvalidJsonType,
    InvalidCompressionFormat and InvalidRequestParameter.
    """
    found = _one_of(document, (CSV, JSON, PARQUET), "InputSerialization")
    compression = _choice(document, "CompressionType", ("NONE", "GZIP", "BZIP2"), errors.SELECT_COMPRESSION_TYPE)
    settings = document[found]
    if found == PARQUET:
        if compression not in {None, "NONE"}:  # documented: no compression of the whole object
            raise S3Error(errors.SELECT_PARAMETER)
        return Input(found, "NONE", CsvInput(), "")
    if found == JSON:
        if "Type" not in settings:
            raise S3Error(errors.SELECT_MISSING_PARAMETER, name="Type")  # public
        json_type = _choice(settings, "Type", ("DOCUMENT", "LINES"), errors.SELECT_JSON_TYPE)
        return Input(found, compression or "NONE", CsvInput(), json_type or "")
    header = _choice(settings, "FileHeaderInfo", ("NONE", "USE", "IGNORE"), errors.SELECT_FILE_HEADER_INFO)
    csv = CsvInput(
        header or "NONE",
        _text(settings, "Comments", "#"),
        _text(settings, "QuoteCharacter", '"'),
        _text(settings, "QuoteEscapeCharacter", '"'),
        _text(settings, "FieldDelimiter", ",", LONGEST_DELIMITER),
        _text(settings, "RecordDelimiter", "\n", LONGEST_DELIMITER),
        _flag(settings, "AllowQuotedRecordDelimiter"),
    )
    return Input(found, compression or "NONE", csv, "")


def output_of(document: Mapping[str, Any]) -> Output:
    """Return how records are written. Raises what `input_of` does, and InvalidQuoteFields."""
    found = _one_of(document, (CSV, JSON), "OutputSerialization")
    settings = document[found]
    record_delimiter = _text(settings, "RecordDelimiter", "\n", LONGEST_DELIMITER)
    if found == JSON:
        return Output(found, record_delimiter)
    quotes = _choice(settings, "QuoteFields", ("ALWAYS", "ASNEEDED"), errors.SELECT_QUOTE_FIELDS)
    return Output(
        found,
        record_delimiter,
        _text(settings, "FieldDelimiter", ",", LONGEST_DELIMITER),
        _text(settings, "QuoteCharacter", '"'),
        _text(settings, "QuoteEscapeCharacter", '"'),
        quotes == "ALWAYS",
    )


def wants_progress(params: Mapping[str, Any]) -> bool:
    """Whether the answer is to have Progress messages."""
    return _flag(params.get("RequestProgress") or {}, "Enabled")


def _one_of(document: Mapping[str, Any], formats: tuple[str, ...], name: str) -> str:
    found = [each for each in formats if each in document]
    if not found:
        raise S3Error(errors.SELECT_MISSING_PARAMETER, name=name)
    if len(found) > 1:
        raise S3Error(errors.SELECT_FORMAT_CONFLICT, name=name)
    return found[0]


def _choice(settings: Mapping[str, Any], name: str, values: tuple[str, ...], row: ErrorSpec) -> str | None:
    given = settings.get(name)
    if given is None:
        return None
    value = str(given).upper()
    if value not in values:
        raise S3Error(row, value=given)
    return value


def _text(settings: Mapping[str, Any], name: str, default: str, longest: int = 1) -> str:
    value: str = settings.get(name, default)
    if not 1 <= len(value) <= longest:
        raise S3Error(errors.SELECT_PARAMETER)
    return value


def _flag(settings: Mapping[str, Any], name: str) -> bool:
    value = settings.get(name, False)
    if not isinstance(value, bool):
        raise S3Error(errors.SELECT_PARAMETER)
    return value

"""What would settle the marks of fakecos/operations/select_object_content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.marks.entry import OWN, asked, never

if TYPE_CHECKING:
    from tools.marks.entry import Entry

VALUE = "select_sql.an_expression_has_a_value"
CONDITION = "select_sql.a_condition_takes_records_for_which_it_is_true"
REFUSED = "select_refusals.what_s3_does_not_have_is_refused_with_its_code"
_FILES: dict[str, tuple[Entry, ...]] = {
    "arithmetic.py": (
        asked("_arithmetic", "a division by zero", REFUSED),
        asked("_divided", "without its remainder", VALUE),
        asked("_remainder", "the sign of what is divided", VALUE),
    ),
    "conditions.py": (asked("truth", "for what is neither", REFUSED),),
    "csv_records.py": (
        asked("CsvReader", "An empty line is no record", "select_records.csv_is_read"),
        asked("CsvReader._quoted", "quotes that do not end", "select_records.csv_that_is_none_is_refused"),
    ),
    "events.py": (never("RECORDS_SIZE", "Bytes of a Records event", OWN),),
    "expressions.py": (asked("", "Null and MISSING", CONDITION, VALUE),),
    "functions.py": (asked("date_added", "beyond the calendar", REFUSED),),
    "operation.py": (
        asked(
            "select_object_content",
            "a small file is refused as a whole",
            "select_object_content.an_error_after_records_ends_the_stream",
        ),
    ),
    "output.py": (asked("_field", "a list or an object", "select_records.what_is_nested_is_written_as_json_alone"),),
    "paths.py": (
        asked("Names.reader", "begins with no alias", "select_records.a_column_that_is_not_there_is_refused", REFUSED),
        asked("Names._column", "a path below a column", "select_records.a_column_that_is_not_there_is_refused"),
    ),
    "query.py": (
        asked("", "which code answers which mistake", REFUSED, "select_refusals.the_words_of_a_refusal_name_the_place"),
        asked("_require_no_gaps", "no kind of comment", REFUSED),
    ),
    "scan_range.py": (
        asked("scan_range_of", "one beyond the object", "select_records.a_scan_range_that_is_none_is_refused"),
    ),
    "selection.py": (asked("Selection._require_one_kind", "there is no GROUP BY", REFUSED),),
    "serialization.py": (asked("", "of more than two characters", "select_object_content.a_wrong_request_is_refused"),),
    "timestamps.py": (asked("extracted", "of an unknown offset", "select_sql.dates_are_read_added_and_compared"),),
    "values.py": (
        asked("unknown_of", "MISSING before null", VALUE),
        asked("less", "comparing them all the same", "select_sql.text_of_csv_is_cast_before_it_is_a_number", REFUSED),
    ),
}
FILES = {f"select_object_content/{name}": entries for name, entries in _FILES.items()}

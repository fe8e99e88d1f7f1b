"""SelectObjectContent: judged as a read of the object, then answered as a stream of messages.

S3 takes no new customers for it since 25 July 2024 (documented); it answers as an account that has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations import encryption
from fakecos.operations.lookup import bucket_of, object_of
from fakecos.operations.select_object_content import query, scan_range, serialization
from fakecos.operations.select_object_content.events import events_of
from fakecos.operations.select_object_content.output import written
from fakecos.operations.select_object_content.selection import Selection
from fakecos.operations.select_object_content.table import Table

if TYPE_CHECKING:
    from fakecos.operations.context import Context
    from fakecos.wire.types import SelectObjectContentOutput, SelectObjectContentRequest

REQUIRED = ("Expression", "ExpressionType", "InputSerialization", "OutputSerialization")
LONGEST_EXPRESSION = 256 * 1024
"""Bytes (documented)."""
UNSUPPORTED_CLASSES = frozenset({"GLACIER", "DEEP_ARCHIVE", "REDUCED_REDUNDANCY"})


def select_object_content(context: Context, params: SelectObjectContentRequest) -> SelectObjectContentOutput:
    """Return the stream of what an SQL expression selects of an object.

    Raises what a read of the object raises, AccessDenied for nobody (documented), UnsupportedStorageClass for what is
    archived or REDUCED_REDUNDANCY (documented), and what is wrong with the request, the expression and the records.
    What is found wrong when a first Records event is full already ends the stream, and is no answer of its own
    (public: a small file is refused as a whole; the size: assumed).
    """
    if context.caller.is_anonymous:
        why = "the request has no credentials, and S3 selects for nobody: give the client keys."
        raise S3Error(errors.ACCESS_DENIED, explanation=why)
    if "Range" in params:
        raise S3Error(errors.SELECT_RANGE_HEADER)
    for name in REQUIRED:
        if name not in params:
            raise S3Error(errors.SELECT_MISSING_PARAMETER, name=name)
    expression = _expression_of(params)
    how = serialization.input_of(params["InputSerialization"])
    output = serialization.output_of(params["OutputSerialization"])
    wants_progress = serialization.wants_progress(params)
    stored = object_of(bucket_of(context, params), params, "POST")  # type: ignore[arg-type]  # it names no version
    encryption.require_no_method(params)  # type: ignore[arg-type]  # as above
    encryption.require_readable(context, params, stored.attributes.encryption)
    storage_class = stored.attributes.storage_class
    if storage_class in UNSUPPORTED_CLASSES:
        raise S3Error(errors.SELECT_STORAGE_CLASS, name=storage_class)
    within = scan_range.scan_range_of(params.get("ScanRange"), stored.size, how)
    selection = Selection(query.parsed(expression), how)
    table = Table(stored, how, within)
    results = (written(pairs, output) for pairs in selection.results(table.records(selection)))
    return {"Payload": events_of(results, table, wants_progress=wants_progress)}


def _expression_of(params: SelectObjectContentRequest) -> str:
    """Return the SQL. Raises MissingRequiredParameter for an empty one, InvalidExpressionType, ExpressionTooLong."""
    expression, kind = params["Expression"], params["ExpressionType"]
    if kind.upper() != "SQL":
        raise S3Error(errors.SELECT_EXPRESSION_TYPE, value=kind)
    if not expression.strip():
        raise S3Error(errors.SELECT_MISSING_PARAMETER, name="Expression")
    if len(expression.encode()) > LONGEST_EXPRESSION:
        raise S3Error(errors.SELECT_EXPRESSION_TOO_LONG)
    return expression

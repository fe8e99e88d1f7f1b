"""Requests as a table: of text for a terminal, and of HTML for a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.service.text_table import (
    RED,
    YELLOW,
    Narrowing,
    clipped,
    painted,
    short_id,
    shortened,
    table,
    terminal_width,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fakecos.timeline.recording import Request

_IN_COLUMNS = frozenset({"Bucket", "Key", "UploadId", "PartNumber"})
# Each comes with a customer's key, and would push out of the column what a person looks for.
_BESIDE_KEY = frozenset(
    {"SSECustomerAlgorithm", "SSECustomerKeyMD5", "CopySourceSSECustomerAlgorithm", "CopySourceSSECustomerKeyMD5"}
)
HTML_ROWS = 20
_HTML_WIDTH = 60
_PARAMETERS_WIDTH = 48
_VALUE_WIDTH = 24
_IDS = frozenset({"UploadIdMarker", "VersionId", "VersionIdMarker"})

_COLUMNS = ("#", "time", "operation", "where", "upload", "part", "try", "parameters", "status", "error", "fault")
_NARROWER = tuple(
    Narrowing(*step)
    for step in (
        *(("parameters", 24), ("where", 40), ("fault", 24), ("parameters", 14), ("where", 32), ("time", 0)),
        *(("operation", 24), ("where", 28), ("error", 22), ("upload", 0), ("parameters", 9), ("where", 24)),
        *(("fault", 14), ("parameters", 0), ("operation", 18), ("error", 14), ("try", 0), ("where", 14)),
        *(("fault", 8), ("operation", 10)),
    )
)
"""What gives way where the terminal is narrow: first what can be done without."""

_CLIPPED = frozenset({"operation", "parameters", "error", "fault"})


def table_lines(numbered: Sequence[tuple[int, Request]], width: int | None = None, *, color: bool = False) -> list[str]:
    """Return the lines of the table of requests, each with its number in the journal.

    No line is longer than `width`, None: than the terminal is wide. `color`: refusals red, faults yellow.
    """
    if not numbered:
        return ["(no requests)"]
    rows = [_cells(number, request) for number, request in numbered]
    width = terminal_width() if width is None else width
    lines = table(_COLUMNS, rows, _NARROWER, width=width, right=frozenset({"#"}), clips=_CLIPPED)
    if color:
        lines[1:] = [painted(line, _color(request)) for line, (_, request) in zip(lines[1:], numbered, strict=True)]
    return lines


def _color(request: Request) -> str:
    if request.fault is not None:
        return YELLOW
    return RED if request.error is not None or request.status == 0 else ""


def _cells(number: int, request: Request) -> tuple[str, ...]:
    return (
        str(number),
        request.time.strftime("%H:%M:%S"),
        request.operation,
        request.location,
        short_id(request.upload_id) if request.upload_id else "",
        request.part_number or "",
        str(request.attempt) if request.attempt > 1 else "",
        clipped(" ".join(_parameters(request.parameters)), _PARAMETERS_WIDTH),
        str(request.status or "-"),
        request.error or "",
        request.fault or "",
    )


def _parameters(parameters: Mapping[str, Any]) -> Iterable[str]:
    """Yield those that tell something and have no column of their own, lists and the like by their size."""
    for name, value in sorted(parameters.items(), key=lambda item: item[0] != "Body"):  # the size, before it is clipped
        if name not in _IN_COLUMNS and name not in _BESIDE_KEY and value != "aws-chunked":
            yield f"{name}={short_id(value) if name in _IDS and isinstance(value, str) else _value(value)}"


def _value(value: object) -> str:
    while isinstance(value, dict) and len(value) == 1:  # a document with one list in it, as Complete's
        (value,) = value.values()
    if isinstance(value, (dict, list)):
        return f"({len(value):,})"
    return clipped(repr(value) if isinstance(value, str) and not value.isprintable() else str(value), _VALUE_WIDTH)


def html(
    numbered: Sequence[tuple[int, Request]],
    title: str,
    below: Sequence[str],
) -> str:
    """Return the last requests as a notebook shows them, with `below`: why they were refused."""
    from fakecos.service import notebook

    shown = numbered[-HTML_ROWS:]
    rows = [_cells(number, request) for number, request in shown]
    places = [place for place in range(len(_COLUMNS)) if any(row[place] for row in rows)]
    colors = {RED: notebook.RED, YELLOW: notebook.YELLOW, "": ""}
    return notebook.html(
        title,
        [_COLUMNS[place] for place in places],
        [[shortened(row[place], _HTML_WIDTH) for place in places] for row in rows],
        [colors[_color(request)] for _, request in shown],
        below="\n".join(below),
    )

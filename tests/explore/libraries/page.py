"""The page with what explorations found in released libraries, made from the file that keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent.parent.parent.parent / "docs/explanation/explored-libraries.md"

HEAD = """<!-- Made by tools/explore_libraries.py --write. Do not edit. -->

# What explorations found in released libraries

`cos.explore` ran small programs of these libraries: once without failures, and then once for each of their requests and
each way in which it can fail. This is what came of it, so that who uses one of them knows what to look for. Each row is
a fact about one version on one day; later versions may differ. The programs are in `tests/explore/libraries/`, and
`python tools/explore_libraries.py LIBRARY` repeats them with the version that is installed.

Each act ran to the depth of one failure, with the failures of `"standard"` unless a row says otherwise; buckets without
versions; the settings of the library as they are by default, but for sizes of parts and numbers of threads. "Over an
object" means that another object was there before. A schedule says at which request what happened; the number in
brackets is how many schedules show the same, and "also by" names the other failures among them. What no client can
avoid is not counted: uploads whose id the client never learned or that a process left which died, and errors although
all was stored because the answer was lost.
"""

DOCUMENTED = {
    "awswrangler": 'Its tutorial on data sets says of `mode="overwrite"` that old files are not restored if writing '
    "the new ones fails. An exploration does not count that as a finding as long as a second run writes them.",
    "boto3": "The collection's `delete()` returns S3's answers, `Errors` among them; the act looks at these. The "
    "answer to a ranged GetObject has no checksum, so that no client can notice a bit that turned. A PutObject with "
    '`IfNoneMatch="*"` whose answer was lost is sent again, and meets the object that it stored: 412.',
    "django-storages": "The docstring of its files says that they must be closed to be written. Django's files close "
    "at the end of a `with`, also after an exception.",
    "s3fs": "fsspec's files close at the end of a `with`, also after an exception. Its file systems have "
    "`with fs.transaction`, which commits the files at its end alone; no act uses it here.",
    "smart_open": "Its writers abort at the end of a `with` after an exception. On AWS an Abort of an upload that is "
    "completed is answered with 204, and on IBM COS with NoSuchUpload.",
    "pyarrow": "It speaks to `cos.serve()` by its own client in C++, with two attempts, in real time. No "
    "connection can be refused there.",
}


def page(rows: list[dict[str, Any]]) -> str:
    """Return the page."""
    pieces = [HEAD]
    for library in dict.fromkeys(row["library"] for row in rows):
        own = [row for row in rows if row["library"] == library]
        pieces.append(section(library, own))
    return "\n".join(pieces)


def section(library: str, rows: list[dict[str, Any]]) -> str:
    """Return what is said of one library."""
    first = rows[0]
    dates = " to ".join(dict.fromkeys(sorted(row["date"] for row in rows)))
    beside = f", with {first['with']}" if first["with"] else ""
    lines = [f"## {library} {first['version']}", "", f"{dates}{beside}.", ""]
    if library in DOCUMENTED:
        lines += [DOCUMENTED[library], ""]
    lines += ["| act | requests | runs | schedule | what came of it |", "|---|---|---|---|---|"]
    for row in rows:
        lines += table_lines(row)
    return "\n".join([*lines, ""])


def table_lines(row: dict[str, Any]) -> list[str]:
    """Return the lines of one act: one for each finding, or one that says there is none."""
    text = cell(row["text"])
    if row["failures"] != "standard" and row["failures"] not in row["text"]:
        text += f' (`failures="{row["failures"]}"`)'
    start = f"| {text} | {row['sites']} | {row['runs']} |"
    if not row["findings"]:
        note = f" (notes: {', '.join(row['notes'])})" if row["notes"] else ""
        return [f"{start} | no finding{note} |"]
    lines = []
    for finding in row["findings"]:
        count = f" ({finding['runs']})" if finding["runs"] > 1 else ""
        others = finding["failures"][1:]
        if others:
            count += f", also by {', '.join(others)}"
        what = f"`{finding['kind']}`: {cell(finding['text'])}"
        lines.append(f"{start} `{finding['schedule']}`{count} | {what} |")
        start = "| | | |"
    return lines


def cell(text: str) -> str:
    """Return a text as it may stand in a cell."""
    return text.replace("|", "\\|").replace("<", "&lt;")

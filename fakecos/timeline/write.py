"""Writes the page of a timeline into a file."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from fakecos.facts.exceptions import UsageError
from fakecos.timeline import document, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.timeline.recording import Recording

NO_SCRIPT = (
    "<noscript><p>This page is drawn by its own script, which needs no network: allow scripts here.</p></noscript>"
)


def html(recording: Recording, title: str = "") -> str:
    """Return the page; `title` says what was recorded."""
    number = len(recording.requests)
    whole = f"fakecos timeline: {title or f'{number:,} request' + 's' * (number != 1)}"
    body = [
        NO_SCRIPT,
        page.file("timeline.html"),
        f'<script type="application/json" id="recording">{document.as_json(recording)}</script>',
        f"<script>{page.file('timeline.js')}</script>",
    ]
    return page.page(whole, page.file("timeline.css"), body)


def embedded(recording: Recording | None, number: int) -> str:
    """Return the timeline of a run as a part of another page, which stays one file."""
    if recording is None or not recording.requests:
        return ""
    frame = f'<iframe title="Timeline {number}" loading="lazy" srcdoc="{escape(html(recording))}"></iframe>'
    return f'<details id="timeline-{number}"><summary>Timeline of that run</summary>{frame}</details>'


def write_of_run(recording: Recording | None, path: object, call: str, title: str) -> None:
    """Write the page of a run of an exploration or a race. UsageError: the file cannot be written, or nobody ran."""
    if recording is None:
        message = f"{call}(...): this finding was made by hand, and has no run."
        raise UsageError(message)
    write(recording, path, call, title)


def write(recording: Recording, path: object, call: str, title: str = "") -> None:
    """Write the page; `call` is how the method is written that was called. UsageError: the file cannot be written."""
    save(lambda: html(recording, title), path, call)


def save(make: Callable[[], str], path: object, call: str, ending: str = "html") -> None:
    """Write the text that `make` returns; an example of a path has this ending. UsageError: it cannot be written."""
    example = f"{call.rpartition('_')[2]}.{ending}"
    if not isinstance(path, (str, os.PathLike)):
        message = f"{call}({path!r}): the path of a file is text or a Path, such as {call}({example!r})."
        raise UsageError(message)
    place = Path(os.fspath(path))
    called = f"{call}({os.fspath(path)!r})"
    if place.is_dir():
        message = f"{called}: that is a directory. Name a file in it, such as {str(place / example)!r}."
        raise UsageError(message)
    if not place.parent.is_dir():
        message = f"{called}: there is no directory {str(place.parent)!r}. Make it first."
        raise UsageError(message)
    text = make()
    try:
        place.write_text(text, encoding="utf-8", errors="backslashreplace")
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        message = f"{called}: the file cannot be written ({getattr(error, 'strerror', None) or error})."
        raise UsageError(message) from None

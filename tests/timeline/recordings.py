"""What a page of a timeline holds, and requests made by hand."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

from fakecos.service.journal import RecordedRequest

if TYPE_CHECKING:
    from pathlib import Path

    from fakecos.service.journal import Journal

NOON = dt.datetime(2026, 1, 2, 12, tzinfo=dt.timezone.utc)
FIELDS = (
    *("operation", "bucket", "key", "upload", "part", "status", "error", "attempt", "before", "fault", "thread"),
    *("start", "end", "first", "last", "took", "sent", "received", "time", "id", "parameters", "said", "why"),
)
TEXTS = frozenset({"operation", "bucket", "key", "upload", "part", "error", "fault", "thread", "said", "why"})
_DATA = re.compile(r'<script type="application/json" id="recording">(.*?)</script>', re.DOTALL)


def written(journal: Journal, folder: Path) -> str:
    """Return the page of a journal."""
    journal.write_timeline(folder / "timeline.html")
    return (folder / "timeline.html").read_text(encoding="utf-8")


def data_of(page: str) -> dict[str, Any]:
    """Return what a page draws, with the texts in their places."""
    (found,) = _DATA.findall(page)
    data: dict[str, Any] = json.loads(found)
    texts = data["texts"]
    data["requests"] = [_request(row, texts) for row in data["requests"]]
    for lane in (*data["lanes"], *data["threads"]):
        lane.update({name: texts[lane[name]] for name in ("bucket", "key", "upload")})
    data["pauses"] = [
        {
            "owner": row[0],
            "inside": bool(row[1]),
            "start": row[2],
            "end": row[3],
            "seconds": row[6],
            "why": texts[row[7]],
        }
        for row in data["pauses"]
    ]
    return data


def _request(row: list[Any], texts: list[str]) -> dict[str, Any]:
    made = dict(zip(FIELDS, row, strict=True))
    made.update({name: texts[made[name]] for name in TEXTS})
    given = [texts[place] for place in made["parameters"]]
    made["parameters"] = dict(zip(given[::2], given[1::2], strict=True))
    return made


def request(number: int = 1, **fields: Any) -> RecordedRequest:
    """Return a request of an object; `started` and `duration` are 0 unless they are given."""
    values: dict[str, Any] = {"error": None, "request_id": f"ID{number}", "attempt": 1, "status": 200}
    values.update(time=NOON, operation="PutObject", bucket="photos", key=f"{number}", upload_id=None, part_number=None)
    return RecordedRequest(**{**values, "thread": "MainThread", **fields})

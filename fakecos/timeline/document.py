"""What the page of a timeline shows, as JSON that its script reads.

Texts stand once, in `texts`, and are named by their places. The form is that of our own script, and may change
with any version.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from fakecos.timeline.attempts import belongs_to, earlier_attempts
from fakecos.timeline.lanes import by_subject, by_thread
from fakecos.timeline.recording import DELAY
from fakecos.timeline.virtual_clock import spans

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fakecos.timeline.lanes import Lane
    from fakecos.timeline.recording import Pause, Recording, Request
    from fakecos.timeline.virtual_clock import Span

NAME_SHOWN = 300
"""Characters of a key or another name, at most; both ends of it stay."""
VALUE_SHOWN = 400
ITEMS_SHOWN = 12
SAID_SHOWN = 1500
ELSEWHERE = frozenset({"Bucket", "Key", "UploadId", "PartNumber"})
"""Parameters that the page shows by themselves."""
# What would end the script of the page, or cannot be written as UTF-8, or cannot be seen.
_ESCAPED = re.compile("[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class _Texts:
    """Texts that stand once."""

    def __init__(self) -> None:
        self.found: dict[str, int] = {"": 0}

    def place(self, text: str | None, most: int = NAME_SHOWN) -> int:
        """Return the place of a text, which is cut where it is long."""
        return self.found.setdefault(shortened(text or "", most), len(self.found))


def as_json(recording: Recording) -> str:
    """Return the text of the document, which can stand in a page as it is."""
    text = json.dumps(document(recording), ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def document(recording: Recording) -> dict[str, Any]:
    """Return the document as plain values."""
    requests, texts = recording.requests, _Texts()
    before = earlier_attempts(requests)
    of = belongs_to(recording.pauses, requests, recording.earlier)
    found, slept = spans(requests, recording.pauses, of, before)
    shown_pauses = [place for place, owner in enumerate(of) if owner is not None]
    seen = {upload for request in requests if (upload := request.upload_id) is not None}
    unseen = [upload for upload in recording.open_uploads or () if upload.upload_id not in seen]
    return {
        "earlier": recording.earlier,
        "requests": [
            _request(request, found[place], before[place], recording.said, texts)
            for place, request in enumerate(requests)
        ],
        "pauses": [_pause(recording.pauses[place], of[place], slept[place], texts) for place in shown_pauses],
        "lanes": [_lane(lane, requests, texts) for lane in by_subject(recording, found, before)],
        "threads": [_lane(lane, requests, texts) for lane in by_thread(requests, found, before)],
        "unseen": [
            [texts.place(each.bucket), texts.place(each.key), len(each.parts), sum(size for _, size in each.parts)]
            for each in unseen
        ],
        "by_thread": recording.by_thread,
        "slept": round(sum(pause.seconds for pause in recording.pauses), 3),
        "is_known": recording.open_uploads is not None,
        "texts": list(texts.found),
    }


def _request(
    request: Request, span: Span, before: int | None, said: Mapping[str, tuple[str, str]], texts: _Texts
) -> list[Any]:
    message, why = said.get(request.request_id, ("", ""))
    return [
        texts.place(request.operation),
        texts.place(request.bucket),
        texts.place(request.key),
        texts.place(request.upload_id),
        texts.place(request.part_number),
        request.status,
        texts.place(request.error),
        request.attempt,
        -1 if before is None else before,
        texts.place(request.fault, SAID_SHOWN),
        texts.place(request.thread),
        _milliseconds(span.start),
        _milliseconds(span.end),
        span.first,
        span.last,
        _milliseconds(request.duration),
        request.bytes_sent,
        request.bytes_received,
        request.time.isoformat(" ", "seconds"),
        request.request_id,
        [
            text
            for name, value in request.parameters.items()
            if name not in ELSEWHERE
            for text in (texts.place(name), texts.place(_value(value), VALUE_SHOWN))
        ],
        texts.place(message, SAID_SHOWN),
        texts.place(why, SAID_SHOWN),
    ]


def _pause(pause: Pause, owner: int | None, span: Span, texts: _Texts) -> list[Any]:
    start, end = _milliseconds(span.start), _milliseconds(span.end)
    return [owner, int(pause.why == DELAY), start, end, span.first, span.last, pause.seconds, texts.place(pause.why)]


def _lane(lane: Lane, requests: Sequence[Request], texts: _Texts) -> dict[str, Any]:
    return {
        "kind": lane.kind,
        "bucket": texts.place(lane.bucket),
        "key": texts.place(lane.key),
        "upload": texts.place(lane.upload_id),
        "state": lane.state,
        "requests": list(lane.requests),
        "rows": list(lane.rows),
        "parts": lane.parts,
        "size": lane.size,
        "sent": sum(requests[place].bytes_sent for place in lane.requests),
        "received": sum(requests[place].bytes_received for place in lane.requests),
    }


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 3)


def _value(value: object) -> str:
    """Return a value as text: lists and documents as JSON, of a long list the first."""
    if isinstance(value, (dict, list)):
        return json.dumps(_first(value), ensure_ascii=False, default=str)
    return str(value)


def _first(value: object) -> object:
    if isinstance(value, dict):
        return {str(name): _first(each) for name, each in value.items()}
    if isinstance(value, list) and len(value) > ITEMS_SHOWN:
        return [*map(_first, value[:ITEMS_SHOWN]), f"and {len(value) - ITEMS_SHOWN:,} more"]
    return [_first(each) for each in value] if isinstance(value, list) else value


def shortened(text: str, most: int) -> str:
    """Return a text without its middle where it is long."""
    if len(text) <= most:
        return text
    kept = most - 1
    return f"{text[: kept - kept // 3]}…{text[-(kept // 3) :]}"

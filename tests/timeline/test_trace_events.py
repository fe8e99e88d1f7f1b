"""`journal.write_trace`: trace events, as the document "Trace Event Format" of the Chromium project has them."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from boto3.s3.transfer import TransferConfig
from freezegun import freeze_time

from fakecos import FakeCOS, Limits, UsageError
from fakecos.faults import Transport
from fakecos.service.journal import Journal, RecordedRequest
from fakecos.timeline.trace_events import as_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOON = dt.datetime(2026, 1, 2, 12, tzinfo=dt.timezone.utc)


def _event(kind: str, **fields: Any) -> dict[str, Any]:
    needed = ["name", "ph", "ts", "pid", "tid", *fields]
    return {
        "if": {"properties": {"ph": {"enum": kind.split()}}},
        "then": {"required": needed, "properties": fields},
    }


NUMBERS = {"type": "object", "minProperties": 1, "additionalProperties": {"type": "number"}}
SCHEMA: dict[str, Any] = {
    # "JSON Object Format"
    "type": "object",
    "required": ["traceEvents", "displayTimeUnit"],
    "properties": {
        "displayTimeUnit": {"enum": ["ms", "ns"]},
        "otherData": {"type": "object", "additionalProperties": {"type": "string"}},
        "traceEvents": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "cat", "ph", "ts", "pid", "tid"],
                "properties": {
                    "name": {"type": "string"},
                    "cat": {"type": "string"},
                    "ph": {"enum": [*"XibnesfCM"]},
                    "ts": {"type": "number", "minimum": 0},
                    "pid": {"type": "integer"},
                    "tid": {"type": "integer"},
                    "args": {"type": "object"},
                },
                "allOf": [
                    _event("X", dur={"type": "number", "minimum": 0}),  # "Complete Events"
                    _event("i", s={"enum": ["g", "p", "t"]}),  # "Instant Events"
                    _event("C", args=NUMBERS),  # "Counter Events"
                    _event("b n e", id={"type": ["string", "integer"]}),  # "Async Events"
                    _event("s f", id={"type": ["string", "integer"]}),  # "Flow Events"
                    _event("M", args={"type": "object"}),  # "Metadata Events"
                ],
            },
        },
    },
    "additionalProperties": False,
}
EXACT = 0.001
NAMES = {"process_name": "name", "thread_name": "name", "thread_sort_index": "sort_index"}


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with FakeCOS(limits=Limits(min_part_size=1)) as fake:
        fake.create_bucket("photos")
        yield fake


@pytest.fixture
def read(cos: FakeCOS, tmp_path: Path) -> Callable[[], list[dict[str, Any]]]:
    """Write the trace, hold it to the format, and return its events."""

    def call() -> list[dict[str, Any]]:
        cos.journal.write_trace(tmp_path / "trace.json")
        return held(json.loads((tmp_path / "trace.json").read_text(encoding="utf-8")))

    return call


def held(trace: dict[str, Any]) -> list[dict[str, Any]]:
    """Hold a trace to the format, and return its events."""
    jsonschema.validate(trace, SCHEMA)
    events: list[dict[str, Any]] = trace["traceEvents"]
    for event in of_kind(events, "M"):
        assert [*event["args"]] == [NAMES[event["name"]]]
    rows = {event["tid"] for event in of_kind(events, "M") if event["name"] == "thread_name"}
    slices = of_kind(events, "X")
    assert {event["tid"] for event in slices} <= rows
    for row in rows:  # what overlaps in one row must be one inside of the other
        of_row = [(event["ts"], event["ts"] + event["dur"]) for event in slices if event["tid"] == row]
        for (start, end), (other, last) in itertools.combinations(of_row, 2):
            is_apart = end <= other + EXACT or last <= start + EXACT
            assert is_apart or (start <= other and last <= end + EXACT) or (other <= start and end <= last + EXACT)
    for begin in of_kind(events, "b"):
        of_id = [event for event in events if event.get("cat") == begin["cat"] and event.get("id") == begin["id"]]
        assert [event["ph"] for event in of_id] == ["b", *("n" for _ in of_id[2:]), "e"]
        assert [event["ts"] for event in of_id] == sorted(event["ts"] for event in of_id)
    flows = Counter((event["id"], event["ph"]) for event in events if event["ph"] in "sf")
    assert set(flows.values()) <= {1}
    assert {number for number, kind in flows if kind == "s"} == {number for number, kind in flows if kind == "f"}
    for event in of_kind(events, "s") + of_kind(events, "f"):  # an arrow binds to the slice around it
        assert any(
            each["tid"] == event["tid"] and each["ts"] <= event["ts"] <= each["ts"] + each["dur"] for each in slices
        )
    return events


def of_kind(events: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [event for event in events if event["ph"] == kind]


def recorded(started: float, duration: float, thread: str = "MainThread", **fields: Any) -> RecordedRequest:
    given = {"upload_id": None, "part_number": None, **fields}
    return RecordedRequest(
        NOON,
        "PutObject",
        "photos",
        "a",
        status=200,
        error=None,
        request_id="1",
        attempt=1,
        started=started,
        duration=duration,
        thread=thread,
        **given,
    )


def events_of(*requests: RecordedRequest) -> list[dict[str, Any]]:
    journal = Journal()
    for request in requests:
        journal.add(request)
    return held(json.loads(as_json(journal.recording())))


def slices_of(*requests: RecordedRequest) -> list[dict[str, Any]]:
    return of_kind(events_of(*requests), "X")


def test_each_request_is_a_slice_with_its_answer(cos: FakeCOS, read: Callable[[], list[dict[str, Any]]]) -> None:
    s3 = cos.client()
    s3.put_object(Bucket="photos", Key="a", Body=b"12345")
    with pytest.raises(s3.exceptions.ClientError):
        s3.get_object(Bucket="photos", Key="b")
    put, get = of_kind(read(), "X")
    assert (put["name"], put["ts"]) == ("PutObject", 0)
    assert put["dur"] == pytest.approx(cos.journal[0].duration * 1e6, abs=0.01)
    wanted = {"operation": "PutObject", "bucket": "photos", "key": "a", "status": 200, "attempt": 1, "bytes_sent": 5}
    assert wanted.items() <= put["args"].items()
    assert put["args"]["request_id"] == cos.journal[0].request_id
    assert "error" not in put["args"]
    assert (get["args"]["error"], get["args"]["status"]) == ("NoSuchKey", 404)
    assert get["ts"] == pytest.approx((cos.journal[1].started - cos.journal[0].started) * 1e6, abs=0.01)


def test_an_upload_goes_from_its_creation_to_its_end(cos: FakeCOS, read: Callable[[], list[dict[str, Any]]]) -> None:
    s3 = cos.client()
    config = TransferConfig(multipart_threshold=1, multipart_chunksize=5 * 2**20, max_concurrency=4)
    s3.upload_fileobj(io.BytesIO(bytes(20 * 2**20)), "photos", "film", Config=config)
    left = s3.create_multipart_upload(Bucket="photos", Key="left")["UploadId"]
    s3.upload_part(Bucket="photos", Key="left", UploadId=left, PartNumber=3, Body=b"1")
    events = read()
    whole, open_one = of_kind(events, "b")
    assert (whole["name"], open_one["name"], open_one["id"]) == ("upload photos/film", "upload photos/left", left)
    creates = [event for event in of_kind(events, "X") if event["name"] == "CreateMultipartUpload"]
    assert [whole["ts"], open_one["ts"]] == [event["ts"] for event in creates]
    states = {event["id"]: event["args"]["state"] for event in of_kind(events, "e")}
    assert states == {whole["id"]: "completed", left: "left open"}
    parts = [event["name"] for event in of_kind(events, "n") if event["id"] == whole["id"]]
    assert sorted(parts) == ["part 1", "part 2", "part 3", "part 4"]
    names = {event["args"]["name"] for event in of_kind(events, "M") if event["name"] == "thread_name"}
    assert names == {request.thread for request in cos.journal}


def test_attempts_are_joined_and_faults_are_marked(cos: FakeCOS, read: Callable[[], list[dict[str, Any]]]) -> None:
    cos.inject("PutObject", transport=Transport.RESET)
    cos.inject("PutObject", error="SlowDown")
    cos.client().put_object(Bucket="photos", Key="a", Body=b"1")
    events = read()
    first, second, third = (event for event in of_kind(events, "X") if event["cat"] == "request")
    assert [first["args"]["status"], second["args"]["status"]] == ["no answer", 503]
    assert [event["ts"] for event in of_kind(events, "s")] == [first["ts"], second["ts"]]
    assert [event["ts"] for event in of_kind(events, "f")] == [second["ts"], third["ts"]]
    assert [event["name"] for event in of_kind(events, "i")] == ["fault: Transport.RESET", "fault: error('SlowDown')"]


def test_pauses_are_slices_on_the_virtual_clock(cos: FakeCOS, read: Callable[[], list[dict[str, Any]]]) -> None:
    """From issue 16, 1: pauses on the virtual clock. A delay is inside of its request, a back-off after it."""
    cos.inject("PutObject", delay=3)
    cos.inject("PutObject", error="SlowDown")
    s3 = cos.client()
    s3.put_object(Bucket="photos", Key="a", Body=b"1")
    s3.put_object(Bucket="photos", Key="b", Body=b"1")
    slices = of_kind(read(), "X")
    delay, back_off = (event for event in slices if event["cat"] == "pause")
    late, first, second = (event for event in slices if event["cat"] == "request")
    assert (delay["name"], delay["dur"]) == ("delay of a fault", 3e6)
    assert late["ts"] <= delay["ts"]
    assert late["dur"] >= 3e6
    assert back_off["name"] == "back-off between attempts"
    assert first["ts"] + first["dur"] <= back_off["ts"] + EXACT
    assert back_off["ts"] + back_off["dur"] <= second["ts"] + EXACT


def test_bytes_in_flight_rise_and_fall_to_nothing() -> None:
    other = recorded(2, 2, "other", bytes_sent=5, bytes_received=7)._replace(key="b")
    events = events_of(recorded(1, 2, bytes_sent=10), other)
    counters = [(event["ts"], *event["args"].values()) for event in of_kind(events, "C")]
    assert counters == [(0, 10, 0), (1e6, 15, 7), (2e6, 5, 7), (3e6, 0, 0)]


def test_requests_of_one_thread_that_overlap_have_rows_of_their_own() -> None:
    first, second, third = slices_of(recorded(1, 3), recorded(2, 3), recorded(5, 1))
    assert (first["tid"], second["tid"], third["tid"]) == (1, 2, 1)


@pytest.mark.parametrize("moments", [[5.0, 5.0, 5.0], [5.0, 9.0, 9.0], [9.0, 5.0, 1.0], [5.0, 1.8e9, 6.0]])
def test_where_the_clock_stands_still_or_is_set_time_never_goes_back(moments: list[float]) -> None:
    """A clock is frozen, moved on, set back, or taken for another, as freezegun does with `time.perf_counter`."""
    slices = slices_of(*(recorded(moment, 0.0) for moment in moments))
    assert [event["dur"] for event in slices] == [1.0, 1.0, 1.0]
    times = [event["ts"] for event in slices]
    assert times == sorted(set(times))
    assert times[-1] <= 4e6 + 3


def test_a_frozen_clock_that_moves_on_shows_how_far(cos: FakeCOS, read: Callable[[], list[dict[str, Any]]]) -> None:
    s3 = cos.client()
    with freeze_time("2026-01-02 12:00:00") as clock:
        s3.list_buckets()
        clock.tick(60)
        s3.list_buckets()
    first, second = of_kind(read(), "X")
    assert second["ts"] - first["ts"] == pytest.approx(60e6, abs=10)


def test_a_key_that_is_no_text_of_utf_8_is_escaped() -> None:
    (event,) = slices_of(recorded(1, 1)._replace(key="a\udc80"))
    assert event["args"]["key"] == "a\\udc80"


def test_an_empty_journal_is_a_trace_too() -> None:
    assert [event["name"] for event in events_of()] == ["process_name"]


def test_a_filtered_journal_writes_its_own_requests(cos: FakeCOS, tmp_path: Path) -> None:
    s3 = cos.client()
    s3.put_object(Bucket="photos", Key="a", Body=b"1")
    s3.put_object(Bucket="photos", Key="b", Body=b"1")
    cos.journal.filter(key="b").write_trace(tmp_path / "b.json")
    events = held(json.loads((tmp_path / "b.json").read_text(encoding="utf-8")))
    assert [event["args"]["key"] for event in of_kind(events, "X")] == ["b"]


def test_a_file_that_cannot_be_written_is_explained(cos: FakeCOS, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no directory"):
        cos.journal.write_trace(tmp_path / "nowhere" / "trace.json")

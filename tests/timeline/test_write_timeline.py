"""What the page of a timeline holds, and what it must not. Source: issue 16, item 1."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from freezegun import freeze_time

from fakecos import FakeCOS, UsageError
from fakecos.faults import Transport, When
from fakecos.service.journal import Journal
from fakecos.timeline.document import as_json
from fakecos.timeline.recording import BACK_OFF, DELAY, POLL, SLEEP, Recording
from tests.timeline.recordings import data_of, request, written

if TYPE_CHECKING:
    from pathlib import Path

PHOTO = {"Bucket": "photos", "Key": "holiday.zip"}


def upload(s3: Any, *parts: bytes, key: str = "holiday.zip") -> dict[str, Any]:
    named: dict[str, Any] = {"Bucket": "photos", "Key": key}
    named["UploadId"] = s3.create_multipart_upload(**named)["UploadId"]
    for number, body in enumerate(parts, 1):
        s3.upload_part(**named, PartNumber=number, Body=body)
    return named


def lane_of(data: dict[str, Any], key: str) -> dict[str, Any]:
    (found,) = [lane for lane in data["lanes"] if lane["key"] == key]
    return dict(found)


# --- one file ---------------------------------------------------------------------------------------------


def test_the_page_is_one_file_that_asks_no_network(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    s3.put_object(**PHOTO, Body=b"x")
    page = written(cos.journal, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["timeline.html"]
    assert not re.search(r"""(src|href)\s*=\s*["'](?!#)|@import|url\(|https?://|<link|fetch\(|XMLHttpRequest""", page)


def test_names_of_users_are_never_markup_or_script(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    key = "</script><script>alert(1)</script>\u2028<!--&amp;]]>"
    s3.put_object(Bucket="photos", Key=key, Body=b"x", Metadata={"a": "</script><img src=x onerror=alert(2)>"})
    page = written(cos.journal, tmp_path)
    assert "alert(1)" in page
    assert page.count("</script>") == page.count("<script") == 2
    assert "\u2028" not in page
    assert "<img" not in page
    (found,) = data_of(page)["requests"]
    assert found["key"] == key
    assert found["parameters"]["Metadata"] == '{"a": "</script><img src=x onerror=alert(2)>"}'


def test_half_a_character_is_no_obstacle(tmp_path: Path) -> None:
    journal = Journal()
    journal.add(request(1, key="half \ud83d of it", thread="\udcff"))
    assert data_of(written(journal, tmp_path))["requests"][0]["key"] == "half \ud83d of it"


def test_secrets_are_not_on_the_page(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    secret = "s" * 16 + "ecret" + "s" * 11
    s3.put_object(**PHOTO, Body=b"the body itself", SSECustomerAlgorithm="AES256", SSECustomerKey=secret)
    page = written(cos.journal, tmp_path)
    assert secret not in page
    assert "the body itself" not in page
    assert "(redacted)" in page


def test_a_journal_without_requests_has_a_page(cos: FakeCOS, tmp_path: Path) -> None:
    assert data_of(written(cos.journal, tmp_path))["requests"] == []


# --- uploads ----------------------------------------------------------------------------------------------


def test_an_upload_is_a_lane_from_create_to_its_end(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    named = upload(s3, b"one", b"three", b"three")
    s3.upload_part(**named, PartNumber=2, Body=b"two")
    s3.list_parts(**named)
    s3.abort_multipart_upload(**named)
    data = data_of(written(cos.journal, tmp_path))
    lane = lane_of(data, "holiday.zip")
    assert (lane["kind"], lane["state"], lane["upload"]) == ("upload", "aborted", named["UploadId"])
    operations = [data["requests"][place]["operation"] for place in lane["requests"]]
    assert operations == ["CreateMultipartUpload", *["UploadPart"] * 4, "ListParts", "AbortMultipartUpload"]
    assert (lane["parts"], lane["size"], lane["sent"]) == (3, 3 + 3 + 5, 3 + 3 + 5 + 5)
    assert set(lane["rows"]) == {0}


def test_create_is_in_the_lane_of_the_upload_that_it_began(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    """Its id is in the answer only, so that the journal's own `upload_id` is None."""
    named = upload(s3, b"one")
    data = data_of(written(cos.journal, tmp_path))
    assert [each["upload"] for each in data["requests"]] == [named["UploadId"]] * 2
    assert [each.upload_id for each in cos.journal] == [None, named["UploadId"]]
    assert len(cos.journal.filter(upload_id=named["UploadId"])) == 1


def test_what_is_left_open_is_marked_with_its_parts_and_bytes(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    upload(s3, b"one", b"three")
    data = data_of(written(cos.journal, tmp_path))
    lane = lane_of(data, "holiday.zip")
    assert (lane["state"], lane["parts"], lane["size"]) == ("left open", 2, 8)
    assert data["is_known"]


def test_an_upload_that_ends_without_a_request_is_not_left_open(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    upload(s3, b"one")
    cos.store.buckets["photos"].uploads.clear()
    assert lane_of(data_of(written(cos.journal, tmp_path)), "holiday.zip")["state"] == "ended"


def test_an_upload_whose_create_was_never_answered_is_left_open(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    """S3 began it, and the client never learned its id."""
    cos.inject("CreateMultipartUpload", transport=Transport.READ_TIMEOUT, when=When.STORED, times=1)
    named = upload(s3, b"one")
    s3.abort_multipart_upload(**named)
    lanes = data_of(written(cos.journal, tmp_path))["lanes"]
    assert sorted(lane["state"] for lane in lanes) == ["aborted", "left open"]


def test_an_upload_made_by_hand_that_nobody_asked_about_is_named(cos: FakeCOS, tmp_path: Path) -> None:
    cos.start_upload("photos", "by-hand.zip", parts=[b"one"])
    data = data_of(written(cos.journal, tmp_path))
    assert [(data["texts"][row[1]], row[2], row[3]) for row in data["unseen"]] == [("by-hand.zip", 1, 3)]


def test_after_a_reset_the_requests_alone_say_what_was_left_open(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    upload(s3, b"one", key="left")
    s3.abort_multipart_upload(**upload(s3, b"one", key="ended"))
    journal = cos.journal
    cos.reset()
    data = data_of(written(journal, tmp_path))
    assert {lane["key"]: lane["state"] for lane in data["lanes"]} == {"left": "left open", "ended": "aborted"}
    assert not data["is_known"]


def test_a_part_of_the_journal_has_a_page_too(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    upload(s3, b"one")
    s3.put_object(Bucket="photos", Key="other", Body=b"x")
    data = data_of(written(cos.journal.filter(key="holiday.zip"), tmp_path))
    assert [lane["key"] for lane in data["lanes"]] == ["holiday.zip"]
    assert data["lanes"][0]["state"] == "left open"


def test_parts_at_the_same_time_stand_in_rows_of_their_own() -> None:
    part: dict[str, Any] = {"operation": "UploadPart", "key": "k", "upload_id": "U", "duration": 0.5}
    requests = [
        request(1, **part, part_number="1", thread="A", started=0.0),
        request(2, **part, part_number="2", thread="B", started=0.25),
        request(3, **part, part_number="3", thread="A", started=0.625),
    ]
    (lane,) = data_of(page_of(Recording(requests)))["lanes"]
    assert lane["rows"] == [0, 1, 0]


def page_of(recording: Recording) -> str:
    return f'<script type="application/json" id="recording">{as_json(recording)}</script>'


def test_many_keys_share_the_lane_of_their_bucket() -> None:
    few, many = ([request(number) for number in range(count)] for count in (60, 61))
    assert len(data_of(page_of(Recording(few)))["lanes"]) == 60
    (lane,) = data_of(page_of(Recording(many)))["lanes"]
    assert (lane["kind"], lane["bucket"], lane["key"], len(lane["requests"])) == ("bucket", "photos", "", 61)


def test_threads_are_lanes_with_their_bytes(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    worker = threading.Thread(target=s3.put_object, kwargs={**PHOTO, "Body": b"12345"}, name="worker")
    worker.start()
    worker.join()
    s3.get_object(**PHOTO)["Body"].read()
    here = threading.current_thread().name
    lanes = data_of(written(cos.journal, tmp_path))["threads"]
    assert [(lane["key"], lane["sent"], lane["received"]) for lane in lanes] == [("worker", 5, 0), (here, 0, 5)]


# --- answers ----------------------------------------------------------------------------------------------


def test_a_refusal_has_s3s_message_and_why(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    cos.put_object("photos", "holiday.zip", b"x")
    with pytest.raises(ClientError):
        s3.get_object(Bucket="photos", Key="holliday.zip")
    (found,) = data_of(written(cos.journal, tmp_path))["requests"]
    assert (found["status"], found["error"], found["said"]) == (404, "NoSuchKey", "The specified key does not exist.")
    assert "holiday.zip" in found["why"]


def test_each_of_equal_refusals_has_the_message(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    for _ in range(3):
        with pytest.raises(ClientError):
            s3.get_object(**PHOTO)
    requests = data_of(written(cos.journal, tmp_path))["requests"]
    assert [each["said"] for each in requests] == ["The specified key does not exist."] * 3


def test_attempts_are_linked_with_the_pauses_between_them(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    """Source: botocore's legacy mode sleeps up to 1, 2, 4 ... seconds, which fakecos lets it skip."""
    cos.inject("PutObject", error="SlowDown", times=2)
    s3.put_object(**PHOTO, Body=b"x")
    data = data_of(written(cos.journal, tmp_path))
    requests, pauses = data["requests"], data["pauses"]
    assert [(each["attempt"], each["before"]) for each in requests] == [(1, -1), (2, 0), (3, 1)]
    assert ["SlowDown" in each["fault"] for each in requests] == [True, True, False]
    assert [(each["owner"], each["why"]) for each in pauses] == [(0, BACK_OFF), (1, BACK_OFF)]
    for pause, following in zip(pauses, requests[1:], strict=True):
        assert pause["end"] == pytest.approx(pause["start"] + 1000 * pause["seconds"], abs=0.01)
        assert following["start"] >= pause["end"] - 0.01


def test_a_delay_is_inside_its_request(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    cos.inject("PutObject", delay=4, times=1)
    s3.put_object(**PHOTO, Body=b"x")
    data = data_of(written(cos.journal, tmp_path))
    (found,), (pause,) = data["requests"], data["pauses"]
    assert (pause["inside"], pause["seconds"], pause["why"]) == (1, 4, DELAY)
    assert found["start"] <= pause["start"] < pause["end"] <= found["end"]


def test_a_waiter_notes_how_long_it_would_have_waited(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    """Source: the waiter object_exists of botocore polls every 5 seconds."""
    cos.inject("HeadObject", error="NoSuchKey", times=2)
    cos.put_object("photos", "holiday.zip", b"x")
    s3.get_waiter("object_exists").wait(**PHOTO)
    pauses = data_of(written(cos.journal, tmp_path))["pauses"]
    assert [(pause["seconds"], pause["why"]) for pause in pauses] == [(5, POLL), (5, POLL)]


def test_who_really_sleeps_has_no_pauses_beside_the_time_that_passed(tmp_path: Path) -> None:
    with FakeCOS(sleep_between_retries=True) as cos:
        cos.create_bucket("photos")
        cos.inject("PutObject", error="SlowDown", times=1)
        cos.client().put_object(**PHOTO, Body=b"x")
        assert data_of(written(cos.journal, tmp_path))["pauses"] == []


def test_a_client_of_aiobotocore_notes_its_pauses(cos: FakeCOS, tmp_path: Path) -> None:
    session = pytest.importorskip("aiobotocore.session")
    cos.inject("PutObject", error="SlowDown", times=1)

    async def put() -> None:
        async with session.get_session().create_client("s3", region_name="us-east-1") as client:
            await client.put_object(**PHOTO, Body=b"x")

    asyncio.run(put())
    (pause,) = data_of(written(cos.journal, tmp_path))["pauses"]
    assert pause["why"] == BACK_OFF


def test_where_the_clock_stands_the_page_is_by_order(tmp_path: Path) -> None:
    with freeze_time("2026-01-02"), FakeCOS() as cos:
        cos.create_bucket("photos")
        s3 = cos.client()
        for number in range(4):
            s3.put_object(Bucket="photos", Key=str(number), Body=b"x")
        requests = data_of(written(cos.journal, tmp_path))["requests"]
    assert [each["first"] for each in requests] == [0, 2, 4, 6]
    assert {(each["start"], each["end"]) for each in requests} == {(0, 0)}


def test_a_long_list_and_a_long_key_are_cut() -> None:
    parts = {"Parts": [{"PartNumber": number, "ETag": "e" * 32} for number in range(10_000)]}
    one = request(1, key="begin" + "k" * 1000 + "end", parameters={"MultipartUpload": parts, "Body": 5})
    text = page_of(Recording([one]))
    found = data_of(text)["requests"][0]
    assert len(text) < 3000
    assert (found["key"][:5], found["key"][-3:], len(found["key"])) == ("begin", "end", 300)
    assert found["parameters"]["Body"] == "5"


def test_ten_thousand_requests_stay_below_five_megabytes() -> None:
    part: dict[str, Any] = {
        "operation": "UploadPart",
        "duration": 0.001,
        "parameters": {"Body": 5_242_880, "ContentMD5": "m" * 24},
    }
    requests = [
        request(
            number,
            **part,
            key=f"a/rather/long/prefix/{number // 10}.parquet",
            upload_id=f"{number // 10:0128}",
            part_number=str(number % 10 + 1),
            started=number / 1000,
            bytes_sent=5_242_880,
            thread=f"ThreadPoolExecutor-0_{number % 10}",
        )
        for number in range(10_000)
    ]
    assert len(page_of(Recording(requests))) < 5_000_000


# --- where it is written ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("missing/timeline.html", "there is no directory"),
        (".", "that is a directory"),
        ("zero\0byte", "cannot be written"),
        (None, "is text or a Path"),
        (5, "is text or a Path"),
    ],
)
def test_a_path_that_cannot_be_written_is_a_usage_error(cos: FakeCOS, tmp_path: Path, path: Any, says: str) -> None:
    given = str(tmp_path / path) if isinstance(path, str) else path
    with pytest.raises(UsageError, match=says):
        cos.journal.write_timeline(given)
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_permission_is_a_usage_error(
    cos: FakeCOS, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root, whom permissions do not hold back, the system's answer is given by hand."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.write_text", refuse)
    with pytest.raises(UsageError, match=r"cannot be written \(Permission denied\)"):
        cos.journal.write_timeline(tmp_path / "timeline.html")


# --- explorations and races -------------------------------------------------------------------------------


def test_the_report_of_an_exploration_holds_the_timeline_of_each_finding(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    def act() -> None:
        named = upload(s3, b"one")
        time.sleep(3)
        s3.abort_multipart_upload(**named)

    found = cos.explore(act, failures="standard", raise_findings=False)
    found.write_html(tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert len(re.findall(r'<details id="timeline-\d+"', page)) == len(found.findings) > 0
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    found.findings[0].write_timeline(tmp_path / "finding.html")
    data = data_of((tmp_path / "finding.html").read_text(encoding="utf-8"))
    assert [lane["state"] for lane in data["lanes"]] == ["left open"]
    assert all(pause["why"] in {SLEEP, BACK_OFF} for pause in data["pauses"])


def test_the_page_of_a_race_holds_the_timeline_of_each_finding(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    cos.put_object("photos", "n", b"1")

    def add() -> None:
        number = int(s3.get_object(Bucket="photos", Key="n")["Body"].read())
        s3.put_object(Bucket="photos", Key="n", Body=str(number + 1))

    def add_again() -> None:
        add()

    race = cos.race(add, add_again, raise_findings=False)
    race.write_html(tmp_path / "race.html")
    assert 'id="timeline-1"' in (tmp_path / "race.html").read_text(encoding="utf-8")
    race.findings[0].write_timeline(tmp_path / "finding.html")
    data = data_of((tmp_path / "finding.html").read_text(encoding="utf-8"))
    assert data["by_thread"]
    assert sorted(lane["key"] for lane in data["threads"]) == ["actor 0", "actor 1"]


def test_after_an_exploration_the_journal_still_knows_what_is_open(cos: FakeCOS, s3: Any, tmp_path: Path) -> None:
    cos.explore(lambda: upload(s3, b"one"), raise_findings=False)
    data = data_of(written(cos.journal, tmp_path))
    assert data["is_known"]
    assert [lane["state"] for lane in data["lanes"]] == ["left open"]

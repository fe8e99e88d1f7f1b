"""What `cos.race` does with the actors that it is given: what is run, what is judged, what is said."""

from __future__ import annotations

import io
import queue
import threading
import time
from contextlib import suppress
from math import comb
from typing import TYPE_CHECKING, Any

import pytest
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

from fakecos import FakeCOS, Race, RaceError
from fakecos.contract.steps.refused import stored_state
from tests.race.programs import BUCKET, RACES, RIGHT, get_put, if_match_loop, read, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import RaceOutcome

    Actor = Callable[[], object]


def puts(s3: Any, key: str, *bodies: str) -> Actor:
    def actor() -> None:
        for body in bodies:
            write(s3, key, body)

    return actor


# --- which orders are run -------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "second"), [(1, 1), (2, 2), (3, 2), (4, 4)])
def test_without_reduction_there_are_as_many_orders_as_the_binomial_says(
    cos: FakeCOS, s3: Any, first: int, second: int
) -> None:
    """Source: issue 15, section 7."""
    race = cos.race(puts(s3, "k", *"abcd"[:first]), puts(s3, "k", *"wxyz"[:second]), reduce=False, raise_findings=False)
    assert race.runs == len(set(race.schedules)) == comb(first + second, first)


def test_requests_for_different_keys_are_not_put_in_order(cos: FakeCOS, s3: Any) -> None:
    race = cos.race(puts(s3, "a", *"12345"), puts(s3, "b", *"12345"))
    assert race.schedules == ["0000011111"]


@pytest.mark.slow
def test_three_actors_with_an_if_match_loop_are_proved_right(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 15: the trial program found this right."""
    one, other = if_match_loop(cos, s3)
    race = cos.race(one, other, one)
    assert not race.findings
    assert race.runs > 50
    assert "every order that can matter" in str(race)


def test_max_runs_ends_it_and_says_what_was_covered(cos: FakeCOS, s3: Any) -> None:
    race = cos.race(puts(s3, "k", *"abcde"), puts(s3, "k", *"vwxyz"), reduce=False, max_runs=40, raise_findings=False)
    assert race.runs <= 40
    assert any("and not all" in line for line in race.covered)
    assert any("drawn at random (seed 0)" in line and "in both orders" in line for line in race.covered)


@pytest.mark.slow
def test_orders_drawn_with_the_same_seed_are_the_same(cos: FakeCOS, s3: Any) -> None:
    def drawn(seed: str) -> list[str]:
        actors = puts(s3, "k", *"abcde"), puts(s3, "k", *"vwxyz")
        return cos.race(*actors, reduce=False, max_runs=30, seed=seed, raise_findings=False).schedules

    assert drawn("x") == drawn("x") != drawn("y")


def test_what_was_stored_before_is_stored_afterwards(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: what comes of a race depends on the order."""
    actors = get_put(cos, s3)
    requests, before = len(cos.journal), stored_state(cos)
    cos.race(*actors, raise_findings=False)
    assert stored_state(cos) == before
    assert len(cos.journal) == requests
    write(s3, "after", "works as ever")


# --- findings -------------------------------------------------------------------------------------------


def test_findings_raise_an_error_that_says_all(cos: FakeCOS, s3: Any) -> None:
    with pytest.raises(RaceError) as raised:
        cos.race(*get_put(cos, s3))
    assert isinstance(raised.value.race, Race)
    assert str(raised.value).strip().splitlines() == [
        "raced 2 actors in 4 orders: 1 finding",
        "  without failures: every order that can matter, 4 runs",
        "",
        "1. lost-update: object shop/stock: as if sell had never run, and it returned normally",
        "    sell returned None",
        "        0: deliver                1: sell",
        "      1 GetObject shop/stock 200",
        "      2                           GetObject shop/stock 200",
        "      3                           PutObject shop/stock 200",
        "      4 PutObject shop/stock 200",
        "  stored at the end:",
        "    shop/stock: 2 bytes b'15'",
        "  repeat it: replay='0110'    (1 more: 0101)",
        f"  {raised.value.race.findings[0].advice}",
    ]


def test_an_order_is_repeated_alone(cos: FakeCOS, s3: Any) -> None:
    actors = get_put(cos, s3)
    with pytest.raises(RaceError):
        cos.race(*actors, replay="0110")
    assert cos.race(*actors, replay="0011").schedules == ["0011"]


def test_an_order_is_repeated_by_the_environment(cos: FakeCOS, s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKECOS_REPLAY", "0011")
    assert cos.race(*get_put(cos, s3)).schedules == ["0011"]


def test_an_actor_that_gives_up_and_leaves_nothing_is_a_note(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: the loser of an optimistic write may give up."""
    cos.put_object(BUCKET, "k", "1")

    def change() -> None:
        etag = s3.head_object(Bucket=BUCKET, Key="k")["ETag"]
        write(s3, "k", "2", IfMatch=etag)

    race = cos.race(change, puts(s3, "k", "3"))
    assert [note.kind for note in race.notes] == ["raised"]
    assert "PreconditionFailed" in race.notes[0].text


def test_a_slip_in_code_that_only_a_race_runs_is_found(cos: FakeCOS, s3: Any) -> None:
    cos.put_object(BUCKET, "k", "1")

    def change() -> None:
        etag = s3.head_object(Bucket=BUCKET, Key="k")["ETag"]
        try:
            write(s3, "k", "2", IfMatch=etag)
        except ClientError as error:
            error.response["Error"]["Reason"].lower()  # type: ignore[typeddict-item]

    race = cos.race(change, puts(s3, "k", "3"), raise_findings=False)
    assert [finding.kind for finding in race.findings] == ["bug-in-error-path"]
    assert "KeyError: 'Reason'" in race.findings[0].text


def test_an_upload_that_only_a_race_leaves_open_is_found(cos: FakeCOS, s3: Any) -> None:
    def upload() -> None:
        if "Contents" in s3.list_objects_v2(Bucket=BUCKET, Prefix="film"):
            return
        of_upload = {"Bucket": BUCKET, "Key": "film"}
        of_upload["UploadId"] = s3.create_multipart_upload(**of_upload)["UploadId"]
        parts = [{"PartNumber": 1, "ETag": s3.upload_part(**of_upload, PartNumber=1, Body=b"x")["ETag"]}]
        with suppress(ClientError):  # somebody else was first
            s3.complete_multipart_upload(**of_upload, MultipartUpload={"Parts": parts}, IfNoneMatch="*")

    race = cos.race(upload, upload, raise_findings=False)
    assert "leaked-upload" in [finding.kind for finding in race.findings]


def test_an_etag_of_nobody_s_bytes_is_found(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 15, section 2."""
    cos.put_object(BUCKET, "k", "old")

    def store() -> tuple[str, str]:
        write(s3, "k", "mine")
        return read(s3, "k"), s3.head_object(Bucket=BUCKET, Key="k")["ETag"]

    race = cos.race(store, puts(s3, "k", "yours"), raise_findings=False)
    assert [finding.kind for finding in race.findings] == ["wrong-return"]


# --- check ----------------------------------------------------------------------------------------------


def test_a_check_takes_the_place_of_the_verdict(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 15, section 2."""
    seen: list[tuple[str, int]] = []

    def check(fake: FakeCOS, outcome: RaceOutcome) -> None:
        assert fake is cos
        assert outcome.returned == (None, None)
        assert outcome.raised == (None, None)
        seen.append((outcome.schedule, len(outcome.requests)))

    assert not cos.race(*get_put(cos, s3), check=check).findings
    assert ("0110", 4) in seen
    race = cos.race(*get_put(cos, s3), check=check, serialisable=True, raise_findings=False)
    assert [finding.kind for finding in race.findings] == ["lost-update"]


def test_what_a_check_raises_is_a_finding(cos: FakeCOS, s3: Any) -> None:
    def check(fake: FakeCOS, _: RaceOutcome) -> None:
        assert fake.bucket(BUCKET).objects["stock"].body == b"12"

    race = cos.race(*get_put(cos, s3), check=check, raise_findings=False)
    assert [(finding.kind, finding.schedule) for finding in race.findings] == [("check", "0110")]


def test_a_check_sees_the_end_of_the_order_that_it_is_asked_about(cos: FakeCOS, s3: Any) -> None:
    cos.put_object(BUCKET, "k", "old")
    lasts: dict[str, bytes] = {}

    def check(fake: FakeCOS, outcome: RaceOutcome) -> None:
        lasts[outcome.schedule] = fake.bucket(BUCKET).objects["k"].body

    cos.race(puts(s3, "k", "a"), puts(s3, "k", "b"), check=check)
    assert lasts == {"01": b"b", "10": b"a"}


def test_a_check_that_a_failure_alone_breaks_is_no_finding_of_a_race(cos: FakeCOS, s3: Any) -> None:
    def store(key: str) -> Actor:
        def actor() -> None:
            with suppress(ClientError):
                write(s3, key, "x")

        return actor

    def check(fake: FakeCOS, _: RaceOutcome) -> None:
        assert {"a", "b"} <= set(fake.bucket(BUCKET).objects)

    assert not cos.race(store("a"), store("b"), check=check, failures=["AccessDenied"]).findings


# --- time, threads, locks -------------------------------------------------------------------------------


def test_a_sleep_takes_no_time_and_others_may_go_meanwhile(cos: FakeCOS, s3: Any) -> None:
    def slow() -> float:
        began = time.monotonic()
        write(s3, "a", "1")
        time.sleep(3600)
        write(s3, "a", "2")
        return time.monotonic() - began

    began = time.monotonic()
    race = cos.race(slow, puts(s3, "a", "x"), check=lambda _, outcome: _took_an_hour(outcome), raise_findings=False)
    assert "011" in race.schedules or "010" in race.schedules
    assert time.monotonic() - began < 600


def _took_an_hour(outcome: RaceOutcome) -> None:
    assert isinstance(outcome.returned[0], float)
    assert outcome.returned[0] >= 3600


def test_an_actor_that_waits_for_a_lock_is_blocked_and_not_hung(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 15, section 1."""
    lock = threading.Lock()
    deliver, sell = get_put(cos, s3)

    def locked(actor: Actor) -> Actor:
        def run() -> None:
            with lock:
                actor()

        return run

    race = cos.race(locked(deliver), locked(sell))
    assert sorted(race.schedules) == ["0011", "1100"]


def test_an_actor_that_waits_for_the_other_s_word_goes_on_after_it(cos: FakeCOS, s3: Any) -> None:
    words: queue.Queue[str] = queue.Queue()

    def tell() -> None:
        write(s3, "a", "1")
        words.put("stored")

    def hear() -> str:
        assert words.get() == "stored"
        return read(s3, "a")

    assert cos.race(hear, tell).schedules == ["10"]


def test_actors_that_wait_for_what_cannot_happen_are_a_finding(
    cos: FakeCOS, s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fakecos.race.gate.DEADLOCK_AFTER", 0.05)
    monkeypatch.setattr("fakecos.race.runs.ENDS_WITHIN", 0.05)
    given = threading.Event()

    def wait() -> None:
        if read(s3, "a") == "new":
            given.wait(30)

    cos.put_object(BUCKET, "a", "old")
    race = cos.race(puts(s3, "a", "older", "new", "newer"), wait, raise_findings=False)
    given.set()
    assert [finding.kind for finding in race.findings] == ["deadlock"]
    assert "waits for what cannot happen" in race.findings[0].text


@pytest.mark.slow
def test_the_threads_of_one_actor_are_put_into_one_order(cos: FakeCOS, s3: Any) -> None:
    """s3transfer uploads parts in threads. Source: issue 15, section 1."""
    config = TransferConfig(multipart_threshold=10, multipart_chunksize=5 * 1024 * 1024, max_concurrency=3)

    def upload(letter: bytes) -> Actor:
        return lambda: s3.upload_fileobj(io.BytesIO(letter * 11 * 1024 * 1024), BUCKET, "film", Config=config)

    race = cos.race(upload(b"a"), upload(b"b"), max_runs=6)
    assert not race.findings
    assert {text for _, text in race.results[0].requests if " part " in text} == {
        f"UploadPart shop/film part {number} 200" for number in (1, 2, 3)
    }


# --- failures -------------------------------------------------------------------------------------------


def test_a_lost_answer_makes_an_own_write_look_like_another_s(cos: FakeCOS, s3: Any) -> None:
    """The client sends it again and gets 412 for its own write. Source: issue 15, section 3."""

    def register(owner: str) -> Actor:
        def actor() -> str:
            try:
                write(s3, "name", owner, IfNoneMatch="*")
            except ClientError:
                return "taken"
            return "mine"

        return actor

    race = cos.race(register("ann"), register("bob"), failures=["answer lost after the change"], raise_findings=False)
    assert any("[closed@stored]" in text for run in race.results for _, text in run.requests)
    assert any("412 PreconditionFailed" in text for run in race.results for _, text in run.requests)
    assert any(line.startswith("with 1 failure: 2 of 2") for line in race.covered)


def test_a_conflict_that_only_races_have_can_be_answered(cos: FakeCOS, s3: Any) -> None:
    """S3 answers 409 ConditionalRequestConflict in races only (documented). Source: issue 15, section 3."""
    race = cos.race(*if_match_loop(cos, s3), failures=["409"])
    assert any("409 ConditionalRequestConflict" in text for run in race.results for _, text in run.requests)
    assert not race.findings


@pytest.mark.slow
def test_a_failing_order_is_repeated_with_its_failure(cos: FakeCOS, s3: Any) -> None:
    """A reader that takes a lost answer for "not stored", and stores once more, over what came in between."""

    def store() -> None:
        try:
            write(s3, "k", "mine", IfNoneMatch="*")
        except ClientError:
            write(s3, "k", "mine at last")

    def add() -> None:
        write(s3, "k", read(s3, "k") + "+")

    cos.put_object(BUCKET, "k", "0")
    race = cos.race(store, add, failures=["SlowDown for good"], raise_findings=False)
    written = next(text for text in race.schedules if ";" in text)
    again = cos.race(store, add, replay=written, raise_findings=False)
    assert again.schedules == [written]


# --- the report -----------------------------------------------------------------------------------------


def test_the_page_shows_the_requests_as_columns_in_time(cos: FakeCOS, s3: Any, tmp_path: Any) -> None:
    race = cos.race(*get_put(cos, s3), raise_findings=False)
    race.write_html(tmp_path / "race.html")
    page = (tmp_path / "race.html").read_text()
    assert '<th scope="col">0: deliver</th><th scope="col">1: sell</th>' in page
    assert '<td class="step">2</td><td></td><td class="turn">GetObject shop/stock 200</td>' in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "replay=&#x27;0110&#x27;" in page


def test_the_programs_are_as_many_as_are_asked_for() -> None:
    """Source: issue 15, section 7: ten known races, and six right programs."""
    assert len(RACES) == 10
    assert len(RIGHT) == 6

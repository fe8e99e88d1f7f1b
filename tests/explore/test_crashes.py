"""A process that dies: what runs still, what does not, and what the next run sees."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import EndpointConnectionError

from tests.explore.corpus.program import BUCKET

if TYPE_CHECKING:
    from fakecos import FakeCOS, Outcome


def put(s3: Any, key: str) -> None:
    """Put a small object."""
    s3.put_object(Bucket=BUCKET, Key=key, Body=key.encode())


def test_except_exception_does_not_stop_a_crash(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1: as uncatchable as can be made without harming the process."""
    reached: list[str] = []

    def act() -> None:
        reached.clear()
        try:
            put(s3, "a")
        except Exception:  # noqa: BLE001
            reached.append("except")
        reached.append("after")

    def check(_: object, outcome: Outcome) -> None:
        if outcome.crashed:
            assert not reached, reached

    found = cos.explore(act, check=check, failures=[])
    assert [run.ended for run in found.results] == ["died", "died"]


def test_what_a_dying_process_asks_reaches_nobody(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1: this request and all later ones fail to connect."""

    def act() -> None:
        try:
            put(s3, "a")
        except BaseException:
            put(s3, "cleaned-up")
            raise

    def check(cos: FakeCOS, outcome: Outcome) -> None:
        assert "cleaned-up" not in cos.bucket(BUCKET).objects
        if outcome.crashed:
            assert ("a" in cos.bucket(BUCKET).objects) == outcome.schedule.endswith("@stored")

    assert cos.explore(act, check=check, failures=[]).runs == 2


def test_local_clean_up_still_runs(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: `finally` cannot be kept from running, and what it does locally is done."""
    cleaned: list[bool] = []

    def act() -> None:
        try:
            put(s3, "a")
        finally:
            cleaned.append(True)

    cos.explore(act, failures=[])
    assert len(cleaned) == 2 + 2 + 2  # twice without failures, two crashes, two recoveries


def test_recover_runs_after_a_crash_and_without_failures(cos: FakeCOS, s3: Any) -> None:
    """Source: API.md: `recover` runs, without failures, after an act that raised or crashed."""
    recovered: list[bool] = []

    def recover() -> None:
        recovered.append(True)
        put(s3, "a")
        put(s3, "b")

    def act() -> None:
        put(s3, "a")
        put(s3, "b")

    assert not cos.explore(act, recover=recover, failures=[]).findings
    assert len(recovered) == 4


def test_a_crash_that_is_not_healed_is_found(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 2: no-convergence."""

    def act() -> None:
        put(s3, "a")
        put(s3, "b")

    found = cos.explore(act, recover=lambda: put(s3, "a"), failures=[], raise_findings=False)
    (finding,) = found.findings
    assert finding.kind == "no-convergence"
    assert finding.schedule == "PutObject:a#1=crash"
    assert "PutObject:b#1=crash" in finding.schedules
    assert "(then the process died: PutObject:a#1=crash)" in str(finding)


@pytest.mark.parametrize("in_pool", [False, True])
def test_a_crash_in_a_thread_ends_the_run(cos: FakeCOS, s3: Any, *, in_pool: bool) -> None:
    """Source: our own choice: a thread's request is refused; nothing that it or any other asks later is stored."""

    def act() -> None:
        if in_pool:
            with ThreadPoolExecutor(1) as pool:
                pool.submit(put, s3, "a").result()
        else:
            thread = threading.Thread(target=put, args=(s3, "a"))
            thread.start()
            thread.join()
        put(s3, "b")

    def check(cos: FakeCOS, outcome: Outcome) -> None:
        if outcome.crashed and ":a#" in outcome.schedule:
            assert "b" not in cos.bucket(BUCKET).objects

    found = cos.explore(act, check=check, failures=[])
    assert {run.ended for run in found.results} == {"died"}


def test_crashes_can_be_left_out(cos: FakeCOS, s3: Any) -> None:
    """Source: API.md."""
    assert cos.explore(lambda: put(s3, "a"), failures=["AccessDenied"], crashes=False).runs == 1


def test_an_open_upload_that_a_crash_left_is_a_note(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 2: what no client can avoid is a note."""

    def act() -> None:
        upload = s3.create_multipart_upload(Bucket=BUCKET, Key="k")["UploadId"]
        s3.abort_multipart_upload(Bucket=BUCKET, Key="k", UploadId=upload)

    found = cos.explore(act, failures=[])
    assert {note.kind for note in found.notes} == {"unavoidable-upload"}


def test_a_thread_that_is_left_running_cannot_reach_the_next_run(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1: they belong to a run that is over."""
    gates: list[threading.Event] = []

    def act() -> None:
        for gate in gates:
            gate.set()  # the threads of earlier runs go on now
        gate = threading.Event()
        gates.append(gate)
        threading.Thread(target=late, args=(gate,), name="straggler").start()
        put(s3, "a")

    def late(gate: threading.Event) -> None:
        gate.wait()
        with contextlib.suppress(EndpointConnectionError):
            put(s3, "late")

    try:
        found = cos.explore(act, failures=["AccessDenied"], crashes=False)
    finally:
        for gate in gates:
            gate.set()
        for thread in threading.enumerate():
            if thread.name == "straggler":
                thread.join()
    assert "late" not in cos.bucket(BUCKET).objects
    assert any("straggler" in line for line in found.covered)

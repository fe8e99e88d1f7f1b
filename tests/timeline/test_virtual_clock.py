"""The virtual clock: when each request would have come, had everybody slept. Source: issue 16, item 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.timeline.attempts import belongs_to, earlier_attempts
from fakecos.timeline.recording import BACK_OFF, CREATE, DELAY, Pause
from fakecos.timeline.virtual_clock import spans
from tests.timeline.recordings import request

if TYPE_CHECKING:
    from collections.abc import Sequence

UPLOAD = {"operation": "UploadPart", "key": "k", "upload_id": "U"}


def drawn(requests: Sequence[Any], *pauses: Pause) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Return from when to when the requests and the pauses are."""
    before = earlier_attempts(requests)
    found, slept = spans(requests, pauses, belongs_to(pauses, requests, 0), before)
    one, other = ([(round(each.start, 6), round(each.end, 6)) for each in all_] for all_ in (found, slept))
    return one, other


def test_without_pauses_it_is_the_time_that_passed() -> None:
    found, _ = drawn([request(1, started=100.0, duration=0.25), request(2, started=101.0, duration=0.5)])
    assert found == [(0.0, 0.25), (1.0, 1.5)]


def test_the_next_attempt_comes_after_the_pause() -> None:
    again = {"started": 5.5, "duration": 0.5, "attempt": 2, "key": "1"}
    pause = Pause("MainThread", 5.25, 3.0, BACK_OFF, 1)
    found, slept = drawn([request(1, started=5.0, duration=0.25, status=503), request(2, **again)], pause)
    assert slept == [(0.25, 3.25)]
    assert found == [(0.0, 0.25), (3.25, 3.75)]


def test_a_pause_that_really_passed_counts_once() -> None:
    """A fault's delay moves freezegun's clock on by itself."""
    again = {"started": 8.5, "duration": 0.5, "attempt": 2, "key": "1"}
    pause = Pause("MainThread", 5.25, 3.0, BACK_OFF, 1)
    found, _ = drawn([request(1, started=5.0, duration=0.25, status=503), request(2, **again)], pause)
    assert found[1] == (3.5, 4.0)


def test_a_delay_lengthens_its_request_and_what_follows_in_its_thread() -> None:
    pause = Pause("MainThread", 0.125, 4.0, DELAY, 0)
    found, slept = drawn([request(1, started=0.0, duration=0.25), request(2, started=0.5, duration=0.25)], pause)
    assert slept == [(0.125, 4.125)]
    assert found == [(0.0, 4.125), (4.375, 4.625)]


def test_another_thread_goes_on_while_one_pauses() -> None:
    first = request(1, **UPLOAD, part_number="1", thread="A", started=0.0, duration=0.25, status=503)
    other = request(2, **UPLOAD, part_number="2", thread="B", started=0.25, duration=0.25)
    again = request(3, **UPLOAD, part_number="1", thread="A", started=0.5, duration=0.25, attempt=2)
    found, _ = drawn([first, other, again], Pause("A", 0.25, 10.0, BACK_OFF, 1))
    assert found == [(0.0, 0.25), (0.25, 0.5), (10.25, 10.5)]


def test_complete_comes_after_the_parts_whoever_uploaded_them() -> None:
    first = request(1, **UPLOAD, part_number="1", thread="A", started=0.0, duration=0.25, status=503)
    again = request(2, **UPLOAD, part_number="1", thread="A", started=0.5, duration=0.25, attempt=2)
    ended = {**UPLOAD, "operation": "CompleteMultipartUpload"}
    whole = request(3, **ended, thread="B", started=0.75, duration=0.25)
    found, _ = drawn([first, again, whole], Pause("A", 0.25, 10.0, BACK_OFF, 1))
    assert found[1:] == [(10.25, 10.5), (10.5, 10.75)]


def test_parts_come_after_create_and_a_list_after_all_that_was_stored() -> None:
    begun = request(1, operation=CREATE, key="k", upload_id="U", thread="A", started=0.0, duration=0.25)
    part = request(2, **UPLOAD, part_number="1", thread="B", started=0.5, duration=0.25)
    listed = request(3, operation="ListObjectsV2", key=None, thread="C", started=1.0, duration=0.25)
    found, _ = drawn([begun, part, listed], Pause("A", 0.125, 10.0, DELAY, 0))
    assert found == [(0.0, 10.125), (10.125, 10.375), (10.375, 10.625)]


def test_who_asked_nothing_meanwhile_waited_for_the_others() -> None:
    """A main thread waits for its workers: what it asks next comes after them."""
    main = request(1, started=0.0, duration=0.25)
    first = request(2, key="k", thread="A", started=0.5, duration=0.25, status=503)
    again = request(3, key="k", thread="A", started=0.75, duration=0.25, attempt=2)
    after = request(4, started=1.25, duration=0.25)
    found, _ = drawn([main, first, again, after], Pause("A", 0.75, 10.0, BACK_OFF, 2))
    assert found[2:] == [(10.75, 11.0), (11.0, 11.25)]


def test_who_asked_between_two_attempts_did_not_wait_for_them() -> None:
    """Workers are silent for a moment between two requests of their own: that is no wait for another worker."""
    first = request(1, key="a", thread="A", started=0.0, duration=0.25, status=503)
    other = request(2, key="b", thread="B", started=0.25, duration=0.25)
    again = request(3, key="a", thread="A", started=0.625, duration=0.125, attempt=2)
    after = request(4, key="c", thread="B", started=1.0, duration=0.25)
    more = request(5, key="d", thread="A", started=1.5, duration=0.25)
    last = request(6, key="e", thread="B", started=2.0, duration=0.25)
    found, _ = drawn([first, other, again, after, more, last], Pause("A", 0.25, 10.0, BACK_OFF, 1))
    assert found[2:] == [(10.25, 10.375), (1.0, 1.25), (11.125, 11.375), (2.0, 2.25)]


def test_tasks_of_a_loop_pause_by_themselves() -> None:
    first = request(1, key="a", started=0.0, duration=0.25, status=503)
    other = request(2, key="b", started=0.25, duration=0.25)
    again = request(3, key="a", started=0.5, duration=0.25, attempt=2)
    last = request(4, key="b", operation="GetObject", started=0.75, duration=0.25)
    found, _ = drawn([first, other, again, last], Pause("MainThread", 0.25, 10.0, BACK_OFF, 1))
    assert found == [(0.0, 0.25), (0.25, 0.5), (10.25, 10.5), (0.75, 1.0)]


def test_where_the_clock_stands_the_order_is_that_of_the_answers() -> None:
    requests = [request(number) for number in range(5)]
    before = earlier_attempts(requests)
    found, _ = spans(requests, (), (), before)
    assert [(each.first, each.last) for each in found] == [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)]


def test_an_attempt_follows_the_one_before_it_of_the_same_thing_and_thread() -> None:
    requests = [
        request(1, key="k", thread="A", status=503),
        request(2, key="k", thread="B", status=503),
        request(3, key="other", thread="A", status=503),
        request(4, key="k", thread="A", attempt=2, status=503),
        request(5, key="k", thread="B", attempt=2),
        request(6, key="k", thread="A", attempt=3),
        request(7, key="lost", thread="A", attempt=2),
    ]
    assert earlier_attempts(requests) == [None, None, None, 0, 1, 3, None]


def test_of_a_create_that_is_repeated_each_answer_has_an_id_of_its_own() -> None:
    requests = [
        request(1, operation=CREATE, key="k", upload_id="U1", status=0),
        request(2, operation=CREATE, key="k", upload_id="U2", attempt=2),
    ]
    assert earlier_attempts(requests) == [None, 0]


def test_a_pause_belongs_to_the_request_before_it_and_a_delay_to_the_one_around_it() -> None:
    requests = [request(1), request(2, thread="A"), request(3)]
    pauses = [Pause("MainThread", 0.0, 1.0, why, after) for why, after in ((BACK_OFF, 12), (DELAY, 12), (BACK_OFF, 10))]
    assert belongs_to(pauses, requests, earlier=10) == [0, 2, None]

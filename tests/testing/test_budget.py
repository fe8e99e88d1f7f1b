"""`cos.budget`: the first request over it is refused, fails the test, and names itself and its place (issue 16, 2)."""

from __future__ import annotations

import asyncio
import contextlib
import io
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import BudgetExceededError, FakeCOS, UsageError
from fakecos.contract.steps.refused import stored_state
from fakecos.faults import Transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import Budget

    Says = Callable[..., str]


class _Translated(Exception):  # noqa: N818  of the code under test
    pass


def put(s3: Any, number: int, body: bytes = b"1") -> None:
    for key in range(number):
        s3.put_object(Bucket="photos", Key=f"{key}", Body=body)


def over(cos: FakeCOS, act: Callable[[], object], **limits: int) -> BudgetExceededError:
    """Return what a block raises that sends more than its budget allows."""
    with pytest.raises(BudgetExceededError) as caught, cos.budget(**limits):
        act()
    assert cos.errors == []  # told once
    return caught.value


def test_what_a_budget_allows_passes(cos: FakeCOS, s3: Any) -> None:
    with cos.budget(total=3, retries=0, bytes_sent=6, put_object=2) as budget:
        put(s3, 2, b"123")
        s3.head_bucket(Bucket="photos")
    assert budget.used.total == 3
    assert budget.used.bytes_sent == 6
    assert budget.used.counts == {"PutObject": 2, "head_bucket": 1}


def test_the_first_request_over_it_is_refused_and_changes_nothing(cos: FakeCOS, s3: Any) -> None:
    with pytest.raises(BudgetExceededError), cos.budget(PutObject=1):  # noqa: PT012  the state in between
        put(s3, 1)
        before = stored_state(cos), len(cos.journal)
        put(s3, 1, b"another")
    assert (stored_state(cos), len(cos.journal)) == before


def test_it_names_the_request_its_place_and_what_came(cos: FakeCOS, s3: Any) -> None:
    error = str(over(cos, lambda: put(s3, 4), total=20, PutObject=3))
    lines = error.splitlines()
    assert lines[0] == "PutObject photos/3 is one too many: the budget is PutObject=3."
    assert "test_budget.py:" in lines[1]
    assert lines[1].startswith("asked at ")
    assert lines[1].endswith(' in put: s3.put_object(Bucket="photos", Key=f"{key}", Body=body)')
    assert lines[2:5] == ["  total      4 of 20", "  PutObject  4 of  3  <- over", "  came: PutObject (4)"]
    assert "cos.budget(PutObject=...)" in lines[5]
    assert '"Hold code to a budget"' in lines[5]


def test_the_error_has_its_budget(cos: FakeCOS, s3: Any) -> None:
    error = over(cos, lambda: put(s3, 3), total=2)
    assert error.budget.used.total == 3


def test_it_is_an_assertion_error(cos: FakeCOS, s3: Any) -> None:
    """From API.md, "Instruments on the journal"."""
    assert isinstance(over(cos, lambda: put(s3, 1), total=0), AssertionError)


def test_a_retry_too_many_says_what_came_before(cos: FakeCOS, s3: Any) -> None:
    cos.inject("PutObject", error="SlowDown")
    error = str(over(cos, lambda: put(s3, 1), retries=0))
    assert "the budget is retries=0" in error
    assert "attempt 2 of the client; before it: PutObject photos/0 -> 503 SlowDown" in error


def test_an_attempt_that_a_broken_connection_met_counts(cos: FakeCOS, s3: Any) -> None:
    cos.inject("PutObject", transport=Transport.RESET)
    assert "before it: PutObject photos/0 -> no answer" in str(over(cos, lambda: put(s3, 1), total=1))


def test_bytes_too_many_are_refused_before_they_are_stored(cos: FakeCOS, s3: Any) -> None:
    error = str(over(cos, lambda: put(s3, 3, b"1" * 100), bytes_sent=250))
    assert error.startswith("PutObject photos/2 sends 100 bytes, too many: the budget is bytes_sent=250.")
    assert [*cos.bucket("photos").objects] == ["0", "1"]


def test_a_request_that_s3_refuses_counts_too(cos: FakeCOS, s3: Any) -> None:
    def look() -> None:
        for _ in range(2):
            with pytest.raises(s3.exceptions.ClientError):
                s3.head_object(Bucket="photos", Key="not there")

    assert "HeadObject photos/not there is one too many" in str(over(cos, look, head_object=1))


def test_what_is_arranged_by_hand_does_not_count(cos: FakeCOS) -> None:
    with cos.budget(total=0):
        cos.put_object("photos", "a", b"1")


# --- code that swallows it --------------------------------------------------------------------------------------


def test_what_the_code_swallowed_is_raised_at_the_end_of_the_block(cos: FakeCOS, s3: Any) -> None:
    def swallow() -> None:
        for _ in range(5):
            with contextlib.suppress(Exception):
                put(s3, 1)

    error = over(cos, swallow, total=2)
    assert error.budget.used.total == 5
    assert "PutObject photos/0 is one too many" in str(error)
    assert "3 of 2" in str(error)  # the first one is told


def test_with_another_exception_on_its_way_the_fake_raises_it_when_it_stops() -> None:
    """Law 5: nothing recorded is raised while another exception is on its way, which it would hide."""

    def code(s3: Any) -> None:
        try:
            s3.list_buckets()
        except AssertionError:
            raise _Translated from None

    with pytest.raises(BudgetExceededError), FakeCOS() as cos:  # noqa: PT012  it comes at the end
        with pytest.raises(_Translated), cos.budget(total=0):
            code(cos.client())
        assert len(cos.errors) == 1


def test_it_can_be_forgiven(cos: FakeCOS, s3: Any) -> None:
    with cos.budget(total=0):
        with pytest.raises(BudgetExceededError):
            put(s3, 1)
        cos.errors.clear()


def test_what_a_budget_of_one_operation_refuses_can_be_cleaned_up(cos: FakeCOS, s3: Any) -> None:
    body = io.BytesIO(bytes(20_000_000))
    error = str(over(cos, lambda: s3.upload_fileobj(body, "photos", "big"), UploadPart=1))
    assert "UploadPart photos/big part " in error
    assert cos.open_uploads == []
    assert cos.journal[-1].operation == "AbortMultipartUpload"


# --- threads, and budgets in budgets ----------------------------------------------------------------------------


def test_a_thread_of_a_transfer_is_told_with_the_line_that_waits_for_it(cos: FakeCOS, s3: Any) -> None:
    body = io.BytesIO(bytes(20_000_000))
    error = str(over(cos, lambda: s3.upload_fileobj(body, "photos", "big"), UploadPart=0))
    (line,) = [line for line in error.splitlines() if line.startswith("asked by the thread ")]
    assert "test_budget.py:" in line
    assert "upload_fileobj" in line


def test_a_thread_without_a_line_of_the_author_is_named(cos: FakeCOS, s3: Any) -> None:
    def start() -> None:
        thread = threading.Thread(target=_asked_quietly(s3), name="worker 7")
        thread.start()
        thread.join()

    with pytest.raises(BudgetExceededError) as caught, cos.budget(total=0):
        start()
    assert "asked " in str(caught.value)


def _asked_quietly(s3: Any) -> Callable[[], None]:
    def ask() -> None:
        with contextlib.suppress(AssertionError):
            s3.list_buckets()

    return ask


def test_of_many_threads_just_as_many_requests_pass_as_are_allowed(cos: FakeCOS, s3: Any) -> None:
    def ask(number: int) -> bool:
        try:
            s3.put_object(Bucket="photos", Key=f"{number}", Body=b"1")
        except BudgetExceededError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool, pytest.raises(BudgetExceededError), cos.budget(total=25):  # noqa: PT012
        passed = [*pool.map(ask, range(60))]
        assert sum(passed) == 25
    assert cos.journal.counts["PutObject"] == 25


def test_of_nested_budgets_each_holds(cos: FakeCOS, s3: Any) -> None:
    with cos.budget(total=3) as outer:
        assert "the budget is total=1" in str(over(cos, lambda: put(s3, 2), total=1))
        put(s3, 1)
        with pytest.raises(BudgetExceededError, match="the budget is total=3"):
            put(s3, 1)
        cos.errors.clear()
    assert outer.used.total == 4


def test_a_budget_ends_with_its_block(cos: FakeCOS, s3: Any) -> None:
    with cos.budget(total=1):
        put(s3, 1)
    put(s3, 3)


def test_each_block_begins_anew(cos: FakeCOS, s3: Any) -> None:
    budget = cos.budget(total=2)
    for _ in range(2):
        with budget:
            put(s3, 2)
    with pytest.raises(BudgetExceededError), budget:
        put(s3, 3)


def test_the_error_goes_to_another_process(cos: FakeCOS, s3: Any) -> None:
    error = over(cos, lambda: put(s3, 1), total=0)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  our own
    assert (str(copy), copy.budget) == (str(error), None)


# --- words ------------------------------------------------------------------------------------------------------


def test_a_budget_shows_what_came_beside_what_is_allowed(cos: FakeCOS, s3: Any) -> None:
    with cos.budget(total=1000, bytes_sent=50_000) as budget:
        put(s3, 2, b"12345")
    assert str(budget).splitlines() == [
        "  total        2 of  1,000",
        "  bytes_sent  10 of 50,000",
        "  came: PutObject (2)",
    ]
    assert repr(budget) == "<Budget: total 2 of 1,000, bytes_sent 10 of 50,000>"


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({}, "it limits nothing"),
        ({"total": None}, "it limits nothing"),
        ({"totl": 1}, "did you mean total?"),
        ({"requests": 3}, "write total=3"),
        ({"upload_parts": 3}, "did you mean UploadPart?"),
        ({"upload_file": 3}, "is a transfer of boto3"),
        ({"UploadPart": -1}, "whole number from 0 on"),
        ({"UploadPart": True}, "whole number from 0 on"),
        ({"retries": 1.5}, "whole number from 0 on"),
        ({"UploadPart": 1, "upload_part": 1}, "given twice"),
    ],
)
def test_a_budget_that_cannot_be_is_explained(cos: FakeCOS, limits: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        cos.budget(**limits)
    assert message in str(caught.value)


def test_a_wrong_attribute_says_the_right_one(cos: FakeCOS) -> None:
    budget: Budget
    with cos.budget(total=1) as budget, pytest.raises(AttributeError, match=r"did you mean used\?"):
        _ = budget.use  # type: ignore[attr-defined]


async def _awaited(budget: Any) -> None:
    async with budget:
        pass


@pytest.mark.parametrize(
    ("use", "said"),
    [
        (lambda budget: budget(print), "@pytest.mark.fakecos_budget"),
        (lambda budget: asyncio.run(_awaited(budget)), "write `with cos.budget(...):`, also around what is awaited"),
    ],
    ids=["decorator", "async with"],
)
def test_a_budget_that_is_no_with_block_says_how_it_is_written(cos: FakeCOS, use: Any, said: str) -> None:
    # because: Python says no more than that it is not callable, or no asynchronous context manager
    with pytest.raises(UsageError) as caught:
        use(cos.budget(total=1))
    assert said in str(caught.value)
    put(cos.client(), 2)  # nothing is limited


def test_a_budget_that_no_block_entered_is_told_when_the_fake_stops() -> None:
    cos = FakeCOS().start()
    cos.create_bucket("photos")
    cos.budget(total=1, put_object=1)
    put(cos.client(), 2)
    with pytest.raises(UsageError, match=r"limited nothing.*write `with cos.budget\(total=1, PutObject=1\):`"):
        cos.stop()
    with cos:  # told once
        assert cos.errors == []


def test_a_budget_may_be_made_before_its_block_and_before_the_start() -> None:
    cos = FakeCOS()
    budget = cos.budget(total=1)
    with cos, budget:
        cos.client().list_buckets()
    assert budget.used.total == 1

"""What a test author can do wrong with `cos.explore`: said at once, and with what to do."""

from __future__ import annotations

import contextlib
import itertools
import random
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos import ExplorationError, FakeCOS, UsageError
from tests.explore.corpus.program import BUCKET

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def put(s3: Any) -> Callable[[], None]:
    """An act that puts one object."""

    def act() -> None:
        s3.put_object(Bucket=BUCKET, Key="k", Body=b"x")

    return act


def test_an_act_that_asks_for_other_keys_each_time_is_said_with_the_difference(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 4: bad use."""
    numbers = itertools.count(1)
    with pytest.raises(UsageError) as raised:
        cos.explore(lambda: s3.put_object(Bucket=BUCKET, Key=f"k{next(numbers)}", Body=b"x"))
    text = str(raised.value)
    assert "sends other requests" in text
    assert "only the first run" in text
    assert "k1" in text


def test_an_act_that_stores_something_else_each_time_is_said_with_the_difference(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 4: bad use."""
    with pytest.raises(UsageError, match=r"stores something else[\s\S]*object box/k[\s\S]*expected"):
        cos.explore(lambda: s3.put_object(Bucket=BUCKET, Key="k", Body=random.randbytes(8)))


def test_an_act_that_returns_something_else_each_time_is_explored_without_that(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: what it stores can be judged all the same."""

    def act() -> float:
        s3.put_object(Bucket=BUCKET, Key="k", Body=b"x")
        return random.random()

    found = cos.explore(act)
    assert "it is not compared" in str(found)


def test_an_act_that_raises_without_failures_is_said_with_its_exception(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 4: bad use."""
    with pytest.raises(UsageError, match=r"without any failure the act raises NoSuchKey") as raised:
        cos.explore(lambda: s3.get_object(Bucket=BUCKET, Key="none"))
    assert type(raised.value.__cause__).__name__ == "NoSuchKey"


def test_an_act_without_a_request_is_said(cos: FakeCOS) -> None:
    """Source: our own choice: an exploration of nothing would find nothing, and say that all is well."""
    with pytest.raises(UsageError, match="makes no request"):
        cos.explore(lambda: None)


def test_explore_inside_explore_is_said(cos: FakeCOS, put: Callable[[], None]) -> None:
    """Source: issue 13, section 4: bad use."""
    with pytest.raises(UsageError, match="explore inside explore"):
        cos.explore(lambda: cos.explore(put))
    cos.explore(put)  # and the next one is not harmed


def test_a_coroutine_function_is_for_explore_async(cos: FakeCOS) -> None:
    """Source: our own promise."""

    async def act() -> None: ...

    with pytest.raises(UsageError, match=r"act is a coroutine function: write await cos\.explore_async"):
        cos.explore(act)
    with pytest.raises(UsageError, match=r"recover is a coroutine function"):
        cos.explore(lambda: None, recover=act)


@pytest.mark.parametrize("allow", [("leaked-upload",), [("leaked-upload", "")], [("leaked-upload", " ")], ["x"]])
def test_an_allowance_without_a_reason_is_said(cos: FakeCOS, put: Callable[[], None], allow: Any) -> None:
    """Source: issue 13, section 2: `allow` takes a reason."""
    with pytest.raises(UsageError, match="each entry has a reason"):
        cos.explore(put, allow=allow)


def test_misspelt_kinds_and_failures_are_said_with_the_nearest_name(cos: FakeCOS, put: Callable[[], None]) -> None:
    """Source: our own promise."""
    with pytest.raises(UsageError, match=r"no kind 'leaked-uplod'.*leaked-upload"):
        cos.explore(put, allow=[("leaked-uplod", "because")])
    with pytest.raises(UsageError, match=r"no failure 'SlowDwn'.*SlowDown"):
        cos.explore(put, failures=["SlowDwn"])
    with pytest.raises(UsageError, match=r"no failure 'standrd'"):
        cos.explore(put, failures="standrd")


def test_an_allowance_that_matches_nothing_is_reported(cos: FakeCOS, put: Callable[[], None]) -> None:
    """Source: issue 13, section 2."""
    found = cos.explore(put, allow=[("leaked-upload", "lifecycle rule")])
    assert found.unused_allowances == ["leaked-upload"]
    assert "accepted, but nothing of that kind came: leaked-upload" in str(found)


@pytest.mark.slow
def test_an_allowance_accepts_its_kind_or_its_schedules(cos: FakeCOS, s3: Any) -> None:
    """Source: API.md: kinds or schedules, each with a reason."""

    def act() -> None:
        with contextlib.suppress(s3.exceptions.ClientError):
            s3.put_object(Bucket=BUCKET, Key="k", Body=b"x")

    empty = cos.snapshot()
    with pytest.raises(ExplorationError):
        cos.explore(act)
    cos.restore(empty)
    found = cos.explore(act, allow=[("silent-loss", "a cache may miss")])
    assert found.allowed
    assert not found.findings
    cos.restore(empty)
    left = cos.explore(act, allow=[("*=AccessDenied", "known")], raise_findings=False)
    assert left.findings
    assert all("=AccessDenied" not in text for text in left.findings[0].schedules)


@pytest.mark.parametrize("given", [{"depth": 0}, {"depth": "2"}, {"max_runs": 0}, {"sleep": "never"}])
def test_keywords_that_cannot_be_are_said(cos: FakeCOS, put: Callable[[], None], given: dict[str, Any]) -> None:
    """Source: our own promise."""
    with pytest.raises(UsageError, match=next(iter(given))):
        cos.explore(put, **given)


def test_max_runs_and_max_seconds_say_what_was_covered(cos: FakeCOS, put: Callable[[], None]) -> None:
    """Source: issue 13, section 1: never a silent cut."""
    found = cos.explore(put, max_runs=3)
    assert found.runs == 3
    assert any("depth 1: 3 of" in line and "max_runs ended it" in line for line in found.covered)
    found = cos.explore(put, max_seconds=0)
    assert any("max_seconds ended it" in line for line in found.covered)


def test_a_replay_of_what_never_happens_names_the_sites(cos: FakeCOS, put: Callable[[], None]) -> None:
    """Source: our own promise."""
    with pytest.raises(UsageError, match=r"did not happen.*PutObject#1"):
        cos.explore(put, replay="PutObject#2=AccessDenied")
    with pytest.raises(UsageError, match=r"did not happen"):
        cos.explore(put, replay="DeleteObject#1=AccessDenied")


def test_a_replay_lets_the_exception_through(cos: FakeCOS, s3: Any, put: Callable[[], None]) -> None:
    """Source: API.md: `replay` runs that one alone and lets its exception through."""
    with pytest.raises(s3.exceptions.ClientError, match="AccessDenied"):
        cos.explore(put, replay="PutObject#1=AccessDenied")


def test_the_environment_can_name_the_replay(
    cos: FakeCOS, s3: Any, put: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Source: API.md: FAKECOS_REPLAY."""
    monkeypatch.setenv("FAKECOS_REPLAY", "PutObject#1=AccessDenied")
    with pytest.raises(s3.exceptions.ClientError, match="AccessDenied"):
        cos.explore(put)


def test_faults_that_were_set_before_are_said(cos: FakeCOS, put: Callable[[], None]) -> None:
    """Source: our own choice: each run starts without faults."""
    fault = cos.inject("PutObject", error="SlowDown")
    with pytest.raises(UsageError, match=r"cancel\(\) the faults"):
        cos.explore(put)
    fault.cancel()
    cos.explore(put)


def test_a_mistake_in_the_act_comes_through(cos: FakeCOS, s3: Any) -> None:
    """Source: our own promise: a UsageError is for the author, in whichever run it comes."""

    def act() -> None:
        try:
            s3.put_object(Bucket=BUCKET, Key="k", Body=b"x")
        except s3.exceptions.ClientError:
            cos.inject("PutObjekt", error="SlowDown")

    with pytest.raises(UsageError, match="PutObject"):
        cos.explore(act)
    s3.put_object(Bucket=BUCKET, Key="k", Body=b"the fake goes on")


def test_the_state_at_the_end_is_that_after_the_run_without_failures(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1."""
    s3.put_object(Bucket=BUCKET, Key="before", Body=b"b")
    cos.explore(lambda: s3.put_object(Bucket=BUCKET, Key="k", Body=b"x"))
    assert sorted(cos.bucket(BUCKET).objects) == ["before", "k"]
    assert [request.operation for request in cos.journal] == ["PutObject"]


def test_a_client_of_another_fake_has_nothing_to_do_with_it() -> None:
    """Source: our own promise: an act whose client is not faked asks nothing here."""
    with FakeCOS() as cos:
        cos.create_bucket(BUCKET)
        boto3.client("s3", "us-east-1").put_object(Bucket=BUCKET, Key="k", Body=b"x")
        with pytest.raises(UsageError, match="makes no request"):
            cos.explore(dict)

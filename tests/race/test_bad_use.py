"""What a test author can do wrong with `cos.race`: said at once, and with what to do."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, UsageError
from tests.race.programs import BUCKET, get_put, write

if TYPE_CHECKING:
    from collections.abc import Callable


def nothing() -> None:
    pass


async def asynchronous() -> None:
    pass


@pytest.mark.parametrize(
    ("race", "message"),
    [
        (lambda cos: cos.race(nothing), "race takes 2 to 5 actors"),
        (lambda cos: cos.race(*[nothing] * 6), "race takes 2 to 5 actors"),
        (lambda cos: cos.race(nothing, "sell"), "hand over functions, uncalled"),
        (lambda cos: cos.race(nothing, None), "hand over functions, uncalled"),
        (
            lambda cos: cos.race(nothing, asynchronous),
            r"asynchronous is a coroutine function: write await cos\.race_async",
        ),
        (lambda cos: cos.race(nothing, nothing), "made no request to this fake"),
        (lambda cos: cos.race(nothing, write), r"write lambda: upload\(s3\), which keeps them"),
        (lambda cos: cos.race(nothing, nothing, check=nothing), r"def check\(cos, outcome\)"),
        (lambda cos: cos.race(nothing, nothing, max_runs=0), "max_runs=0.*whole number from 1 on"),
        (lambda cos: cos.race(nothing, nothing, depth=1), r"failures=\[\.\.\.\] says which"),
        (lambda cos: cos.race(nothing, nothing, failures=["SlowDwn"]), "no failure 'SlowDwn'; did you mean SlowDown"),
        (lambda cos: cos.race(nothing, nothing, servers=[]), "2 actors, and 0 servers"),
        (lambda cos: cos.race(nothing, nothing, schedule="01"), r"cos\.race.*schedule"),
    ],
)
def test_a_wrong_call_says_what_to_write(cos: FakeCOS, race: Callable[[FakeCOS], object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        race(cos)


@pytest.mark.parametrize(
    ("replay", "message"),
    [
        ("GetObject#1", "an order is the numbers of the actors"),
        ("0210", "there are 2 actors, which are counted from 0"),
        ("000111", r"no order of what the actors ask[\s\S]*0011: GetObject shop/stock"),
        ("0110; 1.9=409", "actor 1 makes no 9 requests"),
        ("0110; 1.2=lost", "There is no failure 'lost'"),
    ],
)
def test_an_order_that_cannot_be_is_said(cos: FakeCOS, s3: Any, replay: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        cos.race(*get_put(cos, s3), replay=replay)


def test_actors_that_store_something_else_each_time_are_said_with_the_difference(cos: FakeCOS, s3: Any) -> None:
    def roll() -> None:
        write(s3, "dice", str(random.random()))

    with pytest.raises(UsageError, match=r"do not store the same[\s\S]*object shop/dice[\s\S]*seed what is random"):
        cos.race(roll, roll)
    assert cos.race(roll, roll, check=lambda _, __: None).runs == 2, "a check says what is right"


def test_actors_that_return_something_else_each_time_are_raced_without_that(cos: FakeCOS, s3: Any) -> None:
    def roll() -> float:
        write(s3, "k", "1")
        return random.random()

    assert "it is not compared" in str(cos.race(roll, roll))


def test_an_actor_that_fails_as_a_whole_is_said_with_its_exception(cos: FakeCOS, s3: Any) -> None:
    def slip() -> None:
        write(s3, "k", "1")
        {}["missing"]  # type: ignore[index]

    with pytest.raises(UsageError, match="slip raises when it runs as a whole: KeyError: 'missing'") as raised:
        cos.race(slip, lambda: write(s3, "k", "2"))
    assert isinstance(raised.value.__cause__, KeyError)


def test_a_check_that_fails_with_the_actors_as_wholes_is_said(cos: FakeCOS, s3: Any) -> None:
    def check(fake: FakeCOS, _: object) -> None:
        assert fake.bucket(BUCKET).objects["stock"].body == b"99"

    with pytest.raises(UsageError, match=r"the check fails with the actors as wholes \(deliver then sell\)"):
        cos.race(*get_put(cos, s3), check=check)


def test_a_mistake_inside_an_actor_is_raised_as_it_is(cos: FakeCOS, s3: Any) -> None:
    def wrong() -> None:
        write(s3, "k", "1")
        cos.bucket("shopp")

    with pytest.raises(UsageError, match="shopp"):
        cos.race(wrong, wrong)


def test_race_inside_race_is_refused(cos: FakeCOS, s3: Any) -> None:
    def inner() -> None:
        write(s3, "k", "1")
        cos.race(inner, inner)

    with pytest.raises(UsageError, match="race inside race"):
        cos.race(inner, inner)


def test_race_and_explore_are_not_inside_each_other(cos: FakeCOS, s3: Any) -> None:
    """Both hold the clock of the process."""

    def put() -> None:
        write(s3, "k", "1")

    def races() -> None:
        put()
        cos.race(put, put)

    def explores() -> None:
        put()
        cos.explore(put)

    with pytest.raises(UsageError, match="race inside explore: one exploration holds the clock"):
        cos.explore(races)
    with pytest.raises(UsageError, match="explore inside race: one race holds the clock"):
        cos.race(explores, put)


def test_faults_that_were_set_before_are_refused(cos: FakeCOS, s3: Any) -> None:
    fault = cos.inject("PutObject", error="SlowDown")
    with pytest.raises(UsageError, match=r"cancel\(\) those that were set by inject"):
        cos.race(*get_put(cos, s3))
    fault.cancel()
    cos.race(*get_put(cos, s3), replay="0011")


def test_a_request_of_nobody_is_said(cos: FakeCOS, s3: Any) -> None:
    """A pool that was made before belongs to no actor."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(threading.get_ident).result()  # its thread is there now
        with pytest.raises(UsageError, match="belongs to none of the actors"):
            cos.race(lambda: pool.submit(write, s3, "k", "1").result(), lambda: write(s3, "k", "2"))
    cos.errors.clear()


def test_what_was_patched_is_put_back(cos: FakeCOS, s3: Any) -> None:
    import time

    before = threading.Thread.start, time.sleep, time.time, time.monotonic
    cos.race(*get_put(cos, s3), raise_findings=False)
    with pytest.raises(UsageError):
        cos.race(nothing, nothing)
    assert (threading.Thread.start, time.sleep, time.time, time.monotonic) == before

"""Sites and schedules as text: the same under any order of threads, and read back as they were written."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import UsageError
from fakecos.explore import schedule as schedules
from fakecos.explore.schedule import Entry
from fakecos.explore.sites import EVERY, Naming, Site, Target, naming_of, parse
from tests.explore.corpus.program import BUCKET

if TYPE_CHECKING:
    from fakecos import FakeCOS

KEYS = [
    "a",
    "a/b/c",
    "a b",
    "a:b",
    "a#1",
    "part 1",
    "range 0-1",
    "a;b=c",
    "100%",
    "%41",
    "äöü",
    "日本",
    "a\nb",
    "a'b\"c",
    "*",
    "?",
    "[x]",
    "\x01",
    " a ",
    ":",
    "#",
]


@pytest.mark.parametrize("naming", [Naming(has_keys=True, has_buckets=True), Naming(has_keys=True, has_buckets=False)])
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("rest", [{}, {"part": 2}, {"range": "0-5"}, {"part": 10_000, "range": "5-"}])
def test_a_site_is_read_back_as_it_was_written(naming: Naming, key: str, rest: dict[str, Any]) -> None:
    """Source: issue 13: a line that repeats it."""
    bucket = "box" if naming.has_buckets else None
    for nth in (1, 17, EVERY):
        site = Site(Target("UploadPart", bucket, key, **rest), nth)
        assert parse(site.text(naming), naming) == site, site.text(naming)


@pytest.mark.parametrize("key", KEYS)
def test_a_schedule_is_read_back_as_it_was_written(key: str) -> None:
    """Source: API.md: several are joined by a semicolon."""
    naming = Naming(has_keys=True, has_buckets=False)
    schedule = (
        Entry(Site(Target("UploadPart", None, key, 2), 1), "closed@stored for good"),
        Entry(Site(Target("AbortMultipartUpload", None, key), 2), "crash"),
    )
    assert schedules.parse(schedules.text(schedule, naming), naming) == schedule


def test_the_key_and_the_bucket_are_written_only_where_there_are_several() -> None:
    """Source: API.md: `UploadPart:part 2#1=closed@stored`."""
    one, two = Target("PutObject", "box", "a"), Target("PutObject", "box", "b")
    other = Target("PutObject", "chest", "a")
    assert Site(one, 1).text(naming_of([one])) == "PutObject#1"
    assert Site(one, 1).text(naming_of([one, two])) == "PutObject:a#1"
    assert Site(one, 1).text(naming_of([one, two, other])) == "PutObject:box/a#1"


@pytest.mark.parametrize("text", ["", "PutObject#", "PutObject#x", "#1", "Put Object#1", "PutObject:a:part x#1"])
def test_what_is_no_site_is_said_with_an_example(text: str) -> None:
    """Source: our own promise: a mistake of the test's author is a UsageError."""
    with pytest.raises(UsageError, match=r"is no site.*UploadPart:part 2#1"):
        parse(text, Naming())


@pytest.mark.parametrize("text", ["PutObject#1", "crash", "PutObject#1=crash; "])
def test_what_is_no_schedule_is_said_with_an_example(text: str) -> None:
    """Source: our own promise."""
    with pytest.raises(UsageError, match=r"is no schedule.*closed@stored"):
        schedules.parse(text, Naming())


def test_a_misspelt_failure_in_a_schedule_is_said_with_the_nearest_name() -> None:
    """Source: our own promise."""
    with pytest.raises(UsageError, match=r"no failure 'SlowDwn'; did you mean SlowDown\?"):
        schedules.parse("PutObject#1=SlowDwn", Naming())


@pytest.mark.slow
def test_sites_are_the_same_under_any_order_of_threads(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1."""

    def sites(order: list[int]) -> set[str]:
        def act() -> None:
            threads = []
            for place, number in enumerate(order):
                thread = threading.Thread(target=put, args=(place * 0.01, f"key{number}"))
                thread.start()
                threads.append(thread)
            for thread in threads:
                thread.join()

        def put(seconds: float, key: str) -> None:
            time.sleep(seconds)
            s3.put_object(Bucket=BUCKET, Key=key, Body=b"x")
            s3.get_object(Bucket=BUCKET, Key=key)

        return set(cos.explore(act, failures=["AccessDenied"], crashes=False, raise_findings=False).sites)

    assert sites([1, 2, 3]) == sites([3, 1, 2]) == sites([2, 3, 1])


def test_schedules_come_in_the_same_order_under_any_order_of_threads(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13: the same names whatever the threads' order."""

    def schedules_of(reverse: bool) -> list[str]:
        def act() -> None:
            for name in sorted("abc", reverse=reverse):
                s3.put_object(Bucket=BUCKET, Key=name, Body=b"x")

        return [run.schedule for run in cos.explore(act, failures=["AccessDenied"], raise_findings=False).results]

    assert schedules_of(reverse=False) == schedules_of(reverse=True)

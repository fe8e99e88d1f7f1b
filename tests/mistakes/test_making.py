"""Mistakes with FakeCOS, its keywords, Limits and the clock: each row is what was written, and what must be said."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from fakecos import FakeCOS, Limits
from fakecos.usage import explained

if TYPE_CHECKING:
    from tests.mistakes.conftest import Said


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('FakeCOS(dialct="ibm")', "there is no keyword 'dialct'; did you mean dialect?"),
        ('FakeCOS(region="eu-west-1")', "cos.create_bucket(\"photos\", region='eu-west-1') for a bucket"),
        ('FakeCOS(service="ibm")', "write dialect='ibm'"),
        ("FakeCOS(min_part_size=1)", "write limits=Limits(min_part_size=1)"),
        ("FakeCOS(real_backoff=True)", "write sleep_between_retries=True"),
        ("FakeCOS(seed=5)", "write id_seed=5"),
        ('FakeCOS(open_uploads="error")', "@pytest.mark.fakecos(open_uploads='error')"),
        ('FakeCOS("ibm")', "all of it are keywords, as in FakeCOS(dialect='ibm')"),
        ("FakeCOS(Limits(min_part_size=1))", "all of it are keywords, as in FakeCOS(limits=Limits("),
        ("@FakeCOS\ndef test(): ...", "@FakeCOS is written with brackets: @FakeCOS()"),
        ("@FakeCOS\nclass Test: ...", "@FakeCOS is written with brackets: @FakeCOS()"),
        ("with FakeCOS as cos: ...", "`with FakeCOS() as cos:`"),
        ("with FakeCOS().start() as cos: ...", "with cos.start(): the block starts it too"),
        ("FakeCOS()(5)", "FakeCOS decorates functions, coroutine functions and test classes, not 5"),
        ("FakeCOS().stop()", "without start(): it is not active"),
        ("FakeCOS.advance(days=1)", "is called on the class: make a fake first"),
        ('FakeCOS(dialect="AWS")', "did you mean aws?"),
        ('FakeCOS(dialect="cos")', 'did you mean "ibm"?'),
        ("FakeCOS(dialect=5)", 'there are "aws", "ibm", and None'),
        ('FakeCOS(as_of="2026-13-01")', 'as "2026-03-31", or as a datetime.date'),
        ('FakeCOS(as_of="31.03.2026")', 'as "2026-03-31", or as a datetime.date'),
        ("FakeCOS(as_of=2026)", 'as "2026-03-31", or as a datetime.date'),
        ('FakeCOS(limits={"min_part_size": 1})', "limits=Limits(min_part_size=1)"),
        ('FakeCOS(credentials=("AKIA", "secret"))', 'credentials={"AKIAEXAMPLE": "secret"}'),
        ('FakeCOS(credentials={"aws_access_key_id": "a"})', 'credentials={"AKIAEXAMPLE": "secret"}'),
        ('FakeCOS(passthrough="s3")', "S3 itself never leaves the process"),
        ("FakeCOS(passthrough=5)", 'passthrough=["sts"]'),
        ("FakeCOS(id_seed=1.5)", "a seed is a whole number, or text"),
        ('FakeCOS(strict_tls="no")', "FakeCOS(strict_tls='no'): it is True or False"),
        ("FakeCOS(keep_environment=None)", "it is True or False"),
        ("Limits(min_part=1)", "did you mean min_part_size?"),
        ("Limits(1)", "all of it are keywords, as in Limits(min_part_size=1)"),
        ("cos.limits = Limits(min_part_size=1)", "it is given when the fake is made, as in FakeCOS(limits=...)"),
        ('cos.dialect = "ibm"', "FakeCOS(dialect=...)"),
        ("Limits(max_page=1)", "write max_keys=1"),
        ('Limits(min_part_size="5MB")', "a whole number of at least 0, in bytes: 5 * 1024 * 1024"),
        ("Limits(max_keys=0)", "a whole number of at least 1"),
        ("Limits(min_part_size=5.0)", "a whole number of at least 0"),
        ("cos.advance(7)", "write cos.advance(days=7)"),
        ("cos.advance(dt.timedelta(days=1, hours=2))", "write cos.advance(days=1, seconds=7200)"),
        ("cos.advance(day=1)", "did you mean days?"),
        ("cos.advance(months=1)", "write days=30: S3 counts in days"),
        ('cos.advance(days="7")', "a time is a number, as in cos.advance(days=7)"),
        ("cos.advance(days=10**12)", "a time is a number"),
        ("cos.advance(days=-1)", "goes forward only"),
        ("FakeCOS().advance(days=1)", "start the fake first"),
        ("cos.restore({})", "it takes what cos.snapshot() returned"),
        ("cos.restore()", "snapshot is missing. It is written cos.restore(snapshot)"),
    ],
)
def test_the_message_says_what_to_write(said: Said, line: str, message: str) -> None:
    text = said(line)
    assert text.startswith("fakecos.UsageError: ")
    assert message in text


def test_signatures_are_what_they_were_for_editors() -> None:
    # because: an editor completes by them, and the plugin's marker names its keywords by them
    assert list(inspect.signature(FakeCOS).parameters)[:3] == ["dialect", "as_of", "limits"]
    assert list(inspect.signature(Limits).parameters)[:2] == ["min_part_size", "max_part_size"]
    assert list(inspect.signature(FakeCOS.inject).parameters)[:3] == ["self", "operation", "bucket"]
    assert inspect.iscoroutinefunction(FakeCOS.explore_async)


def test_a_type_error_from_inside_goes_on_as_it_is() -> None:
    def act() -> None:
        len(5)  # type: ignore[arg-type]

    with FakeCOS() as cos, pytest.raises(Exception, match=r"object of type 'int' has no len\(\)"):
        cos.explore(act)

    @explained
    def call(number: int) -> int:
        return number + len(number)  # type: ignore[arg-type]

    with pytest.raises(TypeError, match="object of type 'int' has no len"):
        call(5)


def test_weeks_pass_as_timedelta_has_them() -> None:
    with FakeCOS() as cos:
        cos.advance(weeks=1)
        assert cos.is_active

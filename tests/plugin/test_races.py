"""`cos.race` in pytest: the line that repeats a finding, and a page for each race."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    Run = Callable[..., pytest.RunResult]

pytest_plugins = ["pytester"]

LOSES = """
def test_two_writers(fakecos, fakecos_client):
    fakecos.create_bucket("photos")
    fakecos.put_object("photos", "count", "0")
    def add():
        count = int(fakecos_client.get_object(Bucket="photos", Key="count")["Body"].read())
        fakecos_client.put_object(Bucket="photos", Key="count", Body=str(count + 1))
    fakecos.race(add, add)
"""


def test_a_finding_is_shown_with_the_line_that_repeats_it(run: Run) -> None:
    """Source: issue 15: each finding has its replay."""
    result = run(LOSES)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*1. lost-update: object photos/count: as if add (1) had never run*"])
    result.stdout.fnmatch_lines(["pytest *::test_two_writers --fakecos-replay=0110    # lost-update"])


def test_the_line_repeats_that_order_alone(run: Run) -> None:
    result = run(LOSES, "--fakecos-replay=0110")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*raced 2 actors in 1 order: 1 finding*"])
    run(LOSES, "--fakecos-replay=0011").assert_outcomes(passed=1)


def test_each_race_writes_its_page(run: Run, pytester: pytest.Pytester) -> None:
    run(LOSES, "--fakecos-explore-report=pages")
    pages = list((pytester.path / "pages").iterdir())
    assert [page.name.rpartition("-test_")[2] for page in pages] == ["two_writers-1.html"]
    assert "lost-update" in pages[0].read_text(encoding="utf-8")

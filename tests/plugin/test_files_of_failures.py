"""The files that the plugin writes of each test that fails: in folders that options name."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from pytest_fakecos.files import name_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., pytest.RunResult]

pytest_plugins = ["pytester"]

TESTS = """
import boto3, pytest
from fakecos import FakeCOS

def ask(times=1):
    s3 = boto3.client("s3")
    for _ in range(times):
        s3.list_buckets()

def test_good(fakecos):
    ask()

@pytest.mark.parametrize("name", ["a/b: ?", "A/b: ?"])
def test_bad(fakecos, name):
    ask(2)
    assert False
"""
KINDS = [("timeline", ".html"), ("trace", ".json")]


@pytest.mark.parametrize(("kind", "ending"), KINDS)
def test_each_test_that_fails_has_its_file(run: Run, pytester: pytest.Pytester, kind: str, ending: str) -> None:
    result = run(TESTS, f"--fakecos-{kind}=reports/{kind}s")
    result.assert_outcomes(passed=1, failed=2)
    files = sorted((pytester.path / "reports" / f"{kind}s").iterdir())
    assert len({file.name.lower() for file in files}) == 2  # no two are one where capitals do not count
    for file in files:
        assert re.fullmatch(r"[\w.-]+", file.name)
        assert file.suffix == ending
        result.stdout.fnmatch_lines([f"{kind}: reports?{kind}s?{file.name}"])


def test_the_file_has_the_requests_of_the_test(run: Run, pytester: pytest.Pytester) -> None:
    run(TESTS, "--fakecos-trace=traces")
    for file in (pytester.path / "traces").iterdir():
        events = json.loads(file.read_text(encoding="utf-8"))["traceEvents"]
        assert [event["name"] for event in events if event["ph"] == "X"] == ["ListBuckets"] * 2


def test_each_of_several_fakes_has_its_own(run: Run, pytester: pytest.Pytester) -> None:
    result = run(
        """
import boto3
from fakecos import FakeCOS

def test_two():
    for _ in range(2):
        with FakeCOS():
            boto3.client("s3").list_buckets()
    assert False
""",
        "--fakecos-trace=traces",
    )
    files = sorted(file.name for file in (pytester.path / "traces").iterdir())
    assert [name[-7:] for name in files] == ["-1.json", "-2.json"]
    result.stdout.fnmatch_lines([f"trace: traces?{name}" for name in files])


def test_the_ini_file_names_a_folder_beside_itself(run: Run, pytester: pytest.Pytester) -> None:
    run(TESTS, ini="fakecos_trace = traces")
    assert len([*(pytester.path / "traces").iterdir()]) == 2


def test_without_the_option_nothing_is_written(run: Run, pytester: pytest.Pytester) -> None:
    before = {*pytester.path.iterdir()}
    run(TESTS)
    assert {file.suffix for file in {*pytester.path.iterdir()} - before} <= {".ini", ".py", ""}


def test_a_folder_that_cannot_be_written_is_told_of(run: Run, pytester: pytest.Pytester) -> None:
    (pytester.path / "taken").write_text("")
    result = run(TESTS, "--fakecos-trace=taken/below")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["trace: cannot write *"])


def test_a_file_in_place_of_the_folder_is_refused(run: Run, pytester: pytest.Pytester) -> None:
    (pytester.path / "taken").write_text("")
    result = run(TESTS, "--fakecos-trace=taken")
    assert "fakecos_trace = taken: it may be a folder" in result.stderr.str()


def test_a_long_name_is_cut_and_stays_its_own() -> None:
    first, second = name_of("test_a.py::test_b[" + "x" * 500 + "]"), name_of("test_a.py::test_b[" + "x" * 501 + "]")
    assert first != second
    assert len(first) < 120
    assert first.startswith("test_a-test_b-xxx")

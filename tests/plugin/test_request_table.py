"""The table of requests beside a failing test: as wide as the terminal, in pytest's colors, with why below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.plugin.test_fixtures import IMPORTS

if TYPE_CHECKING:
    from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]

LONG = """
KEY = "first/" + "k" * 240 + ".jpg"

def test_it(fakecos, fakecos_client):
    fakecos.create_bucket("photos")
    fakecos.start_upload("photos", KEY, [b"1"])
    fakecos.put_object("photos", KEY, b"1")
    fakecos.inject("HeadObject", error="SlowDown")
    for key in ("a", KEY):
        fakecos_client.head_object(Bucket="photos", Key=KEY)
    fakecos_client.get_object(Bucket="photos", Key="frist")
"""


def section(result: pytest.RunResult) -> list[str]:
    """Return the lines of the sections of fakecos."""
    lines = result.stdout.lines
    first = next(at for at, line in enumerate(lines) if "fakecos: requests" in line)
    last = next(at for at, line in enumerate(lines) if "short test summary" in line)
    return lines[first:last]


def test_rows_fit_the_terminal_and_say_why_below(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = run(IMPORTS + LONG)
    result.assert_outcomes(failed=1)
    lines = section(result)
    assert max(map(len, lines[: lines.index("refused:")])) <= 80
    assert max(map(len, lines[lines.index("refused:") :])) < 250  # a key of 250 characters loses its middle there too
    assert not any("\x1b" in line for line in lines)
    result.stdout.fnmatch_lines(
        [
            "*GetObject*404*NoSuchKey",
            "refused:",
            "#* GetObject photos/frist: 404 NoSuchKey: The specified key does not exist. (Key: frist)",
            'why: the keys in photos: "first/k*k.jpg". Correct the key, or put it before: cos.put_object(*',
        ]
    )


def test_refusals_are_red_and_faults_yellow_where_pytest_has_colors(run: Run) -> None:
    result = run(IMPORTS + LONG, "--color=yes")
    rows = [line for line in section(result) if "photos/" in line and " 404 " in line and not line.startswith("#")]
    assert [line[:5] for line in rows] == ["\x1b[31m"]
    rows = [line for line in section(result) if " 503 " in line and "HeadObject" in line and not line.startswith("#")]
    assert [line[:5] for line in rows] == ["\x1b[33m"]
    fine = [line for line in section(result) if "HeadObject" in line and " 200" in line]
    assert len(fine) == 2
    assert not any("\x1b" in line for line in fine)


@pytest.mark.slow
def test_a_worker_of_xdist_has_no_terminal_and_no_colors(run: Run) -> None:
    result = run(IMPORTS + LONG, "-n", "1")
    assert not any("\x1b" in line for line in section(result))
    result.stdout.fnmatch_lines(["refused:", "#* GetObject photos/frist: 404 NoSuchKey*"])


def test_open_uploads_are_reported_with_short_names(run: Run) -> None:
    text = """
def test_it(fakecos):
    fakecos.create_bucket("photos")
    upload = fakecos.start_upload("photos", "first/" + "k" * 240 + ".jpg", [b"1"])
    print("id", upload.upload_id)
"""
    result = run(IMPORTS + text, "-s")
    result.assert_outcomes(passed=1, warnings=1)
    (upload_id,) = re.findall(r"^.*\.py id (\S+)$", str(result.stdout), re.MULTILINE)
    lines = [line for line in result.stdout.lines if "upload id" in line]
    assert len(lines) == 1
    assert f"upload id {upload_id[:8]}…" in lines[0]
    assert upload_id not in lines[0]
    assert len(lines[0]) < 160

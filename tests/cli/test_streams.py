"""A command whose reader goes away, a command that is interrupted, and colours where they are wanted."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from fakecos.cli import migrate_from_moto, streams
from fakecos.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

UPLOADS = """
import boto3
boto3.client("s3").put_object(Bucket="photos", Key="a", Body=b"1")
for number in range(5000):
    print(number)
"""
WAITS = """
import sys, time
import boto3
boto3.client("s3").put_object(Bucket="photos", Key="a", Body=b"1")
open("ready", "w").close()
time.sleep(60)
"""
posix = pytest.mark.skipif(os.name != "posix", reason="needs a shell")


def in_shell(folder: Path, command: str, **variables: str) -> tuple[int, str]:
    """Run `fakecos` as $0 in a pipe whose reader goes away; return its exit code, and what it says on stderr."""
    (folder / "script.py").write_text(UPLOADS)
    fakecos = f'"$0" -m fakecos {command}'
    done = subprocess.run(
        ["/bin/sh", "-c", f"({fakecos}; echo $? > code) | (exec <&-; sleep 0)", sys.executable],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **variables},
    )
    return int((folder / "code").read_text()), done.stderr


@posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "command",
    [
        "run --bucket photos script.py",
        "explore --bucket photos --failures SlowDown --no-crashes script.py",
        "--help",
        "run --help",
    ],
)
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, command: str, unbuffered: str) -> None:
    _, err = in_shell(tmp_path, command, PYTHONUNBUFFERED=unbuffered)
    assert "BrokenPipe" not in err
    assert "Traceback" not in err
    assert "Exception ignored" not in err
    assert ("bucket photos: 1 object, 1 byte" in err) is command.startswith("run --bucket")


@posix
def test_a_program_whose_reader_goes_away_ends_with_pythons_own_code(tmp_path: Path) -> None:
    # source: "Note on SIGPIPE" in the documentation of Python's signal
    code, _ = in_shell(tmp_path, "run --bucket photos script.py", PYTHONUNBUFFERED="1")
    assert code == 1


@posix
def test_another_broken_pipe_of_the_program_is_shown(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text("import os\nread, write = os.pipe()\nos.close(read)\nos.write(write, b'1')\n")
    command = [sys.executable, "-m", "fakecos", "run", "script.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "BrokenPipeError" in done.stderr


@posix
@pytest.mark.parametrize("words", [["run"], ["explore", "--no-crashes"]])
def test_ctrl_c_ends_a_command_with_130(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "script.py").write_text(WAITS)
    command = [sys.executable, "-m", "fakecos", *words, "--bucket", "photos", "script.py"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            while not (tmp_path / "ready").exists() and process.poll() is None:
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == 130, err
    assert out == ""
    assert "fakecos/" not in err  # none of our frames
    if words == ["run"]:
        assert "KeyboardInterrupt\n" in err  # as Python shows it
        assert "bucket photos: 1 object, 1 byte" in err
    else:
        assert err == ""


def test_ctrl_c_while_files_are_rewritten_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(migrate_from_moto, "main", interrupted)
    with pytest.raises(SystemExit) as end:
        main(["migrate-from-moto", "x.py"])
    assert end.value.code == 130
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("variables", "is_terminal", "colours"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": ""}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, True, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, True),
    ],
)
def test_colours_are_shown_where_they_are_wanted(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], is_terminal: bool, colours: bool
) -> None:
    # source: no-color.org, force-color.org
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("WT_SESSION", "1")  # on Windows, a terminal that knows colours
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: is_terminal)
    assert streams.has_colours(stream) is colours

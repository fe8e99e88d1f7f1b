"""Mistakes on the command line: each row is what was written, and what must be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakecos.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "nowhere.py"], "'nowhere.py': there is no such file"),
        (["run", "--as-of", "2026-13-01", "PROGRAM"], "'2026-13-01' is no day: write it as 2026-03-31"),
        (["run", "--bucket", "My_Bucket", "PROGRAM"], "such as 'my-bucket'"),
        (["explore", "--failures", "SlowDwn", "PROGRAM"], "There is no failure 'SlowDwn'; did you mean SlowDown?"),
        (["explore", "--depth", "0", "PROGRAM"], "it is a whole number from 1 on"),
    ],
)
def test_the_message_says_what_to_write(
    words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "program.py"
    program.write_text("")
    with pytest.raises(SystemExit) as end:
        raise SystemExit(main([str(program) if word == "PROGRAM" else word for word in words]))
    assert end.value.code
    assert message in capsys.readouterr().err

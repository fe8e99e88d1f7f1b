"""The option that writes the policy which a program needs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fakecos.cli.option_values import new_file

if TYPE_CHECKING:
    import argparse

    from fakecos.fake import FakeCOS

STDOUT = "-"


def add_option(command: argparse.ArgumentParser) -> None:
    """Add it to a command."""
    command.add_argument(
        "--required-policy",
        type=_file_or_stdout,
        metavar="FILE",
        help="write the smallest IAM policy of what was asked as JSON; - prints it",
    )


def _file_or_stdout(text: str) -> str:
    return text if text == STDOUT else new_file(text)


def write(cos: FakeCOS, path: str) -> None:
    """Write the policy of what was asked of a fake. OSError: it cannot be written; UsageError: there can be none."""
    text = json.dumps(cos.required_policy(), indent=2, ensure_ascii=path == STDOUT) + "\n"
    if path == STDOUT:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        Path(path).write_text(text, encoding="utf-8")

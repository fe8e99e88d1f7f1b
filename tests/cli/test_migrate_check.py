"""`fakecos migrate-from-moto --check`: its exit code tells what would change from what is left to be done by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakecos.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

CHANGES = """
import boto3
from moto import mock_aws

@mock_aws
def test_a():
    boto3.client("s3").create_bucket(Bucket="photos")
"""
LEFT = """
import boto3
from moto import mock_aws

@mock_aws
def test_a():
    boto3.client("sqs").list_queues()
"""
NOTHING = "def test_a():\n    pass\n"


def checked(folder: Path, *texts: str) -> int:
    """Return the exit code for files with these texts, all of which stay as they are."""
    for number, text in enumerate(texts):
        (folder / f"test_{number}.py").write_text(text)
    with pytest.raises(SystemExit) as end:
        main(["migrate-from-moto", "--check", str(folder)])
    assert [(folder / f"test_{number}.py").read_text() for number in range(len(texts))] == list(texts)
    assert isinstance(end.value.code, int)
    return end.value.code


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ([NOTHING], 0),
        ([], 0),
        ([CHANGES], 1),
        ([LEFT], 3),
        ([NOTHING, LEFT], 3),
        ([CHANGES, LEFT, NOTHING], 1),
        (["def test_a(:\n", CHANGES], 2),
    ],
    ids=["nothing to do", "no file", "would change", "only left", "one is left", "some of each", "cannot be read"],
)
def test_the_exit_code_says_what_there_is_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], texts: list[str], code: int
) -> None:
    assert checked(tmp_path, *texts) == code
    out, err = capsys.readouterr()
    assert out == ""  # no difference is shown
    assert ("would change" in err) is (CHANGES in texts)
    assert (": left, " in err) is (LEFT in texts)

"""Every Python example of the tutorial and the how-tos runs, in the order in which the page shows them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "docs" / "tutorial.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]

UPLOADER = """
def upload_with(client, data, bucket, key):
    client.put_object(Bucket=bucket, Key=key, Body=data)

def upload(data, bucket, key):
    upload_with(boto3.client("s3"), data, bucket, key)
"""
GIVEN = {"unit-test-an-uploader.md": f"import boto3\nfrom fakecos import FakeCOS\n{UPLOADER}"}
"""What a page takes for granted: imports that it does not repeat, and the reader's own uploader."""


def blocks(page: Path) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", page.read_text(), flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)], ids=lambda page: page.stem)
def test_the_examples_of_a_page_run(page: Path, tmp_path: Path) -> None:
    """A block that starts with `# name.py` opens that file; the others go on with the file before."""
    files = {"test_page.py": GIVEN.get(page.name, "")}
    name = "test_page.py"
    for block in blocks(page):
        opened = re.match(r"# (\w+\.py)\n", block)
        name = opened[1] if opened else name
        files[name] = files.get(name, "") + "\n\n" + block
    for file, text in files.items():
        (tmp_path / file).write_text(text)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider"),
            *("-p", "no:fakecos", "-p", "pytest_fakecos"),
            *(file for file in files if file.startswith("test_")),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((os.environ["PYTHONPATH"], str(tmp_path)))},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == pytest.ExitCode.OK, done.stdout + done.stderr
    shown = sum(block.count("def test_") for block in blocks(page))
    assert f"{shown} passed" in done.stdout

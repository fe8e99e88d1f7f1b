"""The way of one request through the package stays short: who follows it has few files to open."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parent.parent / "tools" / "walk.py"
MOST_FILES = 25


def test_an_upload_part_visits_few_files() -> None:
    done = subprocess.run(
        [sys.executable, str(TOOL), "upload_part"], capture_output=True, text=True, check=True, timeout=60
    )
    files = re.search(r"^(\d+) files, ", done.stdout, re.MULTILINE)
    assert files is not None
    assert 15 < int(files[1]) <= MOST_FILES
    assert "operations/multipart_upload.py" in done.stdout

"""The two forms of an exploration's report: one HTML file, and JSON that keeps to its schema."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from fakecos import FakeCOS
from fakecos.explore.html_report import LETTERS
from fakecos.explore.json_report import SCHEMA
from fakecos.explore.verdicts import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fakecos import Exploration

CHROMIUM = shutil.which("chromium")
KEY = "a&b <i>.bin"


@pytest.fixture
def exploration() -> Iterator[Exploration]:
    """One with findings, notes and an accepted finding, whose key has signs that HTML gives a meaning."""
    with FakeCOS() as cos:
        client: Any = cos.client()
        cos.create_bucket("photos")

        def act() -> None:
            named: dict[str, Any] = {"Bucket": "photos", "Key": KEY}
            named["UploadId"] = client.create_multipart_upload(**named)["UploadId"]
            part = client.upload_part(**named, PartNumber=1, Body=b"holiday")
            parts = [{"PartNumber": 1, "ETag": part["ETag"]}]
            client.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})
            with contextlib.suppress(client.exceptions.ClientError):
                client.put_object(Bucket="photos", Key="index", Body=b"[]")

        yield cos.explore(act, depth=2, max_runs=150, allow=[("silent-loss", "best <effort>")], raise_findings=False)


@pytest.mark.slow
def test_the_json_keeps_to_its_schema(exploration: Exploration, tmp_path: Path) -> None:
    exploration.write_json(tmp_path / "report.json")
    document = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert {finding["kind"] for finding in document["findings"]} == {"leaked-upload"}
    assert [finding["reason"] for finding in document["allowed"]] == ["best <effort>"]


@pytest.mark.slow
def test_the_schema_refuses_what_is_no_report(exploration: Exploration, tmp_path: Path) -> None:
    exploration.write_json(tmp_path / "report.json")
    document = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    del document["findings"][0]["schedule"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_every_kind_has_a_letter_of_its_own() -> None:
    assert LETTERS.keys() == KINDS.keys()
    assert len(set(LETTERS.values())) == len(LETTERS)


@pytest.mark.slow
def test_the_page_needs_no_network_and_shows_keys_as_text(exploration: Exploration, tmp_path: Path) -> None:
    exploration.write_html(tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"""(src|href)\s*=\s*["'](?!#)|@import|url\(""", page)
    assert "a&amp;b" in page
    assert "<i>" not in page


@pytest.mark.slow
def test_each_run_stands_on_the_page_once(exploration: Exploration, tmp_path: Path) -> None:
    exploration.write_html(tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    runs = re.findall(r'id="(run-\d+)"', page)
    assert len(runs) == len(set(runs)) == exploration.runs
    assert set(re.findall(r'href="#(run-\d+)"', page)) <= set(runs)


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
def test_a_browser_opens_the_run_that_a_cell_leads_to(exploration: Exploration, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    exploration.write_html(path)
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom"]
    shown = subprocess.run([*command, f"{path.as_uri()}#run-3"], capture_output=True, text=True, check=True).stdout
    assert re.findall(r'<details class="run" id="(run-\d+)" open', shown) == ["run-3"]

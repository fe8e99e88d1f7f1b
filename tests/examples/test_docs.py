"""Every example of the docs is a file of docs/examples: the pages show pieces of it, and here it runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
EXAMPLES = DOCS / "examples"
PAGES = [ROOT / "README.md", *sorted(path for path in DOCS.rglob("*.md") if path.parent.name != "reference")]
CLIENTS = EXAMPLES / "server_clients"  # run by tests/serving/test_clients.py, where they are installed
FOLDERS = sorted({path.parent for path in EXAMPLES.glob("*/test_*.py")} - {CLIENTS})
SHOWN = re.compile(r"(?:<!-- (examples/\S+\.py) -->\n)?^```python\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
OTHERS = re.compile(r"<!-- (examples/\S+) -->\n```(?!python\n)\w+\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
"""Blocks in other languages than Python, each with the file that it says it is from."""
NEEDED = {"migrate": ["moto"], "moto": ["moto"], "s3fs": ["s3fs"], "asyncio": ["aiobotocore", "pytest_asyncio"]}
NEEDED["select"] = ["sqlglot"]
ZEROS = 12 * 1024 * 1024
ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""The plugins of the tests' environment take a second to load, in every process."""


def pieces(page: Path) -> list[tuple[str, str]]:
    """Return the Python blocks of a page, each with the file that it says it is from."""
    text = page.read_text()
    return [(match[1] or "", match[2]) for match in SHOWN.finditer(text)]


IBM_DEPRECATION = "ignore:datetime.datetime.utcnow() is deprecated:DeprecationWarning"  # ibm_botocore, Python 3.12


def run(*words: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join((os.environ["PYTHONPATH"], str(cwd)))
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def run_pytest(folder: Path, *options: str) -> str:
    asyncio = () if folder.name == "asyncio" else ("-p", "no:asyncio")
    plugins = ("-p", "no:cacheprovider", *asyncio, "-p", "no:fakecos", "-p", "pytest_fakecos")
    words = ("-m", "pytest", "-q", "-W", "error", "-W", IBM_DEPRECATION, *plugins, *options)
    done = run(*words, cwd=folder, **({} if asyncio == () or "-n" in options else ALONE))
    assert done.returncode == pytest.ExitCode.OK, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("page", [page for page in PAGES if pieces(page)], ids=lambda page: page.stem)
def test_every_block_of_python_is_a_piece_of_an_example(page: Path) -> None:
    for name, block in pieces(page):
        file = DOCS / (name or "examples/test_another_key.py")  # README names no file: tests/examples/test_readme.py
        assert name or page.name == "README.md", f"{page.name} shows code of no file:\n{block}"
        assert block.strip("\n") in file.read_text(), f"{page.name} does not show what stands in {name}:\n{block}"


def test_blocks_in_other_languages_are_pieces_of_examples_too() -> None:
    shown = [match.groups() for page in PAGES for match in OTHERS.finditer(page.read_text())]
    assert shown
    for name, block in shown:
        assert block.strip("\n") in (DOCS / name).read_text(), f"this does not stand in {name}:\n{block}"


def test_every_example_is_shown_or_linked() -> None:
    texts = [page.read_text() for page in PAGES]
    for file in (found for ending in ("py", "rb", "pl", "sh") for found in EXAMPLES.rglob(f"*.{ending}")):
        name = file.relative_to(DOCS).as_posix()
        assert any(name in text for text in texts) or file.name == "test_another_key.py", f"no page shows {name}"


IMPORT = re.compile(r"^(?:import|from) .+$", flags=re.MULTILINE)


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "README.md"], ids=lambda page: page.stem)
def test_who_copies_a_piece_finds_its_imports(page: Path) -> None:
    shown = pieces(page)
    for name in dict(shown):
        imports = IMPORT.findall((DOCS / name).read_text())
        blocks = [block for file, block in shown if file == name]
        if not all(any(line in block for block in blocks) for line in imports):
            link = f"]({os.path.relpath(DOCS / name, page.parent)})"
            assert link in page.read_text(), f"{page.name} shows {name} without its imports, and has no link to it"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_examples_pass(folder: Path) -> None:
    for needed in NEEDED.get(folder.name, ()):
        pytest.importorskip(needed)
    tests = sum(file.read_text().count("def test_") for file in folder.glob("test_*.py"))
    passed = re.search(r"(\d+) passed", run_pytest(folder))
    assert passed is not None
    assert int(passed[1]) >= tests


@pytest.mark.slow
def test_the_workers_of_xdist_have_fakes_of_their_own() -> None:
    pytest.importorskip("xdist")
    assert "4 passed" in run_pytest(EXAMPLES / "processes", "-n", "2", "test_workers.py")


@pytest.mark.slow
def test_the_tutorials_test_finds_the_upload_that_is_left_open(tmp_path: Path) -> None:
    """The page asks the reader to delete the line that aborts."""
    lines = (EXAMPLES / "tutorial" / "uploader.py").read_text().splitlines(keepends=True)
    (tmp_path / "uploader.py").write_text("".join(line for line in lines if "abort_multipart_upload" not in line))
    (tmp_path / "test_uploader.py").write_text((EXAMPLES / "tutorial" / "test_uploader.py").read_text())
    done = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:fakecos", "-p", "pytest_fakecos", cwd=tmp_path)
    assert "FAILED test_uploader.py::test_a_failed_upload_is_aborted" in done.stdout
    assert "1 failed" in done.stdout


def test_run_a_script_shows_the_report_to_the_letter(tmp_path: Path) -> None:
    """The page's file is all zeros, so that every digest in the report is the same for everyone."""
    page = (DOCS / "how-to" / "run-a-script.md").read_text()
    output, report, *_ = re.findall(r"^```text\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    (tmp_path / "holiday.mp4").write_bytes(bytes(ZEROS))
    script = str(EXAMPLES / "upload_in_parts.py")
    done = run("-m", "fakecos", "run", "--bucket", "photos", script, "holiday.mp4", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == output
    assert done.stderr.partition("--- fakecos")[2] == report.partition("--- fakecos")[2]


def test_the_line_for_moto_is_the_one_that_fakecos_quotes() -> None:
    from fakecos.clients.botocore.moto import MOCK_AWS

    page = (DOCS / "how-to" / "use-beside-moto.md").read_text()
    assert f"```text\n@{MOCK_AWS}\n```" in page
    assert f"@{MOCK_AWS}\n" in (EXAMPLES / "moto" / "test_beside_moto.py").read_text()

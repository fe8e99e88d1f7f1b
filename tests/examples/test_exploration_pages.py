"""The pages about explorations show what is printed, to the letter: each line of a block comes from a real report."""

from __future__ import annotations

import importlib.util
import logging
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos import ExplorationError, FakeCOS, Limits
from fakecos.cli import main as cli
from fakecos.explore.findings import ADVICE, PAGES
from fakecos.explore.verdicts import KINDS

if TYPE_CHECKING:
    from types import ModuleType

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parent.parent.parent / "docs"
EXAMPLES = DOCS / "examples"
BLOCK = re.compile(r"^```text\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
TIME = re.compile(r"\d\d:\d\d:\d\d")
ID = re.compile(r"\S{8}…")
URL = re.compile(r'endpoint URL: ".*"\.')
STEPS = [("uploader_1", 1), ("uploader_2", 1), ("uploader_3", 1), ("uploader_4", 2), ("uploader", 1)]


def load(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"shown_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shown(page: Path) -> list[str]:
    return BLOCK.findall(page.read_text())


def plain(text: str) -> str:
    """Return a report without what differs from run to run: times and ids."""
    return ID.sub("id", URL.sub("endpoint URL: ...", TIME.sub("12:00:00", text)))


def require_lines(block: str, report: str) -> None:
    """Assert that each line of a block is one of the report."""
    lines = plain(report).splitlines()
    missing = [line for line in plain(block).splitlines() if line not in lines]
    assert not missing, f"{missing} is not in\n{plain(report)}"


def test_each_kind_has_a_page_and_its_advice_names_it() -> None:
    """Source: issue 13, section 2: advice with a link to the how-to of that kind."""
    assert PAGES.keys() == KINDS.keys() == ADVICE.keys()
    for kind, name in PAGES.items():
        assert f"`{kind}`" in (DOCS / "how-to" / f"{name}.md").read_text()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_shows_what_its_wrong_program_prints(kind: str) -> None:
    module = load(EXAMPLES / "explore" / f"test_{kind.replace('-', '_')}.py")
    wrong = next(value for name, value in vars(module).items() if name.startswith("test_"))
    logging.disable()
    try:
        with FakeCOS(limits=Limits(min_part_size=1)) as cos:
            cos.create_bucket("box")
            seen: list[str] = []
            explore = cos.explore

            def note(*args: Any, **kwargs: Any) -> None:
                try:
                    explore(*args, **kwargs)
                except ExplorationError as error:
                    seen.append(str(error))
                    raise

            cos.explore = note  # type: ignore[assignment, method-assign]
            wrong(cos, cos.client())
    finally:
        logging.disable(logging.NOTSET)
    (block,) = shown(DOCS / "how-to" / f"{PAGES[kind]}.md")
    require_lines(block, seen[0].replace(f"{EXAMPLES / 'explore'}/", ""))


def test_the_tutorial_shows_what_each_step_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = shown(DOCS / "tutorial-exploring.md")
    assert len(blocks) == len(STEPS)
    for block, (name, depth) in zip(blocks, STEPS, strict=True):
        module = load(EXAMPLES / "tutorial_explore" / f"{name}.py")
        monkeypatch.setattr(module, "PART", 4)
        with FakeCOS(limits=Limits(min_part_size=1)) as cos:
            cos.create_bucket("films")
            cos.put_object("films", "holiday", b"the old film")
            s3 = boto3.client("s3", "us-east-1")
            act = partial(module.upload, s3, b"new film", "films", "holiday")
            found = cos.explore(act, depth=depth, raise_findings=False)
        require_lines(block, str(found).replace(f"{EXAMPLES / 'tutorial_explore'}/", ""))


def test_explore_a_program_shows_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = shown(DOCS / "how-to" / "explore-a-program.md")
    with pytest.raises(SystemExit, match="1"):
        cli.main(["explore", "--bucket", "numbers", str(EXAMPLES / "explore" / "nightly.py")])
    require_lines(block, capsys.readouterr().out)

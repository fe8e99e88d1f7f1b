"""The page about JavaScript shows pieces of examples that `nox -s javascript` runs."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = DOCS / "how-to" / "javascript.md"
SHOWN = re.compile(r"(?:<!-- (examples/\S+\.mjs) -->\n)?^```js\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def test_every_block_is_a_piece_of_an_example() -> None:
    blocks = [(match[1], match[2]) for match in SHOWN.finditer(PAGE.read_text())]
    assert blocks
    for name, block in blocks:
        assert name, f"the page does not say from which file this is:\n{block}"
        assert block.strip("\n") in (DOCS / name).read_text(), f"the page does not show what stands in {name}:\n{block}"


def test_every_example_is_shown_or_linked() -> None:
    text = PAGE.read_text()
    examples = {file for file in (DOCS / "examples" / "javascript").glob("*.mjs") if file.stem != "global_setup.test"}
    assert examples
    assert not [file.name for file in examples if f"examples/javascript/{file.name}" not in text]

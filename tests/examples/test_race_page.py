"""The page about races shows what its program prints, to the letter."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import boto3
import pytest

from fakecos import FakeCOS, RaceError
from fakecos.race.kinds import ADVICE, KINDS

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_each_kind_of_finding_has_its_advice() -> None:
    """Source: issue 15, section 5."""
    assert ADVICE.keys() == KINDS.keys()


@pytest.mark.slow
def test_the_page_shows_what_its_wrong_program_prints() -> None:
    page = (DOCS / "how-to" / "two-writers.md").read_text()
    (block,) = re.findall(r"^```text\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    spec = importlib.util.spec_from_file_location("shown", DOCS / "examples" / "race" / "test_lost_update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with FakeCOS() as cos:
        cos.create_bucket("box")
        cos.put_object("box", "count", "0")
        s3 = boto3.client("s3", "us-east-1")

        def deliver() -> None:
            module.add(s3, 5)

        def sell() -> None:
            module.add(s3, -3)

        with pytest.raises(RaceError) as raised:
            cos.race(deliver, sell)
    printed = str(raised.value).strip().splitlines()
    assert printed[:-1] == block.splitlines(), "all but the advice"

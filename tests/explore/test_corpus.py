"""The corpus: each faulty program is found out, with a finding of its own kind, and nothing is found in a right one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos import Exploration, FakeCOS, Limits
from tests.explore.corpus import conditions, lists, reads, right, uploads, writes
from tests.explore.corpus.program import BUCKET, FAULTY, RIGHT, Place, Row

if TYPE_CHECKING:
    from pathlib import Path

MODULES = (conditions, lists, reads, right, uploads, writes)
"""They fill the tables."""


def cases(rows: list[Row]) -> list[Any]:
    """Return the rows as cases by their names."""
    return [pytest.param(row, id=row.name, marks=[pytest.mark.slow] if row.is_slow else []) for row in rows]


def explored(row: Row, folder: Path, depth: int) -> Exploration:
    """Return what an exploration of a program finds."""
    with FakeCOS(limits=Limits(min_part_size=1)) as cos:
        cos.create_bucket(BUCKET)
        program = row.build(Place(cos, boto3.client("s3", "us-east-1"), folder))
        if program.is_async:
            return asyncio.run(
                cos.explore_async(
                    program.act, check=program.check, recover=program.recover, depth=depth, raise_findings=False
                )
            )
        return cos.explore(program.act, check=program.check, recover=program.recover, depth=depth, raise_findings=False)


@pytest.mark.parametrize("row", cases(FAULTY))
def test_the_fault_is_found(row: Row, tmp_path: Path) -> None:
    """Source: the docstring of the program."""
    found = explored(row, tmp_path, row.depth)
    kinds = {finding.kind for finding in found.findings}
    assert row.kind in kinds, str(found)
    assert kinds <= row.also, str(found)


@pytest.mark.parametrize("row", cases(RIGHT))
def test_nothing_is_found_in_a_right_program(row: Row, tmp_path: Path) -> None:
    """Source: our own promise, since false alarms kill such a tool."""
    found = explored(row, tmp_path, row.depth)
    assert found.runs >= 10
    assert not found.findings, str(found)


def test_the_corpus_is_as_large_as_promised() -> None:
    """Source: issue 13: thirty faults that are known from public reports, and ten right programs."""
    assert len(FAULTY) >= 30
    assert len(RIGHT) >= 10
    assert all("/" in row.source for row in FAULTY)

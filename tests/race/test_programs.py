"""Known races are found, with the smallest order that shows them; right programs have no findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakecos import FakeCOS, Limits
from tests.race.programs import BUCKET, RACES, RIGHT, Program

if TYPE_CHECKING:
    from fakecos import Race


def raced(program: Program, **keywords: object) -> Race:
    with FakeCOS(limits=Limits(min_part_size=1)) as cos:
        cos.create_bucket(BUCKET)
        actors = program.prepare(cos, cos.client())
        return cos.race(*actors, raise_findings=False, **keywords)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", RACES)
def test_a_known_race_is_found_with_its_smallest_order(name: str) -> None:
    program = RACES[name]
    race = raced(program)
    assert (program.kind, program.order) in [(finding.kind, finding.schedule) for finding in race.findings]


@pytest.mark.parametrize("name", RACES)
def test_its_order_shows_it_again(name: str) -> None:
    program = RACES[name]
    race = raced(program, replay=program.order)
    assert program.kind in [finding.kind for finding in race.findings]
    assert race.schedules == [program.order]


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_program_has_no_finding(name: str) -> None:
    race = raced(RIGHT[name])
    assert [str(finding) for finding in race.findings] == []
    assert race.runs >= 1


@pytest.mark.slow
@pytest.mark.parametrize("name", [*RACES, *RIGHT])
def test_reduction_loses_no_finding(name: str) -> None:
    program = {**RACES, **RIGHT}[name]
    every = raced(program, reduce=False, max_runs=2000)
    reduced = raced(program)
    assert {finding.kind for finding in reduced.findings} == {finding.kind for finding in every.findings}
    assert reduced.runs <= every.runs

"""Programs of released libraries: their smallest policies, proved, where the libraries are (nox -s programs)."""

from __future__ import annotations

import importlib.util
import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.required_policy.programs import PROGRAMS, Program, prepare
from tests.support.least_privilege import prove

if TYPE_CHECKING:
    from fakecos import FakeCOS

MISSING = os.environ.get("FAKECOS_PROGRAMS") == "all"
"""Whether each must be there, so that nothing is skipped unseen."""


@pytest.mark.slow
@pytest.mark.loopback
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_the_smallest_policy_of_a_program_suffices_and_is_minimal(program: Program) -> None:
    lacking = [name for name in program.imports if importlib.util.find_spec(name) is None]
    if lacking:
        assert not MISSING, f"{', '.join(lacking)} is not installed"
        pytest.skip(f"{', '.join(lacking)} is not installed")

    def act(cos: FakeCOS, _: Any) -> None:
        program.act(cos)

    assert prove(act, prepare, closes=True)["Statement"]

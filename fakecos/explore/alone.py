"""An exploration or a race holds the clock of the process and stands around the pipeline: one of them at a time."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from fakecos.facts.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.service.service import Service

EXPLORE, RACE = "explore", "race"
_NAMES = {EXPLORE: "one exploration", RACE: "one race"}
_going_on: list[str] = []


@contextlib.contextmanager
def alone(what: str) -> Iterator[None]:
    """Note that one goes on."""
    _going_on.append(what)
    try:
        yield
    finally:
        _going_on.remove(what)


def require_free(what: str, service: Service, advice: str) -> None:
    """Refuse to begin while another one goes on, or while faults are set. UsageError: it ends with `advice`."""
    if _going_on:
        inside = _going_on[-1]
        message = f"{what} inside {inside}: {_NAMES[inside]} holds the clock of the process. End it first."
        raise UsageError(message)
    faults = getattr(service.wrapper, "faults", ())
    if any(not fault.is_cancelled for fault in faults):
        raise UsageError(advice)

"""What the control door controls: one fake, the faults that it numbered, and the snapshots that it keeps."""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING, Any, Protocol

from fakecos.faults.api import InjectedFaults

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping

    from fakecos.faults.schedule import Fault
    from fakecos.model.snapshot import Snapshot
    from fakecos.model.store import Store
    from fakecos.service.events import Events
    from fakecos.service.journal import Journal
    from fakecos.service.service import Service

KEPT = 100
"""Snapshots that are kept, the last ones."""


class Controllable(Protocol):
    """What the door needs of a fake: the words that a test in Python has."""

    @property
    def store(self) -> Store:
        """Everything that is stored."""

    @property
    def journal(self) -> Journal:
        """The requests that came."""

    @property
    def events(self) -> Events:
        """What S3 would have sent."""

    @property
    def errors(self) -> list[Exception]:
        """What was raised to the code under test and is no answer of S3."""

    def reset(self) -> None:
        """Forget what is stored, the requests that came, access points and faults."""

    @property
    def advance(self) -> Callable[..., None]:
        """Let time pass."""

    @property
    def inject(self) -> Callable[..., Fault]:
        """Let requests fail."""

    @property
    def create_bucket(self) -> Callable[..., object]:
        """Create a bucket by hand."""

    @property
    def corrupt_stored(self) -> Callable[..., None]:
        """Turn round one bit of what is stored."""

    def snapshot(self) -> Snapshot:
        """Return what is stored now."""

    def restore(self, snapshot: Snapshot) -> None:
        """Store what was stored at a snapshot."""


class Controlled:
    """One fake behind a control door. `endpoint_url` is where it answers S3; `asked` the JSON that set a fault."""

    def __init__(self, cos: Controllable, service: Service, endpoint_url: str) -> None:
        self.cos = cos
        self.endpoint_url = endpoint_url
        self.asked: MutableMapping[Fault, Mapping[str, Any]] = weakref.WeakKeyDictionary()
        self._snapshots: dict[str, Snapshot] = {}
        self._service = service
        self._lock = threading.Lock()
        self._numbered: dict[int, Fault] = {}
        self._last = 0
        self._taken = 0

    def faults(self) -> dict[int, Fault]:
        """Return every fault that is set and was not cancelled, by its number; those set in Python have one too."""
        with self._lock:
            every = InjectedFaults(self._service).every()
            known = {id(fault): number for number, fault in self._numbered.items()}
            numbered: dict[int, Fault] = {}
            for fault in every:
                number = known.get(id(fault))
                if number is None:
                    number = self._last = self._last + 1
                numbered[number] = fault
            self._numbered = numbered
            return {number: fault for number, fault in sorted(numbered.items()) if not fault.is_cancelled}

    def number_of(self, fault: Fault) -> int:
        """Return the number of a fault that was just set."""
        return next((number for number, other in self.faults().items() if other is fault), 0)  # 0: a reset came since

    def keep(self, name: str | None) -> tuple[str, Snapshot]:
        """Take a snapshot and keep it under a name, made if none is given; one of the same name is replaced."""
        taken = self.cos.snapshot()
        with self._lock:
            self._taken += 1
            name = name or f"snapshot-{self._taken}"
            self._snapshots.pop(name, None)
            self._snapshots[name] = taken
            if len(self._snapshots) > KEPT:
                del self._snapshots[next(iter(self._snapshots))]
        return name, taken

    def kept(self) -> dict[str, Snapshot]:
        """Return the snapshots by their names, the last one at the end."""
        with self._lock:
            return dict(self._snapshots)

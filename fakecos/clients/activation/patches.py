"""Attributes replaced for a while, and put back exactly.

An exception may come between any two lines: Ctrl-C, or the signal of a time-out. So each change is noted before it is
made, and undoing compares: it may be repeated, and finishes then what was broken off.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.clients.activation.locking import locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, MutableMapping

ABSENT: Any = object()
"""Stands for a value that is not there: putting it back means to delete the name."""


_locked = locked(lambda patches: patches._lock)


class _Patch(NamedTuple):
    owner: Any
    name: str
    original: Any
    replacement: Any


class Patches:
    """Replaced attributes of classes and modules, all undone together.

    An attribute that somebody else replaced on top of ours is left to them: what they keep below theirs
    passes through to the original when no fake is active.
    """

    def __init__(self) -> None:
        self._patches: dict[tuple[int, str], _Patch] = {}
        self.rearm()

    def rearm(self) -> None:
        """Make a new lock: one that was held by another thread at a fork is never released in the child."""
        # A leaf lock: nothing is imported and nothing else is locked while it is held.
        self._lock = threading.RLock()

    @_locked
    def replace(self, owner: Any, name: str, make: Callable[[Any], Any]) -> None:
        """Put `make(original)` in the place of `owner.name`; nothing happens when there is no such name."""
        original = vars(owner).get(name, ABSENT)
        if original is ABSENT or (id(owner), name) in self._patches:
            return
        replacement = make(original)
        self._patches[id(owner), name] = _Patch(owner, name, original, replacement)
        setattr(owner, name, replacement)

    @_locked
    def add(self, owner: Any, name: str, value: Any) -> None:
        """Put a value where there is no `owner.name`; nothing happens when there is one."""
        if vars(owner).get(name, ABSENT) is ABSENT:
            self._patches[id(owner), name] = _Patch(owner, name, ABSENT, value)
            setattr(owner, name, value)

    @_locked
    def undo(self) -> None:
        """Put everything back, the last first, each though another failed."""
        _put_back_all(iter(reversed(self._patches.values())))
        self._patches.clear()  # last: whoever was interrupted before does it all again


def _put_back_all(patches: Iterator[_Patch]) -> None:
    for patch in patches:
        try:
            _put_back(patch)
        except Exception:
            _put_back_all(patches)  # the others
            raise


def _put_back(patch: _Patch) -> None:
    owner, name, original, replacement = patch
    if vars(owner).get(name, ABSENT) is not replacement:
        return
    if original is ABSENT:
        delattr(owner, name)
    else:
        setattr(owner, name, original)


class Overlay:
    """`values` that hide those of one mapping; ABSENT hides a name by deleting it. `saved` is what each had before.

    Every other name that begins with one of `prefixes` is covered too: it was not there. Nothing changes before the
    overlay is added to the others.
    """

    __slots__ = ("place", "prefixes", "saved", "values")

    def __init__(
        self, place: MutableMapping[str, Any], values: Mapping[str, Any], prefixes: tuple[str, ...] = ()
    ) -> None:
        self.place = place
        self.values = values
        self.saved: dict[str, Any] = {name: place.get(name, ABSENT) for name in values}
        self.prefixes = prefixes

    def covers(self, name: str) -> bool:
        """Whether the name is put back when this overlay is the last to go."""
        return name in self.saved or name.startswith(self.prefixes)


class Overlays:
    """Overlays over any mappings (the environment, a module's names), removable in any order.

    Removing one below another hands its saved values up, so the last one to go restores the first state.
    What the code under test wrote in between to a covered name is undone with it.
    """

    def __init__(self) -> None:
        self._overlays: list[Overlay] = []

    def add(self, overlay: Overlay) -> None:
        """Lay one over all others: its values into its place.

        Names that begin with one of its prefixes are all in its values, or are not there now.
        """
        self._overlays.append(overlay)
        saved = overlay.saved
        for name, value in overlay.values.items():
            if value is not ABSENT or saved[name] is not ABSENT:  # a look into the environment costs microseconds
                _set(overlay.place, name, value)

    def remove(self, overlay: Overlay) -> None:
        """Remove one overlay, wherever it stands among the others; nothing happens if it is not there."""
        index = next((i for i, other in enumerate(self._overlays) if other is overlay), None)
        if index is None:
            return
        above = [other for other in self._overlays[index + 1 :] if other.place is overlay.place]
        written = None
        if overlay.prefixes:  # written since, to the place itself or to what an overlay above has saved
            written = {*overlay.place, *(name for other in above for name in other.saved)}
            fresh = (name for name in written if overlay.covers(name))
            overlay.saved = {**dict.fromkeys(fresh, ABSENT), **overlay.saved}
        for name, value in overlay.saved.items():
            heir = next((other for other in above if other.covers(name)), None)
            if heir is None:
                if value is not ABSENT or written is None or name in written:
                    _set(overlay.place, name, value)
            else:
                heir.saved[name] = value
        del self._overlays[index]  # last: whoever was interrupted before does it all again


def _set(place: MutableMapping[str, Any], name: str, value: object) -> None:
    if value is not ABSENT:
        place[name] = value
    elif name in place:
        del place[name]

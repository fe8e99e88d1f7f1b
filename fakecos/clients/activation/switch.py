"""The patches of all adapters, in the modules that are imported already or will be."""

from __future__ import annotations

import importlib
import sys
import weakref
from typing import TYPE_CHECKING

from fakecos.clients import adapters
from fakecos.clients.activation.import_hook import ImportHook
from fakecos.clients.activation.patches import Patches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    from fakecos.clients.base import Adapter, Patch


class Switch:
    """The patches that `patches_of` takes from each adapter; in place as long as anybody holds the switch on.

    Whoever holds it is noted before anything is patched; the caller, who has him in a list, calls `off` in any case.
    One that is freed before that, as a client is with the fake that it was attached to, holds it no more: the next `on`
    or `off` of anybody notices. The patches let all pass until then, and undone by the garbage collector, between any
    two lines and in any thread, they could wait for a lock of whom they interrupt.
    """

    def __init__(self, patches_of: Callable[[Adapter], Mapping[str, Patch]]) -> None:
        self._patches_of = patches_of
        self._holders: dict[int, weakref.ref[object]] = {}
        self._is_whole = False
        self._libraries: dict[str, dict[str, list[Patch]] | None] = {}
        self.patches = Patches()
        self._hook = ImportHook(self._is_patched, self._patch)

    def on(self, holder: object) -> None:
        """Let `holder` hold it on. If this fails, even half-way, `off` undoes it."""
        self._holders[id(holder)] = weakref.ref(holder)
        if self._is_whole:
            return
        self.patches.undo()  # what an `off` left that was interrupted
        self._libraries = dict.fromkeys(adapters.libraries())
        self._hook.install()
        for library in self._libraries:
            if library in sys.modules:
                self._patch_library(library)
        self._is_whole = True

    def off(self, holder: object) -> None:
        """Let `holder` let go of it; nothing happens while another holds it. It may be repeated, as after an error."""
        self._holders.pop(id(holder), None)
        if not self._is_held():
            self._is_whole = False
            self._hook.remove()
            self.patches.undo()

    def _is_held(self) -> bool:
        """Whether anybody holds it on who is there still."""
        self._holders = {number: found for number, found in self._holders.items() if found() is not None}
        return bool(self._holders)

    def _patch_library(self, library: str) -> None:
        for name in self._patches_in(library):
            if sys.modules.get(name) is not None:  # None forbids an import
                # Waits for a module that another thread is importing just now.
                self._patch(importlib.import_module(name))

    def _is_patched(self, name: str) -> bool:
        """Whether a module that is about to be imported is one that some adapter patches."""
        library = name.partition(".")[0]
        return library in self._libraries and name in self._patches_in(library)

    def _patch(self, module: ModuleType) -> None:
        name = module.__name__
        for patch in self._patches_in(name.partition(".")[0])[name]:
            patch(module, self.patches)

    def _patches_in(self, library: str) -> dict[str, list[Patch]]:
        """Return the patch functions by module, of all adapters of one library."""
        found = self._libraries[library]
        if found is None:
            # Already there while the adapters are imported: what they import asks the hook too.
            found = self._libraries[library] = {}
            try:
                for adapter in adapters.of_library(library):
                    for name, patch in self._patches_of(adapter).items():
                        if name.partition(".")[0] == library:
                            found.setdefault(name, []).append(patch)
            except BaseException:  # half a list would let the rest of the library escape
                self._libraries[library] = None
                raise
        return found

"""One import hook: a client library that is imported while a fake is active is patched on its way in."""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


class ImportHook(MetaPathFinder):
    """Finds nothing by itself: others find a module that is to be patched, and `patch` is called once it ran."""

    def __init__(self, is_patched: Callable[[str], bool], patch: Callable[[ModuleType], None]) -> None:
        self._is_patched = is_patched
        self._patch = patch

    def install(self) -> None:
        """Stand first, since a finder that finds ends the search. Twice is as once."""
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)

    def remove(self) -> None:
        """Leave no trace in `sys.meta_path`. Twice is as once."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a module that is patched through the other finders; None for any other name."""
        if not self._is_patched(fullname):
            return None
        finders = list(sys.meta_path)
        if self in finders:  # those before it were asked already, and one of them may be a hook like this
            finders = finders[finders.index(self) + 1 :]
        for finder in finders:
            find = getattr(finder, "find_spec", None)
            if find is None:
                continue
            spec: ModuleSpec | None = find(fullname, path, target)
            if spec is not None:
                if spec.loader is not None and hasattr(spec.loader, "exec_module"):
                    spec.loader = _PatchingLoader(spec.loader, self._patch)
                return spec
        return None


class _PatchingLoader(Loader):
    """A loader that gives its place to the real one before the module runs, so that no module keeps it."""

    def __init__(self, loader: Loader, patch: Callable[[ModuleType], None]) -> None:
        self._loader = loader
        self._patch = patch

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._patch(module)

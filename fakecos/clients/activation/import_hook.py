"""One import hook: a client library that is imported while a fake is active is patched on its way in."""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


class ImportHook(MetaPathFinder):
    """Finds nothing by itself: it lets the other finders find a watched module, and is told when it is loaded."""

    def __init__(self, watched: Collection[str], loaded: Callable[[ModuleType], None]) -> None:
        self._watched = frozenset(watched)
        self._loaded = loaded

    def install(self) -> None:
        """Stand first, since a finder that finds ends the search."""
        sys.meta_path.insert(0, self)

    def remove(self) -> None:
        """Leave no trace in `sys.meta_path`."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a watched module through the other finders; None for any other name."""
        if fullname not in self._watched:
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
                    spec.loader = _Listening(spec.loader, self._loaded)
                return spec
        return None


class _Listening(Loader):
    """A loader that steps aside before the module runs, so that no module keeps it."""

    def __init__(self, loader: Loader, loaded: Callable[[ModuleType], None]) -> None:
        self._loader = loader
        self._loaded = loaded

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._loaded(module)

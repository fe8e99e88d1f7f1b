"""All promises, by their files."""

from __future__ import annotations

import datetime as dt
import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from fakecos.contract import promises as areas
from fakecos.contract.promise import AS_OF, BEFORE, DIALECT, KNOWN, Promise

if TYPE_CHECKING:
    from types import ModuleType


@cache
def promises() -> tuple[Promise, ...]:
    """Return every promise, area by area, in the order in which they are written."""
    return tuple(made for area in area_names() for made in promises_of(area))


def area_names() -> list[str]:
    """Return the names of the areas."""
    return sorted(module.name for module in pkgutil.iter_modules(areas.__path__))


def promises_of(area: str) -> list[Promise]:
    """Return the promises of an area."""
    module = import_module(f"{areas.__name__}.{area}")
    before = tuple(each for _, each in _own(module, BEFORE))
    as_of = getattr(module, AS_OF, None)
    day = None if as_of is None else dt.date.fromisoformat(as_of)
    dialect = getattr(module, DIALECT, None)
    return [
        Promise(f"{area}.{name}", each, getattr(each, KNOWN), before, day, dialect)
        for name, each in _own(module, KNOWN)
    ]


def _own(module: ModuleType, marked: str) -> list[tuple[str, Any]]:
    """Return the functions that a module has of its own and that bear a mark."""
    return [
        (name, each)
        for name, each in vars(module).items()
        if hasattr(each, marked) and each.__module__ == module.__name__
    ]

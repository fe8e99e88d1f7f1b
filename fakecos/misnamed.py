"""Attributes and imports by a wrong name: an AttributeError, or ImportError, that has the right one.

All of it runs only where Python did not find the name.
"""

from __future__ import annotations

import sys
from enum import EnumMeta
from typing import TYPE_CHECKING, Any

from fakecos.facts.exceptions import UsageError
from fakecos.usage import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

IMPORTING = "_handle_fromlist"
"""The function of Python's import system that asks a package for a name; it passes on all but an AttributeError."""


class Named:
    """What says, for an attribute that it does not have, how the nearest one is called."""

    __slots__ = ()

    if not TYPE_CHECKING:  # a type checker would take every attribute for one of ours

        def __getattr__(self, name: str) -> Any:
            __tracebackhide__ = True
            raise attribute_error(self, name)


class NamedType(type):
    """The same for the attributes of a class itself, such as `Corrupt.flip`."""

    if not TYPE_CHECKING:

        def __getattr__(cls, name: str) -> Any:
            __tracebackhide__ = True
            raise attribute_error(cls, name)


class NamedEnum(EnumMeta):
    """The same for the members of an enumeration."""

    if not TYPE_CHECKING:

        def __getattr__(cls, name: str) -> Any:
            __tracebackhide__ = True
            found = cls.__dict__.get("_member_map_", {}).get(name)  # where Python 3.10 looks a member up
            if found is None:
                raise attribute_error(cls, name)
            return found


def attribute_error(owner: object, name: str, otherwise: str = "") -> AttributeError:
    """Return the error for an attribute that is not there; of private names only Python's own words.

    `otherwise`: what to say where no name of ours is meant.
    """
    kind = (owner if isinstance(owner, type) else type(owner)).__name__
    text = (
        f"{kind!r} has no attribute {name!r}"
        if isinstance(owner, type)
        else f"{kind!r} object has no attribute {name!r}"
    )
    if not name.startswith("_"):
        text += (
            _renamed(kind, name)
            or otherwise
            or did_you_mean(name, _public(owner))
            or f"; there are {', '.join(_alike(name, _public(owner)))}"
        )
    # An `obj` of its own keeps Python from adding a guess to ours.
    return AttributeError(text, name=name, obj=None)


def require_settable(owner: object, name: str, shown: str) -> None:
    """Refuse to set a public attribute by a wrong name, which Python would keep and nothing would ever read.

    `shown`: how the owner is written, such as `cos`. UsageError: what can be set.
    """
    kind = type(owner)
    if name.startswith("_") or hasattr(kind, name) or name in getattr(kind, "__annotations__", ()):
        return
    settable = [each for each in dir(kind) if getattr(getattr(kind, each, None), "fset", None) is not None]
    hint = did_you_mean(name, settable) or (f". What can be set: {', '.join(settable)}." if settable else ".")
    __tracebackhide__ = True
    message = f"{shown}.{name} = ...: there is no attribute {name!r} to set{hint}"
    raise UsageError(message)


def _renamed(kind: str, name: str) -> str:
    from fakecos.usage_hints import ATTRIBUTES

    known = ATTRIBUTES.get(kind, {}).get(name)
    return "" if known is None else f": here it is {known}"


def _alike(name: str, names: list[str]) -> list[str]:
    """Return the names that begin with the same word, such as `assert`; all where there are none."""
    word = f"{name.partition('_')[0]}_"
    return [each for each in names if each.startswith(word)] or names


def _public(owner: object) -> list[str]:
    if isinstance(owner, EnumMeta):
        return list(owner.__members__)
    return [each for each in dir(owner if isinstance(owner, type) else type(owner)) if not each.startswith("_")]


def module_error(
    module: str, name: str, public: Iterable[str], elsewhere: Callable[[], Mapping[str, str]]
) -> AttributeError | ImportError:
    """Return the error for a name that a module does not have: an ImportError where it was to be imported.

    Called by the module's `__getattr__`, whose caller says which it is: there Python drops an AttributeError's text.
    `elsewhere` returns, by name, what to write for what is found in another place.
    """
    text = f"module {module!r} has no attribute {name!r}"
    is_import = sys._getframe(2).f_code.co_name == IMPORTING  # noqa: SLF001  there is no other way to know
    if name.startswith("_") or (is_import and _is_module(f"{module}.{name}")):
        return AttributeError(text, name=name, obj=None)
    known = elsewhere().get(name)
    hint = did_you_mean(name, public) if known is None else f": write {known}"
    if is_import and hint:
        return ImportError(f"cannot import name {name!r} from {module!r}{hint}", name=module)
    return AttributeError(text + hint, name=name, obj=None)


def _is_module(name: str) -> bool:
    import importlib.util

    return importlib.util.find_spec(name) is not None

"""A mapping of views over what is stored, whose KeyError says what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from fakecos.testing.text import nearest

SHOWN = 20
"""How many values a repr shows."""

K = TypeVar("K", int, str)
V = TypeVar("V")


class NotThereError(KeyError):
    """Nothing of this name is there; the message names what is. A KeyError, as of any mapping."""

    __module__ = "fakecos"

    def __init__(self, noun: str, name: object, there: Iterable[object]) -> None:
        super().__init__(name)
        self._noun = noun
        self._there = list(there)

    def __str__(self) -> str:
        return f"no {self._noun} {self.args[0]!r}; {nearest(self.args[0], self._there, f'{self._noun}s')}"


class Lookup(Mapping[K, V]):
    """What a mapping holds, each value as a view. KeyError says what there is instead."""

    __slots__ = ("_held", "_noun", "_view")

    _held: Mapping[K, Any]

    def __init__(self, noun: str, held: Mapping[K, Any], view: Callable[[Any], V]) -> None:
        self._noun = noun
        self._held = held
        self._view = view

    def __getitem__(self, name: K) -> V:
        __tracebackhide__ = True
        if name not in self._held:
            raise NotThereError(self._noun, name, self._held)
        return self._view(self._held[name])

    def __iter__(self) -> Iterator[K]:
        return iter(list(self._held))  # a list, since another thread may store meanwhile

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, name: object) -> bool:
        return name in self._held

    def __repr__(self) -> str:
        names = list(islice(self._held, SHOWN))
        shown = [f"{name!r}: {self._view(held)!r}" for name in names if (held := self._held.get(name)) is not None]
        more = [f"... {len(self) - SHOWN:,} more"] if len(self) > SHOWN else []
        return "{" + ", ".join(shown + more) + "}"

"""A mapping whose keys can be walked in S3's order from any point, without touching the others.

S3 lists keys in the order of their UTF-8 bytes, which is the order of Python strings (code points).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Iterator

V = TypeVar("V")
T = TypeVar("T")
NAMED = 5
"""How many keys a repr names."""


class OrderedKeys(MutableMapping[str, V]):
    """Keys in byte order. Finding a place takes logarithmic time, and so does skipping over a prefix."""

    __slots__ = ("_keys", "_values", "get")
    if TYPE_CHECKING:  # it is the dictionary's own: the inherited one raises and catches an error for each miss

        @overload
        def get(self, key: str, default: None = None, /) -> V | None: ...

        @overload
        def get(self, key: str, default: V, /) -> V: ...

        @overload
        def get(self, key: str, default: T, /) -> V | T: ...

        def get(self, key: str, default: Any = None, /) -> Any:
            """Return a value, or `default`."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._values: dict[str, V] = {}
        self.get = self._values.get  # type: ignore[method-assign]

    def __copy__(self) -> OrderedKeys[V]:
        copied: OrderedKeys[V] = OrderedKeys()
        copied._keys = self._keys.copy()
        copied._values = self._values.copy()
        copied.get = copied._values.get  # type: ignore[method-assign]
        return copied

    def __getitem__(self, key: str) -> V:
        return self._values[key]

    def __setitem__(self, key: str, value: V) -> None:
        if key not in self._values:
            insort(self._keys, key)
        self._values[key] = value

    def __delitem__(self, key: str) -> None:
        del self._values[key]
        del self._keys[bisect_left(self._keys, key)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __repr__(self) -> str:
        first = ", ".join(repr(key) for key in self._keys[:NAMED])
        return f"<{len(self._keys):,}{': ' if first else ''}{first}{', ...' if len(self._keys) > NAMED else ''}>"

    def at(self, place: int) -> str | None:
        """Return the key at a place, None after the last."""
        return self._keys[place] if place < len(self._keys) else None

    def place_of(self, key: str) -> int:
        """Return the place of the first key that is `key` or after it."""
        return bisect_left(self._keys, key)

    def place_after(self, key: str) -> int:
        """Return the place of the first key after `key`."""
        return bisect_right(self._keys, key)

    def place_after_prefix(self, prefix: str) -> int:
        """Return the place of the first key after all that start with `prefix`."""
        length = len(prefix)
        return bisect_right(self._keys, prefix, key=lambda key: key[:length])

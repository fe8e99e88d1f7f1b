"""What an act of a library is, and the table of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fakecos import FakeCOS

    Function = Callable[[], Any]
    Build = Callable[["Place"], Function]

BUCKET = "box"
SMALL = 6
"""Bytes of a part, where the library lets us say so: the findings do not depend on it."""
MIB = 1024 * 1024
PART = 5 * MIB
"""Bytes of a part for the libraries that take no smaller one."""
OLD = b"what was there before"


class Place(NamedTuple):
    """Where an act runs: a fake with one bucket, and a folder on disk. `endpoint` is None unless it is served."""

    cos: FakeCOS
    folder: Path
    endpoint: str | None = None

    def put(self, key: str, body: bytes = OLD) -> None:
        """Store an object before the act."""
        self.cos.put_object(BUCKET, key, body)


class Act(NamedTuple):
    """One act of a library. `imports` is what has to be there for it; `text` says in words what it does."""

    library: str
    imports: str
    build: Build
    text: str
    dialect: str | None
    failures: str
    way: str

    @property
    def name(self) -> str:
        """Its name in a table."""
        return self.build.__name__


ACTS: list[Act] = []
FUNCTION, COROUTINE, SERVED = "function", "coroutine function", "served"


def act(
    library: str,
    imports: str | None = None,
    *,
    dialect: str | None = None,
    failures: str = "standard",
    way: str = FUNCTION,
) -> Callable[[Build], Build]:
    """Add an act to the table; its docstring is its text."""

    def add(build: Build) -> Build:
        text = (build.__doc__ or "").strip()
        ACTS.append(Act(library, imports or library.replace("-", "_"), build, text, dialect, failures, way))
        return build

    return add


def three_parts(size: int = PART) -> bytes:
    """Return the bytes of two whole parts and a small one."""
    return b"1" * size + b"2" * size + b"3"

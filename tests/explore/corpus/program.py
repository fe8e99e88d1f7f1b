"""What a program of the corpus is, and the two tables of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fakecos import FakeCOS

    Build = Callable[["Place"], "Program"]

BUCKET = "box"


class Place(NamedTuple):
    """Where a program runs: a fake with one bucket, a client, and a folder on disk."""

    cos: FakeCOS
    s3: Any
    folder: Path


class Program(NamedTuple):
    """What is given to `cos.explore`."""

    act: Callable[[], Any]
    check: Callable[..., object] | None = None
    recover: Callable[[], Any] | None = None
    is_async: bool = False


class Row(NamedTuple):
    """One program: what is wrong with it, at which depth that is found, and who reported such a fault."""

    name: str
    build: Build
    kind: str | None
    depth: int
    also: frozenset[str]
    """Other kinds that follow from the same fault."""
    is_slow: bool

    @property
    def source(self) -> str:
        """The docstring: the fault as a fact, and who reported it."""
        return self.build.__doc__ or ""


FAULTY: list[Row] = []
RIGHT: list[Row] = []


def faulty(kind: str, *, depth: int = 1, also: tuple[str, ...] = (), is_slow: bool = False) -> Callable[[Build], Build]:
    """Add a program with one fault to the table: findings of `kind`, and of no others but `also`."""

    def add(build: Build) -> Build:
        FAULTY.append(Row(build.__name__, build, kind, depth, frozenset({kind, *also}), is_slow))
        return build

    return add


def right(*, depth: int = 2, is_slow: bool = False) -> Callable[[Build], Build]:
    """Add a right program to the table: nothing is found in it up to `depth`."""

    def add(build: Build) -> Build:
        RIGHT.append(Row(build.__name__, build, None, depth, frozenset(), is_slow))
        return build

    return add

"""What is kept of one fake: that it was made, or that it is, or was, on."""

from __future__ import annotations

import contextlib
import os
import weakref
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pytest

    from fakecos import FakeCOS
    from fakecos.observers import Use

    Node = pytest.Item | pytest.Collector


class Made(NamedTuple):
    """A fake that was made and not used so far, by whom, and where."""

    fake: FakeCOS
    owner: Node | None
    path: str
    line: int

    @property
    def where(self) -> str:
        """File and line, as a person reads them."""
        path = self.path
        with contextlib.suppress(ValueError):  # on another drive
            path = os.path.relpath(path)
        return f"{path}:{self.line}"


class Watched:
    """A fake that is, or was, on.

    - `owner`: the test, class, module or session that started it; None: nobody of these.
    - `fixture`: the fixture that started it, "" if none did. `is_ours`: a fixture of the plugin made it and ends it.
    - `outer`: the fake that was on when it was started. `uses`: what it was used for.
    - `place`: file and line that started it.
    - `item`: the last test that used or stopped it. `before`: how many requests had come when the present test began.
    - `is_over`, `is_told`: it has stopped; what it left was told.
    """

    __slots__ = (
        *(
            "_kept",
            "_reference",
            "before",
            "fixture",
            "is_ours",
            "is_over",
            "is_told",
            "item",
            "outer",
            "owner",
            "place",
            "uses",
        ),
    )

    def __init__(self, fake: FakeCOS, owner: Node | None, fixture: str, *, is_ours: bool) -> None:
        self._reference = weakref.ref(fake)
        self._kept: FakeCOS | None = None
        self.owner = owner
        self.fixture = fixture
        self.is_ours = is_ours
        self.outer: Watched | None = None
        self.uses: set[Use] = set()
        self.place = ("", 0)
        self.item: pytest.Item | None = None
        self.before = 0
        self.is_over = False
        self.is_told = False

    @property
    def fake(self) -> FakeCOS | None:
        """The fake, None if it is gone."""
        return self._reference()

    def keep(self, fake: FakeCOS | None, item: pytest.Item | None) -> None:
        """Keep the fake for the report of a test; None lets go of it."""
        self._kept = fake
        self.item = item

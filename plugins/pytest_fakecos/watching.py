"""Which fakes there are, however they were started, and whose: the test's, or of a fixture that several tests share.

Every run imports this module, so it imports nothing of fakecos with itself. Once somebody imports fakecos, it is told
of each fake.
"""

from __future__ import annotations

import sys
import weakref
from typing import TYPE_CHECKING, Any

import pytest

from pytest_fakecos import beside, options
from pytest_fakecos.records import Made, Watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import Budget, FakeCOS
    from fakecos.observers import Settings, Use

    Node = pytest.Item | pytest.Collector

WATCH: pytest.StashKey[Watch] = pytest.StashKey()
NO_SUCH_BUCKET = "NoSuchBucket"
FIRST = "fakecos.fake"
"""The module that is imported before any fake is made."""
PACKAGES = frozenset({"fakecos", "pytest_fakecos"})
KEPT_STOPPED = 4
"""How many fakes that a test has stopped are kept for the report of a failure, the last ones."""
KEPT_UNUSED = 20


class Watch:
    """What one run of pytest knows of fakes: the observer of `fakecos.observers`."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._making: tuple[Node, str] | None = None
        self._watched: weakref.WeakKeyDictionary[FakeCOS, Watched] = weakref.WeakKeyDictionary()
        self.is_on = False
        self.is_whole = True
        self.session: pytest.Session | None = None
        self.item: pytest.Item | None = None
        self.fixtures: list[tuple[Node, str]] = []
        self.unused: list[Made] = []
        self._still_on: list[tuple[Node, Watched]] = []
        self._budget: Budget | None = None
        self.left: dict[Node | None, list[str]] = {}
        """Lines about the uploads that fakes left open which have stopped, by owner."""

    # --- on and off --------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Watch from now on, or from the moment when somebody imports fakecos."""
        if FIRST in sys.modules:
            self.begin_now()
        else:
            sys.meta_path.insert(0, _WhenImported(self))

    def begin_now(self) -> None:
        """Watch: fakecos is there."""
        from fakecos import observers

        observers.add(self)
        self.is_on = True

    def end(self) -> None:
        """Watch no more."""
        sys.meta_path[:] = [finder for finder in sys.meta_path if getattr(finder, "watch", None) is not self]
        if self.is_on:
            from fakecos import observers

            observers.remove(self)
            self.is_on = False

    # --- what fakes tell -----------------------------------------------------------------------------------

    def complete(self, settings: Settings) -> Settings:
        """Return dialect, as_of, limits and beside, with what options and markers say where they are left open."""
        if self._making is not None:  # completed already
            return settings
        given = dict(zip(options.COMPLETED, settings, strict=True))
        keywords = options.completed(
            self._config, self.owner, {name: value for name, value in given.items() if value is not None}
        )
        return tuple(keywords.get(name) for name in options.COMPLETED)  # type: ignore[return-value]

    def made(self, fake: Any) -> None:
        """Note a fake: one that the plugin makes is watched from the start."""
        if self._making is not None:
            self._watched[fake] = Watched(fake, *self._making, is_ours=True)
        elif len(self.unused) < KEPT_UNUSED:
            self.unused.append(Made(fake, self.owner, *_where()))
            self._end_with(self.owner)

    def used(self, fake: Any, how: Use) -> None:
        """Note that a fake is in use."""
        self.unused = [made for made in self.unused if made.fake is not fake]
        if how == "decorator":  # each call has another one
            return
        if self._budget is not None:
            self._budget.watch(fake._service, fake._active)  # noqa: SLF001  no public name
        watched = self._watched.get(fake)
        if watched is None or (watched.is_over and not watched.is_ours):
            fixture = self.fixtures[-1][1] if self.fixtures else ""
            watched = self._watched[fake] = Watched(fake, self.owner, fixture, is_ours=False)
            self._end_with(watched.owner)
        if how == "started" and "started" not in watched.uses:
            watched.outer = self._innermost(fake)
            watched.place = _where()
        watched.is_over = False
        watched.uses.add(how)
        if self.item is not None:
            watched.keep(fake, self.item)

    def ended(self, fake: Any, error: BaseException | None) -> None:
        """Note that a fake is over, and what it left."""
        beside.note_ended(self._config, fake)
        watched = self._watched.get(fake)
        if watched is None:
            return
        if not watched.is_ours and not watched.is_told:
            from pytest_fakecos import leftovers

            lines = leftovers.settled(self._config, watched.owner, fake, is_failing=error is not None)
            self.left.setdefault(watched.owner, []).extend(lines)
        watched.is_over = True
        watched.uses.discard("started")
        if self.item is not None:
            watched.keep(fake, self.item)
            stopped = [other for other in self._of_item() if other.is_over]
            for other in stopped[:-KEPT_STOPPED]:
                other.keep(None, None)

    def count_in(self, budget: Budget | None) -> None:
        """Let a budget count the requests to each fake that is on, or comes to be; None ends that."""
        self._budget = budget
        for watched in [*self._watched.values()]:
            fake = watched.fake
            if budget is not None and fake is not None and fake.is_active:
                budget.watch(fake._service, fake._active)  # noqa: SLF001  no public name

    @property
    def owner(self) -> Node | None:
        """Whose fake it is that is used now: of the fixture that is set up, else of the test, else of the session."""
        return self.fixtures[-1][0] if self.fixtures else self.item or self.session

    def making(self, owner: Node | None, fixture: str = "") -> None:
        """Let what is made from now on be the plugin's own, for a node and in a fixture; None ends that."""
        self._making = None if owner is None else (owner, fixture)

    def _innermost(self, fake: FakeCOS) -> Watched | None:
        from fakecos.clients.activation import active

        fakes = [other.face for other in active.every() if other.face is not fake]
        return self._watched.get(fakes[-1]) if fakes else None  # type: ignore[call-overload]

    def _end_with(self, owner: Node | None) -> None:
        """Tell what fakes leave when a class, module, package or session ends: after the fixture that started them."""
        if self.fixtures and owner is not None and owner is not self.item:
            owner.addfinalizer(lambda: self.close(owner))

    # --- what the hooks ask ----------------------------------------------------------------------------------

    def begin_test(self, item: pytest.Item) -> None:
        """Note that a test begins, and what had come before."""
        self._warn_of_running()
        self.item = item
        for watched in [*self._watched.values()]:
            if watched.fake is not None:
                watched.before = watched.fake.request_count

    def end_test(self, item: pytest.Item) -> None:
        """Let go of the fakes that were kept for the report of a test."""
        self.item = None
        self.drop(item)
        for watched in [*self._watched.values()]:
            if watched.item is item:
                watched.keep(None, None)

    def close(self, owner: Node) -> None:
        """Tell what the fakes of an owner leave that is over. Raises what the rules make an error."""
        __tracebackhide__ = True
        if self.is_on:
            from pytest_fakecos import leftovers

            started = [each for each in [*self._watched.values()] if _is_left(each, owner) and "started" in each.uses]
            self._still_on += [(owner, watched) for watched in started]
            if owner is self.item:
                self._warn_of_running()
            leftovers.tell(owner, *self.drop(owner))

    def _warn_of_running(self) -> None:
        """Warn of fakes that are still on when all clean-ups of their owner have run."""
        __tracebackhide__ = True
        left, self._still_on = self._still_on, []
        for owner, watched in left:
            if watched.fake is not None and watched.fake._lifetime.entered:  # noqa: SLF001  `start` may have been refused
                from pytest_fakecos import leftovers

                leftovers.warn_of_running(owner, Made(watched.fake, owner, *watched.place))

    def close_session(self, session: pytest.Session) -> None:
        """Warn of what is left that neither a test nor a fixture started.

        A fake that a test module made may be for tests that were not chosen, so it is told of only when all ran.
        """
        if self.is_on:
            from pytest_fakecos import leftovers

            self._warn_of_running()
            _, lines, unused = self.drop(session)
            stopped = session.shouldfail or session.shouldstop or hasattr(self._config, "workerinput")
            chosen = not self.is_whole or any("::" in word for word in self._config.args)
            paths = set() if stopped or chosen else {str(item.path) for item in getattr(session, "items", [])}
            leftovers.warn_of(session, lines, [made for made in unused if made.path in paths])

    def drop(self, owner: Node) -> tuple[list[FakeCOS], list[str], list[Made]]:
        """Forget what an owner leaves, and return it: fakes that are on, lines of stopped ones, and unused ones."""
        running = [watched for watched in self._watched.values() if _is_left(watched, owner)]
        for watched in running:
            watched.is_told = True
        unused = [made for made in self.unused if made.owner is owner]
        self.unused = [made for made in self.unused if made.owner is not owner]
        return [watched.fake for watched in running if watched.fake is not None], self.left.pop(owner, []), unused

    def _of_item(self) -> list[Watched]:
        return [watched for watched in self._watched.values() if self.item is not None and watched.item is self.item]

    def of(self, item: pytest.Item) -> list[Watched]:
        """Return the fakes that matter for a test: its own, and of those that it shares with others what it uses."""
        every = [watched for watched in self._watched.values() if watched.fake is not None]
        chosen = [watched for watched in every if _matters(watched, item)]
        wanted = {bucket for watched in chosen for bucket in missing_buckets(watched)}
        return [watched for watched in every if watched in chosen or _has_one(watched, wanted)]

    def is_covered(self, node: Node) -> bool:
        """Whether a fake is on that something around a node has started: a fixture, or setUpClass and the like."""
        every = [watched for watched in self._watched.values() if "started" in watched.uses and not watched.is_over]
        return any(watched.owner in node.listchain() for watched in every)

    def shared(self, item: pytest.Item) -> Iterator[FakeCOS]:
        """Yield the fakes that are on and that a test shares with others."""
        for watched in [*self._watched.values()]:
            fake = watched.fake
            if fake is not None and watched.owner is not item and not watched.is_told and fake.is_active:
                yield fake


def _is_left(watched: Watched, owner: Node) -> bool:
    return watched.owner is owner and not (watched.is_ours or watched.is_over or watched.is_told)


def _matters(watched: Watched, item: pytest.Item) -> bool:
    if watched.owner is item or watched.item is item:
        return True
    fake = watched.fake
    if fake is None or not fake.is_active or watched.owner not in item.listchain():
        return False
    names = getattr(item, "fixturenames", ())
    return watched.is_ours or watched.fixture in names or fake.request_count > watched.before


def missing_buckets(watched: Watched) -> set[str]:
    """Return the buckets that a fake was asked for and does not have."""
    fake = watched.fake
    if fake is None:
        return set()
    asked = {request.bucket for request in fake.journal if request.error == NO_SUCH_BUCKET and request.bucket}
    return asked - fake.store.buckets.keys()


def _has_one(watched: Watched, buckets: set[str]) -> bool:
    fake = watched.fake
    return fake is not None and fake.is_active and not buckets.isdisjoint(fake.store.buckets)


def _where() -> tuple[str, int]:
    """Return file and line of what makes a fake: the nearest outside of fakecos."""
    frame = sys._getframe(2)  # noqa: SLF001
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] in PACKAGES:
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno


class _WhenImported:
    """A finder of no module, which sees that fakecos is imported: before any fake is made, and without importing it."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:  # noqa: ARG002  as it is called
        """Find nothing."""
        if name == FIRST:
            sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not self]
            self.watch.begin_now()

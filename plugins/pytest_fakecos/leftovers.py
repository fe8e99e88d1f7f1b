"""What fakes leave behind when a test is over: told by the rules that markers and options give.

Imported when there is a fake: it imports fakecos.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from fakecos.facts.exceptions import FakecosWarning, OpenUploadsError, UnclaimedRequestError, UnfiredFaultError
from fakecos.faults.api import InjectedFaults
from fakecos.faults.unused import story, story_of_unfinished
from fakecos.service.text_table import NAME_WIDTH, short_id, shortened
from fakecos.testing.text import count
from pytest_fakecos import options
from pytest_fakecos.options import ERROR, IGNORE, WARN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from fakecos import FakeCOS
    from fakecos.faults import Fault
    from pytest_fakecos.records import Made

    Node = pytest.Item | pytest.Collector

FAILED: pytest.StashKey[bool] = pytest.StashKey()
ROWS = 20
"""How many part numbers of one upload, and uploads, a message has."""


class Rules:
    """What to do about what a test leaves behind, as its markers and the options say."""

    __slots__ = ("open_uploads", "unfired_faults")

    def __init__(self, config: pytest.Config, node: Node | None) -> None:
        marked = (options.marked(node) if node is not None else None) or {}
        self.open_uploads = _rule(config, marked, "open_uploads")
        self.unfired_faults = _rule(config, marked, "unfired_faults")


def _rule(config: pytest.Config, marked: dict[str, Any], keyword: str) -> str:
    name = f"fakecos_{keyword}"
    if keyword not in marked:
        return str(options.value(config, name))
    options.require(name, marked[keyword], f"@pytest.mark.{options.MARKER}({keyword}={marked[keyword]!r})")
    return str(marked[keyword])


# --- fakes of the plugin: it stops them ------------------------------------------------------------------


def end(node: Node, rules: Rules, cos: FakeCOS) -> None:
    """Stop a fake, and tell what was left behind; for a test that did not pass only what it swallowed.

    What the fake has to tell is raised (UsageErrors, and exceptions of fakecos itself), and OpenUploadsError.
    """
    __tracebackhide__ = True
    passed = not node.stash.get(FAILED, False)
    if cos._lifetime.entered > 1:  # noqa: SLF001  no public name
        node.warn(
            FakecosWarning(
                f"The fixture had started this fake already, and cos.start() was called again without "
                f"cos.stop(): leave start() away. {see('a-fake-that-is-never-stopped')}"
            )
        )
    try:
        _settle_faults(rules.unfired_faults if passed else IGNORE, cos, node.warn)
    finally:  # a warning may be an error, and the fake must stop all the same
        try:
            _stop(cos)
        finally:
            _tell_open_uploads(node, rules.open_uploads if passed else IGNORE, [*_open_uploads(cos)])


def _stop(cos: FakeCOS) -> None:
    __tracebackhide__ = True
    try:
        for _ in range(cos._lifetime.entered - 1):  # noqa: SLF001  started again, which only counts
            cos.stop()
        if cos.is_active:
            cos.stop()
    except UnfiredFaultError as error:  # nobody wants to see where it was raised
        _tell(_noted(error, "faults-that-never-happened"))
    except Exception as error:
        _noted(error, _anchor(error))
        raise


# --- fakes that a test, or a fixture of its own, started ---------------------------------------------------


def settled(config: pytest.Config, owner: Node | None, cos: FakeCOS, *, is_failing: bool) -> list[str]:
    """Settle what a fake has to tell that is about to stop, and return a line for each upload that it leaves open.

    Faults that never happened are told by its own `stop`, unless the rules say otherwise.
    """
    if not is_failing:
        failed = owner is not None and (owner.stash.get(FAILED, False) or _has_failed(owner))
        rule = IGNORE if failed else Rules(config, owner).unfired_faults
        _settle_faults(rule, cos, owner.warn if owner is not None else None)
    return [*_open_uploads(cos)]


def _has_failed(owner: Node) -> bool:
    """Whether a test of a TestCase has failed whose clean-ups run now: pytest hears of it after them."""
    return bool(getattr(owner, "_excinfo", None))


def tell(owner: Node, running: Sequence[FakeCOS], lines: list[str], unused: Sequence[Made]) -> None:
    """Tell what fakes of an owner left that is over: those that stopped (`lines`), and those that it left on."""
    __tracebackhide__ = True
    if not (running or lines or unused):
        return
    rules = Rules(owner.config, owner)
    passed = not owner.stash.get(FAILED, False)
    try:
        if passed:
            _warn_of_unused(unused)
        for cos in running:
            _tell_running(owner, rules.unfired_faults if passed else IGNORE, cos)
    finally:
        lines = [*lines, *(line for cos in running for line in _open_uploads(cos))]
        _tell_open_uploads(owner, rules.open_uploads if passed else IGNORE, lines)


def warn_of(session: pytest.Session, lines: list[str], unused: Sequence[Made]) -> None:
    """Warn at the end of all of what no test is to be blamed for."""
    _warn_of_unused(unused)
    if Rules(session.config, session).open_uploads != IGNORE:
        _tell_open_uploads(session, WARN, lines)


def _tell_running(owner: Node, rule: str, cos: FakeCOS) -> None:
    """Tell what a fake would tell that nobody has stopped, and let it run."""
    __tracebackhide__ = True
    _settle_faults(rule, cos, owner.warn)
    left = cos.unfired_faults()
    for fault in left:
        fault.cancel()
    if cos.errors:
        error = cos.errors[0]
        cos.errors.clear()
        raise _noted(error, _anchor(error))
    if left:
        _tell(_noted(UnfiredFaultError(story(left, cos.journal)), "faults-that-never-happened"))


def warn_of_running(owner: Node, started: Made) -> None:
    """Warn of a fake that a test, or a fixture, started and nobody stopped: it answers what other tests ask."""
    __tracebackhide__ = True
    message = (
        f"The FakeCOS started at {started.where} is still on: it goes on answering S3 for the tests that follow "
        f"{owner.name}.\nWrite `with FakeCOS() as cos:`, call cos.stop() at the end (unittest: "
        f"self.addCleanup(cos.stop)), or let pytest do it: the fixture `fakecos`. "
        f"{see('a-fake-that-is-never-stopped')}"
    )
    warnings.warn_explicit(FakecosWarning(message), FakecosWarning, started.path, started.line)


def never_used(made: Made) -> str:
    """Return the message about a fake that was made and answered nobody."""
    return (
        f"The FakeCOS made at {made.where} was never started, attached to a client or served, so it answered nobody: "
        f"unless another fake was on, requests tried to reach the real S3.\n"
        f"Write `with FakeCOS() as cos:` around what sends requests, or let pytest do it: the fixture `fakecos`. "
        f"{see('a-fake-that-is-never-started')}"
    )


def _warn_of_unused(unused: Sequence[Made]) -> None:
    for made in unused:
        if not _holds_something(made.fake):
            warnings.warn_explicit(FakecosWarning(never_used(made)), FakecosWarning, made.path, made.line)


def _holds_something(cos: FakeCOS) -> bool:
    """Whether objects or uploads were stored by hand: then it was of use without a request."""
    buckets = cos.store.buckets.values()
    return bool(cos.request_count) or any(bucket.uploads or any(bucket.stored()) for bucket in buckets)


# --- faults ------------------------------------------------------------------------------------------------


class FaultsOfTest:
    """The faults that a test sets in fakes that it shares, and that never happen, or too seldom.

    The end of the scope would be too late to tell: until then others run, and `restore` forgets faults. Those that
    fixtures set are left to the end, since they may be meant for other tests.
    """

    def __init__(self, item: pytest.Item, shared: Callable[[pytest.Item], Iterator[FakeCOS]]) -> None:
        self._item = item
        self._shared = shared
        self._before = [fault for cos in shared(item) for fault in _left(cos)]

    def forget(self) -> list[tuple[FakeCOS, list[Fault]]]:
        """Cancel them, and return them by fake: nothing is told of a test that fails."""
        left = []
        for cos in self._shared(self._item):
            left.append((cos, [fault for fault in _left(cos) if fault not in self._before]))
            for fault in left[-1][1]:
                fault.cancel()
        return left

    def tell(self) -> None:
        """Do with them as the option says. Raises UnfiredFaultError."""
        __tracebackhide__ = True
        rule = Rules(self._item.config, self._item).unfired_faults
        for cos, left in self.forget():
            never = [fault for fault in left if not fault.hits]
            if rule != IGNORE:
                _warn_of_unfinished(self._item.warn, cos, [fault for fault in left if fault.hits])
            if never and rule == ERROR:
                _tell(_noted(UnfiredFaultError(story(never, cos.journal)), "faults-that-never-happened"))
            if rule == WARN:
                _warn_of_unfired(self._item.warn, never)


def _left(cos: FakeCOS) -> list[Fault]:
    return [*cos.unfired_faults(), *_unfinished(cos)]


def _unfinished(cos: FakeCOS) -> list[Fault]:
    return InjectedFaults(cos._service).unfinished()  # noqa: SLF001  no public name


def _settle_faults(rule: str, cos: FakeCOS, warn: Callable[[Warning], None] | None) -> None:
    """Warn of faults as the rule says, or forget them; with ERROR `stop` tells of those that never happened."""
    __tracebackhide__ = True
    never = [] if rule == ERROR else cos.unfired_faults()
    seldom = [] if warn is None and rule != IGNORE else _unfinished(cos)
    for fault in (*never, *seldom):
        fault.cancel()
    if rule != IGNORE and warn is not None:
        _warn_of_unfired(warn, never)
        _warn_of_unfinished(warn, cos, seldom)


def _warn_of_unfired(warn: Callable[[Warning], None], faults: Iterable[Fault]) -> None:
    __tracebackhide__ = True
    for fault in faults:
        warn(FakecosWarning(f"{fault!r} never happened. {see('faults-that-never-happened')}"))


def _warn_of_unfinished(warn: Callable[[Warning], None], cos: FakeCOS, faults: list[Fault]) -> None:
    __tracebackhide__ = True
    if faults:
        warn(FakecosWarning(f"{story_of_unfinished(faults, cos.journal)}\n{see('faults-that-never-happened')}"))


# --- uploads left open -------------------------------------------------------------------------------------


def _tell_open_uploads(node: Node, rule: str, lines: list[str]) -> None:
    __tracebackhide__ = True
    if not lines or rule == IGNORE:
        return
    more = [f"  and {len(lines) - ROWS:,} more"] if len(lines) > ROWS else []
    text = "\n".join(
        (
            f"{count(len(lines), 'upload')} left open, neither completed nor aborted: S3 goes on to bill the parts.",
            *lines[:ROWS],
            *more,
            see("uploads-that-are-left-open"),
        )
    )
    if rule == ERROR:
        _tell(OpenUploadsError(text))
    node.warn(FakecosWarning(text))


def _open_uploads(cos: FakeCOS) -> Iterator[str]:
    for upload in cos.open_uploads:
        numbers = ", ".join(map(str, [*upload.parts][:ROWS])) or "none"
        more = ", ..." if len(upload.parts) > ROWS else ""
        yield (
            f"  {upload.bucket}/{shortened(upload.key, NAME_WIDTH)}: "
            f"{count(len(upload.parts), 'part')} ({numbers}{more}), {count(upload.size, 'byte')}, "
            f"upload id {short_id(upload.upload_id)}"
        )


# --- words -------------------------------------------------------------------------------------------------


def see(anchor: str) -> str:
    """Return the sentence that says where to read on."""
    return f"How to allow it: {options.page(anchor)}"


def _anchor(error: Exception) -> str:
    return "requests-that-nobody-answers" if isinstance(error, UnclaimedRequestError) else "what-the-code-swallowed"


def _noted(error: Exception, anchor: str) -> Exception:
    notes = getattr(error, "__notes__", [])  # add_note is there since Python 3.11
    error.__notes__ = [*notes, see(anchor)]  # type: ignore[attr-defined,unused-ignore]
    return error


def _tell(error: Exception) -> NoReturn:
    __tracebackhide__ = True
    raise error.with_traceback(None)

"""Fakes for tests: made as options and markers say, and looked through when the test is over.

Imported by the fixtures, when a test has a fake: it imports fakecos.
"""

from __future__ import annotations

import dataclasses
import inspect
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

import fakecos
from fakecos.facts.exceptions import FakecosWarning, OpenUploadsError, UnclaimedRequestError, UnfiredFaultError
from fakecos.faults.unused import story
from fakecos.service.text_table import NAME_WIDTH, short_id, shortened
from fakecos.testing.report import stored_lines
from fakecos.testing.text import count
from pytest_fakecos import options
from pytest_fakecos.options import ERROR, IGNORE, OWN_KEYWORDS, WARN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fakecos import FakeCOS
    from fakecos.faults import Fault

    Node = pytest.Item | pytest.Collector

FAKES: pytest.StashKey[list[FakeCOS]] = pytest.StashKey()
FAILED: pytest.StashKey[bool] = pytest.StashKey()
ROWS = 20
"""How many objects, uploads and parts of one list, and requests, a report of a failure shows."""


class Rules:
    """What to do about what a test leaves behind, as its markers and the options say."""

    __slots__ = ("open_uploads", "unfired_faults")

    def __init__(self, node: Node) -> None:
        marked = options.marked(node) or {}
        self.open_uploads = _rule(node, marked, "open_uploads")
        self.unfired_faults = _rule(node, marked, "unfired_faults")


def _rule(node: Node, marked: dict[str, Any], keyword: str) -> str:
    name = f"fakecos_{keyword}"
    if keyword not in marked:
        return str(options.value(node.config, name))
    options.require(name, marked[keyword])
    return str(marked[keyword])


def make(node: Node, **given: Any) -> FakeCOS:
    """Make a fake: `given` wins over the markers of the node, these over the options.

    pytest.UsageError: a keyword is none of FakeCOS.
    """
    marked = {name: kept for name, kept in (options.marked(node) or {}).items() if name not in OWN_KEYWORDS}
    keywords = {**marked, **given}
    known = set(inspect.signature(fakecos.FakeCOS).parameters)
    for name in keywords:
        if name not in known:
            meant = options.nearest(name, known | set(OWN_KEYWORDS))
            message = f"{node.nodeid}: {name} is no keyword of FakeCOS{meant} (see {options.page('the-marker')})"
            raise pytest.UsageError(message)
    dialect = options.value(node.config, "fakecos_dialect")
    if dialect is not None:
        keywords.setdefault("dialect", dialect)
    as_of = options.value(node.config, "fakecos_as_of")
    if as_of is not None:
        keywords.setdefault("as_of", as_of)
    size = options.value(node.config, "fakecos_min_part_size")
    limits = keywords.get("limits") or fakecos.Limits()
    if size is not None and limits.min_part_size is None:
        keywords["limits"] = dataclasses.replace(limits, min_part_size=int(size))
    cos = fakecos.FakeCOS(**keywords)
    node.stash.setdefault(FAKES, []).append(cos)
    return cos


def end(node: Node, rules: Rules, cos: FakeCOS) -> None:
    """Stop a fake, and report what was left behind; for a test that did not pass only what it swallowed.

    What the fake has to tell is raised (UsageErrors, and exceptions of fakecos itself), and OpenUploadsError.
    """
    __tracebackhide__ = True
    passed = not node.stash.get(FAILED, False)
    try:
        _tell_unfired(node, rules.unfired_faults if passed else IGNORE, cos)
    finally:  # a warning may be an error, and the fake must stop all the same
        try:
            _stop(cos)
        finally:
            _tell_open_uploads(node, rules.open_uploads if passed else IGNORE, cos)


class FaultsOfTest:
    """The faults that a test sets in fakes that it shares, and that never happen.

    The end of the scope would be too late to tell: until then others run, and `restore` forgets faults. Those that
    fixtures set are left to the end, since they may be meant for other tests.
    """

    def __init__(self, item: pytest.Item) -> None:
        self._item = item
        self._before = [fault for cos in self._shared() for fault in cos.unfired_faults()]

    def _shared(self) -> list[FakeCOS]:
        return [cos for node in self._item.listchain()[:-1] for cos in node.stash.get(FAKES, [])]

    def forget(self) -> list[tuple[FakeCOS, list[Fault]]]:
        """Cancel them, and return them by fake: nothing is reported for a test that fails."""
        left = []
        for cos in self._shared():
            left.append((cos, [fault for fault in cos.unfired_faults() if fault not in self._before]))
            for fault in left[-1][1]:
                fault.cancel()
        return left

    def tell(self) -> None:
        """Do with them as the option says. Raises UnfiredFaultError."""
        __tracebackhide__ = True
        rule = Rules(self._item).unfired_faults
        for cos, left in self.forget():
            if left and rule == ERROR:
                _tell(_noted(UnfiredFaultError(story(left, cos.journal)), "faults-that-never-happened"))
            if rule == WARN:
                _warn_of(self._item, left)


def _tell_unfired(node: Node, rule: str, cos: FakeCOS) -> None:
    __tracebackhide__ = True
    if rule == ERROR:
        return  # stop() reports them
    left = cos.unfired_faults()
    for fault in left:
        fault.cancel()
    if rule != IGNORE:
        _warn_of(node, left)


def _warn_of(node: Node, faults: Iterable[Fault]) -> None:
    __tracebackhide__ = True
    for fault in faults:
        node.warn(FakecosWarning(f"{fault!r} never happened. {see('faults-that-never-happened')}"))


def _stop(cos: FakeCOS) -> None:
    __tracebackhide__ = True
    try:
        if cos.is_active:
            cos.stop()
    except UnfiredFaultError as error:  # nobody wants to see where it was raised
        _tell(_noted(error, "faults-that-never-happened"))
    except Exception as error:
        unclaimed = isinstance(error, UnclaimedRequestError)
        _noted(error, "requests-that-nobody-answers" if unclaimed else "what-the-code-swallowed")
        raise


def _tell_open_uploads(node: Node, rule: str, cos: FakeCOS) -> None:
    __tracebackhide__ = True
    lines = [] if rule == IGNORE else list(_open_uploads(cos))
    if not lines:
        return
    text = "\n".join(
        (
            f"{count(len(lines), 'upload')} left open, neither completed nor aborted: S3 goes on to bill the parts.",
            *lines,
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


def see(anchor: str) -> str:
    """Return the sentence that says where to read on."""
    return f"How to allow it: {options.page(anchor)}"


def _noted(error: Exception, anchor: str) -> Exception:
    notes = getattr(error, "__notes__", [])  # add_note is there since Python 3.11
    error.__notes__ = [*notes, see(anchor)]  # type: ignore[attr-defined,unused-ignore]
    return error


def _tell(error: Exception) -> NoReturn:
    __tracebackhide__ = True
    raise error.with_traceback(None)


# --- a failing test ----------------------------------------------------------------------------------


def forget_known(item: pytest.Item, error: BaseException) -> None:
    """Do not tell at the end what has just failed the test."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        cause = cause.__cause__ or cause.__context__
    for cos in fakes_of(item):
        cos.errors[:] = [error for error in cos.errors if id(error) not in seen]


def sections(item: pytest.Item) -> Iterator[tuple[str, str]]:
    """Yield titles and texts for the report of a failure: what was asked, and what is stored."""
    config = item.config  # a worker of xdist has no terminal
    color = config.pluginmanager.hasplugin("terminalreporter") and config.get_terminal_writer().hasmarkup
    fakes = [cos for cos in fakes_of(item) if len(cos.journal) or cos.store.buckets]
    for number, cos in enumerate(fakes, 1):
        which = f" of fake {number}" if len(fakes) > 1 else ""
        yield f"fakecos: requests{which}", cos.journal.table(rows=ROWS, color=color)
        yield f"fakecos: stored{which}", "\n".join(stored_lines(cos.store, ROWS))


def fakes_of(item: pytest.Item) -> list[FakeCOS]:
    """Return the fakes that a test had, its own and those that it shared."""
    return [cos for node in item.listchain() for cos in node.stash.get(FAKES, [])]

"""What pytest shows beside a failure: the requests that came to each fake, and what it stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.testing.assertions.failure import journal_shown_by
from fakecos.testing.report import stored_lines
from pytest_fakecos import files, leftovers
from pytest_fakecos.no_fake import causes
from pytest_fakecos.watching import PACKAGES, missing_buckets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from fakecos import FakeCOS
    from pytest_fakecos.records import Made, Watched
    from pytest_fakecos.watching import Watch

SHOWN: pytest.StashKey[list[tuple[int, int]]] = pytest.StashKey()
ROWS = 20
"""How many objects, uploads and parts of one list, and requests, a section shows."""


def forget_known(watch: Watch, item: pytest.Item, error: BaseException) -> None:
    """Do not tell at the end what has just failed the test."""
    seen = {id(cause) for cause in causes(error)}
    for watched in watch.of(item):
        if watched.fake is not None:
            watched.fake.errors[:] = [other for other in watched.fake.errors if id(other) not in seen]


def sections(watch: Watch, item: pytest.Item, error: BaseException) -> Iterator[tuple[str, str]]:
    """Yield titles and texts for the report of a failure; of a second one of the test only what is new."""
    matter = watch.of(item)
    shown = [watched for watched in matter if watched.fake is not None and _has_something(watched.fake)]
    state = [(id(watched), _count(watched.fake)) for watched in shown]
    if item.stash.get(SHOWN, None) == state:
        return
    item.stash[SHOWN] = state
    names = _names(shown, error.__traceback__)
    config = item.config  # a worker of xdist has no terminal
    color = config.pluginmanager.hasplugin("terminalreporter") and config.get_terminal_writer().hasmarkup
    journals = [journal_shown_by(cause) for cause in causes(error)]
    for number, (watched, name) in enumerate(zip(shown, names, strict=True), 1):
        assert watched.fake is not None
        of = f" of {name}" if len(shown) > 1 else ""
        lines = [*_requests(watched.fake, journals, color=color), *_elsewhere(watched, shown, names)]
        lines += files.write(item, watched.fake.journal, number, len(shown))
        yield f"fakecos: requests{of}", "\n".join(lines)
        yield f"fakecos: stored{of}", "\n".join(stored_lines(watched.fake.store, ROWS))
    for made in watch.unused:
        if made.owner is item or (not matter and _is_near(made, item)):
            yield "fakecos: a fake that was never started", leftovers.never_used(made)


def _is_near(made: Made, item: pytest.Item) -> bool:
    """Whether a fake was made for a test too: by a fixture that it shares with others, or by its module."""
    return made.owner in item.listchain() and (made.owner is not item.session or made.path == str(item.path))


def _count(cos: FakeCOS | None) -> int:
    return 0 if cos is None else cos.request_count


def _has_something(cos: FakeCOS) -> bool:
    return bool(len(cos.journal) or cos.store.buckets)


def _requests(cos: FakeCOS, shown_already: Sequence[object], *, color: bool) -> Iterator[str]:
    """Yield the table of requests; where the failed assertion shows those that matter to it, only what came in all."""
    journal = cos.journal
    if not any(shown is journal for shown in shown_already):
        yield journal.table(rows=ROWS, color=color)
        return
    came = ", ".join(f"{name} ({number:,})" for name, number in journal.counts.most_common())
    yield f"The failed assertion shows those that matter to it. In all came: {came or 'none'}."


# --- several fakes ---------------------------------------------------------------------------------------


def _names(shown: Sequence[Watched], trace: TracebackType | None) -> list[str]:
    """Return what tells several fakes apart: their number, how they were nested, and the fixture or the variable."""
    return [
        f"fake {number} of {len(shown)} ({words})"
        if (words := ", ".join(_words(watched, shown, trace)))
        else f"fake {number} of {len(shown)}"
        for number, watched in enumerate(shown, 1)
    ]


def _words(watched: Watched, shown: Sequence[Watched], trace: TracebackType | None) -> Iterator[str]:
    has_outer = any(other is watched.outer for other in shown)
    has_inner = any(other.outer is watched for other in shown)
    if has_outer or has_inner:
        yield "between" if has_outer and has_inner else "inner" if has_outer else "outer"
    if watched.fixture and not watched.fixture.startswith("_"):  # those of pytest itself, for setUpClass and the like
        yield f"fixture {watched.fixture}"
    else:
        variable = _variable(watched.fake, trace)
        yield from [f"variable {variable}"] if variable else []


def _variable(fake: object, trace: TracebackType | None) -> str | None:
    """Return the name of a fake in the functions that failed, in the outermost that has one."""
    while trace is not None:
        frame = trace.tb_frame
        if str(frame.f_globals.get("__name__", "")).partition(".")[0] not in PACKAGES:
            variables: dict[str, Any] = {**frame.f_locals}
            names = [name for name, value in variables.items() if value is fake and name.isidentifier()]
            own = getattr(variables.get("self"), "__dict__", {})
            names += [f"self.{name}" for name, value in own.items() if value is fake]
            if names:
                return names[0]
        trace = trace.tb_next
    return None


def _elsewhere(watched: Watched, shown: Sequence[Watched], names: Sequence[str]) -> Iterator[str]:
    """Yield a line for each bucket that was asked for in vain, and that another fake has."""
    for bucket in sorted(missing_buckets(watched)):
        for other, name in zip(shown, names, strict=True):
            if other.fake is not None and other is not watched and bucket in other.fake.store.buckets:
                is_inner = watched.outer is not None
                why = "Of nested fakes the inner one answers. " if is_inner else ""
                yield (
                    f"NoSuchBucket: there is a bucket {bucket}, but it is of {name}.\n"
                    f"  {why}Use one fake, or create the bucket in this one too."
                )

"""Which rows of the error table were raised while the tests ran, and whether all of the tests did.

Without xdist a test that runs last judges it. With xdist each worker sees a part of the rows and sends them to the
controller, which judges when all have ended.
"""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import ErrorSpec, S3Error
from tests.support import thorough

if TYPE_CHECKING:
    import pytest

TESTS = Path(__file__).parent
# Skipped as a whole where the library is not installed; each row that they raise is raised by others too.
OF_LIBRARIES = {TESTS / "clients" / "http" / name for name in ("test_aiohttp.py", "test_httpx.py", "test_responses.py")}
OF_LIBRARIES.add(TESTS / "clock" / "test_inventory_formats.py")
LAST = "test_every_row_is_raised_by_some_test"
ROWS: dict[str, ErrorSpec] = {name: spec for name, spec in vars(errors).items() if isinstance(spec, ErrorSpec)}
raised: set[str] = set()
reports: list[dict[str, Any]] = []
_names = {spec: name for name, spec in ROWS.items()}
_why_not: list[str] = ["nothing was collected"]
_is_whole: list[bool] = [False]


def watch() -> None:
    """Remember from now on each row that fakecos itself raises; a test that makes an error by hand does not count."""
    original = S3Error.__init__

    @functools.wraps(original)
    def remember(self: S3Error, spec: ErrorSpec, **values: Any) -> None:
        if sys._getframe(1).f_globals["__name__"].startswith("fakecos."):
            raised.add(_names.get(spec, ""))  # a fault's row is made for it, and has no name
        original(self, spec, **values)

    S3Error.__init__ = remember  # type: ignore[method-assign]


def is_chosen(config: pytest.Config) -> bool:
    """Whether options choose a part of the tests, or let the run stop early."""
    options = config.option
    chosen = options.keyword or options.markexpr not in {"", thorough.LEFT_OUT} or options.deselect
    return bool(chosen or getattr(options, "lf", False) or options.maxfail or options.collectonly)


def expect(config: pytest.Config) -> None:
    """Note whether this run is asked for all tests: then it has to be judged."""
    _is_whole[:] = [config.args_source is config.ArgsSource.TESTPATHS and not is_chosen(config)]


def put_last(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let the test of the rows run after all others, and note whether these are all the tests that there are."""
    items.sort(key=lambda item: item.name == LAST)
    _why_not.clear()
    if is_chosen(config):
        _why_not.append("a part of the tests was selected, or the run may stop early")
    # Run where their libraries are installed; they raise no row of their own.
    others = {*(TESTS / "aio").glob("test_*.py"), *OF_LIBRARIES, *thorough.FILES}
    others.update(path for folder in thorough.FOLDERS for path in folder.rglob("test_*.py"))
    if {item.path for item in items} - others != {*TESTS.rglob("test_*.py")} - others:
        _why_not.append("not every file of tests was collected")


def is_worker(config: pytest.Config) -> bool:
    """Whether this is a process of xdist that runs a part of the tests."""
    return hasattr(config, "workerinput")


def why_not_all(config: pytest.Config) -> str:
    """Return why the rows cannot be judged here, "" if they can."""
    return "; ".join(_why_not) or ("xdist: judged when all workers have ended" if is_worker(config) else "")


def missing() -> list[str]:
    """Return the rows that were not raised."""
    return sorted(ROWS.keys() - raised)


def send_to_controller(config: pytest.Config) -> None:
    """Send to xdist's controller what this worker saw."""
    if is_worker(config):
        config.workeroutput["error_rows"] = {"raised": sorted(raised), "why_not": _why_not}  # type: ignore[attr-defined]


def receive_from_worker(report: dict[str, Any] | None) -> None:
    """Take up what a worker sent; nothing if it died."""
    reports.append(report or {"raised": [], "why_not": ["a worker died"]})
    raised.update(reports[-1]["raised"])


def verdict() -> str:
    """Return what the controller has to complain of, "" if nothing, or if not all of the tests were asked for."""
    why_not = {reason for report in reports for reason in report["why_not"]}
    if reports and why_not and _is_whole[0]:
        return f"these were to be all tests, and what they raise could not be judged: {'; '.join(sorted(why_not))}"
    if not reports or why_not or not missing():
        return ""
    return f"no test makes fakecos raise {', '.join(missing())}"

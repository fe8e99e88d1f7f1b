"""The traceback of a mistake ends at the line of whoever made it: the frames of fakecos and of clients say nothing.

A UsageError has in its message what is to be known. `--full-trace` shows all frames.
"""

from __future__ import annotations

import sys
import sysconfig
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType, TracebackType

OURS = frozenset({"fakecos", "pytest_fakecos"})
CLIENTS = frozenset(
    {
        *("boto3", "botocore", "s3transfer", "ibm_boto3", "ibm_botocore", "ibm_s3transfer"),
        *("aiobotocore", "aioboto3", "aiohttp", "httpx", "httpcore", "requests", "urllib3"),
    }
)
RUNNER = frozenset({"_pytest", "pluggy", "pytest"})
PLUGINS = frozenset({"pytest_asyncio", "anyio", "pytest_twisted", "pytest_trio"})  # who stands around fixtures


def in_short(error: BaseException) -> str | None:
    """Return the whole report of a mistake to which no line of its author belongs, as of a marker; None for others."""
    entries = list(_entries(error.__traceback__))
    module = sys.modules.get("fakecos.facts.exceptions")
    kinds = (pytest.UsageError,) if module is None else (pytest.UsageError, module.UsageError)
    if not isinstance(error, kinds) or not entries or _room(entries[-1].tb_frame) not in OURS:
        return None
    if any(_is_of_author(entry.tb_frame) for entry in entries):
        return None
    front = "fakecos." if type(error).__module__ == "fakecos" else ""
    text = "\n".join([f"{front}{type(error).__name__}: {error}", *getattr(error, "__notes__", ())])
    return "\n".join(f"E   {line}" for line in text.splitlines())


def end_at_the_author(error: BaseException) -> None:
    """Cut what lies below the last line that belongs neither to fakecos nor to a client, nor to Python itself.

    So it is with each UsageError and BudgetExceededError among the causes. Where no such line is, all stays.
    """
    exceptions = sys.modules.get("fakecos.facts.exceptions")
    if exceptions is None:
        return
    for each in _with_causes(error):
        if isinstance(each, (exceptions.UsageError, exceptions.BudgetExceededError)):
            _cut(each.__traceback__)


def _cut(trace: TracebackType | None) -> None:
    entries = list(_entries(trace))
    last = next((entry for entry in reversed(entries) if _is_of_author(entry.tb_frame)), None)
    if last is not None:
        last.tb_next = None


def _entries(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _is_of_author(frame: FrameType) -> bool:
    if _room(frame) in OURS | CLIENTS | RUNNER | PLUGINS:
        return False
    file = frame.f_code.co_filename
    installed = (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))
    return file.startswith(installed) or not file.startswith((sysconfig.get_path("stdlib"), "<frozen"))


def _room(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop()
        if id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += [cause for cause in (each.__cause__, each.__context__) if cause is not None]

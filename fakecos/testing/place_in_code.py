"""Where the code under test sends a request: its nearest line outside of libraries."""

from __future__ import annotations

import linecache
import os
import sys
import sysconfig
import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

LIBRARIES = frozenset(
    {
        *("fakecos", "pytest_fakecos", "botocore", "boto3", "s3transfer", "ibm_botocore", "ibm_boto3"),
        *("ibm_s3transfer", "aiobotocore", "aioboto3", "urllib3", "requests", "httpx", "aiohttp", "pytest", "_pytest"),
    }
)
"""Packages that stand between a line of the author's and its request, wherever they are installed."""
STARTERS = frozenset({"boto3", "s3transfer", "ibm_boto3", "ibm_s3transfer", "concurrent", "asyncio"})
"""Who hands requests to threads of its own, and waits for them."""
INSTALLED = frozenset({"site-packages", "dist-packages"})
LONGEST = 100


def asked_at() -> str:
    """Return a sentence: the nearest line outside of libraries that leads to the request which is answered now.

    A thread of a transfer has no such line: then it is the line that waits for one, if there is just one.
    """
    here = _nearest(sys._getframe(1))  # noqa: SLF001  there is no other way to know
    if here is not None:
        return f"asked at {_shown(here)}"
    thread = threading.current_thread().name
    if _is_served(sys._getframe(1)):  # noqa: SLF001  as above
        return f"asked by another process or client, over cos.serve() ({thread})"
    waiting = [frame for frame in map(_starts, _other_threads()) if frame is not None]
    if len(waiting) == 1:
        return f"asked by the thread {thread}, for {_shown(waiting[0])}"
    return f"asked by the thread {thread}, in which no line is yours"


def _other_threads() -> list[FrameType]:
    me = threading.get_ident()
    return [frame for thread, frame in sys._current_frames().items() if thread != me]  # noqa: SLF001  its public name


def _is_served(frame: FrameType | None) -> bool:
    while frame is not None and not str(frame.f_globals.get("__name__", "")).startswith("fakecos.serving"):
        frame = frame.f_back
    return frame is not None


def _nearest(frame: FrameType | None) -> FrameType | None:
    while frame is not None and _is_library(frame.f_code.co_filename, _package(frame)):
        frame = frame.f_back
    return frame


def _starts(frame: FrameType) -> FrameType | None:
    """Return the nearest line outside of libraries in a thread that is inside of a transfer there."""
    inside, at = False, frame
    while _is_library(at.f_code.co_filename, _package(at)):
        inside = inside or _package(at) in STARTERS
        if at.f_back is None:
            return None
        at = at.f_back
    return at if inside else None


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


@lru_cache(maxsize=512)
def _is_library(file: str, package: str) -> bool:
    if package in LIBRARIES or file.startswith("<frozen"):
        return True
    if file.startswith(tuple(sysconfig.get_path(name) + os.sep for name in ("stdlib", "platstdlib"))):
        return True
    return not INSTALLED.isdisjoint(file.replace("\\", "/").split("/"))


def _shown(frame: FrameType) -> str:
    file, line = frame.f_code.co_filename, frame.f_lineno
    source = linecache.getline(file, line).strip()
    source = source if len(source) <= LONGEST else f"{source[:LONGEST]}..."
    near = os.path.relpath(file) if file.startswith(f"{Path.cwd()}{os.sep}") else file
    function = frame.f_code.co_name
    of = "" if function == "<module>" else f" in {function}"
    return f"{near}:{line}{of}{f': {source}' if source else ''}"

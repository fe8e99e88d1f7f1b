"""What the threads of this process do: whether they run, or wait for work, as far as the system says."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

TASKS = found if (found := Path("/proc/self/task")).is_dir() else None
"""Where Linux says what each thread does; None elsewhere."""
RUNNING = frozenset("RD")
real_monotonic = time.monotonic
_processor_time = time.process_time


def is_running(thread: threading.Thread) -> bool:
    """Whether the system says that a thread runs, or waits for a processor (Linux)."""
    try:
        state = (TASKS / str(thread.native_id) / "stat").read_text().rpartition(")")[2]  # type: ignore[operator]
    except OSError:  # it has ended
        return False
    return state.split()[0] in RUNNING


def used_by(thread: threading.Thread) -> object:
    """Return what is another value after a thread has worked: the time that it had a processor (Linux).

    It is another value each time for a thread that runs, or waits for a processor. Elsewhere it is the time of all.
    """
    if TASKS is None:
        return round(_processor_time(), 3)
    return _used_by_task(TASKS / str(thread.native_id))


def used_by_others() -> list[object]:
    """Return the same of all threads of this process but the current one, those of extension modules included."""
    if TASKS is None:
        return [round(_processor_time(), 3)]
    mine = str(threading.get_native_id())
    return [_used_by_task(task) for task in sorted(TASKS.iterdir()) if task.name != mine]


def _used_by_task(task: Path) -> object:
    try:
        state = (task / "stat").read_text().rpartition(")")[2].split()[0]
        used = (task / "schedstat").read_text().split()[0]
    except (OSError, IndexError):  # it has ended, or this Linux does not say it
        return None
    return (used, real_monotonic()) if state in RUNNING else used


def event_loops() -> set[int]:
    """Return the other threads in which a loop of asyncio runs."""
    found = set()
    for ident, frame in sys._current_frames().items():
        inner = None if ident == threading.get_ident() else frame
        while inner is not None:
            if inner.f_code.co_name == "run_forever":
                found.add(ident)
                break
            inner = inner.f_back
    return found


def is_of_pool(thread: threading.Thread) -> bool:
    """Whether a thread is one of a pool of concurrent.futures."""
    worker = getattr(sys.modules.get("concurrent.futures.thread"), "_worker", None)
    return worker is not None and getattr(thread, "_target", None) is worker


def is_idle(thread: threading.Thread) -> bool:
    """Whether a thread is one of a pool, and waits for work where there is none."""
    if not is_of_pool(thread):
        return False
    frame = sys._current_frames().get(thread.ident or 0)
    if frame is None or frame.f_code.co_name != "_worker":
        return False
    work = frame.f_locals.get("work_queue")
    return work is not None and work.empty() and not (TASKS and is_running(thread))

"""A lock that is free again after any exception.

One that comes when a `with` block is over and its lock is not released yet, as Ctrl-C may, would leave the lock held
for ever: the thread itself would not notice, for the lock is re-entrant, but all others would wait.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., Any]")


def locked(lock_of: Callable[..., Any]) -> Callable[[Function], Function]:
    """Decorate a function, which holds the re-entrant lock that `lock_of` returns for its first argument."""

    def decorate(function: Function) -> Function:
        @functools.wraps(function)
        def run(first: Any, *others: Any, **keywords: Any) -> Any:
            lock = lock_of(first)
            held = lock._is_owned()  # as threading.Condition asks it
            try:
                with lock:
                    return function(first, *others, **keywords)
            except BaseException:
                if not held and lock._is_owned():
                    lock.release()
                raise

        return run  # type: ignore[return-value]

    return decorate

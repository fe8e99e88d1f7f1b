"""Who asks: to which actor of a race the current thread, or task, belongs.

A context variable says it; tasks have a copy of their parent's context, and so has what is handed to an event loop in
another thread. A thread that an actor starts belongs to it too: until Python 3.14 threads do not inherit the context.
"""

from __future__ import annotations

import contextvars
import threading
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from typing_extensions import Self

_current: contextvars.ContextVar[int | None] = contextvars.ContextVar("fakecos_actor", default=None)


class Actors:
    """The threads of the actors, while a race goes on."""

    def __init__(self) -> None:
        self._of_threads: WeakKeyDictionary[threading.Thread, int] = WeakKeyDictionary()
        self._start: Any = None
        self.mains: frozenset[threading.Thread] = frozenset()
        """The threads in which the actors of this run were begun; a number may be used again when one has ended."""
        self._started: set[int] = set()

    def current(self) -> int | None:
        """Return the number of the actor that this code belongs to, None for nobody's."""
        actor = _current.get()
        return self._of_threads.get(threading.current_thread()) if actor is None else actor

    def begin(self, actor: int, *, is_thread: bool) -> None:
        """Let the current context be an actor's; `is_thread`: and the thread too."""
        _current.set(actor)
        if is_thread:
            self.mains |= {threading.current_thread()}

    def threads(self, actor: int) -> list[threading.Thread]:
        """Return the threads of an actor that live: the one in which it was begun, and those that it started."""
        return [thread for thread, of in list(self._of_threads.items()) if of == actor and _lives(thread)]

    def has_threads(self, actor: int) -> bool:
        """Whether an actor has started a thread in this run."""
        return actor in self._started

    def begin_run(self) -> None:
        """Forget what was in the run before."""
        self.mains = frozenset()
        self._started.clear()

    def own(self, thread: threading.Thread, actor: int) -> None:
        """Note that a thread is an actor's."""
        self._of_threads[thread] = actor

    def owns(self, thread: threading.Thread | None) -> bool:
        """Whether a thread is one of an actor's."""
        return thread is not None and thread in self._of_threads

    def __enter__(self) -> Self:
        self._start = start = threading.Thread.start

        def start_for_actor(thread: threading.Thread) -> None:
            actor = self.current()
            if actor is not None and not self.owns(thread):  # one actor may be begun in the thread of another
                self.own(thread, actor)
                self._started.add(actor)
            start(thread)

        threading.Thread.start = start_for_actor  # type: ignore[method-assign,assignment]
        return self

    def __exit__(self, *_: object) -> None:
        threading.Thread.start = self._start  # type: ignore[method-assign]


def _lives(thread: threading.Thread) -> bool:
    """Whether a thread was started, and has not ended."""
    return thread.ident is not None and thread.is_alive()

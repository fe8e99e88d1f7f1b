"""Functions, coroutine functions and generators, run with a fresh fake for each call."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator
    from types import TracebackType


class Startable(Protocol):
    """A fake that was not started yet."""

    @property
    def request_count(self) -> int:
        """How many requests it has answered."""

    def start(self) -> Any:
        """Start it."""

    def stop(self) -> None:
        """Stop it; raises the first error that the code under test was given meanwhile."""

    def __enter__(self) -> Any: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> object: ...


def wrap(function: Callable[..., Any], make_fake: Callable[[], Startable]) -> Callable[..., Any]:
    """Return `function`, of the same kind, so that a fresh fake is active from its start to its end."""
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def run_coroutine(*args: Any, **kwargs: Any) -> Any:
            with make_fake():
                return await function(*args, **kwargs)

        return run_coroutine
    if inspect.isasyncgenfunction(function):

        @functools.wraps(function)
        async def run_async_generator(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            with make_fake():
                generator = function(*args, **kwargs)
                try:
                    async for item in generator:
                        yield item
                finally:
                    await generator.aclose()

        return run_async_generator
    if inspect.isgeneratorfunction(function):

        @functools.wraps(function)
        def run_generator(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
            with make_fake():
                return (yield from function(*args, **kwargs))

        return run_generator

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        with make_fake():
            return function(*args, **kwargs)

    return run

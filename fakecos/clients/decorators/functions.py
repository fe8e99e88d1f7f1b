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

    @property
    def is_active(self) -> bool:
        """Whether it is on."""

    def start(self) -> Any:
        """Start it."""

    def stop(self) -> None:
        """Stop it; raises the first error that the code under test was given meanwhile."""

    def __enter__(self) -> Any: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> object: ...


def stop(fake: Startable) -> None:
    """Stop a fake that nobody else can stop: Ctrl-C may come at the first line of `stop`, so it is asked once more."""
    try:
        fake.stop()
    except BaseException:
        abandon(fake)
        raise


def abandon(fake: Startable) -> None:
    """Stop a fake if it is still on, while an exception is on its way."""
    if fake.is_active:
        fake.stop()


def wrap(function: Callable[..., Any], make_fake: Callable[[], Startable]) -> Callable[..., Any]:
    """Return `function`, of the same kind, so that a fresh fake is active from its start to its end."""
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def run_coroutine(*args: Any, **kwargs: Any) -> Any:
            fake = make_fake()
            try:
                with fake:
                    return await function(*args, **kwargs)
            except BaseException:
                abandon(fake)
                raise

        return run_coroutine
    if inspect.isasyncgenfunction(function) or inspect.isgeneratorfunction(function):
        return _wrap_generator(function, make_fake)

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        fake = make_fake()
        try:
            with fake:
                return function(*args, **kwargs)
        except BaseException:
            abandon(fake)
            raise

    return run


def _wrap_generator(function: Callable[..., Any], make_fake: Callable[[], Startable]) -> Callable[..., Any]:
    if inspect.isasyncgenfunction(function):

        @functools.wraps(function)
        async def run_async_generator(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            fake = make_fake()
            try:
                with fake:
                    generator = function(*args, **kwargs)
                    try:
                        async for item in generator:
                            yield item
                    finally:
                        await generator.aclose()
            except BaseException:
                abandon(fake)
                raise

        return run_async_generator

    @functools.wraps(function)
    def run_generator(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        fake = make_fake()
        try:
            with fake:
                return (yield from function(*args, **kwargs))
        except BaseException:
            abandon(fake)
            raise

    return run_generator

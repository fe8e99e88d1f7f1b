"""Functions, coroutines, generators and test classes, run with a fresh fake each.

For unittest's TestCase the fake lives around `run`: setUp, the test, tearDown and clean-ups. For a class
that pytest runs it lives from setup_method to teardown_method, around each test.
"""

from __future__ import annotations

import functools
import inspect
import sys
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from fakecos.facts.failures import UsageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator
    from types import TracebackType

_SLOT = "_fakecos_of_this_test"
_CLASS_SETUPS = ("setUpClass", "tearDownClass", "setup_class", "teardown_class")


class Fresh(Protocol):
    """A fake that was not started yet."""

    @property
    def answered(self) -> int:
        """How many requests it has answered."""

    def start(self) -> Any:
        """Start it."""

    def stop(self) -> None:
        """Stop it; raises what was told meanwhile."""

    def __enter__(self) -> Any: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> object: ...


def decorate(target: Any, fresh: Callable[[], Fresh]) -> Any:
    """Return `target` so that each run has a fake of its own.

    UsageError: it is neither a function nor a class.
    """
    if isinstance(target, type):
        return _decorate_class(target, fresh)
    if not callable(target):
        message = f"FakeCOS decorates functions, coroutine functions and test classes, not {target!r}."
        raise UsageError(message)
    return _wrap(target, fresh)


def _wrap(function: Callable[..., Any], fresh: Callable[[], Fresh]) -> Callable[..., Any]:
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def run_coroutine(*args: Any, **kwargs: Any) -> Any:
            with fresh():
                return await function(*args, **kwargs)

        return run_coroutine
    if inspect.isasyncgenfunction(function):

        @functools.wraps(function)
        async def run_async_generator(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            with fresh():
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
            with fresh():
                return (yield from function(*args, **kwargs))

        return run_generator

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        with fresh():
            return function(*args, **kwargs)

    return run


def _decorate_class(cls: type, fresh: Callable[[], Fresh]) -> type:
    for name in _CLASS_SETUPS:
        if name in vars(cls):
            _wrap_class_setup(cls, name, fresh)
    unittest = sys.modules.get("unittest")  # a TestCase cannot be there without it
    if unittest is not None and issubclass(cls, unittest.TestCase):
        _wrap_run(cls, fresh)
    else:
        _wrap_methods(cls, fresh)
    return cls


def _wrap_class_setup(cls: type, name: str, fresh: Callable[[], Fresh]) -> None:
    """Let nothing of a class's set-up escape, and tell an author who arranges there what no test will see."""
    kind = type(vars(cls)[name])
    inner: Callable[..., Any] = getattr(vars(cls)[name], "__func__", vars(cls)[name])

    @functools.wraps(inner)
    def set_up(*args: Any) -> None:
        with fresh() as cos:
            inner(*args)
            if cos.answered:
                message = (
                    f"{cls.__qualname__}.{name} sent requests to S3, but each test of a class that FakeCOS decorates "
                    f"begins with an empty fake of its own. Arrange in setUp (setup_method); or do not decorate the "
                    f"class, start one fake in setUpClass and stop it with addClassCleanup."
                )
                raise UsageError(message)

    setattr(cls, name, kind(set_up) if kind in {classmethod, staticmethod} else set_up)


def _wrap_run(cls: type, fresh: Callable[[], Fresh]) -> None:
    """Wrap TestCase.run: a clean-up added before setUp runs last, and what it raises is an error of the test."""
    original: Callable[..., Any] = cls.run  # type: ignore[attr-defined]

    @functools.wraps(original)
    def run(self: Any, result: Any = None) -> Any:
        fake = fresh()
        stopped: list[bool] = []

        def stop() -> None:
            if not stopped:
                stopped.append(True)
                fake.stop()

        self.addCleanup(stop)
        try:
            fake.start()
        except UsageError as error:
            stopped.append(True)
            self.setUp = functools.partial(_refuse, error)  # the test's error, not the runner's
        try:
            return original(self, result)
        finally:
            stop()  # a skipped test runs no clean-ups

    cls.run = run  # type: ignore[attr-defined]


def _refuse(error: Exception) -> NoReturn:
    raise error


def _wrap_methods(cls: type, fresh: Callable[[], Fresh]) -> None:
    if hasattr(cls, "setup_method") or hasattr(cls, "teardown_method"):
        _wrap_method_setup(cls, fresh)
    for name in dir(cls):
        if not name.startswith("test"):
            continue
        attribute = inspect.getattr_static(cls, name)
        if isinstance(attribute, (staticmethod, classmethod)):
            setattr(cls, name, type(attribute)(_wrap(attribute.__func__, fresh)))
        elif inspect.isfunction(attribute):
            setattr(cls, name, _wrap_test(attribute, fresh))


def _wrap_test(function: Callable[..., Any], fresh: Callable[[], Fresh]) -> Callable[..., Any]:
    """Wrap one test method: with a setup_method the fake is active already, and stays until teardown_method."""
    alone = _wrap(function, fresh)

    @functools.wraps(function)
    def run(self: Any, *args: Any, **kwargs: Any) -> Any:
        return (alone if vars(self).get(_SLOT) is None else function)(self, *args, **kwargs)

    if not inspect.iscoroutinefunction(function):
        return run

    @functools.wraps(function)
    async def run_coroutine(self: Any, *args: Any, **kwargs: Any) -> Any:
        return await run(self, *args, **kwargs)  # runners look for coroutine functions

    return run_coroutine


def _wrap_method_setup(cls: type, fresh: Callable[[], Fresh]) -> None:
    set_up: Callable[..., Any] | None = getattr(cls, "setup_method", None)
    tear_down: Callable[..., Any] | None = getattr(cls, "teardown_method", None)

    def setup_method(self: Any, method: Any = None) -> None:
        fake = fresh()
        fake.start()
        setattr(self, _SLOT, fake)
        try:
            _call(set_up, self, method)
        except BaseException:  # pytest calls no teardown_method then
            delattr(self, _SLOT)
            fake.stop()
            raise

    def teardown_method(self: Any, method: Any = None) -> None:
        try:
            _call(tear_down, self, method)
        finally:
            fake = vars(self).pop(_SLOT, None)
            if fake is not None:
                fake.stop()

    cls.setup_method = setup_method  # type: ignore[attr-defined]
    cls.teardown_method = teardown_method  # type: ignore[attr-defined]


def _call(method: Callable[..., Any] | None, instance: object, test: object) -> None:
    """Call a set-up method as pytest does: with the test method if it takes one."""
    if method is None:
        return
    if len(inspect.signature(method).parameters) > 1:
        method(instance, test)
    else:
        method(instance)

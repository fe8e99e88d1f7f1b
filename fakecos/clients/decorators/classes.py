"""Test classes, run with a fresh fake for each test.

For a class that pytest runs the fake lives from setup_method to teardown_method, around each test and the
class's own fixtures, which pytest begins after setup_method. For unittest's TestCase it lives around `run`:
setUp, the test, tearDown and clean-ups; and where pytest runs the TestCase, as for any class. What runs once
for a class (setUpClass, setup_class, fixtures of class scope) has a fake of its own, that no request may reach.
"""

from __future__ import annotations

import functools
import inspect
import sys
from typing import TYPE_CHECKING, Any, NoReturn, cast

from fakecos.clients.decorators.functions import abandon, stop, wrap
from fakecos.facts.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.clients.decorators.functions import Startable

_DECORATED = "_fakecos_decorated"
_TEST = "_fakecos_of_this_test"


class _DecoratedClass:
    """What is known of one decorated class.

    `has_setup`: it had a setup_method or teardown_method of its own. `enclosing`: the class that it is nested in.
    `tests`: the fakes of tests that run now. `class_fakes`: those of its set-up as a class, that no request may reach.
    """

    __slots__ = ("class_fakes", "enclosing", "has_setup", "name", "tests", "was_refused")

    def __init__(self, cls: type) -> None:
        base: _DecoratedClass | None = getattr(cls, _DECORATED, None)
        self.name = cls.__qualname__
        inherited = base is not None and base.has_setup
        self.has_setup: bool = inherited or any(_has_method(cls, name) for name in ("setup_method", "teardown_method"))
        self.enclosing: _DecoratedClass | None = None
        self.tests: list[Startable] = [] if base is None else base.tests
        self.class_fakes: list[Startable] = []
        self.was_refused = False

    def calls_setup(self, call: int) -> bool:
        """Whether pytest itself would make this call, counted from 0, of a setup_method of this class.

        It makes one for the class, and before it one for each class around it that has a setup_method itself.
        """
        outer: list[bool] = []
        decorated = self.enclosing
        while decorated is not None:
            outer.insert(0, decorated.has_setup)
            decorated = decorated.enclosing
        return call >= len(outer) or outer[call]

    def require_no_requests(self, what: str) -> None:
        """Raise UsageError if a request came to the fake of the class's set-up."""
        if self.class_fakes and self.class_fakes[-1].request_count:
            self.was_refused = True
            message = (
                f"{what} of {self.name} sent requests to S3, but each test of a class that FakeCOS decorates begins "
                f"with an empty fake of its own. Arrange in setUp (setup_method), or in a fixture for each test; or "
                f"do not decorate the class, start one fake in setUpClass and stop it with addClassCleanup."
            )
            raise UsageError(message)


class _Test:
    """One test that runs now: its fake, how often its setup_method was called, and whether it is in there."""

    __slots__ = ("calls", "fake", "is_inside")

    def __init__(self, fake: Startable) -> None:
        self.fake = fake
        self.calls = 0
        self.is_inside = False


def decorate_class(cls: type, make_fake: Callable[[], Startable]) -> type:
    """Return the class itself, changed so that each test in it has a fake of its own, with its set-up."""
    if _DECORATED in vars(cls):  # decorated already: the inner decorator's fake would answer anyway
        return cls
    decorated = _DecoratedClass(cls)
    setattr(cls, _DECORATED, decorated)
    if _is_case(cls):
        _wrap_class_setup(cls, "setUpClass", "tearDownClass", decorated, make_fake)
        _wrap_run(cls, make_fake)
    else:
        _wrap_nested(cls, decorated, make_fake)
        _wrap_tests(cls, decorated, make_fake)
    _wrap_class_setup(cls, "setup_class", "teardown_class", decorated, make_fake)
    _wrap_method_setup(cls, decorated, make_fake)
    return cls


def _is_case(cls: type) -> bool:
    unittest = sys.modules.get("unittest")  # a TestCase cannot be there without it
    return unittest is not None and issubclass(cls, unittest.TestCase)


def _is_fixture(attribute: object) -> bool:
    """Whether it is a fixture of pytest: an object of its own since 8.4, a marked function before."""
    return type(attribute).__name__ == "FixtureFunctionDefinition" or hasattr(attribute, "_pytestfixturefunction")


def _has_method(cls: type, name: str) -> bool:
    """Whether the class has such a method, itself or from a base that is not decorated."""
    attribute = inspect.getattr_static(cls, name, None)
    decorated = any(_DECORATED in vars(base) and vars(base).get(name) is attribute for base in cls.__mro__)
    return attribute is not None and not decorated and not _is_fixture(attribute)


def _find(cls: type, name: str) -> Callable[[Any], Callable[..., Any] | None]:
    """Return what finds the method `name`, the class's own or inherited, bound to an instance or a subclass.

    A fixture may have such a name: it goes on under another one.
    """
    attribute = inspect.getattr_static(cls, name, None)
    if _is_fixture(attribute):
        setattr(cls, f"_{name}_fixture", attribute)
        return lambda _: None
    own = vars(cls).get(name)

    def find(target: Any) -> Callable[..., Any] | None:
        owner, instance = (target, None) if isinstance(target, type) else (type(target), target)
        if own is None and issubclass(owner, cls):
            # By super, so that a class that stands between in the line of a subclass has its turn.
            return cast("Callable[..., Any] | None", getattr(super(cls, target), name, None))
        # pytest hands a class inside of this one to this one's setup_class.
        return cast("Callable[..., Any] | None", attribute and attribute.__get__(instance, owner))

    return find


def _wrap_class_setup(
    cls: type, first: str, last: str, decorated: _DecoratedClass, make_fake: Callable[[], Startable]
) -> None:
    """Let nothing of a class's set-up escape, and refuse to store there what no test will see."""
    set_up, tear_down = _find(cls, first), _find(cls, last)
    has_clean_ups = first == "setUpClass"

    # pytest counts the arguments by position of the function in the classmethod, and hands the class over.
    def set_up_class(owner: Any) -> None:
        fake = make_fake()
        _start(fake, decorated.class_fakes)
        decorated.was_refused = False
        if has_clean_ups:  # the first that is added runs last
            owner.addClassCleanup(_stop, fake, decorated.class_fakes)
        try:
            _call(set_up(owner), owner)
            decorated.require_no_requests(first)
        except BaseException as error:
            if not has_clean_ups or not isinstance(error, Exception):  # else they run, and no tear-down
                _stop(fake, decorated.class_fakes)
            raise

    def tear_down_class(owner: Any) -> None:
        try:
            _call(tear_down(owner), owner)
            if not decorated.was_refused:
                decorated.require_no_requests(last)
        finally:
            if not has_clean_ups:
                _stop(decorated.class_fakes[-1], decorated.class_fakes)

    setattr(cls, first, classmethod(set_up_class))
    setattr(cls, last, classmethod(tear_down_class))


def _start(fake: Startable, fakes: list[Startable]) -> None:
    """Start a fake and put it with those that run; neither if an exception comes, as Ctrl-C does."""
    try:
        fake.start()
        fakes.append(fake)
    except BaseException:
        abandon(fake)
        raise


def _stop(fake: Startable, fakes: list[Startable]) -> None:
    """Stop one of the fakes that run, once."""
    if fake in fakes:
        fakes.remove(fake)
        stop(fake)


def _wrap_run(cls: type, make_fake: Callable[[], Startable]) -> None:
    """Wrap TestCase.run: a clean-up added before setUp runs last, and what it raises is an error of the test."""
    original: Callable[..., Any] = cls.run  # type: ignore[attr-defined]

    @functools.wraps(original)
    def run(self: Any, result: Any = None) -> Any:
        if _TEST in vars(self):  # pytest has begun the test, with setup_method
            return original(self, result)
        fake = make_fake()
        stopped: list[bool] = []

        def stop_once() -> None:
            if not stopped:
                stopped.append(True)
                stop(fake)

        self.addCleanup(stop_once)
        try:
            try:
                fake.start()
            except UsageError as error:
                stopped.append(True)
                self.setUp = functools.partial(_refuse, error)  # the test's error, not the runner's
            return original(self, result)
        finally:
            if fake.is_active:  # a skipped test runs no clean-ups, and one that Ctrl-C ends perhaps not all
                stop(fake)

    cls.run = run  # type: ignore[attr-defined]


def _refuse(error: Exception) -> NoReturn:
    raise error


def _wrap_nested(cls: type, decorated: _DecoratedClass, make_fake: Callable[[], Startable]) -> None:
    """Decorate the test classes inside of a class; of one that stands elsewhere too, a subclass."""
    for name in dir(cls):
        inner = inspect.getattr_static(cls, name)
        if not name.startswith("Test") or not isinstance(inner, type):  # as pytest looks for them
            continue
        if not _is_case(inner) and any(vars(base).keys() & {"__init__", "__new__"} for base in inner.__mro__[:-1]):
            continue  # pytest takes no such class for a test
        qualname = f"{cls.__qualname__}.{name}"
        if inner.__qualname__ != qualname:
            inner = type(inner)(name, (inner,), {"__module__": cls.__module__, "__qualname__": qualname})
            setattr(cls, name, inner)
        vars(decorate_class(inner, make_fake))[_DECORATED].enclosing = decorated


def _wrap_tests(cls: type, decorated: _DecoratedClass, make_fake: Callable[[], Startable]) -> None:
    for name in dir(cls):
        if not name.startswith("test"):
            continue
        attribute = inspect.getattr_static(cls, name)
        if isinstance(attribute, (staticmethod, classmethod)):
            wrapped = _wrap_test(attribute.__func__, lambda *_: bool(decorated.tests), make_fake)
            setattr(cls, name, type(attribute)(wrapped))
        elif inspect.isfunction(attribute):
            setattr(cls, name, _wrap_test(attribute, lambda instance, *_: _TEST in vars(instance), make_fake))


def _wrap_test(
    function: Callable[..., Any], has_fake: Callable[..., bool], make_fake: Callable[[], Startable]
) -> Callable[..., Any]:
    """Wrap one test: with pytest the fake of setup_method is active already; by hand, the test has one alone."""
    alone = wrap(function, make_fake)

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        return (function if has_fake(*args) else alone)(*args, **kwargs)

    if not inspect.iscoroutinefunction(function):
        return run

    @functools.wraps(function)
    async def run_coroutine(*args: Any, **kwargs: Any) -> Any:
        return await run(*args, **kwargs)  # runners look for coroutine functions

    return run_coroutine


def _wrap_method_setup(cls: type, decorated: _DecoratedClass, make_fake: Callable[[], Startable]) -> None:
    """Let a fake live from the first call of setup_method for a test to the last one of teardown_method.

    pytest calls both once more for each class around this one that has them, and those have them now.
    """
    set_up, tear_down = _find(cls, "setup_method"), _find(cls, "teardown_method")

    def setup_method(self: Any, method: Any = None) -> None:
        test: _Test | None = vars(self).get(_TEST)
        if test is None:
            decorated.require_no_requests("The class's set-up, or a fixture of class scope,")
            test = _Test(make_fake())
        elif test.is_inside:  # a decorated base, called by its subclass
            _call(set_up(self), method)
            return
        try:
            if _TEST not in vars(self):
                _start(test.fake, decorated.tests)
                setattr(self, _TEST, test)
            test.calls += 1
            _call_inside(test, set_up(self) if decorated.calls_setup(test.calls - 1) else None, method)
        except BaseException:  # pytest calls no teardown_method then
            _leave(self, test, decorated)
            raise

    def teardown_method(self: Any, method: Any = None) -> None:
        test: _Test | None = vars(self).get(_TEST)
        if test is None or test.is_inside:
            _call(tear_down(self), method)
            return
        try:
            _call_inside(test, tear_down(self) if decorated.calls_setup(test.calls - 1) else None, method)
        finally:
            _leave(self, test, decorated)

    cls.setup_method = setup_method  # type: ignore[attr-defined]
    cls.teardown_method = teardown_method  # type: ignore[attr-defined]


def _call_inside(test: _Test, method: Callable[..., Any] | None, argument: object) -> None:
    test.is_inside = True
    try:
        _call(method, argument)
    finally:
        test.is_inside = False


def _leave(instance: Any, test: _Test, decorated: _DecoratedClass) -> None:
    test.calls -= 1
    if test.calls <= 0:  # below, if the set-up was broken off before it counted
        vars(instance).pop(_TEST, None)
        _stop(test.fake, decorated.tests)


def _call(method: Callable[..., Any] | None, argument: object) -> None:
    """Call a bound set-up method as pytest does: with the test method, or the class, if it takes one."""
    if method is None:
        return
    if inspect.signature(method).parameters:
        method(argument)
    else:
        method()

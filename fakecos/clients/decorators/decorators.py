"""What `@FakeCOS()` can decorate, and who does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.clients.decorators.functions import Startable


def decorate(target: Any, make_fake: Callable[[], Startable]) -> Any:
    """Return `target` so that each run has a fake of its own.

    UsageError: it is neither a function nor a class.
    """
    if isinstance(target, type):
        from fakecos.clients.decorators.classes import decorate_class

        return decorate_class(target, make_fake)
    if not callable(target):
        message = f"FakeCOS decorates functions, coroutine functions and test classes, not {target!r}."
        raise UsageError(message)
    from fakecos.clients.decorators.functions import wrap

    return wrap(target, make_fake)

"""Token managers of ibm_botocore: while a fake answers, each has a double that fetches its tokens from that fake.

A manager keeps its token, and a thread that renews it in time. What it holds when a fake starts may be real, and must
still be there afterwards; what it fetches from a fake must be gone by then. So the manager itself is left alone: a copy
of it, with nothing fetched yet, does its work by its own code: it posts to IAM through `requests`, where the request is
answered like any other. The copy has no thread; what the thread would have renewed by now is renewed when
the token is next asked for, so that a frozen clock rules it.
Source: `DefaultTokenManager` in ibm_botocore's credentials.
"""

from __future__ import annotations

import copy
import functools
import threading
import weakref
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import active
from fakecos.clients.activation.locking import locked
from fakecos.clients.base import Adapter
from fakecos.clients.http import http_common

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.active import ActiveFake
    from fakecos.clients.activation.patches import Patches

_doubles: weakref.WeakKeyDictionary[ActiveFake, weakref.WeakKeyDictionary[Any, Any]] = weakref.WeakKeyDictionary()
_lock = threading.RLock()
_LOCK = type(threading.Lock())


class _NoThread:
    """Stands for the thread of a double, which needs none."""

    def is_alive(self) -> bool:
        return True


def patch_token_manager(module: ModuleType, patches: Patches) -> None:
    """Patch `ibm_botocore.credentials`: a token is the active fake's, and real ones are not renewed meanwhile."""

    def make_get(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def get_token(self: Any) -> Any:
            fake = active.innermost()
            if fake is None or _is_double(self):
                return original(self)
            return token_of(self, fake)

        return get_token

    def make_refresh(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def _refresh(self: Any) -> Any:
            return original(self) if active.innermost() is None or _is_double(self) else None

        return _refresh

    patches.replace(module.DefaultTokenManager, "get_token", make_get)
    patches.replace(module.DefaultTokenManager, "_refresh", make_refresh)
    patches.add(module.DefaultTokenManager, "_expiry_time", property(_expiry_of, _set_expiry))


def _expiry_of(manager: Any) -> Any:
    """Return when the token ends that `get_token` gave: lithops asks the manager, as nothing public says it."""
    own = vars(manager).get("_expiry_time")
    fake = active.innermost()
    if own is not None or fake is None or _is_double(manager):
        return own
    with _lock:
        double = _doubles.get(fake, {}).get(manager)
    return None if double is None else double._expiry_time


def _set_expiry(manager: Any, moment: Any) -> None:
    vars(manager)["_expiry_time"] = moment


def token_of(manager: Any, fake: ActiveFake) -> Any:
    """Return the token that a manager has or gets from a fake, whether that is the active one or not."""
    double = _double_of(manager, fake)
    fake.token_endpoints.add(double._get_token_url())
    with http_common.intercepted_by(fake):
        if double._get_cache_token() and double._seconds_remaining() <= double._advisory_refresh_timeout:
            double._refresh()
        return double.get_token()


@locked(lambda _: _lock)
def forget_tokens(fake: ActiveFake) -> None:
    """Forget the tokens that were fetched from a fake: it starts anew."""
    _doubles.pop(fake, None)


def after_fork() -> None:
    """Make a new lock, in a forked child."""
    global _lock  # noqa: PLW0603  one process, one lock
    _lock = threading.RLock()


class AttachedTokens:
    """The token manager of an attached client: `own` is the client's."""

    def __init__(self, own: Any, fake: ActiveFake) -> None:
        self._own = own
        self._fake = fake

    def get_token(self) -> Any:
        """Return the token that its fake has given, or gives now."""
        return token_of(self._own, self._fake)


def _is_double(manager: Any) -> bool:
    return isinstance(manager._background_thread, _NoThread)


def _double_of(manager: Any, fake: ActiveFake) -> Any:
    with _lock:
        of_fake = _doubles.setdefault(fake, weakref.WeakKeyDictionary())
        double = of_fake.get(manager)
        if double is None:
            double = of_fake[manager] = _make_double(manager)
        return double


def _make_double(manager: Any) -> Any:
    double = copy.copy(manager)
    for name, value in vars(manager).items():  # its locks and events are its own
        if isinstance(value, threading.Event):
            setattr(double, name, threading.Event())
        elif isinstance(value, _LOCK):
            setattr(double, name, threading.Lock())
    double._background_thread = _NoThread()
    double._shutdown = False
    double._set_cache_token()
    own = manager.auth_function
    if getattr(own, "__self__", None) is manager:
        double.auth_function = getattr(double, own.__name__)
    return double


ADAPTER = Adapter(while_active={"ibm_botocore.credentials": patch_token_manager})

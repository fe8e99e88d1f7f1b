"""boto3 and ibm_boto3: one session that is made once, and the default session."""

from __future__ import annotations

import copy
import functools
import importlib
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.clients.activation import active, environment, masking
from fakecos.clients.base import Adapter

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.active import ActiveFake
    from fakecos.clients.activation.patches import Patches

PACKAGES = ("boto3", "ibm_boto3")
DEFAULT_SESSION = "DEFAULT_SESSION"
_CORE = {"boto3": "botocore", "ibm_boto3": "ibm_botocore"}


class _Cached(NamedTuple):
    session: Any
    events: Any
    builtin_handlers: int


_sessions: dict[tuple[str, tuple[str, str]], _Cached] = {}
_idle: dict[str, _Cached] = {}
"""By package a session that signed with keys of a fake which is over."""


def session(package: str = "boto3", keys: tuple[str, str] = environment.DUMMIES) -> Any:
    """Return the one session that signs with `keys`; the models are loaded once for the whole process.

    Its event handlers are as on the first day: what an earlier test registered is gone. It is made anew
    when somebody added built-in handlers since, for a session copies those when it is made (wire 1).
    """
    module = importlib.import_module(package)
    core = importlib.import_module(f"{_CORE[package]}.session")
    builtin = len(importlib.import_module(f"{_CORE[package]}.handlers").BUILTIN_HANDLERS)
    cached = _sessions.get((package, keys))
    if cached is None and keys != environment.DUMMIES and package in _idle:
        cached = _sessions[package, keys] = _idle.pop(package)
        cached.session._session.set_credentials(*keys)
    if cached is None or cached.builtin_handlers != builtin:
        inner = core.Session()
        inner.set_credentials(*keys)
        first = _sessions.get((package, environment.DUMMIES))
        if first is not None:
            inner.register_component("data_loader", first.session._session.get_component("data_loader"))
        made = module.Session(botocore_session=inner)
        cached = _Cached(made, copy.copy(inner.get_component("event_emitter")), builtin)
        _sessions[package, keys] = cached
    elif not _is_untouched(cached.session._session.get_component("event_emitter"), cached.events):
        cached.session._session.register_component("event_emitter", copy.copy(cached.events))
    return cached.session


def _is_untouched(events: Any, first: Any) -> bool:
    """Whether no handler came or went since `first` was copied, as the emitter's own names say; else a copy is made.

    A copy shares the cache of what was looked up, and each change begins a new one (source: `HierarchicalEmitter` in
    `botocore.hooks` 1.44). Copying some 250 lists of handlers is a fifth of making a client.
    """
    mine, other = (vars(getattr(each, "_emitter", each)) for each in (events, first))
    cache, handlers = "_lookup_cache", "_unique_id_handlers"
    return cache in mine and mine[cache] is other.get(cache) and mine.get(handlers) == other.get(handlers)


def forget(fake: ActiveFake) -> None:
    """Let the sessions that sign with a fake's own keys forget these: no secret outlives it here.

    The next fake with keys of its own takes them, since it takes long to make one. Dummies are no secret.
    """
    keys = fake.signing_keys
    if keys != environment.DUMMIES:
        for package in PACKAGES:
            cached = _sessions.get((package, keys))
            if cached is not None:
                cached.session._session.set_credentials(*environment.DUMMIES)
                _idle[package] = cached
                _sessions.pop((package, keys), None)


def patch_default_session(module: ModuleType, patches: Patches) -> None:
    """Patch `boto3`: the default session, made when first asked for, is the cached one."""

    def make(original: Callable[[], Any]) -> Callable[[], Any]:
        @functools.wraps(original)
        def _get_default_session() -> Any:
            fake = active.innermost()
            hermetic = fake is not None and not fake.keep_environment and environment.is_masked(fake.signing_keys)
            if fake is not None and hermetic and getattr(module, DEFAULT_SESSION) is None:
                setattr(module, DEFAULT_SESSION, session(module.__name__, fake.signing_keys))
            return original()

        return _get_default_session

    patches.replace(module, "_get_default_session", make)
    for fake in active.every():  # empty but for a package that is imported while fakes are active
        mask_default_session(fake, module)


def mask_default_session(fake: ActiveFake, module: ModuleType) -> None:
    """Hide the default session: the next call makes one, and the developer's own comes back at the end."""
    masking.mask_names(fake, vars(module), {DEFAULT_SESSION: None})


def imported() -> list[ModuleType]:
    """Return those of the two packages that are imported."""
    return [module for module in map(sys.modules.get, PACKAGES) if module is not None]


ADAPTER = Adapter(while_active=dict.fromkeys(PACKAGES, patch_default_session))

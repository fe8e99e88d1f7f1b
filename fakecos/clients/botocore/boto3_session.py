"""boto3 and ibm_boto3: their default session, and the transfers that would go round botocore."""

from __future__ import annotations

import copy
import functools
import importlib
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.clients.activation import active, environment
from fakecos.facts.exceptions import EscapedRequestError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.patches import Patches

PACKAGES = ("boto3", "ibm_boto3")
DEFAULT_SESSION = "DEFAULT_SESSION"
_CORE = {"boto3": "botocore", "ibm_boto3": "ibm_botocore"}


class _Cached(NamedTuple):
    session: Any
    events: Any
    builtin_handlers: int


_sessions: dict[tuple[str, tuple[str, str]], _Cached] = {}


def session(package: str = "boto3", keys: tuple[str, str] = environment.DUMMIES) -> Any:
    """Return the one session that signs with `keys`; the models are loaded once for the whole process.

    Its event handlers are as on the first day: what an earlier test registered is gone. It is made anew
    when somebody added built-in handlers since, for a session copies those when it is made (wire 1).
    """
    module = importlib.import_module(package)
    core = importlib.import_module(f"{_CORE[package]}.session")
    builtin = len(importlib.import_module(f"{_CORE[package]}.handlers").BUILTIN_HANDLERS)
    cached = _sessions.get((package, keys))
    if cached is None or cached.builtin_handlers != builtin:
        inner = core.Session()
        inner.set_credentials(*keys)
        first = _sessions.get((package, environment.DUMMIES))
        if first is not None:
            inner.register_component("data_loader", first.session._session.get_component("data_loader"))
        made = module.Session(botocore_session=inner)
        cached = _Cached(made, copy.copy(inner.get_component("event_emitter")), builtin)
        _sessions[package, keys] = cached
    else:
        cached.session._session.register_component("event_emitter", copy.copy(cached.events))
    return cached.session


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


def patch_transfer(module: ModuleType, patches: Patches) -> None:
    """Patch `boto3.s3.transfer`: the CRT client would ignore the endpoint and reach the real service (wire 7)."""

    def make(original: Callable[..., bool]) -> Callable[..., bool]:
        @functools.wraps(original)
        def _should_use_crt(config: Any) -> bool:
            # The original still refuses a CRT that is asked for and not there.
            return original(config) and active.innermost() is None and not _bound_clients

        return _should_use_crt

    patches.replace(module, "_should_use_crt", make)


_bound_clients: set[int] = set()


def bound(client: object, *, now: bool) -> None:
    """Tell that a client is bound to a fake, or no more: transfers take the classic path while any is."""
    (_bound_clients.add if now else _bound_clients.discard)(id(client))


def patch_crt_transfer(module: ModuleType, patches: Patches) -> None:
    """Patch `s3transfer.crt`: a transfer that was set up before, or by hand, is refused loudly."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def _submit_transfer(self: Any, *args: Any, **kwargs: Any) -> Any:
            fake = active.innermost()
            if fake is None:
                return original(self, *args, **kwargs)
            error = EscapedRequestError(
                "A transfer through the AWS CRT client was stopped: it would reach the real S3, past any fake in "
                'this process. Use TransferConfig(preferred_transfer_client="classic").'
            )
            fake.record(error)
            raise error

        return _submit_transfer

    patches.replace(module.CRTTransferManager, "_submit_transfer", make)


def loaded() -> list[ModuleType]:
    """Return those of the two packages that are imported."""
    return [module for module in map(sys.modules.get, PACKAGES) if module is not None]

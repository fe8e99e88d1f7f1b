"""Switching on and off: what the first active fake installs, the last one takes away.

Stopping out of order is allowed and exact: the fake that stops is taken out of the stack wherever it
stands, and what it saved of the environment is handed to the one above it.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import active, environment
from fakecos.clients.activation.import_hook import ImportHook
from fakecos.clients.activation.patches import Overlays, Patches
from fakecos.clients.botocore import backoff, boto3_session, credentials, endpoint, iam_tokens, moto

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    from fakecos.clients.activation.active import ActiveFake
    from fakecos.clients.activation.patches import Overlay

    Patch = Callable[[ModuleType, Patches], None]


class Switch:
    """Patches for a set of modules, imported already or later; on as long as anybody holds it on."""

    def __init__(self, watch: Mapping[str, Patch]) -> None:
        self._watch = watch
        self._holders = 0
        self.patches = Patches()
        self._hook = ImportHook(watch, self._patch)

    def on(self) -> None:
        """Hold it on."""
        self._holders += 1
        if self._holders > 1:
            return
        self._hook.install()
        try:
            for name in self._watch:
                if sys.modules.get(name) is not None:  # None forbids an import
                    # Waits for a module that another thread is importing just now.
                    self._patch(importlib.import_module(name))
        except BaseException:
            self.off()
            raise

    def off(self) -> None:
        """Let go of it."""
        self._holders -= 1
        if self._holders == 0:
            self._hook.remove()
            self.patches.undo()

    def _patch(self, module: ModuleType) -> None:
        self._watch[module.__name__](module, self.patches)


def _patch_boto3(module: ModuleType, patches: Patches) -> None:
    boto3_session.patch_default_session(module, patches)
    for fake in active.every():  # empty but for a package that is imported while fakes are active
        _cover_default_session(fake, module)


def _later(adapter: str, name: str) -> Patch:
    """Return a patch that stands in an adapter which is imported when it is needed."""

    def patch(module: ModuleType, patches: Patches) -> None:
        getattr(importlib.import_module(f"fakecos.clients.{adapter}"), name)(module, patches)

    return patch


_clients = Switch(
    {
        **{f"{name}.endpoint": endpoint.patch_endpoint for name in endpoint.PACKAGES},
        **{f"{name}.httpsession": endpoint.patch_http_session for name in endpoint.PACKAGES},
        **{f"{name}.signers": credentials.patch_signers for name in endpoint.PACKAGES},
        "aiobotocore.endpoint": _later("botocore.aio_endpoint", "patch_endpoint"),
        "aiobotocore.httpsession": _later("botocore.aio_endpoint", "patch_http_session"),
        "aiobotocore.httpxsession": _later("botocore.aio_endpoint", "patch_http_session"),
        "aiobotocore.signers": credentials.patch_async_signers,
        **dict.fromkeys(boto3_session.PACKAGES, _patch_boto3),
        "s3transfer.crt": boto3_session.patch_crt_transfer,
        "ibm_s3transfer.crt": boto3_session.patch_crt_transfer,
        "moto.core.botocore_stubber": moto.patch_stubber,
        "ibm_botocore.credentials": iam_tokens.patch_token_manager,
    }
)
# Each is imported when the library is (start-up is a budget). Attached clients need them too: to fetch a token.
_doors = Switch(
    {
        "aiohttp.connector": _later("http.aiohttp", "patch_connector"),
        "httpx._transports.default": _later("http.httpx", "patch_transports"),
        "pytest_httpx._httpx_mock": _later("http.httpx", "patch_httpx_mock"),
        "responses": _later("http.responses", "patch_mock"),
        "urllib.request": _later("http.urllib_request", "patch_handler"),
        "urllib3.connectionpool": _later("http.urllib3", "patch_pool"),
        "urllib3.util.retry": _later("http.urllib3", "patch_retry"),
    }
)
_transfers = Switch({f"{name}.s3.transfer": boto3_session.patch_transfer for name in boto3_session.PACKAGES})
_pauses = Switch(
    {
        **{f"{name}.endpoint": backoff.patch_time for name in endpoint.PACKAGES},
        **{f"{name}.waiter": backoff.patch_waiter for name in endpoint.PACKAGES},
        **{f"{name}.retries.bucket": backoff.patch_bucket for name in endpoint.PACKAGES},
        "ibm_botocore.credentials": backoff.patch_time,
        "aiobotocore.endpoint": backoff.patch_asyncio,
        "aiobotocore.waiter": backoff.patch_async_waiter,
        "aiobotocore.retries.bucket": backoff.patch_async_bucket,
    }
)
_overlays = Overlays()
_laid: dict[int, list[Overlay]] = {}
_lock = threading.RLock()
_watches_forks = False


def start(fake: ActiveFake) -> None:
    """Make `fake` the innermost active one; everything is as before if that fails.

    UsageError: another fake that answers S3 first is active.
    """
    with _lock:
        moto.require_pass_through()
        _watch_forks()
        iam_tokens.forget(fake)
        _pauses.on()
        _doors.on()
        _transfers.on()
        try:
            _clients.on()
        except BaseException:
            _transfers.off()
            _doors.off()
            _pauses.off()
            raise
        _laid[id(fake)] = []
        if not fake.keep_environment:
            _laid[id(fake)].append(
                _overlays.put(os.environ, environment.mask(fake.signing_keys), environment.MASKED_PREFIXES)
            )
        for module in boto3_session.loaded():
            _cover_default_session(fake, module)
        active.push(fake)


def stop(fake: ActiveFake) -> None:
    """Take `fake` out of the active ones and undo what it did."""
    with _lock:
        active.remove(fake)
        for overlay in reversed(_laid.pop(id(fake), [])):
            _overlays.take(overlay)
        _clients.off()
        _transfers.off()
        _doors.off()
        _pauses.off()


def bind(client: object, fake: ActiveFake) -> None:
    """Bind one client to one fake."""
    with _lock:
        endpoint.bind(client, fake, _exchange_of(client))
        boto3_session.bound(client, now=True)
        _transfers.on()
        _doors.on()
        _pauses.on()


def _exchange_of(client: Any) -> Callable[..., Any] | None:
    """Return what answers a client of aiobotocore, None for one of botocore."""
    if not any(kind.__module__.startswith("aiobotocore.") for kind in type(client._endpoint).__mro__):
        return None
    from fakecos.clients.botocore import aio_endpoint

    return aio_endpoint.exchange


def unbind(client: object) -> None:
    """Put a bound client back as it was."""
    with _lock:
        endpoint.unbind(client)
        boto3_session.bound(client, now=False)
        _doors.off()
        _transfers.off()
        _pauses.off()


def _cover_default_session(fake: ActiveFake, module: ModuleType) -> None:
    """Cover the default session: the next call makes one, and the developer's own comes back at the end."""
    if not fake.keep_environment:
        _laid[id(fake)].append(_overlays.put(vars(module), {boto3_session.DEFAULT_SESSION: None}))


def _watch_forks() -> None:
    """Watch forks from the first activation on; Python has no way to stop that."""
    global _watches_forks  # noqa: PLW0603  once per process
    if not _watches_forks and hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_after_fork)
        _watches_forks = True


def _after_fork() -> None:
    """In a child: make every lock anew, since a thread that held one at the fork does not exist here."""
    global _lock  # noqa: PLW0603  one process, one lock
    _lock = threading.RLock()
    _clients.patches.rearm()
    iam_tokens.after_fork()
    _doors.patches.rearm()
    _transfers.patches.rearm()
    _pauses.patches.rearm()
    active.forked()
    for fake in active.every():
        fake.after_fork()


def cover_environment(values: Mapping[str, str], *, hermetic: bool) -> Overlay:
    """Lay variables over the environment, and with `hermetic` the whole mask below them; `uncover` takes both away."""
    with _lock:
        if not hermetic:
            return _overlays.put(os.environ, dict(values))
        return _overlays.put(os.environ, {**environment.mask(), **values}, environment.MASKED_PREFIXES)


def uncover_environment(overlay: Overlay) -> None:
    """Put the environment back as it was."""
    with _lock:
        _overlays.take(overlay)

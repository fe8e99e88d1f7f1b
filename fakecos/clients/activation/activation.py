"""Switching on and off: what the first active fake installs, the last one takes away.

Stopping out of order is allowed and exact: the fake that stops is taken out of the stack wherever it
stands, and what it saved of the environment is handed to the one above it.

An exception may come at any point, as Ctrl-C does. Each function that undoes may therefore be called after one that
was broken off, and twice; each step is tried though another failed.
"""

from __future__ import annotations

import os
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import active, masking
from fakecos.clients.activation.locking import locked
from fakecos.clients.activation.switch import Switch
from fakecos.clients.botocore import boto3_session, boto3_transfer, endpoint, iam_tokens, moto

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakecos.clients.activation.active import ActiveFake
    from fakecos.clients.activation.patches import Overlay

# What only an active fake patches; and what a client needs too that is attached to one that is not active: it fetches
# its tokens through libraries of HTTP, it sleeps between attempts, and its transfers may not go round botocore.
_while_active = Switch(lambda adapter: adapter.while_active)
_while_answering = Switch(lambda adapter: adapter.while_answering)
_while_sharing = Switch(lambda adapter: adapter.while_sharing)  # an active fake, or one that serves this process
_lock = threading.RLock()
_watches_forks = False
_locked = locked(lambda _: _lock)


@_locked
def start(fake: ActiveFake) -> None:
    """Make `fake` the innermost active one. If that fails, even half-way, `stop` undoes it.

    UsageError: another fake that answers S3 first is active.
    """
    moto.require_pass_through()
    _watch_forks()
    iam_tokens.forget_tokens(fake)
    _while_answering.on(fake)
    _while_active.on(fake)
    if fake.share_models:
        _while_sharing.on(fake)
    masking.mask_environment(fake)
    for module in boto3_session.imported():
        boto3_session.mask_default_session(fake, module)
    active.push(fake)


@_locked
def stop(fake: ActiveFake) -> None:
    """Take `fake` out of the active ones and undo what it did; nothing happens if that is nothing."""
    with ExitStack() as steps:
        steps.callback(boto3_session.forget, fake)
        steps.callback(_while_answering.off, fake)
        steps.callback(_while_active.off, fake)
        steps.callback(_while_sharing.off, fake)
        steps.callback(masking.unmask, fake)
        active.remove(fake)


@_locked
def share_models(server: object) -> None:
    """Let sessions share what they read while a server is open. If it fails half-way, `unshare_models` undoes it."""
    active.served.add(server)
    _while_sharing.on(server)


@_locked
def unshare_models(server: object) -> None:
    """End what `share_models` began for a server; nothing happens if it was not."""
    active.served.discard(server)
    _while_sharing.off(server)


@_locked
def attach(client: object, fake: ActiveFake) -> None:
    """Let one client be answered by one fake, active or not. If that fails, even half-way, `detach` undoes it."""
    _while_answering.on(client)
    endpoint.attach(client, fake, _exchange_of(client))
    boto3_transfer.set_attached(client, attached=True)


def _exchange_of(client: Any) -> Callable[..., Any] | None:
    """Return what answers a client of aiobotocore, None for one of botocore."""
    if not any(kind.__module__.startswith("aiobotocore.") for kind in type(client._endpoint).__mro__):
        return None
    from fakecos.clients.botocore import aio_endpoint

    return aio_endpoint.exchange


@_locked
def detach(client: object) -> None:
    """Put an attached client back as it was; nothing happens if it is so."""
    endpoint.detach(client)
    boto3_transfer.set_attached(client, attached=False)
    _while_answering.off(client)


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
    _while_active.patches.rearm()
    iam_tokens.after_fork()
    _while_answering.patches.rearm()
    _while_sharing.patches.rearm()
    active.note_fork()
    for fake in active.every():
        fake.after_fork()


@_locked
def set_environment(values: Mapping[str, str], note: Callable[[Overlay], None], *, hermetic: bool) -> None:
    """Set variables of the environment, with `hermetic` the whole mask too.

    `note` is given, before anything is set, what `unset_environment` needs.
    """
    overlay = masking.variables(values, hermetic=hermetic)
    note(overlay)
    masking.add(overlay)


@_locked
def unset_environment(overlay: Overlay) -> None:
    """Put the environment back as it was; nothing happens if it is so."""
    masking.remove(overlay)

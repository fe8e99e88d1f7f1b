"""Switching on and off: what the first active fake installs, the last one takes away.

Stopping out of order is allowed and exact: the fake that stops is taken out of the stack wherever it
stands, and what it saved of the environment is handed to the one above it.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import active, masking
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
_lock = threading.RLock()
_watches_forks = False


def start(fake: ActiveFake) -> None:
    """Make `fake` the innermost active one; everything is as before if that fails.

    UsageError: another fake that answers S3 first is active.
    """
    with _lock:
        moto.require_pass_through()
        _watch_forks()
        iam_tokens.forget_tokens(fake)
        _while_answering.on()
        try:
            _while_active.on()
        except BaseException:
            _while_answering.off()
            raise
        masking.mask_environment(fake)
        for module in boto3_session.imported():
            boto3_session.mask_default_session(fake, module)
        active.push(fake)


def stop(fake: ActiveFake) -> None:
    """Take `fake` out of the active ones and undo what it did."""
    with _lock:
        active.remove(fake)
        masking.unmask(fake)
        _while_active.off()
        _while_answering.off()


def attach(client: object, fake: ActiveFake) -> None:
    """Let one client be answered by one fake, active or not."""
    with _lock:
        endpoint.attach(client, fake, _exchange_of(client))
        boto3_transfer.set_attached(client, attached=True)
        _while_answering.on()


def _exchange_of(client: Any) -> Callable[..., Any] | None:
    """Return what answers a client of aiobotocore, None for one of botocore."""
    if not any(kind.__module__.startswith("aiobotocore.") for kind in type(client._endpoint).__mro__):
        return None
    from fakecos.clients.botocore import aio_endpoint

    return aio_endpoint.exchange


def detach(client: object) -> None:
    """Put an attached client back as it was."""
    with _lock:
        endpoint.detach(client)
        boto3_transfer.set_attached(client, attached=False)
        _while_answering.off()


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
    active.note_fork()
    for fake in active.every():
        fake.after_fork()


def set_environment(values: Mapping[str, str], *, hermetic: bool) -> Overlay:
    """Set variables of the environment, with `hermetic` the whole mask too; `unset_environment` takes both away."""
    with _lock:
        return masking.set_variables(values, hermetic=hermetic)


def unset_environment(overlay: Overlay) -> None:
    """Put the environment back as it was."""
    with _lock:
        masking.unset(overlay)

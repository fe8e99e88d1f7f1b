"""aiobotocore: the hook at `AioEndpoint._send`, and the second guard at `send` of its two HTTP sessions.

The same two places as in botocore, and for the same reasons (wire 1, 8): its endpoint is a subclass with a coroutine of
its own, and its sessions (aiohttp, httpx) know nothing of URLLib3Session. What differs between the two sessions stands
in `aiohttp_session` and `httpx_session`; this file is imported when aiobotocore is.
"""

from __future__ import annotations

import contextvars
import functools
import re
import sys
from typing import TYPE_CHECKING, Any, Protocol

from fakecos.clients.activation import active, network_guard
from fakecos.clients.botocore import aio_aiohttp_session, aio_httpx_session, backoff, transport_exceptions
from fakecos.clients.botocore import endpoint as botocore_endpoint
from fakecos.clients.botocore.aio_bodies import received
from fakecos.clients.botocore.bodies import BrokenBody, raw_stream
from fakecos.facts.transport import TransportFault

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import ModuleType

    from fakecos.clients.activation.active import ActiveFake
    from fakecos.clients.activation.patches import Patches
    from fakecos.clients.botocore.aio_bodies import Sender
    from fakecos.facts.transport import Transport

    Send = Callable[[Any, Any], Awaitable[Any]]

_passing: contextvars.ContextVar[bool] = contextvars.ContextVar("fakecos_passing", default=False)


class _Session(Protocol):
    """What is known of one of the two HTTP sessions: the ways it fails, and the answers it gives."""

    SENDER: Sender

    async def turn(self) -> None:
        """Let other tasks run, as every request on a network does."""

    def unsendable(self, text: str) -> Exception:
        """Return what a header with a control character raises."""

    def to_exception(self, kind: Transport, request: Any, session: Any) -> Exception:
        """Return what a request raises that meets this failure."""

    def cut_off(self, kind: Transport, request: Any, arrived: int, declared: str | None) -> Exception:
        """Return what a request raises whose answer is read at once and breaks off."""

    def while_reading(self, kind: Transport, arrived: int, declared: str | None) -> Exception:
        """Return what the raw stream of an answer raises when it breaks off."""

    def answer(self, request: Any, status: int, headers: dict[str, str], raw: Any) -> Any:
        """Return aiobotocore's own answer over a raw stream."""


def _session_of(endpoint: Any) -> _Session:
    httpx = sys.modules.get("aiobotocore.httpxsession")
    if httpx is not None and isinstance(endpoint.http_session, httpx.HttpxSession):
        return aio_httpx_session
    return aio_aiohttp_session


CONTROL = r"[\x00-\x08\x0a-\x1f\x7f]"
"""What neither session sends in a header (measured with a real connection)."""


def package() -> botocore_endpoint.Package:
    """Return the modules that messages are made with: exceptions are botocore's, there are no others."""
    modules = sys.modules
    return botocore_endpoint.Package(
        "aiobotocore",
        modules["aiobotocore.awsrequest"],
        modules["aiobotocore.httpchecksum"],
        modules["botocore.exceptions"],
    )


async def exchange(fake: ActiveFake, endpoint: Any, request: Any) -> Any:
    """Let `fake` answer one request of a client to S3, as `botocore.exchange` does.

    The service works in the thread of the event loop, between two turns of it: what one request changes is whole before
    another task sees it.
    """
    session = _session_of(endpoint)
    await session.turn()
    made_with = package()
    body = await received(request.body, request.url, made_with.checksums, session.SENDER)
    message = botocore_endpoint.to_http(request, endpoint.host, made_with, body)
    for text in (*message.headers, *message.headers.values()):
        if re.search(CONTROL, text):
            raise session.unsendable(text)
    fake.endpoints[endpoint.host] = message.package
    if fake is not active.innermost():
        backoff.answered_by(fake)
    message.read_timeout = transport_exceptions.read_timeout_of(request, endpoint)
    try:
        response = fake.exchange(message)
    except TransportFault as fault:
        raise session.to_exception(fault.kind, request, endpoint.http_session) from None
    except Exception as error:
        if error is not body.failure:
            fake.record(error)
        raise
    raw: Any = raw_stream(b"" if request.method == "HEAD" else response.body)
    if response.cut is not None:
        kind, arrived = response.cut.kind, raw.read(response.cut.size)
        declared = response.headers.get("Content-Length")
        if not request.stream_output:  # its session reads it before it gives it to anyone
            raise session.cut_off(kind, request, len(arrived), declared)
        raw = BrokenBody(arrived, session.while_reading(kind, len(arrived), declared))
    return session.answer(request, response.status, response.headers, raw)


# --- the hooks ------------------------------------------------------------------------------------------


def patch_endpoint(module: ModuleType, patches: Patches) -> None:
    """Patch `aiobotocore.endpoint`: requests are answered."""

    def make_send(original: Send) -> Send:
        @functools.wraps(original)
        async def _send(self: Any, request: Any) -> Any:
            fake = active.innermost()
            if fake is None:
                return await original(self, request)
            if self._endpoint_prefix == botocore_endpoint.S3:
                if active.is_forked and fake.is_elsewhere(request.url):
                    return await _pass(original, self, request)
                return await exchange(fake, self, request)
            botocore_endpoint.require_passage(fake, self, request, sys._getframe(1))
            return await _pass(original, self, request)

        return _send

    patches.replace(module.AioEndpoint, "_send", make_send)


def patch_http_session(module: ModuleType, patches: Patches) -> None:
    """Patch `aiobotocore.httpsession` or `.httpxsession`: what was not let pass is refused there."""
    exceptions = sys.modules["botocore.exceptions"]

    def make_send(original: Send) -> Send:
        @functools.wraps(original)
        async def send(self: Any, request: Any) -> Any:
            fake = active.innermost()
            if fake is not None and not _passing.get():
                network_guard.require_harmless(fake, request, exceptions)
            return await original(self, request)

        return send

    owner = module.AIOHTTPSession if module.__name__ == "aiobotocore.httpsession" else module.HttpxSession
    patches.replace(owner, "send", make_send)


async def _pass(original: Send, endpoint: Any, request: Any) -> Any:
    token = _passing.set(True)
    try:
        return await original(endpoint, request)
    finally:
        _passing.reset(token)

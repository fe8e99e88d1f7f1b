"""aiobotocore: the hook at `AioEndpoint._send`, and the second guard at `send` of its two HTTP sessions.

The same two places as in botocore, and for the same reasons (wire 1, 8): its endpoint is a subclass with a coroutine of
its own, and its sessions (aiohttp, httpx) know nothing of URLLib3Session. What differs between the two sessions stands
in `aio_aiohttp_session` and `aio_httpx_session`; this file is imported when aiobotocore is.
"""

from __future__ import annotations

import contextvars
import functools
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from fakecos.clients import base
from fakecos.clients.activation import active, network_guard
from fakecos.clients.base import Adapter, Failures
from fakecos.clients.botocore import (
    aio_aiohttp_session,
    aio_httpx_session,
    aio_moto_patches,
    backoff,
    transport_exceptions,
)
from fakecos.clients.botocore import endpoint as botocore_endpoint
from fakecos.clients.botocore.aio_bodies import sent_body
from fakecos.clients.botocore.aio_session import botocore_exceptions
from fakecos.facts.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import ModuleType

    from fakecos.clients.activation.active import ActiveFake
    from fakecos.clients.activation.patches import Patches
    from fakecos.clients.botocore.aio_session import AioSession
    from fakecos.wire.messages import HttpRequest, HttpResponse

    Send = Callable[[Any, Any], Awaitable[Any]]

_may_leave: contextvars.ContextVar[bool] = contextvars.ContextVar("fakecos_may_leave", default=False)
_aiohttp_session = aio_aiohttp_session.AiohttpSession()
_httpx_session = aio_httpx_session.HttpxSession()


def _session_of(endpoint: Any) -> AioSession:
    httpx = sys.modules.get("aiobotocore.httpxsession")
    is_httpx = httpx is not None and isinstance(endpoint.http_session, httpx.HttpxSession)
    return _httpx_session if is_httpx else _aiohttp_session


def package() -> botocore_endpoint.Package:
    """Return the modules that messages are made with: exceptions are botocore's, there are no others."""
    modules = sys.modules
    return botocore_endpoint.Package(
        "aiobotocore",
        modules["aiobotocore.awsrequest"],
        modules["aiobotocore.httpchecksum"],
        botocore_exceptions(),
    )


async def to_http(request: Any, endpoint: Any, session: AioSession) -> HttpRequest:
    """Return the neutral request, whose body is read already if it can only be awaited."""
    made_with = package()
    body = await sent_body(request.body, request.url, made_with.checksums, session)
    message = botocore_endpoint.to_http(request, endpoint.host, made_with, body)
    session.require_valid(message.headers)
    message.read_timeout = functools.partial(transport_exceptions.read_timeout_of, request, endpoint)
    return message


def from_http(response: HttpResponse, request: Any, endpoint: Any) -> Any:
    """Return aiobotocore's own answer, as the session of this endpoint gives it."""
    return _session_of(endpoint).from_http(response, request, endpoint.http_session)


async def exchange(fake: ActiveFake, endpoint: Any, request: Any) -> Any:
    """Let `fake` answer one request of a client to S3, as `botocore.exchange` does.

    The service works in the thread of the event loop, between two turns of it: what one request changes is whole before
    another task sees it.
    """
    session = _session_of(endpoint)
    await session.checkpoint()
    patches = aio_moto_patches.replaced()
    try:
        if patches:
            model = botocore_endpoint.operation_model(sys._getframe(1))
            make = functools.partial(from_http, request=request, endpoint=endpoint)
            await aio_moto_patches.require_harmless(patches, make, request, model)
        message = await to_http(request, endpoint, session)
    except UsageError as error:
        fake.record(error)
        raise
    fake.endpoints[endpoint.host] = message.package
    if fake is not active.innermost():
        backoff.note_answer(fake)
    sent = (request, endpoint.http_session, botocore_exceptions())
    async with nullcontext() if fake.gate is None else fake.gate(message):
        response = base.exchange(fake, message, session.unanswered, *sent)
    return from_http(response, request, endpoint)


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
                    return await _send_for_real(original, self, request)
                return await exchange(fake, self, request)
            botocore_endpoint.require_passage(fake, self, request, sys._getframe(1))
            return await _send_for_real(original, self, request)

        return _send

    patches.replace(module.AioEndpoint, "_send", make_send)


def patch_http_session(module: ModuleType, patches: Patches) -> None:
    """Patch `aiobotocore.httpsession` or `.httpxsession`: what was not let pass is refused there."""
    exceptions = sys.modules["botocore.exceptions"]

    def make_send(original: Send) -> Send:
        @functools.wraps(original)
        async def send(self: Any, request: Any) -> Any:
            fake = active.innermost()
            if fake is not None and not _may_leave.get():
                network_guard.require_allowed(fake, request, exceptions)
            return await original(self, request)

        return send

    owner = module.AIOHTTPSession if module.__name__ == "aiobotocore.httpsession" else module.HttpxSession
    patches.replace(owner, "send", make_send)


async def _send_for_real(original: Send, endpoint: Any, request: Any) -> Any:
    token = _may_leave.set(True)
    try:
        return await original(endpoint, request)
    finally:
        _may_leave.reset(token)


ADAPTER = Adapter(
    while_active={
        "aiobotocore.endpoint": patch_endpoint,
        "aiobotocore.httpsession": patch_http_session,
        "aiobotocore.httpxsession": patch_http_session,
    },
    failures=tuple(Failures(each.unanswered, each.broken_off) for each in (_aiohttp_session, _httpx_session)),
)

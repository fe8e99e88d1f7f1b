"""Clients that are made to send what they would not send of themselves."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit
from weakref import WeakSet

from fakecos.contract.bucket_names import NotAsked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

AS_SIGNED: WeakSet[Any] = WeakSet()
"""Clients whose finished requests must go as they were signed: those of a service that verifies signatures."""


@contextmanager
def before_signing(
    client: Any, query: Mapping[str, str | None] | None = None, headers: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Change what the client is about to send, before it signs: values of the query (None: gone), and headers."""

    def change(params: dict[str, Any], **_: Any) -> None:
        url = urlsplit(params["url"])
        pairs = dict(parse_qsl(url.query, keep_blank_values=True))
        for name, value in (query or {}).items():
            pairs.pop(name, None)
            if value is not None:
                pairs[name] = value
        text = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs.items())
        params["url"] = urlunsplit(url._replace(query=text))
        params["headers"].update(headers or {})

    client.meta.events.register_last("before-call.s3", change)
    try:
        yield
    finally:
        client.meta.events.unregister("before-call.s3", change)


@contextmanager
def after_signing(client: Any, operation: str, change: Callable[[Any], None]) -> Iterator[None]:
    """Let `change` alter the finished request (`url`, `headers`, `body`) of an operation before it is sent."""

    if client in AS_SIGNED:
        message = "it alters a request after it was signed, which a service that verifies signatures refuses"
        raise NotAsked(message)

    def alter(request: Any, **_: Any) -> None:
        change(request)

    event = f"before-send.s3.{operation}"
    client.meta.events.register(event, alter)
    try:
        yield
    finally:
        client.meta.events.unregister(event, alter)


def set_header(name: str, value: str) -> Callable[[Any], None]:
    """Return a change for `after_signing` that sets one header."""

    def change(request: Any) -> None:
        if name in request.headers:
            del request.headers[name]
        request.headers[name] = value
        # Nobody verifies the signature, but it must say that it covers the header.
        signed = request.headers["Authorization"].decode()
        del request.headers["Authorization"]
        request.headers["Authorization"] = signed.replace("SignedHeaders=", f"SignedHeaders={name.lower()};")

    return change


def replace_in_url(old: str, new: str) -> Callable[[Any], None]:
    """Return a change for `after_signing` that replaces a text in the URL, which must be there."""

    def change(request: Any) -> None:
        assert old in request.url
        request.url = request.url.replace(old, new)

    return change

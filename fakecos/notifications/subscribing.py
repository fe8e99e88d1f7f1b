"""What `cos.on_event` is given: judged, and made a handler."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Protocol

from fakecos.facts.exceptions import UsageError
from fakecos.notifications.asked import require_events, required_types
from fakecos.usage import takes

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.facts.dates import DatedFact
    from fakecos.facts.services.dialect import Dialect
    from fakecos.notifications.handlers import EventHandler
    from fakecos.notifications.notifier import Notifier

WHERE = "cos.on_event"


class Notifying(Protocol):
    """What a handler needs of the service."""

    @property
    def notifier(self) -> Notifier[Any]:
        """Who is told."""

    @property
    def dialect(self) -> Dialect | None:
        """The one service that answers here, None: as each request shows."""

    def holds(self, fact: DatedFact, /) -> bool:
        """Whether a dated fact holds here."""


def subscribe(
    service: Notifying,
    event: Any,
    handler: Any,
    bucket: Any,
    prefix: Any,
    suffix: Any,
) -> Any:
    """Return the handler that a function is now; without a function the decorator that makes it one."""
    require_events(service.dialect, WHERE)
    if callable(event):
        message = f'{WHERE}: the type of event comes first, as in @cos.on_event("s3:ObjectCreated:*").'
        raise UsageError(message)
    events = required_types(event, WHERE, service.holds)
    _require_texts(bucket, prefix, suffix)
    if handler is not None:
        return _added(service, events, handler, bucket, prefix, suffix)

    def decorate(function: Callable[..., object]) -> Callable[..., object]:
        _added(service, events, function, bucket, prefix, suffix)
        return function

    return decorate


def _added(
    service: Notifying, events: tuple[str, ...], handler: Any, bucket: str | None, prefix: str, suffix: str
) -> EventHandler:
    if not callable(handler):
        message = f"{WHERE}(..., {handler!r}): a handler is a function that takes the message."
        raise UsageError(message)
    name = getattr(handler, "__name__", type(handler).__name__)
    if inspect.iscoroutinefunction(handler) or inspect.iscoroutinefunction(type(handler).__call__):
        message = (
            f"{WHERE}(..., {name}): a coroutine function is not awaited here. Give a function, such as one that puts "
            "the message into a queue."
        )
        raise UsageError(message)
    has_context = not takes(handler, 1)
    if has_context and not takes(handler, 2):
        shown = name if name.isidentifier() else "handler"
        message = f"{WHERE}(..., {name}): it is called as def {shown}(event), or def {shown}(event, context)."
        raise UsageError(message)
    return service.notifier.add(handler, events, bucket, prefix, suffix, has_context=has_context)


def _require_texts(bucket: object, prefix: object, suffix: object) -> None:
    examples = {"bucket": '"photos"', "prefix": '"incoming/"', "suffix": '".jpg"'}
    for word, value in {"bucket": bucket, "prefix": prefix, "suffix": suffix}.items():
        if not isinstance(value, str) and not (word == "bucket" and value is None):
            message = f"{WHERE}({word}={value!r}): it is text, such as {word}={examples[word]}."
            raise UsageError(message)

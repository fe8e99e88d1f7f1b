"""The method of FakeCOS that listens to events, written out here: `self` is the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from fakecos.facts.literals import EventTypeName
    from fakecos.notifications.handlers import EventHandler
    from fakecos.notifications.subscribing import Notifying

F = TypeVar("F", bound="Callable[..., object]")


class Listening(Protocol):
    """What listening needs of the fake."""

    @property
    def _service(self) -> Notifying: ...


@overload
def on_event(
    self: Listening,
    event: EventTypeName | str | Collection[EventTypeName | str],
    handler: Callable[[dict[str, Any]], object] | Callable[[dict[str, Any], Any], object],
    bucket: str | None = None,
    prefix: str = "",
    suffix: str = "",
) -> EventHandler: ...
@overload
def on_event(
    self: Listening,
    event: EventTypeName | str | Collection[EventTypeName | str],
    handler: None = None,
    bucket: str | None = None,
    prefix: str = "",
    suffix: str = "",
) -> Callable[[F], F]: ...
def on_event(
    self: Listening,
    event: EventTypeName | str | Collection[EventTypeName | str],
    handler: Callable[..., object] | None = None,
    bucket: str | None = None,
    prefix: str = "",
    suffix: str = "",
) -> EventHandler | Callable[[F], F]:
    """Call `handler` with S3's message, `{"Records": [...]}`, when such an event happens, and return an EventHandler.

    No notification configuration is needed for it. Without a handler it is a decorator: `@cos.on_event("...")`.

    - `event`: a type such as "s3:ObjectCreated:Put", a wildcard of S3 such as "s3:ObjectCreated:*", or a list of them.
    - `handler`: takes the message, or as a function of Lambda the message and a context, which is None.
    - `bucket`, `prefix`, `suffix`: only of that bucket, and of keys that begin and end so.

    It runs when the answer is made, in the thread of the request, and may ask S3 itself; what follows from that comes
    after it. What it raises is kept in `errors` and raised when the fake stops: the request does not fail.
    A handler that causes itself is stopped (UsageError in `errors`). Handlers stay when the fake is reset.
    UsageError: S3 has no such type of event, fakecos never sends it, or the handler cannot be called so; when the fake
    stops, it was never called, there is no such bucket, and one has a similar name.
    """
    from fakecos.notifications import subscribing  # with the first handler (start-up is a budget)

    made: EventHandler | Callable[[F], F] = subscribing.subscribe(self._service, event, handler, bucket, prefix, suffix)
    return made


on_event.__module__ = "fakecos"

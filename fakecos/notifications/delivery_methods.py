"""The methods of FakeCOS by which events arrive twice, late or in another order, written out: `self` is the fake."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fakecos.facts.literals import EventTypeName
    from fakecos.facts.services.dialect import Dialect
    from fakecos.notifications.delivery import EventFault
    from fakecos.notifications.notifier import Notifier


class Notifying(Protocol):
    """What has a notifier: the service."""

    @property
    def notifier(self) -> Notifier[Any]:
        """Who is told of what happens to objects."""

    @property
    def dialect(self) -> Dialect | None:
        """The one service that answers here, None: as each request shows."""


class Sender(Protocol):
    """What the delivery of events needs of the fake."""

    @property
    def _service(self) -> Notifying: ...


def inject_events(
    self: Sender,
    event: EventTypeName | str | Collection[EventTypeName | str] = "*",
    *,
    bucket: str | None = None,
    prefix: str = "",
    suffix: str = "",
    times: int | None = 1,
    copies: int = 1,
    delay: float | None = None,
    hold: bool = False,
) -> EventFault:
    """Let events arrive twice, late, or in another order, and return the EventFault, which counts its `hits`.

    S3 delivers each event at least once, and in no order (documented). What is said here is so for handlers, `events`
    and the fakes of other services alike.

    - `event`: a type such as "s3:ObjectCreated:*", several, or "*"; of one `bucket`, and of keys that begin with
      `prefix` and end with `suffix`.
    - `times`: to how many of them it happens, None for every one.

    One of these says what happens:

    - `copies`: how often the event arrives: 2 or more.
    - `delay`: it arrives so many seconds later, when `advance` lets them pass.
    - `hold`: it arrives with `deliver_events`.

    What never happened is reported when the fake stops (UnfiredFaultError), and events that never arrived
    (FakecosWarning). UsageError: S3 has no such event, a keyword has a value that it does not take, or the fake is one
    of IBM COS, which sends none.
    """
    given: dict[str, Any] = {**locals()}
    del given["self"]
    from fakecos.notifications import inject_events as keywords
    from fakecos.notifications.asked import require_events

    require_events(self._service.dialect, "inject_events")
    fault = keywords.fault_of(given)
    self._service.notifier.delivery.faults.append(fault)
    return fault


def deliver_events(
    self: Sender,
    order: Literal["sent", "reversed", "shuffled"] | Sequence[int] = "sent",
    *,
    seed: int | str | None = None,
) -> int:
    """Deliver the events that `inject_events` holds or delays, and return how many these are.

    `order`: "sent", as they happened; "reversed"; "shuffled", with `seed` always in the same way; or a list of places,
    such as [2, 0, 1], which begins with the third.
    UsageError: the order is none of these, or its places are not those of the events that are held.
    """
    from fakecos.notifications import inject_events as keywords

    return self._service.notifier.delivery.deliver(partial(keywords.arranged, order=order, seed=seed))

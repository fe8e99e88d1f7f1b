"""Who watches the fakes of this process: pytest's plugin, which is to know of each, however it was started.

Without any, a fake pays a look at an empty tuple.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from typing import Any

    from fakecos.facts.limits import Limits
    from fakecos.facts.literals import DialectName

    Settings = tuple[DialectName | None, str | dt.date | None, Limits | None, Any]
    Use = Literal["started", "client", "served", "decorator"]


class Observer(Protocol):
    """What is told of every fake. Nothing of this is public."""

    def complete(self, settings: Settings) -> Settings:
        """Return dialect, as_of, limits and beside of a fake that is made, with what its maker left open."""

    def made(self, fake: object) -> None:
        """Note that it was made."""

    def used(self, fake: object, how: Use) -> None:
        """Note that it is about to be started or served, to be given a client, or that it decorates something."""

    def ended(self, fake: object, error: BaseException | None) -> None:
        """Note that nothing keeps it on any more; what it has to tell comes after. `error` is on its way, if any."""


watching: tuple[Observer, ...] = ()
"""All observers: a tuple that is replaced, never changed."""


def add(observer: Observer) -> None:
    """Tell an observer of every fake from now on."""
    global watching  # noqa: PLW0603  one process
    watching = (*watching, observer)


def remove(observer: Observer) -> None:
    """Tell it no more."""
    global watching  # noqa: PLW0603  one process
    watching = tuple(other for other in watching if other is not observer)


def complete(settings: Settings) -> Settings:
    """Return dialect, as_of, limits and beside of a fake, with what its maker left open."""
    for observer in watching:
        settings = observer.complete(settings)
    return settings


def made(fake: object) -> None:
    """Tell that a fake was made."""
    for observer in watching:
        observer.made(fake)


def used(fake: object, how: Use) -> None:
    """Tell what a fake is used for, before it is."""
    for observer in watching:
        observer.used(fake, how)


def ended(fake: object, error: BaseException | None) -> None:
    """Tell that a fake is over."""
    for observer in watching:
        observer.ended(fake, error)

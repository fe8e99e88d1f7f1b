"""Which fakes are active in this process, the innermost last: what every adapter asks first."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from contextlib import AbstractAsyncContextManager

    from fakecos.wire.messages import HttpRequest, HttpResponse

    Gate = Callable[[HttpRequest], AbstractAsyncContextManager[None]]


class ActiveFake(Protocol):
    """What the adapters need of a fake, and all that they may ask of it.

    None of these is public: FakeCOS hands the adapters something that has them.
    """

    @property
    def face(self) -> object:
        """What `fakecos.current()` returns while it is started."""

    @property
    def keep_environment(self) -> bool:
        """Whether the environment and the default sessions stay as they are."""

    @property
    def is_active(self) -> bool:
        """Whether it is on, or answers a client that is attached to it."""

    @property
    def signing_keys(self) -> tuple[str, str]:
        """The access key and the secret that clients sign with which have none of their own."""

    @property
    def sleep_between_retries(self) -> bool:
        """Whether clients really sleep between attempts."""

    @property
    def share_models(self) -> bool:
        """Whether sessions share what they read from the files of their package."""

    @property
    def endpoints(self) -> dict[str, str]:
        """URLs of the endpoints of the clients that it answered, and the package of the last client of each.

        A request of any library to one of them is for S3. Adapters of botocore's packages add to it.
        """

    @property
    def gate(self) -> Gate | None:
        """Where tasks of an event loop wait for their turn in a race; None: there is no race."""

    @property
    def token_endpoints(self) -> set[str]:
        """URLs from which token managers of IBM's fetch their tokens. The adapter of ibm_botocore adds to it."""

    def exchange(self, request: HttpRequest) -> HttpResponse:
        """Answer one request. TransportFault: its connection fails. UsageError: it cannot answer in this process."""

    def note_pause(self, seconds: float, *, is_poll: bool) -> None:
        """Note that the thread which calls would sleep now, and goes on: between two polls of a waiter, or attempts."""

    def passes(self, names: Collection[str]) -> bool:
        """Whether requests to the service that goes by these names may leave the process."""

    def record(self, error: Exception) -> None:
        """Keep an error that the code under test may swallow: it is raised again when the fake stops."""

    def after_fork(self) -> None:
        """Make the locks usable in a forked child."""

    def is_elsewhere(self, url: str) -> bool:
        """Whether a URL leads to this fake in the process that served it, of which this one was forked."""


# A tuple that is replaced, never changed: hooks read it without a lock, from any thread. It must be a
# process global and not a ContextVar, since s3transfer sends from threads of its own (wire 1).
fakes: tuple[ActiveFake, ...] = ()
"""All active fakes, the outermost first; what every request asks reads it directly."""

served: weakref.WeakSet[object] = weakref.WeakSet()
"""What is open in this process for fakes of which sessions share models, though none may be active."""

is_forked = False
"""Whether this process is a forked child, and may have fakes that are its parent's."""


def innermost() -> ActiveFake | None:
    """Return the fake that answers now, or None."""
    return fakes[-1] if fakes else None


def shares_models() -> bool:
    """Whether sessions share what they read now: the innermost fake decides, without one a served fake."""
    fake = innermost()
    return bool(served) if fake is None else fake.share_models


def every() -> tuple[ActiveFake, ...]:
    """Return all active fakes, the outermost first."""
    return fakes


def note_fork() -> None:
    """Note that this process is a forked child."""
    global is_forked  # noqa: PLW0603  one process
    is_forked = True


def push(fake: ActiveFake) -> None:
    """Make `fake` the innermost; the caller holds the activation lock."""
    global fakes  # noqa: PLW0603  one process, one stack
    fakes = (*fakes, fake)


def remove(fake: ActiveFake) -> None:
    """Take `fake` out wherever it stands; the caller holds the activation lock."""
    global fakes  # noqa: PLW0603  one process, one stack
    fakes = tuple(other for other in fakes if other is not fake)

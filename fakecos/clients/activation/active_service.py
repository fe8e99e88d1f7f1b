"""The service of one fake as patched clients and servers see it: the one implementation of `ActiveFake`."""

from __future__ import annotations

import functools
import os
import sys
import warnings
import weakref
from typing import TYPE_CHECKING, Any, Protocol

from fakecos import urls
from fakecos.facts.exceptions import FakecosWarning, UsageError
from fakecos.service.only_reads import only_reads

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from fakecos.clients.activation.active import Gate
    from fakecos.clients.botocore.other_fakes import OtherFakes
    from fakecos.model.bucket import Bucket
    from fakecos.model.destinations import Standing
    from fakecos.service.service import Service
    from fakecos.wire.messages import HttpRequest, HttpResponse


class Door(Protocol):
    """What serves a fake. `endpoint_url`: its address, empty before it is open."""

    endpoint_url: str


class ActiveService:
    """A service, how its clients are treated, and everything that keeps it on.

    - `entered`: how often it was started and not stopped. `attached`: the clients that are bound to it.
      `doors`: what serves it, open or about to open. Each of the three keeps it active.
    - `face`: what `fakecos.current()` returns while it is started; None else, so that nothing keeps a fake alive.
    - `errors`: what was raised to the code under test and is no answer of S3.
    - `not_begun`: what was made for a `with` block, until that begins, and what the author is told if it never does.
    - `gate`: where tasks of an event loop wait for their turn in a race.
    - `exchange`: answers one request. UsageError: it would change something, and this process is a child that was
      forked after the start.
    """

    def __init__(
        self,
        service: Service,
        *,
        signing_keys: tuple[str, str],
        passthrough: frozenset[str],
        keep_environment: bool,
        sleep_between_retries: bool,
        share_models: bool,
    ) -> None:
        self._service = service
        self._passthrough = passthrough
        self._process = os.getpid()
        self.exchange: Callable[[HttpRequest], HttpResponse] = service.handle
        self.signing_keys = signing_keys
        self.keep_environment = keep_environment
        self.sleep_between_retries = sleep_between_retries
        self.share_models = share_models
        self.gate: Gate | None = None
        self.endpoints: dict[str, str] = {}
        self.token_endpoints: set[str] = set()
        self.errors: list[Exception] = []
        self.not_begun: list[tuple[object, str]] = []
        self.face: object = None
        self.entered = 0
        self.attached: list[Any] = []
        self.doors: list[Door] = []
        self._other_fakes: OtherFakes | None = None
        weakly = weakref.ref(self)
        service.announcements.report = functools.partial(_record, weakly)
        service.pipeline.destinations.ask = functools.partial(_standing, weakly)
        service.pipeline.destinations.send = functools.partial(_send, weakly)
        _watch_forks()
        _living.add(self)

    @property
    def is_active(self) -> bool:
        """Whether it was started, or answers a client that is attached to it, or is served."""
        return self.entered > 0 or bool(self.attached) or bool(self.doors)

    @property
    def served_at(self) -> list[str]:
        """The addresses at which it is served."""
        return [door.endpoint_url for door in self.doors if door.endpoint_url]

    def note_pause(self, seconds: float, *, is_poll: bool) -> None:
        """Note that a client would sleep now, in the journal: between two polls of a waiter, or between attempts."""
        from fakecos.timeline.recording import BACK_OFF, POLL

        self._service.journal.pause(seconds, POLL if is_poll else BACK_OFF)

    def passes(self, names: Collection[str]) -> bool:
        """Whether requests to the service that goes by these names may leave the process."""
        return not self._passthrough.isdisjoint(name.lower() for name in names)

    @property
    def other_fakes(self) -> OtherFakes:
        """The fakes of other services beside this one."""
        if self._other_fakes is None:
            from fakecos.clients.botocore.other_fakes import OtherFakes  # with the first notification

            self._other_fakes = OtherFakes(self.passes)
        return self._other_fakes

    def record(self, error: Exception) -> None:
        """Keep an error, once, so that it is raised again when the fake stops."""
        if not getattr(error, "is_repeated", False) and not any(other is error for other in self.errors):
            self.errors.append(error)

    def is_elsewhere(self, url: str) -> bool:
        """Whether a URL leads to this fake in the process that served it, of which this one was forked."""
        return self._process != os.getpid() and any(
            url.startswith(address) and url[len(address) :][:1] in {"", "/", "?"} for address in self.served_at
        )

    def after_fork(self) -> None:
        """Make the service's locks usable in a forked child."""
        self._service.rearm_locks()

    def begin_in_this_process(self) -> None:
        """Note that it is started here: in a child that is forked later, it only reads."""
        self._process = os.getpid()
        self.exchange = self._service.handle

    def limit_in_child(self) -> None:
        """Only read from now on, and with a warning: this process was forked, and has a copy of what is stored.

        Where the fake is served, nothing is answered: the copy may be old, and the server is there for the child.
        """
        self.exchange = self._exchange_in_child

    def _exchange_in_child(self, request: HttpRequest) -> HttpResponse:
        operation = self._service.operation_of(request)
        if self.served_at or not only_reads(operation):
            raise self._refusal(operation)
        self._warn(operation)
        return self._service.handle(request)

    def _refusal(self, operation: str) -> UsageError:
        because = f"what {operation} changes in its copy would never be seen there"
        if only_reads(operation):
            because = f"{operation} would read a copy of then"
        steps = (
            "Serve it (cos.serve()), and the clients that the child makes come to it. Or start a fake of its own here."
        )
        if self.served_at:
            addresses = " or ".join(self.served_at)
            steps = f"It is served: make the client in the child, where AWS_ENDPOINT_URL_S3 leads it to {addresses}."
        return UsageError(f"{self._forked()}: {because}. {steps} See {PAGE}")

    def _warn(self, operation: str) -> None:
        """Warn, once in a process, that it is a copy which is read."""
        global _warned  # noqa: PLW0603  once a process
        if _warned == os.getpid():
            return
        text = (
            f"{self._forked()}. {operation} reads a copy of then: it sees nothing that was stored since, and "
            "the journal of the test does not have the request. To share one fake with the child, serve it: "
            f"cos.serve(), or the fixture fakecos_server. See {PAGE}"
        )
        warnings.warn(text, FakecosWarning, stacklevel=2)
        _warned = os.getpid()
        if "PYTEST_CURRENT_TEST" in os.environ:  # pytest keeps the warnings of this process, and nobody would show them
            print(f"FakecosWarning: {text}", file=sys.stderr, flush=True)  # noqa: T201  shown where the test fails

    def _forked(self) -> str:
        return f"This process ({os.getpid()}) was forked from {self._process} while the fake was active"


def _record(found: weakref.ref[ActiveService], error: Exception) -> None:
    """Keep what a handler raised; weakly, like the two below, so that a fake is freed at once when it is let go."""
    active = found()
    if active is not None:
        active.record(error)


def _standing(found: weakref.ref[ActiveService], arn: str, bucket: Bucket) -> Standing | None:
    """Return what the fakes beside one know of a destination."""
    active = found()
    return None if active is None else active.other_fakes.standing(arn, bucket)


def _send(found: weakref.ref[ActiveService], arn: str, document: dict[str, Any]) -> None:
    """Send a message to the fake beside one that has a destination, if there is one."""
    active = found()
    if active is not None:
        active.other_fakes.send(arn, document)


_warned = 0
"""The process that was warned: a child of a child is another one."""
PAGE = urls.page("how-to/other-processes", "a-forked-child-without-a-server")
_living: weakref.WeakSet[ActiveService] = weakref.WeakSet()


@functools.cache
def _watch_forks() -> None:
    """Watch forks from the first fake on; Python has no way to stop that."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_after_fork)


def _after_fork() -> None:
    for service in tuple(_living):
        service.limit_in_child()

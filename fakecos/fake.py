"""FakeCOS, the public face: it has one service, and the parts that look at it, break it, serve it, and switch it on."""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any, TypeVar

from fakecos import observers
from fakecos.arguments import credentials_of, day_of, names_of, require_types, time_of
from fakecos.clients.activation import active, clocks, environment
from fakecos.clients.activation.active_service import ActiveService
from fakecos.clients.botocore import client_methods
from fakecos.clients.botocore.bound_clients import BoundClients
from fakecos.clients.decorators import decorators
from fakecos.explore import explore_methods
from fakecos.facts.exceptions import UsageError
from fakecos.lifetime import Lifetime
from fakecos.misused import Face, StartedHere, WithoutBrackets
from fakecos.notifications import delivery_methods, event_methods
from fakecos.race import race_methods
from fakecos.service.service import Service
from fakecos.testing import arrange_methods, assert_methods, budget_methods, identities, inject_methods, policy_methods
from fakecos.testing.arrangement import Arrangement
from fakecos.testing.contents import Contents
from fakecos.usage import explain_calls

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import ExitStack
    from types import TracebackType

    from typing_extensions import Self

    from fakecos.beside.beside import Beside
    from fakecos.beside.found import Differences
    from fakecos.facts.limits import Limits
    from fakecos.facts.literals import DialectName
    from fakecos.faults.api import InjectedFaults
    from fakecos.model.store import Store
    from fakecos.service.events import Events
    from fakecos.service.journal import Journal
    from fakecos.serving.api import Servers
    from fakecos.serving.server import Server
    from fakecos.testing.accounts import AwsAccount
    from fakecos.testing.views import BucketView, UploadView

    Target = TypeVar("Target", bound=Callable[..., Any])


@explain_calls("cos")
class FakeCOS(Face, metaclass=WithoutBrackets):
    """S3 inside this process, for every client of boto3, ibm_boto3 and aiobotocore while it is active.

    So it answers what comes for S3 through requests, urllib3, httpx, aiohttp and urllib, such as presigned URLs.

    Use it as `with FakeCOS() as cos`, `async with`, by `start` and `stop`, or as a decorator of functions,
    coroutine functions and test classes. Nested, the inner one answers. Entering the same one again counts,
    and the last exit stops it; its state can be read after that, and entering again starts empty.

    - `dialect`: "aws" or "ibm" fixes which service answers; None: as each request shows.
    - `as_of`: the day whose S3 is imitated, "2026-03-31" or a datetime.date, whatever the clock says; None: S3 as it is
      now, as far as this version knows. The page "What S3 changed, and when" has the days.
    - `limits`: numbers to use instead of the service's own, as Limits; None: all are the service's.
    - `credentials`: secrets by access key, such as {"AKIA...": "secret"}: every signature is verified, and clients
      without keys of their own sign with the first pair. {"ibm_api_key_id": key, or several}: the API keys for which
      IBM's IAM gives tokens. None: any signature is taken, if its form and time are right, and any API key.
    - `identity_policy`: the IAM policy of the program under test, a dict or JSON text, or a list of several: who signs
      with no key of an `account` is then the user "fakecos" of the fake's own account, and may do what it and the
      bucket's policy allow. No permission boundaries, organization policies, session policies, nor those of VPC
      endpoints and access points, are evaluated. None: the account itself, which may do everything with its own.
    - `passthrough`: names of other services whose requests may leave the process, such as "sts".
    - `strict_tls`: refuse over plain http what S3 refuses there: keys of the customer, and SSE-KMS (documented).
    - `sleep_between_retries`: let clients sleep between attempts, which they do not need against a fake.
    - `share_models`: let sessions share what they read from botocore's files while the fake is on or serves, so that
      the first client of a session is made as fast as a second one.
    - `keep_environment`: leave variables, profiles and the default sessions alone.
    - `id_seed`: make upload and request ids reproducible.
    - `beside`: a real service, as Beside, to which the requests for buckets of one prefix are sent too; `differences`
      says where it answers otherwise. None, and never unless it is given: nothing is sent anywhere.

    UsageError: a keyword has a value that it does not take.
    """

    __module__ = "fakecos"

    _servers: Servers | None = None  # made for the first server (start-up is a budget)

    def __init__(
        self,
        *,
        dialect: DialectName | None = None,
        as_of: str | dt.date | None = None,
        limits: Limits | None = None,
        credentials: Mapping[str, str | Sequence[str]] | None = None,
        identity_policy: Mapping[str, Any] | str | Sequence[Mapping[str, Any] | str] | None = None,
        passthrough: Iterable[str] = (),
        strict_tls: bool = True,
        sleep_between_retries: bool = False,
        share_models: bool = True,
        keep_environment: bool = False,
        id_seed: int | str | None = None,
        beside: Beside | None = None,
    ) -> None:
        passthrough = names_of(passthrough)
        self._keywords: dict[str, Any] = {**locals(), "passthrough": names_of(passthrough)}
        del self._keywords["self"]
        require_types(self._keywords)
        dialect, as_of, limits, beside = observers.complete((dialect, as_of, limits, beside))
        pairs, api_keys = credentials_of(credentials)
        self._service = _service_class(beside)(
            limits=limits,
            dialect=dialect,
            as_of=day_of(as_of),
            id_seed=id_seed,
            strict_tls=strict_tls,
            credentials=pairs,
            api_keys=api_keys,
        )
        if identity_policy is not None:
            self.identity_policy = identity_policy
        self._active = ActiveService(
            self._service,
            signing_keys=next(iter((pairs or {}).items()), environment.DUMMIES),
            passthrough=self._keywords["passthrough"],
            keep_environment=keep_environment,
            sleep_between_retries=sleep_between_retries,
            share_models=share_models,
        )
        self._lifetime = Lifetime(self._active, self._service)
        self._clients = BoundClients(self._active)
        self._contents = Contents(self._service)
        self._arrangement = Arrangement(self._service, self._contents)
        self._started = StartedHere()
        observers.made(self)

    def __repr__(self) -> str:
        return self._contents.text(self._lifetime.text, self._keywords["dialect"]) if self._is_made() else "<FakeCOS>"

    def _repr_html_(self) -> str:
        return self._contents.html(repr(self)) if self._is_made() else "&lt;FakeCOS&gt;"

    def _is_made(self) -> bool:
        """Whether its keywords were right: a debugger shows it before that too."""
        return hasattr(self, "_contents")

    # --- on and off -------------------------------------------------------------------------------------

    def start(self) -> Self:
        """Switch it on, and return it.

        UsageError: another fake that answers S3 first is active; the message has the line to write.
        """
        observers.used(self, "started")
        self._started.note()
        entered = self._lifetime.entered
        try:
            self._lifetime.start(self)
            return self  # noqa: TRY300  what comes here is undone too
        except BaseException:  # Ctrl-C too
            self._lifetime.back_to(entered)
            raise

    def stop(self) -> None:
        """Switch it off as often as it was switched on; with the last, let go of attached clients and stop servers.

        Then the first of `errors` is raised again, since the code under test may have swallowed it; unless another
        exception is on its way, which it would hide. `errors.clear()` forgives.
        Operations that were answered 501 are warned about (UnimplementedOperationWarning).
        UnfiredFaultError: a fault that was set never happened and was not cancelled.
        UsageError: it is not on, not served, and no client is attached.
        """
        self._leave(sys.exc_info()[1])

    def _leave(self, error: BaseException | None) -> None:
        if self._lifetime.leave():
            self._end(error)

    def _end(self, error: BaseException | None) -> None:
        try:
            observers.ended(self, error)
        finally:
            self._lifetime.end(self._let_go, error)

    def _let_go(self, steps: ExitStack) -> None:
        steps.callback(self._clients.detach_all)
        if self._servers is not None:
            steps.callback(self._servers.stop_all)
        steps.callback(self._service.end)

    @property
    def is_active(self) -> bool:
        """Whether it is on, or answers a client that is attached to it, or is served."""
        return self._active.is_active

    @property
    def errors(self) -> list[Exception]:
        """What was raised to the code under test so far and is no answer of S3: misuse of fakecos, and its bugs."""
        return self._active.errors

    def reset(self) -> None:
        """Forget what is stored, the requests that came, access points and faults. Accounts keep their keys."""
        self._service.reset()

    def advance(
        self, *, weeks: float = 0, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> None:
        """Let time pass, and let S3 do what falls due: it replicates, and lifecycle rules act.

        It moves the active freezegun or time-machine on. Without one it sets the clock of the process by a ticking
        freezer, until the fake stops. Without arguments it only does what is due by the present time.
        UsageError: the time is no number or negative, no clock is set and freezegun is not installed, or the fake is
        neither active nor served, and has no client attached.
        """
        named = {"weeks": weeks, "days": days, "hours": hours, "minutes": minutes, "seconds": seconds}
        self._lifetime.advance(time_of(named))

    def __enter__(self) -> Self:
        self._started.require_elsewhere(self.stop)
        entered = self._lifetime.entered
        try:
            return self.start()
        except BaseException:  # it may have come when the start was over: no `with` block would stop it
            self._lifetime.back_to(entered)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave(error)

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave(error)

    def __call__(self, target: Target) -> Target:
        """Decorate a function, coroutine function, generator function or test class.

        Each call, or each test method with its setUp, has a fresh fake made with the same keywords;
        `fakecos.current()` gives it.
        """
        observers.used(self, "decorator")
        decorated: Target = decorators.decorate(target, lambda: FakeCOS(**self._keywords))
        return decorated

    # --- clients: written out in clients/botocore/client_methods.py; accounts and servers ----------------------

    client = client_methods.client
    resource = client_methods.resource
    attach = client_methods.attach
    detach = client_methods.detach

    def account(self, account_id: str) -> AwsAccount:
        """Return an account by its 12 digits, with keys and clients of its own; asked again, it is the same one.

        The fake's own account is "123456789012": every access key that belongs to no account here is taken for its.
        UsageError: the id is not 12 digits.
        """
        from fakecos.testing.accounts import AwsAccount

        return AwsAccount(self, self._service, account_id)

    def serve(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        tls: bool = False,
        environment: bool | None = None,
        domain: str | None = None,
        keep_alive: bool = True,
        control: bool = False,
        control_port: int = 0,
    ) -> Server:
        """Serve this fake on a loopback address, for clients that are not Python's or run in another process.

        Returns a Server, ready: use it in a `with` or `async with` block, or stop it. The fake need not be on. It stops
        with the fake.

        - `host`, `port`: 127.0.0.1, localhost or ::1; port 0 is a free one.
        - `tls`: speak https, with a certificate of an authority that lives as long as the process (`ca_bundle`).
        - `environment`: while it serves, AWS_ENDPOINT_URL_S3 and dummy credentials stand in the environment, so that
          child processes come here. None: as FakeCOS(keep_environment=...) says.
        - `domain`: a name, such as "s3.test", that clients reach it by: of `photos.s3.test` the bucket is photos.
          So it is with localhost in any case.
        - `keep_alive`: False closes each connection after its answer, for clients that outlive their event loop.
        - `control`: open a control door too, at the server's `control_url`, by which tests in other languages set
          faults, read the journal and so on. It has a port of its own: `control_port`, 0 is a free one.

        Beside S3 it answers GET / without credentials, and the addresses at which scripts wait for MinIO or LocalStack;
        and POST /moto-api/reset, which is `reset`.

        UsageError: the extra `server` is not installed, the host is not of this machine, or port or domain is none.
        OSError: the port is taken.
        """
        observers.used(self, "served")
        if self._servers is None:
            from fakecos.serving.api import Servers

            self._servers = Servers(self._active, self._end, self, self._service)
        return self._servers.serve(
            host,
            port,
            tls=tls,
            environment=environment,
            domain=domain,
            keep_alive=keep_alive,
            control=control,
            control_port=control_port,
        )

    # --- looking ----------------------------------------------------------------------------------------

    @property
    def store(self) -> Store:
        """Everything that is stored, as the service itself holds it; `bucket` gives views that are easier to read."""
        return self._contents.store

    @property
    def journal(self) -> Journal:
        """The requests that came, the last at the end, and their counts by operation."""
        return self._contents.journal

    @property
    def request_count(self) -> int:
        """How many requests came since the start or the last reset."""
        return sum(self._contents.journal.counts.values())

    @property
    def events(self) -> Events:
        """What S3 would have sent by the notification configurations of the buckets, the last at the end."""
        return self._service.notifier.events

    def bucket(self, name: str) -> BucketView:
        """Return a view of a bucket: its `objects` and `uploads`. UsageError: there is no bucket of that name."""
        return self._contents.bucket(name)

    @property
    def open_uploads(self) -> list[UploadView]:
        """The uploads that are neither completed nor aborted, of all buckets, in order of bucket, key and time."""
        return self._contents.open_uploads

    @property
    def billed_bytes(self) -> int:
        """Bytes that S3 would charge for: objects, and parts of uploads neither completed nor aborted (documented)."""
        return self._contents.billed_bytes

    @property
    def differences(self) -> Differences:
        """Where the service beside this fake answered otherwise, so far. UsageError: there is none (`beside`)."""
        comparison = getattr(self._service, "comparison", None)
        if comparison is None:
            message = "cos.differences: no service is beside this fake. Give one: FakeCOS(beside=Beside(client, ...))."
            raise UsageError(message)
        found: Differences = comparison.found
        return found

    # --- arranging: written out in testing/arrange_methods.py ---------------------------------------------

    create_bucket = arrange_methods.create_bucket
    create_access_point = arrange_methods.create_access_point
    create_destination = arrange_methods.create_destination
    put_object = arrange_methods.put_object
    start_upload = arrange_methods.start_upload
    load_directory = arrange_methods.load_directory
    dump_directory = arrange_methods.dump_directory
    snapshot = arrange_methods.snapshot
    restore = arrange_methods.restore

    # --- who may: written out in testing/identities.py ------------------------------------------------------

    identity_policy = identities.identity_policy
    required_policy = policy_methods.required_policy

    # --- breaking: written out in testing/inject_methods.py ------------------------------------------------

    inject = inject_methods.inject
    corrupt_stored = inject_methods.corrupt_stored
    unfired_faults = inject_methods.unfired_faults
    inject_events = delivery_methods.inject_events
    deliver_events = delivery_methods.deliver_events
    _let_pass = staticmethod(clocks.let_pass)

    @property
    def virtual_seconds(self) -> float:
        """Seconds of virtual time that delays took since the start or the last reset."""
        return self._faults().virtual_seconds

    def _faults(self) -> InjectedFaults:
        from fakecos.faults.api import InjectedFaults  # with the first fault (start-up is a budget)

        return InjectedFaults(self._service)

    # --- exploring: written out in explore/explore_methods.py ----------------------------------------------

    explore = explore_methods.explore
    explore_async = explore_methods.explore_async

    # --- racing: written out in race/race_methods.py ----------------------------------------------------------

    race = race_methods.race
    race_async = race_methods.race_async

    # --- events: written out in notifications/event_methods.py ----------------------------------------------

    on_event = event_methods.on_event

    # --- asserting: written out in testing/assert_methods.py ----------------------------------------------

    assert_part = assert_methods.assert_part
    assert_parts = assert_methods.assert_parts
    assert_object = assert_methods.assert_object
    assert_no_object = assert_methods.assert_no_object
    assert_upload_open = assert_methods.assert_upload_open
    assert_upload_completed = assert_methods.assert_upload_completed
    assert_upload_aborted = assert_methods.assert_upload_aborted
    assert_no_open_uploads = assert_methods.assert_no_open_uploads
    assert_requests = assert_methods.assert_requests

    # --- limiting: written out in testing/budget_methods.py ------------------------------------------------

    budget = budget_methods.budget


def _service_class(beside: object) -> Callable[..., Service]:
    if beside is None:
        return Service
    from fakecos.beside.beside import required_beside  # rarely needed (start-up is a budget)
    from fakecos.beside.service_beside import ServiceBeside

    return functools.partial(ServiceBeside, required_beside(beside))


def current() -> FakeCOS:
    """Return the fake that answers now, the innermost. UsageError: none is active."""
    fake = active.innermost()
    found = None if fake is None else fake.face
    if not isinstance(found, FakeCOS):
        message = "No fake is active: use fakecos.current() inside a decorated function or a with block."
        raise UsageError(message)
    return found


current.__module__ = "fakecos"

"""FakeCOS, the public face: it owns one service, and is switched on and off."""

from __future__ import annotations

import datetime as dt
import os
import sys
import warnings
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar, overload

from fakecos.arguments import credentials_of, names_of, require_keywords, require_types
from fakecos.clients.activation import activation, active, clocks, environment
from fakecos.clients.botocore import boto3_session, endpoint
from fakecos.clients.decorators import decorators
from fakecos.facts.exceptions import UnimplementedOperationWarning, UsageError
from fakecos.faults.api import Breakable
from fakecos.model.clock import now
from fakecos.service.service import Service
from fakecos.serving.api import Servable
from fakecos.testing.assert_methods import Assertions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from types import TracebackType

    from mypy_boto3_s3 import S3Client, S3ServiceResource  # type: ignore[import-not-found,unused-ignore]
    from typing_extensions import Never, Self

    from fakecos.facts.limits import Limits
    from fakecos.facts.literals import DialectName
    from fakecos.testing.accounts import AwsAccount
    from fakecos.wire.messages import HttpRequest, HttpResponse

    Target = TypeVar("Target", bound=Callable[..., Any])


class FakeCOS(Assertions, Breakable, Servable):
    """S3 inside this process, for every client of boto3, ibm_boto3 and aiobotocore while it is active.

    So it answers what comes for S3 through requests, urllib3, httpx, aiohttp and urllib, such as presigned URLs.

    Use it as `with FakeCOS() as cos`, `async with`, by `start` and `stop`, or as a decorator of functions,
    coroutine functions and test classes. Nested, the inner one answers. Entering the same one again counts,
    and the last exit stops it; its state can be read after that, and entering again starts empty.

    - `dialect`: "aws" or "ibm" fixes which service answers; None: as each request shows.
    - `limits`: numbers to use instead of the service's own, as Limits; None: all are the service's.
    - `credentials`: secrets by access key, such as {"AKIA...": "secret"}: every signature is verified, and clients
      without keys of their own sign with the first pair. {"ibm_api_key_id": key, or several}: the API keys for which
      IBM's IAM gives tokens. None: any signature is taken, if its form and time are right, and any API key.
    - `passthrough`: names of other services whose requests may leave the process, such as "sts".
    - `strict_tls`: refuse over plain http what S3 refuses there: keys of the customer (documented).
    - `sleep_between_retries`: let clients sleep between attempts, which they do not need against a fake.
    - `keep_environment`: leave variables, profiles and the default sessions alone.
    - `id_seed`: make upload and request ids reproducible.

    The attribute `errors` is a list of what was raised to the code under test so far and is no answer of S3: mistakes
    in the use of fakecos, and its bugs. `stop` raises the first of them again.

    UsageError: a keyword has a value that it does not take.
    """

    def __init__(
        self,
        *misplaced: Never,
        dialect: DialectName | None = None,
        limits: Limits | None = None,
        credentials: Mapping[str, str | Sequence[str]] | None = None,
        passthrough: Iterable[str] = (),
        strict_tls: bool = True,
        sleep_between_retries: bool = False,
        keep_environment: bool = False,
        id_seed: int | str | None = None,
    ) -> None:
        require_keywords(misplaced)
        require_types(dialect, limits, id_seed)
        self._keywords: dict[str, Any] = {
            "dialect": dialect,
            "credentials": credentials,
            "limits": limits,
            "passthrough": names_of(passthrough),
            "strict_tls": strict_tls,
            "sleep_between_retries": sleep_between_retries,
            "keep_environment": keep_environment,
            "id_seed": id_seed,
        }
        self.sleep_between_retries = sleep_between_retries
        self.keep_environment = keep_environment
        self.errors: list[Exception] = []
        self.endpoints: dict[str, str] = {}
        self.token_endpoints: set[str] = set()
        self._passthrough: frozenset[str] = self._keywords["passthrough"]
        self._entered = 0
        self._was_active = False
        self._process = os.getpid()
        self._bound: list[Any] = []
        self._servers = {}
        self._clock = clocks.Clock()
        pairs, api_keys = credentials_of(credentials)
        self.signing_keys = next(iter(pairs.items())) if pairs else environment.DUMMIES
        self._service = Service(
            limits=limits,
            dialect=dialect,
            id_seed=id_seed,
            strict_tls=strict_tls,
            credentials=pairs,
            api_keys=api_keys,
        )

    # --- on and off -------------------------------------------------------------------------------------

    def start(self) -> Self:
        """Switch it on, and return it.

        UsageError: another fake that answers S3 first is active; the message has the line to write.
        """
        if self._entered == 0:
            if self._was_active:
                self.reset()
                self.errors = []
            self._process = os.getpid()
            activation.start(self)
            self._was_active = True
        self._entered += 1
        return self

    def stop(self) -> None:
        """Switch it off as often as it was switched on; with the last, let go of attached clients and close servers.

        Then the first of what was told meanwhile is raised again, since the code under test may have
        swallowed it; unless another exception is on its way, which it would hide. `errors.clear()` forgives.
        Operations that were answered 501 are warned about (UnimplementedOperationWarning).
        UnfiredFaultError: a fault that was set never happened and was not cancelled.
        UsageError: it is not on, not served, and no client is attached.
        """
        self._leave()
        if self._entered == 0 and sys.exc_info()[1] is None:
            self._tell()

    def _leave(self) -> None:
        if not self.is_active:
            message = "FakeCOS.stop() without start(): it is not active."
            raise UsageError(message)
        if self._entered > 1:
            self._entered -= 1
            return
        for server in list(self._servers):
            self.close_server(server, quietly=True)
        for client in list(self._bound):
            self.detach(client)
        if self._entered:
            self._entered = 0
            activation.stop(self)
        self._stop_clock()

    def _stop_clock(self) -> None:
        out_of_order = self._clock.stop()
        if out_of_order is not None:
            self.record(out_of_order)

    def _tell(self) -> None:
        """Warn of what is not there, and raise what was told, and what should have happened and did not."""
        unfired = self._unfired_error()
        if unfired is not None:
            self.record(unfired)
        try:
            if self._service.unimplemented:
                names = ", ".join(sorted(self._service.unimplemented))
                message = (
                    f"answered 501 NotImplemented, since fakecos does not have it: {names}. "
                    "What it has: docs/reference/operations.md"
                )
                warnings.warn(message, UnimplementedOperationWarning, stacklevel=3)
        finally:
            self._raise_told()

    def _raise_told(self) -> None:
        if not self.errors:
            return
        first, *others = self.errors
        self.errors = []
        if others:  # Python 3.11 shows notes below the traceback
            notes = [f"fakecos also told: {type(other).__name__}: {other}" for other in others]
            first.__notes__ = [*getattr(first, "__notes__", ()), *notes]  # type: ignore[attr-defined,unused-ignore]
        raise first

    @property
    def is_active(self) -> bool:
        """Whether it is on, or answers a client that is attached to it, or is served."""
        return self._entered > 0 or bool(self._bound) or bool(self._servers)

    def reset(self) -> None:
        """Forget what is stored, the requests that came, access points and faults. Accounts keep their keys."""
        self._service.reset()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()
        if self._entered == 0 and error is None:
            self._tell()

    async def __aenter__(self) -> Self:
        return self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, trace)

    def __call__(self, target: Target) -> Target:
        """Decorate a function, coroutine function, generator function or test class.

        Each call, or each test method with its setUp, has a fresh fake made with the same keywords;
        `fakecos.current()` gives it.
        """
        decorated: Target = decorators.decorate(target, lambda: FakeCOS(**self._keywords))
        return decorated

    # --- clients ----------------------------------------------------------------------------------------

    def attach(self, client: Any) -> None:
        """Bind one client, or resource, to this fake, active or not, without touching any other client.

        Its signer is given dummies if it has no credentials, or those of a role; for an API key this fake gives tokens.
        Undone by `detach`, or when the fake stops.
        UsageError: it is no S3 client of botocore or ibm_botocore, or is bound to another fake.
        """
        client = _client_of(client)
        other = endpoint.attached_fake(client)
        if other is not None:
            if other is self:
                return
            message = "This client is attached to another fake: detach it there first."
            raise UsageError(message)
        activation.attach(client, self)
        self._bound.append(client)

    def detach(self, client: Any) -> None:
        """Put an attached client back as it was. UsageError: it is not attached to this fake."""
        client = _client_of(client)
        if endpoint.attached_fake(client) is not self:
            message = "This client is not attached to this fake."
            raise UsageError(message)
        activation.detach(client)
        self._bound = [other for other in self._bound if other is not client]

    @overload
    def client(self, service: Literal["s3"] = "s3", **boto3_keywords: Any) -> S3Client: ...
    @overload
    def client(self, service: str, **boto3_keywords: Any) -> Any: ...
    def client(self, service: str = "s3", **boto3_keywords: Any) -> Any:
        """Return a boto3 client with dummy credentials; the keywords are those of `boto3.client`.

        While this fake is not active, the client is attached to it, so that nothing can escape.
        UsageError: boto3 is not installed; or another service than S3 is asked for while the fake is not active.
        """
        made = _session(self.signing_keys).client(service, **self._with_region(boto3_keywords))
        if self._entered == 0:
            self.attach(made)
        return made

    def resource(self, **boto3_keywords: Any) -> S3ServiceResource:
        """Return a boto3 resource of S3, as `client` does. UsageError: boto3 is not installed."""
        made = _session(self.signing_keys).resource("s3", **self._with_region(boto3_keywords))
        if self._entered == 0:
            self.attach(made)
        return made

    def _with_region(self, boto3_keywords: dict[str, Any]) -> dict[str, Any]:
        if self._entered and not self.keep_environment:
            return boto3_keywords  # the region of the environment, which is ours or was set by the test
        return {"region_name": environment.REGION, **boto3_keywords}

    def account(self, account_id: str) -> AwsAccount:
        """Return an account by its 12 digits, with keys and clients of its own; asked again, it is the same one.

        The fake's own account is "123456789012": every access key that belongs to no account here is taken for its.
        UsageError: the id is not 12 digits.
        """
        from fakecos.testing.accounts import AwsAccount

        return AwsAccount(self, self._service, account_id)

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass, and let S3 do what falls due: lifecycle rules expire objects and abort uploads.

        It moves the active freezegun or time-machine on. Without one it sets the clock of the process by a ticking
        freezer, until the fake stops. Without arguments it only does what is due by the present time.
        UsageError: the time is negative, or the fake is neither active nor served, and has no client attached.
        """
        if not self.is_active:
            message = "cos.advance() would move the clock of the process for good: start the fake first."
            raise UsageError(message)
        self._clock.advance(dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds))
        from fakecos.operations import lifecycle_expiration  # rarely needed

        lifecycle_expiration.run(self.store, self._service.ids, now())

    # --- what the adapters ask --------------------------------------------------------------------------

    def exchange(self, request: HttpRequest) -> HttpResponse:
        """Answer one request. UsageError: this process is a child that was forked after the start."""
        if self._process != os.getpid():
            self._refuse_in_child()
        return self._service.handle(request)

    def passes(self, names: Collection[str]) -> bool:
        """Whether requests to the service that goes by these names may leave the process."""
        return not self._passthrough.isdisjoint(name.lower() for name in names)

    def record(self, error: Exception) -> None:
        """Keep an error for the end, once."""
        if not any(other is error for other in self.errors):
            self.errors.append(error)

    def is_elsewhere(self, url: str) -> bool:
        """Whether a URL leads to this fake in the process that served it, of which this one was forked."""
        return self._process != os.getpid() and any(server.is_at(url) for server in self._servers)

    def after_fork(self) -> None:
        """Make the service's locks usable in a forked child."""
        self._service.rearm_locks()

    def _refuse_in_child(self) -> NoReturn:
        steps = (
            "Serve it (cos.serve()), and the clients that the child makes come to it. Or start a fake of its own here."
        )
        if self._servers:
            urls = " or ".join(server.endpoint_url for server in self._servers)
            steps = f"It is served: make the client in the child, where AWS_ENDPOINT_URL_S3 leads it to {urls}."
        message = (
            f"This process ({os.getpid()}) was forked from {self._process} while the fake was active: what is stored "
            f"in its copy would never be seen there. {steps}"
        )
        raise UsageError(message)


def current() -> FakeCOS:
    """Return the fake that answers now, the innermost. UsageError: none is active."""
    fake = active.innermost()
    if not isinstance(fake, FakeCOS):
        message = "No fake is active: use fakecos.current() inside a decorated function or a with block."
        raise UsageError(message)
    return fake


def _session(keys: tuple[str, str]) -> Any:
    try:
        return boto3_session.session(keys=keys)
    except ModuleNotFoundError as error:
        if error.name != "boto3":
            raise
        message = "cos.client() and cos.resource() need boto3: pip install 'fakecos[boto3]'. Or attach a client."
        raise UsageError(message) from error


def _client_of(client: Any) -> Any:
    """Return the low-level client of a resource, or the client itself, if it speaks S3 through botocore."""
    made = getattr(getattr(client, "meta", None), "client", client)
    if not hasattr(made, "_endpoint") and hasattr(made, "__aenter__"):
        message = "A client of aiobotocore is made by entering it: attach it inside of `async with ... as client`."
        raise UsageError(message)
    if getattr(getattr(made, "_endpoint", None), "_endpoint_prefix", None) != "s3":
        message = f"Only S3 clients and resources of boto3, ibm_boto3 and aiobotocore can be attached, not {client!r}."
        raise UsageError(message)
    return made

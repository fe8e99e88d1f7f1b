"""The clients of one fake: those that are attached to it, and those that it makes."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import activation, environment
from fakecos.clients.botocore import boto3_session, endpoint
from fakecos.facts.exceptions import UsageError
from fakecos.usage import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.clients.activation.active_service import ActiveService


class BoundClients:
    """What binds clients to one fake.

    A client that is attached is answered by its fake alone, until it is detached or the fake stops. One that the fake
    made is never answered by anybody else after the fake has stopped: it raises UsageError.
    """

    def __init__(self, active: ActiveService) -> None:
        self._active = active

    def attach(self, client: Any) -> None:
        """Bind a client. UsageError: it is no S3 client of botocore or ibm_botocore, or is bound to another fake."""
        client = _client_of(client)
        other = endpoint.attached_fake(client)
        if other is not None:
            if other is self._active:
                return
            message = "This client is attached to another fake: detach it there first."
            raise UsageError(message)
        self._active.attached.append(client)  # noted before anything changes
        try:
            activation.attach(client, self._active)
        except BaseException:
            self._let_go(client)
            raise

    def detach(self, client: Any) -> None:
        """Put an attached client back as it was. UsageError: it is not attached to this fake."""
        client = _client_of(client)
        if not any(other is client for other in self._active.attached):
            message = "This client is not attached to this fake."
            raise UsageError(message)
        self._let_go(client)

    def detach_all(self) -> None:
        """Put every attached client back as it was; each is tried though another failed."""
        with ExitStack() as steps:
            for client in self._active.attached:
                steps.callback(self._let_go, client)

    def _let_go(self, client: Any) -> None:
        activation.detach(client)
        self._active.attached = [other for other in self._active.attached if other is not client]

    def client(self, service: str, keywords: dict[str, Any]) -> Any:
        """Make a client of boto3 that stays bound to this fake. UsageError: as `FakeCOS.client` says."""
        if not isinstance(service, str) or service.lower() == "s3" != service:
            message = f'cos.client({service!r}): the service is named in lower case: cos.client("s3"), or cos.client().'
            raise UsageError(message)
        return self._kept(self._made(self._session().client, "client", service, keywords))

    def resource(self, service: str, keywords: dict[str, Any]) -> Any:
        """Make a resource of boto3 that stays bound to this fake. UsageError: it is to be of another service."""
        if service != "s3":
            message = f'cos.resource({service!r}): a fake of S3 has resources of S3 alone: cos.resource("s3").'
            raise UsageError(message)
        return self._kept(self._made(self._session().resource, "resource", service, keywords))

    def _made(self, make: Callable[..., Any], name: str, service: str, keywords: dict[str, Any]) -> Any:
        """Call boto3. UsageError: it has no keyword of a name."""
        known = _keywords_of(make) if keywords else []
        for word in keywords:
            if word not in known or word == "service_name":
                near = did_you_mean(word, known) or f"; there are {', '.join(known)}"
                near = "; the service comes first, without a name" if word == "service_name" else near
                message = f"cos.{name}({word}=...): its keywords are those of boto3.{name}{near}"
                raise UsageError(message)
        return make(service, **self._with_region(keywords))

    def _kept(self, made: Any) -> Any:
        endpoint.keep(getattr(made.meta, "client", made), self._active)
        if self._active.entered == 0:
            self.attach(made)
        return made

    def _session(self) -> Any:
        try:
            return boto3_session.session(keys=self._active.signing_keys)
        except ModuleNotFoundError as error:
            if error.name != "boto3":
                raise
            message = "cos.client() and cos.resource() need boto3: pip install 'fakecos[boto3]'. Or attach a client."
            raise UsageError(message) from None

    def _with_region(self, keywords: dict[str, Any]) -> dict[str, Any]:
        if self._active.entered and not self._active.keep_environment:
            return keywords  # the region of the environment, which is ours or was set by the test
        return {"region_name": environment.REGION, **keywords}


def _keywords_of(make: Callable[..., Any]) -> list[str]:
    import inspect

    return list(inspect.signature(make).parameters)


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

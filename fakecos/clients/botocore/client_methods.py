"""The methods of FakeCOS that make and bind clients, written out here: what they take, and what the reference shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, overload

from fakecos import observers

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client, S3ServiceResource  # type: ignore[import-not-found,unused-ignore]

    from fakecos.clients.botocore.bound_clients import BoundClients


class Binding(Protocol):
    """What clients need of the fake."""

    _clients: BoundClients


@overload
def client(self: Binding, service: Literal["s3"] = "s3", **boto3_keywords: Any) -> S3Client: ...
@overload
def client(self: Binding, service: str, **boto3_keywords: Any) -> Any: ...
def client(self: Binding, service: str = "s3", **boto3_keywords: Any) -> Any:
    """Return a boto3 client with dummy credentials; the keywords are those of `boto3.client`.

    While this fake is not active, the client is attached to it. After the fake has stopped, the client raises
    UsageError until it is started again: it never reaches the network.
    UsageError: boto3 is not installed; or another service than S3 is asked for while the fake is not active.
    """
    observers.used(self, "client")
    return self._clients.client(service, boto3_keywords)


def resource(self: Binding, service: Literal["s3"] = "s3", **boto3_keywords: Any) -> S3ServiceResource:
    """Return a boto3 resource of S3, as `client` does. UsageError: boto3 is not installed, or it is not of S3."""
    observers.used(self, "client")
    return self._clients.resource(service, boto3_keywords)


def attach(self: Binding, client: Any) -> None:
    """Bind one client, or resource, to this fake, active or not, without touching any other client.

    Its signer is given dummies if it has no credentials, or those of a role; for an API key this fake gives tokens.
    Undone by `detach`, or when the fake stops.
    UsageError: it is no S3 client of botocore or ibm_botocore, or is bound to another fake.
    """
    observers.used(self, "client")
    self._clients.attach(client)


def detach(self: Binding, client: Any) -> None:
    """Put an attached client back as it was. UsageError: it is not attached to this fake."""
    self._clients.detach(client)

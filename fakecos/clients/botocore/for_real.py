"""A client that asks the real service though a fake is active: its keys, and its own connections.

What is used of a client here is private in botocore and ibm_botocore, as in `endpoint` and `credentials`.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import passage
from fakecos.clients.botocore.endpoint import S3, Package, package_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Keys = tuple[str, str, "str | None"]
"""Access key, secret, and session token."""


def is_s3_client(client: Any) -> bool:
    """Whether it is an S3 client of botocore or ibm_botocore, or of what is built on them."""
    return getattr(getattr(client, "_endpoint", None), "_endpoint_prefix", None) == S3


def awaits(client: Any) -> bool:
    """Whether an S3 client is one of aiobotocore."""
    return any(kind.__module__.startswith("aiobotocore.") for kind in type(client._endpoint).__mro__)


def package(client: Any) -> Package:
    """Return the package of an S3 client."""
    return package_of(type(client._endpoint).__module__)


def keys_of(client: Any) -> Keys | None:
    """Return what an S3 client signs with at present; None: nothing, or a token of IBM's IAM."""
    credentials = client._request_signer._credentials
    found = None if credentials is None else credentials.get_frozen_credentials()
    if found is None or not getattr(found, "secret_key", None):
        return None
    return found.access_key, found.secret_key, found.token


def send(client: Any, request: Any) -> Any:
    """Send one prepared request by a client's own connections, whatever fake is active, and return the answer."""
    with passage.opened():
        return client._endpoint.http_session.send(request)


@contextmanager
def asking(client: Any, before_each: Callable[[], None]) -> Iterator[None]:
    """Let all that a client asks inside the block go to the service itself; `before_each` may wait."""
    endpoint = client._endpoint
    before = vars(endpoint).get("_send")

    def send_next(request: Any) -> Any:
        before_each()
        return send(client, request)

    endpoint._send = send_next
    try:
        yield
    finally:
        if before is None:
            del endpoint._send
        else:
            endpoint._send = before

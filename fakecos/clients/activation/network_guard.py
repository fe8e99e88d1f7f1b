"""What may not leave the process, and the errors that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from fakecos import urls
from fakecos.clients.http.targets import service_signed_for
from fakecos.facts import hosts
from fakecos.facts.exceptions import EscapedRequestError, UnclaimedRequestError

if TYPE_CHECKING:
    from types import ModuleType

    from fakecos.clients.activation.active import ActiveFake

_MORE = f"More: {urls.page('explanation/limitations')}"
_INSTANCE_PATHS = ("/latest/api/token", "/latest/meta-data/", "/latest/dynamic/")


S3_CONTROL = "s3control"
TAG_OPERATIONS = frozenset({"TagResource", "UntagResource", "ListTagsForResource"})
TAGS_OF_S3_CONTROL = (
    " Tags of a bucket are given by CreateBucket and by PutBucketTagging here, and shown by GetBucketTagging; while "
    "ABAC is enabled, disable it to change them."
)


def unclaimed_request(service: str, operation: str) -> UnclaimedRequestError:
    """Return the error for a request to another service, with the steps that can be taken."""
    hint = TAGS_OF_S3_CONTROL if service == S3_CONTROL and operation in TAG_OPERATIONS else ""
    return UnclaimedRequestError(
        f"{service} {operation}: fakecos answers S3 only, and no request leaves the process while a fake is "
        f'active. Let it pass with FakeCOS(passthrough=["{service}"]), or have it answered: by your own '
        f"before-send handler, botocore's Stubber, or a fake of that service beside this one.{hint} {_MORE}"
    )


def escaped_request(method: str, url: str) -> EscapedRequestError:
    """Return the error for a request to S3 that went round the hook; the query is left out, it may hold keys."""
    return EscapedRequestError(
        f"{method} {url.partition('?')[0]}: a request to S3 was about to leave the process past the hook of "
        f"fakecos, and was stopped. Send it through a client of boto3 or ibm_boto3. {_MORE}"
    )


def require_allowed(fake: ActiveFake, request: Any, exceptions: ModuleType) -> None:
    """Raise unless a request at the network layer may go on: a service that may pass, or a loopback address.

    The fetchers of instance and container credentials are refused with the error that they expect from
    an unreachable service, so that they give up at once.
    """
    parts = urlsplit(request.url)
    host = parts.hostname or ""
    service = _service(request, host)
    if service == "s3":
        error: Exception = escaped_request(request.method, request.url)
    elif host in hosts.INSTANCE_METADATA or parts.path.startswith(_INSTANCE_PATHS):
        raise exceptions.ConnectTimeoutError(endpoint_url=request.url)
    elif host in hosts.CONTAINER_METADATA:
        # Not its retryable kind: the fetcher would sleep and try again, for two seconds.
        raise exceptions.CredentialRetrievalError(
            provider="container-role", error_msg="refused by fakecos, which lets nothing leave the process"
        )
    elif fake.passes((service or host,)) or hosts.is_loopback(host):
        return
    else:
        error = unclaimed_request(service or host, f"{request.method} {parts.path or '/'}")
    fake.record(error)
    raise error


def _service(request: Any, host: str) -> str | None:
    """Return the service that a request was signed for or whose host it names, or None."""
    signed = request.headers.get("Authorization") or b""
    text = signed.decode("latin-1") if isinstance(signed, bytes) else signed
    scope = service_signed_for(text) or service_signed_for(unquote(request.url.partition("?")[2]))
    if scope is not None:
        return scope
    if text.startswith("AWS ") or hosts.is_s3(host):
        return "s3"  # SigV2 in this form is S3's own
    return None

"""Whether there is an S3 at an address that takes the credentials, seen by one bucket before any promise is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.real_service import RealService

TRIES = 2
FORBIDDEN = 403
SAME_ACCOUNT = (
    "the first one lists its bucket, so they are one account, or the service does not keep accounts apart; the profile "
    "of --second-profile is to be one of another account"
)
KEYS = frozenset(
    {"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken", "TokenRefreshRequired"}
)
REGION = frozenset({"AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "InvalidLocationConstraint"})


def why_not(service: RealService) -> str | None:
    """Make a bucket, list it and delete it. Return None, or why the service cannot be asked for promises.

    A second account does the same, and the first must not see into its bucket.
    """
    why = _why_not_of(service, service.client)
    if why is not None or service.second is None:
        return why
    why = _why_not_of(service, service.client_of_other, stranger=service.own)
    return None if why is None else f"the second account: {why}"


def _why_not_of(service: RealService, make: Callable[..., Any], stranger: Any = None) -> str | None:
    """Return why an account cannot be asked by. `stranger`: a client of another account, which must be kept out."""
    name = service.probe_name()
    client = None
    try:
        client = service.paced(make({"config": {"retries": {"total_max_attempts": TRIES}}}))
        service.create_bucket(name, client)
        answer = client.list_objects_v2(Bucket=name)
        if stranger is not None and _sees(stranger, name):
            return SAME_ACCOUNT
    except Exception as error:
        reason = explained(error, service)
        if reason is None:
            raise
        return reason
    finally:
        of_other = stranger is not None
        left = service.delete(name, of_other=of_other) if client is not None and _may_be_there(client, name) else None
        if left is not None:
            service.left.append(left)
    return None if answer.get("Name") == name else _no_s3(service, "its list of a bucket is none")


def _sees(client: Any, name: str) -> bool:
    """Whether a client may list a bucket. Raises what is no refusal."""
    try:
        client.list_objects_v2(Bucket=name)
    except Exception as error:
        if getattr(error, "response", {}).get("ResponseMetadata", {}).get("HTTPStatusCode") != FORBIDDEN:
            raise
        return False
    return True


def _may_be_there(client: Any, name: str) -> bool:
    try:
        client.head_bucket(Bucket=name)
    except Exception:  # noqa: BLE001  no bucket, or no service: both are told by what came before
        return False
    return True


def explained(error: Exception, service: RealService) -> str | None:
    """Return what an error of a client says about the service; None if it is no error of a client."""
    if not type(error).__module__.startswith(("botocore.", "ibm_botocore.")):
        return None
    response = getattr(error, "response", None)  # None too if no answer came
    return _without_answer(error, service) if response is None else _refused(response, service)


def _refused(response: Any, service: RealService) -> str:
    url = _where(service)
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    code = str(response.get("Error", {}).get("Code", ""))
    said = f"{code}: {response.get('Error', {}).get('Message', '')}".rstrip(": ")
    if code in KEYS:
        return f"{url} does not take the credentials: {said}"
    if code in REGION:
        return f"{url} is of another region than {service.asking.region}: {said} (--region names it)"
    if code in {"AccessDenied", "403"}:
        allowed = f"{service.asking.prefix}-*"
        return f"{url} does not let these credentials make a bucket: {said}. They need s3:* on buckets named {allowed}"
    if not code or code.isdigit():
        return _no_s3(service, f"it answered {status} without an error of S3")
    return f"{url} makes no bucket: {status} {said}"


def _where(service: RealService) -> str:
    return service.asking.endpoint_url or f"AWS in {service.asking.region}"


def _without_answer(error: Exception, service: RealService) -> str:
    name, url = type(error).__name__, _where(service)
    if name == "SSLError":
        return f"the certificate of {url} is not trusted: AWS_CA_BUNDLE names a file with its authority ({error})"
    if name == "ResponseParserError":
        return _no_s3(service, "its answer is no document of S3")
    if name in {"EndpointConnectionError", "ConnectTimeoutError", "ProxyConnectionError"}:
        return f"nobody answers at {url}"
    if name == "ConnectionClosedError":
        return f"{url} ends connections without an answer"
    if name == "ReadTimeoutError":
        return f"{url} takes connections and does not answer"
    return f"{url} cannot be asked: {name}: {error}"


def _no_s3(service: RealService, why: str) -> str:
    return f"{_where(service)} is no S3: {why}"

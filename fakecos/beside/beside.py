"""Beside which service the requests of a fake are sent, and for which buckets: what the author of a test says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit

from fakecos.clients.botocore import for_real
from fakecos.facts.exceptions import UsageError
from fakecos.facts.services.aws import HOSTS
from fakecos.usage import explain_calls

SHORTEST, LONGEST = 8, 40
_PREFIX = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
_EXAMPLE = 'Beside(client, bucket_prefix="fakecos-beside-")'
_AWS_GLOBAL = "aws-global"
_FIRST_REGION = "us-east-1"


@explain_calls()
@dataclass(frozen=True)
class Beside:
    """A real service, to which a fake sends the requests for some buckets too: FakeCOS(beside=Beside(...)).

    - `client`: an S3 client of boto3 or ibm_boto3 with HMAC keys, made as for use: its endpoint, region and credentials
      are those of the service. What the code under test signs with is never sent.
    - `bucket_prefix`: how the names of the buckets begin, in 8 to 40 small letters, digits and hyphens, such as
      "fakecos-beside-". Nothing is sent for any other bucket, and nothing that names none.
    - `requests_per_second`: not more are sent.
    - `delete_created`: delete the buckets that were created in this run, with what they hold, when the fake stops.

    One may be for several fakes. Where the service does not answer at all, nothing more is sent by any of them, and
    `stopped` has the reason. The page "Compare with a real bucket" says what is sent.
    UsageError: a value is none of these, or the client has no credentials.
    """

    __module__ = "fakecos"

    client: Any = field(repr=False)
    bucket_prefix: str
    requests_per_second: float = 20
    delete_created: bool = False
    stopped: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _require_client(self.client)
        prefix: object = self.bucket_prefix
        if not (isinstance(prefix, str) and SHORTEST <= len(prefix) <= LONGEST and _PREFIX.fullmatch(prefix)):
            message = (
                f"Beside(bucket_prefix={prefix!r}): it is {SHORTEST} to {LONGEST} small letters, digits and hyphens, "
                'with which no other bucket of the account begins, as in "fakecos-beside-".'
            )
            raise UsageError(message)
        rate: object = self.requests_per_second
        if isinstance(rate, bool) or not isinstance(rate, (int, float)) or not 0 < rate < float("inf"):
            message = f"Beside(requests_per_second={rate!r}): it is a number above 0, as in requests_per_second=5."
            raise UsageError(message)
        delete: object = self.delete_created
        if not isinstance(delete, bool):
            message = f"Beside(delete_created={delete!r}): it is True or False."
            raise UsageError(message)

    @property
    def endpoint_url(self) -> str:
        """Where requests are sent."""
        return str(self.client.meta.endpoint_url)

    @property
    def region(self) -> str:
        """The region that is signed for."""
        region = self.client.meta.region_name
        return _FIRST_REGION if region in {None, "", _AWS_GLOBAL} else str(region)

    @property
    def keys(self) -> for_real.Keys:
        """Access key, secret and session token as they are now; none of them is ever shown whole."""
        found = for_real.keys_of(self.client)
        assert found is not None, "it had some when this was made"
        return found

    @property
    def announcement(self) -> str:
        """Where requests are sent, for which buckets, and by whose key, in a line."""
        key = self.keys[0]
        return (
            f'requests for buckets whose names begin with "{self.bucket_prefix}" are also sent to '
            f"{self.endpoint_url} (region {self.region}, access key {key[:4]}...{key[-4:]})"
        )

    def is_for(self, bucket: str | None) -> bool:
        """Whether requests for a bucket are sent."""
        return bucket is not None and bucket.startswith(self.bucket_prefix)

    def address_of(self, bucket: str) -> tuple[str, str, str]:
        """Return scheme, host, and what of the path comes before the key, by the client's own style of addresses."""
        url = urlsplit(self.endpoint_url)
        style = (getattr(self.client.meta.config, "s3", None) or {}).get("addressing_style", "auto")
        is_virtual = style == "virtual" or (style != "path" and (url.hostname or "").endswith(HOSTS.domains))
        mount = url.path.rstrip("/")
        if is_virtual:
            return url.scheme, f"{bucket}.{url.netloc}", mount
        return url.scheme, url.netloc, f"{mount}/{bucket}"


def required_beside(given: object) -> Beside:
    """Return what `FakeCOS(beside=...)` takes. UsageError: it is something else."""
    if not isinstance(given, Beside):
        what = f"a client ({type(given).__name__})" if hasattr(given, "meta") else repr(given)
        message = (
            f"FakeCOS(beside=...) was given {what}: say for which buckets too, as in beside={_EXAMPLE}, with Beside "
            f"from fakecos. {', '.join(each.name for each in fields(Beside)[2:])} are further keywords."
        )
        raise UsageError(message)
    return given


def _require_client(client: Any) -> None:
    if not for_real.is_s3_client(client):
        message = f"Beside(client={client!r}): it is an S3 client of boto3 or ibm_boto3, as boto3.client returns it."
    elif for_real.awaits(client):
        message = "Beside(client=...): one of aiobotocore cannot send there: give one of boto3 for the same service."
    elif for_real.keys_of(client) is None:
        message = (
            "Beside(client=...): the client has no access key and secret to sign with. Give one that has, for IBM COS "
            "HMAC keys: tokens of IAM cannot be fetched while a fake is active."
        )
    else:
        return
    raise UsageError(message)

"""A service that can only be asked, at an address: it gets buckets of one prefix, and loses them again."""

from __future__ import annotations

import os
import secrets
import threading
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fakecos.contract import cos_as_aws
from fakecos.contract.bucket_names import BucketNames, NotAsked
from fakecos.contract.by_hand import ByHand, Keys
from fakecos.contract.cleanup import delete_bucket
from fakecos.contract.exchanges import Recorder
from fakecos.contract.fake_service import client_of
from fakecos.contract.given import AWS, IBM, Asked, described
from fakecos.contract.not_asked import require_safe, require_safe_by_hand
from fakecos.contract.steps.altered_requests import ALTERED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.ways import OverHttp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from typing_extensions import Self

    from fakecos.contract.by_hand import Request
    from fakecos.contract.instances import Instance

TOKEN_BYTES = 4


class RealService:
    """Makes clients of a service, not faster than so many requests a second.

    - `endpoint_url`: None is that of AWS in the region.
    - `prefix`: what the names of all buckets begin with.
    - `session`: of boto3, which has the credentials.
    """

    def __init__(
        self, session: Any, endpoint_url: str | None, region: str, prefix: str, rate: float, dialect: str = AWS
    ) -> None:
        self.dialect = dialect
        self.requests = 0
        self.left: list[str] = []
        self.session = session
        self._endpoint_url = endpoint_url
        self._region = region
        self._prefix = prefix
        self._pause = 1 / rate
        self._next = 0.0
        self._lock = threading.Lock()
        self._run = secrets.token_hex(TOKEN_BYTES)
        self._count = 0

    def attempt(self) -> Attempt:
        """Return the service for one promise, whose buckets have names of their own."""
        self._count += 1
        return Attempt(self, BucketNames(self._prefix, f"{self._run}{self._count:04d}", self._account))

    def wait(self, _: str = "") -> None:
        """Let the time pass that is between two requests."""
        with self._lock:
            self.requests += 1
            now = time.monotonic()
            at = max(self._next, now)
            self._next = at + self._pause
        time.sleep(at - now)

    def client(self, keywords: Mapping[str, Any], dialect: str = AWS) -> Any:
        """Return a client. NotAsked: it is to come by a scheme that the address has not."""
        given = {"region_name": self._region, **keywords}
        scheme = urlsplit(str(given.pop("endpoint_url", ""))).scheme
        url = self._endpoint_url
        if not given.pop("use_ssl", True):
            scheme = "http"
        if scheme and scheme != self.scheme:
            message = f"it is about {scheme}, and the address is of {self.scheme}"
            raise NotAsked(message)
        if url is not None:
            given["endpoint_url"] = url
        if bundle := os.environ.get("AWS_CA_BUNDLE"):
            given["verify"] = bundle
        if dialect == IBM:
            keys = self.session.get_credentials().get_frozen_credentials()
            given |= {"aws_access_key_id": keys.access_key, "aws_secret_access_key": keys.secret_key}
        return client_of(dialect, given, self.session)

    @cached_property
    def _account(self) -> str | None:
        """The number of the account that asks at AWS, None at another service."""
        if self._endpoint_url is not None:
            return None
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return str(self.session.client("sts", region_name=self._region).get_caller_identity()["Account"])
        except (BotoCoreError, ClientError):
            return None  # its promises differ then where they name the account

    @property
    def scheme(self) -> str:
        """`https` or `http`."""
        return "https" if self._endpoint_url is None else urlsplit(self._endpoint_url).scheme

    @cached_property
    def own(self) -> Any:
        """A client of our own, by which buckets are made and deleted: it tries again as clients do."""
        client = self.client({})
        client.meta.events.register_first("before-send.s3", lambda **_: self.wait())
        return client

    def by_hand(self, names: BucketNames, recorder: Recorder, judge: Callable[[Request], None]) -> ByHand:
        """Return what sends requests by hand, signed by the credentials of the session."""
        found = self.session.get_credentials().get_frozen_credentials()
        url = self._endpoint_url or f"https://s3.{self._region}.amazonaws.com"
        way = OverHttp(url, os.environ.get("AWS_CA_BUNDLE"), names, recorder, judge)
        return ByHand(way, Keys(found.access_key, found.secret_key, found.token, self._region))

    def leftovers(self) -> list[str]:
        """Return the buckets of the prefix that are there: those of runs that could not end."""
        start = f"{self._prefix}-"
        length = 2 * TOKEN_BYTES
        names = [each["Name"] for each in self.own.list_buckets().get("Buckets", [])]
        own = [name for name in names if name.startswith(start)]
        return [name for name in own if set(name[len(start) : len(start) + length]) <= set("0123456789abcdef")]


class Attempt:
    """The service for one promise. As a context it makes the bucket, and deletes what the promise made."""

    def __init__(self, service: RealService, names: BucketNames) -> None:
        self._service = service
        self._names = names
        self._buckets: list[str] = []
        self.recorder = Recorder(names, service.wait)
        self._own = service.own

    def __enter__(self) -> Self:
        there = self._names.there(BUCKET)
        self._buckets.append(there)
        region = self._own.meta.region_name
        placed = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        self._own.create_bucket(Bucket=there, **placed)
        return self

    def __exit__(self, *_: object) -> None:
        for bucket in dict.fromkeys(self._buckets):
            left = delete_bucket(self._own, bucket)
            if left is not None:
                self._service.left.append(left)

    def run(self, instance: Instance, dialect: str = AWS) -> None:
        """Run a promise. Raises AssertionError, NotAsked, and what its client raises."""
        Asked(self, self, dialect).run(instance)

    def described(self) -> Any:
        """Return what the bucket holds, as `refused` compares it."""
        return described(self._own, self._names.there(BUCKET))

    def make(self, dialect: str, keywords: dict[str, Any]) -> Any:
        """Return a client of the service, with the promise's names for its buckets."""
        client = self.recorder.listen(self._service.client(keywords, dialect))
        client.meta.events.register_last("before-parameter-build.s3", self._judge)
        client.meta.events.register(ALTERED, _require_signed)
        return cos_as_aws.level(client) if dialect == IBM else client

    def by_hand(self) -> ByHand:
        """Return what sends requests by hand to the service."""
        return self._service.by_hand(self._names, self.recorder, self._judge_by_hand)

    def _judge_by_hand(self, request: Request) -> None:
        bucket, _, key = request.path.removeprefix("/").partition("/")
        if request.host.startswith(self._names.start):
            bucket = request.host.partition(".")[0]
        require_safe_by_hand(request, bucket, self._names)
        if request.method == "PUT" and not key and not request.query:
            self._buckets.append(bucket)
        self._service.wait()

    def _judge(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        require_safe(model.name, params, self._names)
        if model.name == "CreateBucket":
            self._buckets.append(params["Bucket"])


def _require_signed(**_: Any) -> None:
    message = "it alters a request after it was signed, which a service that verifies signatures refuses"
    raise NotAsked(message)

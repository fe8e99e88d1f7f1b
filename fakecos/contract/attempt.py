"""A service for one promise: it has a bucket of its own, and what the promise made is deleted after it."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote

from fakecos.contract import cos_as_aws
from fakecos.contract.bucket_names import NotAsked
from fakecos.contract.by_hand import ByHand
from fakecos.contract.exchanges import Recorder
from fakecos.contract.given import AWS, IBM, Asked, described
from fakecos.contract.not_asked import require_safe, require_safe_by_hand
from fakecos.contract.steps.altered_requests import AS_SIGNED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.ways import OverHttp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from typing_extensions import Self

    from fakecos.contract.bucket_names import BucketNames
    from fakecos.contract.by_hand import Answer, Keys, Request
    from fakecos.contract.instances import Instance
    from fakecos.contract.pace import Pace

ACCEPTED = range(200, 300)
CONNECT_TIMEOUT = 10
SERVICES = {AWS: "AWS", IBM: "IBM COS"}
SETTLES = ("PutBucket", "DeleteBucket", "PutPublicAccessBlock", "DeletePublicAccessBlock", "PutObjectLockConfiguration")
"""How operations begin that change a bucket's configuration, which takes a while to reach all of the service."""

CONFIGURATIONS = frozenset(
    {
        *("accelerate", "acl", "analytics", "cors", "encryption", "intelligent-tiering", "inventory", "lifecycle"),
        *("logging", "metrics", "notification", "object-lock", "ownershipControls", "policy", "publicAccessBlock"),
        *("replication", "requestPayment", "tagging", "versioning", "website"),
    }
)
"""What a request by hand names in its query that changes a bucket's configuration."""


class Service(Protocol):
    """Makes clients and buckets. `left`: what could not be deleted."""

    pace: Pace
    left: list[str]
    dialect: str

    @property
    def own(self) -> Any:
        """A client that tries again."""

    @property
    def address(self) -> str:
        """Where it is asked."""

    @property
    def settle(self) -> float:
        """Seconds to wait after a change of a bucket's configuration."""

    def client(self, keywords: Mapping[str, Any], dialect: str) -> Any:
        """Return a client."""

    def client_of_other(self, keywords: Mapping[str, Any]) -> Any:
        """Return a client of the second account. NotAsked: there is none."""

    def delete(self, name: str, *, of_other: bool = False) -> str | None:
        """Delete a bucket with all that it holds; return None, or why it is still there."""

    def create_bucket(self, name: str) -> None:
        """Make a bucket."""

    def keys(self) -> Keys:
        """Return by what requests by hand are signed."""


class Attempt:
    """The service for one promise. As a context it makes the bucket, and deletes what the promise made."""

    def __init__(self, service: Service, names: BucketNames, patience: int) -> None:
        self._service = service
        self._patience = patience
        self._names = names
        self._buckets: list[str] = []
        self._of_other: set[str] = set()
        self.recorder = Recorder(names, service.pace.wait)
        self._own = service.own

    def __enter__(self) -> Self:
        there = self._names.there(BUCKET)
        self._buckets.append(there)
        try:
            self._service.create_bucket(there)
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Delete what was made. Ctrl-C lets it finish; another one ends it, and says what is left."""
        try:
            self._delete()
        except KeyboardInterrupt:
            if isinstance(error, KeyboardInterrupt):  # the second one
                self._note_what_is_left()
                raise
            try:
                self._delete()
            except KeyboardInterrupt:
                self._note_what_is_left()
                raise
            raise

    def _delete(self) -> None:
        while self._buckets:
            left = self._service.delete(self._buckets[0], of_other=self._buckets[0] in self._of_other)
            if left is not None:
                self._service.left.append(left)
            del self._buckets[0]

    def _note_what_is_left(self) -> None:
        self._service.left += [f"{bucket}: interrupted" for bucket in dict.fromkeys(self._buckets)]

    def run(self, instance: Instance, dialect: str = AWS) -> None:
        """Run a promise. Raises AssertionError, NotAsked, and what its client raises."""
        Asked(self, self, dialect).run(instance)

    def described(self) -> Any:
        """Return what the bucket holds, as `refused` compares it."""
        return described(self._own, self._names.there(BUCKET))

    def make(self, dialect: str, keywords: dict[str, Any]) -> Any:
        """Return a client of the service, with the promise's names for its buckets."""
        if dialect != self._service.dialect:
            message = f"it is about {SERVICES[dialect]}: --dialect {dialect} asks for it"
            raise NotAsked(message)
        client = self._guarded(self._service.client(self._patient(keywords), dialect))
        return cos_as_aws.level(client) if dialect == IBM else client

    def make_other(self, keywords: dict[str, Any]) -> Any:
        """Return a client of the second account, guarded as that of the first."""
        return self._guarded(self._service.client_of_other(self._patient(keywords)), of_other=True)

    def wait(self, seconds: float) -> None:
        """Wait, which a service's clock takes as long as ours."""
        self._service.pace.sleep(seconds)

    def _patient(self, keywords: dict[str, Any]) -> dict[str, Any]:
        config = {"connect_timeout": CONNECT_TIMEOUT, "read_timeout": self._patience, **keywords.get("config", {})}
        return {**keywords, "config": config}

    def _guarded(self, client: Any, *, of_other: bool = False) -> Any:
        """Return a client whose requests are written down, and judged before they are sent."""
        self.recorder.listen(client)
        client.meta.events.register_last("before-parameter-build.s3", partial(self._judge, of_other=of_other))
        AS_SIGNED.add(client)
        if self._service.settle:
            client.meta.events.register_last("after-call.s3", self._settle)
        return client

    def by_hand(self) -> ByHand:
        """Return what sends requests by hand to the service."""
        way = OverHttp(
            self._service.address,
            os.environ.get("AWS_CA_BUNDLE"),
            self._names,
            self.recorder,
            self._judge_by_hand,
            self._settle_by_hand,
            self._patience,
        )
        return ByHand(way, self._service.keys())

    def _judge_by_hand(self, request: Request) -> None:
        host = request.host.partition(".")[0]
        bucket = host if self._names.is_own(host) else unquote(request.path).removeprefix("/").partition("/")[0]
        require_safe_by_hand(request, bucket, self._names)
        if bucket not in self._buckets:
            self._buckets.append(bucket)
        self._service.pace.wait()

    def _settle_by_hand(self, request: Request, answer: Answer) -> None:
        names = {pair.partition("=")[0] for pair in request.query.split("&")}
        if request.method in {"PUT", "DELETE"} and names & CONFIGURATIONS and answer.status in ACCEPTED:
            self._service.pace.sleep(self._service.settle)

    def _judge(self, params: dict[str, Any], model: Any, *, of_other: bool, **_: Any) -> None:
        require_safe(model.name, params, self._names)
        if params.get("Bucket", self._buckets[0]) not in self._buckets:
            self._buckets.append(params["Bucket"])  # whatever it asks for: a store may make a bucket with an object
            if of_other:
                self._of_other.add(params["Bucket"])

    def _settle(self, http_response: Any, model: Any, **_: Any) -> None:
        if model.name.startswith(SETTLES) and model.name != "DeleteBucket" and http_response.status_code in ACCEPTED:
            self._service.pace.sleep(self._service.settle)

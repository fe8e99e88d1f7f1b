"""What promises are given, by name: clients of the service that is asked, and the service itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from fakecos.contract.instances import names_of
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.locks import LOCKED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import put_objects

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand
    from fakecos.contract.instances import Instance

AWS, IBM = "aws", "ibm"
ONCE = {"total_max_attempts": 1}
"""A refusal is seen once: no client tries again."""


class Clients(Protocol):
    """Makes clients of a service."""

    def make(self, dialect: str, keywords: dict[str, Any]) -> Any:
        """Return a client of boto3 ("aws") or ibm_boto3 ("ibm"), to which the recorder listens."""

    def make_other(self, keywords: dict[str, Any]) -> Any:
        """Return a client of boto3 that signs as another account. NotAsked: there is none."""

    def by_hand(self) -> ByHand:
        """Return what sends requests by hand."""

    def wait(self, seconds: float) -> None:
        """Let time pass at the service."""


class Asked:
    """The service that one promise asks: what it names as parameters, made when it is first needed.

    - `service`: what `refused` asks for what is stored.
    - `dialect`: whose client package `client` is of.
    """

    def __init__(self, clients: Clients, service: Any, dialect: str) -> None:
        self._clients = clients
        self._service = service
        self._dialect = dialect
        self._made: dict[str, Any] = {}

    def run(self, instance: Instance) -> None:
        """Do what comes before a promise, and the promise. Raises AssertionError, and what its client raises."""
        self._dialect = instance.values.get("dialect", self._dialect)
        for name in instance.promise.marks.fixtures:
            self._given(name)
        for function in instance.promise.before:
            function(**{name: self._given(name) for name in names_of(function)})
        instance.promise.function(**instance.arguments(self._given))

    def _given(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = getattr(self, f"_give_{name}")()
        return self._made[name]

    def make_client(self, dialect: str = AWS, **keywords: Any) -> Any:
        """Return a client with retries off."""
        options = {"retries": ONCE, **keywords.pop("config", {})}
        return self._clients.make(dialect, {"config": options, **keywords})

    def _give_make_client(self) -> Callable[..., Any]:
        return self.make_client

    def _give_client(self) -> Any:
        return self.make_client(self._dialect)

    def _give_aws(self) -> Any:
        return self._given("client") if self._dialect == AWS else self.make_client(AWS)

    def _give_own(self) -> Any:
        return self._given("client")

    def _give_other(self) -> Any:
        return self._clients.make_other({"config": {"retries": ONCE}})

    def _give_wait(self) -> Callable[[float], None]:
        return self._clients.wait

    def _give_dialect(self) -> str:
        return self._dialect

    def _give_anonymous(self) -> Callable[[], Any]:
        from botocore import UNSIGNED

        return lambda: self.make_client(AWS, config={"signature_version": UNSIGNED})

    def _give_cos(self) -> Any:
        return self._service

    def _give_send(self) -> ByHand:
        return self._clients.by_hand()

    def _give_two_objects(self) -> None:
        put_objects(self._given("client"), ("one", "two"), b"1")

    def _give_sse_c_allowed(self) -> None:
        if self._dialect == AWS:  # COS takes it in any case
            allow_sse_c(self._given("own"))

    def _give_locked_bucket(self) -> None:
        self._given("own").create_bucket(Bucket=LOCKED, ObjectLockEnabledForBucket=True)


def described(client: Any, bucket: str = BUCKET) -> Any:
    """Return what a bucket holds, as far as it can be asked for: to see that a refusal changed nothing.

    Of what the service refuses to list, such as uploads that it does not have, it is the error code.
    """
    objects = _listed(partial(client.list_objects_v2, Bucket=bucket), "Contents")
    uploads = _listed(partial(client.list_multipart_uploads, Bucket=bucket), "Uploads")
    named = [] if isinstance(uploads, str) else [(each["Key"], each["UploadId"]) for each in uploads]
    parts = [
        _listed(partial(client.list_parts, Bucket=bucket, Key=key, UploadId=upload_id), "Parts")
        for key, upload_id in named
    ]
    return objects, named or uploads, parts


def _listed(call: Callable[[], Any], member: str) -> Any:
    try:
        return call().get(member, [])
    except Exception as error:  # two packages have a ClientError each
        response = getattr(error, "response", None)
        if response is None:
            raise
        return str(response["Error"].get("Code"))

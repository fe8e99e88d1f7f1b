"""Other ways into the service than the patch: `--door server`, `--door both` and `--endpoint-url URL`.

With the first, the clients of the contract suite speak over sockets to a fake that is not on. With the second each
request goes through both doors, and the answers are compared (tests/support/both_doors.py). With the third they speak
to any service at that address, with the credentials of the environment: what looks inside a fake is skipped, and the
bucket (FAKECOS_CONTRACT_BUCKET, "photos" by default) is made for each test, emptied and deleted.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

import boto3
import pytest
from botocore.exceptions import ClientError

from fakecos.contract.bucket_names import NotAsked
from fakecos.contract.by_hand import ByHand, Keys
from fakecos.contract.ways import OverHttp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import FakeCOS
    from fakecos.contract.by_hand import Answer, Request

PATCH, SERVER, BOTH = "patch", "server", "both"
KEYS = {"aws_access_key_id": "AKIDTEST", "aws_secret_access_key": "secret"}


def add_options(parser: pytest.Parser) -> None:
    """Add the options that choose a door."""
    parser.addoption("--door", choices=(PATCH, SERVER, BOTH), default=PATCH, help="how tests/contract reaches the fake")
    parser.addoption("--endpoint-url", default=None, help="a service that tests/contract is run against")


def opens_loopback(config: pytest.Config) -> bool:
    """Whether tests may connect to this machine."""
    return config.getoption("--door", PATCH) in {SERVER, BOTH}


def opens_network(config: pytest.Config) -> bool:
    """Whether tests may connect to anything."""
    return config.getoption("--endpoint-url", None) is not None


def forgive(config: pytest.Config) -> None:
    """Do not fail over a socket that the garbage collector closes: a test need not read the body that it got."""
    if opens_loopback(config) or opens_network(config):
        config.addinivalue_line("filterwarnings", r"ignore:unclosed <(ssl\.SSLS|socket\.s)ocket:ResourceWarning")


class SkipsWhatIsNotAsked(OverHttp):
    """HTTP, by which a test is skipped whose request no service can be sent."""

    def exchange(self, request: Request) -> Answer:
        """Return the answer."""
        try:
            return super().exchange(request)
        except NotAsked as reason:
            pytest.skip(str(reason))


class Door:
    """What a client must be told to come in here: an address for each scheme, whom to trust, and who asks."""

    def __init__(self, addresses: dict[str, str], bundle: str | None, keys: dict[str, str]) -> None:
        self._addresses = addresses
        self._bundle = bundle
        self._keys = keys
        self._clients: list[Any] = []

    def keywords(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return a client's keywords with the address in the place of its own."""
        usual = "https" if "https" in self._addresses else "http"
        scheme = str(given.pop("endpoint_url", usual)).partition(":")[0]
        if not given.pop("use_ssl", True):
            scheme = "http"
        if scheme not in self._addresses:
            pytest.skip(f"this door has no {scheme}")
        address = {"endpoint_url": self._addresses[scheme], "verify": self._bundle}
        return {"region_name": "us-east-1", **self._keys, **given, **address}

    def closing(self, client: Any) -> Any:
        """Return the client, which is closed with the door."""
        self._clients.append(client)
        return client

    def by_hand(self) -> ByHand:
        """Return what sends requests by hand through this door."""
        keys = Keys(*self._keys.values()) if self._keys else own_keys()
        scheme = "https" if "https" in self._addresses else "http"
        return ByHand(SkipsWhatIsNotAsked(self._addresses[scheme], self._bundle), keys)

    def close(self) -> None:
        """Close all clients."""
        for client in self._clients:
            getattr(client, "close", lambda: None)()  # the oldest botocore has none


def own_keys() -> Keys:
    """Return the credentials of the environment."""
    found: Any = boto3.session.Session().get_credentials()
    keys = found.get_frozen_credentials()
    return Keys(keys.access_key, keys.secret_key, keys.token)


@contextmanager
def served(cos: FakeCOS) -> Iterator[Door]:
    """Serve a fake with and without TLS."""
    with cos.serve(environment=False) as plain, cos.serve(environment=False, tls=True) as secure:
        door = Door({"http": plain.endpoint_url, "https": secure.endpoint_url}, secure.ca_bundle, KEYS)
        yield door
        door.close()


class Outside:
    """A service that can only be asked: a test that looks inside of it is skipped."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def __getattr__(self, name: str) -> NoReturn:
        pytest.skip(f"it looks inside the fake: cos.{name}")

    def described(self) -> Any:
        """Return what the bucket holds, as far as it can be asked for."""
        objects = self._client.list_objects_v2(Bucket=self._bucket).get("Contents", [])
        uploads = self._client.list_multipart_uploads(Bucket=self._bucket).get("Uploads", [])
        return objects, [(u["Key"], u["UploadId"], self._parts(u["Key"], u["UploadId"])) for u in uploads]

    def _parts(self, key: str, upload_id: str) -> Any:
        return self._client.list_parts(Bucket=self._bucket, Key=key, UploadId=upload_id).get("Parts", [])

    def empty(self) -> None:
        """Delete what is in the bucket, and the bucket."""
        with suppress(ClientError):
            objects, uploads = self.described()
            for key, upload_id, _ in uploads:
                self._client.abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=upload_id)
            for found in objects:
                self._client.delete_object(Bucket=self._bucket, Key=found["Key"])
            self._client.delete_bucket(Bucket=self._bucket)


@contextmanager
def outside(url: str, bucket: str) -> Iterator[tuple[Outside, Door]]:
    """Reach a service by its address, with a fresh bucket."""
    bundle = os.environ.get("AWS_CA_BUNDLE")
    door = Door({url.partition(":")[0]: url}, bundle, {})
    client = door.closing(boto3.client("s3", **door.keywords({"endpoint_url": url})))
    service = Outside(client, bucket)
    service.empty()
    client.create_bucket(Bucket=bucket)
    yield service, door
    service.empty()
    door.close()

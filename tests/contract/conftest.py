"""The contract suite: one function per promise of the service, through every client that is installed.

Each test gets a fake and a client of it; `dialect` runs it for boto3 and for ibm_boto3. With `--client aiobotocore`
one of aiobotocore stands in the place of boto3's, and what runs for ibm_boto3 is left out. `--door server` runs it over
sockets, and `--endpoint-url` against another service: see doors.py.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3
import ibm_boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from ibm_botocore.client import Config as IbmConfig

from fakecos import FakeCOS, Limits
from fakecos.facts.services.dialects import IBM_COS
from tests.contract import awaited, doors, levelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUCKET = os.environ.get("FAKECOS_CONTRACT_BUCKET", "photos")
MIB = 1024 * 1024
MIN_PART = 5 * MIB
AWS = "aws"
IBM = "ibm"


@pytest.fixture(params=[AWS, IBM])
def dialect(request: pytest.FixtureRequest) -> str:
    """The service whose client speaks: every test that takes it runs for both."""
    return str(request.param)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With another client than boto3, run what boto3 runs, but for what only boto3 can do."""
    if config.getoption("--client") not in awaited.CLIENTS:
        return
    for item in items:
        if marker := item.get_closest_marker("only_boto3"):
            item.add_marker(pytest.mark.skip(reason=marker.args[0]))
    other = [item for item in items if IBM in getattr(getattr(item, "callspec", None), "params", {}).values()]
    config.hook.pytest_deselected(items=other)
    items[:] = [item for item in items if item not in other]


@pytest.fixture
def way_in(request: pytest.FixtureRequest) -> Iterator[tuple[Any, doors.Door | None]]:
    """The fake with one bucket, or what stands in its place, and the door to it if that is not the patch."""
    marker = request.node.get_closest_marker("limits")
    url = request.config.getoption("--endpoint-url")
    door_kind = request.config.getoption("--door")
    patched = request.node.get_closest_marker("only_patch")
    if patched and (url is not None or door_kind != doors.PATCH):
        pytest.skip(patched.args[0])
    if url is not None:
        if marker:
            pytest.skip("another service has its own limits")
        with doors.outside(url, BUCKET) as (service, door):
            yield service, door
        return
    fake = FakeCOS(limits=Limits(**marker.kwargs) if marker else Limits())
    if door_kind == doors.PATCH:
        with fake:
            fake.create_bucket(BUCKET)
            yield fake, None
        return
    fake.create_bucket(BUCKET)
    with doors.served(fake) as door:
        yield fake, door
    if fake.is_active:  # a client of its own is attached, by which its clock goes on
        fake.stop()


@pytest.fixture
def cos(way_in: tuple[Any, doors.Door | None]) -> FakeCOS:
    """A fake with one bucket; `@pytest.mark.limits(min_part_size=1)` gives it other limits."""
    fake: FakeCOS = way_in[0]
    return fake


@pytest.fixture
def loop() -> Iterator[awaited.Loop]:
    """An event loop for the clients that are awaited."""
    running = awaited.Loop()
    yield running
    running.end()


@pytest.fixture
def levels() -> bool:
    """Whether what AWS tells and COS does not is filled in on COS's answers (levelled.py)."""
    return True


@pytest.fixture
def make_client(
    request: pytest.FixtureRequest, way_in: tuple[Any, doors.Door | None], levels: bool
) -> Callable[..., Any]:
    """Return what makes a client of a dialect; `retries` are off, so that a refusal is seen once."""
    door = way_in[1]

    def make(dialect: str = AWS, **keywords: Any) -> Any:
        options = {"retries": {"total_max_attempts": 1}, **keywords.pop("config", {})}
        if door is not None:
            keywords = door.keywords(keywords)
        if dialect == IBM:
            keywords.setdefault("endpoint_url", "https://s3.us-south.cloud-object-storage.appdomain.cloud")
            made = ibm_boto3.client("s3", config=IbmConfig(**options), **keywords)
            if levels:
                levelled.level(made)
        elif (kind := request.config.getoption("--client")) in awaited.CLIENTS:
            return awaited.make(request.getfixturevalue("loop"), kind, options, **keywords)
        else:
            made = boto3.client("s3", config=Config(**options), **keywords)
        return made if door is None else door.closing(made)

    return make


@pytest.fixture
def anonymous(make_client: Callable[..., Any]) -> Callable[[], Any]:
    """Return what makes a client that does not sign."""
    return lambda: make_client(AWS, config={"signature_version": UNSIGNED})


@pytest.fixture
def client(make_client: Callable[..., Any], dialect: str) -> Any:
    """A client of the dialect under test, over https as in production."""
    return make_client(dialect)


@pytest.fixture
def aws(make_client: Callable[..., Any]) -> Any:
    """A boto3 client, for promises that only AWS makes or only boto3 can ask for."""
    return make_client(AWS)


def carried(version: Any) -> Any:
    """Return what can be changed of a version that is there, None for a delete marker."""
    if version.is_delete_marker:
        return None
    attributes = version.attributes
    return attributes.metadata, attributes.tags, attributes.lock, attributes.restore


def described(cos: FakeCOS) -> Any:
    """Return everything that is stored, in a form that compares equal only if nothing changed."""
    if isinstance(cos, doors.Outside):
        return cos.described()
    return {
        name: (
            bucket.region,
            bucket.versioning,
            bucket.acl,
            [stored.attributes.acl for stored in bucket.stored()],
            dict(bucket.configurations),
            [
                (repr(version), version.version_id, carried(version))
                for key in bucket.versions.keys
                for version in bucket.versions_of(key)
            ],
            [
                (key, stored.etag, stored.size, stored.last_modified, stored.checksum, carried(stored))
                for key, stored in bucket.objects.items()
            ],
            [
                (
                    upload.key,
                    upload.upload_id,
                    [(n, p.etag, p.size, p.checksum, p.last_modified) for n, p in sorted(upload.parts.items())],
                )
                for upload in bucket.uploads.values()
            ],
        )
        for name, bucket in cos.store.buckets.items()
    }


def words_of_ibm(code: str, message: str | None) -> tuple[str, str | None, dict[str, Any]]:
    """Return code, message and further fields of a refusal of IBM's, by those of AWS: each difference is data."""
    words = IBM_COS.errors.get(code)
    if words is None or message == "":
        return code, message, {}  # its own fields are not told: error_fields
    return words.code, None if message is None else words.message, {}


@contextmanager
def refused(
    cos: FakeCOS, code: str, message: str | None = None, status: int | None = None, **fields: Any
) -> Iterator[Any]:
    """Assert that the block is refused with exactly this error, and that nothing changed.

    `fields` are the further children of `<Error>`; a value of None is an empty element; fields that are not named must
    be absent. Yields the error's answer, filled in when the block has ended.
    """
    before = described(cos)
    with pytest.raises(Exception) as caught:  # noqa: PT011  two packages have a ClientError each
        yield (answer := {})
    is_ibm = type(caught.value).__module__.startswith("ibm_botocore")
    if is_ibm:
        code, message, fields = words_of_ibm(code, message)
    response = getattr(caught.value, "response", None)
    assert response is not None, f"not an answer of S3: {caught.value!r}"
    answer.update(response)
    error = dict(response["Error"])
    assert error.pop("Code") == code
    told = error.pop("Message", None)
    if message is not None:
        assert (told or "") == message
    if status is not None:
        assert response["ResponseMetadata"]["HTTPStatusCode"] == status
    if message is not None or fields:
        error.pop("RequestId", None)
        error.pop("Resource" if is_ibm else "HostId", None)
        error.pop("httpStatusCode" if is_ibm else "HostId", None)
        assert {name: value or None for name, value in error.items()} == fields
    assert described(cos) == before, "a refused request changed what is stored"

"""The contract suite: one function per promise of the service, through every client that is installed.

Each test gets a fake and a client of it; `dialect` runs it for boto3 and for ibm_boto3. With `--client aiobotocore`
one of aiobotocore stands in the place of boto3's, and what runs for ibm_boto3 is left out. `--door server` runs it over
sockets, and `--endpoint-url` against another service: see doors.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import ibm_boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from ibm_botocore.client import Config as IbmConfig

from fakecos import FakeCOS, Limits
from fakecos.contract import cos_as_aws
from fakecos.contract.by_hand import ByHand, Keys
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.locks import LOCKED
from fakecos.contract.steps.names import AWS, BUCKET, IBM
from fakecos.contract.steps.objects import put_objects
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.ways import InProcess
from fakecos.model.store import ACCOUNT
from tests.contract import aiobotocore_client, doors
from tests.support.access import client_for
from tests.support.both_doors import BothDoors
from tests.support.constants import US_SOUTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


SIGNER = Keys("AKIDTEST", "secret")


@pytest.fixture(params=[AWS, IBM])
def dialect(request: pytest.FixtureRequest) -> str:
    """The service whose client speaks: every test that takes it runs for both."""
    return str(request.param)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With another client than boto3, run what boto3 runs, but for what only boto3 can do."""
    if config.getoption("--client") not in aiobotocore_client.CLIENTS:
        return
    for item in items:
        if marker := item.get_closest_marker("only_boto3"):
            item.add_marker(pytest.mark.skip(reason=marker.args[0]))
    other = [item for item in items if IBM in getattr(getattr(item, "callspec", None), "params", {}).values()]
    config.hook.pytest_deselected(items=other)
    items[:] = [item for item in items if item not in other]


@pytest.fixture(scope="session")
def both_doors(request: pytest.FixtureRequest) -> Iterator[BothDoors | None]:
    """What compares in process with over a socket, None if the suite goes through one door."""
    if request.config.getoption("--door") != doors.BOTH:
        yield None
        return
    both = BothDoors()
    yield both
    both.close()


@pytest.fixture(autouse=True)
def _doors_agree(both_doors: BothDoors | None) -> Iterator[None]:
    """Fail a test some request of which is answered otherwise over a socket."""
    if both_doors is None:
        yield
        return
    with both_doors.watching():
        yield
    assert not (found := both_doors.take()), "\n".join(map(str, found))


@pytest.fixture
def way_in(request: pytest.FixtureRequest) -> Iterator[tuple[Any, doors.Door | None]]:
    """The fake with one bucket, or what stands in its place, and the door to it if that is not the patch."""
    marker = request.node.get_closest_marker("limits")
    dated = request.node.get_closest_marker("as_of")
    url = request.config.getoption("--endpoint-url")
    door_kind = request.config.getoption("--door")
    patched = request.node.get_closest_marker("only_patch")
    if patched and (url is not None or door_kind == doors.SERVER):
        pytest.skip(patched.args[0])
    once = request.node.get_closest_marker("one_door")
    if once and door_kind == doors.BOTH:
        pytest.skip(once.args[0])
    if url is not None:
        if marker:
            pytest.skip("another service has its own limits")
        if dated:
            pytest.skip("another service is as it is today")
        with doors.outside(url, BUCKET) as (service, door):
            yield service, door
        return
    signed = {SIGNER.access: SIGNER.secret} if "send" in request.fixturenames else None
    limits = Limits(**marker.kwargs) if marker else Limits()
    fake = FakeCOS(limits=limits, as_of=dated.args[0] if dated else None, credentials=signed)
    if door_kind != doors.SERVER:
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
    """A fake with one bucket; `@pytest.mark.limits(min_part_size=1)` gives it other limits,
    and `@pytest.mark.as_of(RECORDED)` the S3 of that day.
    """
    fake: FakeCOS = way_in[0]
    return fake


@pytest.fixture
def loop() -> Iterator[aiobotocore_client.Loop]:
    """An event loop for the clients that are aiobotocore_client."""
    running = aiobotocore_client.Loop()
    yield running
    running.end()


@pytest.fixture
def levels() -> bool:
    """Whether what AWS answers and COS does not is filled in on COS's answers (cos_as_aws.py)."""
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
            keywords.setdefault("endpoint_url", US_SOUTH)
            made = ibm_boto3.client("s3", config=IbmConfig(**options), **keywords)
            if levels:
                cos_as_aws.level(made)
        elif (kind := request.config.getoption("--client")) in aiobotocore_client.CLIENTS:
            if "send" in request.fixturenames:  # its session is made once, so it has the keys of another fake
                keywords = {"aws_access_key_id": SIGNER.access, "aws_secret_access_key": SIGNER.secret, **keywords}
            return aiobotocore_client.make(request.getfixturevalue("loop"), kind, options, **keywords)
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


@pytest.fixture
def own(aws: Any) -> Any:
    """What arranges before each promise of an area, whichever client the promise is about."""
    return aws


@pytest.fixture
def other(cos: FakeCOS, make_client: Callable[..., Any]) -> Any:
    """A boto3 client of another account."""
    account = cos.account(OTHER)
    return make_client(AWS, aws_access_key_id=account.access_key, aws_secret_access_key=account.secret_key)


@pytest.fixture
def wait(cos: FakeCOS) -> Callable[[float], None]:
    """Return what lets seconds pass."""
    return lambda seconds: cos.advance(seconds=seconds)


@pytest.fixture
def send(cos: FakeCOS, way_in: tuple[Any, doors.Door | None]) -> ByHand:
    """What sends requests by hand; their signatures are verified."""
    door = way_in[1]
    return ByHand(InProcess(cos._active.exchange), SIGNER) if door is None else door.by_hand()


@pytest.fixture
def two_objects(client: Any) -> None:
    """The objects `one` and `two`."""
    put_objects(client, ("one", "two"), b"1")


@pytest.fixture
def sse_c_allowed(aws: Any) -> None:
    """The bucket takes keys of the customer."""
    allow_sse_c(aws)


@pytest.fixture
def locked_bucket(cos: FakeCOS) -> None:
    """A bucket with Object Lock beside the usual one."""
    cos.client().create_bucket(Bucket=LOCKED, ObjectLockEnabledForBucket=True)


@pytest.fixture
def alice(cos: FakeCOS) -> Any:
    """A user of the bucket's own account; `key` is stored."""
    cos.put_object(BUCKET, "key", b"1", Tagging="team=red")
    return client_for(cos.account(ACCOUNT).user("alice"))

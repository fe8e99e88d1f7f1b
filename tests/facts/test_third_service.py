"""A service is one file: a toy in this one answers at its own hosts, in its own words; no line elsewhere knows it."""

from __future__ import annotations

import urllib.request
from contextlib import contextmanager
from pathlib import Path
from runpy import run_path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from fakecos import FakeCOS, UnimplementedOperationWarning
from fakecos.cli.main import main
from fakecos.clients.http import targets
from fakecos.facts.exceptions import UsageError
from fakecos.facts.hosts import HostForm, Hosts
from fakecos.facts.services import dialects
from fakecos.facts.services.aws import AWS
from fakecos.facts.services.dialect import Words
from fakecos.wire.messages import HttpRequest, RawBody

if TYPE_CHECKING:
    from collections.abc import Iterator

PLUGIN = Path(__file__).parents[2] / "plugins" / "pytest_fakecos"

# --- the service: all of it ------------------------------------------------------------------------------

TOY = AWS._replace(
    name="toy",
    hosts=Hosts(
        domains=(".toy-storage.example",),
        forms=(HostForm(r"(?:(?P<name>.+)\.)?(?P<label>s3)\.(?P<region>[a-z0-9-]+)"),),
        token_hosts=r"login\.toy-storage\.example",
        token_paths=frozenset({"/token"}),
    ),
    endpoint="s3.{region}.toy-storage.example",
    packages=frozenset({"toy_sdk"}),
    agent="toy-sdk",
    limits=AWS.limits._replace(max_key_size=10),
    headers={"server": "Toy", "x-toy-version": "7"},
    request_ids=("x-toy-id",),
    host_id=None,
    refuses=frozenset({"PutBucketPolicy"}),
    errors={"NoSuchKey": Words("NoSuchToy", "There is no such toy.")},
)

# --- what it does ----------------------------------------------------------------------------------------

REGION = "lego-1"
HOST = f"s3.{REGION}.toy-storage.example"
BUCKET = "photos"


@pytest.fixture(autouse=True)
def toy() -> Iterator[None]:
    """The service is there for each test, and gone afterwards."""
    dialects.add(TOY)
    yield
    dialects.remove(TOY)
    assert list(dialects.BY_NAME) == ["aws", "ibm"]


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with FakeCOS() as fake:
        fake.create_bucket(BUCKET, REGION)
        fake.put_object(BUCKET, "brick", b"red")
        yield fake


def client(url: str | None = f"https://{HOST}", region: str = REGION, style: str = "virtual") -> Any:
    options: Any = {"s3": {"addressing_style": style}, "retries": {"total_max_attempts": 1}}
    config = Config(**options)
    return boto3.client("s3", region_name=region, endpoint_url=url, config=config)


@contextmanager
def refused(code: str, message: str | None = None) -> Iterator[dict[str, str]]:
    """Assert that the block is refused so; yields the headers of the answer, filled in when it has ended."""
    headers: dict[str, str] = {}
    with pytest.raises(ClientError) as caught:
        yield headers
    assert caught.value.response["Error"]["Code"] == code
    assert message is None or caught.value.response["Error"]["Message"] == message
    headers.update(caught.value.response["ResponseMetadata"]["HTTPHeaders"])


@pytest.mark.parametrize("style", ["virtual", "path"])
def test_its_answers_have_its_headers(cos: FakeCOS, style: str) -> None:
    answer = client(style=style).get_object(Bucket=BUCKET, Key="brick")
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    assert answer["Body"].read() == b"red"
    assert (headers["server"], headers["x-toy-version"]) == ("Toy", "7")
    assert headers["x-toy-id"] == cos.journal[-1].request_id
    assert not {"x-amz-request-id", "x-amz-id-2"} & headers.keys()


def test_its_refusals_have_its_words(cos: FakeCOS) -> None:
    with refused("NoSuchToy", "There is no such toy."):
        client().get_object(Bucket=BUCKET, Key="none")
    with refused("KeyTooLongError"):
        client().put_object(Bucket=BUCKET, Key="elevenchars", Body=b"")
    assert set(cos.bucket(BUCKET).objects) == {"brick"}


def test_a_fake_can_be_only_this_service() -> None:
    with FakeCOS(dialect="toy") as cos:  # type: ignore[arg-type]  # added above
        cos.create_bucket(BUCKET)
        with refused("NoSuchToy", "There is no such toy.") as headers:
            client(None, "us-east-1").get_object(Bucket=BUCKET, Key="none")
    assert headers["server"] == "Toy"


def test_an_operation_that_it_does_not_have_is_refused() -> None:
    cos = FakeCOS().start()
    cos.create_bucket(BUCKET, REGION)
    with refused("NotImplemented"):
        client().put_bucket_policy(Bucket=BUCKET, Policy="{}")
    assert cos.store.buckets[BUCKET].configurations.get("Policy") is None
    with pytest.warns(UnimplementedOperationWarning, match="PutBucketPolicy"):
        cos.stop()


def test_a_bucket_elsewhere_is_told_by_its_endpoint(cos: FakeCOS) -> None:
    cos.create_bucket("elsewhere", "us-east-1")
    answer = cos._active.exchange(HttpRequest("GET", "https", HOST, "/elsewhere/k", "", {}, RawBody()))
    assert answer.status == 301
    assert isinstance(answer.body, bytes)
    assert b"<Endpoint>s3.us-east-1.toy-storage.example</Endpoint>" in answer.body


@pytest.mark.parametrize(("service", "server"), [("aws", "AmazonS3"), ("ibm", "Cleversafe")])
def test_aws_and_cos_are_as_they_were(cos: FakeCOS, service: str, server: str) -> None:
    cos.create_bucket("other", "us-west-2")
    s3 = client(f"https://{dialects.BY_NAME[service].endpoint.format(region='us-west-2')}", "us-west-2")
    with refused("NoSuchKey") as headers:
        s3.get_object(Bucket="other", Key="none")
    assert headers["server"] == server
    assert "x-toy-version" not in headers
    s3.put_object(Bucket="other", Key="eleven characters and more", Body=b"")


def test_a_program_of_plain_http_reaches_it(cos: FakeCOS) -> None:
    url = client().generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": "brick"})
    with urllib.request.urlopen(url) as answer:  # noqa: S310  # it is made here
        assert (answer.read(), answer.headers["x-toy-version"]) == (b"red", "7")


def test_a_client_of_its_own_is_known_by_its_agent() -> None:
    assert dialects.package_of("Toy-SDK/1 Python/3.11") == "toy_sdk"
    assert dialects.service_for("toy_sdk", "s3", "localhost:9000") is TOY
    assert dialects.service_for("botocore", "s3", "localhost:9000") is AWS


def test_its_tokens_are_fetched_at_its_own_address(cos: FakeCOS) -> None:
    target = targets.target_of("https://login.toy-storage.example/token", cos._active)
    assert target is not None
    assert target.service == targets.IAM


def test_its_name_is_known_wherever_a_service_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match='there are "aws", "ibm", "toy", and None'):
        FakeCOS(dialect="lego")  # type: ignore[arg-type]  # removed above
    with pytest.raises(SystemExit):
        main(["serve", "--help"])
    assert "--dialect {aws,ibm,toy}" in capsys.readouterr().out
    options = run_path(str(PLUGIN / "options.py"))["OPTIONS"]  # not imported: the plugin's own tests import it anew
    assert options["fakecos_dialect"].choices == ("aws", "ibm", "toy")

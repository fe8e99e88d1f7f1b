"""What `beside` does not take is said with what to write."""

from __future__ import annotations

from typing import Any

import boto3
import botocore.session
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from fakecos import Beside, FakeCOS, UsageError
from tests.beside.conftest import PREFIX, client_at

URL = "https://s3.example.com"


@pytest.fixture
def client() -> Any:
    return client_at(URL)


def test_a_client_alone_says_nothing_of_buckets(client: Any) -> None:
    with pytest.raises(UsageError, match=r'say for which buckets too, as in beside=Beside\(client, bucket_prefix="'):
        FakeCOS(beside=client)
    with pytest.raises(UsageError, match=r"bucket_prefix"):
        Beside(client)  # type: ignore[call-arg]


@pytest.mark.parametrize("given", [True, "profile", {}])
def test_anything_else_is_refused(given: Any) -> None:
    with pytest.raises(UsageError, match=r"FakeCOS\(beside=\.\.\.\) was given"):
        FakeCOS(beside=given)


@pytest.mark.parametrize("prefix", ["", "short", "Capital-Letters", "a_b_c_d_e", "x" * 41, None, 5, "-begins-so"])
def test_a_prefix_is_long_and_a_beginning_of_names(prefix: Any, client: Any) -> None:
    with pytest.raises(UsageError, match=r"Beside\(bucket_prefix=.*fakecos-beside-"):
        Beside(client, prefix)


@pytest.mark.parametrize("rate", [0, -1, True, "5", float("inf"), float("nan")])
def test_a_rate_is_a_number_above_0(rate: Any, client: Any) -> None:
    with pytest.raises(UsageError, match=r"Beside\(requests_per_second="):
        Beside(client, PREFIX, rate)


def test_delete_created_is_true_or_false(client: Any) -> None:
    with pytest.raises(UsageError, match=r"Beside\(delete_created='no'\): it is True or False"):
        Beside(client, PREFIX, delete_created="no")  # type: ignore[arg-type]


def test_another_client_is_refused() -> None:
    keys: dict[str, Any] = {"aws_access_key_id": "AKIA", "aws_secret_access_key": "x", "region_name": "us-east-1"}
    for other in (None, "s3", boto3.session.Session().client("sts", **keys)):
        with pytest.raises(UsageError, match=r"it is an S3 client of boto3 or ibm_boto3"):
            Beside(other, PREFIX)


def test_a_client_without_keys_is_refused() -> None:
    session = botocore.session.Session()
    session.set_credentials("", "")
    unsigned = session.create_client("s3", region_name="us-east-1", config=Config(signature_version=UNSIGNED))
    with pytest.raises(UsageError, match=r"has no access key and secret"):
        Beside(unsigned, PREFIX)


def test_without_a_service_beside_it_a_fake_has_no_differences() -> None:
    with pytest.raises(UsageError, match=r"no service is beside this fake"):
        _ = FakeCOS().differences


def restore(cos: FakeCOS) -> None:
    cos.restore(cos.snapshot())


def explore(cos: FakeCOS) -> None:
    cos.explore(lambda: boto3.client("s3").create_bucket(Bucket=f"{PREFIX}a"))


def race(cos: FakeCOS) -> None:
    asked = boto3.client("s3")
    cos.race(lambda: asked.create_bucket(Bucket=f"{PREFIX}a"), asked.list_buckets)


@pytest.mark.parametrize("act", [restore, explore, race])
def test_what_sets_back_what_is_stored_is_refused_before_anything_is_sent(act: Any, client: Any) -> None:
    with FakeCOS(beside=Beside(client, PREFIX)) as cos, pytest.raises(UsageError, match=r"use a fake without beside"):
        act(cos)
    assert cos.differences.sent == 0


@pytest.mark.parametrize(
    ("keywords", "style", "expected"),
    [
        ({"region_name": "eu-central-1"}, "auto", ("https", f"{PREFIX}a.s3.eu-central-1.amazonaws.com", "")),
        ({"region_name": "eu-central-1"}, "path", ("https", "s3.eu-central-1.amazonaws.com", f"/{PREFIX}a")),
        ({"endpoint_url": "http://localhost:9000/s3"}, "auto", ("http", "localhost:9000", f"/s3/{PREFIX}a")),
        ({"endpoint_url": "http://localhost:9000"}, "virtual", ("http", f"{PREFIX}a.localhost:9000", "")),
    ],
)
def test_addresses_are_written_as_the_client_writes_them(keywords: Any, style: str, expected: Any) -> None:
    given = {"aws_access_key_id": "AKIA", "aws_secret_access_key": "x", "region_name": "us-east-1", **keywords}
    chosen: Any = {"addressing_style": style}
    config = Config(s3=chosen)
    made = boto3.session.Session().client("s3", config=config, **given)
    assert Beside(made, PREFIX).address_of(f"{PREFIX}a") == expected

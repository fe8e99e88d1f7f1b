"""Every way a client can address S3 leads to the fake: styles, regions, variants, endpoints, access points (wire 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from ibm_botocore.config import Config as IbmConfig

from fakecos import FakeCOS

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

REGIONS = ["us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1"]
CONFIGS: dict[str, dict[str, Any]] = {
    "auto": {},
    "path style": {"s3": {"addressing_style": "path"}},
    "virtual hosts": {"s3": {"addressing_style": "virtual"}},
    "dual-stack": {"s3": {"use_dualstack_endpoint": True}},
    "accelerate": {"s3": {"use_accelerate_endpoint": True}},
    "signature version 2": {"signature_version": "s3"},
}
ENDPOINTS = [
    "http://localhost:9000",
    "https://minio.example",
    "http://127.0.0.1:9000",
    "https://gate.example/mounted/here",
    "https://s3.us-south.cloud-object-storage.appdomain.cloud",
    "https://s3.private.eu-de.cloud-object-storage.appdomain.cloud",
]
DOOR = "arn:aws:s3:us-west-2:123456789012:accesspoint/door"
OUTPOST = "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01ac5d28a6a232904/accesspoint/door"
ODD_KEYS = ["a/b", "/lead", "a//b", "a/./b/../c", "sp ace", "ü+%&?#", "trail/"]


def use(client: Any, bucket: str, key: str = "a/b") -> None:
    client.put_object(Bucket=bucket, Key=key, Body=b"bytes")
    assert client.get_object(Bucket=bucket, Key=key)["Body"].read() == b"bytes"


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("config", [Config(**keywords) for keywords in CONFIGS.values()], ids=list(CONFIGS))
def test_each_style_and_region(config: Any, region: str) -> None:
    if region != "us-east-1" and config.s3 and config.s3.get("use_accelerate_endpoint") and region[:2] in {"cn", "us"}:
        pytest.skip("the client refuses it")
    if config.signature_version == "s3" and region in {"eu-central-1", "cn-north-1"}:
        pytest.skip("S3 takes signature version 4 alone there (aws-changes 11)")
    with FakeCOS() as cos:
        cos.create_bucket("photos", region)
        cos.store.buckets["photos"].configure("AccelerateConfiguration", {"Status": "Enabled"})
        use(boto3.client("s3", region_name=region, config=config), "photos")
        assert [*cos.store.buckets["photos"].objects] == ["a/b"]


@pytest.mark.parametrize("dual", [False, True])
def test_fips(dual: bool) -> None:
    config = Config(use_fips_endpoint=True, use_dualstack_endpoint=dual)
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        use(boto3.client("s3", region_name="us-east-1", config=config), "photos")


@pytest.mark.parametrize("style", ["auto", "path", "virtual"])
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_any_endpoint(endpoint: str, style: str, package: ModuleType) -> None:
    if style == "virtual" and "127.0.0.1" in endpoint:
        pytest.skip("no virtual hosts under an IP address")
    keywords: dict[str, Any] = {"s3": {"addressing_style": style}}
    config = Config(**keywords) if package is boto3 else IbmConfig(**keywords)
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        use(package.client("s3", endpoint_url=endpoint, config=config), "photos")
        assert [*cos.store.buckets["photos"].objects] == ["a/b"]


@pytest.mark.parametrize("key", ODD_KEYS)
def test_keys_arrive_as_they_were_given(key: str, package: ModuleType) -> None:
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        use(package.client("s3"), "photos", key)
        assert [*cos.store.buckets["photos"].objects] == [key]


@pytest.mark.parametrize("arn", [DOOR, OUTPOST], ids=["access point", "outpost"])
@pytest.mark.parametrize("endpoint", [None, "http://localhost:9000"])
def test_an_access_point_leads_to_its_bucket(arn: str, endpoint: str | None) -> None:
    with FakeCOS() as cos:
        cos.create_bucket("photos", "us-west-2")
        cos.create_access_point("door", "photos")
        use(boto3.client("s3", region_name="us-west-2", endpoint_url=endpoint), arn)
        assert [*cos.store.buckets["photos"].objects] == ["a/b"]


def test_an_access_point_that_was_not_made_is_refused() -> None:
    with FakeCOS():
        client = boto3.client("s3", region_name="us-west-2")
        with pytest.raises(client.exceptions.ClientError, match="NoSuchAccessPoint"):
            client.get_object(Bucket=DOOR, Key="a")


def test_uploads_with_threads_work_unchanged(
    package: ModuleType, tmp_path: Any, new_client: Callable[..., Any]
) -> None:
    (tmp_path / "file").write_bytes(bytes(range(256)) * 4096 * 9)
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        told: list[int] = []
        client = new_client()
        client.upload_file(str(tmp_path / "file"), "photos", "zip", Callback=told.append)
        client.download_file("photos", "zip", str(tmp_path / "back"))
        client.copy({"Bucket": "photos", "Key": "zip"}, "photos", "copy")
        assert {*cos.store.buckets["photos"].objects} == {"zip", "copy"}
    assert sum(told) == (tmp_path / "file").stat().st_size
    assert (tmp_path / "back").read_bytes() == (tmp_path / "file").read_bytes()
    assert package.DEFAULT_SESSION is None

"""One store behind every address: what one client writes, a client with another address reads.

That each address by itself leads to the fake is held by tests/clients/botocore/test_addresses.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.names import AWS, BUCKET, IBM
from fakecos.contract.steps.raising import raises
from fakecos.contract.steps.refused import refused
from fakecos.facts.regions import SIGV2_REGIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand


@promise
@cases("query", ["uploadId", "tagging", "acl"])
def a_head_of_a_sub_resource_is_refused(cos: Service, aws: Any, query: str) -> None:
    """Source: public: torrent; the others: assumed."""
    aws.put_object(Bucket="photos", Key="key", Body=b"kept")
    with refused(cos, "405"), before_signing(aws, {query: "x"}):
        aws.head_object(Bucket="photos", Key="key")


NAMES = ["holiday", "my.photos"]  # a name with dots goes into the path by itself over https
ADDRESSES: dict[str, tuple[str, dict[str, Any]]] = {
    "default": (AWS, {}),
    "path style": (AWS, {"config": {"s3": {"addressing_style": "path"}}}),
    "virtual hosts": (AWS, {"config": {"s3": {"addressing_style": "virtual"}}}),
    "another region": (AWS, {"region_name": "eu-central-1"}),
    "China": (AWS, {"region_name": "cn-north-1"}),
    "the regional host of us-east-1": (AWS, {"config": {"s3": {"us_east_1_regional_endpoint": "regional"}}}),
    "dual-stack": (AWS, {"config": {"use_dualstack_endpoint": True}}),
    "FIPS": (AWS, {"config": {"use_fips_endpoint": True}}),
    "signature version 2": (AWS, {"config": {"signature_version": "s3"}}),
    "plain http": (AWS, {"use_ssl": False}),
    "an endpoint": (AWS, {"endpoint_url": "https://storage.example"}),
    "an endpoint with a port": (AWS, {"endpoint_url": "http://localhost:9000"}),
    "an endpoint behind a path": (AWS, {"endpoint_url": "https://gate.example/mounted/here"}),
    "virtual hosts of an endpoint": (
        AWS,
        {"endpoint_url": "https://storage.example", "config": {"s3": {"addressing_style": "virtual"}}},
    ),
    "IBM": (IBM, {}),
    "IBM, private": (IBM, {"endpoint_url": "https://s3.private.eu-de.cloud-object-storage.appdomain.cloud"}),
    "IBM, legacy": (IBM, {"endpoint_url": "https://s3-api.us-geo.objectstorage.softlayer.net"}),
    "IBM without an endpoint": (IBM, {"endpoint_url": None}),
}


@promise
@cases("name", NAMES)
@cases("address", ADDRESSES)
def one_store_behind_every_address(aws: Any, make_client: Callable[..., Any], address: str, name: str) -> None:
    dialect, keywords = ADDRESSES[address]
    aws.create_bucket(Bucket=name)
    plain, client = make_client(AWS), make_client(dialect, **keywords)
    client.put_object(Bucket=name, Key="a/b", Body=b"there")
    assert members_of(plain.get_object(Bucket=name, Key="a/b"))["Body"] == b"there"
    plain.put_object(Bucket=name, Key="c", Body=b"back")
    assert members_of(client.get_object(Bucket=name, Key="c"))["Body"] == b"back"
    assert [item["Key"] for item in client.list_objects_v2(Bucket=name)["Contents"]] == ["a/b", "c"]
    assert {item["Name"] for item in client.list_buckets()["Buckets"]} >= {name}


@promise
@cases(
    ("method", "path", "query", "resource"),
    [
        ("PATCH", "/photos/key", "", "OBJECT"),
        ("DELETE", "/", "", "SERVICE"),
        ("PATCH", "/photos", "", "BUCKET"),
    ],
)
def a_method_that_no_operation_has_is_refused(
    cos: Service, send: ByHand, method: str, path: str, query: str, resource: str
) -> None:
    """Source: recorded aws-objects 49; which resource: public."""
    message = "The specified method is not allowed against this resource."
    with refused(cos, "MethodNotAllowed", message, 405, Method=method, ResourceType=resource):
        send(method, path, query)


@promise
def signature_version_2_is_taken_where_s3_began_before_2014(make_client: Callable[..., Any]) -> None:
    """Source: documented: aws-changes 11; that GovCloud's eastern region, of 2018, takes none: assumed."""
    client = make_client(AWS, config={"signature_version": "s3"})
    if client.meta.region_name in SIGV2_REGIONS:
        assert client.list_objects(Bucket=BUCKET)["Name"] == BUCKET
        return
    with raises(Exception) as caught:
        client.list_objects(Bucket=BUCKET)
    assert "AWS4-HMAC-SHA256" in str(caught.value)

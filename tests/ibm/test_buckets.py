"""Buckets of COS: their locations and classes, their instance, Key Protect, and the extended list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibm_boto3
import pytest
from ibm_botocore.config import Config

from fakecos import FakeCOS
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.constants import US_SOUTH

if TYPE_CHECKING:
    from collections.abc import Callable

CRN = "crn:v1:bluemix:public:kms:us-south:a/abc:def:key:123"
WRONG_PLACE = (
    "The specified location constraint is not valid. For more information about regions, see How to Select a Region "
    "for Your Buckets."
)


def create(client: Any, name: str, location: str | None = None, **more: Any) -> None:
    if location is not None:
        more["CreateBucketConfiguration"] = {"LocationConstraint": location}
    client.create_bucket(Bucket=name, **more)


def location(client: Any, name: str) -> str:
    return str(client.get_bucket_location(Bucket=name)["LocationConstraint"])


@pytest.fixture
def with_token() -> Callable[..., Any]:
    """Make a client with an API key, for an instance; it is the session that keeps the instance."""

    def make(instance: str | None) -> Any:
        config = Config(signature_version="oauth", retries={"total_max_attempts": 1})
        named = {"ibm_service_instance_id": instance} if instance else {}
        named |= {"ibm_api_key_id": "own-key", "endpoint_url": US_SOUTH}
        return ibm_boto3.session.Session().client("s3", config=config, **named)

    return make


def names(client: Any, **asked: Any) -> list[str]:
    return [bucket["Name"] for bucket in client.list_buckets(**asked)["Buckets"]]


# --- places and classes ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["standard", "vault", "cold", "smart", "onerate_active"])
def test_a_bucket_of_a_class(client: Any, kind: str) -> None:
    """Source: documented: IBM's page on storage classes; sdk."""
    create(client, "own-bucket", f"us-south-{kind}")
    assert location(client, "own-bucket") == f"us-south-{kind}"


@pytest.mark.parametrize("region", ["in-mum", "in-che", "ca-mon"])
@pytest.mark.parametrize("network", ["", "private.", "direct."])
@pytest.mark.parametrize("kind", ["standard", "vault", "cold", "smart"])
def test_the_newest_regions(cos: FakeCOS, make_client: Any, region: str, network: str, kind: str) -> None:
    """Source: documented: aws-changes 30, ibm-cos 12.1; the classes: assumed, as everywhere."""
    client = make_client("ibm", endpoint_url=f"https://s3.{network}{region}.cloud-object-storage.appdomain.cloud")
    create(client, "own-bucket", f"{region}-{kind}")
    assert location(client, "own-bucket") == f"{region}-{kind}"
    assert cos.store.buckets["own-bucket"].region == region
    with refused(cos, "InvalidLocationConstraint", WRONG_PLACE, 400):
        create(client, "other-bucket", f"us-south-{kind}")


@pytest.mark.parametrize(
    "wrong", ["us-south", "us-south-flex", "us-south-glacier", "mars-standard", "us-east-1", "eu-de-standard"]
)
def test_a_place_that_is_none_or_not_of_the_endpoint(cos: FakeCOS, client: Any, wrong: str) -> None:
    """Source: documented: a valid code, which corresponds with the endpoint."""
    with refused(cos, "InvalidLocationConstraint", WRONG_PLACE, 400):
        create(client, "own-bucket", wrong)


def test_an_endpoint_that_says_no_place_takes_any(make_client: Any) -> None:
    client = make_client("ibm", endpoint_url="http://localhost:9000")
    create(client, "own-bucket", "eu-de-vault")
    assert location(client, "own-bucket") == "eu-de-vault"


def test_a_bucket_is_not_created_twice(cos: FakeCOS, client: Any) -> None:
    create(client, "own-bucket")
    with refused(cos, "BucketAlreadyOwnedByYou", status=409):
        create(client, "own-bucket")


@pytest.mark.parametrize("name", ["cosv1-logs", "account-7"])
def test_names_that_the_system_keeps_for_itself(cos: FakeCOS, client: Any, name: str) -> None:
    """Source: documented: IBM's page on buckets."""
    with refused(cos, "InvalidBucketName", "The specified bucket is not valid.", 400):
        create(client, name)


def test_a_bucket_of_the_other_dialect_is_the_same_bucket(cos: FakeCOS, client: Any, make_client: Any) -> None:
    make_client("aws").put_object(Bucket=BUCKET, Key="key", Body=b"x")
    assert client.get_object(Bucket=BUCKET, Key="key")["Body"].read() == b"x"
    assert location(client, BUCKET) == "us-standard"


# --- instances ---------------------------------------------------------------------------------------


def test_an_instance_lists_its_own(cos: FakeCOS, with_token: Any) -> None:
    """Source: ibm-cos 5.7."""
    first, second = with_token("first"), with_token("second")
    create(first, "of-first")
    create(second, "of-second")
    assert names(first) == ["of-first", BUCKET], "what was made by hand is everybody's"
    assert names(second) == ["of-second", BUCKET]
    assert names(first, IBMServiceInstanceId="second") == ["of-second", BUCKET]


def test_hmac_keys_have_an_instance_of_their_own(cos: FakeCOS, client: Any, with_token: Any) -> None:
    create(with_token("first"), "of-first")
    create(client, "of-keys")
    assert names(client) == ["of-keys", BUCKET]
    assert names(client, IBMServiceInstanceId="first") == ["of-first", BUCKET]


def test_a_name_of_another_instance_is_taken(cos: FakeCOS, with_token: Any) -> None:
    """Source: documented: names are unique among all; IBM's table of errors."""
    create(with_token("first"), "of-first")
    with refused(cos, "BucketAlreadyExists", status=409):
        create(with_token("second"), "of-first")


def test_objects_are_reached_whatever_the_instance(cos: FakeCOS, with_token: Any) -> None:
    """Source: documented: access to a bucket needs no instance."""
    create(with_token("first"), "of-first")
    with_token("second").put_object(Bucket="of-first", Key="key", Body=b"x")


def test_a_token_needs_an_instance(cos: FakeCOS, with_token: Any) -> None:
    """Source: ibm-cos 5.7; the words: assumed."""
    bare = with_token(None)
    words = "Missing required header for this request: ibm-service-instance-id"
    for ask in (lambda: create(bare, "own-bucket"), bare.list_buckets, bare.list_buckets_extended):
        with refused(cos, "InvalidArgument", words, 400):
            ask()


# --- the extended list -------------------------------------------------------------------------------


def test_code_that_takes_key_and_instance_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """IBM_* variables are masked; what stands for them has no token and belongs to the instance of HMAC keys."""
    monkeypatch.setenv("IBM_API_KEY_ID", "own-api-key")
    monkeypatch.setenv("IBM_SERVICE_INSTANCE_ID", "own-instance")
    config = Config(signature_version="oauth")
    with FakeCOS() as fake:
        client = ibm_boto3.client("s3", config=config, endpoint_url=US_SOUTH)
        create(client, "from-environment")
        assert names(client) == ["from-environment"]
        assert fake.store.buckets["from-environment"].instance == "default"


def test_the_extended_list_tells_locations(cos: FakeCOS, client: Any) -> None:
    """Source: documented: "Getting an extended listing"."""
    create(client, "a-cold-one", "us-south-cold")
    listed = client.list_buckets_extended()
    assert [(item["Name"], item["LocationConstraint"]) for item in listed["Buckets"]] == [
        ("a-cold-one", "us-south-cold"),
        (BUCKET, "us-standard"),
    ]
    assert listed["IsTruncated"] is False
    assert {"ID", "DisplayName"} == set(listed["Owner"])


def test_the_extended_list_comes_in_pages(client: Any, cos: FakeCOS) -> None:
    for name in ("logs-1", "logs-2", "logs-3"):
        create(client, name)
    page = client.list_buckets_extended(Prefix="logs-", MaxKeys=2)
    assert ([item["Name"] for item in page["Buckets"]], page["IsTruncated"]) == (["logs-1", "logs-2"], True)
    rest = client.list_buckets_extended(Prefix="logs-", Marker=page["NextMarker"])
    assert ([item["Name"] for item in rest["Buckets"]], rest["IsTruncated"]) == (["logs-3"], False)


# --- Key Protect -------------------------------------------------------------------------------------


def test_key_protect_is_told(client: Any, cos: FakeCOS) -> None:
    """Source: ibm-cos 4.4."""
    create(client, "secret", IBMSSEKPEncryptionAlgorithm="AES256", IBMSSEKPCustomerRootKeyCrn=CRN)
    for answer in (client.head_bucket(Bucket="secret"), client.list_objects(Bucket="secret")):
        assert (answer["IBMSSEKPEnabled"], answer["IBMSSEKPCrkId"]) == (True, CRN)
    assert client.head_bucket(Bucket=BUCKET)["IBMSSEKPEnabled"] is False  # public


def test_key_protect_with_another_algorithm(cos: FakeCOS, client: Any) -> None:
    """Source: documented: the value must be AES256."""
    with refused(cos, "InvalidArgument", "The encryption algorithm of Key Protect must be AES256", 400):
        create(client, "secret", IBMSSEKPEncryptionAlgorithm="AES128", IBMSSEKPCustomerRootKeyCrn=CRN)


@pytest.mark.parametrize("half", [{"IBMSSEKPEncryptionAlgorithm": "AES256"}, {"IBMSSEKPCustomerRootKeyCrn": CRN}])
def test_key_protect_needs_both_headers(cos: FakeCOS, client: Any, half: dict[str, str]) -> None:
    with refused(cos, "InvalidArgument", status=400):
        create(client, "secret", **half)

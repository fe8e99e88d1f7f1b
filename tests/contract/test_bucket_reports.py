"""Configurations with ids: metrics, analytics, inventory and Intelligent-Tiering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import http_status, members_of
from tests.support.constants import AWS, BUCKET
from tests.support.messages import MALFORMED_XML
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS

ARN = "arn:aws:s3:::reports"
EXPORT = {
    "OutputSchemaVersion": "V_1",
    "Destination": {"S3BucketDestination": {"Bucket": ARN, "Format": "CSV", "Prefix": "test"}},
}
INVENTORY: dict[str, Any] = {
    "Destination": {"S3BucketDestination": {"Bucket": ARN, "Format": "CSV"}},
    "IsEnabled": True,
    "IncludedObjectVersions": "All",
    "OptionalFields": ["Size", "ETag"],
    "Schedule": {"Frequency": "Daily"},
}
TIER = {"AccessTier": "ARCHIVE_ACCESS", "Days": 90}
# kind: what its client's methods are called, and a document without its id
DOCUMENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "MetricsConfiguration": ("metrics", {"Filter": {"Prefix": "logs/"}}),
    "AnalyticsConfiguration": (
        "analytics",
        {"Filter": {"Prefix": "test_ls"}, "StorageClassAnalysis": {"DataExport": EXPORT}},
    ),
    "InventoryConfiguration": ("inventory", INVENTORY),
    "IntelligentTieringConfiguration": (
        "intelligent_tiering",
        {"Filter": {"Prefix": "test1"}, "Status": "Enabled", "Tierings": [TIER]},
    ),
}
NOT_THERE = "The specified configuration does not exist."


def put_report(client: Any, kind: str, name: str, document: dict[str, Any] | None = None, **more: Any) -> Any:
    method, plain = DOCUMENTS[kind]
    document = {"Id": name, **(plain if document is None else document), **more}
    call = getattr(client, f"put_bucket_{method}_configuration")
    return call(Bucket=BUCKET, Id=name if "Id" not in more else "another", **{kind: document})


def get_report(client: Any, kind: str, name: str) -> Any:
    return members_of(getattr(client, f"get_bucket_{DOCUMENTS[kind][0]}_configuration")(Bucket=BUCKET, Id=name))


def delete_report(client: Any, kind: str, name: str, bucket: str = BUCKET) -> Any:
    return getattr(client, f"delete_bucket_{DOCUMENTS[kind][0]}_configuration")(Bucket=bucket, Id=name)


def list_reports(client: Any, kind: str, **more: Any) -> Any:
    return members_of(getattr(client, f"list_bucket_{DOCUMENTS[kind][0]}_configurations")(Bucket=BUCKET, **more))


def skip_if_unknown(kind: str, dialect: str) -> None:
    if kind == "IntelligentTieringConfiguration" and dialect != AWS:
        pytest.skip("IBM's model does not have it")


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_life_of_a_configuration(cos: FakeCOS, client: Any, dialect: str, kind: str) -> None:
    # recorded aws-bucket-configuration 56-59, 61-63
    skip_if_unknown(kind, dialect)
    _, plain = DOCUMENTS[kind]
    assert list_reports(client, kind) == {"IsTruncated": False}
    answer = put_report(client, kind, "one")
    assert (http_status(answer), members_of(answer)) == (204, {})
    assert get_report(client, kind, "one") == {kind: {"Id": "one", **plain}}
    changed = {"Filter": {"Prefix": "other"}}
    put_report(client, kind, "one", {**plain, **changed})
    assert get_report(client, kind, "one") == {kind: {"Id": "one", **plain, **changed}}
    put_report(client, kind, "a")
    assert list_reports(client, kind) == {
        "IsTruncated": False,
        f"{kind}List": [{"Id": "a", **plain}, {"Id": "one", **plain, **changed}],
    }
    answer = delete_report(client, kind, "one")
    assert (http_status(answer), members_of(answer)) == (204, {})
    assert list_reports(client, kind) == {"IsTruncated": False, f"{kind}List": [{"Id": "a", **plain}]}
    with refused(cos, "NoSuchConfiguration", NOT_THERE, 404):
        get_report(client, kind, "one")
    with refused(cos, "NoSuchConfiguration", NOT_THERE, 404):
        delete_report(client, kind, "one")


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_another_id_in_the_document(cos: FakeCOS, client: Any, dialect: str, kind: str) -> None:
    # recorded aws-bucket-configuration 61, 62, 64; metrics: assumed
    skip_if_unknown(kind, dialect)
    code, message = ("MalformedXML", MALFORMED_XML)
    if kind == "InventoryConfiguration":
        code, message = ("IdMismatch", "Document ID does not match the specified configuration ID.")
    with refused(cos, code, message, 400):
        put_report(client, kind, "one", Id="two")


@pytest.mark.parametrize("name", ["", "a b", "a/b", "x" * 65])
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_an_id_that_cannot_be_one(cos: FakeCOS, aws: Any, kind: str, name: str) -> None:
    """Source: the form is documented; the code for an empty one: public; the words and the others: assumed."""
    for ask in (put_report, get_report, delete_report):
        with refused(cos, "InvalidConfigurationId", "The specified configuration id is invalid.", 400):
            ask(aws, kind, name)


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("name", ["analytics", "inventory", "metrics", "intelligent-tiering"])
def test_a_request_without_an_id(cos: FakeCOS, name: str, method: str) -> None:
    """Source: assumed."""
    kind = next(kind for kind in DOCUMENTS if name.replace("-", "") in kind.lower())
    tiering = "<Status>Enabled</Status><Tiering><AccessTier>ARCHIVE_ACCESS</AccessTier><Days>90</Days></Tiering>"
    inventory = (
        "<Destination><S3BucketDestination><Bucket>arn:aws:s3:::b</Bucket><Format>CSV</Format></S3BucketDestination>"
        "</Destination><IsEnabled>true</IsEnabled><IncludedObjectVersions>All</IncludedObjectVersions>"
        "<Schedule><Frequency>Daily</Frequency></Schedule>"
    )
    rest = {"analytics": "<StorageClassAnalysis/>", "inventory": inventory, "intelligent-tiering": tiering}
    body = f"<{kind}><Id>one</Id>{rest.get(name, '')}</{kind}>".encode() if method == "PUT" else b""
    with refused(cos, "InvalidConfigurationId", "The specified configuration id is invalid.", 400):
        send_raw(cos, method, f"/{BUCKET}", name, body=body)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_missing_bucket(cos: FakeCOS, client: Any, dialect: str, kind: str) -> None:
    # recorded aws-bucket-configuration 62
    skip_if_unknown(kind, dialect)
    message = "The specified bucket does not exist"
    with refused(cos, "NoSuchBucket", message, 404, BucketName="no-such-bucket"):
        delete_report(client, kind, "one", "no-such-bucket")


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_pages_of_a_hundred(cos: FakeCOS, client: Any, dialect: str, kind: str) -> None:
    # recorded aws-bucket-configuration 60
    skip_if_unknown(kind, dialect)
    put_report(client, kind, "000")
    bucket = cos.store.buckets[BUCKET]
    document = bucket.configurations[kind]["000"]
    names = [f"{number:03}" for number in range(102)]
    bucket.configure(kind, {name: {**document, "Id": name} for name in names})
    first = list_reports(client, kind)
    token = first.pop("NextContinuationToken")
    assert first.keys() == {"IsTruncated", f"{kind}List"}
    assert first["IsTruncated"] is True
    assert [item["Id"] for item in first[f"{kind}List"]] == names[:100]
    second = list_reports(client, kind, ContinuationToken=token)
    assert [item["Id"] for item in second.pop(f"{kind}List")] == names[100:]
    assert second == {"ContinuationToken": token, "IsTruncated": False}
    message = "The continuation-token you provided invalid."  # public: aws-measured 24
    with refused(cos, "MalformedContinuationToken", message, 400):
        list_reports(client, kind, ContinuationToken="?")


def test_no_more_than_a_thousand(cos: FakeCOS, aws: Any) -> None:
    # documented
    kind = "MetricsConfiguration"
    cos.store.buckets[BUCKET].configure(kind, {str(number): {"Id": str(number)} for number in range(1000)})
    message = "You are attempting to create a new configuration but have already reached the 1,000-configuration limit."
    with refused(cos, "TooManyConfigurations", message, 400):
        put_report(aws, kind, "new")
    put_report(aws, kind, "999")


# --- the form of the documents --------------------------------------------------------------------------

BUCKET_DESTINATION = {"Bucket": ARN, "Format": "CSV"}


@pytest.mark.parametrize(
    "more",
    [
        {"Destination": {"S3BucketDestination": {**BUCKET_DESTINATION, "Format": "WRONG"}}},
        {"Schedule": {"Frequency": "Hourly"}},
        {"IncludedObjectVersions": "Wrong"},
        {"OptionalFields": ["Size", "Wrong"]},
        {"Destination": {"S3BucketDestination": {**BUCKET_DESTINATION, "Encryption": {}}}},
    ],
    ids=str,
)
def test_a_malformed_inventory(cos: FakeCOS, aws: Any, more: dict[str, Any]) -> None:
    # recorded aws-bucket-configuration 64; the last: assumed
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_report(aws, "InventoryConfiguration", "one", **more)


def test_a_destination_that_is_no_bucket(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-bucket-configuration 64
    destination = {"S3BucketDestination": {"Bucket": "reports", "Format": "CSV"}}
    with refused(cos, "InvalidS3DestinationBucket", "Invalid bucket ARN.", 400):
        put_report(aws, "InventoryConfiguration", "one", Destination=destination)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("MetricsConfiguration", {"Filter": {"Prefix": "a", "Tag": {"Key": "a", "Value": "b"}}}),
        ("MetricsConfiguration", {"Filter": {"And": {"Prefix": "a"}}}),
        ("AnalyticsConfiguration", {"StorageClassAnalysis": {"DataExport": {**EXPORT, "OutputSchemaVersion": "V_2"}}}),
        ("IntelligentTieringConfiguration", {"Tierings": [{**TIER, "AccessTier": "COLD"}]}),
        ("IntelligentTieringConfiguration", {"Tierings": [TIER, TIER]}),
        ("IntelligentTieringConfiguration", {"Status": "enabled"}),
    ],
    ids=str,
)
def test_a_document_of_a_wrong_form(cos: FakeCOS, aws: Any, kind: str, more: dict[str, Any]) -> None:
    # assumed, as recorded for inventory
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_report(aws, kind, "one", **more)


@pytest.mark.parametrize("days", [89, 731])
def test_days_until_a_tier_have_a_range(cos: FakeCOS, aws: Any, days: int) -> None:
    # documented range; the words: assumed
    message = "Days must be between 90 and 730 for ARCHIVE_ACCESS"
    tierings = [{**TIER, "Days": days}]
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="Days", ArgumentValue=str(days)):
        put_report(aws, "IntelligentTieringConfiguration", "one", Tierings=tierings)


def test_several_conditions_stand_in_and(aws: Any) -> None:
    both = {"And": {"Prefix": "a", "Tags": [{"Key": "a", "Value": "b"}]}}
    put_report(aws, "MetricsConfiguration", "one", Filter=both)
    assert get_report(aws, "MetricsConfiguration", "one") == {"MetricsConfiguration": {"Id": "one", "Filter": both}}

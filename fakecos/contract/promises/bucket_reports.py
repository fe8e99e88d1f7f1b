"""Configurations with ids: metrics, analytics, inventory and Intelligent-Tiering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

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


def put_report(client: Any, kind: str, name: str, document: dict[str, Any] | None = None, **more: Any) -> Any:
    method, plain = DOCUMENTS[kind]
    document = {"Id": name, **(plain if document is None else document), **more}
    call = getattr(client, f"put_bucket_{method}_configuration")
    return call(Bucket=BUCKET, Id=name if "Id" not in more else "another", **{kind: document})


def get_report(client: Any, kind: str, name: str) -> Any:
    return members_of(getattr(client, f"get_bucket_{DOCUMENTS[kind][0]}_configuration")(Bucket=BUCKET, Id=name))


def delete_report(client: Any, kind: str, name: str, bucket: str = BUCKET) -> Any:
    return getattr(client, f"delete_bucket_{DOCUMENTS[kind][0]}_configuration")(Bucket=bucket, Id=name)


@promise
@cases("name", ["", "a b", "a/b", "x" * 65])
@cases("kind", DOCUMENTS)
def an_id_that_cannot_be_one(cos: Service, aws: Any, kind: str, name: str) -> None:
    """Source: the form is documented; the code for an empty one: public; the words and the others: assumed."""
    for ask in (put_report, get_report, delete_report):
        with refused(cos, "InvalidConfigurationId", "The specified configuration id is invalid.", 400):
            ask(aws, kind, name)


# --- the form of the documents --------------------------------------------------------------------------

BUCKET_DESTINATION = {"Bucket": ARN, "Format": "CSV"}


@promise
@cases(
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
def a_malformed_inventory(cos: Service, aws: Any, more: dict[str, Any]) -> None:
    """Source: recorded aws-bucket-configuration 64; the last: assumed."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_report(aws, "InventoryConfiguration", "one", **more)


@promise
def a_destination_that_is_no_bucket(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 64."""
    destination = {"S3BucketDestination": {"Bucket": "reports", "Format": "CSV"}}
    with refused(cos, "InvalidS3DestinationBucket", "Invalid bucket ARN.", 400):
        put_report(aws, "InventoryConfiguration", "one", Destination=destination)


@promise
@cases(
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
def a_document_of_a_wrong_form(cos: Service, aws: Any, kind: str, more: dict[str, Any]) -> None:
    """Source: assumed, as recorded for inventory."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_report(aws, kind, "one", **more)


@promise
@cases("days", [89, 731])
def days_until_a_tier_have_a_range(cos: Service, aws: Any, days: int) -> None:
    """Source: documented range; the words: assumed."""
    message = "Days must be between 90 and 730 for ARCHIVE_ACCESS"
    tierings = [{**TIER, "Days": days}]
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="Days", ArgumentValue=str(days)):
        put_report(aws, "IntelligentTieringConfiguration", "one", Tierings=tierings)


@promise
def several_conditions_stand_in_and(aws: Any) -> None:
    both = {"And": {"Prefix": "a", "Tags": [{"Key": "a", "Value": "b"}]}}
    put_report(aws, "MetricsConfiguration", "one", Filter=both)
    assert get_report(aws, "MetricsConfiguration", "one") == {"MetricsConfiguration": {"Id": "one", "Filter": both}}


@promise
@cases("method", ["PUT", "DELETE"])
@cases("name", ["analytics", "inventory", "metrics", "intelligent-tiering"])
def a_request_without_an_id(cos: Service, send: ByHand, name: str, method: str) -> None:
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
        send(method, f"/{BUCKET}", name, body=body)

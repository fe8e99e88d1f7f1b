"""Configurations with ids: metrics, analytics, inventory and Intelligent-Tiering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.bucket_reports import DOCUMENTS, delete_report, get_report, put_report
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS
NOT_THERE = "The specified configuration does not exist."


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

"""Every operation of both service models that is not there yet says so by name, and changes nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS
from fakecos.contract.steps.names import AWS, BUCKET, IBM
from fakecos.contract.steps.refused import stored_state
from fakecos.facts.exceptions import UnimplementedOperationWarning
from fakecos.operations.registry import operations
from fakecos.wire import model_overrides
from tests.support.constants import US_SOUTH
from tests.support.service_models import model
from tests.support.service_models import operations as operations_of_models

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = {AWS: "aws", IBM: "ibm"}
# Their requests go elsewhere: to a host of their own, or to the operation that replaced them (wire 5).
ELSEWHERE = {"ListDirectoryBuckets", *model_overrides.DEPRECATED_TWINS}
SAMPLES: dict[str, Any] = {
    "integer": 1,
    "long": 1,
    "boolean": True,
    "timestamp": dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc),
    "blob": b"x",
}


def missing() -> list[tuple[str, str]]:
    sent = set(operations_of_models())
    return [
        (dialect, name)
        for dialect, table in TABLES.items()
        for name in model(table).operation_names
        if (table, name) in sent and name not in operations() and name not in ELSEWHERE
    ]


def minimal(shape: Any, name: str = "") -> Any:
    """Return the least value that the model allows."""
    if name == "Bucket":
        return BUCKET
    if shape.type_name == "structure":
        required = shape.required_members
        if shape.is_tagged_union:
            required = [next(iter(shape.members))]
        return {member: minimal(shape.members[member], member) for member in required}
    if shape.type_name == "list":
        return [minimal(shape.member)]
    if shape.type_name == "map":
        return {}
    if shape.type_name == "string":
        return shape.enum[0] if getattr(shape, "enum", None) else "x" * max(shape.metadata.get("min", 1), 1)
    return SAMPLES[shape.type_name]


@pytest.fixture
def way_in() -> Iterator[tuple[FakeCOS, None]]:
    """A fake that warns at its end, as it should."""
    fake = FakeCOS()
    fake.start()
    fake.create_bucket(BUCKET)
    try:
        yield fake, None
    finally:
        with pytest.warns(UnimplementedOperationWarning):
            fake.stop()


@pytest.mark.parametrize(
    "operation", ["GetBucketPolicy", "GetBucketRequestPayment", "PutBucketEncryption", "SelectObjectContent"]
)
def test_an_operation_of_aws_alone_is_refused_by_ibm(cos: FakeCOS, make_client: Any, operation: str) -> None:
    """Source: ibm-cos 10: how IBM answers is not known, so it is refused (assumed)."""
    client = make_client(AWS, endpoint_url=US_SOUTH)
    shape = model("aws").operation_model(operation).input_shape
    assert shape is not None
    before = stored_state(cos)
    with pytest.raises(client.exceptions.ClientError, match=f"NotImplemented.*{operation}"):
        getattr(client, method_name(client, operation))(**minimal(shape))
    assert stored_state(cos) == before


@pytest.mark.parametrize(("dialect", "operation"), missing())
def test_it_answers_501_and_names_itself(cos: FakeCOS, make_client: Any, dialect: str, operation: str) -> None:
    # fakecos: no answer of S3 exists, since S3 has the operation
    client = make_client(dialect)
    before = stored_state(cos)
    shape = model(TABLES[dialect]).operation_model(operation).input_shape
    method = getattr(client, method_name(client, operation))
    with pytest.raises(Exception, match="NotImplemented") as caught:
        method(**(minimal(shape) if shape is not None else {}))
    response = caught.value.response  # type: ignore[attr-defined]
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 501
    tail = {"RequestId", "HostId", "Resource", "httpStatusCode"}
    error = {name: value for name, value in response["Error"].items() if name not in tail}
    assert error == {
        "Code": "NotImplemented",
        "Message": f"{operation} is not implemented by fakecos",
        "Operation": operation,
    }
    assert stored_state(cos) == before


def method_name(client: Any, operation: str) -> str:
    names: dict[str, str] = client.meta.method_to_api_mapping
    (name,) = [name for name, wanted in names.items() if wanted == operation]
    return name


def test_a_deprecated_operation_is_answered_as_the_one_that_replaced_it() -> None:
    # wire 5: method and URI are the same
    with FakeCOS() as fake:
        fake.create_bucket(BUCKET)
        client = fake.client()
        client.put_bucket_notification(Bucket=BUCKET, NotificationConfiguration={})
        client.get_bucket_notification(Bucket=BUCKET)
        assert [call.operation for call in fake.journal] == [
            "PutBucketNotificationConfiguration",
            "GetBucketNotificationConfiguration",
        ]


def test_the_end_names_what_was_missing() -> None:
    # so that a test which never looks at the answer is told all the same
    fake = FakeCOS()
    fake.start()
    fake.create_bucket(BUCKET)
    client = fake.client()
    with pytest.raises(client.exceptions.ClientError, match="NotImplemented"):
        client.get_bucket_metadata_configuration(Bucket=BUCKET)
    with pytest.raises(client.exceptions.ClientError, match="NotImplemented"):
        client.rename_object(Bucket=BUCKET, Key="key", RenameSource="other")
    with pytest.warns(UnimplementedOperationWarning, match="GetBucketMetadataConfiguration, RenameObject"):
        fake.stop()


def test_every_operation_that_was_promised_is_there() -> None:
    assert operations().keys() >= {
        *("CreateBucket", "HeadBucket", "DeleteBucket", "ListBuckets", "GetBucketLocation"),
        *("PutObject", "GetObject", "HeadObject", "DeleteObject", "DeleteObjects", "ListObjects", "ListObjectsV2"),
        *("CreateMultipartUpload", "UploadPart", "UploadPartCopy", "CompleteMultipartUpload"),
        *("AbortMultipartUpload", "ListParts", "ListMultipartUploads", "GetObjectAttributes"),
    }

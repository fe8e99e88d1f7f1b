"""How ibm_boto3 tries again: five attempts, in its legacy mode, and what it makes of an error with status 200."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibm_boto3
import pytest
from ibm_botocore import exceptions

from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.faults import Transport
from tests.support.constants import US_SOUTH

if TYPE_CHECKING:
    from fakecos import FakeCOS
    from fakecos.facts.literals import ErrorCode

ATTEMPTS = 5


@pytest.fixture
def client(cos: FakeCOS) -> Any:
    """A client as a program makes it: its retries are those of the SDK."""
    return ibm_boto3.client("s3", endpoint_url=US_SOUTH)


def attempts(cos: FakeCOS, operation: str) -> int:
    return sum(exchange.operation == operation for exchange in cos.journal)


@pytest.mark.parametrize("code", ["SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout", "BadDigest"])
def test_five_attempts_and_then_the_error(cos: FakeCOS, client: Any, code: ErrorCode) -> None:
    """Source: ibm-cos 6.2."""
    cos.inject("UploadPart", error=code, times=ATTEMPTS)
    upload_id = create_upload(client)
    with pytest.raises(exceptions.ClientError) as caught:
        upload_part(client, upload_id, b"hello")
    assert caught.value.response["Error"]["Code"] == code
    assert attempts(cos, "UploadPart") == ATTEMPTS


def test_four_failures_are_not_seen(cos: FakeCOS, client: Any) -> None:
    cos.inject("UploadPart", error="SlowDown", times=ATTEMPTS - 1)
    upload_id = create_upload(client)
    complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id, b"hello")))
    assert attempts(cos, "UploadPart") == ATTEMPTS


@pytest.mark.parametrize(
    ("transport", "error"),
    [
        (Transport.CONNECT_TIMEOUT, exceptions.ConnectTimeoutError),
        (Transport.READ_TIMEOUT, exceptions.ReadTimeoutError),
        (Transport.CLOSED, exceptions.ConnectionClosedError),
    ],
)
def test_the_classes_of_exceptions_are_ibm_s(
    cos: FakeCOS, client: Any, transport: Transport, error: type[Exception]
) -> None:
    """Source: ibm-cos 6.2."""
    cos.inject("PutObject", transport=transport, times=ATTEMPTS)
    with pytest.raises(error):
        client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    assert attempts(cos, "PutObject") == ATTEMPTS


def test_complete_with_status_200_and_an_error(cos: FakeCOS, client: Any) -> None:
    """Source: ibm-cos 6.3: the client sees no code in it."""
    upload_id = create_upload(client)
    part = completed_part(1, upload_part(client, upload_id, b"hello"))
    cos.inject("CompleteMultipartUpload", error_in_200="InternalError", times=ATTEMPTS)
    with pytest.raises(exceptions.ClientError, match="Unknown") as caught:
        complete_upload(client, upload_id, part)
    assert "Error" not in caught.value.response
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert attempts(cos, "CompleteMultipartUpload") == ATTEMPTS


def test_an_error_in_200_that_passes_is_not_seen(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    part = completed_part(1, upload_part(client, upload_id, b"hello"))
    cos.inject("CompleteMultipartUpload", error_in_200="InternalError", times=2)
    complete_upload(client, upload_id, part)
    assert cos.store.buckets[BUCKET].objects[KEY].body == b"hello"

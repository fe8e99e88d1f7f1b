"""Put, Get and DeleteBucketLifecycleConfiguration, and what other answers say of the rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from freezegun import freeze_time

from fakecos.contract.promises.bucket_lifecycle import ABORT, RULE, put_lifecycle, rule
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part

# --- refusals -------------------------------------------------------------------------------------------


# --- what other answers say -----------------------------------------------------------------------------


@pytest.fixture
def _in_may() -> Any:
    with freeze_time("2026-05-04 10:30:00"):
        yield


EXPIRY = 'expiry-date="Tue, 12 May 2026 00:00:00 GMT", rule-id="week"'


@pytest.mark.usefixtures("_in_may")
def test_reads_and_writes_say_when_the_object_expires(client: Any) -> None:
    # recorded aws-bucket-configuration 30, 32; the rounding: documented
    assert "Expiration" not in client.put_object(Bucket=BUCKET, Key="before", Body=b"1")
    put_lifecycle(client, RULE)
    assert client.put_object(Bucket=BUCKET, Key="key", Body=b"1")["Expiration"] == EXPIRY
    for key in ("before", "key"):
        assert client.head_object(Bucket=BUCKET, Key=key)["Expiration"] == EXPIRY
        assert client.get_object(Bucket=BUCKET, Key=key)["Expiration"] == EXPIRY
    assert client.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/key")["Expiration"] == EXPIRY
    upload_id = create_upload(client)
    assert complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id)))["Expiration"] == EXPIRY


@pytest.mark.usefixtures("_in_may")
def test_create_and_list_parts_say_when_the_upload_is_aborted(client: Any) -> None:
    # documented: CreateMultipartUpload, ListParts
    upload_id = create_upload(client)
    put_lifecycle(client, rule(ID="old uploads", Expiration=None, **ABORT))
    date = dt.datetime(2026, 5, 12, tzinfo=dt.timezone.utc)
    created = client.create_multipart_upload(Bucket=BUCKET, Key="key")
    listed = client.list_parts(Bucket=BUCKET, Key="2026/cat.jpg", UploadId=upload_id)
    for answer in (created, listed):
        assert (answer["AbortDate"], answer["AbortRuleId"]) == (date, "old uploads")

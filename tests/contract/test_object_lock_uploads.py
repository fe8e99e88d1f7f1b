"""Locks by the headers of Put, Copy and Create, and by the bucket's default (recorded aws-objects 43, 44, 66, 67)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.object_lock_uploads import DATE, KEY, LOCK, MODE, default, lock_of
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.locks import (
    GOVERNANCE,
    LOCKED,
    UNTIL,
)
from fakecos.contract.steps.names import BUCKET, MIN_PART
from fakecos.contract.steps.refused import refused
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.usefixtures("locked_bucket")
DIGEST = "Content-MD5 OR x-amz-checksum- HTTP header is required for Put {} requests with Object Lock parameters"


@pytest.fixture(autouse=True)
def _source(aws: Any) -> None:
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"source")


# --- digests -----------------------------------------------------------------------------------------


def test_a_locked_put_needs_a_digest(cos: FakeCOS, aws: Any) -> None:
    # public
    headers = {MODE: GOVERNANCE, DATE: "2099-01-01T00:00:00Z"}
    with refused(cos, "InvalidRequest", DIGEST.format("Object"), 400):
        send_raw(cos, "PUT", f"/{LOCKED}/key", headers=headers, body=b"x")
    default(aws, Days=1)
    with refused(cos, "InvalidRequest", DIGEST.format("Object"), 400):
        send_raw(cos, "PUT", f"/{LOCKED}/key", body=b"x")
    send_raw(cos, "PUT", f"/{LOCKED}/key", headers={"content-md5": md5_base64(b"x")}, body=b"x")


@pytest.mark.parametrize("more", [LOCK, {"ObjectLockLegalHoldStatus": "ON"}, {}])
def test_a_locked_part_needs_a_digest(cos: FakeCOS, aws: Any, more: Any) -> None:
    # public; for the bucket's default: assumed
    if not more:
        default(aws, Days=1)
    upload_id = aws.create_multipart_upload(**KEY, **more)["UploadId"]
    query = f"partNumber=1&uploadId={upload_id}"
    with refused(cos, "InvalidRequest", DIGEST.format("Part"), 400):
        send_raw(cos, "PUT", f"/{LOCKED}/key", query, body=b"x")
    send_raw(cos, "PUT", f"/{LOCKED}/key", query, {"content-md5": md5_base64(b"x")}, b"x")


def test_a_bucket_with_object_lock_and_no_default_needs_none(cos: FakeCOS) -> None:
    send_raw(cos, "PUT", f"/{LOCKED}/key", body=b"x")


def test_arranging_by_hand_needs_none(cos: FakeCOS, aws: Any) -> None:
    default(aws, Days=1)
    cos.put_object(LOCKED, "key", b"x", **LOCK)
    assert lock_of(aws) == (GOVERNANCE, UNTIL, None)
    upload = cos.start_upload(LOCKED, "other", [b"x" * MIN_PART])
    assert len(upload.parts) == 1

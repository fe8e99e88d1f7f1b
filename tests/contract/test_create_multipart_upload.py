"""CreateMultipartUpload: what it answers, and what it refuses. The checksums it takes: test_checksum_types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.steps.answers import UPLOAD_ID, http_status, members_of
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.uploads import create_upload
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS


def test_it_answers_bucket_key_id_and_encryption_and_nothing_else(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 1."""
    answer = client.create_multipart_upload(Bucket=BUCKET, Key=KEY)
    assert http_status(answer) == 200
    assert members_of(answer) == {"Bucket": BUCKET, "Key": KEY, "ServerSideEncryption": "AES256", "UploadId": UPLOAD_ID}
    assert cos.store.buckets[BUCKET].uploads[answer["UploadId"]].key == KEY


def test_the_document_has_the_root_and_the_order_of_s3(cos: FakeCOS) -> None:
    """Source: documented (InitiateMultipartUploadResult)."""
    response = send_raw(cos, "POST", f"/{BUCKET}/a%20b", "uploads")
    (upload_id,) = cos.store.buckets[BUCKET].uploads
    assert (
        response.body
        == (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<InitiateMultipartUploadResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
            f"<Bucket>{BUCKET}</Bucket><Key>a b</Key><UploadId>{upload_id}</UploadId>"
            "</InitiateMultipartUploadResult>"
        ).encode()
    )
    assert response.headers["x-amz-server-side-encryption"] == "AES256"


def test_each_upload_of_a_key_has_its_own_id(cos: FakeCOS, client: Any) -> None:
    ids = {create_upload(client) for _ in range(20)}
    assert len(ids) == 20
    assert set(cos.store.buckets[BUCKET].uploads) == ids

"""AbortMultipartUpload: the upload ends, and its parts are freed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import http_headers, http_status, members_of
from tests.support.constants import BIG, BUCKET, KEY
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused
from tests.support.uploads import complete_upload, completed_part, create_upload, no_such_upload, upload_part

if TYPE_CHECKING:
    from fakecos import FakeCOS


def abort(client: Any, upload_id: str, key: str = KEY) -> Any:
    return client.abort_multipart_upload(Bucket=BUCKET, Key=key, UploadId=upload_id)


def test_the_answer_is_204_and_empty(cos: FakeCOS, client: Any) -> None:
    """Source: documented."""
    upload_id = create_upload(client)
    upload_part(client, upload_id)
    answer = abort(client, upload_id)
    assert http_status(answer) == 204
    assert members_of(answer) == {}
    assert "content-type" not in http_headers(answer)
    assert "content-length" not in http_headers(answer)


def test_the_parts_are_freed(cos: FakeCOS, client: Any) -> None:
    """Source: documented: after it no part is billed."""
    upload_id = create_upload(client)
    upload_part(client, upload_id, BIG)
    assert cos.store.billed_bytes == len(BIG)
    abort(client, upload_id)
    assert cos.store.billed_bytes == 0
    assert cos.store.buckets[BUCKET].uploads == {}


def test_an_upload_without_parts_is_aborted_too(client: Any) -> None:
    upload_id = create_upload(client)
    assert http_status(abort(client, upload_id)) == 204
    assert "Uploads" not in client.list_multipart_uploads(Bucket=BUCKET)


def test_an_object_of_the_key_stays(client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"before")
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"never")
    abort(client, upload_id)
    assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"before"


def test_other_uploads_of_the_key_stay(cos: FakeCOS, client: Any) -> None:
    first, second = create_upload(client), create_upload(client)
    abort(client, first)
    assert list(cos.store.buckets[BUCKET].uploads) == [second]


def test_an_unknown_id_is_404_and_not_204(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 4."""
    with refused(cos, **no_such_upload("fakeid")):
        abort(client, "fakeid")


def test_an_id_of_another_key_is_not_found(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 6."""
    upload_id = create_upload(client)
    with refused(cos, **no_such_upload(upload_id)):
        abort(client, upload_id, "another")


def test_a_second_abort_is_404(cos: FakeCOS, client: Any) -> None:
    """Source: assumed. Public suites report 204 from AWS; see docs/reference/order-of-checks.md."""
    upload_id = create_upload(client)
    abort(client, upload_id)
    with refused(cos, **no_such_upload(upload_id)):
        abort(client, upload_id)


def test_an_abort_after_complete_is_404_and_leaves_the_object(cos: FakeCOS, client: Any) -> None:
    """Source: assumed. Public suites report 204 from AWS."""
    upload_id = create_upload(client)
    complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id)))
    with refused(cos, **no_such_upload(upload_id)):
        abort(client, upload_id)
    assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"x"


def test_an_empty_id_is_not_found(cos: FakeCOS) -> None:
    """Source: public. It must not delete the object of that key either."""
    with refused(cos, **{**no_such_upload(""), "UploadId": None}):
        send_raw(cos, "DELETE", f"/{BUCKET}/{KEY}", "uploadId=")


def test_a_missing_bucket_is_told_first(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    with refused(cos, "NoSuchBucket"):
        client.abort_multipart_upload(Bucket="elsewhere", Key=KEY, UploadId="fakeid")


@pytest.mark.limits(min_part_size=1)
def test_a_new_upload_of_the_key_knows_nothing_of_the_aborted_one(cos: FakeCOS, client: Any) -> None:
    aborted = create_upload(client)
    old = upload_part(client, aborted, b"old")
    abort(client, aborted)
    upload_id = create_upload(client)
    with refused(cos, "InvalidPart"):
        complete_upload(client, upload_id, completed_part(1, old))

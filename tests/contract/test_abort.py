"""AbortMultipartUpload: the upload ends, and its parts are freed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.contract.conftest import refused
from tests.contract.parts import BIG, BUCKET, KEY, exchange, finish, gone, headers, named, send, start, status, told

if TYPE_CHECKING:
    from fakecos import FakeCOS


def abort(client: Any, upload_id: str, key: str = KEY) -> Any:
    return client.abort_multipart_upload(Bucket=BUCKET, Key=key, UploadId=upload_id)


def test_the_answer_is_204_and_empty(cos: FakeCOS, client: Any) -> None:
    """Source: documented."""
    upload_id = start(client)
    send(client, upload_id)
    answer = abort(client, upload_id)
    assert status(answer) == 204
    assert told(answer) == {}
    assert "content-type" not in headers(answer)
    assert "content-length" not in headers(answer)


def test_the_parts_are_freed(cos: FakeCOS, client: Any) -> None:
    """Source: documented: after it no part is billed."""
    upload_id = start(client)
    send(client, upload_id, BIG)
    assert cos.store.billed_bytes == len(BIG)
    abort(client, upload_id)
    assert cos.store.billed_bytes == 0
    assert cos.store.buckets[BUCKET].uploads == {}


def test_an_upload_without_parts_is_aborted_too(client: Any) -> None:
    upload_id = start(client)
    assert status(abort(client, upload_id)) == 204
    assert "Uploads" not in client.list_multipart_uploads(Bucket=BUCKET)


def test_an_object_of_the_key_stays(client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"before")
    upload_id = start(client)
    send(client, upload_id, b"never")
    abort(client, upload_id)
    assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"before"


def test_other_uploads_of_the_key_stay(cos: FakeCOS, client: Any) -> None:
    first, second = start(client), start(client)
    abort(client, first)
    assert list(cos.store.buckets[BUCKET].uploads) == [second]


def test_an_unknown_id_is_404_and_not_204(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 4."""
    with refused(cos, **gone("fakeid")):
        abort(client, "fakeid")


def test_an_id_of_another_key_is_not_found(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 6."""
    upload_id = start(client)
    with refused(cos, **gone(upload_id)):
        abort(client, upload_id, "another")


def test_a_second_abort_is_404(cos: FakeCOS, client: Any) -> None:
    """Source: assumed. Public suites report 204 from AWS; see docs/reference/order-of-checks.md."""
    upload_id = start(client)
    abort(client, upload_id)
    with refused(cos, **gone(upload_id)):
        abort(client, upload_id)


def test_an_abort_after_complete_is_404_and_leaves_the_object(cos: FakeCOS, client: Any) -> None:
    """Source: assumed. Public suites report 204 from AWS."""
    upload_id = start(client)
    finish(client, upload_id, named(1, send(client, upload_id)))
    with refused(cos, **gone(upload_id)):
        abort(client, upload_id)
    assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"x"


def test_an_empty_id_is_not_found(cos: FakeCOS) -> None:
    """Source: public. It must not delete the object of that key either."""
    with refused(cos, **{**gone(""), "UploadId": None}):
        exchange(cos, "DELETE", f"/{BUCKET}/{KEY}", "uploadId=")


def test_a_missing_bucket_is_told_first(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    with refused(cos, "NoSuchBucket"):
        client.abort_multipart_upload(Bucket="elsewhere", Key=KEY, UploadId="fakeid")


@pytest.mark.limits(min_part_size=1)
def test_a_new_upload_of_the_key_knows_nothing_of_the_aborted_one(cos: FakeCOS, client: Any) -> None:
    aborted = start(client)
    old = send(client, aborted, b"old")
    abort(client, aborted)
    upload_id = start(client)
    with refused(cos, "InvalidPart"):
        finish(client, upload_id, named(1, old))

"""UploadPartCopy: a part made of an object that is stored, or of a range of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.upload_part_copy import SOURCE, TEN, copy_part, failed
from fakecos.contract.steps.answers import DATETIME, http_status, members_of
from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, upload_part
from tests.support.objects import stored_object
from tests.support.uploads import stored_part, upload_raw_part

if TYPE_CHECKING:
    from fakecos import FakeCOS


@pytest.fixture(autouse=True)
def _source(cos: FakeCOS, aws: Any) -> None:
    aws.put_object(Bucket=BUCKET, Key="source", Body=TEN)


def test_the_answer_has_etag_time_and_encryption_and_nothing_else(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 21."""
    upload_id = create_upload(client)
    answer = copy_part(client, upload_id)
    assert http_status(answer) == 200
    assert members_of(answer) == {
        "CopyPartResult": {"ETag": f'"{md5(TEN)}"', "LastModified": DATETIME},
        "ServerSideEncryption": "AES256",
    }
    assert members_of(answer)["CopyPartResult"]["ETag"] == '"781e5e245d69b566979b86e28d23f2c7"'
    assert stored_part(cos, upload_id).body == TEN


@pytest.mark.parametrize(("given", "expected"), [("bytes=0-9", TEN), ("bytes=0-0", b"0"), ("bytes=3-8", b"345678")])
def test_a_range_within_the_source_is_copied(cos: FakeCOS, client: Any, given: str, expected: bytes) -> None:
    """Source: recorded aws-multipart 23, 24 (its good ranges); a small source is allowed (public)."""
    upload_id = create_upload(client)
    answer = copy_part(client, upload_id, CopySourceRange=given)
    assert stored_part(cos, upload_id).body == expected
    assert answer["CopyPartResult"]["ETag"] == f'"{md5(expected)}"'


def test_the_bytes_are_shared_with_the_source(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    copy_part(client, upload_id)
    assert stored_part(cos, upload_id).content is stored_object(cos, "source").content


def test_modified_since_now_fails(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 26: 412, not 304."""
    upload_id = create_upload(client)
    since = stored_object(cos, "source").last_modified
    with refused(cos, **failed("If-Modified-Since")):
        copy_part(client, upload_id, CopySourceIfModifiedSince=since)


@pytest.mark.parametrize("given", [f"/{SOURCE}", "%2Fphotos/source", "photos%2Fsource", SOURCE])
def test_a_source_may_start_with_a_slash_and_is_decoded(cos: FakeCOS, aws: Any, given: str) -> None:
    """Source: public, recorded aws-objects 19."""
    upload_id = create_upload(aws)
    upload_raw_part(cos, upload_id, b"", {"x-amz-copy-source": given})
    assert stored_part(cos, upload_id).body == TEN


@pytest.mark.limits(max_copy_size=9)
def test_a_source_that_is_too_large_is_refused_but_a_range_of_it_is_not(cos: FakeCOS, client: Any) -> None:
    """Source: public: 5 GiB."""
    upload_id = create_upload(client)
    message = "The specified copy source is larger than the maximum allowable size for a copy source: 9"
    with refused(cos, "InvalidRequest", message, 400):
        copy_part(client, upload_id)
    with refused(cos, "InvalidRequest", message, 400):
        copy_part(client, upload_id, CopySourceRange="bytes=0-9")
    assert http_status(copy_part(client, upload_id, CopySourceRange="bytes=1-9")) == 200


# --- SSE-C ------------------------------------------------------------------------------------------------


def test_a_refused_copy_leaves_the_earlier_part_whole(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"first")
    with refused(cos, **failed("If-Match")):
        copy_part(client, upload_id, CopySourceIfMatch='"no"')
    assert stored_part(cos, upload_id).body == b"first"

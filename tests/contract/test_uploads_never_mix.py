"""Several uploads of one key, and of several keys and buckets: their bytes never mix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.messages import INVALID_PART
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.objects import read_object
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from tests.support.objects import stored_object

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.limits(min_part_size=1)


def test_two_uploads_of_a_key_keep_their_own_parts(client: Any) -> None:
    one, two = create_upload(client), create_upload(client)
    parts: dict[str, list[dict[str, Any]]] = {one: [], two: []}
    for number in (1, 2, 3):
        for upload_id, letter in ((one, b"a"), (two, b"b")):
            body = letter * number
            parts[upload_id].append(completed_part(number, upload_part(client, upload_id, body, number)))
    complete_upload(client, two, *parts[two])
    assert read_object(client, KEY) == b"bbbbbb"
    complete_upload(client, one, *parts[one])
    assert read_object(client, KEY) == b"aaaaaa"


def test_the_last_complete_wins_whatever_was_created_first(cos: FakeCOS, client: Any) -> None:
    old, new = create_upload(client), create_upload(client)
    new_part, old_part = upload_part(client, new, b"new"), upload_part(client, old, b"old")
    complete_upload(client, new, completed_part(1, new_part))
    complete_upload(client, old, completed_part(1, old_part))
    assert read_object(client, KEY) == b"old"
    assert len(cos.store.buckets[BUCKET].objects) == 1


def test_a_part_of_another_upload_of_the_key_is_invalid(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 9: the ETag is not that of this upload's part."""
    one, two = create_upload(client), create_upload(client)
    foreign = upload_part(client, one, b"foreign")
    upload_part(client, two, b"own")
    with refused(cos, "InvalidPart", INVALID_PART, 400, UploadId=two, PartNumber="1", ETag=md5(b"foreign")):
        complete_upload(client, two, completed_part(1, foreign))


def test_an_abort_leaves_the_other_upload_whole(client: Any) -> None:
    one, two = create_upload(client), create_upload(client)
    upload_part(client, one, b"one")
    part = completed_part(1, upload_part(client, two, b"two"))
    client.abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=one)
    complete_upload(client, two, part)
    assert read_object(client, KEY) == b"two"


def test_equal_parts_are_held_once_and_replaced_apart(cos: FakeCOS, client: Any) -> None:
    one, two = create_upload(client), create_upload(client)
    first = completed_part(1, upload_part(client, one, b"same"))
    upload_part(client, two, b"same")
    second = completed_part(1, upload_part(client, two, b"changed"))
    complete_upload(client, one, first)
    assert read_object(client, KEY) == b"same"
    complete_upload(client, two, second)
    assert read_object(client, KEY) == b"changed"


def test_keys_that_look_alike_are_different(client: Any) -> None:
    keys = ["a", "a/", "/a", "a//", "A", "ä", "a\u0308", "a%2F", "a+", "a ", "./a", "../a"]
    for key in keys:
        upload_id = create_upload(client, key)
        complete_upload(
            client, upload_id, completed_part(1, upload_part(client, upload_id, key.encode(), key=key)), key=key
        )
    assert {key: read_object(client, key) for key in keys} == {key: key.encode() for key in keys}


def test_buckets_have_their_own_uploads(cos: FakeCOS, client: Any) -> None:
    cos.create_bucket("others")
    create_upload(client)
    other = client.create_multipart_upload(Bucket="others", Key=KEY)["UploadId"]
    (listed,) = client.list_multipart_uploads(Bucket="others")["Uploads"]
    assert listed["UploadId"] == other


def test_two_fakes_have_their_own_uploads(cos: FakeCOS, client: Any) -> None:
    from fakecos import FakeCOS as Another

    upload_id = create_upload(client)
    with Another() as inner:
        inner.create_bucket(BUCKET)
        with refused(inner, "NoSuchUpload"):
            upload_part(client, upload_id)
    complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id, b"outer")))
    assert stored_object(cos).body == b"outer"

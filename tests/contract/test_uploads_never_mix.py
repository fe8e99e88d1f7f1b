"""Several uploads of one key, and of several keys and buckets: their bytes never mix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.contract.conftest import refused
from tests.contract.parts import BUCKET, INVALID_PART, KEY, finish, md5, named, send, start, stored_object

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.limits(min_part_size=1)


def read(client: Any, key: str = KEY) -> bytes:
    return bytes(client.get_object(Bucket=BUCKET, Key=key)["Body"].read())


def test_two_uploads_of_a_key_keep_their_own_parts(client: Any) -> None:
    one, two = start(client), start(client)
    parts: dict[str, list[dict[str, Any]]] = {one: [], two: []}
    for number in (1, 2, 3):
        for upload_id, letter in ((one, b"a"), (two, b"b")):
            body = letter * number
            parts[upload_id].append(named(number, send(client, upload_id, body, number)))
    finish(client, two, *parts[two])
    assert read(client) == b"bbbbbb"
    finish(client, one, *parts[one])
    assert read(client) == b"aaaaaa"


def test_the_last_complete_wins_whatever_was_created_first(cos: FakeCOS, client: Any) -> None:
    old, new = start(client), start(client)
    new_part, old_part = send(client, new, b"new"), send(client, old, b"old")
    finish(client, new, named(1, new_part))
    finish(client, old, named(1, old_part))
    assert read(client) == b"old"
    assert len(cos.store.buckets[BUCKET].objects) == 1


def test_a_part_of_another_upload_of_the_key_is_invalid(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 9: the ETag is not that of this upload's part."""
    one, two = start(client), start(client)
    foreign = send(client, one, b"foreign")
    send(client, two, b"own")
    with refused(cos, "InvalidPart", INVALID_PART, 400, UploadId=two, PartNumber="1", ETag=md5(b"foreign")):
        finish(client, two, named(1, foreign))


def test_an_abort_leaves_the_other_upload_whole(client: Any) -> None:
    one, two = start(client), start(client)
    send(client, one, b"one")
    part = named(1, send(client, two, b"two"))
    client.abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=one)
    finish(client, two, part)
    assert read(client) == b"two"


def test_equal_parts_are_held_once_and_replaced_apart(cos: FakeCOS, client: Any) -> None:
    one, two = start(client), start(client)
    first = named(1, send(client, one, b"same"))
    send(client, two, b"same")
    second = named(1, send(client, two, b"changed"))
    finish(client, one, first)
    assert read(client) == b"same"
    finish(client, two, second)
    assert read(client) == b"changed"


def test_keys_that_look_alike_are_different(client: Any) -> None:
    keys = ["a", "a/", "/a", "a//", "A", "ä", "a\u0308", "a%2F", "a+", "a ", "./a", "../a"]
    for key in keys:
        upload_id = start(client, key)
        finish(client, upload_id, named(1, send(client, upload_id, key.encode(), key=key)), key=key)
    assert {key: read(client, key) for key in keys} == {key: key.encode() for key in keys}


def test_buckets_have_their_own_uploads(cos: FakeCOS, client: Any) -> None:
    cos.create_bucket("others")
    start(client)
    other = client.create_multipart_upload(Bucket="others", Key=KEY)["UploadId"]
    (listed,) = client.list_multipart_uploads(Bucket="others")["Uploads"]
    assert listed["UploadId"] == other


def test_two_fakes_have_their_own_uploads(cos: FakeCOS, client: Any) -> None:
    from fakecos import FakeCOS as Another

    upload_id = start(client)
    with Another() as inner:
        inner.create_bucket(BUCKET)
        with refused(inner, "NoSuchUpload"):
            send(client, upload_id)
    finish(client, upload_id, named(1, send(client, upload_id, b"outer")))
    assert stored_object(cos).body == b"outer"

"""How bytes are held: once, without a copy, and only as long as something is made of them."""

from __future__ import annotations

import gc
import io
import tracemalloc
import weakref
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.names import BIG, BUCKET, KEY, MIB
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.model.content import Content
from tests.support.objects import stored_object
from tests.support.uploads import stored_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

pytestmark = pytest.mark.slow


def content_of(cos: FakeCOS, upload_id: str, number: int = 1) -> Content:
    found: Content = stored_part(cos, upload_id, number).content
    return found


# --- no copy ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["https", "http"])
@pytest.mark.only_patch("a socket copies")
def test_a_part_is_the_clients_own_bytes(cos: FakeCOS, make_client: Callable[..., Any], scheme: str) -> None:
    client = make_client(use_ssl=scheme == "https")
    body = bytes(bytearray(b"x" * 1000))
    upload_id = create_upload(client)
    upload_part(client, upload_id, body)
    assert content_of(cos, upload_id).read() is body


@pytest.mark.only_patch("a socket copies")
def test_an_object_of_one_part_is_the_clients_own_bytes(cos: FakeCOS, client: Any) -> None:
    body = bytes(bytearray(b"x" * 1000))
    upload_id = create_upload(client)
    complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id, body)))
    assert stored_object(cos).content.read() is body


@pytest.mark.only_patch("a socket copies")
def test_a_stream_in_memory_is_read_without_a_copy(cos: FakeCOS, client: Any) -> None:
    body = bytes(bytearray(b"x" * 1000))
    upload_id = create_upload(client)
    upload_part(client, upload_id, io.BytesIO(body))
    assert content_of(cos, upload_id).read() is body


def test_bytes_that_can_change_are_copied(cos: FakeCOS, client: Any) -> None:
    body = bytearray(b"before")
    upload_id = create_upload(client)
    upload_part(client, upload_id, body)
    body[:] = b"after!"
    assert content_of(cos, upload_id).read() == b"before"


# --- once -------------------------------------------------------------------------------------------------


def test_equal_parts_are_held_once(cos: FakeCOS, client: Any) -> None:
    """Contents that are equal, although the client made different objects of them."""
    upload_id = create_upload(client)
    for number in range(1, 6):
        upload_part(client, upload_id, bytes(bytearray(b"same" * 1000)), number)
    assert len({id(content_of(cos, upload_id, number)) for number in range(1, 6)}) == 1


def test_two_hundred_equal_parts_need_the_memory_of_one(cos: FakeCOS, aws: Any) -> None:
    upload_id = create_upload(aws)
    body = b"p" * MIB
    upload_part(aws, upload_id, body, 1)
    tracemalloc.start()
    try:
        for number in range(2, 51):
            upload_part(aws, upload_id, bytes(bytearray(body)), number)
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 3 * MIB


def test_parts_of_the_same_size_and_other_bytes_are_kept_apart(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"aaaa", 1)
    upload_part(client, upload_id, b"bbbb", 2)
    assert [content_of(cos, upload_id, number).read() for number in (1, 2)] == [b"aaaa", b"bbbb"]


def test_complete_joins_by_reference(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    parts = [
        completed_part(number, upload_part(client, upload_id, body, number))
        for number, body in ((1, BIG), (2, b"last"))
    ]
    pieces = [content_of(cos, upload_id, number).pieces[0] for number in (1, 2)]
    complete_upload(client, upload_id, *parts)
    joined = stored_object(cos).content.pieces
    assert len(joined) == 2
    assert all(piece is part for piece, part in zip(joined, pieces, strict=True))


@pytest.mark.one_door("it counts how often the body is read")
def test_complete_does_not_read_the_bytes_again(cos: FakeCOS, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time grows with the number of parts: MD5 and CRCs are combined from those of the parts."""
    from fakecos.facts import checksums

    upload_id = create_upload(client, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    parts = [
        completed_part(number, upload_part(client, upload_id, body, number))
        for number, body in ((1, BIG), (2, BIG), (3, b"x"))
    ]
    hashed: list[int] = []

    def counted(compute: Callable[[Any], bytes], pieces: Any) -> bytes:
        pieces = tuple(pieces)
        hashed.append(sum(map(len, pieces)))
        return compute(pieces)

    def counted_in_turns(_: Any, pieces: Any, __: int) -> list[bytes]:
        return [counted(lambda _: b"", pieces)] * 3

    for algorithm in checksums.ALGORITHMS.values():
        monkeypatch.setattr(algorithm, "compute", partial(counted, algorithm.compute))
    monkeypatch.setattr(checksums, "md5_and_crcs", counted_in_turns)
    complete_upload(client, upload_id, *parts)
    client.head_object(Bucket=BUCKET, Key=KEY, ChecksumMode="ENABLED")
    assert sum(hashed) < 1000  # the document of Complete, and no part


def test_a_range_copies_only_what_it_returns(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    parts = [
        completed_part(number, upload_part(client, upload_id, body, number)) for number, body in ((1, BIG), (2, BIG))
    ]
    complete_upload(client, upload_id, *parts)
    client.get_object(Bucket=BUCKET, Key=KEY, Range="bytes=0-0")["Body"].read()  # what is imported by the first one
    client.head_object(Bucket=BUCKET, Key=KEY, PartNumber=1)
    tracemalloc.start()
    try:
        first = len(BIG) - 5
        body = client.get_object(Bucket=BUCKET, Key=KEY, Range=f"bytes={first}-{first + 9}")["Body"].read()
        part = client.head_object(Bucket=BUCKET, Key=KEY, PartNumber=2)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert body == bytes(10)
    assert part["ContentLength"] == len(BIG)
    assert peak < MIB


# --- only as long as something is made of them -------------------------------------------------------------


def released(content: weakref.ref[Content]) -> bool:
    gc.collect()
    return content() is None


@pytest.fixture
def part(cos: FakeCOS, client: Any) -> tuple[str, weakref.ref[Content]]:
    """An upload with one part, and a weak reference to its content."""
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"x" * 1000)
    return upload_id, weakref.ref(content_of(cos, upload_id))


def test_an_aborted_part_frees_its_bytes(client: Any, part: tuple[str, weakref.ref[Content]]) -> None:
    upload_id, content = part
    assert not released(content)
    client.abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=upload_id)
    assert released(content)


def test_a_replaced_part_frees_its_bytes(client: Any, part: tuple[str, weakref.ref[Content]]) -> None:
    upload_id, content = part
    upload_part(client, upload_id, b"another")
    assert released(content)


def test_a_part_that_complete_left_out_frees_its_bytes(client: Any, part: tuple[str, weakref.ref[Content]]) -> None:
    upload_id, content = part
    complete_upload(client, upload_id, completed_part(2, upload_part(client, upload_id, b"other", 2)))
    assert released(content)


def test_a_deleted_object_frees_its_bytes(cos: FakeCOS, client: Any, part: tuple[str, weakref.ref[Content]]) -> None:
    upload_id, _ = part
    complete_upload(client, upload_id, {"PartNumber": 1, "ETag": stored_part(cos, upload_id).etag})
    content = weakref.ref(stored_object(cos).content)
    client.delete_object(Bucket=BUCKET, Key=KEY)
    assert released(content)


def test_an_overwritten_object_frees_its_bytes(cos: FakeCOS, client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x" * 1000)
    content = weakref.ref(stored_object(cos).content)
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"y")
    assert released(content)


def test_a_refused_part_frees_its_bytes(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    with pytest.raises(Exception, match="BadDigest"):
        upload_part(client, upload_id, b"z" * 1009, ChecksumSHA256="A" * 43 + "=")
    gc.collect()
    assert not [held for held in gc.get_objects() if isinstance(held, Content) and held.size == 1009]


def test_bytes_that_two_share_stay_until_both_are_gone(cos: FakeCOS, client: Any) -> None:
    first, second = create_upload(client), create_upload(client)
    for upload_id in (first, second):
        upload_part(client, upload_id, b"shared" * 100)
    content = weakref.ref(content_of(cos, first))
    client.abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=first)
    assert not released(content)
    client.abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=second)
    assert released(content)


def test_billed_bytes_count_every_part_as_s3_would(cos: FakeCOS, client: Any) -> None:
    """Held once, billed as often as stored."""
    upload_id = create_upload(client)
    for number in (1, 2, 3):
        upload_part(client, upload_id, b"same", number)
    assert cos.store.billed_bytes == 12

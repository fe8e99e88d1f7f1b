"""PutObject: what is stored, what the answer says, and what is refused."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from pathlib import Path

    from fakecos import FakeCOS


class CountedBytes(io.BytesIO):
    """A file that counts how often it was read."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        return super().read(size)


def test_what_was_put_is_what_is_stored(cos: FakeCOS, client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key="key", Body=b"abc123")
    (stored,) = cos.store.buckets[BUCKET].objects.values()
    assert (stored.key, stored.body, stored.size, stored.is_multipart) == ("key", b"abc123", 6, False)
    assert cos.store.billed_bytes == 6


@pytest.mark.parametrize(
    "body",
    [b"bytes", bytearray(b"bytes"), "bytes", io.BytesIO(b"bytes"), None],
    ids=["bytes", "bytearray", "str", "BytesIO", "a file on disk"],
)
def test_every_kind_of_body_arrives_whole(cos: FakeCOS, client: Any, body: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"bytes")
    with (tmp_path / "file").open("rb") as file:
        if isinstance(body, io.BytesIO):
            body.seek(0)
        client.put_object(Bucket=BUCKET, Key="key", Body=file if body is None else body)
    assert cos.store.buckets[BUCKET].objects["key"].body == b"bytes"


def test_a_second_put_replaces_the_object_and_all_that_it_carried(cos: FakeCOS, client: Any) -> None:
    # documented by AWS: "If you overwrite an object, the new one replaces it"; nothing is merged
    client.put_object(Bucket=BUCKET, Key="key", Body=b"1", Metadata={"a": "b"}, ContentType="text/plain", Tagging="t=1")
    client.put_object(Bucket=BUCKET, Key="key", Body=b"22")
    answer = members_of(client.get_object(Bucket=BUCKET, Key="key"))
    assert (answer["Body"], answer["Metadata"], answer["ContentType"]) == (b"22", {}, "binary/octet-stream")
    assert "TagCount" not in answer
    assert list(cos.store.buckets[BUCKET].objects) == ["key"]


@pytest.mark.one_door("it counts how often the body is read")
@pytest.mark.limits(max_put_size=10)
@pytest.mark.only_patch("a small body is sent at once")
def test_too_large_a_body_is_refused_before_a_byte_is_read(cos: FakeCOS, client: Any) -> None:
    # public; the 5 GiB are documented
    body = CountedBytes(b"x" * 11)
    with refused(
        cos,
        "EntityTooLarge",
        "Your proposed upload exceeds the maximum allowed size",
        400,
        ProposedSize="11",
        MaxSizeAllowed="10",
    ):
        client.put_object(Bucket=BUCKET, Key="key", Body=body)
    assert body.reads == 0


@pytest.mark.limits(max_put_size=10)
def test_the_largest_body_is_taken(client: Any) -> None:
    # documented by AWS: "up to 5 GB in a single PUT"
    assert http_status(client.put_object(Bucket=BUCKET, Key="key", Body=b"x" * 10)) == 200


def test_names_in_the_query_are_told_apart_by_their_letters(cos: FakeCOS) -> None:
    # recorded aws-objects 14: UploadId and PartNumber with capitals are no part of an upload
    response = send_raw(cos, "PUT", f"/{BUCKET}/key", "UploadId=x&PartNumber=1", body=b"data")
    assert (response.status, response.body) == (200, b"")
    assert response.headers["Content-Length"] == "0"
    assert "Content-Type" not in response.headers
    assert cos.store.buckets[BUCKET].objects["key"].body == b"data"

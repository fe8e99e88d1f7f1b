"""UploadPart: what it answers, what it replaces, and the uploads that it does not find."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, no_such_upload, upload_part
from tests.support.uploads import stored_part

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fakecos import FakeCOS


def test_the_bytes_are_stored(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"hello")
    part = stored_part(cos, upload_id)
    assert (part.number, part.body, part.size, part.etag) == (1, b"hello", 5, md5(b"hello"))


@pytest.mark.parametrize("make", [bytes, bytearray, io.BytesIO, bytes.decode])
def test_any_body_that_the_client_takes_is_stored(cos: FakeCOS, client: Any, make: Callable[[bytes], Any]) -> None:
    upload_id = create_upload(client)
    upload_part(client, upload_id, make(b"hello"))
    assert stored_part(cos, upload_id).body == b"hello"


def test_an_open_file_is_stored(cos: FakeCOS, client: Any, tmp_path: Path) -> None:
    path = tmp_path / "cat.jpg"
    path.write_bytes(b"hello" * 1000)
    upload_id = create_upload(client)
    with path.open("rb") as file:
        upload_part(client, upload_id, file)
    assert stored_part(cos, upload_id).body == path.read_bytes()


def test_a_stream_that_cannot_seek_is_stored(cos: FakeCOS, aws: Any) -> None:
    """The framing is the client's own here, with a trailer that is verified (wire 2). ibm_botocore sends no length."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.left = b"hello"

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return False

        def read(self, size: int = -1) -> bytes:
            taken, self.left = self.left, b""
            return taken

    upload_id = create_upload(aws)
    answer = upload_part(aws, upload_id, Pipe(), ContentLength=5)
    assert answer["ETag"] == f'"{md5(b"hello")}"'
    assert stored_part(cos, upload_id).body == b"hello"


def test_a_part_of_the_same_number_replaces_the_first(cos: FakeCOS, client: Any) -> None:
    """Source: documented (UploadPart: a previously uploaded part is overwritten)."""
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"first")
    second = upload_part(client, upload_id, b"second")
    assert list(cos.store.buckets[BUCKET].uploads[upload_id].parts) == [1]
    assert stored_part(cos, upload_id).body == b"second"
    complete_upload(client, upload_id, completed_part(1, second))
    assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"second"


def test_a_refused_part_leaves_the_earlier_one_of_its_number_whole(cos: FakeCOS, client: Any) -> None:
    """Source: public. `refused` compares every part's bytes and checksum before and after."""
    upload_id = create_upload(client)
    first = upload_part(client, upload_id, b"first")
    kept = stored_part(cos, upload_id)
    with refused(cos, "BadDigest"):
        upload_part(client, upload_id, b"second", ChecksumSHA256="A" * 43 + "=")
    assert stored_part(cos, upload_id) is kept
    complete_upload(client, upload_id, completed_part(1, first))
    assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"first"


# --- uploads that are not there ---------------------------------------------------------------------------


def _unknown(client: Any) -> tuple[str, str]:
    return "fakeid", KEY


def _aborted(client: Any) -> tuple[str, str]:
    upload_id = create_upload(client)
    client.abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=upload_id)
    return upload_id, KEY


def _completed(client: Any) -> tuple[str, str]:
    upload_id = create_upload(client)
    complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id)))
    return upload_id, KEY


def _of_another_key(client: Any) -> tuple[str, str]:
    return create_upload(client, "another"), KEY


ENDINGS = pytest.mark.parametrize("ending", [_unknown, _aborted, _completed, _of_another_key])


@ENDINGS
def test_a_part_of_no_open_upload_is_refused(
    cos: FakeCOS, client: Any, ending: Callable[[Any], tuple[str, str]]
) -> None:
    """Source: recorded aws-multipart 4 (unknown), 6 (another key); documented for aborted and completed."""
    upload_id, key = ending(client)
    with refused(cos, **no_such_upload(upload_id)):
        upload_part(client, upload_id, b"late", key=key)


@ENDINGS
def test_a_list_of_parts_of_no_open_upload_is_refused(
    cos: FakeCOS, client: Any, ending: Callable[[Any], tuple[str, str]]
) -> None:
    """Source: recorded aws-multipart 5 (completed); the others by analogy with 4 and 6."""
    upload_id, key = ending(client)
    with refused(cos, **no_such_upload(upload_id)):
        client.list_parts(Bucket=BUCKET, Key=key, UploadId=upload_id)


@ENDINGS
def test_a_copied_part_of_no_open_upload_is_refused(
    cos: FakeCOS, client: Any, ending: Callable[[Any], tuple[str, str]]
) -> None:
    """Source: public."""
    client.put_object(Bucket=BUCKET, Key="source", Body=b"source")
    upload_id, key = ending(client)
    with refused(cos, **no_such_upload(upload_id)):
        client.upload_part_copy(Bucket=BUCKET, Key=key, UploadId=upload_id, PartNumber=1, CopySource=f"{BUCKET}/source")


def test_an_id_of_an_earlier_fake_is_not_found(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    cos.reset()
    cos.create_bucket(BUCKET)
    with refused(cos, **no_such_upload(upload_id)):
        upload_part(client, upload_id)

"""Bodies: taken as the client would send them, without a copy; given so that each byte is copied once (wire 2, 6)."""

from __future__ import annotations

import io
import sys
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any

import botocore.exceptions
import botocore.httpchecksum
import ibm_botocore.exceptions
import ibm_botocore.httpchecksum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from s3transfer.utils import ReadFileChunk

from fakecos import FakeCOS, Limits
from fakecos.clients.botocore.bodies import SentBody
from fakecos.clients.streams import JoinedBody, WholeBody, raw_stream
from fakecos.model.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

DATA = bytes(range(256)) * 10
CRC32 = botocore.httpchecksum.Crc32Checksum
NAME = "x-amz-checksum-crc32"


def sent(body: Any, package: str = "botocore") -> SentBody:
    return SentBody(
        body, "https://s3.amazonaws.com/", sys.modules[f"{package}.httpchecksum"], sys.modules[f"{package}.exceptions"]
    )


def wrapper(raw: Any, checksum: Any = CRC32, **keywords: Any) -> Any:
    return botocore.httpchecksum.AwsChunkedWrapper(raw, checksum_cls=checksum, checksum_name=NAME, **keywords)


class OnlyRead:
    """A user's stream: `read` with an amount, and nothing else."""

    def __init__(self, data: bytes) -> None:
        self._stream = io.BytesIO(data)

    def read(self, amount: int) -> bytes:
        return self._stream.read(min(amount, 100))


class Failing(io.RawIOBase):
    """A stream that breaks."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        raise self._error


@pytest.mark.parametrize("body", [None, DATA, "text", bytearray(DATA), [b"", b"ab", b"", b"cd", b"ef"], OnlyRead(DATA)])
def test_any_body_can_break_off(body: Any) -> None:
    sent(body).skip(3)
    sent(iter(body) if isinstance(body, list) else body).skip(10**9)


def test_a_stream_that_fails_while_a_request_breaks_off_is_the_clients_own_failure() -> None:
    taken = sent(Failing(OSError("gone")))
    with pytest.raises(botocore.exceptions.ConnectionClosedError):
        taken.skip(1)
    assert isinstance(taken.failure, botocore.exceptions.ConnectionClosedError)


def test_bytes_stay_the_very_same_object() -> None:
    assert sent(DATA).read() is DATA
    assert sent(io.BytesIO(DATA)).read() is DATA
    assert sent(wrapper(io.BytesIO(DATA))).read() is DATA


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (None, b""),
        ("text ü", "text ü".encode()),
        (bytearray(DATA), DATA),
        (memoryview(DATA), DATA),
        ([b"a", b"b"], b"ab"),
        (OnlyRead(DATA), DATA),
        (io.StringIO("caf\u00e9"), b"caf\xe9"),  # http.client sends text files as ISO-8859-1
    ],
)
def test_every_kind_of_body_is_read_whole(body: Any, expected: bytes) -> None:
    taken = sent(body)
    assert taken.as_read_trailer is None
    assert taken.read() == expected


def test_a_stream_is_read_from_where_it_stands() -> None:
    stream = io.BytesIO(DATA)
    stream.seek(4)
    assert sent(stream).read() == DATA[4:]
    stream.seek(4)
    assert sent(wrapper(stream)).read() == DATA[4:]


def test_a_part_of_a_file_is_read_as_its_part(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(DATA)
    told: list[int] = []

    def count(bytes_transferred: int) -> None:
        told.append(bytes_transferred)

    chunk = ReadFileChunk.from_filename(str(tmp_path / "file"), 100, 50, callbacks=[count])
    with chunk:
        taken = sent(wrapper(chunk))
        assert taken.as_read_trailer == NAME
        assert taken.read() == DATA[100:150]
    assert sum(told) == 50  # the progress bar of the client moved


@pytest.mark.parametrize("package", ["botocore", "ibm_botocore"])
def test_a_plain_wrapper_is_taken_as_read(package: str) -> None:
    checksums: ModuleType = sys.modules[f"{package}.httpchecksum"]
    made = checksums.AwsChunkedWrapper(
        io.BytesIO(DATA), checksum_cls=checksums.Sha256Checksum, checksum_name="X-Amz-Checksum-SHA256"
    )
    taken = sent(made, package)
    assert taken.as_read_trailer == "x-amz-checksum-sha256"
    assert taken.read() == DATA


class OwnChecksum(CRC32):
    """A digest of the user's own."""


class OwnWrapper(botocore.httpchecksum.AwsChunkedWrapper):
    """A wrapper of the user's own."""


class NotSeekable(io.BytesIO):
    """A pipe."""

    def seekable(self) -> bool:
        return False


@pytest.mark.parametrize(
    "make",
    [
        lambda: wrapper(io.BytesIO(DATA), OwnChecksum),
        lambda: OwnWrapper(io.BytesIO(DATA), checksum_cls=CRC32, checksum_name=NAME),
        lambda: wrapper(NotSeekable(DATA)),
        lambda: wrapper(OnlyRead(DATA), chunk_size=100),
    ],
    ids=["own checksum class", "own wrapper", "not seekable", "no seek"],
)
def test_any_other_wrapper_keeps_its_framing_and_trailer(make: Any) -> None:
    expected = b"".join(make())
    taken = sent(make())
    assert taken.as_read_trailer is None
    assert taken.read() == expected
    assert NAME.encode() in expected


def test_a_wrapper_that_somebody_read_from_keeps_its_framing() -> None:
    for checksum in (CRC32, botocore.httpchecksum.Sha256Checksum):
        touched = wrapper(io.BytesIO(DATA), checksum, chunk_size=1000)
        next(iter(touched))
        assert sent(touched).as_read_trailer is None


@pytest.mark.parametrize("package", ["botocore", "ibm_botocore"])
@pytest.mark.parametrize(
    ("error", "becomes"),
    [
        (OSError("disk"), "ConnectionClosedError"),
        (TimeoutError("slow"), "ConnectionClosedError"),
        (ValueError("bug"), "HTTPClientError"),
    ],
)
def test_a_failing_stream_becomes_the_clients_own_error(package: str, error: Exception, becomes: str) -> None:
    kind = getattr({"botocore": botocore, "ibm_botocore": ibm_botocore}[package].exceptions, becomes)
    taken = sent(Failing(error), package)
    with pytest.raises(kind) as caught:
        taken.read()
    assert type(caught.value) is kind
    assert taken.failure is caught.value


def test_an_interrupted_transfer_stays_interrupted() -> None:
    taken = sent(Failing(CancelledError()))
    with pytest.raises(CancelledError):
        taken.read()
    assert taken.failure is not None


class TestAnswers:
    """The raw stream of an answer."""

    def test_one_piece_is_the_stored_object_itself(self) -> None:
        raw = raw_stream(Content.of(DATA))
        assert isinstance(raw, WholeBody)
        assert raw.read() is DATA
        assert b"".join(raw_stream(DATA).stream()) is DATA

    def test_pieces_are_streamed_without_a_copy(self) -> None:
        pieces = (b"a" * 10, b"b" * 10)
        assert [
            piece is stored for piece, stored in zip(JoinedBody(Content(pieces)).stream(), pieces, strict=True)
        ] == [True, True]

    @given(st.lists(st.binary(max_size=20), max_size=5), st.lists(st.integers(0, 30), max_size=10))
    def test_reading_by_amounts_is_reading(self, pieces: list[bytes], amounts: list[int]) -> None:
        whole, raw = io.BytesIO(b"".join(pieces)), JoinedBody(Content(pieces))
        for amount in amounts:
            assert raw.read(amount) == whole.read(amount)
            assert raw.tell() == whole.tell()
        assert raw.read() == whole.read()
        assert raw.read(1) == raw.read() == b""

    @given(st.lists(st.binary(max_size=20), max_size=5), st.integers(1, 30))
    def test_reading_into_a_buffer_is_reading(self, pieces: list[bytes], amount: int) -> None:
        def read_all() -> Iterator[bytes]:
            raw, buffer = JoinedBody(Content(pieces)), bytearray(amount)
            while count := raw.readinto(buffer):
                yield bytes(buffer[:count])

        assert b"".join(read_all()) == b"".join(pieces)

    def test_lines_are_read_across_pieces(self) -> None:
        raw = JoinedBody(Content((b"one\ntw", b"o\n", b"three")))
        assert raw.readable()
        assert raw.readlines() == [b"one\n", b"two\n", b"three"]

    def test_views_are_given_as_bytes(self) -> None:
        raw = raw_stream(Content((memoryview(DATA)[1:9],)))
        assert raw.read() == DATA[1:9]
        assert isinstance(raw_stream(Content((memoryview(DATA)[1:9],))).read(3), bytes)

    def test_a_closed_stream_is_closed(self) -> None:
        raw = JoinedBody(Content((b"a", b"b")))
        raw.close()
        with pytest.raises(ValueError, match="closed"):
            raw.read()


def test_a_client_may_set_a_time_out_of_the_socket(package: ModuleType) -> None:
    with FakeCOS(limits=Limits(min_part_size=1)) as cos:
        cos.create_bucket("photos")
        client = package.client("s3")
        client.put_object(Bucket="photos", Key="whole", Body=b"ab")
        up = {"Bucket": "photos", "Key": "parts"}
        up["UploadId"] = client.create_multipart_upload(**up)["UploadId"]
        sent = [client.upload_part(**up, PartNumber=n, Body=body)["ETag"] for n, body in ((1, b"a"), (2, b"b"))]
        parts = [{"PartNumber": n, "ETag": etag} for n, etag in enumerate(sent, 1)]
        client.complete_multipart_upload(**up, MultipartUpload={"Parts": parts})
        for key in ("whole", "parts"):
            body = client.get_object(Bucket="photos", Key=key)["Body"]
            body.set_socket_timeout(1.5)
            assert body.read() == b"ab"

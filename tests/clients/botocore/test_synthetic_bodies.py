"""A SyntheticBody through boto3 is stored as the bytes that it stands for would be, whatever is done with them then."""

from __future__ import annotations

import base64
import hashlib
import threading
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config

from fakecos import FakeCOS, Limits, SyntheticBody, UsageError
from fakecos.contract.steps.refused import refused
from fakecos.facts import checksums
from fakecos.faults import Corrupt, Meanwhile
from fakecos.model.synthetic_bytes import PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KIB, MIB, GIB, TIB = (1024**power for power in (1, 2, 3, 4))
BUCKET, KEY = "photos", "big"
OBJECT = {"Bucket": BUCKET, "Key": KEY}
SIZE = 3 * MIB + 5
REAL = SyntheticBody(SIZE, seed=4).read()


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with FakeCOS(limits=Limits(min_part_size=1)) as fake:
        fake.create_bucket(BUCKET)
        yield fake


@pytest.fixture
def s3(cos: FakeCOS) -> Any:
    return cos.client()


def stored_without_bytes(cos: FakeCOS, key: str = KEY) -> bool:
    return not cos.bucket(BUCKET).objects[key].content.is_held


def test_it_is_the_same_object_as_that_of_the_real_bytes(cos: FakeCOS, s3: Any) -> None:
    s3.put_object(**OBJECT, Body=SyntheticBody(SIZE, seed=4))
    s3.put_object(Bucket=BUCKET, Key="real", Body=REAL)
    objects = cos.bucket(BUCKET).objects
    assert objects[KEY] == objects["real"] == REAL
    assert objects[KEY] == SyntheticBody(SIZE, seed=4)
    assert objects[KEY] != SyntheticBody(SIZE, seed=5)
    assert objects[KEY].etag == hashlib.md5(REAL, usedforsecurity=False).hexdigest()
    assert stored_without_bytes(cos)
    assert s3.get_object(**OBJECT)["Body"].read() == REAL
    assert s3.get_object(**OBJECT, Range="bytes=1048570-1048580")["Body"].read() == REAL[1048570:1048581]


def test_it_is_sent_from_where_it_is(cos: FakeCOS, s3: Any) -> None:
    body = SyntheticBody(SIZE, seed=4)
    body.seek(100)
    s3.put_object(**OBJECT, Body=body)
    assert cos.bucket(BUCKET).objects[KEY].body == REAL[100:]


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
def test_each_checksum_of_the_client_is_right(cos: FakeCOS, s3: Any, algorithm: str) -> None:
    row = checksums.ALGORITHMS[algorithm]
    answer = s3.put_object(**OBJECT, Body=SyntheticBody(SIZE, seed=4), ChecksumAlgorithm=algorithm)
    assert answer[row.member] == row.encode(row.compute((REAL,)))
    assert stored_without_bytes(cos)


@pytest.mark.parametrize("endpoint", ["https://s3.us-east-1.amazonaws.com", "http://s3.us-east-1.amazonaws.com"])
def test_by_either_scheme(cos: FakeCOS, endpoint: str) -> None:
    # Without TLS botocore reads the body itself: for the checksum in a header, and for the signature.
    boto3.client("s3", endpoint_url=endpoint).put_object(**OBJECT, Body=SyntheticBody(SIZE, seed=4))
    assert cos.bucket(BUCKET).objects[KEY] == REAL
    assert stored_without_bytes(cos)


def test_a_wrong_checksum_is_refused(cos: FakeCOS, s3: Any) -> None:
    # recorded aws-multipart 30: BadDigest; a digest that nobody compares would be no check
    wrong = checksums.CRC32.encode(b"\0\0\0\1")
    with refused(cos, "BadDigest", status=400):
        s3.put_object(**OBJECT, Body=SyntheticBody(SIZE), ChecksumCRC32=wrong)
    with refused(cos, "BadDigest", status=400):
        s3.put_object(**OBJECT, Body=SyntheticBody(SIZE), ContentMD5=base64.b64encode(bytes(16)).decode())


def test_a_part_that_is_too_large_is_refused_before_it_is_read(cos: FakeCOS, s3: Any) -> None:
    # documented: a part has 5 GiB at most
    upload = s3.create_multipart_upload(**OBJECT)["UploadId"]
    with refused(cos, "EntityTooLarge", status=400):
        s3.upload_part(**OBJECT, UploadId=upload, PartNumber=1, Body=SyntheticBody(5 * GIB + 1))


def in_parts(s3: Any, bodies: list[SyntheticBody], key: str = KEY, **parameters: Any) -> Any:
    named = {"Bucket": BUCKET, "Key": key}
    upload = s3.create_multipart_upload(**named, **parameters)["UploadId"]
    parts = []
    for number, body in enumerate(bodies, 1):
        answer = s3.upload_part(**named, UploadId=upload, PartNumber=number, Body=body)
        parts.append({"PartNumber": number, "ETag": answer["ETag"]})
    return s3.complete_multipart_upload(**named, UploadId=upload, MultipartUpload={"Parts": parts})


def test_an_upload_in_parts_has_the_digests_of_the_real_bytes(cos: FakeCOS, s3: Any) -> None:
    answer = in_parts(s3, [SyntheticBody(SIZE, seed=4), SyntheticBody(SIZE, seed=4), SyntheticBody(10, seed=9)])
    whole = REAL + REAL + SyntheticBody(10, seed=9).read()
    md5s = [hashlib.md5(part, usedforsecurity=False).digest() for part in (REAL, REAL, whole[-10:])]
    assert answer["ETag"] == f'"{hashlib.md5(b"".join(md5s), usedforsecurity=False).hexdigest()}-3"'
    crc = checksums.CRC64NVME
    assert answer["ChecksumCRC64NVME"] == crc.encode(crc.compute((whole,)))
    assert s3.get_object(**OBJECT)["Body"].read() == whole
    assert s3.get_object(**OBJECT, PartNumber=2)["Body"].read() == REAL
    assert cos.bucket(BUCKET).objects[KEY].parts[2] == SyntheticBody(SIZE, seed=4)


def test_a_copy_of_a_range_holds_no_bytes_either(cos: FakeCOS, s3: Any) -> None:
    s3.put_object(**OBJECT, Body=SyntheticBody(SIZE, seed=4))
    source = {"Bucket": BUCKET, "Key": KEY}
    s3.copy_object(Bucket=BUCKET, Key="copy", CopySource=source)
    other = {"Bucket": BUCKET, "Key": "ranged"}
    upload = s3.create_multipart_upload(**other)["UploadId"]
    part = {**other, "UploadId": upload, "PartNumber": 1}
    copied = s3.upload_part_copy(**part, CopySource=source, CopySourceRange="bytes=7-2000000")["CopyPartResult"]
    assert copied["ETag"] == f'"{hashlib.md5(REAL[7:2000001], usedforsecurity=False).hexdigest()}"'
    named = [{"PartNumber": 1, "ETag": copied["ETag"]}]
    s3.complete_multipart_upload(**other, UploadId=upload, MultipartUpload={"Parts": named})
    assert cos.bucket(BUCKET).objects["copy"] == REAL
    assert cos.bucket(BUCKET).objects["ranged"] == REAL[7:2000001]
    assert stored_without_bytes(cos, "copy")
    assert stored_without_bytes(cos, "ranged")


def test_a_file_object_that_s3transfer_reads_is_stored_without_its_bytes(cos: FakeCOS, s3: Any) -> None:
    s3.upload_fileobj(SyntheticBody(20 * MIB, seed=4), BUCKET, KEY)
    stored = cos.bucket(BUCKET).objects[KEY]
    assert len(stored.parts) == 3
    assert stored == SyntheticBody(20 * MIB, seed=4)
    assert stored_without_bytes(cos)


def test_many_threads_that_send_equal_parts_take_one_digest(cos: FakeCOS, s3: Any) -> None:
    upload = cos.start_upload(BUCKET, KEY).upload_id

    def send(number: int) -> None:
        s3.upload_part(**OBJECT, UploadId=upload, PartNumber=number, Body=SyntheticBody(SIZE, seed=4))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    parts = cos.bucket(BUCKET).uploads[upload].parts
    assert {part.etag for part in parts.values()} == {hashlib.md5(REAL, usedforsecurity=False).hexdigest()}
    assert len({id(part.content) for part in parts.values()}) == 1


# --- by hand ------------------------------------------------------------------------------------------------


def test_what_is_larger_than_one_put_is_stored_by_hand_in_equal_parts() -> None:
    # documented: a PutObject takes 5 GiB, so a larger object was uploaded in parts
    body = SyntheticBody(40 * MIB, seed=1)
    with FakeCOS(limits=Limits(max_put_size=8 * MIB, max_parts=10)) as cos:
        cos.create_bucket(BUCKET)
        stored = cos.put_object(BUCKET, KEY, body, ContentType="video/mp4", Metadata={"camera": "Leica"})
        assert stored == body
        assert {part.size for part in stored.parts.values()} == {6 * PERIOD, 40 * MIB - 6 * 6 * PERIOD}
        assert len(stored.parts) == 7
        assert (stored.content_type, stored.metadata) == ("video/mp4", {"camera": "Leica"})
        assert not cos.journal
        body.seek(-100, 2)
        assert cos.client().get_object(**OBJECT, Range="bytes=-100")["Body"].read() == body.read()
        assert not cos.bucket(BUCKET).uploads


@pytest.mark.parametrize("algorithm", ["CRC32", "CRC32C", "CRC64NVME", "MD5", "SHA1", "SHA256", "SHA512"])
def test_what_is_stored_by_hand_in_parts_has_the_checksum_that_is_asked_for(algorithm: str) -> None:
    with FakeCOS(limits=Limits(max_put_size=8 * MIB, max_parts=10)) as cos:
        cos.create_bucket(BUCKET)
        stored = cos.put_object(BUCKET, KEY, SyntheticBody(20 * MIB), ChecksumAlgorithm=algorithm)
        assert list(stored.checksums) == [algorithm]
        assert {tuple(part.checksums) for part in stored.parts.values()} == {(algorithm,)}


def test_what_is_refused_at_the_end_leaves_no_upload_open() -> None:
    with FakeCOS(limits=Limits(max_put_size=8 * MIB, max_object_size=10 * MIB)) as cos:
        cos.create_bucket(BUCKET)
        with pytest.raises(UsageError, match="S3 would refuse CompleteMultipartUpload"):
            cos.put_object(BUCKET, KEY, SyntheticBody(20 * MIB))
        assert not cos.bucket(BUCKET).objects
        assert not cos.bucket(BUCKET).uploads


def test_what_no_upload_can_hold_is_not_stored_by_hand(cos: FakeCOS) -> None:
    with pytest.raises(UsageError, match=r"does not fit into 10,000 parts of 5,368,693,760 bytes"):
        cos.put_object(BUCKET, KEY, SyntheticBody(50 * TIB))
    with pytest.raises(UsageError, match="CreateMultipartUpload has no parameter 'IfNoneMatch'"):
        cos.put_object(BUCKET, KEY, SyntheticBody(6 * GIB), IfNoneMatch="*")
    assert not cos.bucket(BUCKET).objects
    assert not cos.bucket(BUCKET).uploads


def test_an_upload_can_be_begun_by_hand(cos: FakeCOS, s3: Any) -> None:
    body = SyntheticBody(SIZE, seed=4)
    upload = cos.start_upload(BUCKET, KEY, [body, b"real"], ChecksumAlgorithm="CRC32")
    cos.assert_parts(BUCKET, KEY, [body, b"real"])
    parts = [
        {"PartNumber": part.number, "ETag": part.etag, "ChecksumCRC32": part.checksums["CRC32"]}
        for part in upload.parts.values()
    ]
    s3.complete_multipart_upload(**OBJECT, UploadId=upload.upload_id, MultipartUpload={"Parts": parts})
    cos.assert_object(BUCKET, KEY, body=REAL + b"real")


def test_an_assertion_shows_where_it_differs(cos: FakeCOS) -> None:
    cos.put_object(BUCKET, KEY, SyntheticBody(SIZE, seed=4))
    with pytest.raises(AssertionError, match="first difference at offset 3,145,733"):
        cos.assert_object(BUCKET, KEY, body=SyntheticBody(5 * TIB, seed=4))


def test_a_snapshot_brings_it_back(cos: FakeCOS) -> None:
    cos.put_object(BUCKET, KEY, SyntheticBody(SIZE, seed=4))
    before = cos.snapshot()
    cos.put_object(BUCKET, KEY, b"other")
    cos.restore(before)
    assert cos.bucket(BUCKET).objects[KEY] == REAL


# --- what cannot be had -----------------------------------------------------------------------------------------


@pytest.fixture
def huge(cos: FakeCOS, s3: Any) -> None:
    in_parts(s3, [SyntheticBody(SIZE, seed=4)])
    held = cos.store.buckets[BUCKET]
    stored = held.objects[KEY]
    held.replace(stored.changed(content=SyntheticBody(48 * TIB, seed=4).content))


@pytest.mark.usefixtures("huge")
def test_tebibytes_do_not_come_in_one_piece(cos: FakeCOS, s3: Any) -> None:
    stored = cos.bucket(BUCKET).objects[KEY]
    with pytest.raises(UsageError, match="look at a range of them"):
        _ = stored.body
    body = s3.get_object(**OBJECT)["Body"]
    with pytest.raises(MemoryError, match="read the answer in pieces"):
        body.read()
    assert body.read(100) == REAL[:100]
    assert next(body.iter_chunks(5)) == REAL[100:105]
    assert stored == SyntheticBody(48 * TIB, seed=4)


@pytest.mark.usefixtures("huge")
def test_tebibytes_are_not_written_into_files(cos: FakeCOS, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="52,776,558,133,248 bytes are stored, and there is room for"):
        cos.dump_directory(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("huge")
def test_one_bit_of_tebibytes_can_rot(cos: FakeCOS, s3: Any) -> None:
    cos.corrupt_stored(BUCKET, KEY, bit=-1)
    body = SyntheticBody(48 * TIB, seed=4)
    assert cos.bucket(BUCKET).objects[KEY] != body
    body.seek(-10, 2)
    read = s3.get_object(**OBJECT, Range="bytes=-10")["Body"].read()
    wanted = body.read()
    assert (read[:9], read[9] ^ wanted[9]) == (wanted[:9], 0x80)


# --- what goes wrong on the way ---------------------------------------------------------------------------------


@pytest.mark.parametrize("corrupt", [Corrupt.flip(9), Corrupt.flip(-1), Corrupt.pad(3), Corrupt.repeat(5, at=7)])
def test_an_answer_is_corrupted_as_that_of_real_bytes(cos: FakeCOS, corrupt: Corrupt) -> None:
    s3 = boto3.client("s3", config=Config(response_checksum_validation="when_required"))
    cos.put_object(BUCKET, KEY, SyntheticBody(SIZE, seed=4))
    cos.inject("GetObject", corrupt_answer=corrupt)
    assert s3.get_object(**OBJECT)["Body"].read() == corrupt.change(REAL)


def test_an_answer_that_is_cut_off_ends_there(cos: FakeCOS, s3: Any) -> None:
    cos.put_object(BUCKET, KEY, SyntheticBody(SIZE, seed=4))
    cos.inject("GetObject", corrupt_answer=Corrupt.short(to=PERIOD + 1))
    assert s3.get_object(**OBJECT)["Body"].read() == REAL[: PERIOD + 1]


def test_a_body_that_is_corrupted_on_the_way_is_refused(cos: FakeCOS, s3: Any) -> None:
    cos.inject("PutObject", corrupt=Corrupt.flip(12345), times=None)
    with refused(cos, "BadDigest", status=400):
        s3.put_object(**OBJECT, Body=SyntheticBody(SIZE, seed=4))


def test_somebody_else_may_write_in_between(cos: FakeCOS, s3: Any) -> None:
    cos.put_object(BUCKET, KEY, SyntheticBody(SIZE, seed=4))
    cos.inject("GetObject", meanwhile=Meanwhile.OBJECT_REPLACED)
    other = s3.get_object(**OBJECT)["Body"].read()
    assert len(other) == SIZE
    assert other != REAL


# --- other doors ------------------------------------------------------------------------------------------------


def test_it_is_streamed_over_a_socket(cos: FakeCOS) -> None:
    cos.put_object(BUCKET, KEY, SyntheticBody(SIZE, seed=4))
    keys: dict[str, Any] = {
        "aws_access_key_id": "AKIDTEST",
        "aws_secret_access_key": "secret",
        "region_name": "us-east-1",
    }
    with cos.serve(environment=False) as server:
        s3 = boto3.client("s3", endpoint_url=server.endpoint_url, **keys)
        assert s3.get_object(**OBJECT)["Body"].read() == REAL
        s3.put_object(Bucket=BUCKET, Key="sent", Body=SyntheticBody(SIZE, seed=4))
        s3.close()
    assert cos.bucket(BUCKET).objects["sent"] == REAL


def test_a_presigned_url_takes_it(cos: FakeCOS, s3: Any) -> None:
    requests = pytest.importorskip("requests")
    url = s3.generate_presigned_url("put_object", OBJECT)
    assert requests.put(url, data=SyntheticBody(SIZE, seed=4), timeout=10).ok
    assert cos.bucket(BUCKET).objects[KEY] == REAL
    assert stored_without_bytes(cos)

"""Bytes that no memory holds are the same bytes as if one did: read, sliced, joined, digested and compared."""

from __future__ import annotations

import copy
import hashlib
import io
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fakecos import SyntheticBody, UsageError
from fakecos.facts import checksums
from fakecos.model.content import Content
from fakecos.model.recognised_bytes import FROM, recognised
from fakecos.model.synthetic_bytes import PERIOD, SyntheticBytes, block
from fakecos.testing.assertions.bodies import first_difference

SIZE = 3 * PERIOD + 1000
TIB = 1024**4
# By another way than fakecos': the rule that the docs give.
REAL = (hashlib.shake_128(b"7").digest(PERIOD) * 4)[:SIZE]
PLACES = st.integers(0, SIZE)
EDGES = st.sampled_from([0, 1, PERIOD - 1, PERIOD, PERIOD + 1, 2 * PERIOD, SIZE - 1, SIZE])
SPANS = st.tuples(PLACES | EDGES, PLACES | EDGES).map(sorted)


def test_the_content_is_what_the_docs_say() -> None:
    assert SyntheticBody(SIZE, seed=7).read() == REAL
    assert SyntheticBody(10).read() == hashlib.shake_128(b"0").digest(10)


def test_the_period_is_prime() -> None:
    # because: with any other, some parts in a wrong order would have the right bytes
    assert all(PERIOD % number for number in range(2, int(PERIOD**0.5) + 1))


@given(SPANS)
@example([0, SIZE])
def test_any_range_is_that_of_the_real_bytes(span: list[int]) -> None:
    low, high = span
    content = SyntheticBody(SIZE, seed=7).content.cut(low, high)
    assert content.read() == REAL[low:high]
    assert b"".join(content.pieces) == REAL[low:high]
    assert len(content.pieces) == len(list(content.pieces)) if content.size else not content.pieces
    assert [bytes(content.pieces[at]) for at in range(len(content.pieces))] == list(map(bytes, content.pieces))


@settings(max_examples=20)
@given(SPANS)
@example([0, SIZE])
@example([PERIOD, 3 * PERIOD])
def test_each_digest_is_that_of_the_real_bytes(span: list[int]) -> None:
    low, high = span
    content = SyntheticBody(SIZE, seed=7).content.cut(low, high)
    for algorithm in (checksums.CRC32, checksums.CRC32C, checksums.CRC64NVME, checksums.MD5):
        assert content.digest(algorithm) == algorithm.compute((REAL[low:high],))


@pytest.mark.parametrize("algorithm", checksums.ALGORITHMS.values(), ids=repr)
def test_each_algorithm_has_the_digest_of_a_mixture(algorithm: checksums.Algorithm) -> None:
    mixed = Content.join([SyntheticBody(SIZE, seed=7).content, Content.of(b"between"), SyntheticBody(5).content])
    assert mixed.digest(algorithm) == algorithm.compute((REAL + b"between" + block(0)[:5],))


def test_the_crc_of_tebibytes_is_found_at_once() -> None:
    # Independent: by the recurrence of zlib's own crc32 over equal parts, combined one at a time.
    size = 2 * TIB // PERIOD * PERIOD
    whole = SyntheticBody(size).content.digest(checksums.CRC32)
    halves = SyntheticBody(size // 2 // PERIOD * PERIOD).content
    rest = SyntheticBytes(0, 0, size - halves.size)
    digests = [(halves.digest(checksums.CRC32), halves.size), (rest.digest(checksums.CRC32), rest.size)]
    assert checksums.CRC32.combine(digests) == whole
    assert SyntheticBody(PERIOD).content.digest(checksums.CRC32) == zlib.crc32(block(0)).to_bytes(4, "big")


def test_parts_of_it_that_follow_each_other_are_one_again() -> None:
    body = SyntheticBody(5 * TIB)
    content = body.content
    parts = [content.cut(0, TIB), content.cut(TIB, TIB + 1), content.cut(TIB + 1, 5 * TIB)]
    assert Content.join(parts).segments == content.segments


@pytest.mark.parametrize("place", [0, PERIOD, 4 * TIB + 5])
def test_where_two_differ_is_found_without_reading_what_is_the_same(place: int) -> None:
    content = SyntheticBody(5 * TIB).content
    wrong = bytes([content.cut(place, place + 1).read()[0] ^ 1])
    other = Content.join([content.cut(0, place), Content.of(wrong), content.cut(place + 1, content.size)])
    assert first_difference(content, other) == first_difference(other, content) == place
    assert first_difference(content, content.cut(0, 4 * TIB)) == 4 * TIB
    assert first_difference(content, SyntheticBody(5 * TIB, seed=1).content) == 0
    assert first_difference(SyntheticBody(SIZE, seed=7).content, Content.of(REAL)) is None


def test_what_does_not_fit_into_memory_is_not_read_into_it() -> None:
    body = SyntheticBody(5 * TIB)
    with pytest.raises(UsageError, match=r"5,497,558,138,880 bytes .*content\.slice\(first, last\)\.read\(\)"):
        body.read()
    assert body.tell() == 0


# --- the file -----------------------------------------------------------------------------------------------


def test_it_is_a_file_like_any_other() -> None:
    body, file = SyntheticBody(SIZE, seed=7), io.BytesIO(REAL)
    for stream in (body, file):
        assert stream.readable()
        assert stream.seekable()
    assert not body.writable()
    steps = [(10, 0), (PERIOD - 5, 0), (3, 1), (-7, 2), (0, 2), (SIZE + 5, 0), (0, 0)]
    for offset, whence in steps:
        assert body.seek(offset, whence) == file.seek(offset, whence)
        assert body.read(20) == file.read(20)
        assert body.tell() == file.tell()
    target = bytearray(100)
    assert body.readinto(target) == 100
    assert target == REAL[20:120]
    assert body.read1(5) == REAL[120:125]


def test_a_closed_one_cannot_be_read() -> None:
    with SyntheticBody(10) as body:
        assert body.read(1)
    for use in (body.read, body.tell, body.rest, lambda: body.seek(0)):
        with pytest.raises(ValueError, match="closed file"):
            use()


@pytest.mark.parametrize(("offset", "whence", "says"), [(-1, 0, "negative"), (0, 3, "whence"), (-11, 2, "negative")])
def test_it_cannot_be_moved_before_its_start(offset: int, whence: int, says: str) -> None:
    body = SyntheticBody(10)
    with pytest.raises(ValueError, match=says):
        body.seek(offset, whence)
    assert body.tell() == 0


@pytest.mark.parametrize("given", [(-1,), (1.5,), ("5 GiB",), (True,), (5, "x"), (5, None)])
def test_a_size_is_a_number_of_bytes(given: tuple[object, ...]) -> None:
    with pytest.raises(UsageError, match="SyntheticBody"):
        SyntheticBody(*given)  # type: ignore[arg-type]


def test_two_are_equal_if_their_bytes_are() -> None:
    body = SyntheticBody(10, seed=3)
    body.read(2)
    assert body == SyntheticBody(10, seed=3)
    assert body != SyntheticBody(10)
    assert body != SyntheticBody(11, seed=3)
    assert len({body, SyntheticBody(10, seed=3)}) == 1
    assert copy.deepcopy(body) == body
    assert repr(body) == "SyntheticBody(10, seed=3)"


# --- what was read, and comes back as bytes -------------------------------------------------------------------


def test_bytes_that_were_read_are_known_again() -> None:
    body = SyntheticBody(SIZE, seed=7)
    body.seek(PERIOD - 3)
    came = Content.of(body.read(2 * FROM))
    md5 = came.md5
    known = recognised(came)
    assert known.segments == (SyntheticBytes(7, PERIOD - 3, 2 * FROM),)
    assert known.md5 == md5


@pytest.mark.parametrize("place", [0, 2 * FROM - 1])
def test_bytes_that_differ_in_one_place_are_not(place: int) -> None:
    data = bytearray(SyntheticBody(2 * FROM, seed=7).read())
    data[place] ^= 1
    came = Content.of(bytes(data))
    assert recognised(came) is came


def test_a_keyword_that_is_misspelt_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"SyntheticBody.* no keyword 'sed'; did you mean seed\?"):
        SyntheticBody(10, sed=1)  # type: ignore[call-arg]
    with pytest.raises(UsageError, match=r"SyntheticBody\(.*size"):
        SyntheticBody()  # type: ignore[call-arg]

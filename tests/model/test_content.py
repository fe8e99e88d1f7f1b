"""Content: bytes kept once, joined and sliced without copying, digested at most once."""

from __future__ import annotations

import _thread
import gc
import hashlib
import threading
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakecos.facts import checksums
from fakecos.facts.checksums import Algorithm
from fakecos.facts.exceptions import MissingExtraError
from fakecos.model.content import BLOCK, EMPTY, SECOND_THREAD_FROM, Content


def counting(name: str, calls: list[str]) -> Algorithm:
    def compute(pieces: object) -> bytes:
        calls.append(name)
        return b"digest"

    return Algorithm(name, 6, (), compute)


def test_the_bytes_that_were_stored_come_back_as_the_same_object() -> None:
    data = b"x" * 1000
    assert Content.of(data).read() is data


def test_a_join_shares_the_pieces_of_its_parts() -> None:
    first, second = Content.of(b"abc"), Content.of(b"defg")
    joined = Content.join([first, EMPTY, second])
    assert joined.size == len(joined) == 7
    assert joined.read() == b"abcdefg"
    assert all(piece is part for piece, part in zip(joined.pieces, (b"abc", b"defg"), strict=True))


def test_a_slice_of_the_whole_is_the_content_itself() -> None:
    content = Content.join([Content.of(b"abc"), Content.of(b"def")])
    assert content.slice(0, 5) is content
    assert content.slice(0, 99) is content


def test_a_slice_that_covers_a_piece_shares_it_and_views_the_others() -> None:
    content = Content.join([Content.of(b"abc"), Content.of(b"def"), Content.of(b"ghi")])
    part = content.slice(2, 6)
    assert part.read() == b"cdefg"
    assert part.pieces[1] is content.pieces[1]
    assert isinstance(part.pieces[0], memoryview)


@given(
    pieces=st.lists(st.binary(max_size=8), max_size=6),
    first=st.integers(0, 40),
    length=st.integers(1, 40),
)
def test_a_slice_is_what_bytes_would_give(pieces: list[bytes], first: int, length: int) -> None:
    content = Content(pieces)
    whole = b"".join(pieces)
    assert content.slice(first, first + length - 1).read() == whole[first : first + length]


def test_a_slice_of_a_slice_reads_right() -> None:
    content = Content([b"abc", b"def", b"ghi"])
    assert content.slice(1, 7).slice(1, 4).read() == b"cdef"


def test_a_digest_is_computed_once() -> None:
    calls: list[str] = []
    algorithm = counting("A", calls)
    content = Content.of(b"x")
    assert content.digest(algorithm) == content.digest(algorithm) == b"digest"
    content.take([algorithm])
    assert calls == ["A"]


def test_a_digest_found_another_way_is_not_computed() -> None:
    calls: list[str] = []
    algorithm = counting("A", calls)
    content = Content.of(b"x")
    content.set_digest(algorithm, b"known")
    content.take([algorithm])
    assert content.digest(algorithm) == b"known"
    assert not calls


def test_the_md5_of_nothing() -> None:
    assert EMPTY.md5 == hashlib.md5(b"", usedforsecurity=False).digest()
    assert EMPTY.read() == b""
    assert not len(EMPTY)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("others", [(checksums.CRC32, checksums.CRC64NVME), (checksums.CRC32C, checksums.SHA256)])
@pytest.mark.parametrize(
    "sizes", [(0,), (1,), (SECOND_THREAD_FROM - 1,), (SECOND_THREAD_FROM,), (BLOCK + 1,), (3 * BLOCK - 1, 5, BLOCK, 7)]
)
def test_digests_taken_together_are_those_taken_alone(
    sizes: tuple[int, ...], others: tuple[Algorithm, ...], threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: threads)
    pieces = [bytes([number]) * size for number, size in enumerate(sizes)]
    content = Content(pieces)
    content.take((checksums.MD5, *others))
    for algorithm in (checksums.MD5, *others):
        assert algorithm.name in content._digests
        assert content.digest(algorithm) == algorithm.compute([b"".join(pieces)])


@pytest.mark.parametrize(
    ("size", "others", "running", "threads"),
    [
        (SECOND_THREAD_FROM - 1, (checksums.CRC32,), 2, 0),
        (SECOND_THREAD_FROM, (checksums.CRC32, checksums.CRC64NVME), 2, 1),
        (SECOND_THREAD_FROM, (checksums.CRC32, checksums.CRC64NVME), 1, 0),
        (SECOND_THREAD_FROM, (checksums.CRC32, checksums.SHA256), 1, 1),
        (SECOND_THREAD_FROM, (), 2, 0),
    ],
)
def test_a_second_thread_takes_digests_of_large_contents_where_they_cannot_take_turns(
    size: int, others: tuple[Algorithm, ...], running: int, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: running)
    started: list[object] = []
    start = _thread.start_new_thread
    monkeypatch.setattr(_thread, "start_new_thread", lambda *args: started.append(start(*args)))
    Content.of(b"q" * size).take((checksums.MD5, *others))
    assert len(started) == threads


def test_what_goes_wrong_on_the_second_thread_is_raised_on_the_first() -> None:
    def fail(pieces: object) -> bytes:
        message = "no such library"
        raise MissingExtraError(message)

    content = Content.of(b"q" * SECOND_THREAD_FROM)
    with pytest.raises(MissingExtraError, match="no such library"):
        content.take((checksums.MD5, Algorithm("BROKEN", 1, (), fail)))


def test_without_a_second_thread_the_digests_are_still_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> int:
        message = "can't start new thread"
        raise RuntimeError(message)

    monkeypatch.setattr(_thread, "start_new_thread", refuse)
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    data = b"q" * SECOND_THREAD_FROM
    content = Content.of(data)
    content.take((checksums.MD5, checksums.CRC32))
    assert content.digest(checksums.CRC32) == checksums.CRC32.compute([data])


@pytest.mark.slow
def test_a_content_that_nobody_holds_frees_its_bytes() -> None:
    content = Content.of(b"x" * 100)
    seen = weakref.ref(content)
    del content
    gc.collect()
    assert seen() is None


def test_the_repr_shows_sizes_and_no_bytes() -> None:
    assert repr(Content([b"secret", b"part"])) == "<Content 10 bytes in 2 pieces>"

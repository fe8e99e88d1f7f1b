"""The heads of requests: what is read by ourselves is what h11 reads, and whatever is odd is left to h11."""

from __future__ import annotations

import io
import random
from typing import Any

import h11
import pytest

from fakecos.serving.request_head import LONGEST_HEAD, NotHttpError, RequestHead, read_head

USUAL = (
    b"PUT /photos/a%20b?partNumber=1&uploadId=x HTTP/1.1\r\nHost: localhost:9000\r\nAccept-Encoding: identity\r\n"
    b"User-Agent: Boto3/1.40 md/Botocore#1.40 ua/2.1\r\nX-Amz-Meta-A:  b c \r\nContent-Length: 3\r\n"
    b"Expect: 100-continue\r\nConnection: Keep-Alive\r\n\r\n"
)
CHUNKED = USUAL.replace(b"Content-Length: 3", b"Transfer-Encoding: chunked")
ODD = (
    (b"Host: localhost:9000\r\n", b""),
    (b"Host:", b"Host :"),
    (b"Accept-Encoding: identity", b"Accept-Encoding: iden\ttity"),
    (b"Accept-Encoding: identity", b"Accept-Encoding: iden\xc3\xa9"),
    (b"X-Amz-Meta-A", b"X_Amz_Meta_A"),
    (b"Accept-Encoding", b"Host"),
    (b"Accept-Encoding", b"Transfer-Encoding"),
    (b"Accept-Encoding: identity", b"Upgrade: h2c"),
    (b"Content-Length: 3", b"Content-Length: +3"),
    (b"Content-Length: 3", b"Content-Length: 3\r\nContent-Length: 3"),
    (b"Content-Length: 3", b"Content-Length: 3\r\nTransfer-Encoding: chunked"),
    (b"Content-Length: 3", b"Content-Length: " + b"3" * 21),
    (b"100-continue", b"200-continue"),
    (b"Keep-Alive", b"close"),
    (b"HTTP/1.1", b"HTTP/1.0"),
    (b"HTTP/1.1", b"HTTP/1.2"),
    (b"PUT ", b"PATCH "),
    (b"PUT ", b"put "),
    (b"PUT ", b"PUT  "),
    (b"/photos", b"http://localhost:9000/photos"),
    (b"/photos", b"/pho tos"),
    (b"/photos", b"/\x7f"),
    (b"\r\nUser-Agent", b"\nUser-Agent"),
    (b"\r\nUser-Agent", b"\r\n User-Agent"),
    (b"PUT", b"\r\nPUT"),
    (b"b c", b"b" * LONGEST_HEAD),
)


def by_h11(raw: bytes) -> Any:
    """Return what h11 reads of a head, None for what it refuses."""
    wire = h11.Connection(h11.SERVER, max_incomplete_event_size=LONGEST_HEAD)
    try:
        wire.receive_data(raw)
        head = wire.next_event()
    except (h11.RemoteProtocolError, ValueError):
        return None
    if not isinstance(head, h11.Request) or head.http_version not in {b"1.0", b"1.1"}:
        return None
    headers: dict[str, str] = {}
    for name, value in head.headers:
        known = name.decode(), value.decode("latin-1")
        headers[known[0]] = f"{headers[known[0]]},{known[1]}" if known[0] in headers else known[1]
    waits = wire.they_are_waiting_for_100_continue
    return head.method.decode(), head.target.decode(), headers, waits


def by_us(raw: bytes) -> tuple[RequestHead | None, bytes]:
    """Return what is read, and what is left of the stream."""
    arriving: io.RawIOBase = io.BytesIO(raw + b"abc")  # type: ignore[assignment]
    stream: io.BufferedReader = io.BufferedReader(arriving)
    try:
        return read_head(stream), stream.read()
    except NotHttpError:
        return None, b""


@pytest.mark.parametrize("raw", [USUAL, CHUNKED], ids=["of a length", "in chunks"])
def test_what_clients_send_is_read_without_h11_and_just_as_h11_reads_it(raw: bytes) -> None:
    head, left = by_us(raw)
    assert head is not None
    assert head.is_usual
    assert (head.method, head.target, head.headers, head.waits) == by_h11(raw)
    assert left == b"abc"


def test_what_follows_a_usual_head_can_be_judged_by_h11() -> None:
    head, _ = by_us(CHUNKED)
    assert head is not None
    head.wire.receive_data(b"3\r\nabc\r\n0\r\n\r\n")
    assert [type(head.wire.next_event()) for _ in range(2)] == [h11.Data, h11.EndOfMessage]
    assert head.is_usual


@pytest.mark.parametrize(("part", "odd"), ODD, ids=lambda part: part[:24].decode("latin-1"))
def test_an_odd_head_is_for_h11(part: bytes, odd: bytes) -> None:
    raw = USUAL.replace(part, odd, 1)
    assert raw != USUAL
    head, _ = by_us(raw)
    assert head is None or not head.is_usual


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_no_head_is_read_in_another_way_than_h11_reads_it(seed: int) -> None:
    """Bytes are changed, lost and doubled by chance: what is taken for usual is what h11 reads, and never less."""
    chance = random.Random(seed)
    usual = 0
    for _ in range(1500):
        raw = bytearray(chance.choice((USUAL, CHUNKED)))
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(raw) - 4)
            what = chance.choice(b"\r\n\t :,;/?aZ09-_\x00\x7f\xe9") if chance.random() < 0.8 else chance.randrange(256)
            change = chance.choice(("change", "lose", "double"))
            raw[at : at + (change != "double")] = b"" if change == "lose" else bytes([what])
        head, _ = by_us(bytes(raw))
        if head is not None and head.is_usual:
            usual += 1
            assert (head.method, head.target, head.headers, head.waits) == by_h11(bytes(raw)), bytes(raw)
    assert usual > 300

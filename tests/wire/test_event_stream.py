"""Messages of an event stream, read by botocore's own reader."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.eventstream import ChecksumMismatch, EventStreamBuffer

from fakecos.wire.event_stream import encoded, message

RECORDS = {"Records": {"Payload": b"a,b\n"}}


def messages(data: bytes) -> list[Any]:
    buffer = EventStreamBuffer()
    buffer.add_data(data)
    return list(buffer)


def test_records_have_three_headers_and_their_bytes() -> None:
    # documented: the appendix of SelectObjectContent
    (found,) = messages(encoded([RECORDS]))
    assert found.headers == {
        ":message-type": "event",
        ":event-type": "Records",
        ":content-type": "application/octet-stream",
    }
    assert found.payload == b"a,b\n"


@pytest.mark.parametrize("kind", ["Cont", "End"])
def test_what_has_no_payload_has_two_headers(kind: str) -> None:
    # documented
    (found,) = messages(encoded([{kind: {}}]))
    assert (found.headers, found.payload) == ({":message-type": "event", ":event-type": kind}, b"")


@pytest.mark.parametrize("kind", ["Progress", "Stats"])
def test_numbers_are_a_document(kind: str) -> None:
    # documented
    details = {"BytesScanned": 512, "BytesProcessed": 1024, "BytesReturned": 1024}
    (found,) = messages(encoded([{kind: {"Details": details}}]))
    assert found.headers[":content-type"] == "text/xml"
    assert found.payload.decode() == (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind}><BytesScanned>512</BytesScanned>'
        f"<BytesProcessed>1024</BytesProcessed><BytesReturned>1024</BytesReturned></{kind}>"
    )


def test_an_error_says_code_and_message_in_its_headers() -> None:
    # documented
    (found,) = messages(encoded([{"Error": {"Code": "CastFailed", "Message": "é"}}]))
    assert found.headers == {":error-code": "CastFailed", ":error-message": "é", ":message-type": "error"}
    assert found.payload == b""


def test_a_message_has_sixteen_bytes_besides_headers_and_payload() -> None:
    # documented
    assert len(message({}, b"payload")) == 16 + len(b"payload")


@pytest.mark.parametrize("place", [3, 8, 14, -1])
def test_a_damaged_message_is_noticed(place: int) -> None:
    # documented: the prelude and the whole message have a CRC each
    data = bytearray(encoded([RECORDS]))
    data[place] ^= 1
    with pytest.raises(ChecksumMismatch):
        messages(bytes(data) + bytes(8))

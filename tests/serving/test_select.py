"""S3 Select over a socket: its stream arrives as in process, and breaks off as one of GetObject."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import EventStreamError
from urllib3.exceptions import ProtocolError

from fakecos.faults import Transport, When
from tests.serving.conftest import BUCKET

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS
    from fakecos.serving.server import Server

pytestmark = [pytest.mark.loopback]


@pytest.fixture
def select(server: Server, make_client: Callable[..., Any]) -> Callable[[str], Any]:
    """Return what selects from the object `table` through the server."""
    client = make_client(server)
    return lambda expression: client.select_object_content(
        Bucket=BUCKET,
        Key="table",
        ExpressionType="SQL",
        Expression=expression,
        InputSerialization={"CSV": {}},
        OutputSerialization={"CSV": {}},
    )["Payload"]


def test_all_events_arrive(cos: FakeCOS, select: Callable[[str], Any]) -> None:
    rows = b"a,b\n" * 100_000
    cos.put_object(BUCKET, "table", rows)
    events = list(select("SELECT * FROM S3Object"))
    assert b"".join(event["Records"]["Payload"] for event in events if "Records" in event) == rows
    assert events[-1] == {"End": {}}


def test_an_error_arrives_in_the_stream(cos: FakeCOS, select: Callable[[str], Any]) -> None:
    cos.put_object(BUCKET, "table", b"1\n" * 100_000 + b"x\n")
    events = select("SELECT CAST(_1 AS INT) FROM S3Object")
    with pytest.raises(EventStreamError, match="CastFailed"):
        list(events)


def test_the_stream_breaks_off(cos: FakeCOS, select: Callable[[str], Any]) -> None:
    cos.put_object(BUCKET, "table", b"a,b\n" * 100_000)
    cos.inject("SelectObjectContent", transport=Transport.RESET, when=When.after_answer_bytes(250_000))
    found: list[Any] = []
    with suppress(ProtocolError):  # over TLS Python takes the end for an end, and only the missing End tells
        found.extend(select("SELECT * FROM S3Object"))
    assert found
    assert {"End": {}} not in found

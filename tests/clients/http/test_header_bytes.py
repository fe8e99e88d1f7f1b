"""Headers outside of ASCII: each library sees what it would see of the bytes that S3 sends."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING

import pytest
import requests

if TYPE_CHECKING:
    from fakecos import FakeCOS
    from tests.clients.http.addresses import Sign

SENT = "\xc4".encode()
AS_LATIN = "\xc3\x84"


@pytest.fixture
def _stored(cos: FakeCOS, sign: Sign) -> None:
    requests.put(sign("put_object"), data=b"1", headers={"Cache-Control": SENT}, timeout=5)


@pytest.mark.usefixtures("_stored")
def test_bytes_of_utf_8_come_back_as_they_were_sent(sign: Sign) -> None:
    """Source: recorded aws-changes 18; how a library reads bytes is its own."""
    assert requests.get(sign("get_object"), timeout=5).headers["Cache-Control"] == AS_LATIN
    with urllib.request.urlopen(sign("get_object"), timeout=5) as answer:  # noqa: S310  of S3
        assert answer.headers["Cache-Control"] == AS_LATIN
    httpx = pytest.importorskip("httpx")
    assert (b"Cache-Control", SENT) in httpx.get(sign("get_object")).headers.raw


@pytest.mark.usefixtures("_stored")
def test_aiohttp_reads_them_as_utf_8(sign: Sign) -> None:
    """Source: measured; the bytes: recorded aws-changes 18."""
    import asyncio

    aiohttp = pytest.importorskip("aiohttp")

    async def cache_control() -> str:
        async with aiohttp.ClientSession() as session, session.get(sign("get_object")) as answer:
            return str(answer.headers["Cache-Control"])

    assert asyncio.run(cache_control()) == "\xc4"


def test_text_of_http_client_is_latin(sign: Sign) -> None:
    """Source: measured: http.client sends text as ISO 8859-1, and S3 gives back the byte (aws-changes 18)."""
    requests.put(sign("put_object"), data=b"1", headers={"Cache-Control": "\xc4"}, timeout=5)
    assert requests.get(sign("get_object"), timeout=5).headers["Cache-Control"] == "\xc4"

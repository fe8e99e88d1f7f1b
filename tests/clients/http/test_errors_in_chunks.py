"""An error of S3 comes in chunks: each library takes them off, and keeps the connection."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest
import requests

if TYPE_CHECKING:
    from tests.clients.http.addresses import Sign

END = b"</HostId></Error>"


def test_requests_and_urllib3(url: Sign) -> None:
    """Source: recorded aws-changes 17."""
    with requests.Session() as session:
        for _ in range(2):
            answer = session.get(url("get_object", "none"), timeout=5)
            assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/xml")
            assert answer.headers["Transfer-Encoding"] == "chunked"
            assert "Content-Length" not in answer.headers
            assert answer.content.endswith(END)
        streamed = session.get(url("get_object", "none"), timeout=5, stream=True)
        assert b"".join(streamed.iter_content(7)).endswith(END)


def test_urllib_request(url: Sign) -> None:
    """Source: recorded aws-changes 17."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(url("get_object", "none"), timeout=5)  # noqa: S310  of S3
    with caught.value as answer:
        assert answer.headers["Transfer-Encoding"] == "chunked"
        assert answer.read().endswith(END)


def test_httpx(url: Sign) -> None:
    """Source: recorded aws-changes 17."""
    httpx = pytest.importorskip("httpx")
    answer = httpx.get(url("get_object", "none"))
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert answer.content.endswith(END)


def test_aiohttp(url: Sign) -> None:
    """Source: recorded aws-changes 17."""
    aiohttp = pytest.importorskip("aiohttp")

    async def read() -> tuple[str, bytes]:
        async with aiohttp.ClientSession() as session:
            for _ in range(2):
                async with session.get(url("get_object", "none")) as answer:
                    found = answer.headers["Transfer-Encoding"], await answer.read()
        return found

    coding, body = asyncio.run(read())
    assert coding == "chunked"
    assert body.endswith(END)


def test_the_answer_to_a_head_has_neither(url: Sign) -> None:
    """Source: public."""
    answer = requests.head(url("head_object", "none"), timeout=5)
    assert (answer.status_code, answer.headers["Content-Type"], answer.content) == (404, "application/xml", b"")
    assert not {"Content-Length", "Transfer-Encoding"} & set(answer.headers)

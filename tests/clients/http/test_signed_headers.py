"""Requests whose header is signed for S3 are answered at any host, as those of a client of botocore are."""

from __future__ import annotations

import asyncio
import urllib.request
from typing import TYPE_CHECKING

import pytest
import requests
import responses
import urllib3
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.clients.http.addresses import BUCKET, stored_body

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakecos import FakeCOS

URL = f"https://minio.test:9000/{BUCKET}/a.jpg"


def signed(method: str, url: str = URL, body: bytes | None = None, service: str = "s3") -> dict[str, str]:
    """Return the headers of a request that somebody signed by hand, or a client that has its own way to sign."""
    request = AWSRequest(method, url, data=body)
    signer = S3SigV4Auth if service == "s3" else SigV4Auth
    signer(Credentials("key", "secret"), service, "us-east-1").add_auth(request)
    return {name: value for name, value in request.headers.items() if name.lower() != "content-length"}


def by_urllib3(method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    with urllib3.PoolManager() as pool:
        return pool.request(method, url, headers=headers, body=body).data


def by_requests(method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    return requests.request(method, url, headers=headers, data=body, timeout=5).content


def by_urllib(method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    request = urllib.request.Request(url, body, dict(headers), method=method)  # noqa: S310  a test's own URL
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
        read: bytes = answer.read()
        return read


def by_httpx(method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    httpx = pytest.importorskip("httpx")
    content: bytes = httpx.request(method, url, headers=headers, content=body).content
    return content


def by_httpx_async(method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    httpx = pytest.importorskip("httpx")

    async def send() -> bytes:
        async with httpx.AsyncClient() as client:
            content: bytes = (await client.request(method, url, headers=headers, content=body)).content
            return content

    return asyncio.run(send())


def by_aiohttp(method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    aiohttp = pytest.importorskip("aiohttp")

    async def send() -> bytes:
        async with aiohttp.ClientSession() as session, session.request(method, url, headers=headers, data=body) as got:
            content: bytes = await got.read()
            return content

    return asyncio.run(send())


@pytest.mark.parametrize("send", [by_urllib3, by_requests, by_urllib, by_httpx, by_httpx_async, by_aiohttp])
def test_a_signed_header_is_enough(
    cos: FakeCOS, send: Callable[[str, str, Mapping[str, str], bytes | None], bytes]
) -> None:
    assert send("PUT", URL, signed("PUT", body=b"holiday"), b"holiday") == b""
    assert stored_body(cos, "a.jpg") == b"holiday"
    assert send("GET", URL, signed("GET"), None) == b"holiday"


def test_what_is_signed_for_another_service_goes_on(cos: FakeCOS) -> None:
    mine = "https://sts.test/"
    with responses.RequestsMock() as mock:
        mock.get(mine, body="somebody")
        assert by_requests("GET", mine, signed("GET", mine, service="sts"), None) == b"somebody"
        control = "https://123456789012.s3-control.us-east-1.amazonaws.com/v20180820/jobs"
        mock.get(control, body="jobs")
        assert by_requests("GET", control, signed("GET", control), None) == b"jobs"
    assert not cos.journal


def test_a_rule_of_one_s_own_wins(cos: FakeCOS) -> None:
    with responses.RequestsMock() as mock:
        mock.get(URL, body="mine")
        assert by_requests("GET", URL, signed("GET"), None) == b"mine"
        assert b"NoSuchKey" in by_requests("GET", f"{URL}x", signed("GET", f"{URL}x"), None)
    assert cos.journal.counts == {"GetObject": 1}

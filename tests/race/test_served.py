"""Clients that only a server reaches: each actor has a server of its own, by whose port its requests are known."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
import pytest

from tests.race.programs import BUCKET

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS, Server

pytestmark = [pytest.mark.loopback, pytest.mark.slow]


def asks(client: Any, method: str, operation: str, body: bytes | None = None) -> bytes:
    """Send a presigned request by http.client, which nobody patches."""
    url = client.generate_presigned_url(operation, Params={"Bucket": BUCKET, "Key": "count"})
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    connection.request(method, f"{parts.path}?{parts.query}", body)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    assert answer.status == 200, data
    return data


def adds(server: Server, amount: int) -> Callable[[], None]:
    client = boto3.client(
        "s3",
        "us-east-1",
        endpoint_url=server.endpoint_url,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )

    def add() -> None:
        count = int(asks(client, "GET", "get_object"))
        asks(client, "PUT", "put_object", str(count + amount).encode())

    return add


def test_a_lost_update_is_found_between_clients_of_two_servers(cos: FakeCOS) -> None:
    """Source: issue 15, section 7: in process or served."""
    cos.put_object(BUCKET, "count", "0")
    with cos.serve(environment=False) as one, cos.serve(environment=False) as other:
        race = cos.race(adds(one, 5), adds(other, -3), servers=[one, other], raise_findings=False)
    assert [(finding.kind, finding.schedule) for finding in race.findings] == [("lost-update", "0110")]
    assert len(race.schedules) >= 4

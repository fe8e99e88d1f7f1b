"""Clients that only a server reaches: each actor has a server of its own, by whose port its requests are known."""

from __future__ import annotations

import http.client
import threading
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
import pytest

from fakecos import UsageError
from fakecos.race import gate
from tests.race.programs import BUCKET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos import FakeCOS, Server

pytestmark = [pytest.mark.loopback, pytest.mark.slow]


def asks(client: Any, method: str, operation: str, body: bytes | None = None, patience: float = 30) -> bytes:
    """Send a presigned request by http.client, which nobody patches."""
    url = client.generate_presigned_url(operation, Params={"Bucket": BUCKET, "Key": "count"})
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(parts.netloc, timeout=patience)) as connection:
        connection.request(method, f"{parts.path}?{parts.query}", body)
        answer = connection.getresponse()
        data = answer.read()
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


@contextmanager
def a_thread_that_always_works() -> Iterator[None]:
    """Run a thread that has nothing to do with the race, and does something all the time."""
    is_over = False

    def work() -> None:
        while not is_over:
            time.sleep(0.0005)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over = True
        thread.join()


def test_a_thread_of_somebody_else_that_always_works_holds_no_request_up(
    cos: FakeCOS, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Source: our own promise: which threads are of a client of a server nobody knows."""
    monkeypatch.setattr(gate, "OVERDUE_AFTER", 0.1)
    cos.put_object(BUCKET, "count", "0")
    with cos.serve(environment=False) as one, cos.serve(environment=False) as other, a_thread_that_always_works():
        race = cos.race(adds(one, 5), adds(other, -3), servers=[one, other], raise_findings=False)
    assert [finding.kind for finding in race.findings] == ["lost-update"]


def test_the_servers_end_though_a_client_gave_up_while_its_request_waited(cos: FakeCOS) -> None:
    """Source: our own promise: a race ends, whatever its actors do."""
    cos.put_object(BUCKET, "count", "0")
    with cos.serve(environment=False) as one, cos.serve(environment=False) as other:
        clients = [boto3.client("s3", "us-east-1", endpoint_url=server.endpoint_url) for server in (one, other)]

        def give_up(client: Any) -> None:
            asks(client, "GET", "get_object", patience=0.2)

        with a_thread_that_always_works(), pytest.raises(UsageError, match="made no request to this fake"):
            cos.race(lambda: give_up(clients[0]), lambda: give_up(clients[1]), servers=[one, other])
    assert cos.bucket(BUCKET).objects["count"].body == b"0"

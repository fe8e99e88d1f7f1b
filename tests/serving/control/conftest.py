"""A fake that is not on, served with its control door."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS
from tests.support.control import ControlClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import Server

BUCKET = "photos"


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before, "a thread of the server is left"


@pytest.fixture
def cos() -> FakeCOS:
    """A fake with a bucket, not on."""
    fake = FakeCOS()
    fake.create_bucket(BUCKET)
    return fake


@pytest.fixture
def server(cos: FakeCOS) -> Iterator[Server]:
    """Its server. Faults that a test leaves are forgotten, and so are errors that it looked at."""
    with cos.serve(environment=False, control=True) as opened:
        yield opened
        for fault in cos.unfired_faults():
            fault.cancel()


@pytest.fixture
def control(server: Server) -> ControlClient:
    """A client of its control door."""
    assert server.control_url is not None
    return ControlClient(server.control_url)


@pytest.fixture
def s3(cos: FakeCOS, server: Server) -> Iterator[Any]:
    """A client of S3 that is attached to the fake."""
    client = cos.client()
    yield client
    cos.detach(client)

"""A budget holds for clients of the server too: whose process cannot be told of an AssertionError."""

from __future__ import annotations

from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from fakecos import BudgetExceededError

if TYPE_CHECKING:
    from fakecos import FakeCOS, Server

pytestmark = pytest.mark.loopback


def test_the_connection_ends_without_an_answer_and_the_end_of_the_block_tells(cos: FakeCOS, plain: Server) -> None:
    """Law 5: what a test's author is to be told is no answer of S3."""
    with pytest.raises(BudgetExceededError) as caught, cos.budget(total=0):  # noqa: PT012
        connection = HTTPConnection(plain.endpoint_url.removeprefix("http://"))
        connection.request("GET", "/photos")
        with pytest.raises(ConnectionError):
            connection.getresponse()
        connection.close()
    assert "GET" not in str(caught.value)
    assert "ListObjects photos is one too many: the budget is total=0." in str(caught.value)
    assert "asked by another process or client, over cos.serve()" in str(caught.value)
    assert cos.errors == []
    assert len(cos.journal) == 0

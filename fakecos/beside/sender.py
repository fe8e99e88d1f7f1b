"""Sending a request to the service: by the client's own connections, below what an active fake has patched.

Not faster than the author of the test allows, in real time. An answer that says "try again" is asked for again.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.beside.signing import signed
from fakecos.clients.botocore import for_real

if TYPE_CHECKING:
    from fakecos.beside.beside import Beside
    from fakecos.wire.messages import HttpRequest

AGAIN = frozenset({500, 502, 503, 504})
"""Statuses of a service that is busy or failed inside (documented: "Error responses")."""
PAUSES = (1.0, 2.0, 4.0)


class NotAnsweredError(Exception):
    """No answer came: there is no network, a time-out, or a certificate that nobody trusts."""


class Reply(NamedTuple):
    """An answer: its status, its headers by lower-case names, and its body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Sender:
    """Sends requests, one after the other. `sent` counts them."""

    def __init__(self, beside: Beside) -> None:
        self.sent = 0
        self._beside = beside
        self._package = for_real.package(beside.client)

    def wait(self) -> None:
        """Let the time pass that is between two requests."""
        time.sleep(1 / self._beside.requests_per_second)

    def send(self, request: HttpRequest, body: bytes) -> Reply:
        """Send a request, and return the answer. NotAnsweredError: none came."""
        for pause in PAUSES:
            reply = self._send(request, body)
            if reply.status not in AGAIN:
                return reply
            time.sleep(pause)
        return self._send(request, body)

    def _send(self, request: HttpRequest, body: bytes) -> Reply:
        self.wait()
        self.sent += 1
        headers = signed(request, body, self._beside.keys, self._beside.region)
        url = f"{request.scheme}://{request.host}{request.path}{'?' if request.query else ''}{request.query}"
        prepared = self._package.awsrequest.AWSPreparedRequest(
            request.method, url, self._package.awsrequest.HeadersDict(headers), body or None, stream_output=False
        )
        try:
            answer: Any = for_real.send(self._beside.client, prepared)
            content = bytes(answer.content)
        except self._package.exceptions.BotoCoreError as error:
            raise NotAnsweredError(str(error)) from error
        found = {name.lower(): str(value) for name, value in answer.headers.items()}
        return Reply(int(answer.status_code), found, content)

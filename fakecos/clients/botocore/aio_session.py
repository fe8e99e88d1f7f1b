"""What the two HTTP sessions of aiobotocore have in common: AIOHTTPSession and HttpxSession.

Both send a body that the client gives as it is, or refuse its type; both raise botocore's exceptions around those of
their own library of HTTP; both read an answer that is no stream before they give it to anyone. In which words, and
around which exceptions, is measured with each against a socket, and stands in `aio_aiohttp_session` and
`aio_httpx_session`.
"""

from __future__ import annotations

import re
import sys
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from fakecos.clients.botocore.transport_exceptions import endpoint_error
from fakecos.clients.streams import BrokenBody, raw_stream
from fakecos.facts.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.clients.botocore.transport_exceptions import Cause, ToException
    from fakecos.wire.messages import HttpResponse


def botocore_exceptions() -> Any:
    """Return the module of the exceptions that both sessions raise."""
    return sys.modules["botocore.exceptions"]


CONTROL = r"[\x00-\x08\x0a-\x1f\x7f]"
"""What neither session sends in a header (measured with a real connection)."""


class AioSession(ABC):
    """One of the two HTTP sessions: what it sends, how it fails, and what it answers with."""

    unanswered: ClassVar[Mapping[Transport, ToException]]
    """Called with the request, the session and botocore's exceptions."""
    broken_off: ClassVar[Mapping[Transport, Cause]]
    """What the stream of an answer raises: called with how many bytes arrived, and how many were declared."""
    sendable_types: ClassVar[tuple[type, ...]]
    """Types of bodies that it sends as they are; beside them, only what is iterated asynchronously."""

    @abstractmethod
    async def checkpoint(self) -> None:
        """Let other tasks run, as every request on a network does."""

    @abstractmethod
    def unsendable_body(self, body: Any) -> Exception:
        """Return what its library raises for a body of a type that it does not send."""

    @abstractmethod
    def unreadable_body(self, error: Exception, url: str) -> Exception:
        """Return what it raises when the client's own stream raises `error` while it is read."""

    @abstractmethod
    def invalid_header(self, text: str) -> Exception:
        """Return what its library raises for a header with a control character."""

    @abstractmethod
    def cut_off(self, cause: Cause) -> ToException:
        """Return what makes its own exception of one that breaks off an answer while it reads the whole of it."""

    @abstractmethod
    def make_response(self, request: Any, response: HttpResponse, raw: Any) -> Any:
        """Return aiobotocore's own answer over a raw stream."""

    def require_sendable(self, body: Any) -> None:
        """Raise HTTPClientError for a body of a type that it does not send."""
        if body is not None and not isinstance(body, self.sendable_types) and not hasattr(body, "__aiter__"):
            raise botocore_exceptions().HTTPClientError(error=self.unsendable_body(body))

    def require_valid(self, headers: Mapping[str, str]) -> None:
        """Raise HTTPClientError for a header that it does not send."""
        for text in (*headers, *headers.values()):
            if re.search(CONTROL, text):
                raise botocore_exceptions().HTTPClientError(error=self.invalid_header(text))

    def from_http(self, response: HttpResponse, request: Any, session: Any) -> Any:
        """Return aiobotocore's own answer, or raise what breaks it off before anyone is given it."""
        raw: Any = raw_stream(b"" if request.method == "HEAD" else response.body)
        if response.cut is not None:
            kind, arrived = response.cut.kind, raw.read(response.cut.size)
            error = self.broken_off[kind](len(arrived), response.headers.get("Content-Length"))
            if not request.stream_output:  # its session reads it before it gives it to anyone
                raise self._while_reading_all(kind, error)(request, session, botocore_exceptions())
            raw = BrokenBody(arrived, error)
        return self.make_response(request, response, raw)

    def _while_reading_all(self, kind: Transport, error: Exception) -> ToException:
        if kind is Transport.READ_TIMEOUT:
            return endpoint_error("ReadTimeoutError", lambda _: error)
        return self.cut_off(lambda _: error)

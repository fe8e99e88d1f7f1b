"""One request on its way through the service."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from fakecos.service.journal import UNROUTED
from fakecos.wire import service_model
from fakecos.wire.model_overrides import POST_OBJECT
from fakecos.wire.payload import Payload

if TYPE_CHECKING:
    from typing import Any

    from fakecos.facts.services.dialect import Dialect
    from fakecos.model.content import Content
    from fakecos.wire.addressing import Address
    from fakecos.wire.messages import Cut, HttpRequest
    from fakecos.wire.service_model import Table

    Answer = tuple[int, dict[str, str], bytes | Content]
    """Status, headers and body."""


class Call:
    """One request on its way through the service: what is known of it so far.

    Who wraps the pipeline may mark it: `fault` is the text in the journal, `is_bare` an answer without the marks of S3,
    `cut` where the answer's body breaks off. `refused` is the error code of an answer that is no S3Error.
    """

    __slots__ = (
        "_payload",
        "access_key",
        "address",
        "cut",
        "dialect",
        "fault",
        "is_bare",
        "operation",
        "params",
        "query",
        "refused",
        "request",
        "request_id",
        "table",
    )

    def __init__(self, request: HttpRequest, dialect: Dialect, request_id: str) -> None:
        self.request = request
        self.dialect = dialect
        self.table: Table = service_model.loaded.get(dialect.table) or service_model.load(dialect.table)
        self.request_id = request_id
        self.query: dict[str, str] = {}
        self.address: Address | None = None
        self.operation = UNROUTED
        self.params: dict[str, Any] | None = None
        self.access_key: str | None = None
        self.fault: str | None = None
        self.refused: str | None = None
        self.is_bare = False
        self.cut: Cut | None = None
        self._payload: Payload | None = None

    @property
    def attempt(self) -> int:
        """The number of the client's attempt, from 1."""
        return _attempt(self.request.headers.get("amz-sdk-request", ""))

    @property
    def has_operation(self) -> bool:
        """Whether the service has the operation; no service model has a form's."""
        if self.operation in self.dialect.refuses:
            return False
        return self.operation in self.table.operations or self.operation == POST_OBJECT

    def payload(self) -> Payload:
        """Return the request's body, one for all who ask, since it can be read only once."""
        if self._payload is None:
            self._payload = Payload(self.request)
        return self._payload


@lru_cache(64)
def _attempt(header: str) -> int:
    """Return the number of the client's attempt, from `attempt=2; max=3`."""
    text = header.partition("attempt=")[2].partition(";")[0]
    return int(text) if text.isdigit() else 1

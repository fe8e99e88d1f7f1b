"""One request on its way through the service."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from fakecos.service.journal import UNROUTED
from fakecos.wire import service_model
from fakecos.wire.model_overrides import POST_OBJECT
from fakecos.wire.payload import Payload

if TYPE_CHECKING:
    from fakecos.facts.services.dialect import Dialect
    from fakecos.faults.injection import Injection
    from fakecos.operations.context import Params
    from fakecos.wire.addressing import Address
    from fakecos.wire.messages import HttpRequest
    from fakecos.wire.service_model import Table

COPIES = frozenset({"CopyObject", "UploadPartCopy"})


class Call:
    """One request on its way through the service: what is known of it so far."""

    __slots__ = (
        "_payload",
        "access_key",
        "address",
        "dialect",
        "fault",
        "operation",
        "params",
        "query",
        "refused",
        "request",
        "request_id",
        "injection",
        "table",
    )

    def __init__(self, request: HttpRequest, dialect: Dialect, request_id: str) -> None:
        self.request = request
        self.dialect = dialect
        self.table: Table = service_model.load(dialect.table)
        self.request_id = request_id
        self.query: dict[str, str] = {}
        self.address: Address | None = None
        self.operation = UNROUTED
        self.params: Params | None = None
        self.fault: str | None = None
        self.injection: Injection | None = None
        self.refused: str | None = None
        self.access_key: str | None = None
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
            if self.injection is not None:
                self.injection.spoil(self._payload)
        return self._payload


@lru_cache(64)
def _attempt(said: str) -> int:
    """Return the number of the client's attempt, from `attempt=2; max=3`."""
    text = said.partition("attempt=")[2].partition(";")[0]
    return int(text) if text.isdigit() else 1

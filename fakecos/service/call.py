"""One request on its way through the service."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from fakecos.facts.numbers import natural
from fakecos.wire.model_overrides import POST_OBJECT
from fakecos.wire.operation_names import UNROUTED

if TYPE_CHECKING:
    from typing import Any

    from fakecos.facts.services.dialect import Dialect
    from fakecos.model.change import Change
    from fakecos.model.content import Content
    from fakecos.model.principal import Principal
    from fakecos.wire.addressing import Address
    from fakecos.wire.messages import Cut, HttpRequest
    from fakecos.wire.payload import Payload
    from fakecos.wire.service_model import Table

    Answer = tuple[int, dict[str, str], bytes | Content]
    """Status, headers and body."""


@dataclass(slots=True, eq=False)
class Call:
    """One request on its way through the service: what is known of it so far.

    `payload` is its body, which can be read only once. Who wraps the pipeline may mark it: `fault` is the text in the
    journal, `is_bare` an answer without the marks of S3, `cut` where the answer's body breaks off. `refused` is the
    error code of an answer that is no S3Error. `started` is when it came, in seconds of `time.perf_counter`.
    `caller` is who asked, and `result` what the operation returned: None for what was refused before.
    `changes` is what it did to objects, None where nobody is told of it.
    """

    request: HttpRequest
    dialect: Dialect
    table: Table
    request_id: str
    payload: Payload
    query: dict[str, str] = field(default_factory=dict)
    address: Address | None = None
    operation: str = UNROUTED
    params: dict[str, Any] | None = None
    access_key: str | None = None
    fault: str | None = None
    refused: str | None = None
    is_bare: bool = False
    cut: Cut | None = None
    started: float = 0.0
    caller: Principal | None = None
    result: dict[str, Any] | None = None
    changes: list[Change] | None = None

    @property
    def attempt(self) -> int:
        """The number of the client's attempt, from 1."""
        return attempt_of(self.request.headers.get("amz-sdk-request", ""))

    @property
    def has_operation(self) -> bool:
        """Whether the service has the operation; no service model has a form's."""
        if self.operation in self.dialect.refuses:
            return False
        return self.operation in self.table.operations or self.operation == POST_OBJECT


@lru_cache(64)
def attempt_of(header: str) -> int:
    """Return the number of the client's attempt, from `attempt=2; max=3`."""
    text = header.partition("attempt=")[2].partition(";")[0]
    return natural(text.strip()) or 1

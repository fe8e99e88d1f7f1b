"""What was asked and what was answered: sizes and names, never bodies (law 11), and a bounded number of them."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

KEPT = 10_000
UNROUTED = "(none)"


class Exchange(NamedTuple):
    """One request and its answer.

    `operation` is the name in the service model, or "(none)" where none was recognised. `part_number` and
    `upload_id` are the text of the query. `status` is that of HTTP, `error` the code of a refusal or None.
    `attempt` counts the attempts of a client from 1.
    """

    time: dt.datetime
    operation: str
    bucket: str | None
    key: str | None
    upload_id: str | None
    part_number: str | None
    status: int
    error: str | None
    request_id: str
    attempt: int

    def __str__(self) -> str:
        where = "/".join(name for name in (self.bucket, self.key) if name)
        part = f" part {self.part_number}" if self.part_number else ""
        outcome = f"{self.status} {self.error}" if self.error else str(self.status)
        return f"{self.operation} {where}{part} -> {outcome}"


class Journal:
    """The exchanges of one fake, the last at the end: a sequence of Exchange.

    It holds the last 10,000, and never a body. `counts` is a Counter of all requests by operation.
    """

    __slots__ = ("_exchanges", "counts")

    def __init__(self) -> None:
        self._exchanges: deque[Exchange] = deque(maxlen=KEPT)
        self.counts: Counter[str] = Counter()

    def add(self, exchange: Exchange) -> None:
        """Write one exchange down."""
        self._exchanges.append(exchange)
        self.counts[exchange.operation] += 1

    def __iter__(self) -> Iterator[Exchange]:
        return iter(tuple(self._exchanges))

    def __len__(self) -> int:
        return len(self._exchanges)

    def __getitem__(self, place: int) -> Exchange:
        return self._exchanges[place]

    def __repr__(self) -> str:
        return f"<Journal of {len(self)} exchanges>"

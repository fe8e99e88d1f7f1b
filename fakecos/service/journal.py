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
    """One request and its answer. `error` is the code of a refusal; `attempt` counts the retries of a client from 1."""

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
    """The exchanges of one fake, the oldest forgotten first; the counts by operation go on."""

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

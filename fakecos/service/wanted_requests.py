"""Which requests of a journal somebody asks for, by what they were and how they ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts.numbers import natural
from fakecos.service.journal import is_named
from fakecos.wire import operation_names

if TYPE_CHECKING:
    from fakecos.service.journal import Journal, RecordedRequest


class WantedRequests(NamedTuple):
    """The requests that are of all that is given; None is any. `key` may be a pattern, `fault`: whether one was met.

    `status` is the first and the last of HTTP's numbers that count, such as (400, 599).
    """

    operation: str | None = None
    bucket: str | None = None
    key: str | None = None
    upload_id: str | None = None
    part_number: int | None = None
    status: tuple[int, int] | None = None
    error: str | None = None
    fault: bool | None = None

    def known(self, where: str) -> WantedRequests:
        """Return the same by the operation's own name. UsageError: S3 has none of that name; `where` asked for it."""
        if self.operation is None:
            return self
        return self._replace(operation=operation_names.operation(self.operation, where))

    def of(self, journal: Journal, after: str | None = None) -> list[RecordedRequest] | None:
        """Return those of a journal, the last at the end; None if it has no request with the id `after`.

        `after`: only those that came after the request with this id.
        """
        requests = list(journal)
        if after is not None:
            place = next((at for at, each in enumerate(requests) if each.request_id == after), None)
            if place is None:
                return None
            requests = requests[place + 1 :]
        return [request for request in requests if self._has(request)]

    def _has(self, request: RecordedRequest) -> bool:
        return (
            self.operation in {None, request.operation}
            and self.bucket in {None, request.bucket}
            and self.upload_id in {None, request.upload_id}
            and self.error in {None, request.error}
            and (self.key is None or is_named(request.key, self.key))
            and (self.part_number is None or self.part_number == natural(request.part_number or ""))
            and (self.status is None or self.status[0] <= request.status <= self.status[1])
            and self.fault in {None, request.fault is not None}
        )

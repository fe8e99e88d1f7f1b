"""What was found by sending requests to a real service too: where the answers differ, and what was not compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 20
LONGEST = 200


class AnswerDifference(NamedTuple):
    """One difference between the answer of the fake and that of the service.

    - `kind`: `status`, `code` (of the error), `header`, `body`, or `order` (the same in another order).
    - `operation`, `request`: the request, such as `PUT /fakecos-beside-1/holiday.mp4`.
    - `name`: of the header or the element, "" for none.
    - `here`: what the fake answered, `there`: what the service did. Ids and times are not compared: they are named by
      their order, such as `(version 2)`.
    """

    kind: str
    operation: str
    request: str
    name: str
    here: str
    there: str

    def __str__(self) -> str:
        what = f"{self.kind} {self.name}".strip()
        return f"{self.operation}, {self.request}: {what}: {_short(self.here)} here, {_short(self.there)} there"


AnswerDifference.__module__ = "fakecos"


class Differences(Sequence[AnswerDifference]):
    """The differences that were found, in their order; `str` is the report.

    - `sent`: how many requests were sent to the service, `compared`: how many answers were compared.
    - `not_compared`: why others were not, each reason with its number of requests.
    - `left`: the buckets that were created there in this run and not deleted.
    """

    __module__ = "fakecos"

    def __init__(self, endpoint_url: str, prefix: str) -> None:
        self.sent = 0
        self.compared = 0
        self.not_compared: dict[str, int] = {}
        self.left: list[str] = []
        self._has_trouble = False
        self._found: list[AnswerDifference] = []
        self._endpoint_url = endpoint_url
        self._prefix = prefix

    @overload
    def __getitem__(self, place: int) -> AnswerDifference: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[AnswerDifference]: ...
    def __getitem__(self, place: int | slice) -> AnswerDifference | Sequence[AnswerDifference]:
        return self._found[place]

    def __len__(self) -> int:
        return len(self._found)

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, (list, tuple, Differences)) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Differences: {self.summary}>"

    def __str__(self) -> str:
        return "\n".join(self.lines())

    @property
    def has_news(self) -> bool:
        """Whether there is anything to tell: a difference, a service that does not answer as asked, a bucket left."""
        return bool(self._found or self._has_trouble or self.left)

    @property
    def summary(self) -> str:
        """How many requests were sent, compared and differ, in a line."""
        differences = "1 difference" if len(self) == 1 else f"{len(self):,} differences"
        sent = f"{_requests(self.sent)} sent to {self._endpoint_url}"
        return f"{sent} (buckets {self._prefix}...), {self.compared:,} compared, {differences}"

    def lines(self) -> Iterator[str]:
        """Yield the report: each kind of difference once, with its first request."""
        yield self.summary
        alike: dict[tuple[str, ...], list[AnswerDifference]] = {}
        for each in self._found:
            alike.setdefault((each.kind, each.operation, each.name, each.here, each.there), []).append(each)
        for number, (first, *others) in enumerate([*alike.values()][:SHOWN], 1):
            again = f" (and {len(others)} more)" if others else ""
            yield f"{number}. {first.operation}, {first.request}{again}: {f'{first.kind} {first.name}'.strip()}"
            yield f"     here:  {_short(first.here)}"
            yield f"     there: {_short(first.there)}"
        if len(alike) > SHOWN:
            yield f"... and {len(alike) - SHOWN} more kinds: cos.differences has all"
        for reason, count in self.not_compared.items():
            yield f"not compared: {_requests(count)}: {reason}"
        if self.left:
            yield (
                f"still there, as this run created and did not delete it: {', '.join(self.left)}. "
                "Beside(..., delete_created=True) deletes such buckets at the end."
            )

    # --- for who compares --------------------------------------------------------------------------------

    def add(self, found: AnswerDifference) -> None:
        """Add a difference."""
        self._found.append(found)

    def skip(self, reason: str, *, is_trouble: bool = False) -> None:
        """Note that a request was not compared; trouble is what the author has to know of."""
        self.not_compared[reason] = self.not_compared.get(reason, 0) + 1
        self._has_trouble |= is_trouble


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}... ({len(text):,} characters)"


def _requests(count: int) -> str:
    return "1 request" if count == 1 else f"{count:,} requests"

"""What was asked and what was answered: sizes and names, never bodies (law 11), and a bounded number of them."""

from __future__ import annotations

from collections import Counter, deque
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts.iam import SECRET_PARAMETERS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fakecos.facts.literals import OperationName

KEPT = 10_000
EXPLAINED = 20
UNROUTED = "(none)"
REDACTED = "(redacted)"
CUSTOMER_KEYS = frozenset({"SSECustomerKey", "CopySourceSSECustomerKey"})
SECRET = CUSTOMER_KEYS | SECRET_PARAMETERS
NOTHING: Mapping[str, Any] = MappingProxyType({})
ROWS = 50
"""How many requests the table of `str(journal)` shows, the last ones."""

_IN_COLUMNS = frozenset({"Bucket", "Key", "UploadId", "PartNumber"})
# Each comes with a customer's key, and would push out of the column what a person looks for.
_BESIDE_KEY = frozenset(
    {"SSECustomerAlgorithm", "SSECustomerKeyMD5", "CopySourceSSECustomerAlgorithm", "CopySourceSSECustomerKeyMD5"}
)
_PARAMETERS_WIDTH = 48
_VALUE_WIDTH = 24
_ID_SHOWN = 8


class RecordedRequest(NamedTuple):
    """One request and its answer.

    `operation` is the name in the service model, or "(none)" where none was recognised. `part_number` and
    `upload_id` are the text of the query. `status` is that of HTTP, 0 where no answer reached the client; `error` is
    the code of a refusal or None.
    `attempt` counts the attempts of a client from 1. `parameters` are those of the operation by the names of the
    service model, empty where the request could not be read; `Body` is the body's size in bytes, and a customer's
    key is "(redacted)". `fault` names the fault that answered, None if none did.
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
    parameters: Mapping[str, Any] = NOTHING
    fault: str | None = None

    def __str__(self) -> str:
        place = f" {self.location}" if self.location else ""
        part = f" part {self.part_number}" if self.part_number else ""
        outcome = f"{self.status} {self.error}" if self.error else str(self.status or "no answer")
        fault = f" (fault: {self.fault})" if self.fault else ""
        return f"{self.operation}{place}{part} -> {outcome}{fault}"

    @property
    def location(self) -> str:
        """`bucket/key`, or what of it the request names; characters that cannot be printed are escaped."""
        text = "/".join(name for name in (self.bucket, self.key) if name)
        return text if text.isprintable() else repr(text)[1:-1]


RecordedRequest.__module__ = "fakecos"  # not in its body, where a type checker takes it for a field


def redacted(params: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return what the journal keeps of parameters: a body's size, no customer's key, and nothing that can be changed.

    The body of an UploadPartCopy, which has none, is left out.
    """
    if params is None:
        return NOTHING
    kept = dict(params)
    for name in SECRET & kept.keys():
        kept[name] = REDACTED
    body = kept.pop("Body", None)
    if body is not None and "CopySource" not in kept:
        kept["Body"] = body.declared_size
    return MappingProxyType(kept)


class Journal:
    """The requests of one fake, the last at the end: a sequence of RecordedRequest.

    It holds the last 10,000, and never a body. `counts` is a Counter of all requests by operation. `explanations` says
    why some were refused, where S3's own words do not: each text once. `str(journal)`, and so `print(cos.journal)`, is
    a table of the last ones, with the explanations below.
    """

    __module__ = "fakecos"

    __slots__ = ("_requests", "counts", "explanations")

    def __init__(self) -> None:
        self._requests: deque[RecordedRequest] = deque(maxlen=KEPT)
        self.counts: Counter[str] = Counter()
        self.explanations: list[str] = []

    def add(self, request: RecordedRequest) -> None:
        """Write one request down."""
        self._requests.append(request)
        self.counts[request.operation] += 1

    def explain(self, text: str) -> None:
        """Keep why a request was refused, for who reads a failure; of many texts the first."""
        if text not in self.explanations and len(self.explanations) < EXPLAINED:
            self.explanations.append(text)

    def filter(
        self,
        operation: OperationName | str | None = None,
        *,
        bucket: str | None = None,
        key: str | None = None,
        upload_id: str | None = None,
    ) -> Journal:
        """Return a journal of the requests that are of all that is given; `key` may be a pattern such as `*.zip`."""
        found = Journal()
        for request in self:
            if (
                operation in {None, request.operation}
                and bucket in {None, request.bucket}
                and upload_id in {None, request.upload_id}
                and (key is None or is_named(request.key, key))
            ):
                found.add(request)
        return found

    def table(self, rows: int | None = ROWS) -> str:
        """Return the last `rows` requests as a table, None for all; columns in which nothing stands are left out."""
        numbered = list(enumerate(self, 1))
        hidden = 0 if rows is None else max(len(numbered) - rows, 0)
        lines = table_lines(numbered[hidden:])
        if hidden:
            lines.insert(0, f"({hidden:,} earlier requests are not shown)")
        lines += [f"why: {text}" for text in self.explanations]
        return "\n".join(lines)

    def __iter__(self) -> Iterator[RecordedRequest]:
        return iter(tuple(self._requests))

    def __len__(self) -> int:
        return len(self._requests)

    def __getitem__(self, place: int) -> RecordedRequest:
        return self._requests[place]

    def __str__(self) -> str:
        return self.table()

    def __repr__(self) -> str:
        return f"<Journal of {len(self)} requests>"


def is_named(key: str | None, pattern: str) -> bool:
    """Whether a key is the pattern itself, or matches it as a file name would in a shell."""
    return key is not None and (key == pattern or fnmatchcase(key, pattern))


# --- the table ------------------------------------------------------------------------------------------------

_COLUMNS = ("#", "time", "operation", "where", "upload", "part", "try", "parameters", "status", "error", "fault")


def table_lines(numbered: Sequence[tuple[int, RecordedRequest]]) -> list[str]:
    """Return the lines of the table of requests, each with its number in the journal."""
    if not numbered:
        return ["(no requests)"]
    rows = [_cells(number, request) for number, request in numbered]
    shown = [place for place in range(len(_COLUMNS)) if any(row[place] for row in rows)]
    widths = {place: max(len(row[place]) for row in (_COLUMNS, *rows)) for place in shown}
    return [
        "  ".join(
            row[place].rjust(widths[place]) if _COLUMNS[place] == "#" else row[place].ljust(widths[place])
            for place in shown
        ).rstrip()
        for row in (_COLUMNS, *rows)
    ]


def _cells(number: int, request: RecordedRequest) -> tuple[str, ...]:
    return (
        str(number),
        request.time.strftime("%H:%M:%S"),
        request.operation,
        request.location,
        f"{request.upload_id[:_ID_SHOWN]}…" if request.upload_id else "",
        request.part_number or "",
        str(request.attempt) if request.attempt > 1 else "",
        _clipped(" ".join(_parameters(request.parameters)), _PARAMETERS_WIDTH),
        str(request.status or "-"),
        request.error or "",
        request.fault or "",
    )


def _parameters(parameters: Mapping[str, Any]) -> Iterable[str]:
    """Yield those that tell something and have no column of their own, lists and the like by their size."""
    for name, value in sorted(parameters.items(), key=lambda item: item[0] != "Body"):  # the size, before it is clipped
        if name not in _IN_COLUMNS and name not in _BESIDE_KEY and value != "aws-chunked":
            yield f"{name}={_value(value)}"


def _value(value: object) -> str:
    while isinstance(value, dict) and len(value) == 1:  # a document with one list in it, as Complete's
        (value,) = value.values()
    if isinstance(value, (dict, list)):
        return f"({len(value):,})"
    return _clipped(repr(value) if isinstance(value, str) and not value.isprintable() else str(value), _VALUE_WIDTH)


def _clipped(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"

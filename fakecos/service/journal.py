"""What was asked and what was answered: sizes and names, never bodies (law 11), and a bounded number of them."""

from __future__ import annotations

import threading
import time
import weakref
from collections import Counter, deque
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts.exceptions import UsageError
from fakecos.facts.iam import SECRET_PARAMETERS
from fakecos.misnamed import Named
from fakecos.service.counts import Counts
from fakecos.service.text_table import shortened, takes_color, terminal_width
from fakecos.usage import explained_as
from fakecos.wire import operation_names

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from fakecos.facts.literals import OperationName
    from fakecos.model.store import Store
    from fakecos.operations.context import Asked
    from fakecos.timeline.recording import Recording

KEPT = 10_000
REFUSAL = 400
"""The first status of HTTP that is one."""
EXPLAINED = 20
REFUSALS_KEPT = 200
"""How many refusals a timeline can explain, the last ones; equal ones count as one."""
REFUSALS_SHOWN = 5
"""How many of them the lines below the table explain."""
REDACTED = "(redacted)"
NO_ANSWER = "no answer"
CUSTOMER_KEYS = frozenset({"SSECustomerKey", "CopySourceSSECustomerKey"})
SECRET = CUSTOMER_KEYS | SECRET_PARAMETERS
NOTHING: Mapping[str, Any] = MappingProxyType({})
ROWS = 50
"""How many requests the table of `str(journal)` shows, the last ones."""

_EXAMPLES = {"bucket": '"photos"', "key": '"*.zip"', "upload_id": "upload.upload_id"}
LOOKS = "HeadObject"
"""By this operation code looks whether an object is there, often for many objects: its refusals count as one."""


class RecordedRequest(NamedTuple):
    """One request and its answer.

    `operation` is the name in the service model, or "(none)" where none was recognised. `part_number` and
    `upload_id` are the text of the query.
    `status` is that of HTTP, 0 where no answer reached the client; `error` is the code of a refusal or None.
    `attempt` counts the attempts of a client from 1. `parameters` are those of the operation by the names of the
    service model, empty where the request could not be read; `Body` is the body's size in bytes, and a customer's
    key is "(redacted)". `fault` names the fault that answered, None if none did.
    `started` is when the request came and `duration` how long the answer took, in seconds of `time.perf_counter` as
    the code under test reads it. `thread` is the name of the thread that asked. `bytes_sent` are those of the request's
    body without its framing, as its headers declare them; `bytes_received` those of the answer's body that arrived.
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
    started: float = 0.0
    duration: float = 0.0
    thread: str = ""
    bytes_sent: int = 0
    bytes_received: int = 0

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


if not TYPE_CHECKING:
    RecordedRequest.__getattr__ = Named.__getattr__  # a NamedTuple has no other base
RecordedRequest.__module__ = "fakecos"  # not in its body, where a type checker takes it for a field


class Refusal(NamedTuple):
    """Why a request was refused: S3's message, the fields of its answer, and what to do about it.

    `why` is a text, or makes it when a report is made: names that are near are looked for only then. "": S3's own
    message says all.
    """

    request: RecordedRequest
    message: str
    fields: tuple[tuple[str, str], ...]
    why: str | Callable[[], str]
    times: int = 1

    @property
    def reason(self) -> str:
        """Why, as text."""
        return self.why if isinstance(self.why, str) else self.why()

    def lines(self, number: int | None, width: int) -> list[str]:
        """Return what S3 said, and below it why; `number` is that of the request in the table."""
        request = self.request
        place = f" {shortened(request.location, width // 2)}" if request.location else ""
        part = f" part {request.part_number}" if request.part_number else ""
        fields = ", ".join(f"{name}: {value}" for name, value in self.fields)
        again = f" [{self.times:,} times, this is the last]" if self.times > 1 else ""
        number_text = "" if number is None else f"#{number} "
        said = f"{request.status} {request.error}: {self.message}{f' ({fields})' if fields else ''}{again}"
        text = self.reason
        why = f"why: {text}".splitlines() if text else []
        return [f"{number_text}{request.operation}{place}{part}: {said}", *why]


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


_count_of = dict.get  # Counts has a get of its own, which is asked by people


class Journal(Named):
    """The requests of one fake, the last at the end: a sequence of RecordedRequest.

    It holds the last 10,000, and never a body. `counts` says how many came of each operation, `refused` how many of
    those were refused or met a fault, by operation and code. `explanations` says
    why some were refused, where S3's own words do not: each text once. `str(journal)`, and so `print(cos.journal)`, is
    a table of the last ones, and below it why the last refusals happened, with what to do about each.
    """

    __module__ = "fakecos"

    __slots__ = ("_begun", "_pauses", "_refusals", "_requests", "_store", "asked", "counts", "explanations", "refused")

    def __init__(self, store: Store | None = None) -> None:
        self._requests: deque[RecordedRequest] = deque(maxlen=KEPT)
        self._pauses: deque[Any] = deque(maxlen=KEPT)
        self._begun: dict[str, str] = {}
        self.belong_to(store)
        self._refusals: dict[tuple[Any, ...], Refusal] = {}
        self.counts = Counts()
        self.refused: Counter[tuple[str, str]] = Counter()
        self.asked: Asked = {}
        self.explanations: list[str] = []

    def add(self, request: RecordedRequest) -> None:
        """Write one request down."""
        self._requests.append(request)
        counts, operation = self.counts, request.operation
        counts[operation] = _count_of(counts, operation, 0) + 1
        status = request.status
        if request.error or status >= REFUSAL or not status:
            self.refused[operation, request.error or str(status or NO_ANSWER)] += 1

    def begin_upload(self, request_id: str, upload_id: str) -> None:
        """Note which upload a request began: its id is in the answer only."""
        self._begun[request_id] = upload_id
        if len(self._begun) > KEPT:
            self._begun.pop(next(iter(tuple(self._begun))), None)

    def belong_to(self, store: Store | None) -> None:
        """Say in which store lies what these requests left; it is not kept alive."""
        self._store = None if store is None else weakref.ref(store)

    def pause(self, seconds: float, why: str, started: float | None = None) -> None:
        """Note that the thread which calls waits, or would: seconds that a timeline shows and nobody needs to sleep."""
        from fakecos.timeline.recording import Pause

        begun = time.perf_counter() if started is None else started
        self._pauses.append(Pause(threading.current_thread().name, begun, seconds, why, self.counts.total()))

    def explain(self, text: str) -> None:
        """Keep why a request was refused, for who reads a failure; of many texts the first."""
        if text not in self.explanations and len(self.explanations) < EXPLAINED:
            self.explanations.append(text)

    def refuse(self, refusal: Refusal) -> None:
        """Keep why a request was refused; of equal ones the last, and how many there were."""
        request = refusal.request
        same: tuple[Any, ...] = (request.operation, request.bucket, request.error, refusal.message)
        if request.operation != LOOKS and request.error != "NoSuchBucket":  # whatever the key is
            same += (request.key, refusal.why if isinstance(refusal.why, str) else None)
        before = self._refusals.pop(same, None)
        self._refusals[same] = refusal if before is None else refusal._replace(times=before.times + refusal.times)
        if len(self._refusals) > REFUSALS_KEPT:
            self._refusals.pop(next(iter(tuple(self._refusals))), None)

    def why_refused(self) -> list[str]:
        """Return why the last requests were refused, but for those that look whether an object is there."""
        return self.refusal_lines([(n, each) for n, each in enumerate(self, 1) if each.operation != LOOKS])[1:]

    def refusal_lines(self, numbered: Sequence[tuple[int, RecordedRequest]], width: int | None = None) -> list[str]:
        """Return why the last requests among these were refused, each with what S3 said."""
        width = terminal_width() if width is None else width
        numbers = {id(request): number for number, request in numbered}
        refusals = [refusal for refusal in tuple(self._refusals.values()) if id(refusal.request) in numbers]
        lines = [
            line
            for refusal in refusals[-REFUSALS_SHOWN:]
            for line in refusal.lines(numbers[id(refusal.request)], width)
        ]
        if lines:
            lines.insert(0, "refused:" if len(refusals) <= REFUSALS_SHOWN else f"refused, the last {REFUSALS_SHOWN}:")
        return lines if self._refusals else [f"why: {text}" for text in self.explanations]

    @explained_as("cos.journal.filter")
    def filter(
        self,
        operation: OperationName | str | None = None,
        *,
        bucket: str | None = None,
        key: str | None = None,
        upload_id: str | None = None,
    ) -> Journal:
        """Return a journal of the requests that are of all that is given; `key` may be a pattern such as `*.zip`.

        UsageError: S3 has no such operation, or another value is no text.
        """
        given: object = operation
        if callable(given):
            message = "cos.journal.filter(...): by a function it is [request for request in cos.journal if ...]."
            raise UsageError(message)
        if operation is not None:
            operation = operation_names.operation(operation, "cos.journal.filter")
        _require_texts({"bucket": bucket, "key": key, "upload_id": upload_id})
        found = Journal()
        for request in self:
            if (
                operation in {None, request.operation}
                and bucket in {None, request.bucket}
                and upload_id in {None, request.upload_id}
                and (key is None or is_named(request.key, key))
            ):
                found.add(request)
        found._begun = self._begun
        found._store, threads = self._store, {request.thread for request in found}
        found._pauses.extend(each for each in tuple(self._pauses) if each.thread in threads)
        chosen = {id(request) for request in found}
        found._refusals = {same: kept for same, kept in tuple(self._refusals.items()) if id(kept.request) in chosen}
        return found

    @explained_as("cos.journal.table")
    def table(self, rows: int | None = ROWS, *, width: int | None = None, color: bool | None = False) -> str:
        """Return the last `rows` requests as a table, None for all; columns in which nothing stands are left out.

        A row is at most `width` characters long, None: as long as the terminal is wide. Keys lose their middle, ids all
        but their beginning. `color`: refusals are red and faults yellow, by the codes of terminals; None: if stdout is
        one, and as NO_COLOR and FORCE_COLOR say. Below the table stands why the last requests were refused.
        """
        from fakecos.service import request_table

        color = takes_color() if color is None else color
        numbered = list(enumerate(self, 1))
        hidden = 0 if rows is None else max(len(numbered) - rows, 0)
        lines = request_table.table_lines(numbered[hidden:], width, color=color)
        if hidden:
            lines.insert(0, f"({hidden:,} earlier requests are not shown)")
        return "\n".join(lines + self.refusal_lines(numbered, width))

    @explained_as("cos.journal.write_trace")
    def write_trace(self, path: str | os.PathLike[str]) -> None:
        """Write the requests as trace events, JSON that Perfetto and chrome://tracing show, on the virtual clock.

        The page "Look at a run in a trace viewer" says what is in it. UsageError: the file cannot be written.
        """
        from fakecos.timeline import trace_events, write

        write.save(
            lambda: trace_events.as_json(self.recording(asks_why=False)), path, "cos.journal.write_trace", "json"
        )

    @explained_as("cos.journal.write_timeline")
    def write_timeline(self, path: str | os.PathLike[str]) -> None:
        """Write the requests as one HTML file that needs no network: a lane for each upload, on the virtual clock.

        It shows attempts, faults, the pauses that clients would have made, threads, bytes, and which uploads are open
        now. A click on a request shows its parameters and its answer. UsageError: the file cannot be written.
        """
        from fakecos.timeline import write

        write.write(self.recording(), path, "cos.journal.write_timeline")

    def recording(self, *, asks_why: bool = True) -> Recording:
        """Return what a timeline is drawn from. `asks_why`: also look for what a refused request may have meant."""
        from fakecos.timeline.recording import Recording, open_uploads

        begun = self._begun
        requests = tuple(
            each._replace(upload_id=begun[each.request_id]) if each.request_id in begun else each for each in self
        )
        said: dict[str, tuple[str, str]] = {}
        alike: dict[tuple[str | None, ...], tuple[str, str]] = {}
        for kept in tuple(self._refusals.values()):
            text = kept.message, kept.reason if asks_why or isinstance(kept.why, str) else ""
            said[kept.request.request_id] = text
            if kept.times > 1:
                alike[_refused(kept.request)] = text
        for request in requests if alike else ():
            if request.error is not None and _refused(request) in alike:
                said.setdefault(request.request_id, alike[_refused(request)])
        store = None if self._store is None else self._store()
        uploads = None if store is None else open_uploads(store)
        return Recording(requests, tuple(self._pauses), self.counts.total() - len(requests), said, uploads)

    def __iter__(self) -> Iterator[RecordedRequest]:
        return iter(tuple(self._requests))

    def __len__(self) -> int:
        return len(self._requests)

    def __getitem__(self, place: int) -> RecordedRequest:
        try:
            return self._requests[place]
        except TypeError:
            is_name = isinstance(place, str)
            other = f"cos.journal.filter({place!r})" if is_name else "list(cos.journal)[first:end]"
            message = f"cos.journal[{place!r}]: a request has a number, as in cos.journal[-1]; write {other}."
        except IndexError:
            message = f"cos.journal[{place}]: {len(self):,} requests came"
            raise IndexError(message) from None
        raise UsageError(message)

    def __str__(self) -> str:
        return self.table()

    def __repr__(self) -> str:
        requests = tuple(self._requests)
        refused = sum(request.error is not None for request in requests)
        names = [f"{name} {number:,}" for name, number in Counter(each.operation for each in requests).most_common(4)]
        most = f": {', '.join(names[:3])}{', ...' if len(names) > 3 else ''}" if names else ""  # noqa: PLR2004
        text = f"{len(requests):,} request{'' if len(requests) == 1 else 's'}"
        return f"<Journal of {text}{most}{f'; {refused:,} refused' if refused else ''}>"

    def _repr_html_(self) -> str:
        """Return the last requests as a notebook shows them."""
        from fakecos.service import request_table

        numbered = list(enumerate(self, 1))
        return request_table.html(numbered, repr(self), self.refusal_lines(numbered))


def _refused(request: RecordedRequest) -> tuple[str | None, ...]:
    """Return what is the same in requests that were refused for the same reason."""
    return request.operation, request.bucket, request.key, request.error


def _require_texts(given: Mapping[str, object]) -> None:
    for name, value in given.items():
        if value is not None and not isinstance(value, str):
            message = f"cos.journal.filter({name}={value!r}): it is text, such as {name}={_EXAMPLES[name]}."
            raise UsageError(message)


def is_named(key: str | None, pattern: str) -> bool:
    """Whether a key is the pattern itself, or matches it as a file name would in a shell."""
    return key is not None and (key == pattern or fnmatchcase(key, pattern))

"""What a timeline is drawn from: requests, pauses, and what is still open. These are values, and never a body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from fakecos.model.store import Store

BACK_OFF = "back-off between attempts"
POLL = "wait between two polls"
DELAY = "delay of a fault"
"""A pause inside a request; the others come after one."""
SLEEP = "sleep of the code under test"

CREATE, COMPLETE, ABORT = "CreateMultipartUpload", "CompleteMultipartUpload", "AbortMultipartUpload"
UPLOADS_PART = frozenset({"UploadPart", "UploadPartCopy"})


class Request(Protocol):
    """A request and its answer, as a journal has it."""

    @property
    def time(self) -> dt.datetime:
        """When it was answered."""

    @property
    def operation(self) -> str:
        """Its name in the service model."""

    @property
    def bucket(self) -> str | None:
        """The bucket that it names."""

    @property
    def key(self) -> str | None:
        """The key that it names."""

    @property
    def upload_id(self) -> str | None:
        """The upload that it is about, or began."""

    @property
    def part_number(self) -> str | None:
        """The part, as text."""

    @property
    def status(self) -> int:
        """The status of HTTP, 0 where no answer reached the client."""

    @property
    def error(self) -> str | None:
        """The code of a refusal."""

    @property
    def request_id(self) -> str:
        """The id of the answer."""

    @property
    def attempt(self) -> int:
        """The number of the client's attempt, from 1."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Those of the operation, without secrets and bodies."""

    @property
    def fault(self) -> str | None:
        """The fault that answered."""

    @property
    def started(self) -> float:
        """When it came, in seconds of `time.perf_counter`."""

    @property
    def duration(self) -> float:
        """How many seconds the answer took."""

    @property
    def thread(self) -> str:
        """The name of the thread that asked."""

    @property
    def bytes_sent(self) -> int:
        """The bytes of its body."""

    @property
    def bytes_received(self) -> int:
        """The bytes of the answer's body."""

    @property
    def location(self) -> str:
        """`bucket/key`, or what of it the request names."""


class Pause(NamedTuple):
    """Seconds that somebody waited, or would have: against a fake nobody needs to.

    `started` is in seconds of `time.perf_counter`. `after` is how many requests were answered before it. `why` is one
    of the texts above.
    """

    thread: str
    started: float
    seconds: float
    why: str
    after: int


class OpenUpload(NamedTuple):
    """An upload that was neither completed nor aborted; `parts` are (number, size in bytes)."""

    bucket: str
    key: str
    upload_id: str
    parts: tuple[tuple[int, int], ...]


class Recording(NamedTuple):
    """What came, and what was left.

    - `earlier`: how many requests before these are not kept.
    - `said`: by the id of a request that was refused: S3's message, and why with what to do, or "".
    - `open_uploads`: those at the end, None if nobody knows any more.
    - `by_thread`: whether the page shows threads first.
    """

    requests: Sequence[Request]
    pauses: Sequence[Pause] = ()
    earlier: int = 0
    said: Mapping[str, tuple[str, str]] = {}
    open_uploads: Sequence[OpenUpload] | None = None
    by_thread: bool = False


def open_uploads(store: Store) -> tuple[OpenUpload, ...]:
    """Return what is open in a store."""
    with store.lock:
        return tuple(
            OpenUpload(name, upload.key, upload.upload_id, tuple((n, part.size) for n, part in upload.parts.items()))
            for name, bucket in store.buckets.items()
            for upload in bucket.uploads.values()
        )


def went_well(request: Request) -> bool:
    """Whether a request got what it asked for."""
    return request.error is None and 200 <= request.status < 300  # noqa: PLR2004  the statuses of HTTP

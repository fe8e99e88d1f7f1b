"""The verdicts on one run: computed from what was stored before, after a run without failures, and now.

Each kind has its exact definition here; the reference page is made from KINDS. What no client can avoid is a note.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from fakecos.explore import exceptions, failures
from fakecos.explore.returned import comparable
from fakecos.explore.state import differences, repeated_versions, same_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fakecos.explore.schedule import Schedule
    from fakecos.explore.seen import Failure, Seen
    from fakecos.explore.state import Difference, Place, State
    from fakecos.model.object import StoredObject
    from fakecos.service.journal import RecordedRequest
    from fakecos.timeline.recording import Recording

NOTHING: Mapping[Place, Sequence[StoredObject]] = MappingProxyType({})

PLACES_SHOWN = 3
SHORT = 200
"""Characters of a value that are shown: a line or two."""
SILENT_LOSS = "silent-loss"
TORN_OBJECT = "torn-object"
LEAKED_UPLOAD = "leaked-upload"
CORRUPT_READ = "corrupt-read"
NO_CONVERGENCE = "no-convergence"
BUG_IN_ERROR_PATH = "bug-in-error-path"
MASKED_ERROR = "masked-error"
RETRY_STORM = "retry-storm"
HANG = "hang"
CHECK = "check"
STORED_BUT_RAISED = "stored-but-raised"
UNAVOIDABLE_UPLOAD = "unavoidable-upload"
LEFTOVER = "leftover-object"
REPEATED_VERSION = "repeated-version"

KINDS: dict[str, str] = {
    SILENT_LOSS: "The code returned normally, and what is stored is not what it stores without failures.",
    TORN_OBJECT: "The code raised or died, and an object that was there before is neither as before nor as after, or "
    "is missing; or a new object has bytes that no run without failures ever stores.",
    LEAKED_UPLOAD: "The code ended, and an upload is open that it could have aborted: it is billed on. One that "
    "`recover` completes or aborts is none.",
    CORRUPT_READ: "The code returned normally, and returned another value than without failures.",
    NO_CONVERGENCE: "After the failure `recover` ran without failures, and what is stored is not the state after.",
    BUG_IN_ERROR_PATH: "An exception that looks like a slip (TypeError, AttributeError, NameError, KeyError, "
    "IndexError, ValueError, ...) came out of code that only runs when something fails. One that is raised on purpose "
    "is none.",
    MASKED_ERROR: "What was raised is neither the failure, nor says that it comes from it: an answer to another "
    "request, or an exception without a cause.",
    RETRY_STORM: "The code sent the same request more than a hundred times, or more than 5,000 requests.",
    HANG: "The code did not end: it waited for more than a day of virtual time, or for what cannot happen.",
    CHECK: "The `check` of the test raised AssertionError, or the run exceeded a `cos.budget`.",
}
"""Every kind of finding, with its definition."""
ORDER = {kind: place for place, kind in enumerate(KINDS)}
"""The worst kind first."""

NOTES: dict[str, str] = {
    STORED_BUT_RAISED: "The code raised although everything is stored: after a lost answer no client can know.",
    UNAVOIDABLE_UPLOAD: "An upload is open whose id the client never learned, that the process left when it died, or "
    "whose Abort failed too. A lifecycle rule with AbortIncompleteMultipartUpload removes it.",
    LEFTOVER: "An object is there that is neither there before nor after, such as a temporary one: the code raised or "
    "died before it could delete it.",
    REPEATED_VERSION: "A bucket with versions holds the same version twice: a request was repeated whose answer was "
    "lost.",
}
"""What is reported and is no finding."""


class Result(NamedTuple):
    """One call of the code under test: what it returned or raised, what it asked, and what is stored now."""

    schedule: Schedule
    returned: object
    raised: BaseException | None
    crashed: bool
    stopped: tuple[str, str] | None
    """The kind and the text of the limit that ended it."""
    requests: tuple[Seen, ...]
    happened: int
    """How many failures of the schedule happened."""
    state: State
    virtual_seconds: float
    before: State | None = None
    stored: Mapping[Place, Sequence[StoredObject]] = NOTHING
    """Every object that the run stored, by its place; of the run without failures only."""
    journal: tuple[RecordedRequest, ...] = ()
    """Its requests, as the journal has them."""
    recording: Recording | None = None
    """What its timeline is drawn from."""

    @property
    def ended_well(self) -> bool:
        """Whether the code returned normally."""
        return self.raised is None and not self.crashed and self.stopped is None


class Ran(Protocol):
    """A run, of an exploration or of a race."""

    @property
    def state(self) -> State:
        """What is stored at its end."""

    @property
    def requests(self) -> Sequence[Seen]:
        """What it asked."""


class Alternate(NamedTuple):
    """What is right too where somebody else changed something: a run that found the change, or that came before it."""

    state: State
    returned: object
    has_returned: bool
    raised: BaseException | None = None
    fails_check: bool = False
    ids: frozenset[str] = frozenset()
    is_alone: bool = False
    """The change alone, without the act: right for an act that did not end well."""


class Verdict(NamedTuple):
    """One thing that is not as it should be in one run. Runs with the same `group` show the same fault of the code."""

    kind: str
    group: tuple[str, ...]
    text: str
    lines: tuple[str, ...] = ()


class Expected(NamedTuple):
    """What a run is judged by: the states before and after, what is right too, and the values that were ever stored."""

    before: State
    after: State
    returned: object
    compares_returned: bool
    alternates: tuple[Alternate, ...] = ()
    stored: Mapping[Place, Sequence[StoredObject]] = NOTHING
    ids: frozenset[str] = frozenset()
    """Those that S3 gave in the run without failures."""


def judge(expected: Expected, result: Result, recovered: Result | None) -> Iterator[Verdict]:
    """Yield the verdicts on a run; `recovered` is what came of the recovery after it, None if there was none."""
    rows = _rows(result)
    if result.stopped is not None and not result.crashed:  # what waits in a process that died waits no more
        kind, text = result.stopped
        yield Verdict(kind, (kind,), text)
    if any(row.name == "bucket gone" for row in rows):
        yield from _raised(expected, result, rows)
        return
    states = [expected.after, *(other.state for other in expected.alternates if not other.is_alone)]
    best = min((differences(state, result.state) for state in states), key=len)
    if result.ended_well:
        yield from _returned(expected, result, best)
    else:
        yield from _torn(expected, result, rows)
        yield from _leftovers(expected, result)
        if result.raised is not None and _is_stored(expected, result) and result.stopped is None and _stores(expected):
            yield Verdict(STORED_BUT_RAISED, (STORED_BUT_RAISED,), exceptions.describe(result.raised))
    yield from _leaks(expected, result, recovered)
    yield from _raised(expected, result, rows)
    if repeated_versions(result.state) > repeated_versions(expected.after):
        yield Verdict(REPEATED_VERSION, (REPEATED_VERSION,), "the same version stands twice")
    if recovered is not None:
        yield from _recovered(states, recovered)


def _rows(result: Result) -> list[Failure]:
    names = [entry.failure for entry in result.schedule]
    return [failures.TABLE[name] for name in names if name in failures.TABLE]


def _is_stored(expected: Expected, result: Result) -> bool:
    """Whether all is stored that an act stores which ends well, whatever somebody else did before it or after it."""
    right = [
        expected.after,
        *(other.state for other in expected.alternates if other.raised is None and not other.is_alone),
    ]
    return any(not differences(state, result.state) for state in right)


def _stores(expected: Expected) -> bool:
    """Whether the code changes anything at all."""
    return bool(differences(expected.before, expected.after))


def _combined(kind: str, intro: str, found: Sequence[Difference], outro: str = "") -> Verdict:
    """Return one verdict on all places of a run: one fault of the code can show at many."""
    first = found[0]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    lines = list(first.lines)
    for other in found[1:PLACES_SHOWN]:
        lines += [f"{other.title}:", *other.lines]
    return Verdict(kind, (kind, first.what, first.shape), f"{intro}{first.title}{more}{outro}", tuple(lines))


def _returned(expected: Expected, result: Result, best: Sequence[Difference]) -> Iterator[Verdict]:
    if best:
        yield _combined(SILENT_LOSS, "returned normally, and what is stored is wrong: ", best)
    if best or not expected.compares_returned:
        return
    right = [comparable(expected.returned, expected.ids)]
    right += [comparable(other.returned, other.ids) for other in expected.alternates if other.has_returned]
    if comparable(result.returned, ids_of(result)) not in right:
        lines = (f"expected: {short(expected.returned)}", f"returned: {short(result.returned)}")
        yield Verdict(CORRUPT_READ, (CORRUPT_READ,), "returned another value than without failures", lines)


def _torn(expected: Expected, result: Result, rows: Sequence[Failure]) -> Iterator[Verdict]:
    if any(row.name == "upload completed" for row in rows):
        return  # the object is another worker's
    before, after, now = expected.before.objects, expected.after.objects, result.state.objects
    others = [alternate.state.objects for alternate in expected.alternates]
    torn = []
    for found in differences(expected.after, result.state):
        if found.what != "object":
            continue
        place = found.place
        right = [before.get(place), after.get(place), *(other.get(place) for other in others)]
        if any(same_object(wanted, now.get(place)) for wanted in right):
            continue
        if before.get(place) is None and (place not in after or _was_stored(expected, place, now.get(place))):
            continue  # a leftover, nothing yet, or a step on the way
        torn.append(found)
    if torn:
        how = "the process died" if result.crashed else "the code raised"
        yield _combined(TORN_OBJECT, f"{how}, and left neither as before nor as after: ", torn)


def _was_stored(expected: Expected, place: Place, now: StoredObject | None) -> bool:
    return now is None or any(same_object(step, now) for step in expected.stored.get(place, ()))


def _leftovers(expected: Expected, result: Result) -> Iterator[Verdict]:
    known = expected.before.objects.keys() | expected.after.objects.keys()
    for place in sorted(result.state.objects.keys() - known):
        yield Verdict(LEFTOVER, (LEFTOVER,), f"object {'/'.join(place)}")


def _leaks(expected: Expected, result: Result, recovered: Result | None) -> Iterator[Verdict]:
    """Yield uploads that are open and stay so: one that the recovery completes or aborts was kept to be resumed."""
    wanted = len(expected.after.uploads.keys() - expected.before.uploads.keys())
    left = [upload for name, upload in result.state.uploads.items() if name not in expected.before.uploads]
    if result.ended_well:
        left = left[wanted:]
    elif recovered is not None:
        left = [upload for upload in left if upload.upload_id in recovered.state.uploads]
    for upload in left:
        asked = [seen for seen in result.requests if seen.upload_id == upload.upload_id]
        aborts = [seen for seen in asked if seen.target.operation == "AbortMultipartUpload"]
        unknown = not asked and _creates_failed(result.requests)
        down = any(row.for_all for row in _rows(result))
        avoidable = not (result.crashed or unknown or down or (aborts and all(seen.failure for seen in aborts)))
        kind = LEAKED_UPLOAD if avoidable else UNAVOIDABLE_UPLOAD
        parts = f"{len(upload.parts)} part{'' if len(upload.parts) == 1 else 's'}"
        text = f"the upload of {upload.key!r} stays open, with {parts} of {upload.size:,} bytes"
        yield Verdict(kind, (kind,), text)


def _creates_failed(requests: Sequence[Seen]) -> bool:
    return any(seen.target.operation == "CreateMultipartUpload" and seen.failure for seen in requests)


def _raised(expected: Expected, result: Result, rows: Sequence[Failure]) -> Iterator[Verdict]:
    error = result.raised
    if error is None or result.stopped is not None:
        return
    if exceptions.is_bug(error):
        if not any(type(other.raised) is type(error) for other in expected.alternates if not _deletes(rows)):
            place = exceptions.place_of(error)
            lines = tuple(filter(None, (f"raised at {place}", exceptions.line_of(error))))
            yield Verdict(BUG_IN_ERROR_PATH, (BUG_IN_ERROR_PATH, place), exceptions.describe(error), lines)
        return
    if result.crashed or not rows or any(not row.signs for row in rows) or isinstance(error, SystemExit):
        return
    failed = [(seen, failures.TABLE[seen.failure]) for seen in result.requests if seen.failure in failures.TABLE]
    if failed and exceptions.hides(error, failed):
        seen = failed[0][0]
        lines = (
            f"what failed first: {seen.target.operation}, by {seen.failure}",
            f"raised at {exceptions.code_place(error)}",
        )
        group = (MASKED_ERROR, exceptions.code_place(error))
        yield Verdict(MASKED_ERROR, group, f"raised {exceptions.describe(error)}", lines)


def _deletes(rows: Sequence[Failure]) -> bool:
    """Whether an object was deleted: what a slip makes of its absence is a slip, however often it is made."""
    return any(row.name == "object deleted" for row in rows)


def _recovered(states: Sequence[State], recovered: Result) -> Iterator[Verdict]:
    best = min((differences(state, recovered.state) for state in states), key=len)
    if best:
        outro = ""
        if recovered.raised is not None:
            outro = f"; it raised {exceptions.describe(recovered.raised)}"
        yield _combined(NO_CONVERGENCE, "a second run, without failures, does not heal it: ", best, outro)


def short(value: object, most: int = SHORT) -> str:
    """Return the repr of a value, its beginning if it is long."""
    text = repr(value)
    return text if len(text) <= most else f"{text[:most]}… ({len(text):,} characters)"


def ids_of(result: Ran) -> frozenset[str]:
    """Return the ids that S3 gave in a run: of versions and uploads."""
    versions = {version.version_id for history in result.state.histories.values() for version in history}
    uploads = {seen.upload_id for seen in result.requests if seen.upload_id is not None}
    return frozenset(versions | uploads | result.state.uploads.keys())

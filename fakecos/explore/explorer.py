"""The exploration itself: a generator that says what to run next, and is given what came of it.

It does not call the code under test: `drivers` does, for functions and for coroutine functions.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from fakecos.explore import exceptions, failures, plan
from fakecos.explore import schedule as schedules
from fakecos.explore.exploration import Exploration
from fakecos.explore.findings import ExploredRun, Finding
from fakecos.explore.returned import comparable
from fakecos.explore.sites import Naming, Site, naming_of
from fakecos.explore.state import differences
from fakecos.explore.threads import real_monotonic
from fakecos.explore.verdicts import CHECK, KINDS, ORDER, Alternate, Expected, Verdict, ids_of, judge
from fakecos.facts.exceptions import UsageError
from fakecos.service.request_table import table_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from fakecos.explore.schedule import Entry, Schedule
    from fakecos.explore.seen import Failure
    from fakecos.explore.verdicts import Result
    from fakecos.timeline.recording import Recording

ACT = "act"
RECOVER = "recover"
CHECKED = "check"
OTHERS_FIRST = "somebody else, then act"
OTHERS_LAST = "act, then somebody else"
OTHERS_ALONE = "somebody else alone"
SHOWN = 8
TABLE_SHOWN = 16
TABLE_WIDTH = 120
"""Of a table of requests, whatever the terminal: reports are kept, and shown elsewhere."""


class Step(NamedTuple):
    """What is to be done next. `of` is the result that a check is about."""

    what: str
    schedule: Schedule = ()
    of: Result | None = None


class Settings(NamedTuple):
    """What is tried, and what ends it."""

    rows: Sequence[Failure]
    crashes: bool
    depth: int
    allow: Sequence[tuple[str, str]]
    max_runs: int
    max_seconds: float | None
    has_check: bool
    progress: Callable[[int, int], None] | None = None
    schedules: Sequence[str] = ()
    """Those that are run in the place of all; empty for all."""


class Group(NamedTuple):
    """The verdicts of one group: the first one, with the requests of its run, and every schedule that has it."""

    verdict: Verdict
    schedules: list[Schedule]
    table: str
    recording: Recording | None


class Explorer:
    """One exploration, from the run without failures to the report."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._groups: dict[tuple[str, ...], Group] = {}
        self._naming = Naming()
        self._began = real_monotonic()
        self._runs = 0
        self._results: list[ExploredRun] = []
        self._covered: list[str] = []
        self._known_lines: dict[str, str] = {}

    def _faultless(self) -> Generator[Step, Result, Result]:
        """Run the act without failures, and take from it how sites are written. UsageError: it does not end well."""
        first = yield Step(ACT)
        self._naming = naming_of([seen.target for seen in first.requests])
        require_normal(first)
        return first

    def steps(self) -> Generator[Step, Result, Exploration]:
        """Yield what to do, and return what was found. UsageError: the act raises, or differs, without failures."""
        first = yield from self._faultless()
        require_requests(first)
        second = yield Step(ACT)
        compares_returned = require_same(first, second)
        if not compares_returned:
            self._covered.append("what the act returns differs between two runs without failures: it is not compared")
        if self._settings.has_check:
            checked = yield Step(CHECKED, of=second)
            if checked.raised is not None:
                message = f"explore: the check fails without any failure: {exceptions.describe(checked.raised)}"
                raise UsageError(message) from checked.raised
        assert first.before is not None
        expected = Expected(
            first.before, first.state, first.returned, compares_returned, (), first.stored, ids_of(first)
        )
        yield from self._levels(expected, first)
        return self._exploration(first)

    def repeat(self, written: str) -> Generator[Step, Result, Exploration]:
        """Yield one run with failures, after one without; what the run raises comes through."""
        first = yield from self._faultless()
        assert first.before is not None
        expected = Expected(first.before, first.state, first.returned, compares_returned=False, stored=first.stored)
        schedule = schedules.parse(written, self._naming)
        self._runs += 1
        result = yield Step(ACT, schedule)
        if result.happened < len(schedule):
            message = (
                f"replay={written!r} did not happen: the act made no such request. Its requests without failures: "
                f"{', '.join(Site(seen.target, seen.nth).text(self._naming) for seen in first.requests)}"
            )
            raise UsageError(message)
        if result.raised is not None:
            raise result.raised
        self._keep(schedule, result, list(judge(expected, result, None)))
        return self._exploration(first)

    def _levels(self, expected: Expected, first: Result) -> Generator[Step, Result, None]:
        """Run every schedule of one failure, then those of two, and so on."""
        settings = self._settings
        tried, left = plan.representatives(first.requests)
        self._covered += [f"left out: {one.sites} sites: {one.why}" for one in left]
        level: list[Schedule] = [(entry,) for entry in plan.entries(tried, settings.rows, crashes=settings.crashes)]
        if settings.schedules:
            level = [schedules.parse(written, self._naming) for written in settings.schedules]
        for depth in range(1, 2 if settings.schedules else settings.depth + 1):
            following: list[Schedule] = []
            skipped = alike = done = 0
            for schedule in level:
                if self._is_spent():
                    break
                done += 1
                if settings.progress is not None:
                    settings.progress(done, len(level))
                result = yield from self._one(expected, schedule)
                if depth < settings.depth and result is not None and not result.crashed and result.stopped is None:
                    usual = first.requests if result.ended_well else ()
                    more, skipped_here, alike_here = plan.next_entries(
                        schedule, result.requests, usual, settings.rows, crashes=settings.crashes
                    )
                    following += [(*schedule, entry) for entry in more]
                    skipped, alike = skipped + skipped_here, alike + alike_here
            self._note_level(depth, done, len(level))
            if skipped:
                self._covered.append(
                    f"left out at depth {depth + 1}: {skipped:,} sites that the run without failures has too: "
                    "a failure there is tried by itself"
                )
            if alike:
                self._covered.append(
                    f"left out at depth {depth + 1}: {alike:,} sites that repeat a request again and again: "
                    "of each the first two and the last are tried"
                )
            if done < len(level):
                return
            level = following

    def _is_spent(self) -> bool:
        settings = self._settings
        if self._runs >= settings.max_runs:
            return True
        return settings.max_seconds is not None and real_monotonic() - self._began > settings.max_seconds

    def _note_level(self, depth: int, done: int, wanted: int) -> None:
        kind = "given" if self._settings.schedules else f"depth {depth}"
        text = f"{kind}: {done:,} of {wanted:,} schedules"
        if done < wanted:
            limit = "max_runs" if self._runs >= self._settings.max_runs else "max_seconds"
            text += f" ({limit} ended it)"
        self._covered.append(text)

    def _one(self, expected: Expected, schedule: Schedule) -> Generator[Step, Result, Result | None]:
        """Run one schedule, and judge it; None if its failures did not all happen."""
        self._runs += 1
        result = yield Step(ACT, schedule)
        if result.happened < (1 if self._settings.schedules else len(schedule)):
            self._keep(schedule, result, [])
            return None
        verdicts: list[Verdict] = []
        if self._settings.has_check:
            checked = yield Step(CHECKED, schedule, result)
            if isinstance(checked.raised, AssertionError):
                place, error = exceptions.place_of(checked.raised), checked.raised
                lines = (f"raised at {place}", exceptions.line_of(error))
                verdicts.append(Verdict(CHECK, (CHECK, place), exceptions.describe(error), lines))
        recovered = None
        if not result.ended_well:
            recovered = yield Step(RECOVER, schedule)
        if any(row.name in failures.OF_OTHERS for row in rows_of(schedule)):
            alternates = yield from self._alternates(schedule, result, checks=bool(verdicts))
            expected = expected._replace(alternates=alternates)
            if any(alternate.fails_check for alternate in alternates):
                verdicts = []  # the check does not allow for what somebody else did
        verdicts += judge(expected, result, recovered)
        self._keep(schedule, result, verdicts)
        return result

    def _alternates(
        self, schedule: Schedule, of: Result, *, checks: bool
    ) -> Generator[Step, Result, tuple[Alternate, ...]]:
        """Return what is right too where somebody else changed an object: it happened before the act, or after it.

        For an act that did not end well it is also right to have done nothing.
        """
        found = []
        for what in (OTHERS_FIRST, OTHERS_LAST) if of.ended_well else (OTHERS_FIRST, OTHERS_LAST, OTHERS_ALONE):
            result = yield Step(what, schedule, of)
            if not result.happened:
                continue
            fails = False
            if checks:
                checked = yield Step(CHECKED, (), result)
                fails = isinstance(checked.raised, AssertionError)
            has_returned = result.ended_well and what == OTHERS_FIRST
            found.append(
                Alternate(
                    result.state,
                    result.returned,
                    has_returned,
                    result.raised,
                    fails,
                    ids_of(result),
                    what == OTHERS_ALONE,
                )
            )
        return tuple(found)

    def _keep(self, schedule: Schedule, result: Result, verdicts: Sequence[Verdict]) -> None:
        for verdict in verdicts:
            group = self._groups.get(verdict.group)
            if group is None:
                group = self._groups[verdict.group] = Group(
                    verdict, [], self._table(schedule, result), result.recording
                )
            group.schedules.append(schedule)
        kinds = tuple(dict.fromkeys(verdict.kind for verdict in verdicts))
        happened = result.happened >= len(schedule)
        self._results.append(ExploredRun(self.text(schedule), kinds, ended(result), happened, self._lines(result)))

    def _table(self, schedule: Schedule, result: Result) -> str:
        """Return the requests of a run as a table; what ended the run is no request that S3 saw."""
        lines = table_lines(list(enumerate(result.journal[:TABLE_SHOWN], 1)), TABLE_WIDTH)
        if len(result.journal) > TABLE_SHOWN:
            lines.append(f"(and {len(result.journal) - TABLE_SHOWN:,} more)")
        if result.crashed:
            lines.append(f"(then the process died: {self.text(schedule[-1:])})")
        elif result.stopped is not None:
            lines.append(f"(then the run was ended: {result.stopped[1]})")
        return "\n".join(lines)

    def _lines(self, result: Result) -> tuple[str, ...]:
        """Return the requests of a run, a line each; equal lines of many runs are one text."""
        return tuple(self._known_lines.setdefault(line, line) for line in map(str, result.journal))

    def text(self, schedule: Schedule) -> str:
        """Return how a schedule is written here."""
        return schedules.text(schedule, self._naming)

    def _exploration(self, first: Result) -> Exploration:
        made = Exploration(self._runs, [Site(seen.target, seen.nth).text(self._naming) for seen in first.requests])
        made.covered, made.results = self._covered, self._results
        used: set[str] = set()
        for group in self._groups.values():
            self._sort(made, group, used)
        made.findings.sort(key=lambda finding: ORDER[finding.kind])
        made.unused_allowances = [pattern for pattern, _ in self._settings.allow if pattern not in used]
        return made

    def _sort(self, made: Exploration, group: Group, used: set[str]) -> None:
        """Put a group where it belongs: findings, notes, and of both those that are accepted."""
        verdict = group.verdict
        written = {self.text(schedule): schedule for schedule in sorted(group.schedules, key=len)}
        if verdict.kind not in KINDS:
            made.notes.append(self._finding(group, list(written)))
            return
        left = list(written)
        for pattern, reason in self._settings.allow:
            matched = [text for text in left if fnmatchcase(verdict.kind, pattern) or fnmatchcase(text, pattern)]
            if matched:
                used.add(pattern)
                made.allowed.append(self._finding(group, matched, reason))
                left = [text for text in left if text not in matched]
        if left:
            made.findings.append(self._finding(group, left))

    def _finding(self, group: Group, written: list[str], reason: str | None = None) -> Finding:
        verdict = group.verdict
        schedule = min(group.schedules, key=len)
        return Finding(
            verdict.kind, verdict.text, verdict.lines, written, in_words(schedule), group.table, reason, group.recording
        )


def rows_of(schedule: Schedule) -> list[Failure]:
    """Return the rows of the failures of a schedule; a crash has none."""
    return [failures.TABLE[entry.failure] for entry in schedule if entry.failure in failures.TABLE]


def in_words(schedule: Schedule) -> str:
    """Return what happens in a schedule, as sentences."""
    return " Then: ".join(why(entry) for entry in schedule)


def why(entry: Entry) -> str:
    """Return the sentence of one failure."""
    return schedules.CRASHES.get(entry.failure) or failures.TABLE[entry.failure].why


def ended(result: Result) -> str:
    """Return how a run ended."""
    if result.crashed:
        return "died"
    if result.stopped is not None:
        return result.stopped[0]
    return "returned" if result.raised is None else "raised"


def require_normal(result: Result) -> None:
    """Raise UsageError where the act does not end well without failures."""
    if result.stopped is not None:
        message = f"explore: without any failure the act does not end: {result.stopped[1]}."
        raise UsageError(message)
    if result.raised is not None:
        message = (
            f"explore: without any failure the act raises {exceptions.describe(result.raised)}. "
            "Explore what works: an expected exception is caught inside the act."
        )
        raise UsageError(message) from result.raised


def require_requests(result: Result) -> None:
    """Raise UsageError where the act asks nothing of S3, so that nothing can fail."""
    if not result.requests:
        message = (
            "explore: the act makes no request that this fake answers. Call the code under test in it, and make its "
            "client while the fake is active."
        )
        raise UsageError(message)


def require_same(first: Result, second: Result) -> bool:
    """Raise UsageError where two runs without failures differ; return whether what they returned may be compared."""
    require_normal(second)
    naming = naming_of([seen.target for seen in (*first.requests, *second.requests)])
    one = sorted(Site(seen.target, seen.nth).text(naming) for seen in first.requests)
    other = sorted(Site(seen.target, seen.nth).text(naming) for seen in second.requests)
    if one != other:
        lines = [f"only the first run: {site}" for site in one if site not in other]
        lines += [f"only the second run: {site}" for site in other if site not in one]
        refuse_different("sends other requests", lines)
    stored = differences(first.state, second.state)
    if stored:
        refuse_different("stores something else", [line for found in stored for line in (found.title, *found.lines)])
    values = [comparable(result.returned, ids_of(result)) for result in (first, second)]
    return bool(values[0] == values[1])


def refuse_different(what: str, lines: Sequence[str]) -> NoReturn:
    """Raise UsageError for an act that is not the same twice."""
    shown = "".join(f"\n  {line}" for line in lines[:SHOWN])
    message = (
        f"explore: without any failure a second run of the act {what}, so that nothing could be compared. Take what is "
        f"by chance or by the clock out of it (names of objects, time stamps, what an earlier run left on disk).{shown}"
    )
    raise UsageError(message)

"""The race itself: a generator that says what to run next, and is given what came of it.

First the actors as wholes, in each order: what is right. Then every order that can matter, without failures and with
one after the other. It does not call the actors: `runs` does.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from fakecos.explore import exceptions
from fakecos.explore.state import differences
from fakecos.explore.threads import real_monotonic
from fakecos.explore.verdicts import Verdict
from fakecos.facts.exceptions import UsageError
from fakecos.race import conflicts, written_order
from fakecos.race.asked import Failing, failings_of, request_of_whole
from fakecos.race.findings import RaceFinding, RanOrder, line_of, state_lines
from fakecos.race.kinds import CHECK, KINDS, ORDER
from fakecos.race.orders import Drawn, Fixed, Search
from fakecos.race.race import Race
from fakecos.race.results import Wanted
from fakecos.race.serialisable import Judge

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from fakecos.explore.seen import Failure
    from fakecos.race.conflicts import Touched
    from fakecos.race.orders import Order, Step
    from fakecos.race.results import Result

    Steps = Generator["Wanted | Checked", Result, Race]

MOST_PAIRS = 100_000
"""How many pairs of requests are counted."""
SHRINKING_RUNS = 40
"""How many runs are made to find a smaller order for one finding."""


class Checked(NamedTuple):
    """The test's check is to be asked about a result; what it raises is in `raised` of what is sent back."""

    result: Result
    order: str


class Settings(NamedTuple):
    """What is tried, and what ends it."""

    names: Sequence[str]
    rows: Sequence[Failure]
    depth: int
    max_runs: int
    max_seconds: float | None
    seed: int | str
    reduces: bool
    has_check: bool
    judges: bool
    """Whether runs are compared with the orders of the actors as wholes."""


class Serially:
    """The actors as wholes, in this order."""

    def __init__(self, permutation: Sequence[int]) -> None:
        self._permutation = permutation

    def choose(self, ready: frozenset[int], last: int | None) -> int:
        """Return the first one that has not ended, and can go on."""
        del last
        return next(actor for actor in self._permutation if actor in ready)

    def took(self, _: Step) -> None:
        """Note nothing."""


class Group(NamedTuple):
    """The verdicts of one group: the first one, and every order that has it with its run."""

    verdict: Verdict
    runs: dict[str, Result]


class Racer:
    """One race, from the actors as wholes to the report."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._all = frozenset(range(len(settings.names)))
        self._judge: Judge | None = None
        self._groups: dict[tuple[str, ...], Group] = {}
        self._failing_of: dict[str, tuple[Failing, ...]] = {}
        self._alone: dict[str, set[tuple[str, ...]]] = {}
        self._ran: dict[str, RanOrder] = {}
        self._runs = 0
        self._redundant = 0
        self._began = real_monotonic()
        self._covered: list[str] = []
        self._has_blocked = False
        self._is_stuck = False
        self._pairs: set[tuple[tuple[int, str, int], tuple[int, str, int]]] = set()

    # --- the actors as wholes -----------------------------------------------------------------------------

    def _wholes(self) -> Generator[Wanted | Checked, Result, list[Result]]:
        """Run the actors as wholes. UsageError: one of them does not work alone, or not twice in the same way."""
        permutations = list(itertools.permutations(sorted(self._all)))
        first = yield Wanted(Serially(permutations[0]), self._all)
        self._require_normal(first)
        again = yield Wanted(Serially(permutations[0]), self._all)
        compares, has_etags = self._compared(first, again)
        self._judge = Judge(self._settings.names, self._serial, compares=compares, has_etags=has_etags)
        return [serial.result for serial in (yield from self._judge.whole(self._all))]

    def _serial(self, permutation: tuple[int, ...]) -> Generator[Wanted | Checked, Result, Result]:
        """Run some actors as wholes. UsageError: one of all does not work, or the check fails after all."""
        result = yield Wanted(Serially(permutation), permutation)
        if len(permutation) == len(self._all):
            self._require_normal(result)
            if self._settings.has_check:
                error = yield from self._failed_check(result, ())
                if error is not None:
                    names = " then ".join(self._settings.names[actor] for actor in permutation)
                    message = f"race: the check fails with the actors as wholes ({names}): {exceptions.describe(error)}"
                    raise UsageError(message) from error
        return result

    def _failed_check(
        self, result: Result, failing: tuple[Failing, ...]
    ) -> Generator[Wanted | Checked, Result, BaseException | None]:
        """Ask the check about the run that has just ended, and return what it raised."""
        checked = yield Checked(result, written_order.text(result.order, failing))
        return next(filter(None, checked.raised), None)

    def _require_normal(self, result: Result) -> None:
        names = self._settings.names
        for actor in sorted(result.actors):
            error = result.raised[actor]
            if error is not None and exceptions.is_bug(error):
                message = f"race: {names[actor]} raises when it runs as a whole: {exceptions.describe(error)}"
                raise UsageError(message) from error
        if not result.asked:
            message = "race: the actors made no request to this fake, so there is nothing to put in order."
            raise UsageError(message)

    def _compared(self, first: Result, again: Result) -> tuple[frozenset[int], bool]:
        """Return of which actors it is compared what they return, and whether ETags are.

        UsageError: two runs in the same order store different things.
        """
        found = differences(first.state, again.state)
        if found and self._settings.judges:
            lines = "; ".join(f"{one.title}: {one.lines[0]}" for one in found[:3])
            message = (
                f"race: the actors do not store the same when they run twice in the same order: {lines}. "
                "Give them fixed bytes and keys: seed what is random, and freeze the clock. Or say by check= what is "
                "right."
            )
            raise UsageError(message)
        for has_etags in (True, False):
            judge = Judge(self._settings.names, self._serial, compares=self._all, has_etags=has_etags)
            same = frozenset(actor for actor in self._all if judge.value(first, actor) == judge.value(again, actor))
            if same == self._all:
                return same, has_etags
        names = " and ".join(self._settings.names[actor] for actor in sorted(self._all - same))
        self._covered.append(f"what {names} returns differs between two runs in the same order: it is not compared")
        return same, False

    # --- the orders ---------------------------------------------------------------------------------------

    def steps(self) -> Steps:
        """Yield what to run, and return what was found."""
        wholes = yield from self._wholes()
        yield from self._search((), "without failures")
        if self._settings.rows:
            yield from self._with_failures(wholes)
        yield from self._shrink()
        return self._race()

    def repeat(self, written: str) -> Steps:
        """Yield one order. UsageError: it cannot be run as it is written."""
        wholes = yield from self._wholes()
        order = written_order.parse(written, len(self._all))
        asked = [result.asked for result in wholes]
        failing = tuple(
            Failing(actor, nth, row, request_of_whole(asked, actor, nth, written)) for actor, nth, row in order.failures
        )
        fixed = Fixed(order.actors)
        result = yield from self._run(fixed, failing)
        if fixed.missed is not None or len(result.order) < len(order.actors):
            message = (
                f"race(replay={written!r}): that is no order of what the actors ask. They asked, in the order "
                f"{written_order.text(result.order, ())}: {'; '.join(asked.text for asked in result.asked)}"
            )
            raise UsageError(message)
        return self._race()

    def _with_failures(self, wholes: Sequence[Result]) -> Generator[Wanted | Checked, Result, None]:
        """Search all orders once more for each failure of each request, then for each two, as deep as is asked."""
        single = list(failings_of([result.asked for result in wholes], self._settings.rows))
        for depth in range(1, self._settings.depth + 1):
            done = wanted = 0
            for failing in itertools.combinations(single, depth):
                if len({(one.actor, one.nth) for one in failing}) < depth:
                    continue
                wanted += 1
                if not self._is_spent():
                    yield from self._search(failing, None)
                    done += 1
            self._covered.append(f"with {depth} failure{'s' if depth > 1 else ''}: {done:,} of {wanted:,} sets")

    def _search(self, failing: tuple[Failing, ...], title: str | None) -> Generator[Wanted | Checked, Result, None]:
        """Run every order that can matter, with these failures. Where there are too many, draw some."""
        settings = self._settings
        search = Search(conflicts.commute, reduces=settings.reduces)
        begun, most = self._runs, settings.max_runs // 2
        is_complete = False
        while not self._is_spent() and self._runs - begun < max(most, 1):
            order = search.next_order()
            if order is None:
                is_complete = True
                break
            result = yield from self._run(order, failing, search)
            if result.has_blocked and search.reduces:  # what passes between the actors is not seen here
                search = Search(conflicts.commute, reduces=False)
            if result.deadlock:
                break
        if title is not None:
            self._note_search(title, self._runs - begun, is_complete=is_complete)
        number = 0
        while not is_complete and not failing and not self._is_spent():
            number += 1
            yield from self._run(Drawn(f"{settings.seed} {number}"), failing)
        if number:
            both = sum((second, first) in self._pairs for first, second in self._pairs) // 2
            self._covered.append(
                f"drawn at random (seed {settings.seed!r}): {number:,} orders; of {len(self._pairs) - both:,} pairs of "
                f"requests that do not commute, {both:,} came in both orders"
            )

    def _note_search(self, title: str, runs: int, *, is_complete: bool) -> None:
        how = "every order that can matter" if self._settings.reduces else "every order"
        text = f"{title}: {how}, {runs:,} runs"
        if not is_complete:
            reason = "a deadlock" if self._is_stuck else "max_runs or max_seconds"
            text = f"{title}: {runs:,} orders, and not all ({reason} ended it)"
        self._covered.append(text)
        if self._has_blocked:
            self._covered.append("actors waited for each other outside S3: no order was left out")

    def _run(
        self, order: Order, failing: tuple[Failing, ...], search: Search | None = None
    ) -> Generator[Wanted | Checked, Result, Result]:
        """Make one run, judge it, and keep what is wrong."""
        result = yield Wanted(order, self._all, failing)
        self._has_blocked = self._has_blocked or result.has_blocked
        if search is not None and search.is_redundant:
            self._redundant += 1
            return result
        self._runs += 1
        self._note_pairs(result)
        if result.happened < len(failing):
            return result
        verdicts = yield from self._verdicts(result, failing)
        if failing and any(verdict.kind in KINDS for verdict in verdicts):
            alone = yield from self._by_failures_alone(failing)
            verdicts = [verdict for verdict in verdicts if verdict.group not in alone]
        written = written_order.text(result.order, failing)
        self._keep(written, result, verdicts)
        self._failing_of[written] = failing
        return result

    def _verdicts(
        self, result: Result, failing: tuple[Failing, ...]
    ) -> Generator[Wanted | Checked, Result, list[Verdict]]:
        assert self._judge is not None
        verdicts: list[Verdict] = []
        if result.over is not None:
            verdicts.append(Verdict(CHECK, (CHECK, "budget"), exceptions.describe(result.over)))
        if self._settings.has_check and not result.deadlock:
            error = yield from self._failed_check(result, failing)
            if error is not None:
                place = exceptions.place_of(error)
                lines = (f"raised at {place}", exceptions.line_of(error))
                verdicts.append(Verdict(CHECK, (CHECK, place), exceptions.describe(error), lines))
        if not self._settings.judges and not result.deadlock and result.storm is None:
            return verdicts
        judged: list[Verdict] = yield from self._judge.judge(result)
        return verdicts + judged

    def _by_failures_alone(
        self, failing: tuple[Failing, ...]
    ) -> Generator[Wanted | Checked, Result, set[tuple[str, ...]]]:
        """Return the groups of what these failures do to the actors as wholes too: that is no race."""
        known = written_order.text((), failing)
        if known not in self._alone:
            found: set[tuple[str, ...]] = set()
            for permutation in itertools.permutations(sorted(self._all)):
                result = yield Wanted(Serially(permutation), self._all, failing)
                found |= {verdict.group for verdict in (yield from self._verdicts(result, failing))}
            self._alone[known] = found
        return self._alone[known]

    def _is_spent(self) -> bool:
        settings = self._settings
        if self._is_stuck or self._runs + self._redundant >= settings.max_runs:
            return True
        return settings.max_seconds is not None and real_monotonic() - self._began > settings.max_seconds

    def _note_pairs(self, result: Result) -> None:
        """Note in which order the requests came that do not commute, each by its actor, its text and its number."""
        if len(self._pairs) > MOST_PAIRS:
            return
        numbers: dict[tuple[int, str], int] = {}
        named: list[tuple[tuple[int, str, int], Touched]] = []
        for asked, step in zip(result.asked, result.steps, strict=True):
            nth = numbers[asked.actor, asked.text] = numbers.get((asked.actor, asked.text), 0) + 1
            name = (asked.actor, asked.text, nth)
            self._pairs |= {
                (other, name)
                for other, touched in named
                if other[0] != asked.actor and not conflicts.commute(touched, step.touched)
            }
            named.append((name, step.touched))

    def _keep(self, written: str, result: Result, verdicts: Sequence[Verdict]) -> None:
        for verdict in verdicts:
            group = self._groups.setdefault(verdict.group, Group(verdict, {}))
            group.runs[written] = result
        kinds = tuple(dict.fromkeys(verdict.kind for verdict in verdicts))
        self._is_stuck = self._is_stuck or bool(result.deadlock)
        self._ran[written] = RanOrder(written, kinds, tuple((asked.actor, line_of(asked)) for asked in result.asked))

    # --- the smallest order -------------------------------------------------------------------------------

    def _shrink(self) -> Generator[Wanted | Checked, Result, None]:
        """Look for an order with fewer switches for each finding."""
        for key in [key for key, group in self._groups.items() if group.verdict.kind in KINDS]:
            left = SHRINKING_RUNS
            is_smaller = True
            while is_smaller and left > 0 and not self._is_stuck:
                is_smaller = False
                best = _smallest(self._groups[key].runs)
                failing = self._failing_of[best]
                for candidate in written_order.with_fewer_switches(self._groups[key].runs[best].order):
                    if left == 0:
                        break
                    if written_order.text(candidate, failing) in self._ran:
                        continue
                    left -= 1
                    fixed = Fixed(candidate)
                    yield from self._run(fixed, failing)
                    if _smallest(self._groups[key].runs) != best:
                        is_smaller = True
                        break

    # --- the report ---------------------------------------------------------------------------------------

    def _race(self) -> Race:
        made = Race(list(self._settings.names), len(self._ran), list(self._ran))
        if self._redundant:
            self._covered.append(f"{self._redundant:,} runs more were like others, and not judged")
        made.covered, made.results = self._covered, list(self._ran.values())
        for group in self._groups.values():
            finding = self._finding(group)
            (made.findings if group.verdict.kind in KINDS else made.notes).append(finding)
        made.findings.sort(key=lambda finding: ORDER[finding.kind])
        return made

    def _finding(self, group: Group) -> RaceFinding:
        smallest = _smallest(group.runs)
        result = group.runs[smallest]
        others = sorted((written for written in group.runs if written != smallest), key=_size)
        return RaceFinding(
            group.verdict.kind,
            group.verdict.text,
            group.verdict.lines,
            [smallest, *others],
            list(self._settings.names),
            [(asked.actor, line_of(asked)) for asked in result.asked],
            [one.row.why for one in self._failing_of[smallest]],
            state_lines(result),
            result.recording,
        )


def _size(written: str) -> tuple[int, int, str]:
    order = written.partition(";")[0]
    return len(written) - len(order), written_order.switches([int(number) for number in order]), written


def _smallest(runs: dict[str, Result]) -> str:
    return min(runs, key=_size)

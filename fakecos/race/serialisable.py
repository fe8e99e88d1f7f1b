"""The default verdict: a run is right if it is like a run of the actors as wholes, one after the other.

What is compared: the final state, and what those actors returned that returned. An actor that raised may have done all
that it does, or nothing. So the loser of an optimistic write may give up, and must leave nothing behind.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.explore import exceptions
from fakecos.explore.returned import DIFFER, comparable
from fakecos.explore.state import differences, same_object
from fakecos.explore.verdicts import Verdict, ids_of, short
from fakecos.race.kinds import (
    BUG_IN_ERROR_PATH,
    DEADLOCK,
    LEAKED_UPLOAD,
    LOST_UPDATE,
    NOT_SERIALISABLE,
    RAISED,
    RETRY_STORM,
    TORN_OBJECT,
    WRONG_RETURN,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterator, Sequence

    from fakecos.explore.state import Difference, State
    from fakecos.race.results import Result

PLACES_SHOWN = 3
SHORT = 120


class Serial(NamedTuple):
    """A run of some of the actors as wholes: in which order, and what came of it."""

    permutation: tuple[int, ...]
    result: Result


class Judge:
    """Compares runs with the orders of the actors as wholes.

    `serial` makes a run of some actors one after the other; orders of fewer actors than all are run when a run needs
    them.
    """

    def __init__(
        self,
        names: Sequence[str],
        serial: Callable[[tuple[int, ...]], Generator[Any, Result, Result]],
        *,
        compares: Collection[int],
        has_etags: bool,
    ) -> None:
        self._names = names
        self._serial = serial
        self._compares = frozenset(compares)
        self._differ = DIFFER - {"ETag"} if has_etags else DIFFER
        self._known: dict[frozenset[int], list[Serial]] = {}

    def whole(self, actors: frozenset[int]) -> Generator[Any, Result, list[Serial]]:
        """Return the runs of these actors as wholes, in each order."""
        if actors not in self._known:
            known: list[Serial] = []
            for permutation in itertools.permutations(sorted(actors)):
                result = yield from self._serial(permutation)
                known.append(Serial(permutation, result))
            self._known[actors] = known
        return self._known[actors]

    def judge(self, result: Result) -> Generator[Any, Result, list[Verdict]]:
        """Return what is wrong in a run; a note if an actor gave up."""
        if result.deadlock:
            return [self._deadlock(result)]
        if result.storm is not None:
            name = self._names[result.storm]
            return [Verdict(RETRY_STORM, (RETRY_STORM, name), f"{name} made a thousand requests, and did not stop")]
        found = [*self._slips(result, (yield from self.whole(result.actors)))]
        returned = result.ended_well
        candidates: list[Serial] = []
        for size in range(len(result.actors), len(returned) - 1, -1):
            for more in itertools.combinations(sorted(result.actors - returned), size - len(returned)):
                runs = yield from self.whole(returned | frozenset(more))
                stored = [run for run in runs if same_state(run.result.state, result.state)]
                if any(self._same_returned(run.result, result) for run in stored):
                    return found or self._notes(result)
                candidates += stored
        if candidates:
            return [*found, self._wrong_return(result, candidates)]
        return [*found, (yield from self._wrong_state(result))]

    # --- what is compared ---------------------------------------------------------------------------------

    def _same_returned(self, serial: Result, result: Result) -> bool:
        return all(
            serial.raised[actor] is None and self.value(serial, actor) == self.value(result, actor)
            for actor in result.ended_well
        )

    def value(self, result: Result, actor: int) -> object:
        """Return what is compared of what an actor returned."""
        return comparable(result.returned[actor], ids_of(result), self._differ) if actor in self._compares else None

    # --- what is wrong ------------------------------------------------------------------------------------

    def _deadlock(self, result: Result) -> Verdict:
        names = " and ".join(self._names[actor] for actor in result.deadlock)
        text = (
            f"{names} wait for each other, or for what cannot happen"
            if len(result.deadlock) > 1
            else f"{names} waits for what cannot happen"
        )
        return Verdict(DEADLOCK, (DEADLOCK,), text)

    def _slips(self, result: Result, whole: Sequence[Serial]) -> Iterator[Verdict]:
        for actor in sorted(result.actors):
            error = result.raised[actor]
            if error is None or not exceptions.is_bug(error) or _raises(whole, actor, error):
                continue
            place = exceptions.place_of(error)
            text = f"{self._names[actor]} raised {exceptions.describe(error)}"
            yield Verdict(BUG_IN_ERROR_PATH, (BUG_IN_ERROR_PATH, place), text, (f"raised at {place}",))

    def _notes(self, result: Result) -> list[Verdict]:
        notes = []
        for actor in sorted(result.actors):
            error = result.raised[actor]
            if error is not None and not any(_raises(runs, actor, error) for runs in self._known.values()):
                text = f"{self._names[actor]} raised {exceptions.describe(error)}"
                notes.append(
                    Verdict(RAISED, (RAISED, self._names[actor].partition(" (")[0], type(error).__name__), text)
                )
        return notes

    def _wrong_return(self, result: Result, stored: Sequence[Serial]) -> Verdict:
        for actor in sorted(result.ended_well):
            right = [self.value(run.result, actor) for run in stored if run.result.raised[actor] is None]
            if self.value(result, actor) not in right:
                break
        name = self._names[actor]
        text = f"{name} returned {short(result.returned[actor], SHORT)}"
        lines = list(
            dict.fromkeys(f"{self.in_order(run.permutation)}: {self._ended(run.result, actor)}" for run in stored)
        )
        return Verdict(WRONG_RETURN, (WRONG_RETURN, name.partition(" (")[0]), text, tuple(lines[:PLACES_SHOWN]))

    def _ended(self, result: Result, actor: int) -> str:
        error = result.raised[actor]
        if error is not None:
            return f"it raises {exceptions.describe(error)}"
        return f"it returns {short(result.returned[actor], SHORT)}"

    def _wrong_state(self, result: Result) -> Generator[Any, Result, Verdict]:
        whole = yield from self.whole(result.actors)
        nearest = min(whole, key=lambda run: len(differences(run.result.state, result.state)))
        found = differences(nearest.result.state, result.state)
        if not found:
            return self._leaked(result, nearest)
        of_objects = [one for one in found if one.what == "object"] or found
        fewer: list[Serial] = []
        returned = sorted(result.ended_well)
        for size in range(len(returned) - 1, -1, -1):
            for kept in itertools.combinations(returned, size):
                runs = yield from self.whole(frozenset(kept))
                if any(_agree(of_objects, run.result.state, result.state) for run in runs):
                    return self._lost(result, result.ended_well - set(kept), of_objects)
                fewer += runs
        torn = [one for one in of_objects if _is_torn(one, result.state, [*whole, *fewer])]
        kind = TORN_OBJECT if torn else NOT_SERIALISABLE
        shown = torn or found
        lines = [f"{one.title}: {line}" for one in shown[:PLACES_SHOWN] for line in one.lines]
        lines.insert(0, f"compared with {self.in_order(nearest.permutation)}, which is nearest:")
        titles = ", ".join(one.title for one in shown[:PLACES_SHOWN])
        text = f"{titles}: as after no order of the actors as wholes"
        return Verdict(kind, (kind, *(one.title for one in shown)), text, tuple(lines))

    def _lost(self, result: Result, lost: frozenset[int], found: Sequence[Difference]) -> Verdict:
        names = " and ".join(self._names[actor] for actor in sorted(lost))
        titles = ", ".join(one.title for one in found[:PLACES_SHOWN])
        text = f"{titles}: as if {names} had never run, and {'they' if len(lost) > 1 else 'it'} returned normally"
        lines = [f"{self._names[actor]} returned {short(result.returned[actor], SHORT)}" for actor in sorted(lost)]
        return Verdict(LOST_UPDATE, (LOST_UPDATE, *(one.title for one in found)), text, tuple(lines))

    def _leaked(self, result: Result, nearest: Serial) -> Verdict:
        left, expected = result.state.uploads.values(), nearest.result.state.uploads
        lines = [f"{upload.key}: {upload.size:,} bytes" for upload in left]
        text = f"{len(left):,} uploads are open, and {len(expected):,} where the actors run as wholes"
        return Verdict(LEAKED_UPLOAD, (LEAKED_UPLOAD,), text, tuple(lines[:PLACES_SHOWN]))

    def in_order(self, permutation: tuple[int, ...]) -> str:
        """Return an order of actors in words."""
        return " then ".join(self._names[actor] for actor in permutation) or "nobody"


def same_state(one: State, other: State) -> bool:
    """Whether two states are the same for whoever reads them, uploads left open included."""
    return _uploads(one) == _uploads(other) and not differences(one, other)


def _uploads(state: State) -> list[tuple[str, int]]:
    return sorted((upload.key, upload.size) for upload in state.uploads.values())


def _raises(runs: Sequence[Serial], actor: int, error: BaseException) -> bool:
    """Whether an actor raises the same in a run of the actors as wholes."""
    return any(_same_error(run.result.raised[actor], error) for run in runs)


def _same_error(one: BaseException | None, other: BaseException) -> bool:
    return type(one) is type(other) and exceptions.describe(one or other) == exceptions.describe(other)


def _agree(found: Sequence[Difference], fewer: State, state: State) -> bool:
    """Whether these places are now as where fewer actors ran."""
    places = {(one.what, one.place) for one in found}
    return not any((one.what, one.place) in places for one in differences(fewer, state))


def _is_torn(found: Difference, state: State, runs: Sequence[Serial]) -> bool:
    """Whether an object is as in none of these runs."""
    here = state.objects.get(found.place)
    return here is not None and not any(same_object(run.result.state.objects.get(found.place), here) for run in runs)

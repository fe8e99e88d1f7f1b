"""In which orders to run: a search through all of them, depth first, without those that nobody can tell apart.

This is dynamic partial-order reduction with source sets (Abdulla, Aronis, Jonsson and Sagonas, 2014) and sleep sets
(Godefroid, 1996). A run is made first; each pair of its steps that do not commute, and that nothing in between puts in
an order, is a reason to try the other order too. Nothing here knows of S3: a step is an actor and what it touched.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from fakecos.race.conflicts import Touched

    Commute = Callable[[Touched, Touched], bool]


class Step(NamedTuple):
    """One request of a run: who made it, what it touched, and who could have gone in its place."""

    actor: int
    touched: Touched
    ready: frozenset[int]


class Order(Protocol):
    """Who goes next. `choose` is asked before each step, `took` is told of it."""

    def choose(self, ready: frozenset[int], last: int | None) -> int:
        """Return one of those that are ready; `last` is who went last."""

    def took(self, step: Step) -> None:
        """Note what was done."""


class Fixed:
    """An order that is written down; after its end the actors go on as they would: the last one first."""

    def __init__(self, wanted: Sequence[int]) -> None:
        self._wanted = list(wanted)
        self.missed: int | None = None
        """The number of the first step that could not be done as written, from 0."""
        self._done = 0

    def choose(self, ready: frozenset[int], last: int | None) -> int:
        """Return who is written, or the next one that is ready."""
        if self._done < len(self._wanted):
            wanted = self._wanted[self._done]
            if wanted in ready:
                return wanted
            if self.missed is None:
                self.missed = self._done
        return going_on(ready, last)

    def took(self, _: Step) -> None:
        """Go to the next one."""
        self._done += 1


class Drawn:
    """An order that is drawn at random."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)  # noqa: S311 - nothing secret

    def choose(self, ready: frozenset[int], last: int | None) -> int:
        """Return any of those that are ready."""
        del last
        return self._random.choice(sorted(ready))

    def took(self, _: Step) -> None:
        """Note nothing."""


def going_on(ready: Collection[int], last: int | None) -> int:
    """Return who goes where nobody says otherwise: the same one again, else the first."""
    return last if last in ready else min(ready)  # type: ignore[return-value]


class _Node:
    """A moment in the search: who could go, who is to be tried, who was, and whom it would be in vain to try."""

    __slots__ = ("asleep", "chosen", "ready", "step", "todo", "tried", "vain")

    def __init__(self, ready: frozenset[int], asleep: dict[int, Touched]) -> None:
        self.ready = ready
        self.asleep = asleep
        self.todo: set[int] = set()
        self.tried: dict[int, Touched] = {}
        self.step: Step | None = None
        self.chosen: int | None = None
        self.vain: set[int] = set()
        """Who was chosen here, and waited for something else before its next request."""

    @property
    def left(self) -> set[int]:
        """Who is still to be tried."""
        return self.todo - self.tried.keys() - self.asleep.keys() - self.vain


class Search:
    """The search. Take `next_order()` until it is None, and give each run's steps to it as an `Order`."""

    def __init__(self, commute: Commute, *, reduces: bool) -> None:
        self._commute = commute
        self.reduces = reduces
        self._nodes: list[_Node] = []
        self._depth = 0
        self._is_first = True
        self.is_redundant = False
        """Whether the run that has just ended is like an earlier one."""

    # --- from one run to the next -------------------------------------------------------------------------

    def next_order(self) -> Order | None:
        """Return what to run next, None if everything was run."""
        if self._is_first:
            self._is_first = False
        else:
            self._look_back()
            if not self._step_back():
                return None
        self._depth = 0
        self.is_redundant = False
        return self

    def _step_back(self) -> bool:
        """Go back to the last moment at which somebody else is to be tried; False if there is none."""
        while self._nodes:
            node = self._nodes[-1]
            if node.left:
                node.step = node.chosen = None
                return True
            self._nodes.pop()
        return False

    # --- during a run -------------------------------------------------------------------------------------

    def choose(self, ready: frozenset[int], last: int | None) -> int:
        """Return who goes next. Asked again before anything was done, it is the same one, if that one can go."""
        if self._depth == len(self._nodes):
            self._nodes.append(self._node(ready, last))
        node = self._nodes[self._depth]
        if node.step is not None:  # what was done here before is done again
            return node.step.actor if node.step.actor in ready else going_on(ready, last)
        if node.chosen is not None and node.chosen not in ready:
            node.vain.add(node.chosen)
            node.chosen = None
        if node.chosen is None:
            left = node.left & ready
            if not left:
                node.vain |= node.left  # it could go here before, and waits for something else now
            node.chosen = going_on(left or ready, last)
        return node.chosen

    def _node(self, ready: frozenset[int], last: int | None) -> _Node:
        """Return a new moment, at which at first only one is to be tried, or everybody."""
        node = _Node(ready, self._asleep_after(self._nodes[-1]) if self._nodes else {})
        awake = ready - node.asleep.keys()
        if not awake:
            self.is_redundant = True
        node.todo = {going_on(awake or ready, last)} if self.reduces else set(ready)
        return node

    def _asleep_after(self, node: _Node) -> dict[int, Touched]:
        """Return whom it is in vain to try after a step: what was tried before it, and commutes with it."""
        if not self.reduces or node.step is None:
            return {}
        before = {**node.asleep, **node.tried}
        before.pop(node.step.actor, None)
        return {actor: step for actor, step in before.items() if self._commute(step, node.step.touched)}

    def took(self, step: Step) -> None:
        """Note what was done."""
        if self._depth == len(self._nodes):  # nobody was asked: who was taken for waiting, on a busy machine, went on
            self._nodes.append(self._node(step.ready | {step.actor}, step.actor))
        node = self._nodes[self._depth]
        node.step = step
        node.ready = step.ready
        node.tried.setdefault(step.actor, step.touched)
        self._depth += 1

    # --- after a run --------------------------------------------------------------------------------------

    def _look_back(self) -> None:
        """For each pair of steps that may be turned round, note who is to be tried before the first of them."""
        del self._nodes[self._depth :]
        if not self.reduces:
            return
        steps = [node.step for node in self._nodes if node.step is not None]
        happened = Happened(steps, self._commute)
        for first, second in happened.reversible_pairs():
            node, initials = self._nodes[first], happened.initials(first, second)
            if not initials & node.todo:
                actor = steps[second].actor
                wanted = {actor if actor in initials else min(initials)}
                node.todo |= min(wanted, node.ready)


class Happened:
    """Which steps of a run come before which others: those of the same actor, and those that do not commute."""

    def __init__(self, steps: Sequence[Step], commute: Commute) -> None:
        self._steps = steps
        self._clocks: list[dict[int, int]] = []
        """Of each step, by actor: the last step of that actor that comes before it, or is it."""
        self._pairs: list[tuple[int, int]] = []
        own: dict[int, int] = {}
        for number, step in enumerate(steps):
            clock = dict(self._clocks[own[step.actor]]) if step.actor in own else {}
            for earlier in range(number - 1, -1, -1):
                other = steps[earlier]
                if other.actor == step.actor or commute(other.touched, step.touched):
                    continue
                if clock.get(other.actor, -1) < earlier:  # nothing in between says that it comes first
                    self._pairs.append((earlier, number))
                for actor, last in self._clocks[earlier].items():
                    clock[actor] = max(last, clock.get(actor, -1))
            clock[step.actor] = number
            self._clocks.append(clock)
            own[step.actor] = number

    def comes_before(self, first: int, second: int) -> bool:
        """Whether a step comes before another one in every order that is like this one."""
        return self._clocks[second].get(self._steps[first].actor, -1) >= first

    def reversible_pairs(self) -> Sequence[tuple[int, int]]:
        """Return the pairs of steps that may be turned round: nothing but the pair itself puts them in an order."""
        return self._pairs

    def initials(self, first: int, second: int) -> set[int]:
        """Return who can begin where the second step of a pair is to come without the first one."""
        later = [n for n in range(first + 1, second) if not self.comes_before(first, n)] + [second]
        return {
            self._steps[n].actor
            for place, n in enumerate(later)
            if not any(self.comes_before(earlier, n) for earlier in later[:place])
        }

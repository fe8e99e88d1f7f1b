"""The search runs every order that can be told apart, and each one once."""

from __future__ import annotations

import itertools
from math import comb
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakecos.race.conflicts import OBJECT, Place, Touched, commute
from fakecos.race.orders import Search, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    Program = Sequence[Sequence[Touched]]


def reading(key: str) -> Touched:
    return Touched(reads=(Place(OBJECT, "b", key),))


def writing(key: str) -> Touched:
    return Touched(writes=(Place(OBJECT, "b", key),))


def runs_of(program: Program, *, reduces: bool) -> list[tuple[int, ...]]:
    """Run a program of steps in every order that the search wants, and return the orders that are no repetition."""
    search, found = Search(commute, reduces=reduces), []
    while (order := search.next_order()) is not None:
        done = [0] * len(program)
        taken: list[int] = []
        while ready := frozenset(actor for actor, steps in enumerate(program) if done[actor] < len(steps)):
            actor = order.choose(ready, taken[-1] if taken else None)
            order.took(Step(actor, program[actor][done[actor]], ready))
            done[actor] += 1
            taken.append(actor)
        if not search.is_redundant:
            found.append(tuple(taken))
    return found


def every_order(program: Program) -> set[tuple[int, ...]]:
    return set(itertools.permutations([actor for actor, steps in enumerate(program) for _ in steps]))


def told_apart(program: Program, order: Sequence[int]) -> frozenset[tuple[tuple[int, int], tuple[int, int]]]:
    """Return in which order the steps come that do not commute: two orders with the same are the same to everybody."""
    done = [0] * len(program)
    steps = []
    for actor in order:
        steps.append((actor, done[actor]))
        done[actor] += 1
    return frozenset(
        (one, other)
        for one, other in itertools.combinations(steps, 2)
        if one[0] != other[0] and not commute(program[one[0]][one[1]], program[other[0]][other[1]])
    )


def test_without_reduction_there_are_as_many_orders_as_the_binomial_says() -> None:
    for first, second in itertools.product(range(1, 5), repeat=2):
        program = [[writing("a")] * first, [writing("a")] * second]
        orders = runs_of(program, reduces=False)
        assert len(orders) == len(set(orders)) == comb(first + second, first)


def test_what_commutes_is_run_once() -> None:
    assert runs_of([[writing("a")] * 4, [writing("b")] * 4], reduces=True) == [(0, 0, 0, 0, 1, 1, 1, 1)]
    assert len(runs_of([[reading("a")] * 3, [reading("a")] * 3, [reading("a")]], reduces=True)) == 1


steps = st.builds(lambda key, writes: writing(key) if writes else reading(key), st.sampled_from("abc"), st.booleans())
programs = st.lists(st.lists(steps, min_size=1, max_size=3), min_size=2, max_size=3)


@settings(max_examples=200, deadline=None)
@given(programs)
@pytest.mark.slow
def test_reduction_leaves_out_no_order_that_can_be_told_apart(program: Program) -> None:
    wanted = {told_apart(program, order) for order in every_order(program)}
    found = [told_apart(program, order) for order in runs_of(program, reduces=True)]
    assert set(found) == wanted
    assert len(found) == len(wanted), "no order is run twice in another spelling"


@pytest.mark.parametrize("reduces", [True, False])
def test_who_takes_a_step_without_being_chosen_has_a_place_in_the_search(reduces: bool) -> None:
    # a thread that was taken for waiting, on a busy machine, and went on by itself
    search = Search(commute, reduces=reduces)
    order = search.next_order()
    assert order is not None
    both, touched = frozenset({0, 1}), writing("k")
    order.took(Step(order.choose(both, None), touched, both))
    order.took(Step(0, touched, frozenset({1})))
    assert order.choose(frozenset({1}), 0) == 1
    order.took(Step(1, touched, frozenset({1})))
    assert search.next_order() is not None

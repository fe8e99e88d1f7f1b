"""How an order is written: `0110`, an actor for each request; with failures `0110; 1.2=closed@stored`.

That is: the second request of actor 1, counted from 1, meets this failure.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from fakecos.explore import failures
from fakecos.facts.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakecos.explore.seen import Failure
    from fakecos.race.asked import Failing

_FAILURE = re.compile(r"(\d)\.(\d+)=(.+)")


class Written(NamedTuple):
    """An order that was read: the actors one after the other, and (actor, nth, failure) of each failure."""

    actors: tuple[int, ...]
    failures: tuple[tuple[int, int, Failure], ...]


def text(order: Sequence[int], failing: Sequence[Failing]) -> str:
    """Return how an order is written."""
    return "; ".join(["".join(map(str, order)), *(f"{one.actor}.{one.nth}={one.row.name}" for one in failing)])


def parse(written: str, actors: int) -> Written:
    """Read an order. UsageError: it is none, or names an actor that there is not."""
    order, *rest = (part.strip() for part in written.split(";"))
    matches = [_FAILURE.fullmatch(part) for part in rest]
    numbers = [*order, *(match[1] for match in matches if match is not None)]
    if not order.isascii() or not order.isdecimal() or None in matches:
        message = (
            f"race(replay={written!r}): an order is the numbers of the actors, one for each request, such as '0110', "
            "and its failures, such as '0110; 1.2=closed@stored'."
        )
        raise UsageError(message)
    if any(int(number) >= actors for number in numbers):
        message = f"race(replay={written!r}): there are {actors} actors, which are counted from 0."
        raise UsageError(message)
    found = tuple((int(m[1]), int(m[2]), failures.named(m[3])) for m in matches if m is not None)
    return Written(tuple(map(int, order)), found)


def switches(order: Sequence[int]) -> int:
    """Return how often an order goes from one actor to another."""
    return sum(one != other for one, other in itertools.pairwise(order))


def with_fewer_switches(order: Sequence[int]) -> list[tuple[int, ...]]:
    """Return orders of the same requests that switch less often: one block is moved to a neighbour of its actor."""
    blocks: list[list[int]] = []
    for actor in order:
        if blocks and blocks[-1][0] == actor:
            blocks[-1].append(actor)
        else:
            blocks.append([actor])
    found: dict[tuple[int, ...], None] = {}
    for place, block in enumerate(blocks):
        rest = blocks[:place] + blocks[place + 1 :]
        for target, other in enumerate(rest):
            if other[0] == block[0]:
                moved = [actor for number, each in enumerate(rest) for actor in (*each, *block * (number == target))]
                found[tuple(moved)] = None
    return sorted((each for each in found if switches(each) < switches(order)), key=lambda each: (switches(each), each))

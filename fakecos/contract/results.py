"""What came of asking a service for a promise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakecos.comparison.differences import Difference
    from fakecos.comparison.exchange import Exchange
    from fakecos.contract.instances import Instance

SAME = "same"
"""Its assertions hold, and every answer is the fake's to the letter."""
HOLDS = "holds"
"""Its assertions hold, and some answer differs in a header, an element or an order."""
DIFFERS = "differs"
NOT_OFFERED = "not offered"
NOT_RUN = "not run"
OUTCOMES = (SAME, HOLDS, DIFFERS, NOT_OFFERED, NOT_RUN)


@dataclass
class Result:
    """What came of one case of a promise.

    - `outcome`: one of OUTCOMES; `why`: the reason for "not run", what failed for "differs".
    - `differences`: where answers differ, in the order of the requests.
    - `here`, `there`: the exchanges with the fake, and with the service.
    """

    instance: Instance
    outcome: str
    why: str = ""
    differences: list[Difference] = field(default_factory=list)
    here: list[Exchange] = field(default_factory=list)
    there: list[Exchange] = field(default_factory=list)


def kept(results: Iterable[Result]) -> dict[str, int]:
    """Return how many cases came to each outcome."""
    counts = dict.fromkeys(OUTCOMES, 0)
    for result in results:
        counts[result.outcome] += 1
    return counts

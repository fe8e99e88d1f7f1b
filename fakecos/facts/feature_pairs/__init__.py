"""Where two features meet: what S3 answers, where that is from, and the test that holds it.

Single rules hold nearly everywhere; what fails is where two features meet (aws-changes 35). docs/reference/
feature-pairs.md is made of this, and tests/facts/test_feature_pairs.py holds that each row that is not assumed has a
test. A pair without a row is assumed: each rule holds by itself, in the order of docs/reference/order-of-checks.md.
"""

from __future__ import annotations

from fakecos.facts.feature_pairs import access, reads, replicated, writes
from fakecos.facts.feature_pairs.pair import ASSUMED, FEATURES, NAMES, Pair

PAIRS: tuple[Pair, ...] = tuple(
    sorted(
        (*reads.PAIRS, *writes.PAIRS, *access.PAIRS, *replicated.PAIRS),
        key=lambda pair: (NAMES.index(pair.first), NAMES.index(pair.second)),
    )
)
"""Every row, in the order of the page."""

SURE = ("recorded", "documented", "reported", ASSUMED)
"""How sure a source may be, the surest first."""


def how_sure(first: str, second: str) -> str:
    """Return the surest source of a pair of features, "assumed" if no row has one; the order of the two is free."""
    kinds = {pair.source.split()[0].strip(":;,") for pair in PAIRS if {pair.first, pair.second} == {first, second}}
    return next((kind for kind in SURE if kind in kinds), ASSUMED)


__all__ = ["FEATURES", "NAMES", "PAIRS", "SURE", "Pair", "how_sure"]

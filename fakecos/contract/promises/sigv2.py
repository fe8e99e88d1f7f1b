"""SigV2: the regions that take it, and the path that it signs."""

from __future__ import annotations

from fakecos.contract.promise import promise
from fakecos.facts.regions import REGIONS, SIGV2_REGIONS


@promise
def the_regions_are_regions() -> None:
    assert SIGV2_REGIONS < REGIONS

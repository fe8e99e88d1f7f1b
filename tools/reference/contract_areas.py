"""The page of docs/reference about the promises of the contract, area by area; make_reference.py writes it."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from fakecos.contract import Promise, promises
from fakecos.contract.instances import dialects_of
from fakecos.contract.measured import AROUND, cost_of
from fakecos.contract.promise import SURE

HEAD = """\
# Promises of the contract

What S3 promises, as [`fakecos verify`](../how-to/verify.md) asks any service for it: each promise is one rule, with one
or more cases. This page has a line for each area. What an area has in detail, with operation, day and needs of each
promise, says

```sh
fakecos verify --list --only AREA
```

- *since*: days since which S3 does some of them so; [before](dates.md) it did otherwise.
- *how sure*: how many are recorded, documented, public, reported, assumed, by the surest part of each rule.
- *requests*: of all cases, with those that make and delete their buckets.
- *needs*: what a service or the account must have for some of them; `--without` leaves features out.

"""


def contract_areas() -> str:
    """Return the page."""
    found = promises()
    cases = sum(cost_of(one).cases for one in found)
    lines = [
        f"{len(found):,} promises, {cases:,} cases.\n",
        "| area | promises | of | since | how sure | requests | needs |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_row(area, list(listed)) for area, listed in groupby(found, key=lambda one: one.area)]
    return HEAD + "\n".join(lines) + "\n"


def _row(area: str, found: list[Promise]) -> str:
    costs = [cost_of(one) for one in found]
    services = sorted({name for one in found for name in dialects_of(one)})
    days = sorted({one.as_of.isoformat() for one in found if one.as_of is not None})
    sure = Counter(one.sure for one in found)
    words = [f"{sure[word]} {word}" for word in SURE if sure[word]] + ([f"{sure['']} unnoted"] if sure[""] else [])
    needs = sorted({need for cost in costs for need in cost.needs})
    requests = sum(cost.requests + AROUND * cost.cases for cost in costs)
    cells = [f"`{area}`", str(len(found)), ", ".join(services), ", ".join(days), ", ".join(words), f"{requests:,}"]
    return f"| {' | '.join([*cells, ', '.join(needs)])} |"

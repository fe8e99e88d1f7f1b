"""The page of docs/reference about rules that nobody has recorded; make_reference.py writes it."""

from __future__ import annotations

from itertools import groupby

from fakecos.contract import promises
from fakecos.contract.promise import NO_SOURCE, Promise

HEAD = """\
# Rules that nobody has recorded

What fakecos answers is from somewhere, and how sure that is differs ([sources](../explanation/sources.md)). For the
rules on this page nobody has shown us an answer of S3: some part of each is *reported* (somebody says so) or *assumed*
(we chose the stricter way), or no source is noted. Each has a promise of the contract that asks S3 itself. Whoever
has an account settles one with its command, which says first what it will do, and deletes what it made:

```sh
fakecos verify --only 'AREA.NAME'
fakecos verify --sure assumed            # all of them that are assumed
fakecos verify --sure assumed --sure reported --record answers
```

The last one writes down what S3 answered: please send us the folder. A rule that differs is a bug of fakecos, and one
that is the same is recorded from then on.

"""


def unsettled() -> str:
    """Return the page."""
    listed = [one for one in promises() if one.is_unsettled]
    counts = f"{len(listed)} of {len(promises())} promises.\n\n"
    areas = [_area(area, list(found)) for area, found in groupby(listed, key=lambda one: one.area)]
    return HEAD + counts + "\n".join(areas)


def _area(area: str, found: list[Promise]) -> str:
    lines = [f"## {area.replace('_', ' ')}", "", "| rule | how sure | command |", "| --- | --- | --- |"]
    lines += [f"| {one.title} | {_sure(one)} | `fakecos verify --only '{one.id}'` |" for one in found]
    return "\n".join(lines) + "\n"


def _sure(one: Promise) -> str:
    return NO_SOURCE if not one.said else one.source.replace("|", "\\|")

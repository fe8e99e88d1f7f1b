"""The page of docs/reference about rules that nobody has recorded; make_reference.py writes it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from fakecos.contract import promises
from fakecos.contract.given import AWS
from fakecos.contract.promise import NO_SOURCE, Promise
from fakecos.contract.selection import chosen
from tools.marks.entry import NO_RULE
from tools.marks.table import ROOMS, settled
from tools.reference.markdown import cell, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.marks.table import Settled

HEAD = """\
# Rules that nobody has recorded

What fakecos answers is from somewhere, and how sure that is differs ([sources](../explanation/sources.md)). For the
rules on this page nobody has shown us an answer of S3: some part of each is *reported* (somebody says so) or *assumed*
(we chose the stricter way), or no source is noted. Whoever has an account settles one with its command, which says
first what it will do, and deletes what it made. What it needs beside, as another account or something public for a
moment, it says too, with the option that gives it:

```sh
fakecos verify --only 'AREA.NAME'
fakecos verify --sure assumed            # all of them that are assumed
fakecos verify --sure assumed --sure reported --record answers
```

The last one writes down what S3 answered: please send us the folder. A rule that differs is a bug of fakecos, and one
that is the same is recorded from then on.

First come [the promises](#the-promises) that ask for such a rule, by subject. Then come
[the rules in the code](#the-rules-in-the-code): each place that says *assumed* or *reported*, with the promises that
ask for it, or why none can.

"""
DIALECT_OF_COS = "--dialect ibm "
MARKS = """\
## The rules in the code

{total} places in the code say *assumed* or *reported*. {asked} of them have promises that ask a service. The others say
why none can.

"""


def unsettled() -> str:
    """Return the page."""
    listed = [one for one in promises() if one.is_unsettled]
    counts = f"## The promises\n\n{len(listed)} of {len(promises())} promises.\n\n"
    areas = [_area(area, list(found)) for area, found in groupby(listed, key=lambda one: one.area)]
    return HEAD + counts + "\n".join(areas) + "\n" + _marks()


def _area(area: str, found: list[Promise]) -> str:
    lines = [f"### {area.replace('_', ' ')}", "", "| rule | how sure | command |", "| --- | --- | --- |"]
    lines += [f"| {one.title} | {_sure(one)} | {_command(one.id)} |" for one in found]
    return "\n".join(lines) + "\n"


def _sure(one: Promise) -> str:
    return NO_SOURCE if not one.said else one.source.replace("|", "\\|")


def _command(*ids: str) -> str:
    of_cos = [name for name in ids if not chosen([name], AWS, large=True)]
    others = [name for name in ids if name not in of_cos]
    lines = [(DIALECT_OF_COS, of_cos), ("", others)]
    return ", ".join(f"`fakecos verify {more}{_only(names)}`" for more, names in lines if names)


def _only(ids: Iterable[str]) -> str:
    return " ".join(f"--only {name!r}" for name in ids)


def _marks() -> str:
    rooms = {room: [each for each in settled(room) if each.entry.reason != NO_RULE] for room in ROOMS}
    every = [each for found in rooms.values() for each in found]
    head = MARKS.format(total=len(every), asked=sum(bool(each.entry.promises) for each in every))
    return head + "\n".join(_room(room, found) for room, found in rooms.items() if found)


def _room(room: str, found: Iterable[Settled]) -> str:
    rows = [(f"`{each.mark.file.removeprefix(f'{room}/')}`", _rule(each), _answer(each)) for each in found]
    return f"### {room}\n\n{table(('file', 'rule', 'command'), rows)}"


def _rule(each: Settled) -> str:
    place, words = each.mark.place.replace("`", ""), each.mark.words
    return cell(f"`{place}`: {words}" if place else words)


def _answer(each: Settled) -> str:
    return _command(*each.entry.promises) if each.entry.promises else each.entry.reason

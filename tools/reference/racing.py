"""The page on racing, from its tables and docstrings."""

from __future__ import annotations

from fakecos.explore import failures
from fakecos.race import conflicts, gate, pauses, serialisable
from fakecos.race import kinds as kinds_of_races
from tools.reference.markdown import cell, rest_of, table

RACING = """\
# Racing

`cos.race(one, other)` runs actors with their requests in every order that can matter. [Race two
writers](../how-to/two-writers.md) shows how. This page says what the words of a report mean, exactly.

## Orders

An order is written as the actors of its requests, one after the other, counted from 0: `0110`. With failures it is
`0110; 1.2=closed@stored`: the second request of actor 1 meets that [failure](exploring.md#failures). `replay=` repeats
one.

Each run begins with what is stored when `race` is called, with an empty journal, with the same ids, and with clients
that may retry as often as at their start. That is stored again when the race has ended.

"""
IN_WORDS_SAY = """\
`failures=` takes the names of [failures to explore](exploring.md#failures), and these words for some of them. Failures
by which another writer changes something are left out of `"standard"` and `"all"`: the other actor does that.
"""


def racing() -> str:
    """What a race finds, and what commutes, from its tables and docstrings."""
    heads = ("kind", "definition")
    kinds_found = [(f"`{kind}`", cell(text)) for kind, text in kinds_of_races.KINDS.items()]
    notes = [(f"`{kind}`", cell(text)) for kind, text in kinds_of_races.NOTES.items()]
    in_words = [(f"`{words}`", f"`{name}`") for words, name in failures.IN_WORDS.items()]
    parts = (
        RACING,
        f"## Findings\n\nThe worst first. Findings raise `RaceError`.\n\n{table(heads, kinds_found)}",
        f"## Notes\n\nReported, and fails nothing.\n\n{table(heads, notes)}",
        f"## What counts as right\n\n{rest_of(serialisable)}\n",
        f"## Failures\n\n{IN_WORDS_SAY}\n{table(('words', 'failure'), in_words)}",
        f"## What commutes\n\n{rest_of(conflicts)}\n",
        f"## Who runs when\n\n{rest_of(gate)}\n",
        f"## Pauses\n\n{rest_of(pauses)}",
    )
    return "\n".join(parts)

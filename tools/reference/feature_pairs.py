"""The page on what S3 answers where two features meet."""

from __future__ import annotations

from fakecos.facts.feature_pairs import FEATURES, NAMES, PAIRS, how_sure
from tools.reference.markdown import table

PAIRS_SAY = """\
Single rules hold nearly everywhere. What fails is where two features meet. Here is each pair of features: how sure we
are of what S3 answers there, and what that is. [Sources](../explanation/sources.md) explains the words.

A cell that says *assumed* has no source. If nothing stands below about it, each rule is taken to hold by itself, in
the [order of checks](order-of-checks.md).
"""


def feature_pairs() -> str:
    """The table of feature pairs, and what is known of each."""
    features = table(("feature", "what belongs to it"), FEATURES.items())
    heads = ("", *NAMES[1:])
    cells = [
        [one, *("" if at >= to else how_sure(one, other) for to, other in enumerate(NAMES) if to)]
        for at, one in enumerate(NAMES[:-1])
    ]
    sections = [f"# Feature pairs\n\n{PAIRS_SAY}\n{features}", f"## All pairs\n\n{table(heads, cells)}"]
    for first in NAMES:
        rows = [(pair.second, pair.answer, pair.source, link_of(pair.test)) for pair in PAIRS if pair.first == first]
        if rows:
            heading = f"{first[0].upper()}{first[1:]} and ..."
            sections.append(f"## {heading}\n\n{table(('feature', 'what S3 answers', 'source', 'test'), rows)}")
    return "\n".join(sections)


def link_of(named: str) -> str:
    """Return a link to the file of a test, with the name of the test."""
    file, _, function = named.partition("::")
    folder = "tests/contract" if file.startswith("test_") else "fakecos/contract/promises"
    return f"[{function}](../../{folder}/{file})" if named else ""

"""Where two services answer a promise's requests otherwise."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from fakecos.comparison.exchange import digest_of
from fakecos.comparison.normalised import Answer, Normaliser, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fakecos.comparison.exchange import Exchange
    from fakecos.comparison.normalised import Tree

STATUS, CODE, HEADER, BODY, ORDER, REQUESTS = "status", "code", "header", "body", "order", "requests"
MOST_SHOWN = 2_000
NOTHING, NO_ANSWER = "(nothing)", "no answer"


class Difference(NamedTuple):
    """One difference.

    - `kind`: `status`, `code` (of the error), `header`, `body`, `order` (the same in another order), or `requests`
      (one of them asked something else next, as the code of a promise does after another answer).
    - `request`: the number of the request, from 1; `operation`, `name`: of the header or the element, "" for none.
    - `here`: what the fake answers, `there`: what the service does.
    """

    kind: str
    request: int
    operation: str
    name: str
    here: str
    there: str

    def __str__(self) -> str:
        return f"request {self.request}, {self.operation}: {self.said}"

    @property
    def said(self) -> str:
        """What of the answer differs, and both answers."""
        return f"{self.part}: {self.here!r} here, {self.there!r} there"

    @property
    def part(self) -> str:
        """What of the answer differs."""
        return f"{self.kind} {self.name}".strip()


def differences(here: Sequence[Exchange], there: Sequence[Exchange]) -> list[Difference]:
    """Return where the answers of two runs of a promise differ."""
    ours, theirs = Normaliser(), Normaliser()
    return differences_of(
        [(made.operation, ours.answer(made)) for made in here],
        [(made.operation, theirs.answer(made)) for made in there],
    )


def differences_of(here: Sequence[tuple[str, Answer]], there: Sequence[tuple[str, Answer]]) -> list[Difference]:
    """Return where normalised answers differ, each with its operation."""
    found: list[Difference] = []
    for number, (one, other) in enumerate(zip_longest(here, there), 1):
        if one is None or other is None or one[0] != other[0]:
            names = [NOTHING if each is None else each[0] for each in (one, other)]
            found.append(Difference(REQUESTS, number, names[0], "", *names))
            break
        found += [Difference(kind, number, one[0], *rest) for kind, *rest in _compared(one[1], other[1])]
    return found


def _compared(here: Answer, there: Answer) -> Iterator[tuple[str, str, str, str]]:
    if here.status != there.status:
        yield STATUS, "", str(here.status), str(there.status) if there.status else NO_ANSWER
        if not there.status:
            return
    if here.code != there.code:
        yield CODE, "", here.code or NOTHING, there.code or NOTHING
        return  # another error: its fields are not compared
    for name in sorted(here.headers.keys() | there.headers.keys()):
        values = here.headers.get(name, NOTHING), there.headers.get(name, NOTHING)
        if values[0] != values[1]:
            yield HEADER, name, *values
    if here.document is not None and there.document is not None:
        yield from _in_documents(here.document, there.document)
    elif (here.document, here.data) != (there.document, there.data):
        yield BODY, "", text_of(here.document) or shown(here.data), text_of(there.document) or shown(there.data)


def _in_documents(here: Tree, there: Tree) -> Iterator[tuple[str, str, str, str]]:
    if here[0] != there[0]:
        yield BODY, "", text_of(here), text_of(there)
        return
    if here[1] != there[1]:
        yield BODY, here[0], here[1] or NOTHING, there[1] or NOTHING
    ours, theirs = sorted(here[2], key=_list_of), sorted(there[2], key=_list_of)
    if ours == theirs:
        return
    if sorted(ours) == sorted(theirs):
        briefly = _briefly(ours), _briefly(theirs)
        yield ORDER, here[0], *(briefly if briefly[0] != briefly[1] else (_names(ours), _names(theirs)))
        return
    only_ours = [each for each in ours if each not in theirs]
    only_theirs = [each for each in theirs if each not in ours]
    for one in list(only_ours):
        same = next((other for other in only_theirs if other[0] == one[0]), None)
        if same is not None:
            only_ours.remove(one)
            only_theirs.remove(same)
            yield from _in_documents(one, same)
    for one in only_ours:
        yield BODY, one[0], text_of(one), NOTHING
    for other in only_theirs:
        yield BODY, other[0], NOTHING, text_of(other)
    if not only_ours and not only_theirs and len(ours) != len(theirs):
        yield BODY, here[0], _names(ours), _names(theirs)


def _list_of(child: Tree) -> str:
    """Return the list of which a child is an item: the order of other elements says nothing."""
    return "Version" if child[0] == "DeleteMarker" else child[0]


def _names(children: Sequence[Tree]) -> str:
    return " ".join(text_of(child) for child in children)


def _briefly(children: Sequence[Tree]) -> str:
    """Return the first text in each element: of a list of objects their keys."""
    return ", ".join(f"{child[0]} {_first_text(child)}".strip() for child in children)


def _first_text(tree: Tree) -> str:
    return tree[1] or next((text for child in tree[2] if (text := _first_text(child))), "")


def shown(data: bytes) -> str:
    """Return bytes as a person reads them; of many only the beginning, and what tells them from others."""
    if len(data) > MOST_SHOWN:
        return f"{data[:MOST_SHOWN].decode('utf-8', 'replace')}... ({digest_of(data).decode()})"
    return data.decode("utf-8", "replace") or NOTHING

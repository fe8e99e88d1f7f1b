"""The cases of a promise: one run for each combination of values."""

from __future__ import annotations

import inspect
import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos.contract.promise import Cases, Promise


BY_HAND = "send"
AWS, IBM = "aws", "ibm"
OF_AWS = frozenset({"aws", "other", BY_HAND})
"""What only AWS is asked by: clients of boto3 alone, and requests that are signed for AWS."""
LONGEST = 60
"""Characters of a case's name."""


@dataclass(frozen=True)
class Instance:
    """A promise with the values of one case. `id` is that of the promise, with the case in brackets."""

    promise: Promise
    id: str
    values: dict[str, Any]

    def arguments(self, give: Callable[[str], Any]) -> dict[str, Any]:
        """Return all that the function takes: the values of the case, and what is given by name."""
        return {
            name: self.values[name] if name in self.values else give(name) for name in names_of(self.promise.function)
        }


def names_of(function: Callable[..., Any]) -> list[str]:
    """Return the parameters of a function."""
    return list(inspect.signature(function).parameters)


def is_by_hand(promise: Promise) -> bool:
    """Whether it sends requests by hand, whose signatures are verified: those of clients may be altered."""
    return BY_HAND in names_of(promise.function)


def given_to(promise: Promise) -> frozenset[str]:
    """Return what it is given by name, with what comes before it."""
    return frozenset(name for function in (promise.function, *promise.before) for name in names_of(function))


def dialects_of(promise: Promise) -> tuple[str, ...]:
    """Return which services it is about: "aws", "ibm"."""
    if promise.area_dialect is not None:
        return (promise.area_dialect,)
    values = [value for each in promise.marks.cases for one in each.cases for value in _dialect(each.names, one.values)]
    if values:
        return tuple(sorted(set(values)))
    names = set(names_of(promise.function))
    if BY_HAND in names or (OF_AWS & names and "client" not in names):
        return (AWS,)
    return (AWS, IBM)


def _dialect(names: tuple[str, ...], values: tuple[Any, ...]) -> list[str]:
    return [str(value) for name, value in zip(names, values, strict=True) if name == "dialect"]


def instances_of(promise: Promise) -> Iterator[Instance]:
    """Yield each case of a promise, in the order in which pytest tries them; cases of equal names are numbered."""
    taken: Counter[str] = Counter()
    for combination in itertools.product(*(range(len(each.cases)) for each in promise.marks.cases)):
        values: dict[str, Any] = {}
        texts = []
        for cases, place in zip(promise.marks.cases, combination, strict=True):
            values.update(zip(cases.names, cases.cases[place].values, strict=True))
            texts.append(_shortened(_text(cases, place)))
        text = "-".join(texts)
        taken[text] += 1
        if taken[text] > 1:
            text = f"{text}-{taken[text]}"
        yield Instance(promise, promise.id + (f"[{text}]" if texts else ""), values)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _text(cases: Cases, place: int) -> str:
    made = cases.cases[place]
    if made.id is not None:
        return made.id
    if cases.ids is not None and not callable(cases.ids):
        return str(cases.ids[place])
    named = [_value_text(name, value, cases, place) for name, value in zip(cases.names, made.values, strict=True)]
    return "-".join(named)


def _value_text(name: str, value: Any, cases: Cases, place: int) -> str:
    if callable(cases.ids):
        said = cases.ids(value)
        if said is not None:
            return str(said)
    if isinstance(value, (str, int, float, bool)) or value is None:
        return str(value)
    if isinstance(value, bytes):
        return value.decode("ascii", "backslashreplace")
    return str(getattr(value, "__name__", f"{name}{place}"))

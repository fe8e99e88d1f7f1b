"""One refusal and what was there when it happened, and how texts about it name things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.service.text_table import NAME_WIDTH, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from fakecos.facts.errors import ErrorSpec, S3Error
    from fakecos.model.bucket import Bucket
    from fakecos.model.store import Store
    from fakecos.service.call import Call

    Why = str | Callable[[], str]
    """Why a request was refused and what to do, or what makes the text when a report is made."""

NAMED = 5
"""How many names of one kind a text has."""
_NEAR = 0.5  # how alike names must be to be called the nearest: a typing error, another folder, another ending
_COMPARED_LENGTH = 120
_NAMED_LENGTH = 240
"""How long names of one kind are together, but for a first one that is longer."""


class Refused(NamedTuple):
    """One refusal, and what was there when it happened: the row of its rule, and the error as it was answered."""

    call: Call
    row: ErrorSpec
    error: S3Error
    store: Store
    access_keys: tuple[str, ...]

    @property
    def bucket(self) -> Bucket | None:
        """The bucket of the address."""
        name = self.bucket_name
        return self.store.buckets.get(name) if name else None

    @property
    def bucket_name(self) -> str | None:
        """The name of the bucket of the address."""
        return self.call.address.bucket if self.call.address else None

    @property
    def key(self) -> str | None:
        """The key of the address."""
        return self.call.address.key if self.call.address else None

    @property
    def params(self) -> Mapping[str, Any]:
        """The parameters, as far as they were read."""
        return self.call.params or {}

    def field(self, name: str) -> str:
        """A field of the answer, "" where it is absent or empty."""
        return self.error.fields.get(name) or ""


def quoted(name: str) -> str:
    """Return a name in double quotes, as code has it; of a long one both ends."""
    text = shortened(name, NAME_WIDTH)
    return f'"{text}"' if text.isprintable() and not {'"', "\\"} & set(text) else repr(text)


def argument(name: str, called: str) -> str:
    """Return a name as code has it, or, of a long one, what the code may call it."""
    return quoted(name) if len(name) <= NAME_WIDTH else called


def _nearest_first(name: str, there: Iterable[str]) -> list[str]:
    """Return the names that are most like one, and then the first others."""
    import difflib

    names = list(there)
    by_text = {shortened(other, _COMPARED_LENGTH): other for other in reversed(names)}
    near = difflib.get_close_matches(shortened(name, _COMPARED_LENGTH), by_text, n=3, cutoff=_NEAR)
    found = [by_text[text] for text in near]
    return found + [other for other in names if other not in found]


def names_near(name: str, there: Iterable[str], total: int) -> str:
    """Return the names that are there, the nearest first; `total` is how many there are."""
    names = [quoted(other) for other in _nearest_first(name, there)[:NAMED]]
    while len(names) > 1 and sum(map(len, names)) > _NAMED_LENGTH:
        names.pop()
    more = f" and {total - len(names):,} more" if total > len(names) else ""
    return ", ".join(names) + more

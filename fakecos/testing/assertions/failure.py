"""The text of a failure: what is wrong, what is there, and the requests around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.service.request_table import table_lines
from fakecos.service.text_table import INDENTED, terminal_width
from fakecos.testing.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fakecos.service.journal import Journal, RecordedRequest
    from fakecos.testing.contents import Inspectable
    from fakecos.testing.views import BucketView

    Place = tuple[str, str]

AROUND = 5
"""How many requests are shown before and after the one that matters most."""


def failure(
    fake: Inspectable, title: str, lines: Iterable[str], place: tuple[str, str | None], number: int = 0
) -> AssertionError:
    """Return an AssertionError with the lines, and the requests for the place around the last for a part's number."""
    text = [title, *(f"  {line}" for line in lines), *requests_around(fake.journal, *place, number)]
    return showing(AssertionError("\n".join(text)), fake.journal)


def showing(error: AssertionError, journal: Journal) -> AssertionError:
    """Return a failure with a note of whose requests its text shows, so that a report need not show them again."""
    error.fakecos_journal = journal  # type: ignore[attr-defined]
    return error


def journal_shown_by(error: BaseException) -> Journal | None:
    """Return the journal whose requests the text of a failure shows."""
    return getattr(error, "fakecos_journal", None)


def bucket_of(fake: Inspectable, place: Place) -> BucketView:
    """Return the bucket of a place, or fail."""
    __tracebackhide__ = True
    name, key = place
    if name not in fake.store.buckets:
        raise failure(fake, f"there is no bucket {name!r}", [nearest(name, fake.store.buckets, "buckets")], (name, key))
    return fake.bucket(name)


def requests_around(journal: Journal, bucket: str, key: str | None, number: int = 0) -> list[str]:
    """Return the journal's lines for a key; where there are none, those for its bucket, else the last ones."""
    numbered = list(enumerate(journal, 1))
    of_bucket = [(at, exchange) for at, exchange in numbered if exchange.bucket == bucket]
    of_key = [(at, exchange) for at, exchange in of_bucket if key in {None, exchange.key}]
    chosen = of_key or of_bucket or numbered
    what = f"{bucket}/{key}" if of_key and key is not None else f"bucket {bucket}" if of_bucket else "all of them"
    if not chosen:
        return ["requests: none came"]
    shown = _window(chosen, number)
    some = f", {len(shown)} of {len(chosen):,}" if len(shown) < len(chosen) else ""
    width = terminal_width() - INDENTED
    lines = [*table_lines(shown, width), *journal.refusal_lines(chosen, width)]
    return [f"requests ({what}{some}):", *(f"  {line}" for line in lines)]


def _window(numbered: Sequence[tuple[int, RecordedRequest]], number: int) -> Sequence[tuple[int, RecordedRequest]]:
    """Return those around the last exchange for a part, or the last ones."""
    middle = len(numbered) - 1 - AROUND
    for place, (_, exchange) in enumerate(numbered):
        if number and exchange.part_number == str(number):
            middle = place
    first = max(min(middle - AROUND, len(numbered) - 2 * AROUND - 1), 0)
    return numbered[first : first + 2 * AROUND + 1]

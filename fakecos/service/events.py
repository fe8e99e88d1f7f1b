"""`cos.events`: what S3 would have sent by the notification configurations of the buckets."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Any

from fakecos.facts.event_types import covered
from fakecos.facts.exceptions import UsageError
from fakecos.misnamed import Named
from fakecos.notifications.asked import required_type
from fakecos.service.journal import is_named
from fakecos.service.text_table import Narrowing, shortened, table, terminal_width
from fakecos.usage import explained_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fakecos.facts.literals import EventTypeName
    from fakecos.notifications.s3_event import S3Event

KEPT = 10_000
ROWS = 50
"""How many events the table of `str(cos.events)` shows, the last ones."""
HTML_ROWS = 100
_HTML_WIDTH = 80
_COLUMNS = ("#", "time", "event", "where", "version", "destination", "configuration")
_NARROWER = tuple(
    Narrowing(*step)
    for step in (
        *(("where", 40), ("configuration", 16), ("version", 8), ("destination", 24), ("where", 28), ("time", 0)),
        *(("version", 0), ("configuration", 0), ("event", 26), ("destination", 14), ("where", 14), ("event", 12)),
    )
)
_EXAMPLES = {"bucket": '"photos"', "key": '"*.zip"', "destination": '"arn:aws:sqs:us-east-1:123456789012:queue"'}


class Events(Named):
    """What S3 would have sent, the last at the end: a sequence of S3Event.

    One for each destination of the bucket's notification configuration. It holds the last 10,000.
    `str(events)`, and so `print(cos.events)`, is a table of the last ones.
    """

    __module__ = "fakecos"

    __slots__ = ("_events",)

    def __init__(self, events: Iterable[S3Event] = ()) -> None:
        self._events: deque[S3Event] = deque(events, maxlen=KEPT)

    def add(self, event: S3Event) -> None:
        """Write one down."""
        self._events.append(event)

    def clear(self) -> None:
        """Forget them all; what is stored, the journal and the handlers stay."""
        self._events.clear()

    @explained_as("cos.events.filter")
    def filter(
        self,
        name: EventTypeName | str | None = None,
        *,
        bucket: str | None = None,
        key: str | None = None,
        destination: str | None = None,
    ) -> Events:
        """Return those that are of all that is given; `name` may be a wildcard of S3, such as `s3:ObjectCreated:*`.

        `key` and `destination` may be patterns such as `*.zip`.
        UsageError: S3 has no such type of event, or another value is no text.
        """
        names = None if name is None else covered(required_type(name, "cos.events.filter"))
        _require_texts({"bucket": bucket, "key": key, "destination": destination})
        return Events(
            event
            for event in self
            if (names is None or event.name.removeprefix("s3:") in names)
            and bucket in {None, event.bucket}
            and (key is None or is_named(event.key, key))
            and (destination is None or is_named(event.destination, destination))
        )

    @explained_as("cos.events.table")
    def table(self, rows: int | None = ROWS, *, width: int | None = None) -> str:
        """Return the last `rows` events as a table, None for all; columns in which nothing stands are left out.

        A row is at most `width` characters long, None: as long as the terminal is wide.
        """
        numbered = list(enumerate(self, 1))
        if not numbered:
            return "(no events)"
        hidden = 0 if rows is None else max(len(numbered) - rows, 0)
        cells = [_cells(number, event) for number, event in numbered[hidden:]]
        width = terminal_width() if width is None else width
        lines = table(_COLUMNS, cells, _NARROWER, width=width, right=frozenset({"#"}))
        if hidden:
            lines.insert(0, f"({hidden:,} earlier events are not shown)")
        return "\n".join(lines)

    def __iter__(self) -> Iterator[S3Event]:
        return iter(tuple(self._events))

    def __len__(self) -> int:
        return len(self._events)

    def __getitem__(self, place: int) -> S3Event:
        try:
            return self._events[place]
        except TypeError:
            is_name = isinstance(place, str)
            other = f"cos.events.filter({place!r})" if is_name else "list(cos.events)[first:end]"
            message = f"cos.events[{place!r}]: an event has a number, as in cos.events[-1]; write {other}."
        except IndexError:
            message = f"cos.events[{place}]: {len(self):,} events were sent"
            raise IndexError(message) from None
        raise UsageError(message)

    def __str__(self) -> str:
        return self.table()

    def __repr__(self) -> str:
        counts = Counter(event.name for event in self)
        names = ", ".join(f"{name} {number:,}" for name, number in counts.most_common(3))
        more = ", ..." if len(counts) > 3 else ""  # noqa: PLR2004
        text = f"{len(self):,} event{'' if len(self) == 1 else 's'}"
        return f"<Events: {text}{f': {names}{more}' if names else ''}>"

    def _repr_html_(self) -> str:
        """Return the last events as a notebook shows them."""
        from fakecos.service import notebook

        rows = [_cells(number, event) for number, event in list(enumerate(self, 1))[-HTML_ROWS:]]
        places = [place for place in range(len(_COLUMNS)) if any(row[place] for row in rows)]
        shown = [[shortened(row[place], _HTML_WIDTH) for place in places] for row in rows]
        return notebook.html(repr(self), [_COLUMNS[place] for place in places], shown)


def _require_texts(given: Mapping[str, object]) -> None:
    for word, value in given.items():
        if value is not None and not isinstance(value, str):
            message = f"cos.events.filter({word}={value!r}): it is text, such as {word}={_EXAMPLES[word]}."
            raise UsageError(message)


def _shown(destination: str) -> str:
    """Return the service and the name of an ARN, by which a person tells destinations apart."""
    parts = destination.split(":", 5)
    return f"{parts[2]} {parts[5]}" if parts[0] == "arn" and len(parts) == 6 else destination  # noqa: PLR2004


def _cells(number: int, event: S3Event) -> tuple[Any, ...]:
    return (
        str(number),
        event.time.strftime("%H:%M:%S"),
        event.name,
        event.location,
        event.version_id or "",
        _shown(event.destination),
        event.configuration_id,
    )

"""What the author of a test names: types of events, and who is to be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos import urls
from fakecos.facts.event_types import BY_NAME, NAMES, NEVER, PREFIX, TEST_EVENT, covered
from fakecos.facts.exceptions import UsageError
from fakecos.usage import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from fakecos.facts.dates import DatedFact
    from fakecos.facts.services.dialect import Dialect


def required_type(name: object, where: str) -> str:
    """Return the name of a type of event, or of a wildcard that S3 has. UsageError: it is none."""
    if isinstance(name, str):
        if name in NAMES:
            return name
        if PREFIX + name in NAMES:
            message = f"{where}: {name!r} begins with s3: in a configuration; write {PREFIX + name!r}."
            raise UsageError(message)
    message = f"{where}: {_what_is_wrong(name)} They are listed in {urls.page('reference/events')}"
    raise UsageError(message)


def _what_is_wrong(name: object) -> str:
    if not isinstance(name, str):
        return f'a type of event is named by text, such as "s3:ObjectCreated:*", not by {name!r}.'
    if name == TEST_EVENT:
        return "s3:TestEvent is sent when destinations are configured; it can be neither configured nor asked for."
    if name in {"*", "s3:*", "s3:*:*"}:
        return f'S3 has no wildcard {name!r} for all types: name each family, such as ["s3:ObjectCreated:*", ...].'
    near = did_you_mean(name, sorted(NAMES)) or did_you_mean(PREFIX + name, sorted(NAMES))
    return f"S3 has no type of event {name!r}{near or '.'}"


def required_types(names: str | Collection[str], where: str, holds: Callable[[DatedFact], bool]) -> tuple[str, ...]:
    """Return the names of types that can happen here. UsageError: one is none, or would never be sent."""
    given = (names,) if isinstance(names, str) or not isinstance(names, (list, tuple, set, frozenset)) else names
    found = tuple(required_type(name, where) for name in given)
    if not found:
        message = f'{where}: name a type of event, such as "s3:ObjectCreated:*".'
        raise UsageError(message)
    for name in found:
        rows = [BY_NAME[each] for each in covered(name)]
        if all(row.arises.startswith(NEVER) for row in rows):
            why = rows[0].arises.removeprefix(NEVER)
            message = f"{where}: fakecos never sends {name} ({why}), so the handler would never be called."
            raise UsageError(message)
        since = rows[0].since
        if since is not None and not holds(since):  # it is that of the whole family
            message = f"{where}: S3 has {name} since {since.day}; this fake is the S3 of before (as_of)."
            raise UsageError(message)
    return found


def require_events(dialect: Dialect | None, where: str) -> None:
    """Refuse a call about events, on a fake of a service that sends none. UsageError: it says so."""
    if dialect is not None and not dialect.event_notifications:
        message = f"{where}: this fake is dialect={dialect.name!r}, and IBM COS sends no event notifications of S3."
        raise UsageError(message)

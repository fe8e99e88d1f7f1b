"""Who is told of an event: by its type, and by the beginning and the end of the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_plus

from fakecos.facts.event_types import covered
from fakecos.operations.configurations.destinations import entries_of
from fakecos.operations.configurations.notification import limits_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from fakecos.model.change import Change


class Target(NamedTuple):
    """Where a message goes: the ARN of a queue, topic or function, and the id of the configuration that says so."""

    destination: str
    configuration_id: str


def targets(change: Change) -> Iterator[Target]:
    """Yield where the messages of a change go, by the configuration that the bucket had then."""
    configuration: Mapping[str, Any] = change.configuration or {}
    for kind, entry in entries_of(configuration):
        prefix, suffix = limits_of(entry)
        # A value is written as in a form: a space as a plus, other characters in percent (documented).
        limits = unquote_plus(prefix), unquote_plus(suffix)
        if matches(change, entry["Events"], *limits):
            yield Target(entry[kind.arn_member], entry["Id"])


def matches(change: Change, events: list[str] | tuple[str, ...], prefix: str, suffix: str) -> bool:
    """Whether a change is of one of the types, and its key begins and ends so; capitals count."""
    return (
        change.key.startswith(prefix)
        and change.key.endswith(suffix)
        and any(change.event in covered(event) for event in events)
    )

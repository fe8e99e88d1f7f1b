"""The form of a notification configuration: ARNs, events and filters. Its destinations: `destinations.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import errors, event_types
from fakecos.facts.errors import S3Error
from fakecos.operations.configurations.destinations import entries_of, require_arn

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.operations.configurations.destinations import Kind
    from fakecos.operations.configurations.schema import Document
    from fakecos.operations.context import Context


def kept(context: Context, bucket: Bucket, document: Document) -> Document:  # noqa: ARG001
    """Return the document with an id for each configuration (documented: S3 makes one up if there is none).

    Raises InvalidArgument and MalformedXML.
    """
    made: Document = {}
    everyone: list[Document] = []
    for kind, entry in entries_of(document):
        require_entry(context, entry, entry[kind.arn_member], kind)
        everyone.append(entry)
        made.setdefault(kind.member, []).append(_in_form(context, entry))
    for place, first in enumerate(everyone):
        if any(overlap(first, second) for second in everyone[place + 1 :]):
            raise S3Error(errors.EVENTS_OVERLAP)
    if "EventBridgeConfiguration" in document:
        made["EventBridgeConfiguration"] = {}
    return made


def _in_form(context: Context, entry: Document) -> Document:
    """Return a configuration as S3 keeps it: with an id, and rules named Prefix and Suffix.

    Recorded aws-event-notifications 10.
    """
    kept = entry if entry.get("Id") else {"Id": context.ids.token(), **entry}
    if not rules_of(entry):
        return kept
    rules = [{**rule, "Name": rule["Name"].capitalize()} for rule in rules_of(entry)]
    return {**kept, "Filter": {"Key": {"FilterRules": rules}}}


def _is_known(context: Context, event: str) -> bool:
    """Whether S3 has a type of event on the day that the fake imitates."""
    rows = [event_types.BY_NAME[name] for name in event_types.covered(event)]
    return any(row.since is None or context.holds(row.since) for row in rows)


def require_entry(context: Context, entry: Document, arn: str, kind: Kind) -> None:
    """Judge one configuration: its ARN, its events and its filter."""
    require_arn(arn, kind)
    for event in entry["Events"]:
        if event not in event_types.NAMES or not _is_known(context, event):
            raise S3Error(errors.UNKNOWN_EVENT, ArgumentName="Event", ArgumentValue=event)
    seen: set[str] = set()
    for rule in rules_of(entry):
        if rule.keys() != {"Name", "Value"}:
            raise S3Error(errors.MALFORMED_XML)
        name = rule["Name"].lower()
        if name not in {"prefix", "suffix"}:
            raise S3Error(errors.FILTER_RULE_NAME, ArgumentName="FilterRule.Name", ArgumentValue=rule["Name"])
        if name in seen:
            raise S3Error(
                errors.FILTER_RULE_TWICE, ArgumentName="FilterRule.Name", ArgumentValue=rule["Name"], name=name
            )
        seen.add(name)


def rules_of(entry: Document) -> list[dict[str, Any]]:
    """Return the filter rules of a configuration."""
    rules: list[dict[str, Any]] = entry.get("Filter", {}).get("Key", {}).get("FilterRules", [])
    return rules


def overlap(first: Document, second: Document) -> bool:
    """Whether one event on one key could be sent for both (documented: that is refused)."""
    events = any(is_same(one, other) for one in first["Events"] for other in second["Events"])
    if not events:
        return False
    one, other = limits_of(first), limits_of(second)
    prefixes = one[0].startswith(other[0]) or other[0].startswith(one[0])
    return prefixes and (one[1].endswith(other[1]) or other[1].endswith(one[1]))


def is_same(one: str, other: str) -> bool:
    """Whether two types of events are one, or one of them is the other's `*`."""
    return one == other or any(
        wide.endswith(":*") and narrow.startswith(wide[:-1]) for wide, narrow in ((one, other), (other, one))
    )


def limits_of(entry: Document) -> tuple[str, str]:
    """Return prefix and suffix of a configuration's keys."""
    found = {rule["Name"].lower(): rule["Value"] for rule in rules_of(entry)}
    return found.get("prefix", ""), found.get("suffix", "")

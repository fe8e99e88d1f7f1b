"""The form of a notification configuration, and whether its destinations can be there. `notifications` obeys it.

No queue, topic or function is faked here, so which there are nobody says: one of the bucket's own account, or of the
caller's, is taken to be there, one of another account is not (docs/explanation/decisions/operations.md).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors, event_types
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.operations.configurations.schema import Document
    from fakecos.operations.context import Context

# member, its ARN's member, the element on the wire, the service in the ARN
DESTINATIONS = (
    ("TopicConfigurations", "TopicArn", "Topic", "sns"),
    ("QueueConfigurations", "QueueArn", "Queue", "sqs"),
    ("LambdaFunctionConfigurations", "LambdaFunctionArn", "CloudFunction", "lambda"),
)
NOUNS = {"sns": "topic", "sqs": "queue", "lambda": "Lambda"}


def kept(context: Context, bucket: Bucket, document: Document) -> Document:  # noqa: ARG001
    """Return the document with an id for each configuration (documented: S3 makes one up if there is none).

    Raises InvalidArgument and MalformedXML.
    """
    made: Document = {}
    everyone: list[Document] = []
    for member, arn_member, element, service in DESTINATIONS:
        for entry in document.get(member, ()):
            require_entry(context, entry, entry[arn_member], element, service)
            everyone.append(entry)
            made.setdefault(member, []).append(_in_form(context, entry))
    for place, first in enumerate(everyone):
        if any(overlap(first, second) for second in everyone[place + 1 :]):
            raise S3Error(errors.EVENTS_OVERLAP)
    if "EventBridgeConfiguration" in document:
        made["EventBridgeConfiguration"] = {}
    return made


def require_destinations(context: Context, bucket: Bucket, document: Document, params: Mapping[str, Any]) -> None:
    """Refuse a destination in another region than the bucket, and one that is not there (recorded aws-changes 27).

    `SkipDestinationValidation` leaves out the second (documented). The words of both are public.
    """
    for member, arn_member, _, service in DESTINATIONS:
        for entry in document.get(member, ()):
            arn = entry[arn_member]
            region, account = arn.split(":")[3:5]
            if region != bucket.region:
                raise S3Error(errors.DESTINATION_REGION, ArgumentName=arn_member, ArgumentValue=arn)
            known = account in {bucket.account, context.caller.account}
            if not known and params.get("SkipDestinationValidation") is not True:
                raise S3Error(
                    errors.NO_SUCH_DESTINATION,
                    ArgumentName=arn,
                    ArgumentValue=f"The destination {NOUNS[service]} does not exist",
                )


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


def require_entry(context: Context, entry: Document, arn: str, element: str, service: str) -> None:
    """Judge one configuration: its ARN, its events and its filter."""
    if not re.fullmatch(rf"arn:aws[a-z-]*:{service}:[a-z0-9-]+:[0-9]{{12}}:.+", arn):
        raise S3Error(errors.ARN_NOT_PARSED, ArgumentName=element, ArgumentValue=arn)
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

"""Transitions of a lifecycle rule: what they mean, and what S3 refuses (as time passes: `lifecycle_expiration`).

Public, unless stated otherwise; which of several faults is reported first is assumed.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

from fakecos.facts import dates, errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_NEWER_VERSIONS, MIN_MOVED_SIZE
from fakecos.model.clock import to_second
from fakecos.model.lifecycle import DEPTHS, Transition

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fakecos.model.lifecycle import LifecycleRule
    from fakecos.operations.context import Context

    Action = dict[str, Any]

TRANSITION = "Transition"
NONCURRENT = "NoncurrentVersionTransition"
# The classes in the order in which a rule may go down (documented), and the days that each must last: 30 and 90 are
# those of the documented minimum storage duration; for INTELLIGENT_TIERING: assumed.
LASTS = {
    "STANDARD_IA": 30,
    "INTELLIGENT_TIERING": 1,
    "ONEZONE_IA": 30,
    "GLACIER_IR": 90,
    "GLACIER": 90,
    "DEEP_ARCHIVE": 180,
}
NOT_BEFORE = {"STANDARD_IA": 30, "ONEZONE_IA": 30}  # days, until August 2026 (aws-changes 2)


# Documented: with this the two below take any size.
VARIES = "varies_by_storage_class"
OF_ANY_SIZE = frozenset({"GLACIER", "DEEP_ARCHIVE"})


def moving(context: Context, entry: Action, rule: LifecycleRule, minimum: str) -> LifecycleRule:
    """Return the rule with what its transitions mean.

    On COS they are about what is stored from now on, and 0 days means at once (documented: IBM's page on archives). No
    object is too small there, and what an earlier rule would have moved later stays where it is (assumed).
    """
    archives = context.dialect.archive_rules
    has_sizes = rule.greater_than is not None or rule.less_than is not None  # documented: a filter of its own overrides

    def meant(action: Action, days: str) -> Transition:
        to = action["StorageClass"]
        is_free = archives or has_sizes or (minimum == VARIES and to in OF_ANY_SIZE)
        newer = action.get("NewerNoncurrentVersions", 0)
        return Transition(to, action.get(days), action.get("Date"), 0 if is_free else MIN_MOVED_SIZE, newer, archives)

    return rule._replace(
        transitions=tuple(meant(action, "Days") for action in entry.get("Transitions", ())),
        noncurrent_transitions=tuple(
            meant(action, "NoncurrentDays") for action in entry.get("NoncurrentVersionTransitions", ())
        ),
        since=to_second(context.now()) if archives else None,
    )


def require_transitions(
    context: Context, entry: Action, scope: str, require_date: Callable[[object], dt.datetime]
) -> None:
    """Judge the Transitions and NoncurrentVersionTransitions of a rule; `scope` says in messages what it is about.

    Raises MalformedXML, InvalidArgument and InvalidRequest.
    """
    transitions = entry.get("Transitions", ())
    expiration = entry.get("Expiration") or {}
    for action in transitions:
        require_form(context, action, TRANSITION, ("Days", "Date"))
        if "Days" in action:
            require_days(context, action, "Days", TRANSITION)
        else:
            require_date(action["Date"])
    members = {member for action in transitions for member in action if member != "StorageClass"}
    if len(members) > 1:
        raise S3Error(errors.MIXED_DATES, actions=TRANSITION, scope=scope)
    if members and len(members | (expiration.keys() & {"Days", "Date"})) > 1:
        raise S3Error(errors.MIXED_DATES, actions="Expiration and Transition", scope=scope)
    require_order(transitions, TRANSITION, scope)
    require_later(expiration, transitions, "Expiration", TRANSITION, scope)
    transitions = entry.get("NoncurrentVersionTransitions", ())
    for action in transitions:
        require_form(context, action, NONCURRENT, ("NoncurrentDays",))
        require_days(context, action, "NoncurrentDays", NONCURRENT)
    require_order(transitions, NONCURRENT, scope)
    expiration = entry.get("NoncurrentVersionExpiration") or {}
    require_later(expiration, transitions, "NoncurrentVersionExpiration", NONCURRENT, scope)


def require_form(context: Context, action: Action, name: str, members: tuple[str, ...]) -> None:
    """Refuse an action without a class, and one that does not say exactly once when (neither: assumed).

    The classes of COS are its archives (documented: IBM's page on archives).
    """
    classes = context.dialect.archives if context.dialect.archive_rules else LASTS
    if action.get("StorageClass") not in classes or sum(member in action for member in members) != 1:
        raise S3Error(errors.MALFORMED_XML)
    newer = action.get("NewerNoncurrentVersions", 1)
    if name == NONCURRENT and (type(newer) is not int or newer < 1):
        raise S3Error(errors.MALFORMED_XML)  # assumed
    require_newer(newer, name)


def require_newer(newer: int, action: str) -> None:
    """Refuse to keep more newer versions than S3 does (documented)."""
    if newer > MAX_NEWER_VERSIONS:
        member = "NewerNoncurrentVersions"
        raise S3Error(
            errors.TOO_MANY_NEWER, ArgumentName=member, ArgumentValue=newer, action=action, maximum=MAX_NEWER_VERSIONS
        )


def require_days(context: Context, action: Action, member: str, name: str) -> None:
    """Refuse days that are no number, negative, or, until August 2026, too few for the class.

    Of NoncurrentDays that the change is about them too is assumed (aws-changes 2).
    """
    days, to = action[member], action["StorageClass"]
    if type(days) is not int:
        raise S3Error(errors.MALFORMED_XML)
    if days < 0:
        raise S3Error(errors.NOT_NEGATIVE_DAYS, ArgumentName=member, ArgumentValue=days, member=member, action=name)
    least = NOT_BEFORE.get(to, 0)
    fact = dates.SOON_INFREQUENT
    if days < least and not context.holds(fact):
        argument: dict[str, Any] = {"ArgumentName": member, "ArgumentValue": days}
        raise S3Error(
            errors.TOO_EARLY_TRANSITION,
            explanation=f"S3 moves to {to} after 0 days since {fact.day}; this fake is the S3 of before (as_of).",
            **argument,
            member=member,
            action=name,
            least=least,
            to=to,
        )


def require_order(transitions: Sequence[Action], name: str, scope: str) -> None:
    """Refuse a class named twice, and a class that is left before its time."""
    down = sorted(transitions, key=lambda action: DEPTHS[action["StorageClass"]])
    for first, second in itertools.pairwise(down):
        before, to = first["StorageClass"], second["StorageClass"]
        if before == to:
            raise S3Error(errors.SAME_STORAGE_CLASS, action=name, scope=scope)
        (member,) = second.keys() - {"StorageClass", "NewerNoncurrentVersions"}
        if between(first[member], second[member]) < LASTS[before]:
            argument: dict[str, Any] = {"ArgumentName": member, "ArgumentValue": shown(second[member])}
            words: dict[str, Any] = {"member": member, "action": name, "to": to, "before": before, "scope": scope}
            raise S3Error(errors.TOO_SHORT_BETWEEN, **argument, **words, days=LASTS[before])


def require_later(expiration: Action, transitions: Sequence[Action], end: str, name: str, scope: str) -> None:
    """Refuse a rule that deletes what it has not yet moved."""
    for action in transitions:
        for member in expiration.keys() & action.keys() - {"StorageClass", "NewerNoncurrentVersions"}:
            if between(action[member], expiration[member]) <= 0:
                argument: dict[str, Any] = {"ArgumentName": member, "ArgumentValue": shown(expiration[member])}
                raise S3Error(
                    errors.EXPIRED_BEFORE_TRANSITION, **argument, member=member, end=end, action=name, scope=scope
                )


def between(first: Any, second: Any) -> int:
    """Return the days from one number of days, or one date, to another."""
    found = second - first
    return found.days if isinstance(found, dt.timedelta) else int(found)


def shown(value: Any) -> str:
    """Return a number of days, or a date, as it stands in the document."""
    return value.strftime("%Y-%m-%dT%H:%M:%S.000Z") if isinstance(value, dt.datetime) else str(value)

"""Transitions are judged as S3 does, and kept. What they do when time passes: tests/clock/test_transitions.py."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fakecos.contract.promise import Service, as_of, cases, promise
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

FIRST = dt.datetime(2030, 1, 1, tzinfo=dt.timezone.utc)


def moved(to: str, **when: Any) -> dict[str, Any]:
    return {"StorageClass": to, **when}


def put_transition_rule(client: Any, scope: dict[str, Any] | None = None, **actions: Any) -> Any:
    rule = {"ID": "one", "Status": "Enabled", **(scope or {"Filter": {"Prefix": ""}}), **actions}
    client.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [rule]})
    assert client.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"] == [rule]


@promise
@cases(
    "actions",
    [
        {"Transitions": [moved("GLACIER", Days=0)]},
        {"Transitions": [moved("STANDARD_IA", Days=30), moved("GLACIER", Days=60), moved("DEEP_ARCHIVE", Days=150)]},
        {"Transitions": [moved("GLACIER", Days=60), moved("STANDARD_IA", Days=30)], "Expiration": {"Days": 61}},
        {"Transitions": [moved("INTELLIGENT_TIERING", Date=FIRST)], "Expiration": {"Date": FIRST.replace(day=2)}},
        {"Transitions": [moved("GLACIER_IR", Days=1)], "Expiration": {"ExpiredObjectDeleteMarker": True}},
        {
            "NoncurrentVersionTransitions": [moved("ONEZONE_IA", NoncurrentDays=30, NewerNoncurrentVersions=100)],
            "NoncurrentVersionExpiration": {"NoncurrentDays": 31},
        },
    ],
    ids=str,
)
def what_s3_takes_is_kept(aws: Any, actions: dict[str, Any]) -> None:
    """Source: documented, public; that no days need pass, for NoncurrentDays as well: reported, and assumed of those
    (aws-changes 2)."""
    put_transition_rule(aws, **actions)


@promise
@cases(
    ("actions", "message", "argument"),
    [
        (
            {"Transitions": [moved("GLACIER", Days=-1)]},
            "'Days' in Transition action must be nonnegative",
            ("Days", "-1"),
        ),
        (
            {"NoncurrentVersionTransitions": [moved("GLACIER", NoncurrentDays=-1)]},
            "'NoncurrentDays' in NoncurrentVersionTransition action must be nonnegative",
            ("NoncurrentDays", "-1"),
        ),
        (
            {"Transitions": [moved("GLACIER", Date=FIRST.replace(hour=1))]},
            "'Date' must be at midnight GMT",
            ("Date", "2030-01-01T01:00:00.000Z"),
        ),
        (
            {"Transitions": [moved("DEEP_ARCHIVE", Days=179), moved("GLACIER", Days=90)]},
            (
                "'Days' in the 'Transition' action for StorageClass 'DEEP_ARCHIVE' for filter '(prefix=)' must be "
                "90 days more than 'filter '(prefix=)'' in the 'Transition' action for StorageClass 'GLACIER'"
            ),
            ("Days", "179"),
        ),
        (
            {"Transitions": [moved("GLACIER", Days=30)], "Expiration": {"Days": 30}},
            (
                "'Days' in the Expiration action for filter '(prefix=)' must be greater than 'Days' in the Transition "
                "action"
            ),
            ("Days", "30"),
        ),
        (
            {"Transitions": [moved("GLACIER", Date=FIRST)], "Expiration": {"Date": FIRST}},
            (
                "'Date' in the Expiration action for filter '(prefix=)' must be greater than 'Date' in the Transition "
                "action"
            ),
            ("Date", "2030-01-01T00:00:00.000Z"),
        ),
        (
            {
                "NoncurrentVersionTransitions": [moved("GLACIER", NoncurrentDays=9)],
                "NoncurrentVersionExpiration": {"NoncurrentDays": 9},
            },
            (
                "'NoncurrentDays' in the NoncurrentVersionExpiration action for filter '(prefix=)' must be greater "
                "than 'NoncurrentDays' in the NoncurrentVersionTransition action"
            ),
            ("NoncurrentDays", "9"),
        ),
    ],
)
def a_transition_at_a_wrong_time(
    cos: Service, aws: Any, actions: dict[str, Any], message: str, argument: tuple[str, str]
) -> None:
    """Source: public; that the argument is named: assumed."""
    name, value = argument
    with refused(cos, "InvalidArgument", message, 400, ArgumentName=name, ArgumentValue=value):
        put_transition_rule(aws, **actions)


@promise
@cases(
    ("scope", "words"),
    [
        ({"Filter": {"Prefix": "a/"}}, "filter '(prefix=a/)'"),
        ({"Filter": {}}, "filter '()'"),
        ({"Filter": {"Tag": {"Key": "a", "Value": "b"}}}, "filter '()'"),
        ({"Prefix": "a/"}, "prefix 'a/'"),
    ],
)
def transitions_that_do_not_go_together(cos: Service, aws: Any, scope: dict[str, Any], words: str) -> None:
    """Source: public; that of a filter only the prefix is named: assumed."""
    mixed = "Found mixed 'Date' and 'Days' based {} actions in lifecycle rule for " + words
    with refused(cos, "InvalidRequest", mixed.format("Transition"), 400):
        put_transition_rule(aws, scope, Transitions=[moved("GLACIER", Days=1), moved("DEEP_ARCHIVE", Date=FIRST)])
    with refused(cos, "InvalidRequest", mixed.format("Expiration and Transition"), 400):
        put_transition_rule(aws, scope, Transitions=[moved("GLACIER", Days=1)], Expiration={"Date": FIRST})
    same = f"'StorageClass' must be different for 'Transition' actions in same 'Rule' with {words}"
    with refused(cos, "InvalidRequest", same, 400):
        put_transition_rule(aws, scope, Transitions=[moved("GLACIER", Days=1), moved("GLACIER", Days=200)])


@promise
@as_of("2026-08-01")
@cases(
    "actions",
    [
        {"Transitions": [moved("STANDARD_IA", Days=0)]},
        {"Transitions": [moved("ONEZONE_IA", Days=1)]},
        {"NoncurrentVersionTransitions": [moved("STANDARD_IA", NoncurrentDays=0)]},
    ],
    ids=str,
)
def objects_need_not_stay_thirty_days_in_standard(aws: Any, actions: dict[str, Any]) -> None:
    """Source: documented: aws-changes 2; the day: assumed."""
    put_transition_rule(aws, **actions)


@promise
@cases(
    "actions",
    [
        {"Transitions": [{"Days": 1}]},
        {"Transitions": [moved("STANDARD", Days=1)]},
        {"Transitions": [moved("glacier", Days=1)]},
        {"Transitions": [moved("GLACIER")]},
        {"Transitions": [moved("GLACIER", Days=1, Date=FIRST)]},
        {"NoncurrentVersionTransitions": [moved("GLACIER")]},
        {"NoncurrentVersionTransitions": [moved("GLACIER", NoncurrentDays=1, NewerNoncurrentVersions=0)]},
    ],
    ids=str,
)
def a_transition_of_a_wrong_form(cos: Service, aws: Any, actions: dict[str, Any]) -> None:
    """Source: public for both days and date, and for the class; the others: assumed."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_transition_rule(aws, **actions)


@promise
@cases(("before", "least"), [("INTELLIGENT_TIERING", 1), ("STANDARD_IA", 30), ("ONEZONE_IA", 30), ("GLACIER_IR", 90)])
def an_object_stays_in_each_class_for_some_days(cos: Service, aws: Any, before: str, least: int) -> None:
    """Source: public: 30 days, and 90 of GLACIER; the others by the documented minimum storage duration, and of
    INTELLIGENT_TIERING one day: assumed."""
    first = moved(before, Days=30)
    with refused(cos, "InvalidArgument", status=400, ArgumentName="Days", ArgumentValue=str(29 + least)):
        put_transition_rule(aws, Transitions=[first, moved("GLACIER", Days=29 + least)])
    put_transition_rule(aws, Transitions=[first, moved("GLACIER", Days=30 + least)])


NEGATIVE, MIDNIGHT = "must be nonnegative", "must be at midnight GMT"


@promise
@cases(
    ("actions", "code", "said"),
    [
        # each transition in turn, the form of all before what they are together
        ({"Transitions": [moved("GLACIER", Days=-1), moved("glacier", Days=1)]}, "InvalidArgument", NEGATIVE),
        ({"Transitions": [moved("GLACIER", Days=1), moved("glacier", Days=1)]}, "MalformedXML", None),
        (
            {"Transitions": [moved("GLACIER", Days=1), moved("DEEP_ARCHIVE", Date=FIRST.replace(hour=1))]},
            "InvalidArgument",
            MIDNIGHT,
        ),
        # days and dates before the order of classes, that before the expiration
        (
            {"Transitions": [moved("GLACIER", Days=1), moved("GLACIER", Date=FIRST)]},
            "InvalidRequest",
            "Found mixed 'Date' and 'Days' based Transition actions",
        ),
        (
            {"Transitions": [moved("GLACIER", Days=9), moved("GLACIER", Days=9)], "Expiration": {"Days": 1}},
            "InvalidRequest",
            "'StorageClass' must be different",
        ),
        # versions that are not the newest come last
        (
            {
                "Transitions": [moved("GLACIER", Days=9)],
                "Expiration": {"Days": 9},
                "NoncurrentVersionTransitions": [moved("glacier", NoncurrentDays=1)],
            },
            "InvalidArgument",
            "in the Expiration action",
        ),
    ],
    ids=["negative, class", "class", "midnight, mixed", "mixed, same", "same, expiration", "expiration, noncurrent"],
)
def of_several_faults_the_first_is_told(
    cos: Service, aws: Any, actions: dict[str, Any], code: str, said: str | None
) -> None:
    """Source: assumed."""
    with refused(cos, code, status=400) as answer:
        put_transition_rule(aws, **actions)
    assert said is None or said in answer["Error"]["Message"]

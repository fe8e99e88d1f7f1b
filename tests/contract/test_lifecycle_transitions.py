"""Transitions are judged as S3 does, and kept. What they do when time passes: tests/clock/test_transitions.py."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.constants import BUCKET
from tests.support.messages import MALFORMED_XML
from tests.support.refusals import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS

FIRST = dt.datetime(2030, 1, 1, tzinfo=dt.timezone.utc)


def moved(to: str, **when: Any) -> dict[str, Any]:
    return {"StorageClass": to, **when}


def put_transition_rule(client: Any, scope: dict[str, Any] | None = None, **actions: Any) -> Any:
    rule = {"ID": "one", "Status": "Enabled", **(scope or {"Filter": {"Prefix": ""}}), **actions}
    client.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [rule]})
    assert client.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"] == [rule]


@pytest.mark.parametrize(
    "actions",
    [
        {"Transitions": [moved("GLACIER", Days=0)]},
        {"Transitions": [moved("STANDARD_IA", Days=0)]},  # since August 2026: aws-changes 2, as the next two
        {"Transitions": [moved("ONEZONE_IA", Days=1)]},
        {"NoncurrentVersionTransitions": [moved("STANDARD_IA", NoncurrentDays=0)]},
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
def test_what_s3_takes_is_kept(aws: Any, actions: dict[str, Any]) -> None:
    """Source: documented, public."""
    put_transition_rule(aws, **actions)


@pytest.mark.as_of("2026-07-31")
@pytest.mark.parametrize("to", ["STANDARD_IA", "ONEZONE_IA"])
@pytest.mark.parametrize(
    ("actions", "member"), [("Transitions", "Days"), ("NoncurrentVersionTransitions", "NoncurrentDays")]
)
@pytest.mark.parametrize("days", [0, 29])
def test_until_august_2026_objects_stay_thirty_days_in_standard(
    cos: FakeCOS, aws: Any, to: str, actions: str, member: str, days: int
) -> None:
    """Source: public; the change: aws-changes 2."""
    action = actions.removesuffix("s")
    message = f"'{member}' in {action} action must be greater than or equal to 30 for storageClass '{to}'"
    fields = {"ArgumentName": member, "ArgumentValue": str(days)}
    with refused(cos, "InvalidArgument", message, 400, **fields):
        put_transition_rule(aws, None, **{actions: [moved(to, **{member: days})]})
    assert cos.store.buckets[BUCKET].lifecycle is None
    put_transition_rule(aws, None, **{actions: [moved(to, **{member: 30})]})
    assert f"S3 moves to {to} after 0 days since 2026-08-01" in str(cos.journal)


@pytest.mark.as_of("2026-08-01")
def test_from_august_2026_on_they_need_not(aws: Any) -> None:
    """Source: aws-changes 2."""
    put_transition_rule(aws, Transitions=[moved("STANDARD_IA", Days=0)])


def test_ibm_takes_an_archive_rule(cos: FakeCOS, make_client: Any) -> None:
    """Source: IBM's documentation of archive rules: GLACIER after days."""
    put_transition_rule(make_client("ibm"), Transitions=[moved("GLACIER", Days=20)])
    assert cos.store.buckets[BUCKET].lifecycle is not None


@pytest.mark.parametrize(
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
def test_a_transition_of_a_wrong_form(cos: FakeCOS, aws: Any, actions: dict[str, Any]) -> None:
    """Source: both days and date, and the class: public; the others: assumed."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_transition_rule(aws, **actions)
    assert cos.store.buckets[BUCKET].lifecycle is None


@pytest.mark.parametrize(
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
def test_a_transition_at_a_wrong_time(
    cos: FakeCOS, aws: Any, actions: dict[str, Any], message: str, argument: tuple[str, str]
) -> None:
    """Source: public; that the argument is named: assumed."""
    name, value = argument
    with refused(cos, "InvalidArgument", message, 400, ArgumentName=name, ArgumentValue=value):
        put_transition_rule(aws, **actions)


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ({"Filter": {"Prefix": "a/"}}, "filter '(prefix=a/)'"),
        ({"Filter": {}}, "filter '()'"),
        ({"Prefix": "a/"}, "prefix 'a/'"),
    ],
)
def test_transitions_that_do_not_go_together(cos: FakeCOS, aws: Any, scope: dict[str, Any], words: str) -> None:
    """Source: public."""
    mixed = "Found mixed 'Date' and 'Days' based {} actions in lifecycle rule for " + words
    with refused(cos, "InvalidRequest", mixed.format("Transition"), 400):
        put_transition_rule(aws, scope, Transitions=[moved("GLACIER", Days=1), moved("DEEP_ARCHIVE", Date=FIRST)])
    with refused(cos, "InvalidRequest", mixed.format("Expiration and Transition"), 400):
        put_transition_rule(aws, scope, Transitions=[moved("GLACIER", Days=1)], Expiration={"Date": FIRST})
    same = f"'StorageClass' must be different for 'Transition' actions in same 'Rule' with {words}"
    with refused(cos, "InvalidRequest", same, 400):
        put_transition_rule(aws, scope, Transitions=[moved("GLACIER", Days=1), moved("GLACIER", Days=200)])

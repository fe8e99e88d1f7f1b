"""A lifecycle of COS has one transition, of the whole bucket, to an archive (documented: IBM's page on archives)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.constants import US_SOUTH

if TYPE_CHECKING:
    from fakecos import FakeCOS

WHOLE = {"Filter": {"Prefix": ""}}
ARCHIVE = {"Transitions": [{"Days": 20, "StorageClass": "GLACIER"}]}
SOONER = {"Transitions": [{"Days": 0, "StorageClass": "ACCELERATED"}]}
EXPIRE = {"Expiration": {"Days": 90}}
TAGGED = {"Filter": {"Tag": {"Key": "team", "Value": "a"}}}
SIZED = {"Filter": {"ObjectSizeGreaterThan": 5}}
BELOW = {"Filter": {"Prefix": "logs/"}}
BOTH = {"Filter": {"And": {"Prefix": "", "ObjectSizeGreaterThan": 5, "ObjectSizeLessThan": 9}}}


def put(client: Any, *rules: dict[str, Any]) -> Any:
    named = [{"ID": f"rule-{number}", "Status": "Enabled", **rule} for number, rule in enumerate(rules)]
    client.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": named})
    return client.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"] == named


@pytest.mark.parametrize(
    "rules",
    [
        ({**WHOLE, **ARCHIVE},),
        ({**WHOLE, **SOONER},),
        ({**WHOLE, **ARCHIVE, **EXPIRE},),
        ({**WHOLE, **ARCHIVE}, {**BELOW, **EXPIRE}),
        ({**WHOLE, **ARCHIVE}, {**TAGGED, **EXPIRE}, {**SIZED, **EXPIRE}),
        ({**BELOW, **EXPIRE}, {**TAGGED, **EXPIRE}),
    ],
    ids=str,
)
def test_what_cos_takes(client: Any, rules: tuple[dict[str, Any], ...]) -> None:
    """Source: documented: one transition rule, 1,000 rules in all; a prefix limits transitions and not expirations."""
    assert put(client, *rules)


@pytest.mark.parametrize(
    "rules",
    [
        ({**WHOLE, **ARCHIVE}, {**WHOLE, **SOONER}),  # two of the whole bucket, each right by itself
        ({**WHOLE, "Transitions": [*ARCHIVE["Transitions"], *SOONER["Transitions"]]},),  # two in one rule
        ({**WHOLE, **ARCHIVE}, {**WHOLE, **ARCHIVE}),
        ({**BELOW, **ARCHIVE},),
        ({**TAGGED, **ARCHIVE},),  # one alone, and not of the whole bucket
        ({**SIZED, **ARCHIVE},),
        ({**BOTH, **ARCHIVE},),
        ({**WHOLE, **ARCHIVE}, {**TAGGED, **ARCHIVE}),  # both at once
        ({**WHOLE, **EXPIRE}, {**TAGGED, **ARCHIVE}),
    ],
    ids=str,
)
def test_what_cos_does_not_take(cos: FakeCOS, client: Any, rules: tuple[dict[str, Any], ...]) -> None:
    """Source: documented: "Limit 1 transition rule", and an empty prefix; the code: assumed."""
    with refused(cos, "MalformedXML", status=400):
        put(client, *rules)
    assert cos.store.buckets[BUCKET].lifecycle is None


def test_a_rule_without_a_filter_is_refused(cos: FakeCOS, make_client: Any) -> None:
    """Source: documented: a rule has a Filter; boto3 at a host of COS, as IBM's own client sends none without."""
    client = make_client(AWS, endpoint_url=US_SOUTH)
    for prefix in ("", "logs/"):
        with refused(cos, "MalformedXML", status=400):
            put(client, {"Prefix": prefix, **ARCHIVE})


def test_noncurrent_versions_are_not_moved_by_a_rule_of_their_own(cos: FakeCOS, make_client: Any) -> None:
    """Source: documented: IBM's page on versioning; the code: assumed. Ignoring it would keep less than was asked."""
    client = make_client(AWS, endpoint_url=US_SOUTH)
    moves = [{"NoncurrentDays": 3, "StorageClass": "GLACIER"}]
    with refused(cos, "MalformedXML", status=400):
        put(client, {**WHOLE, **EXPIRE, "NoncurrentVersionTransitions": moves})
    assert put(client, {**WHOLE, **EXPIRE, "NoncurrentVersionExpiration": {"NoncurrentDays": 3}})


def test_aws_takes_more_than_one_transition(make_client: Any) -> None:
    later = {"Transitions": [{"Days": 60, "StorageClass": "GLACIER"}]}
    assert put(make_client(AWS), {**BELOW, **ARCHIVE}, {"Filter": {"Prefix": "other/"}, **later})


def test_only_archives_are_moved_to(cos: FakeCOS, client: Any) -> None:
    """Source: documented: the class must be GLACIER or ACCELERATED."""
    with refused(cos, "MalformedXML", status=400):
        put(client, {**WHOLE, "Transitions": [{"Days": 30, "StorageClass": "STANDARD_IA"}]})

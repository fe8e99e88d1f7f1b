"""Transitions are judged as S3 does, and kept. What they do when time passes: tests/clock/test_transitions.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.lifecycle_transitions import moved, put_transition_rule
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS


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


def test_ibm_takes_an_archive_rule(cos: FakeCOS, make_client: Any) -> None:
    """Source: IBM's documentation of archive rules: GLACIER after days."""
    put_transition_rule(make_client("ibm"), Transitions=[moved("GLACIER", Days=20)])
    assert cos.store.buckets[BUCKET].lifecycle is not None

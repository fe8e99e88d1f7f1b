"""The Object Lock configuration of buckets (recorded aws-bucket-configuration 14, 15; aws-objects 71)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.object_lock_configuration import ENABLED, configure, configured, rule
from fakecos.contract.steps.locks import GOVERNANCE, LOCKED, UNTIL, put_locked, put_retention
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.usefixtures("locked_bucket")


@pytest.mark.filterwarnings("ignore::fakecos.facts.exceptions.UnimplementedOperationWarning")
def test_event_holds_by_default_are_not_there(cos: FakeCOS, aws: Any) -> None:
    # fakecos: nothing is known of S3's answers yet
    what = "DefaultEventHold of PutObjectLockConfiguration"
    with refused(cos, "NotImplemented", f"{what} is not implemented by fakecos", 501, Operation=what):
        configure(aws, rule(Mode=GOVERNANCE, DefaultEventHold={"Days": 1}))


def test_snapshots_keep_locks(cos: FakeCOS, aws: Any) -> None:
    put_locked(aws)
    snapshot = cos.snapshot()
    put_retention(aws, UNTIL)
    configure(aws, rule(Mode=GOVERNANCE, Days=1))
    cos.restore(snapshot)
    assert configured(aws) == ENABLED
    assert "ObjectLockMode" not in aws.head_object(Bucket=LOCKED, Key="key")

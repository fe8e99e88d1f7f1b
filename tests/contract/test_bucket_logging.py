"""Put and GetBucketLogging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promises.bucket_logging import put_logging
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS


def test_a_target_of_another_account(cos: FakeCOS, aws: Any) -> None:
    # documented rule; the words: public
    cos.create_bucket("logs")
    cos.store.buckets["logs"].account = "999999999999"
    message = "The owner for the bucket to be logged and the target bucket must be the same."
    with refused(cos, "InvalidTargetBucketForLogging", message, 400, TargetBucket="logs"):
        put_logging(aws)

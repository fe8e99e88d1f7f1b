"""Put and GetBucketLogging."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, promise
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused


def put_logging(client: Any, target: str = "logs", **more: Any) -> Any:
    enabled = {"TargetBucket": target, "TargetPrefix": "log", **more}
    return client.put_bucket_logging(Bucket=BUCKET, BucketLoggingStatus={"LoggingEnabled": enabled})


@promise
def a_target_that_is_not_there(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 54."""
    message = "The target bucket for logging does not exist"
    with refused(cos, "InvalidTargetBucketForLogging", message, 400, TargetBucket="logs"):
        put_logging(aws)

"""Server access logs in tests: a target that takes them, and the records of what was delivered."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from fakecos import FakeCOS

LOGGING = "logging.s3.amazonaws.com"
# Documented: "Amazon S3 server access log format"; a field is between quotes, between brackets, or without blanks.
FIELD = r'"([^"]*)"|\[([^\]]*)\]|(\S+)'


class Record(NamedTuple):
    """A line, by the names that Amazon's page gives the fields."""

    bucket_owner: str
    bucket: str
    time: str
    remote_ip: str
    requester: str
    request_id: str
    operation: str
    key: str
    request_uri: str
    http_status: str
    error_code: str
    bytes_sent: str
    object_size: str
    total_time: str
    turn_around_time: str
    referer: str
    user_agent: str
    version_id: str
    host_id: str
    signature_version: str
    cipher_suite: str
    authentication_type: str
    host_header: str
    tls_version: str
    access_point_arn: str
    acl_required: str
    source_region: str


def read(text: str) -> list[Record]:
    """Return the records of a log object; a line of another form raises TypeError."""
    return [Record(*("".join(groups) for groups in re.findall(FIELD, line))) for line in text.splitlines()]


def allow_service(client: Any, bucket: str, service: str = LOGGING, conditions: Any = None) -> None:
    """Give a bucket the policy by which a service of AWS may write into it."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
    if conditions:
        statement["Condition"] = conditions
    client.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def put_logging(client: Any, bucket: str, target: str, prefix: str = "log/", **more: Any) -> None:
    """Switch the logging of a bucket on."""
    enabled = {"TargetBucket": target, "TargetPrefix": prefix, **more}
    client.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={"LoggingEnabled": enabled})


def delivered(cos: FakeCOS, target: str = "logs") -> list[Record]:
    """Return the records of all log objects of a bucket, but for the one that switched logging on."""
    found = [record for stored in cos.store.buckets[target].objects.values() for record in read(stored.body.decode())]
    return [record for record in found if record.operation != "REST.PUT.LOGGING_STATUS"]

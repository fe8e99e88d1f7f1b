"""A run stands for a new process, whose client may retry as often as it can."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.explore.corpus.program import BUCKET

if TYPE_CHECKING:
    from fakecos import FakeCOS

SPENT_AFTER = 60


def test_each_run_has_a_full_quota_of_retries(cos: FakeCOS) -> None:
    """Source: issue 13, section 1: each run from the state before; `botocore.retries.quota.RetryQuota`."""
    s3 = boto3.client("s3", "us-east-1", config=Config(retries={"mode": "standard", "total_max_attempts": 3}))

    def put() -> None:
        s3.put_object(Bucket=BUCKET, Key="film", Body=b"1")

    busy = cos.inject("PutObject", error="SlowDown", times=None)
    for _ in range(SPENT_AFTER):
        with contextlib.suppress(ClientError):
            put()
    spent = cos.request_count
    with contextlib.suppress(ClientError):
        put()
    assert cos.request_count == spent + 1, "the quota is spent: one attempt, and no more"
    busy.cancel()
    found = cos.explore(put, failures=["SlowDown", "SlowDown for good"], crashes=False)
    assert [(run.schedule, run.ended, len(run.requests)) for run in found.results] == [
        ("PutObject#1=SlowDown", "returned", 2),
        ("PutObject#1=SlowDown for good", "raised", 3),
    ]

"""Explorations of a fake that is served: for clients that speak to a server by themselves."""

from __future__ import annotations

import boto3
import pytest
from botocore.config import Config

from fakecos import FakeCOS

pytestmark = pytest.mark.loopback


def test_no_connection_to_a_server_is_refused_and_a_crash_breaks_it() -> None:
    """Source: our own choice: a server that answers cannot refuse; stopping it would raise what fakecos reported."""
    cos = FakeCOS()
    with cos.serve() as server:
        cos.create_bucket("served")
        s3 = boto3.client(
            "s3",
            "us-east-1",
            aws_access_key_id="any",
            aws_secret_access_key="any",
            endpoint_url=server.endpoint_url,
            config=Config(retries={"total_max_attempts": 1}),
        )
        found = cos.explore(lambda: s3.put_object(Bucket="served", Key="a", Body=b"a") and None, raise_findings=False)
        assert not cos.errors
    assert not [run for run in found.results if "=refused" in run.schedule]
    assert {run.ended for run in found.results if "=crash" in run.schedule} == {"died"}
    assert not [line for line in found.covered if "left running" in line]

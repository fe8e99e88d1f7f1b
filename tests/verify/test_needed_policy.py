"""The policy for a verification: made by asking the fake, enforced by the fake, and nothing in it is idle."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError

from fakecos import FakeCOS
from fakecos.cli.main import main
from fakecos.contract import selection
from fakecos.contract.needed_policy import OWN, needed_policy

if TYPE_CHECKING:
    from pathlib import Path

AREAS = ["abort.*", "versions_read.*", "object_tagging.*"]


def made(*areas: str) -> dict[str, Any]:
    return needed_policy(selection.chosen(areas, "aws", large=False), "checks")


@pytest.mark.slow
def test_it_names_the_buckets_of_the_prefix_and_what_the_promises_ask() -> None:
    policy = made(*AREAS)
    places = {statement["Sid"]: statement["Resource"] for statement in policy["Statement"]}
    assert places["VerifyBuckets"] == ["arn:aws:s3:::checks-*"]
    assert places["VerifyObjects"] == ["arn:aws:s3:::checks-*/*"]
    actions = {action for statement in policy["Statement"] for action in statement["Action"]}
    assert {"s3:PutObjectTagging", "s3:GetObjectVersion", "s3:AbortMultipartUpload"} <= actions
    assert set().union(*OWN.values()) <= actions
    assert "s3:PutBucketWebsite" not in actions


@pytest.mark.slow
def test_it_suffices_for_what_a_promise_asks_and_for_nothing_beside() -> None:
    with FakeCOS(identity_policy=made(*AREAS)) as cos:
        cos.create_bucket("checks-1")
        cos.create_bucket("notes")
        s3 = boto3.client("s3")
        s3.put_object(Bucket="checks-1", Key="a", Body=b"1", Tagging="a=b")
        for bucket, name in (("notes", "put_object"), ("checks-1", "put_object_acl")):
            given: dict[str, Any] = {"ACL": "private"} if name == "put_object_acl" else {"Body": b""}
            with pytest.raises(ClientError, match="AccessDenied"):
                getattr(s3, name)(Bucket=bucket, Key="a", **given)


def test_the_command_writes_it_and_asks_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "policy.json"
    with pytest.raises(SystemExit) as ended:
        main(["verify", "--only", "abort.*", "--bucket-prefix", "checks", "--required-policy", str(file)])
    assert ended.value.code == 0
    assert json.loads(file.read_text(encoding="utf-8")) == made("abort.*")
    assert str(file) in capsys.readouterr().out

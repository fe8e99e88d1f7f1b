"""What can happen to a request: as it would on S3, and only where it can."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config

from fakecos.explore.failures import TABLE
from fakecos.model.store import ACCOUNT
from tests.explore.corpus.program import BUCKET

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import Exploration, FakeCOS

PLACE = {"Bucket": BUCKET, "Key": "k"}


def happened(found: Exploration) -> list[str]:
    """Return the schedules in which everything happened."""
    return [run.schedule for run in found.results if run.happened]


def explored(cos: FakeCOS, act: Callable[[], object], *failures: str) -> Exploration:
    """Explore with these failures alone."""
    return cos.explore(act, failures=list(failures), crashes=False, raise_findings=False)


def test_every_row_says_why_it_is_real() -> None:
    """Source: issue 13, section 1: outcomes are data, each with why it is real."""
    for name, row in TABLE.items():
        assert row.name == name
        assert row.why.endswith(".")
        assert not row.why.startswith("The same")


def test_delete_objects_can_refuse_one_key(cos: FakeCOS, s3: Any) -> None:
    """Source: documented: DeleteObjects answers 200 with an error for each key that it did not delete."""
    for key in ("a", "b?*$", "c&d"):
        cos.put_object(BUCKET, key, b"x")
    answers: list[dict[str, Any]] = []

    def act() -> None:
        objects = [{"Key": "a"}, {"Key": "c&d"}, {"Key": "b?*$"}]
        answers.append(s3.delete_objects(Bucket=BUCKET, Delete={"Objects": objects}))

    found = explored(cos, act, "one key refused")
    assert happened(found) == ["DeleteObjects#1=one key refused"]
    (finding,) = found.findings
    assert finding.kind == "silent-loss"
    assert "b?*$" in finding.text
    assert [error["Key"] for error in answers[2]["Errors"]] == ["b?*$"]
    assert answers[2]["Errors"][0]["Code"] == "AccessDenied"
    assert {one["Key"] for one in answers[2]["Deleted"]} == {"a", "c&d"}
    with pytest.raises(s3.exceptions.ClientError, match="NoSuchBucketPolicy"):
        s3.get_bucket_policy(Bucket=BUCKET)


def test_a_policy_that_was_there_is_there_again(cos: FakeCOS, s3: Any) -> None:
    """Source: our own promise: a failure changes nothing but what it is about."""
    allowed = {
        "Effect": "Allow",
        "Principal": {"AWS": ACCOUNT},
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{BUCKET}/*",
    }
    text = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    s3.put_bucket_policy(Bucket=BUCKET, Policy=text)
    cos.put_object(BUCKET, "a", b"x")
    delete = {"Objects": [{"Key": "a"}]}
    explored(cos, lambda: s3.delete_objects(Bucket=BUCKET, Delete=delete), "one key refused")
    assert json.loads(s3.get_bucket_policy(Bucket=BUCKET)["Policy"]) == json.loads(text)


def test_a_condition_fails_since_somebody_wrote(cos: FakeCOS, s3: Any) -> None:
    """Source: documented: 412 says that another writer was faster, so that there is what it wrote."""
    seen: list[bytes] = []

    def act() -> None:
        try:
            s3.put_object(**PLACE, Body=b"mine", IfNoneMatch="*")
        except s3.exceptions.ClientError:
            seen.append(s3.get_object(**PLACE)["Body"].read())
            raise

    found = explored(cos, act, "412")
    assert happened(found) == ["PutObject#1=412"]
    assert seen
    assert b"mine" not in seen
    assert not found.findings


def test_nobody_is_first_where_ones_own_lost_write_is(cos: FakeCOS, s3: Any) -> None:
    """Source: documented: If-None-Match lets nobody write over what is there."""
    found = cos.explore(
        lambda: s3.put_object(**PLACE, Body=b"mine", IfNoneMatch="*"),
        failures=["closed@stored", "412"],
        crashes=False,
        depth=2,
        raise_findings=False,
    )
    assert "PutObject#1=closed@stored; PutObject#2=412" not in happened(found)


def test_credentials_that_ran_out_stay_so(cos: FakeCOS, s3: Any) -> None:
    """Source: documented: ExpiredToken is answered to every request after the session's end."""
    codes: list[str] = []

    def act() -> None:
        codes.clear()
        for key in ("a", "b", "c"):
            try:
                s3.put_object(Bucket=BUCKET, Key=key, Body=b"x")
            except s3.exceptions.ClientError as error:
                codes.append(f"{key} {error.response['Error']['Code']}")

    def check(_: FakeCOS, outcome: Any) -> None:
        if "PutObject:b#1" in outcome.schedule:
            assert codes == ["b ExpiredToken", "c ExpiredToken"]

    found = cos.explore(
        act, check=check, failures=["ExpiredToken"], crashes=False, allow=[("silent-loss", "so it is meant here")]
    )
    assert found.runs == 3


def test_others_know_only_of_what_was_there_before(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: nobody deletes a temporary object whose name he never heard."""
    cos.put_object(BUCKET, "known", b"x")

    def act() -> None:
        s3.put_object(Bucket=BUCKET, Key="new", Body=b"x")
        s3.head_object(Bucket=BUCKET, Key="new")
        s3.head_object(Bucket=BUCKET, Key="known")

    found = explored(cos, act, "object deleted", "object replaced")
    assert happened(found) == ["HeadObject:known#1=object replaced", "HeadObject:known#1=object deleted"]


def test_a_bit_turns_only_where_somebody_could_notice(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: else it is no fault of the code. `failures="all"` has it as another row."""
    plain = boto3.client(
        "s3",
        "us-east-1",
        config=Config(request_checksum_calculation="when_required", s3={"payload_signing_enabled": False}),
    )
    assert happened(explored(cos, lambda: s3.put_object(**PLACE, Body=b"x"), "bit turned", "bit turned unseen")) == [
        "PutObject#1=bit turned"
    ]
    assert happened(explored(cos, lambda: plain.put_object(**PLACE, Body=b"x"), "bit turned", "bit turned unseen")) == [
        "PutObject#1=bit turned unseen"
    ]


@pytest.mark.parametrize(("algorithm", "is_noticed"), [("CRC32", True), ("SHA256", True), ("CRC64NVME", False)])
def test_a_bit_turns_in_an_answer_whose_checksum_the_client_compares(
    cos: FakeCOS, s3: Any, algorithm: str, *, is_noticed: bool
) -> None:
    """Source: documented: botocore compares CRC64NVME and CRC32C only with awscrt."""
    cos.put_object(BUCKET, "k", b"some bytes", ChecksumAlgorithm=algorithm)

    def act() -> bytes:
        data: bytes = s3.get_object(**PLACE)["Body"].read()
        return data

    found = explored(cos, act, "answer with a bit turned")
    assert bool(happened(found)) == is_noticed
    assert not found.findings

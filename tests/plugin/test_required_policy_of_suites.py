"""`--fakecos-required-policy=FILE`: the smallest policy of all that a suite asks for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., pytest.RunResult]

pytest_plugins = ["pytester"]

SUITE = """
import boto3
from fakecos import FakeCOS

def test_with_the_fixture(fakecos):
    fakecos.create_bucket("photos")
    boto3.client("s3").put_object(Bucket="photos", Key="a", Body=b"1")
    fakecos.reset()
    fakecos.create_bucket("photos")
    boto3.client("s3").put_object(Bucket="photos", Key="b", Body=b"1")

@FakeCOS()
def test_decorated():
    boto3.client("s3").create_bucket(Bucket="new-bucket")

def test_with_a_fake_of_its_own():
    cos = FakeCOS()
    cos.create_bucket("photos")
    cos.client().list_objects_v2(Bucket="photos", Prefix="a/")
    cos.stop()
"""
WANTED: dict[str, set[str]] = {
    "arn:aws:s3:::new-bucket": {"s3:CreateBucket"},
    "arn:aws:s3:::photos": {"s3:ListBucket"},
    "arn:aws:s3:::photos/a": {"s3:PutObject"},
    "arn:aws:s3:::photos/b": {"s3:PutObject"},
}


def allowed(pytester: pytest.Pytester) -> dict[str, set[str]]:
    """Return what the written policy allows, by resource."""
    found: dict[str, set[str]] = {}
    policy: dict[str, Any] = json.loads((pytester.path / "policy.json").read_text(encoding="utf-8"))
    for statement in policy["Statement"]:
        for resource in statement["Resource"]:
            found.setdefault(resource, set()).update(statement["Action"])
    return found


def test_it_is_of_every_fake_of_every_test_also_before_a_reset(run: Run, pytester: pytest.Pytester) -> None:
    result = run(SUITE, "--fakecos-required-policy=policy.json")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["fakecos: the smallest policy of these tests, 3 statements: *policy.json"])
    assert allowed(pytester) == WANTED


@pytest.mark.slow
def test_the_processes_of_xdist_hand_it_to_the_first(run: Run, pytester: pytest.Pytester) -> None:
    result = run(SUITE, "--fakecos-required-policy=policy.json", "-p", "xdist", "-n", "2")
    result.assert_outcomes(passed=3)
    assert allowed(pytester) == WANTED


def test_a_file_that_cannot_be_written_is_refused_at_once(run: Run) -> None:
    result = run(SUITE, "--fakecos-required-policy=no-folder/policy.json")
    result.stderr.fnmatch_lines(["*--fakecos-required-policy=no-folder/policy.json: there is no folder *no-folder*"])
    assert result.ret == 4
    result = run(SUITE, "--fakecos-required-policy=.")
    result.stderr.fnmatch_lines(["*--fakecos-required-policy=.: it is a folder; name a file, as in policy.json*"])

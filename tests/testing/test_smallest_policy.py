"""How a policy is written: places, statements, their names and their order. Source: our own promise, in its how-to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, UsageError
from fakecos.operations import context, needs
from fakecos.operations.needs import Permission
from fakecos.testing.smallest_policy import smallest_policy

if TYPE_CHECKING:
    from collections.abc import Iterable

BUCKET = "arn:aws:s3:::photos"


def written(keys: Iterable[str], *, exact: bool = False) -> list[str]:
    """Return how a policy names the keys of one action."""
    wanted = [Permission("s3:GetObject", f"{BUCKET}/{key}") for key in keys]
    (statement,) = smallest_policy(wanted, exact=exact)["Statement"]
    return [resource.removeprefix(f"{BUCKET}/") for resource in statement["Resource"]]


def listed(*prefixes: str) -> Any:
    """Return the condition of listings with these prefixes, "" for none."""
    wanted = [Permission("s3:ListBucket", BUCKET, prefix) for prefix in prefixes]
    (statement,) = smallest_policy(wanted)["Statement"]
    return statement.get("Condition")


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        (["a"], ["a"]),
        (["a", "x/b", "x/y/c"], ["a", "x/b", "x/y/c"]),
        (["x/a", "x/b", "x/c", "x/d"], ["x/*"]),
        (["a", "b", "c", "d"], ["*"]),
        (["x/a", "x/b", "x/c", "x/d", "y/a"], ["x/*", "y/a"]),
        (["a", *(f"x/{name}" for name in "abcd")], ["a", "x/*"]),
        ([*"abcd", *(f"x/{name}" for name in "abcd")], ["*"]),
        ([f"x/{folder}/{name}" for folder in "abcd" for name in "ab"], ["x/*"]),
        ([f"{one}/{two}/{three}" for one in "abc" for two in "abc" for three in "abcd"], ["a/*", "b/*", "c/*"]),
        (["logs/2026-11-29.txt"], ["logs/*"]),
        (["table/part-00000.parquet", "table/_done"], ["table/_done", "table/part-*"]),
        (["7d444840-9dc0-11d1-b245-5ffdce74fad2/face"], ["*"]),
        (["cache/8d/777f385d3dfec8815d20f7496026dc"], ["cache/*"]),
        (["v1/file100.txt"], ["v1/file100.txt"]),
        ([f"{letter}-2026/x" for letter in "abcdefghijkl"], ["*"]),
    ],
)
def test_keys_are_written_as_a_person_would(keys: list[str], wanted: list[str]) -> None:
    assert written(keys) == wanted
    assert written(keys, exact=True) == sorted(keys)


def test_what_one_place_covers_is_not_named_again() -> None:
    assert written(["2026-11-29", "x/a"]) == ["*"]


def test_actions_on_the_same_place_are_one_statement_and_so_are_places_with_the_same_actions() -> None:
    wanted = [
        *(Permission(f"s3:{action}", f"{BUCKET}/{key}") for action in ("PutObject", "GetObject") for key in "ab"),
        Permission("s3:GetObject", "arn:aws:s3:::other/c"),
        Permission("kms:Decrypt", "arn:aws:kms:us-east-1:123456789012:key/k1"),
        Permission("s3:ListAllMyBuckets", "*"),
        Permission("s3:GetBucketVersioning", BUCKET),
    ]
    policy = smallest_policy(wanted)
    assert policy == smallest_policy(reversed(wanted))
    assert json.loads(json.dumps(policy)) == policy
    assert policy["Version"] == "2012-10-17"
    assert [(one["Sid"], one["Action"], one["Resource"]) for one in policy["Statement"]] == [
        ("ListAllMyBuckets", ["s3:ListAllMyBuckets"], ["*"]),
        ("ReadSettingsOfPhotos", ["s3:GetBucketVersioning"], [BUCKET]),
        ("ReadObjectsInOther", ["s3:GetObject"], ["arn:aws:s3:::other/c"]),
        ("ReadWriteObjectsInPhotos", ["s3:GetObject", "s3:PutObject"], [f"{BUCKET}/a", f"{BUCKET}/b"]),
        ("UseKmsKey", ["kms:Decrypt"], ["arn:aws:kms:us-east-1:123456789012:key/k1"]),
    ]


def test_names_of_statements_are_letters_and_digits_and_each_is_another() -> None:
    # documented: IAM, Sid
    wanted = [Permission("s3:GetObject", "arn:aws:s3:::my.logs-1/a"), Permission("s3:PutObject", f"{BUCKET}/a")]
    wanted += [Permission("s3:PutObject", f"{BUCKET}/b"), Permission("s3:PutObjectTagging", f"{BUCKET}/b")]
    sids = [one["Sid"] for one in smallest_policy(wanted)["Statement"]]
    assert sids == ["ReadObjectsInMyLogs1", "WriteObjectsInPhotos", "WriteObjectsInPhotos2"]


def test_listings_that_named_prefixes_have_a_condition() -> None:
    # documented: condition keys of Amazon S3, s3:prefix
    assert listed("a/", "b") == {"StringEquals": {"s3:prefix": ["a/", "b"]}}
    assert listed("x/a/", "x/b/", "x/c/", "x/d/") == {"StringLike": {"s3:prefix": ["x/*"]}}
    assert listed("day=2026-11-29/") == {"StringLike": {"s3:prefix": ["day=*"]}}
    assert listed("a/", "") is None
    assert listed("2026/") is None


def test_memory_is_bounded_by_the_folders_of_further_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    # law 11: what is kept of requests is bounded
    monkeypatch.setattr(context, "KEPT", 5)
    asked: context.Asked = {}
    shape = ("arn:aws:iam::123456789012:root", "PutObject", "photos", "Bucket", "Key")
    for number in range(20):
        context.keep(asked, shape, f"x/{'abcdefghijklmnopqrst'[number]}")
    assert sum(map(len, asked.values())) == 6
    (statement,) = smallest_policy(needs.permissions(asked), exact=True)["Statement"]
    assert statement["Resource"] == [f"{BUCKET}/x/*"]
    for folder in "abcdefghi":
        context.keep(asked, shape, f"{folder}/one")
    (statement,) = smallest_policy(needs.permissions(asked))["Statement"]
    assert statement["Resource"] == [f"{BUCKET}/*"]


def test_the_policy_is_of_what_the_journal_has_and_of_what_it_has_forgotten() -> None:
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        client = cos.client()
        client.put_object(Bucket="photos", Key="a", Body=b"1")
        snapshot = cos.snapshot()
        assert len(cos.required_policy()["Statement"]) == 1
        cos.restore(snapshot)
        assert cos.required_policy() == {"Version": "2012-10-17", "Statement": []}
        client.get_object(Bucket="photos", Key="a")
        assert cos.required_policy()["Statement"][0]["Action"] == ["s3:GetObject"]
        cos.reset()
        assert cos.required_policy()["Statement"] == []


def test_wrong_calls_are_explained() -> None:
    with FakeCOS() as cos:
        with pytest.raises(UsageError, match=r"caller='alice'.*cos\.account"):
            cos.required_policy(caller="alice")  # type: ignore[arg-type]
        with pytest.raises(UsageError, match="exact"):
            cos.required_policy(exat=True)  # type: ignore[call-arg]
    with (
        FakeCOS(dialect="ibm") as cos,
        pytest.raises(UsageError, match='dialect="ibm": this service has no policies of AWS IAM'),
    ):
        cos.required_policy()


def test_requests_to_cos_are_not_counted() -> None:
    import ibm_boto3

    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        client = ibm_boto3.client("s3", endpoint_url="https://s3.us-south.cloud-object-storage.appdomain.cloud", **keys)
        client.put_object(Bucket="photos", Key="a", Body=b"1")
        assert cos.request_count == 1
        assert cos.required_policy()["Statement"] == []

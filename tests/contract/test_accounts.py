"""Several accounts: whose a bucket is, and what others may do with it."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.config import Config

from fakecos import FakeCOS, UsageError
from fakecos.contract.steps.messages import DENIED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.refused import refused
from fakecos.model.store import ACCOUNT, OWNER_ID
from tests.support.access import ONCE, client_for

THIRD = "333333333333"
OBJECTS = f"arn:aws:s3:::{BUCKET}/*"


@pytest.fixture
def other(cos: FakeCOS) -> Any:
    """A client of another account; its bucket is `theirs`."""
    cos.account(OTHER).create_bucket("theirs")
    cos.put_object("theirs", "key", b"1")
    cos.put_object(BUCKET, "key", b"1")
    return client_for(cos.account(OTHER))


def test_each_account_lists_its_own_buckets(cos: FakeCOS, aws: Any, other: Any) -> None:
    # documented by AWS: ListBuckets
    account = cos.account(OTHER)
    other.create_bucket(Bucket="also-theirs")
    answer = other.list_buckets()
    assert [bucket["Name"] for bucket in answer["Buckets"]] == ["also-theirs", "theirs"]
    assert answer["Owner"] == {"ID": account.canonical_id}
    assert [bucket["Name"] for bucket in aws.list_buckets()["Buckets"]] == [BUCKET]
    assert [bucket["Name"] for bucket in other.list_buckets(MaxBuckets=1)["Buckets"]] == ["also-theirs"]
    assert aws.list_buckets(MaxBuckets=1, Prefix="t")["Buckets"] == []


def test_an_account_is_the_same_whenever_it_is_asked_for(cos: FakeCOS) -> None:
    account = cos.account(OTHER)
    assert account == cos.account(OTHER) != cos.account(THIRD)
    assert account.access_key == cos.account(OTHER).access_key
    assert (account.id, account.arn) == (OTHER, f"arn:aws:iam::{OTHER}:root")
    assert len({account, cos.account(OTHER), account.user("alice")}) == 2
    assert repr(account.user("alice")) == f"<arn:aws:iam::{OTHER}:user/alice>"
    assert cos.account(ACCOUNT).canonical_id == OWNER_ID
    assert [line["Name"] for line in cos.account(ACCOUNT).client().list_buckets()["Buckets"]] == [BUCKET]


@pytest.mark.parametrize("account", ["", "1", "22222222222a", "2222222222222", 222222222222])
def test_an_account_has_twelve_digits(cos: FakeCOS, account: Any) -> None:
    with pytest.raises(UsageError, match="12 digits"):
        cos.account(account)


@pytest.mark.parametrize("name", ["", "a b", "ä", "x" * 65])
def test_a_user_has_a_name_of_iams(cos: FakeCOS, name: str) -> None:
    with pytest.raises(UsageError, match="IAM"):
        cos.account(OTHER).user(name)


def test_the_keys_of_an_account_are_verified_like_any_other() -> None:
    with FakeCOS(credentials={"AKIAEXAMPLE": "secret"}) as cos:
        account = cos.account(OTHER)
        account.create_bucket("theirs")
        assert account.client().list_buckets()["Owner"] == {"ID": account.canonical_id}
        wrong = account.client(aws_secret_access_key="another", config=Config(retries=ONCE))
        with refused(cos, "SignatureDoesNotMatch"):
            wrong.list_buckets()
        with refused(cos, *DENIED):
            cos.client().get_object(Bucket="theirs", Key="key")


def test_arranging_asks_nobody(cos: FakeCOS) -> None:
    cos.account(OTHER).create_bucket("theirs")
    cos.put_object("theirs", "key", b"1")
    assert cos.bucket("theirs").objects["key"].body == b"1"
    assert not cos.store.buckets["theirs"].objects["key"].owner

"""A second account: promises that need two are asked by both, guarded alike, and nothing of either is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.comparison.exchange import Exchange
from fakecos.contract.asking import Asking
from fakecos.contract.bucket_names import ACCOUNT, BucketNames
from fakecos.contract.needs import lacking, needs_of
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.policies import OBJECTS, allow, policy_of
from fakecos.contract.verification import verified
from tests.verify.conftest import FAST
from tests.verify.test_what_it_touches import instance

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fakecos import FakeCOS
    from fakecos.contract.real_service import RealService
    from tests.verify.conftest import Done

AREAS = ("--only", "second_account", "--only", "requester_pays", "--only", "acls_of_accounts")
NEEDS = "it needs a second account: --second-profile NAME names a profile of one"
MINE, THEIRS = "999988887777", "444455556666"


@pytest.mark.loopback
@pytest.mark.slow
def test_promises_of_two_accounts_are_the_same_at_the_fake(
    store: FakeCOS, tls_url: str, partner: str, command: Callable[..., Done]
) -> None:
    done = command("--endpoint-url", tls_url, "--public", "--second-profile", partner, *FAST, *AREAS)
    assert [case for case in done.json["promises"] if case["outcome"] != "same"] == []
    assert (done.code, done.err) == (0, "")
    assert dict(store.store.buckets) == {}


@pytest.mark.loopback
def test_without_one_they_are_not_run_and_say_why(url: str, command: Callable[..., Done]) -> None:
    done = command("--endpoint-url", url, *FAST, "--only", "second_account.a_name_*")
    assert {(case["outcome"], case["why"]) for case in done.json["promises"]} == {("not run", NEEDS)}
    assert done.code == 0


@pytest.mark.loopback
@pytest.mark.slow
def test_nothing_of_the_second_account_is_written(
    store: FakeCOS, url: str, partner: str, command: Callable[..., Done], tmp_path: Path
) -> None:
    answers = tmp_path / "answers"
    some = ("--only", "second_account.a_copy*", "--only", "acls_of_accounts.a_grant*")
    done = command(
        "--endpoint-url", url, "--second-profile", partner, "--record", str(answers), "--verbose", *FAST, *some
    )
    assert done.code == 0
    written = str(done.json) + "".join(file.read_text(encoding="utf-8") for file in answers.iterdir())
    account = store.account(OTHER)
    for text in (account.access_key, account.secret_key, account.canonical_id, OTHER, ACCOUNT):
        assert text not in written
    assert "(canonical id)" in written


@pytest.mark.loopback
def test_a_profile_that_is_no_other_account_is_told(
    store: FakeCOS, url: str, partner: str, command: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    some = (*FAST, "--only", "second_account.a_name_*", "--endpoint-url", url)
    again = command(*some, "--second-profile", "again")
    assert (again.code, "has the access key of the first account" in again.err) == (2, True)
    missing = command(*some, "--second-profile", "nobody")
    assert (missing.code, "The config profile (nobody) could not be found" in missing.err) == (2, True)
    account = store.account(OTHER)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", account.user("alice").access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", account.user("alice").secret_key)
    assert command(*some, "--second-profile", partner).code == 2
    assert dict(store.store.buckets) == {}


@pytest.mark.loopback
@pytest.mark.slow
def test_keys_of_the_first_account_are_no_second_one(
    store: FakeCOS, url: str, tmp_path: Path, command: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = store.account(ACCOUNT)
    file = tmp_path / "keys"
    file.write_text(f"[mine]\naws_access_key_id = {mine.access_key}\naws_secret_access_key = {mine.secret_key}\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    done = command("--endpoint-url", url, "--second-profile", "mine", *FAST, "--only", "second_account.a_name_*")
    assert (done.code, "the second account: the first one lists its bucket" in done.err) == (2, True)
    assert dict(store.store.buckets) == {}


@pytest.mark.loopback
def test_the_second_client_is_guarded_as_the_first(
    store: FakeCOS, url: str, session: Any, service: Callable[..., RealService]
) -> None:
    store.account(OTHER).create_bucket("fakecos-verify-notes")
    store.put_object("fakecos-verify-notes", "key", b"mine")

    def asks_for_all_buckets(other: Any) -> None:
        other.create_bucket(Bucket="theirs")
        other.put_object(Bucket="theirs", Key="key", Body=b"1")
        other.list_buckets()

    found = service(url, second=True)
    found.second = session_of(store, session)
    result = verified(found, instance(asks_for_all_buckets))
    assert (result.outcome, "it lists all buckets" in result.why) == ("not run", True)
    assert [request.operation for request in store.journal if request.operation == "ListBuckets"] == []
    assert [*store.store.buckets] == ["fakecos-verify-notes"]
    assert found.left == []


def session_of(store: FakeCOS, session: Any) -> Any:
    account = store.account(OTHER)
    return type(session)(aws_access_key_id=account.access_key, aws_secret_access_key=account.secret_key)


@pytest.mark.loopback
@pytest.mark.slow
def test_what_a_run_left_in_the_second_account_is_deleted_too(
    store: FakeCOS, url: str, partner: str, command: Callable[..., Done]
) -> None:
    left = "fakecos-verify-0123abcd0001-theirs"
    store.account(OTHER).create_bucket(left)
    store.put_object(left, "key", b"1")
    store.account(OTHER).create_bucket("fakecos-verify-notes")
    asked = ("--endpoint-url", url, "--delete-created", "--yes")
    assert "no bucket of an earlier run" in command(*asked).out
    done = command(*asked, "--second-profile", partner)
    assert (done.code, "deleted 1 of 1 buckets" in done.out) == (0, True)
    assert [*store.store.buckets] == ["fakecos-verify-notes"]


# --- numbers of accounts ------------------------------------------------------------------------------------


def test_the_numbers_of_both_accounts_stand_in_the_places_of_the_fakes() -> None:
    names = BucketNames("fakecos-verify", "0123abcd0001", account=MINE, other=THEIRS)
    text = f"arn:aws:iam::{OTHER}:root and {ACCOUNT}"
    there = f"arn:aws:iam::{THEIRS}:root and {MINE}"
    assert names.params_there({"Policy": text}) == {"Policy": there}
    assert names.here({"Policy": there}) == {"Policy": text}
    assert names.here(there.encode()) == text.encode()


def test_the_number_of_one_may_be_the_fakes_of_the_other() -> None:
    names = BucketNames("fakecos-verify", "0123abcd0001", account=OTHER, other=ACCOUNT)
    assert names.params_there([ACCOUNT, OTHER]) == [OTHER, ACCOUNT]
    assert names.here([ACCOUNT, OTHER]) == [OTHER, ACCOUNT]


AT_AWS = Asking(None, "us-east-1", "fakecos-verify", second=True)
ELSEWHERE = Asking("https://s3.example.com", "us-east-1", "fakecos-verify", second=True)


def putting(principal: Any) -> Exchange:
    policy = policy_of([allow("s3:GetObject", OBJECTS, principal)])
    return Exchange("PutBucketPolicy", {"Bucket": "photos", "Policy": policy}, status=204)


@pytest.mark.parametrize("principal", [{"AWS": OTHER}, {"AWS": [ACCOUNT, f"arn:aws:iam::{OTHER}:root"]}])
def test_a_policy_for_both_accounts_is_asked_once_their_numbers_are_known(principal: Any) -> None:
    assert needs_of(putting(principal)) == set()
    for asking in (AT_AWS, ELSEWHERE):
        assert lacking([putting(principal)], asking, known={ACCOUNT, OTHER}) is None
        assert "number" in str(lacking([putting(principal)], asking, known={ACCOUNT}))


@pytest.mark.parametrize("principal", [{"AWS": f"arn:aws:iam::{OTHER}:user/bob"}, {"Federated": "someone"}])
def test_a_policy_for_others_is_not_asked_at_aws_whatever_is_known(principal: Any) -> None:
    why = lacking([putting(principal)], AT_AWS, known={ACCOUNT, OTHER})
    assert why == "it needs users or accounts that a policy names, and nothing but buckets is made or touched"

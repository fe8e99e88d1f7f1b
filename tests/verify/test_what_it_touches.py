"""It touches buckets of its own prefix and run, and deletes what it made, however a promise or the run ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos.contract.attempt import Attempt
from fakecos.contract.instances import Instance, instances_of
from fakecos.contract.promise import Promise, marks_of
from fakecos.contract.selection import chosen
from fakecos.contract.verification import verify
from tests.verify.conftest import FAST

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fakecos import FakeCOS
    from fakecos.contract.real_service import RealService
    from tests.verify.conftest import Done

pytestmark = pytest.mark.loopback
BESIDE = ("fakecos-verify", "fakecos-verify-notes", "fakecos-verify-added", "fakecos-verify-1234abcd", "holidays")
"""Buckets of the account whose names begin with the prefix, or are like those of a run."""


def leaves_much(aws: Any, cos: Any) -> None:
    """Leave behind what makes a bucket hard to delete, and break."""
    aws.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    for _ in range(2):
        aws.put_object(Bucket="photos", Key="versions", Body=b"x")
    aws.delete_object(Bucket="photos", Key="versions")
    aws.create_multipart_upload(Bucket="photos", Key="open")
    aws.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    aws.put_object(Bucket="locked", Key="held", Body=b"x", ObjectLockLegalHoldStatus="ON")
    aws.put_object(
        Bucket="locked",
        Key="retained",
        Body=b"x",
        ObjectLockMode="GOVERNANCE",
        ObjectLockRetainUntilDate="2099-01-01T00:00:00Z",
    )
    denied = (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", '
        '"Action": ["s3:DeleteObject", "s3:AbortMultipartUpload"], "Resource": "arn:aws:s3:::photos/*"}]}'
    )
    aws.put_bucket_policy(Bucket="photos", Policy=denied)
    if isinstance(cos, Attempt):  # the service, not the fake that is asked first
        raise FAILURE


FAILURE: BaseException = AssertionError("nothing of this kind")


def instance(function: Callable[..., None]) -> Instance:
    """Return the one case of a promise that is made of a function."""
    (found,) = instances_of(Promise(f"test.{function.__name__}", function, marks_of(function)))
    return found


@pytest.fixture
def beside(store: FakeCOS) -> dict[str, Any]:
    """Buckets of the account that are none of its own, each with an object."""
    for name in BESIDE:
        store.create_bucket(name)
        store.put_object(name, "key", b"mine")
    return dict(store.store.buckets)


def untouched(store: FakeCOS) -> bool:
    """Whether there is what `beside` made, and nothing else."""
    return {name: [*bucket.objects] for name, bucket in store.store.buckets.items()} == {
        name: ["key"] for name in BESIDE
    }


def test_what_a_promise_leaves_behind_is_deleted_and_nothing_else(
    store: FakeCOS, url: str, service: Callable[..., RealService], beside: dict[str, Any]
) -> None:
    asked = service(url)
    (result,) = verify(asked, [instance(leaves_much)])
    assert (result.outcome, result.why) == ("differs", "nothing of this kind")
    assert asked.left == []
    assert untouched(store)
    names = {request.bucket for request in store.journal if request.bucket is not None}
    assert all(name.startswith("fakecos-verify-") and name.endswith(("-photos", "-locked")) for name in names)


def test_ctrl_c_in_the_middle_of_a_promise_deletes_what_was_made(
    store: FakeCOS, url: str, service: Callable[..., RealService], beside: dict[str, Any], monkeypatch: Any
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "FAILURE", KeyboardInterrupt())
    asked = service(url)
    with pytest.raises(KeyboardInterrupt):
        list(verify(asked, [instance(leaves_much)]))
    assert asked.left == []
    assert untouched(store)


def interrupting(monkeypatch: pytest.MonkeyPatch, times: int) -> list[str]:
    """Let Ctrl-C come in the middle of so many deletions of objects; returns what was called."""
    called: list[str] = []

    def interrupt(**_: Any) -> None:
        called.append("DeleteObject")
        if len(called) <= times:
            raise KeyboardInterrupt

    made = boto3.session.Session.client

    def client(self: Any, *words: Any, **keywords: Any) -> Any:
        found = made(self, *words, **keywords)
        found.meta.events.register("before-call.s3.DeleteObject", interrupt)
        return found

    monkeypatch.setattr(boto3.session.Session, "client", client)
    return called


def one_object(aws: Any) -> None:
    aws.put_object(Bucket="photos", Key="key", Body=b"x")


def test_ctrl_c_in_the_middle_of_a_deletion_lets_it_finish(
    store: FakeCOS, url: str, service: Callable[..., RealService], monkeypatch: pytest.MonkeyPatch
) -> None:
    called = interrupting(monkeypatch, 1)
    asked = service(url)
    with pytest.raises(KeyboardInterrupt):
        list(verify(asked, [instance(one_object)]))
    assert len(called) == 2
    assert asked.left == []
    assert not store.store.buckets


def test_a_second_ctrl_c_ends_the_deletion_and_tells_what_is_left(
    store: FakeCOS, url: str, service: Callable[..., RealService], monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupting(monkeypatch, 2)
    asked = service(url)
    with pytest.raises(KeyboardInterrupt):
        list(verify(asked, [instance(one_object)]))
    (name,) = store.store.buckets
    assert asked.left == [f"{name}: interrupted"]


def test_what_cannot_be_deleted_is_told_and_does_not_hide_why_a_promise_failed(
    store: FakeCOS, url: str, service: Callable[..., RealService]
) -> None:
    def is_broken(aws: Any, cos: Any) -> None:
        is_asked = isinstance(cos, Attempt)
        if is_asked:
            store.inject("DeleteBucket", error="AccessDenied", times=None)
        assert not is_asked, "the cause"

    asked = service(url)
    (result,) = verify(asked, [instance(is_broken)])
    assert (result.outcome, result.why) == ("differs", "the cause")
    (name,) = store.store.buckets
    assert asked.left == [f"{name}: AccessDenied"]


def test_what_is_left_is_told_with_exit_code_3(store: FakeCOS, url: str, command: Callable[..., Done]) -> None:
    rule = store.inject("DeleteBucket", error="AccessDenied", times=None)
    done = command("--endpoint-url", url, *FAST, "--only", "upload_part.the_etag_is_quoted_on_the_wire")
    assert done.code == 3
    assert "still there; --delete-created deletes it:\n  fakecos-verify-" in done.out
    rule.cancel()
    again = command("--endpoint-url", url, "--delete-created", "--yes")
    assert (again.code, dict(store.store.buckets)) == (0, {})


@pytest.mark.slow
def test_delete_created_deletes_only_buckets_of_runs(
    store: FakeCOS, url: str, command: Callable[..., Done], beside: dict[str, Any]
) -> None:
    store.create_bucket("fakecos-verify-0123abcd0001-photos")
    store.put_object("fakecos-verify-0123abcd0001-photos", "key", b"1")
    store.create_bucket("other-prefix-0123abcd0001-photos")
    asked = command("--endpoint-url", url, "--delete-created")
    assert asked.code == 2
    assert "fakecos-verify-0123abcd0001-photos\n" in asked.out
    assert "nobody can be asked here" in asked.out
    done = command("--endpoint-url", url, "--delete-created", "--yes")
    assert (done.code, done.out.splitlines()[-1]) == (0, "deleted 1 of 1 buckets")
    assert {*store.store.buckets} == {*BESIDE, "other-prefix-0123abcd0001-photos"}
    nothing = command("--endpoint-url", url, "--delete-created", "--yes")
    assert nothing.out == "no bucket of an earlier run is there: none is named fakecos-verify-TOKEN-...\n"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no kill -9")
def test_what_a_killed_run_leaves_is_deleted_afterwards(
    store: FakeCOS, url: str, command: Callable[..., Done], beside: dict[str, Any]
) -> None:
    words = [sys.executable, "-m", "fakecos", "verify", "--endpoint-url", url, *FAST, "--only", "list_objects"]
    run = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=dict(os.environ))
    for _ in range(6_000):
        if len(store.store.buckets) > len(BESIDE) or run.poll() is not None:
            break
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.wait()
    if untouched(store):
        pytest.skip("it was killed between two buckets")
    assert command("--endpoint-url", url, "--delete-created", "--yes").code == 0
    assert untouched(store)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process that gets SIGTERM")
def test_sigterm_ends_a_run_that_ignores_ctrl_c_as_ctrl_c_ends_others(
    store: FakeCOS, url: str, beside: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "found.json"
    only = "list_objects.*"
    words = [
        sys.executable,
        "-m",
        "fakecos",
        "verify",
        "--endpoint-url",
        url,
        *FAST,
        "--only",
        only,
        *("--json", str(file)),
    ]
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell starts what it puts into the background
    try:
        run = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    finally:
        signal.signal(signal.SIGINT, before)
    for _ in range(6_000):
        asked = {name for request in store.journal if (name := request.bucket or "").endswith("-photos")}
        if len(asked) > 1 or run.poll() is not None:
            break
        time.sleep(0.01)
    run.send_signal(signal.SIGINT)
    time.sleep(0.05)
    run.send_signal(signal.SIGTERM)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 1, err
    assert err == "interrupted: this is what was found until then\n"
    found = json.loads(file.read_text(encoding="utf-8"))["promises"]
    assert 0 < len(found) < len(chosen([only], "aws", large=False))
    assert "\nall " in out
    assert untouched(store)

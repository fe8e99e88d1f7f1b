"""The fake as a service: whoever asks it finds no difference, through TLS and without."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.verify.conftest import FAST

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS
    from tests.verify.conftest import Done

pytestmark = [pytest.mark.loopback, pytest.mark.slow]
SOME = ("abort.*", "acl_grants", "bucket_ownership", "list_parts.*", "object_lock_configuration.*", "upload_part.*")
OVER_HTTP = ("upload_part.*", "sse_kms.*")


def only(patterns: tuple[str, ...]) -> list[str]:
    return [word for pattern in patterns for word in ("--only", pattern)]


def test_some_promises_are_all_the_same_through_tls(store: FakeCOS, tls_url: str, command: Callable[..., Done]) -> None:
    done = command("--endpoint-url", tls_url, "--public", *FAST, *only(SOME))
    assert (done.code, done.err) == (0, "")
    assert [case for case in done.json["promises"] if case["differences"]] == []
    assert done.json["outcomes"]["same"] >= 40
    assert {case["why"] for case in done.json["promises"] if case["outcome"] == "not run"} == {
        "it alters a request after it was signed, which a service that verifies signatures refuses",
        "it is about IBM COS: --dialect ibm asks for it",
        "nobody could delete what is retained in COMPLIANCE mode",
    }
    assert dict(store.store.buckets) == {}


def test_over_http_what_s3_itself_refuses_is_not_run_and_says_why(url: str, command: Callable[..., Done]) -> None:
    # documented by AWS: SSE-KMS and SSE-C are refused over http
    done = command("--endpoint-url", url, *FAST, *only(OVER_HTTP))
    assert done.code == 0
    assert {case["outcome"] for case in done.json["promises"]} == {"same", "not run"}
    reasons = {case["why"] for case in done.json["promises"] if case["area"] == "sse_kms"}
    assert "over http S3 itself answers otherwise: give an https address" in reasons


SOME_OF_COS = ("abort.*", "list_parts.*", "bucket_versioning.*", "copy_object.a_*")


def test_some_promises_of_cos_are_all_the_same(store: FakeCOS, tls_url: str, command: Callable[..., Done]) -> None:
    done = command("--endpoint-url", tls_url, "--dialect", "ibm", *FAST, *only(SOME_OF_COS))
    assert (done.code, done.err) == (0, "")
    assert [case for case in done.json["promises"] if case["differences"]] == []
    assert done.json["outcomes"]["same"] >= 20
    assert dict(store.store.buckets) == {}


# --- whole runs -----------------------------------------------------------------------------------------------

REASONS = (
    "it alters a request after it was signed",
    "it lists all buckets of the account",
    "its subject is the name of a bucket",
    "nobody could delete what is retained in COMPLIANCE mode",
    "nobody could delete what COS protects",
    "it is about ",
    "it asks for what is no bucket of its own",
    "it copies from what is no bucket of its own",
    "it says another length than it sends",
    "its document names a bucket or an account",
    "a header begins or ends with a space",
    "it names the account of the fake, and that of the service",
    "over http S3 itself answers otherwise",
    "it is not signed as a service wants it",
    "it waits 25 seconds",
)
"""Why some of them are not run at the fake; any other reason is a mistake."""


@pytest.mark.skipif("FAKECOS_WHOLE_RUNS" not in os.environ, reason="whole runs take minutes: nox -s whole_runs")
@pytest.mark.thorough
@pytest.mark.parametrize(
    ("scheme", "dialect", "most"), [("https", "aws", 2_400), ("http", "aws", 1_900), ("https", "ibm", 600)]
)
def test_every_promise_is_the_same(
    request: pytest.FixtureRequest,
    store: FakeCOS,
    partner: str,
    command: Callable[..., Done],
    scheme: str,
    dialect: str,
    most: int,
) -> None:
    address = request.getfixturevalue("url" if scheme == "http" else "tls_url")
    second = ["--second-profile", partner] if dialect == "aws" else []
    done = command("--endpoint-url", address, "--dialect", dialect, "--public", *second, *FAST)
    assert [case for case in done.json["promises"] if case["outcome"] not in {"same", "not run"}] == []
    why = {case["why"] for case in done.json["promises"] if case["outcome"] == "not run"}
    assert [reason for reason in why if not reason.startswith(REASONS)] == []
    assert done.code == 0
    assert done.json["outcomes"]["same"] > most
    assert dict(store.store.buckets) == {}

"""The fake as a service: whoever asks it finds no difference, through TLS and without."""

from __future__ import annotations

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


@pytest.mark.thorough
def test_every_promise_is_the_same_through_tls(tls_url: str, command: Callable[..., Done]) -> None:
    done = command("--endpoint-url", tls_url, "--public", *FAST)
    assert [case for case in done.json["promises"] if case["outcome"] not in {"same", "not run"}] == []
    assert not [case for case in done.json["promises"] if "report it" in case["why"]]
    assert done.code == 0
    assert done.json["outcomes"]["same"] > 1_500

"""The command: what it says before it begins, whom it asks, its exit codes, and one message where there is no S3."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.cli.verify_options import WITHOUT
from fakecos.contract import matrix
from fakecos.contract.catalogue import area_names
from fakecos.contract.needs import FEATURES
from fakecos.contract.results import OUTCOMES
from tests.verify.conftest import FAST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos import FakeCOS
    from tests.verify.conftest import Done

pytestmark = pytest.mark.loopback
QUICK = ("--only", "upload_part.the_etag_is_quoted_on_the_wire")


def test_the_plan_says_what_it_will_do_in_80_columns(store: FakeCOS, url: str, command: Callable[..., Done]) -> None:
    done = command("--endpoint-url", url, "--dry-run", "--rate", "5", "--bucket-prefix", "check", *QUICK)
    assert (done.code, done.err, done.json) == (0, "", None)
    assert " ".join(done.out.split()) == (
        f"It asks {url} for 1 promise (1 case): about 8 requests that send 0 MiB. "
        "Its buckets are named check-..., one after the other. It deletes each with all that it put there, and touches "
        "nothing else. Not more than 5 requests a second: 2 seconds or more. "
        "At AWS's list price the requests cost about 0.01 US dollars; other stores have other prices."
    )
    assert max(map(len, done.out.splitlines())) <= 80
    assert len(store.journal) == 0


def test_the_plan_says_what_promises_need(command: Callable[..., Done]) -> None:
    done = command("--dry-run", "--only", "object_lock.*")
    said = " ".join(done.out.split())
    assert "It asks AWS, us-east-1 for " in said
    assert "Promises need: Object Lock (" in said


def test_the_list_says_of_each_promise_what_it_is_about_and_needs_and_asks_nobody(
    monkeypatch: pytest.MonkeyPatch, command: Callable[..., Done]
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")  # no credentials are looked for
    done = command(
        "--list", "--only", "requester_pays", "--only", "sse_c_blocked.a_new*", "--only", "request_times.the*"
    )
    head, *rows = [line.split("  ") for line in done.out.splitlines()]
    columns = [cell.strip() for cell in head if cell]
    assert columns == [
        *("promise", "operation", "dialect", "since", "sure", "cases", "requests", "bytes", "dollars", "needs"),
    ]
    shown = {row[0]: [cell.strip() for cell in row if cell] for row in rows}
    copied = shown["requester_pays.a_copy_from_where_requesters_pay_says_so"]
    assert copied[1:6] == ["UploadPartCopy", "aws", "-", "documented", "1"]
    assert copied[-1] == "a second account"
    assert shown["sse_c_blocked.a_new_bucket_says_what_it_blocks"][3] == "2026-04-06"
    ended = shown["request_times.the_same_form_is_taken_before_and_refused_after_its_time"]
    assert ended[-1] == "time that passes, 25 s"
    assert (done.code, done.err, len(rows)) == (0, "", 7)


def test_nothing_is_sent_where_nobody_can_be_asked(store: FakeCOS, url: str, command: Callable[..., Done]) -> None:
    done = command("--endpoint-url", url, *QUICK)
    assert done.code == 2
    assert done.out.endswith("nobody can be asked here: --yes begins without asking\nnothing was asked\n")
    assert len(store.journal) == 0


@pytest.mark.parametrize(("said", "code"), [("y", 0), ("YES", 0), ("n", 2), ("", 2)])
def test_a_person_is_asked(
    store: FakeCOS, url: str, command: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, said: str, code: int
) -> None:
    asked = []

    def answered(question: str) -> str:
        asked.append(question)
        return said

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answered)
    done = command("--endpoint-url", url, "--rate", "10000", *QUICK)
    assert (done.code, asked) == (code, ["Begin? [y/N] "])
    assert (len(store.journal) > 0) is (code == 0)


def test_the_matrix_has_a_line_for_each_area(url: str, command: Callable[..., Done]) -> None:
    done = command("--endpoint-url", url, *FAST, *QUICK)
    assert done.code == 0
    assert done.out.split("\n\n")[1].splitlines() == [
        "area         same  holds  differs  not offered  not run",
        "upload_part     1      -        -            -        -",
        "all             1      -        -            -        -",
    ]


def test_the_widest_matrix_fits_80_columns() -> None:
    (header,) = matrix.table([])[:1]
    assert len(header) - len("area") + max(map(len, area_names())) <= 80
    assert all(outcome in header for outcome in OUTCOMES)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--only", "uplod_part.*"], "no promise is like 'uplod_part.*'; the nearest: 'upload_part'"),
        (["--only", "upload_part.an_empty_part"], "the nearest: 'upload_part.an_empty_part_is_taken'"),
        (["--only", "cos_alone.*"], "what is like 'cos_alone.*' is about IBM COS: --dialect ibm asks for it"),
        (["--dialect", "ibm", "--only", "second_account.*"], "is about AWS: --dialect aws asks for it"),
        (["--only", "upload_part.*", "--only", "zzz"], "no promise is like 'zzz'; there are: abort, acl_grants"),
        (["--endpoint", "https://x"], "unknown option '--endpoint'; the nearest: '--endpoint-url'"),
        (["--endpoint-url", "s3.example.com"], "'s3.example.com' is no address: write scheme and host"),
        (["--endpoint-url", "https://key:secret@s3.example.com"], "is no address"),
        (["--bucket-prefix", "Photos"], "'Photos': a prefix is 2 to 30 small letters"),
        (["--rate", "0"], "'0': write a number of requests a second"),
        (["--settle", "-1"], "'-1': write a number of seconds, 0 to 60"),
        (["--kms-key", "alias/mine"], "'alias/mine' is no key: write its ARN"),
        (["--without", "locks"], "invalid choice: 'locks'"),
        (["--dialect", "gcp"], "invalid choice: 'gcp'"),
        (["--json", "no_such_folder/x.json"], "there is no folder 'no_such_folder'"),
        (["--profile", "nobody"], "The config profile (nobody) could not be found"),
    ],
)
def test_a_wrong_word_says_what_would_be_right(command: Callable[..., Done], words: list[str], told: str) -> None:
    done = command(*words)
    assert done.code == 2
    assert told in done.err


def test_without_credentials_it_says_where_they_come_from(
    command: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    done = command(*QUICK)
    assert done.code == 2
    assert "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile" in done.err


def test_the_words_of_without_are_those_that_promises_need() -> None:
    assert set(WITHOUT) == set(FEATURES)


@pytest.mark.slow
def test_with_assertions_off_it_refuses_to_begin() -> None:
    command = [sys.executable, "-O", "-m", "fakecos", "verify", "--dry-run"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 2
    assert "promises are assertions, which Python leaves out with -O or PYTHONOPTIMIZE: run it without" in done.stderr


# --- where nothing can be asked: one message at once ---------------------------------------------------


def test_an_address_where_nobody_answers_is_told_at_once(command: Callable[..., Done]) -> None:
    done = command("--endpoint-url", "http://127.0.0.1:1", *FAST)
    assert (done.code, done.err) == (2, "fakecos verify: error: nobody answers at http://127.0.0.1:1\n")
    assert done.json is None


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("AccessDenied", "does not let these credentials make a bucket: AccessDenied: Access Denied. They need s3:*"),
        ("InvalidAccessKeyId", "does not take the credentials: InvalidAccessKeyId: "),
        ("SignatureDoesNotMatch", "does not take the credentials: SignatureDoesNotMatch: "),
        ("TooManyBuckets", "makes no bucket: 400 TooManyBuckets: "),
    ],
)
def test_refused_credentials_are_told_at_once(
    store: FakeCOS, url: str, command: Callable[..., Done], error: Any, told: str
) -> None:
    store.inject("CreateBucket", error=error)
    done = command("--endpoint-url", url, *FAST)
    assert done.code == 2
    assert done.err.startswith(f"fakecos verify: error: {url} {told}")
    assert done.err.count("\n") == 1
    assert not store.store.buckets


@contextmanager
def web_server(status: int) -> Iterator[str]:
    """Serve one page for whatever is asked."""

    class Handler(BaseHTTPRequestHandler):
        def handle_one(self) -> None:
            page = b"<!doctype html><html><body><p>Welcome<br></body></html>"
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(page)

        do_GET = do_PUT = do_DELETE = do_HEAD = handle_one  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("status", [200, 404, 405])
def test_a_web_server_is_no_s3(command: Callable[..., Done], status: int) -> None:
    with web_server(status) as url:
        done = command("--endpoint-url", url, *FAST)
    assert done.code == 2
    assert done.err.startswith(f"fakecos verify: error: {url} is no S3: ")
    assert done.err.count("\n") == 1


def test_a_service_that_goes_away_ends_the_run_with_what_was_found(
    store: FakeCOS, url: str, command: Callable[..., Done]
) -> None:
    store.inject("CreateBucket", error="AccessDenied", after=4, times=None)
    done = command("--endpoint-url", url, *FAST, "--only", "upload_part.*")
    assert done.code == 1
    assert "ended: " in done.err
    assert "; this is what was found until then" in done.err
    assert done.json["outcomes"]["same"] == 3

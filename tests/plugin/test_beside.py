"""`--fakecos-beside=PROFILE`: the header says where requests are sent, and a section what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakecos import FakeCOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import Server
    from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.loopback
TEST = """
import boto3

def test_it(fakecos):
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="fakecos-beside-1")
    s3.create_bucket(Bucket="photos")
    s3.put_object(Bucket="fakecos-beside-1", Key="a", Body=b"x")
    s3.get_object(Bucket="fakecos-beside-1", Key="a")
"""
OPTIONS = ("--fakecos-beside=sandbox", "--fakecos-beside-prefix=fakecos-beside-")


@pytest.fixture
def real() -> FakeCOS:
    return FakeCOS()


@pytest.fixture
def server(real: FakeCOS, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with real.serve(environment=False) as served:
        config = pytester.path / "config"
        config.write_text(
            f"[profile sandbox]\nregion = us-east-1\nendpoint_url = {served.endpoint_url}\n"
            "aws_access_key_id = AKIAEXAMPLEEXAMPLE\naws_secret_access_key = secret\n"
        )
        monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(pytester.path / "none"))
        yield served


def test_the_header_and_a_section_say_what_is_sent_and_found(run: Run, server: Server, real: FakeCOS) -> None:
    result = run(TEST, *OPTIONS, "--fakecos-beside-delete")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        [
            f"fakecos: requests for buckets whose names begin with *sent to {server.endpoint_url} (*AKIA...MPLE)",
            "*fakecos: differences from the service beside it*",
            "*::test_it",
            f"  4 requests sent to {server.endpoint_url} *, 3 compared, 0 differences",
        ]
    )
    assert {each.bucket for each in real.journal} == {"fakecos-beside-1"}
    assert not real.store.buckets


def test_what_is_left_is_a_warning_and_no_failure(run: Run, server: Server, real: FakeCOS) -> None:
    result = run(TEST, *OPTIONS)
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(["*DifferenceWarning*", "  still there, *: fakecos-beside-1.*"])
    assert real.store.buckets.keys() == {"fakecos-beside-1"}
    assert server.endpoint_url


@pytest.mark.usefixtures("server")
def test_without_the_option_nothing_is_sent(run: Run, real: FakeCOS) -> None:
    result = run(TEST)
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*beside*it*")
    assert real.request_count == 0


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("given", "says"),
    [
        (OPTIONS[:1], "needs --fakecos-beside-prefix=PREFIX too"),
        (OPTIONS[1:], "belong to --fakecos-beside=PROFILE, which was not given"),
        (("--fakecos-beside=none", OPTIONS[1]), "--fakecos-beside=none: The config profile (none) could not be found"),
        ((OPTIONS[0], "--fakecos-beside-prefix=a"), "*bucket_prefix='a'*"),
        (("-o", "fakecos_beside=sandbox"), "fakecos_beside is no option of fakecos"),
    ],
)
def test_half_a_wish_is_refused(given: tuple[str, ...], says: str, run: Run, real: FakeCOS) -> None:
    result = run(TEST, *given)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*{says.replace('[', '[[]')}*"])
    assert real.request_count == 0

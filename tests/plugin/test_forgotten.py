"""What a test forgets that is new to fakecos: to start a fake, and to stop it (issue 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakecos import FakeCOS
from fakecos.clients.activation import active

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]

IMPORTS = """
import boto3
import pytest
import unittest
from fakecos import FakeCOS

def ask():
    return boto3.client("s3", region_name="us-east-1").list_buckets()
"""
NO_FAKE = "*fakecos: no fake was on*"


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing of this machine sign: the real S3 is not asked."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    monkeypatch.setattr("boto3.DEFAULT_SESSION", None)  # another test may have left one that has found some


# --- nobody answers -------------------------------------------------------------------------------------------------


def test_a_request_without_a_fake_is_told_how_to_get_one(run: Run) -> None:
    result = run(IMPORTS + "def test_it():\n    ask()\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [NO_FAKE, "*fixture `fakecos`*", "*with FakeCOS() as cos:*", "*fakecos_autouse = true*"]
    )


@pytest.mark.slow
def test_it_is_told_in_a_run_that_does_not_import_fakecos(run: Run) -> None:
    text = "import boto3\ndef test_it():\n    boto3.client('s3', region_name='us-east-1').list_buckets()\n"
    run(text).stdout.fnmatch_lines([NO_FAKE])


@pytest.mark.slow
def test_another_service_is_none_of_our_business(run: Run) -> None:
    result = run(IMPORTS + "def test_it():\n    boto3.client('sqs', region_name='us-east-1').list_queues()\n")
    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line(NO_FAKE)


@pytest.mark.parametrize(
    ("text", "fixture"),
    [
        (
            (
                "@pytest.fixture\ndef store():\n    with FakeCOS() as cos:\n        return cos\n"
                "def test_it(store):\n    ask()\n"
            ),
            "of the fixture store ",
        ),
        ("def test_it(fakecos):\n    fakecos.stop()\n    ask()\n", "of the fixture fakecos "),
        ("def test_it():\n    with FakeCOS():\n        pass\n    ask()\n", ""),
    ],
)
def test_a_fake_that_had_stopped_before_is_named(run: Run, text: str, fixture: str) -> None:
    result = run(IMPORTS + text)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([NO_FAKE, f"The fake {fixture}had stopped before the request*", "*not `return cos`*"])


def test_a_fault_of_a_fake_is_no_missing_fake(run: Run) -> None:
    text = """
from fakecos.faults import Transport

def test_it():
    with FakeCOS() as cos:
        cos.inject("ListBuckets", transport=Transport.CONNECT, times=None)
        ask()
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line(NO_FAKE)


@pytest.fixture
def _stopped_after() -> Iterator[None]:
    """Stop what an inner run leaves on: it runs in this process."""
    yield
    for fake in [*active.every()]:
        assert isinstance(fake.face, FakeCOS)
        fake.face.stop()


# --- nobody stops it ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "def test_it():\n    FakeCOS().start()\n",
        "@pytest.fixture\ndef store():\n    return FakeCOS().start()\ndef test_it(store): ...\n",
        "@pytest.fixture(scope='module')\ndef store():\n    return FakeCOS().start()\ndef test_it(store): ...\n",
        (
            "class TestIt(unittest.TestCase):\n    def setUp(self):\n        FakeCOS().start()\n"
            "    def test_it(self): ...\n"
        ),
    ],
)
@pytest.mark.usefixtures("_stopped_after")
def test_a_fake_that_nobody_stops_is_warned_about_with_its_line(run: Run, text: str) -> None:
    result = run(IMPORTS + text)
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(
        [
            "*FakecosWarning: The FakeCOS started at *.py:* is still on*",
            "*self.addCleanup(cos.stop)*#a-fake-that-is-never-stopped",
        ]
    )


def test_a_fake_that_is_stopped_at_the_end_is_not_warned_about(run: Run) -> None:
    text = """
class TestIt(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = FakeCOS().start()
        cls.addClassCleanup(cls.shared.stop)

    def setUp(self):
        self.cos = FakeCOS().start()
        self.addCleanup(self.cos.stop)

    def test_it(self):
        ask()

@pytest.fixture(scope="session")
def store():
    with FakeCOS() as cos:
        yield cos

def test_shared(store):
    ask()

@FakeCOS()
def test_decorated():
    ask()

def test_refused(monkeypatch):
    cos = FakeCOS()
    monkeypatch.setattr(cos._lifetime, "start", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        cos.start()
"""
    run(IMPORTS + text).assert_outcomes(passed=4, warnings=0)


def test_the_fake_of_the_fixture_that_is_started_again_is_stopped_with_a_warning(run: Run) -> None:
    text = """
def test_it(fakecos):
    fakecos.start()

def test_next():
    with pytest.raises(Exception, match="credentials"):
        ask()
"""
    result = run(IMPORTS + text)
    result.assert_outcomes(passed=2, warnings=1)
    result.stdout.fnmatch_lines(["*had started this fake already*leave start() away.*"])

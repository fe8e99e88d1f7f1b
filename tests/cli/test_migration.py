"""`fakecos migrate-from-moto`: what it understands it changes, and it says what it leaves."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fakecos.cli.moto_rewrite import migrate

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = """import boto3
from moto import mock_aws


@mock_aws
def test_a():
    boto3.client("s3").create_bucket(Bucket="photos")


@mock_aws()
class TestB:
    def test_b(self):
        with mock_aws():
            boto3.resource(service_name="s3")
"""
AFTER = """import boto3
from fakecos import FakeCOS


@FakeCOS()
def test_a():
    boto3.client("s3").create_bucket(Bucket="photos")


@FakeCOS()
class TestB:
    def test_b(self):
        with FakeCOS():
            boto3.resource(service_name="s3")
"""


def test_the_decorator_and_the_context_manager_become_ours() -> None:
    assert migrate(BEFORE) == (AFTER, ())


def test_another_name_of_it_is_followed() -> None:
    assert migrate('from moto import mock_s3 as fake\n"é"; fake().start()\n').text == (
        'from fakecos import FakeCOS\n"é"; FakeCOS().start()\n'
    )


def test_what_else_comes_from_moto_stays() -> None:
    source = "if True:\n    from moto import (\n        mock_aws,\n        server as s,\n    )\n    mock_aws()\n"
    expected = "if True:\n    from fakecos import FakeCOS\n    from moto import server as s\n    FakeCOS()\n"
    assert migrate(source).text == expected


@pytest.mark.parametrize(
    "other", ['boto3.client("sqs")', 'session.resource(service_name="dynamodb")', "boto3.client(x)"]
)
def test_a_file_with_another_service_is_left_alone(other: str) -> None:
    source = f"{BEFORE}\n{other}\n"
    text, left = migrate(source)
    assert text == source
    assert len(left) == 1
    assert "keep moto for it" in left[0]


def test_what_it_does_not_understand_is_left_and_named() -> None:
    text, left = migrate(BEFORE + "\nx = mock_aws\ny = mock_aws(config={})\n")
    assert "from fakecos import FakeCOS\nfrom moto import mock_aws\n" in text
    assert text.count("FakeCOS()") == 3
    assert [reason.partition(":")[0] for reason in sorted(left)] == ["line 16", "line 17"]


def test_what_stays_beside_ours_is_imported_where_it_was() -> None:
    source = "def f():\n    from moto import mock_aws\n    mock_aws()\n    mock_aws(config={})\n"
    text, left = migrate(source)
    imports = "    from fakecos import FakeCOS\n    from moto import mock_aws\n"
    assert text == f"def f():\n{imports}    FakeCOS()\n    mock_aws(config={{}})\n"
    assert len(left) == 1


@pytest.mark.parametrize("imported", ["import moto", "import moto as m"])
def test_what_is_reached_through_the_module_is_left_and_named(imported: str) -> None:
    name = imported.rpartition(" ")[2]
    source = f"{imported}\n@{name}.mock_aws\ndef test_a():\n    pass\n"
    text, (reason,) = migrate(source)
    assert text == source
    assert reason == f"line 2: {name}.mock_aws is not understood: write `from moto import mock_aws`, and run this again"


COMPATIBLE = """from moto import mock_aws

try:
    from moto import mock_s3
except ImportError:
    mock_s3 = mock_aws


@mock_s3
def test_a():
    pass
"""


def test_an_import_that_may_fail_does_not_take_ours_with_it() -> None:
    # because: moto 5 has no mock_s3
    text, left = migrate(COMPATIBLE)
    assert "try:\n    from fakecos import FakeCOS\n    from moto import mock_s3\n" in text
    assert "@FakeCOS()" in text
    assert len(left) == 2


def test_each_function_that_imports_for_itself_gets_ours() -> None:
    function = "def f{0}():\n    from moto import mock_aws\n    with mock_aws():\n        pass\n    x = mock_aws\n"
    text, _ = migrate(function.format(1) + function.format(2))
    assert text.count("    from fakecos import FakeCOS\n    from moto import mock_aws\n") == 2


@pytest.mark.parametrize("character", ["\f", "\x1c", "\u2028", "\x85"])
def test_a_character_that_ends_a_line_elsewhere_is_none_of_python(character: str) -> None:
    source = f"from moto import mock_aws\nx = 'a{character}b'\n\nwith mock_aws(): pass\n"
    assert migrate(source).text == source.replace("from moto import mock_aws", "from fakecos import FakeCOS").replace(
        "mock_aws", "FakeCOS"
    )


def test_what_shares_a_line_with_the_import_stays() -> None:
    source = "import a; from moto import (mock_aws,\n  server); b = 1  # why\nmock_aws()\n"
    expected = "import a; from fakecos import FakeCOS; from moto import server; b = 1  # why\nFakeCOS()\n"
    assert migrate(source).text == expected


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("from moto.s3.models import s3_backends", 'cos.bucket("...")'),
        ("from moto.server import ThreadedMotoServer", "cos.serve()"),
        ("import moto.server", "cos.serve()"),
    ],
)
def test_what_looks_into_moto_is_named(line: str, advice: str) -> None:
    text, (reason,) = migrate(f"{BEFORE}\n{line}\n")
    assert text == f"{AFTER}\n{line}\n"
    assert "stays, and sees nothing of fakecos" in reason
    assert advice in reason


@pytest.mark.parametrize("line", ["from moto.core import DEFAULT_ACCOUNT_ID", "from .moto import mock_aws as mine"])
def test_what_fakecos_has_too_and_what_is_not_motos_is_not_told(line: str) -> None:
    assert migrate(f"{BEFORE}\n{line}\n") == (f"{AFTER}\n{line}\n", ())


def test_a_file_without_moto_stays_as_it_is() -> None:
    assert migrate('boto3.client("sqs")\n') == ('boto3.client("sqs")\n', ())


def command(*words: str) -> subprocess.CompletedProcess[str]:
    words = (sys.executable, "-m", "fakecos", "migrate-from-moto", *words)
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_the_command_shows_first_and_writes_when_it_is_told_to(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "test_it.py"
    file.parent.mkdir()
    file.write_text(BEFORE)
    shown = command(str(tmp_path))
    assert shown.returncode == 0
    assert "-@mock_aws\n+@FakeCOS()\n" in shown.stdout
    assert file.read_text() == BEFORE
    written = command("--write", str(tmp_path))
    assert (written.stdout, written.stderr) == ("", "1 file changed\n")
    assert file.read_text() == AFTER


def test_the_command_goes_on_behind_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def")
    (tmp_path / "b.py").write_bytes(BEFORE.replace("\n", "\r\n").encode())
    done = command("--write", str(tmp_path))
    assert done.returncode == 2
    assert "a.py" in done.stderr
    assert (tmp_path / "b.py").read_bytes() == AFTER.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("foreign", [".hidden", "venv", "lib/site-packages", "node_modules"])
def test_what_others_wrote_is_left_alone(foreign: str, tmp_path: Path) -> None:
    (tmp_path / foreign).mkdir(parents=True)
    if foreign == "venv":
        (tmp_path / foreign / "pyvenv.cfg").touch()
    file = tmp_path / foreign / "test_it.py"
    file.write_text(BEFORE)
    assert command("--write", str(tmp_path)).stderr == "0 files changed\n"
    assert file.read_text() == BEFORE
    assert command("--write", str(file)).stderr == "1 file changed\n"

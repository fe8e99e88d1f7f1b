"""`fakecos migrate-from-moto`: what it understands it changes, and it says what it leaves."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.migration import migrated

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
        boto3.resource(service_name="s3")


def test_c():
    with mock_aws():
        pass
"""
AFTER = """import boto3
from fakecos import FakeCOS


@FakeCOS()
def test_a():
    boto3.client("s3").create_bucket(Bucket="photos")


@FakeCOS()
class TestB:
    def test_b(self):
        boto3.resource(service_name="s3")


def test_c():
    with FakeCOS():
        pass
"""


def test_the_decorator_and_the_context_manager_become_ours() -> None:
    assert migrated(BEFORE) == (AFTER, (), ())


def test_another_name_of_it_is_followed() -> None:
    assert migrated('from moto import mock_s3 as fake\n"é"; fake().start()\n').text == (
        'from fakecos import FakeCOS\n"é"; FakeCOS().start()\n'
    )


def test_what_else_comes_from_moto_stays() -> None:
    source = "if True:\n    from moto import (\n        mock_aws,\n        server as s3,\n    )\n    mock_aws()\n"
    expected = "if True:\n    from fakecos import FakeCOS\n    from moto import server as s3\n    FakeCOS()\n"
    assert migrated(source).text == expected


def test_what_it_does_not_understand_is_left_and_named() -> None:
    text, left, _ = migrated(BEFORE + "\nx = mock_aws\ny = mock_aws(config=CONFIG)\n")
    assert "from fakecos import FakeCOS\nfrom moto import mock_aws\n" in text
    assert text.count("FakeCOS()") == 3
    assert left == (
        "line 20: mock_aws is used as a value",
        "line 21: mock_aws(config=CONFIG) has settings that are not written here: see what they mean for FakeCOS",
    )


def test_what_stays_beside_ours_is_imported_where_it_was() -> None:
    source = "def s3():\n    from moto import mock_aws\n    mock_aws()\n    mock_aws(config=C)\n"
    text, left, _ = migrated(source)
    imports = "    from fakecos import FakeCOS\n    from moto import mock_aws\n"
    assert text == f"def s3():\n{imports}    FakeCOS()\n    mock_aws(config=C)\n"
    assert len(left) == 1


@pytest.mark.parametrize(
    ("imported", "name", "after"),
    [
        ("import moto", "moto", "from fakecos import FakeCOS"),
        ("import moto as m, os", "m", "from fakecos import FakeCOS\nimport os"),
    ],
)
def test_what_is_reached_through_the_module_is_rewritten(imported: str, name: str, after: str) -> None:
    source = "{0}\n\n@{1}\ndef test_s3():\n    with {1}: pass\n"
    outer = source.format(imported, f"{name}.mock_aws()").replace("    with", "    def f(): pass\n    with", 1)
    assert migrated(outer).text == f"{after}\n\n@FakeCOS()\ndef test_s3():\n    def f(): pass\n    pass\n"


def test_a_module_that_is_used_otherwise_stays_imported() -> None:
    source = "import moto\n@moto.mock_s3\ndef test_s3(): print(moto.__version__)\n"
    expected = "from fakecos import FakeCOS\nimport moto\n@FakeCOS()\ndef test_s3(): print(moto.__version__)\n"
    assert migrated(source).text == expected


@pytest.mark.parametrize(
    "config", ["{}", "{'core': {'mock_credentials': True, 'service_whitelist': ['s3']}}", "{'s3': {'x': 1}}"]
)
def test_settings_that_say_nothing_to_fakecos_go_away(config: str) -> None:
    source = f"from moto import mock_aws\n@mock_aws(config={config})\ndef test_s3(): pass\n"
    assert "@FakeCOS()\n" in migrated(source).text


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ("{'iam': {'load_aws_managed_policies': True}}", "has settings of iam, so moto is still needed"),
        (
            "{'core': {'passthrough': {'services': ['s3']}}}",
            "lets S3 pass already, so it stands beside fakecos as it is",
        ),
        ("{'core': {'mock_credentials': False}}", "sets mock_credentials: see what that means for FakeCOS"),
    ],
)
def test_settings_that_say_something_are_named(config: str, why: str) -> None:
    source = f"from moto import mock_aws\n@mock_aws(config={config})\ndef test_s3(): pass\n"
    text, (reason,), _ = migrated(source)
    assert text == source
    assert reason == f"line 2: mock_aws(config={config}) {why}"


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
    text, left, _ = migrated(COMPATIBLE)
    assert "try:\n    from fakecos import FakeCOS\n    from moto import mock_s3\n" in text
    assert "@FakeCOS()" in text
    assert left == ("line 6: mock_aws is used as a value",)


def test_each_function_that_imports_for_itself_gets_ours() -> None:
    function = "def s3_{0}():\n    from moto import mock_aws\n    with mock_aws():\n        pass\n    x = mock_aws\n"
    text, _, _ = migrated(function.format(1) + function.format(2))
    assert text.count("    from fakecos import FakeCOS\n    from moto import mock_aws\n") == 2


@pytest.mark.parametrize("character", ["\f", "\x1c", "\u2028", "\x85"])
def test_a_character_that_ends_a_line_elsewhere_is_none_of_python(character: str) -> None:
    source = f"from moto import mock_aws\ns3 = 'a{character}b'\n\nwith mock_aws(): pass\n"
    assert migrated(source).text == source.replace("from moto import mock_aws", "from fakecos import FakeCOS").replace(
        "mock_aws", "FakeCOS"
    )


def test_what_shares_a_line_with_the_import_stays() -> None:
    source = "import s3; from moto import (mock_aws,\n  server); b = 1  # why\nmock_aws()\n"
    expected = "import s3; from fakecos import FakeCOS; from moto import server; b = 1  # why\nFakeCOS()\n"
    assert migrated(source).text == expected


def test_what_looks_into_moto_is_named() -> None:
    line = "from moto.s3.models import s3_backends"
    text, left, _ = migrated(f"{BEFORE}\n{line}\n")
    assert text == f"{AFTER}\n{line}\n"
    stays = "moto.s3.models stays, and sees nothing of fakecos: write what uses it with"
    assert left == (f'line 20: {stays} cos.bucket("...")',)


@pytest.mark.parametrize("line", ["from moto.core import DEFAULT_ACCOUNT_ID", "from .moto import mock_aws as mine"])
def test_what_fakecos_has_too_and_what_is_not_motos_is_not_told(line: str) -> None:
    assert migrated(f"{BEFORE}\n{line}\n") == (f"{AFTER}\n{line}\n", (), ())


def test_a_file_without_moto_stays_as_it_is() -> None:
    assert migrated('boto3.client("sqs")\n') == ('boto3.client("sqs")\n', (), ())


def test_the_lines_of_a_with_move_and_those_of_a_text_do_not() -> None:
    source = """
from moto import mock_aws
@mock_aws
def test_s3():
    with (
        mock_aws()
    ):

        # said of the text
        text = '''
        stays
'''
        if text:
            mock_aws
"""
    expected = """
from fakecos import FakeCOS
from moto import mock_aws
@FakeCOS()
def test_s3():

    # said of the text
    text = '''
        stays
'''
    if text:
        mock_aws
"""
    assert migrated(source.replace("            mock_aws\n", "            mock_aws\n")).left
    plain = source.replace("            mock_aws\n", "            pass\n")
    wanted = expected.replace("        mock_aws\n", "        pass\n").replace("from moto import mock_aws\n", "")
    assert migrated(plain).text == wanted


def command(*words: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    words = (sys.executable, "-m", "fakecos", "migrate-from-moto", *words)
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=folder)


def test_the_command_shows_first_and_writes_when_it_is_told_to(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "test_it.py"
    file.parent.mkdir()
    file.write_text(BEFORE)
    shown = command(str(tmp_path))
    assert shown.returncode == 0
    assert "-@mock_aws\n+@FakeCOS()\n" in shown.stdout
    assert file.read_text() == BEFORE
    written = command("--write", str(tmp_path))
    assert (written.stdout, written.stderr) == ("", "1 file changed, 0 left, 0 with nothing to do\n")
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
    assert command("--write", str(tmp_path)).stderr == "0 files changed, 0 left, 0 with nothing to do\n"
    assert file.read_text() == BEFORE
    assert command("--write", str(file)).stderr == "1 file changed, 0 left, 0 with nothing to do\n"


def test_the_command_says_where_and_counts(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(BEFORE.replace('"photos"', '"my_photos"'))
    (tmp_path / "test_b.py").write_text(BEFORE + 'boto3.client("sqs")\n')
    (tmp_path / "test_c.py").write_text("")
    (tmp_path / "docker-compose.yml").write_text("services:\n  s3:\n    image: motoserver/moto:5\n")
    lines = command(".", folder=tmp_path).stderr.splitlines()
    assert [line.partition(": ")[0] for line in lines[:3]] == ["test_a.py:7", "test_b.py:19", "docker-compose.yml:3"]
    assert lines[1].startswith("test_b.py:19: left: it uses 'sqs' too")
    count = "1 file to change (--write changes them), 1 left, 1 with nothing to do, 2 places to look at"
    assert lines[3] == count
    assert lines[4].startswith('What to do about these: "Come from moto", https://')


def test_the_command_reads_the_conftest_above(tmp_path: Path) -> None:
    fixture = "import pytest, moto\n@pytest.fixture\ndef s3():\n    with moto.mock_aws():\n        yield\n"
    (tmp_path / "pytest.ini").touch()
    (tmp_path / "conftest.py").write_text(fixture)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "test_a.py").write_text("from moto import mock_aws\n@mock_aws\ndef test_a(s3): pass\n")
    (line, *_) = command("test_a.py", folder=tmp_path / "deep").stderr.splitlines()
    assert line.startswith("test_a.py:2: left: the fixture s3 ties it to ")
    assert "this command was not given it: give it both, or their folder" in line
    assert "1 left" in command("conftest.py", folder=tmp_path).stderr
    assert command(".", folder=tmp_path).stderr.startswith("2 files to change")

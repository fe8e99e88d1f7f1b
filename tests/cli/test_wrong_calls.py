"""A wrong call of the command: what came, what is nearest, whose usage it is, and exit code 2."""

from __future__ import annotations

import pytest

from fakecos.cli.main import COMMANDS, main

NAMES = [command.NAME for command in COMMANDS]
NEEDED = {"migrate-from-moto": ["x.py"]}


def called(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Return the exit code, and what is said on stderr."""
    with pytest.raises(SystemExit) as end:
        main(words)
    assert isinstance(end.value.code, int)
    return end.value.code, capsys.readouterr().err


@pytest.mark.parametrize("name", NAMES)
def test_each_command_names_itself_and_shows_its_own_usage(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, said = called(capsys, name, "--no-such-option", *NEEDED.get(name, []))
    assert code == 2
    assert said.startswith(f"usage: fakecos {name} ")
    assert f"\nfakecos {name}: error: unknown option '--no-such-option'; " in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rnu", "x.py"], "there is no command 'rnu'; the nearest: 'run'"),
        (["serv"], "there is no command 'serv'; the nearest: 'serve'"),
        (["migrate"], "there is no command 'migrate'; the nearest: 'migrate-from-moto'"),
        (["zzz"], "there is no command 'zzz'; there are: run, explore, serve, verify, migrate-from-moto"),
        (["tool.py", "--fast"], "'tool.py' is no command; to run a program: fakecos run tool.py"),
        (["--bucket", "photos", "run", "x.py"], "it is one of a command, and stands behind it: fakecos run --bucket"),
        (["--port=1", "serve"], "fakecos serve --port=1"),
        (["--versoin"], "unknown option '--versoin' before the command; the nearest: '--version'"),
    ],
)
def test_a_word_that_is_no_command_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    code, said = called(capsys, *words)
    assert code == 2
    assert "\nfakecos: error: " in said
    assert told in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["serve", "--prot", "9000"], "unknown option '--prot'; the nearest: '--port'"),
        (["serve", "9000"], "serve takes no '9000'"),
        (["serve", "--port", "ninety"], "argument --port: 'ninety' is no port: write a whole number up to 65535"),
        (["serve", "--port", "65536"], "argument --port: '65536' is no port"),
        (["serve", "--port", "-1"], "argument --port: "),
        (["serve", "--host", "192.168.0.1"], "'192.168.0.1' is not one of 127.0.0.1, localhost, ::1"),
        (["serve", "--account", "7"], "write the 12 digits"),
        (["serve", "--domain", "http://s3.test"], "write the name alone"),
        (["serve", "--dialect", "gcp"], "argument --dialect: invalid choice: 'gcp'"),
        (["explore", "--depth", "two", "x.py"], "argument --depth: 'two': it is a whole number from 1 on"),
        (["explore", "--max-seconds", "-1", "x.py"], "argument --max-seconds: '-1' is no number of seconds"),
        (["explore", "--max-seconds", "nan", "x.py"], "argument --max-seconds: 'nan' is no number of seconds"),
        (["explore", "--allow", "leaked-upload", "x.py"], "argument --allow: 'leaked-upload': write the kind and"),
        (["explore", "--max", "9", "x.py"], "the nearest: '--max-runs', '--max-seconds'"),
        (["explore", "--html", "no_such_folder/x.html", "x.py"], "there is no folder 'no_such_folder'"),
        (["explore", "no_such_file.py"], "cannot run 'no_such_file.py'"),
        (["migrate-from-moto", "--chek", "x.py"], "unknown option '--chek'; the nearest: '--check'"),
        (["migrate-from-moto", "--write", "--check", "x.py"], "not allowed with argument --write"),
        (["migrate-from-moto"], "PATH"),
    ],
)
def test_a_wrong_option_or_value_says_what_would_be_right(
    capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    code, said = called(capsys, *words)
    assert code == 2
    assert f"fakecos {words[0]}: error: " in said
    assert told in said

"""The pages on the command line and on the options of pytest."""

from __future__ import annotations

import contextlib
import io
import json

from fakecos.cli import main as cli
from fakecos.testing import json_report
from pytest_fakecos import beside, explorations, options, policies
from tools.reference.markdown import cell, table

EXIT_CODES = """\
| exit code | when |
| --- | --- |
| 0 | `run`: the program ended well. `explore`: no findings. `serve`: ended by Ctrl-C or SIGTERM |
| 0 | `verify`: all that was asked is the same, or nothing was to be asked |
| 0 | `migrate-from-moto`: all files were read; with `--check`: there is nothing to do |
| 1 | `run`: an exception that the program did not catch; a folder or a module that cannot be run |
| 1 | `run --policy`: the program ended well, and the policy refused something |
| 1 | `explore`: findings. `serve`: it cannot serve, as when the port is taken |
| 1 | `verify`: something differs, or the run ended before its end |
| 1 | `migrate-from-moto --check`: files would change |
| 2 | the command line is wrong, or there is no such file |
| 2 | `verify`: nothing was asked, since nobody agreed, or no such service answers or takes the credentials |
| 3 | `verify`: something that it made is still there |
| 3 | `migrate-from-moto --check`: nothing would change, and something is left to be done by hand |
| 130 | Ctrl-C, but for `serve` |

`run` ends with the program's own code otherwise: what it gives to `sys.exit`. Where nobody reads on, as behind
`| head`, each command ends without a word; the code is 1, as Python's, if something was still to be written.

`NO_COLOR` and `FORCE_COLOR` say whether `serve` shows colours; else it does in a terminal.

A shell completes commands, options and files after `pip install 'fakecos[completion]'` and
`eval "$(register-python-argcomplete fakecos)"`, which belongs into its start-up file.

"""
JSON_FORM = """\
## The form of `--json`

Of `fakecos run` and `fakecos serve`; those of `fakecos explore` and `fakecos verify` are their own. `format` changes
when a reader of the form before could not read it; more members may come meanwhile. The schema is `run.schema.json` in
`fakecos/testing/`.

"""
FORM_WORDS = {
    options.BYTES: "a number",
    options.DAY: "a day",
    options.BUDGET: "names and numbers",
    options.FOLDER: "a folder",
}


def command_line() -> str:
    """What `fakecos --help` prints, and the same of each command."""
    shown = []
    for words in (["--help"], *([command.NAME, "--help"] for command in cli.COMMANDS)):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
            cli.main(words)
        shown.append(f"## `fakecos {' '.join(words)}`\n\n```text\n{printed.getvalue().rstrip()}\n```\n")
    return (
        "# Command line\n\n"
        "`python -m fakecos` is the same command.\n\n" + EXIT_CODES + "\n".join(shown) + "\n" + _run_json()
    )


def _run_json() -> str:
    """The form of `fakecos run --json`, by its schema."""
    schema = json.loads(json_report.SCHEMA.read_text(encoding="utf-8"))
    rows = []
    for name, member in schema["properties"].items():
        inner = member.get("items", {}).get("$ref", "").rpartition("/")[2]
        fields = ", ".join(f"`{field}`" for field in schema["$defs"][inner]["properties"]) if inner else ""
        told = member.get("description", "") or (f"each with {fields}" if fields else f"{member.get('const')}")
        rows.append((f"`{name}`", cell(told)))
    return JSON_FORM + table(("member", "what it is"), rows)


def pytest_options() -> str:
    """The options of the pytest plugin."""
    rows = [
        (
            f"`{name}`",
            f"`--{name.replace('_', '-')}`" + ("" if name != "fakecos_autouse" else ", `--no-fakecos-autouse`"),
            " ".join(f"`{value}`" for value in option.choices) or FORM_WORDS[option.form],
            f"`{option.default}`" if option.default is not None else "-",
            cell(option.text),
        )
        for name, option in options.OPTIONS.items()
    ]
    own = ", ".join(f"`{name}`" for name in options.OWN_KEYWORDS)
    real = [(f"`{flag}={metavar}`" if metavar else f"`{flag}`", cell(text)) for flag, metavar, text in beside.FLAGS]
    flags = [(f"`{flag}={metavar}`", cell(text)) for flag, (_, metavar, text) in explorations.FLAGS.items()]
    return (
        "# Options of pytest\n\n"
        "Each option may stand in the ini file, or on the command line, which wins. "
        "The marker `@pytest.mark.fakecos(...)`\nwins over both. "
        f"It takes the keywords of `FakeCOS`, and these of the plugin: {own}.\n"
        "[Use the pytest plugin](../how-to/pytest.md) has examples.\n\n"
        + table(("ini file", "command line", "values", "default", "what it says"), rows)
        + "\nA name that begins with `fakecos` and is no option is an error, and so is a value that is not listed.\n\n"
        "## Exploring and racing\n\nOn the command line alone. [Explore a program](../how-to/explore-a-program.md) and "
        "[race two writers](../how-to/two-writers.md) show them.\n\n"
        + table(("command line", "what it does"), flags)
        + "\n## The smallest policy\n\nOn the command line alone: [its page](../how-to/least-privilege.md).\n\n"
        + table(("command line", "what it does"), [(f"`{policies.FLAG}=FILE`", policies.TEXT)])
        + "\n## A real service beside the fakes\n\nOn the command line alone. "
        "[Compare with a real bucket](../how-to/compare-with-a-real-bucket.md) says what is sent.\n\n"
        + table(("command line", "what it does"), real)
    )

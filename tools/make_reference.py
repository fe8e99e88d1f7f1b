"""Write the pages of docs/reference that are made from the tables; `--check` only says whether they are current.

The tables are the truth; a page that is edited by hand would become a second one.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import datetime as dt
import inspect
import io
import json
import os
import re
import sys
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any, get_args

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]

import fakecos  # noqa: E402  the tree, not what may be installed
from fakecos import faults, urls  # noqa: E402
from fakecos.cli import main as cli  # noqa: E402
from fakecos.explore import failures, returned, run, schedule, sites, state, verdicts, virtual_time  # noqa: E402
from fakecos.explore.findings import PAGES as PAGES_OF_KINDS  # noqa: E402
from fakecos.facts import checksums, dates, errors, limits, literals, presigned_query  # noqa: E402
from fakecos.facts.check_order import ORDERS, requests  # noqa: E402
from fakecos.facts.errors import ErrorSpec  # noqa: E402
from fakecos.facts.feature_pairs import FEATURES, NAMES, PAIRS, how_sure  # noqa: E402
from fakecos.facts.hosts import Hosts  # noqa: E402
from fakecos.facts.ids import Ids  # noqa: E402
from fakecos.facts.services.aws import AWS  # noqa: E402
from fakecos.facts.services.dialect import ABOUT, Replicating  # noqa: E402
from fakecos.facts.services.ibm import IBM_COS  # noqa: E402
from fakecos.facts.services.ibm import SOURCES as SOURCES_OF_IBM  # noqa: E402
from fakecos.facts.unsupported_operations import REFUSED  # noqa: E402
from fakecos.operations import registry  # noqa: E402
from fakecos.operations.configurations import kinds  # noqa: E402
from fakecos.race import conflicts, gate, pauses, serialisable  # noqa: E402
from fakecos.race import kinds as kinds_of_races  # noqa: E402
from fakecos.testing import json_report  # noqa: E402
from fakecos.testing.assertions import requests as requests_expected  # noqa: E402
from fakecos.wire import model_overrides, service_model  # noqa: E402
from pytest_fakecos import explorations, options, policies  # noqa: E402
from tools import permissions_page, unsettled_page  # noqa: E402
from tools.make_events_page import events_page  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType

    from fakecos.explore.seen import Failure

PAGES = ROOT / "docs" / "reference"
MADE = "<!-- Made by tools/make_reference.py from {source}. Do not edit. -->\n\n"
PLUGIN = ROOT / "plugins" / "pytest_fakecos" / "__init__.py"
WIDE = 100
REMARKS = {
    "ListBucketReplicationFailures": "Listed is what failed four times, without the cause, as its names are not known.",
    "PutBucketReplicationReattempt": "What is listed is tried again at the next midnight.",
}
EXIT_CODES = """\
| exit code | when |
| --- | --- |
| 0 | `run`: the program ended well. `explore`: no findings. `serve`: ended by Ctrl-C or SIGTERM |
| 0 | `migrate-from-moto`: all files were read; with `--check`: there is nothing to do |
| 1 | `run`: an exception that the program did not catch; a folder or a module that cannot be run |
| 1 | `run --policy`: the program ended well, and the policy refused something |
| 1 | `explore`: findings. `serve`: it cannot serve, as when the port is taken |
| 1 | `migrate-from-moto --check`: files would change |
| 2 | the command line is wrong, or there is no such file |
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

Of `fakecos run` and `fakecos serve`; that of `fakecos explore` is its own. `format` changes when a reader of the form
before could not read it; more members may come meanwhile. The schema is `run.schema.json` in `fakecos/testing/`.

"""
SHOWN_MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)  # of an id that is a time
FORWARD, FORWARD_NAME = r"^ForwardRef\('(.*?)'.*\)$", r"\1"
WIDER = 1000  # in a list, a signature stays on its line
FIRST = ("FakeCOS", "current", "Limits")
HANDED_OUT = (
    *(
        "BucketView",
        "ObjectView",
        "DeleteMarkerView",
        "PartView",
        "UploadView",
        "Content",
        "Journal",
        "Counts",
        "RecordedRequest",
    ),
    *("Events", "S3Event", "EventHandler", "EventFault"),
    *("Fault", "Server", "AwsAccount", "User", "Snapshot", "Store"),
    *("Exploration", "Finding", "ExploredRun", "Outcome"),
    *("Race", "RaceFinding", "RanOrder", "RaceOutcome"),
    *("Budget", "BudgetUse"),
)
"""What a test is given and does not make: classes without a constructor of its own to call."""
OFFERED = {
    *("Content.read", "Journal.filter", "Journal.table", "Journal.write_timeline", "Journal.write_trace"),
    *("Fault.cancel", "Server.stop"),
    *("Events.filter", "Events.table", "Events.clear", "EventHandler.cancel", "EventFault.cancel"),
    *("Caller.client", "AwsAccount.create_bucket", "AwsAccount.user", "AwsAccount.create_user"),
    *("Exploration.write_html", "Exploration.write_json", "Race.write_html"),
    *("Finding.write_timeline", "RaceFinding.write_timeline"),
}
"""Their methods that a test may call, by the class that has them."""
OPAQUE = frozenset({"Snapshot"})
SOURCES = """\
The column *source* says where the row was learnt: *recorded* is an answer of the service itself that was kept
(with the name and number of the fact), *documented* is Amazon's or IBM's own documentation, *public* is a report
or another project's test that was run on the service, *assumed* is our guess, on the strict side.
[Sources](../explanation/sources.md) says more."""


FORM_WORDS = {
    options.BYTES: "a number",
    options.DAY: "a day",
    options.BUDGET: "names and numbers",
    options.FOLDER: "a folder",
}
OWN_TABLE = frozenset({"limits", "errors", "refuses"})
DIALECTS = """\
# AWS and IBM COS: the differences

fakecos is one store that speaks two dialects. `FakeCOS(dialect="aws")` or `FakeCOS(dialect="ibm")` fixes one; else each
request gets its own: IBM's for a client of ibm_boto3 and for hosts of Cloud Object Storage, AWS's for all others.

No answer of COS was recorded. *documented* is IBM's documentation, *sdk* the service model of ibm_botocore, *public*
what others have published of the service's answers, *assumed* our own guess, on the strict side. `ibm-cos 1.4` is a
number in our notes: [sources](../explanation/sources.md).
"""


LOOK = """\
The methods of `FakeCOS` make all of these, and nobody else does. They come from `fakecos` too, for annotations and
`isinstance`. The views come from `cos.bucket`, `cos.create_bucket`, `cos.put_object`, `cos.start_upload` and
`cos.open_uploads`, and read what is stored when they are asked. `cos.store` is what the service itself works with: what
its buckets are made of may change. All times are in UTC, all sizes in bytes, and all ETags are without quotes."""


def one_of(literal: object) -> str:
    """Return the values of a Literal, as a sentence."""
    return "One of " + ", ".join(f"`{value!r}`" for value in get_args(literal)).replace("'", '"') + "."


RAISED = """\
They are for the author of a test. What S3 refuses is raised by the client, as its own exception (`ClientError`)."""
ALIASES_SAY = """\
What stands in the signatures above and is no class of this page. The names are for type checkers, which know them from
the signatures; at run time these are plain strings, numbers and dictionaries. `Outcome` in `inject` is whatever its
keywords from `error` on take."""
WORD_OF_FAULTS = "A word of `fakecos.faults`: [faults](faults.md#{anchor})."
ALIASES = {
    "DialectName": one_of(literals.DialectName),
    "ErrorCode": "A code of S3's, as text: [errors](errors.md).",
    "EventTypeName": "A type of event or a wildcard, as text: [events](events.md).",
    "Expected": "What a part must have: its bytes, its size in bytes, or a dictionary of attributes of PartView.",
    "Match": one_of(requests_expected.Match),
    "OperationName": "The name of an operation in the service model, as text: [operations](operations.md).",
    "Policies": "A policy of IAM, as a dictionary or as JSON text; a list of several; or None for none.",
    "S3Client": "A client of boto3, as the package boto3-stubs types it.",
    "S3ServiceResource": "A resource of boto3, as the package boto3-stubs types it.",
    "SseC": one_of(literals.SseC),
    "Wanted": "An operation's name, or a pair of that and a dictionary of what the request must have.",
}
"""The names in public signatures that are no classes, with what they are."""
DATES = """\
# What S3 changed, and when

A fake is S3 as it is now, as far as this version of fakecos knows. `FakeCOS(as_of="2026-03-31")` is the S3 of that day,
whatever the clock of the test says: a change of the table holds from its day on. None of them is about IBM COS.

The day may also stand in the marker of pytest, `@pytest.mark.fakecos(as_of="2026-03-31")`, in its ini file or on its
command line (`fakecos_as_of`), and in `fakecos run --as-of DAY` and `fakecos serve --as-of DAY`. Where a change made
S3 refuse a request, the report of the failing test says which, below the table of requests.

"""
FAULTS = """\
# Faults

`cos.inject(operation, ...)` lets requests fail. [Break things on purpose](../how-to/break-things.md) shows it at work.
The words on this page are in `fakecos.faults`.

| keyword | what it says | unless given |
| --- | --- | --- |
| `operation` | a name in the service model, several, or `"*"` | |
| `bucket`, `key` | patterns, as of `fnmatch`, with capitals told from small letters | any |
| `upload_id` | the upload's id | any |
| `part_number`, `attempt` | a number, a set, or a range | any |
| `where` | a function that is given a `Request` and says whether it is one | any |
| `times` | how often it happens; `None` has no end. Of a script: how often it is run | 1 |
| `after` | how many of these requests pass first | 0 |
| `every` | which of them fail then: each one, each second one, ... | 1 |
| `probability`, `seed` | the chance of each, from 0 to 1, and what makes it repeatable | certain |
| `when` | the moment: a `When` | `When.BEFORE` |

And just one of these, which is what happens:

| keyword | value | moments |
| --- | --- | --- |
| `error` | a code of [the table](errors.md), or what `error` or `redirect` returns | any before the answer |
| `http` | an `Http`: a bare answer, as from a proxy | any before the answer |
| `error_in_200` | a code, or what `error_in_200` returns. For Complete, CopyObject, UploadPartCopy | not in the body |
| `transport` | a `Transport`: the connection fails | any, if there is a connection |
| `corrupt` | a `Corrupt`: the request changes on its way | its own |
| `corrupt_answer` | a `Corrupt`: the answer changes on its way | its own |
| `delay` | seconds, or a `Delay` | `BEFORE`, `STORED` |
| `meanwhile` | a `Meanwhile`: somebody else was faster | its own |
| `outcomes` | a script: a list of outcomes, one for each request; `None` lets it pass | |

An operation that S3 does not have, a code that is not in the table, and what no request could meet is a `UsageError` at
once. A fault that never happened is an `UnfiredFaultError` when the fake stops.

In the journal, a request that got no answer has the status 0, and `fault` says why.
"""


def cell(text: str) -> str:
    """Return text that cannot break out of a table's cell."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines) + "\n"


def errors_page() -> str:
    """Every row of the error table, by code."""
    specs = [(name, spec) for name, spec in vars(errors).items() if isinstance(spec, ErrorSpec)]
    rows = [
        (
            f"`{spec.code}`",
            str(spec.status),
            cell(spec.message) or "(empty)",
            ", ".join(f"`{field}`" for field in spec.fields) or "-",
            cell(spec.source) + (f"; [{spec.fact.day}](dates.md): {spec.fact.name}" if spec.fact else ""),
        )
        for _, spec in sorted(specs, key=lambda item: (item[1].code, item[1].status, item[1].message))
    ]
    return (
        f"# Errors\n\nEvery refusal that fakecos gives, {len(rows)} in all. "
        f"What stands in braces is filled in from the request.\n\n{SOURCES}\n\n"
        + table(("code", "status", "message", "further fields", "source"), rows)
    )


def dated_facts() -> str:
    """What changed, and when."""
    rows = [
        (
            f"`{fact.day}`",
            cell(fact.name),
            cell(fact.before),
            cell(fact.since),
            cell(f"{fact.source}; the day: {fact.day_source}"),
        )
        for fact in dates.FACTS
    ]
    return DATES + table(("from", "what", "before", "since", "source"), rows)


def limit_numbers() -> str:
    """The numbers of each dialect, with the sources that stand beside them."""
    text = inspect.getsource(limits.ServiceLimits)
    found = dict(re.findall(r"^    (\w+): int = .*?  # (.*)$", text, flags=re.MULTILINE))
    rows = [
        (f"`{name}`", f"{getattr(AWS.limits, name):,}", f"{getattr(IBM_COS.limits, name):,}", cell(source))
        for name, source in found.items()
    ]
    return (
        "# Limits\n\n`FakeCOS(limits=Limits(min_part_size=1))` sets one for a fake; a field that is not set has the\n"
        "number of the dialect that answers. Where a limit that was set lets something pass which the service's own\n"
        "number would refuse, the report of `fakecos run` says so. Sizes are in bytes.\n\n"
        + table(("limit", "AWS", "IBM COS", "source"), rows)
        + "\nWhere IBM COS has another number, it is documented by IBM. Where it has the same, IBM says that COS is\n"
        "compatible with S3, and nothing else is known.\n\n"
        "## Fixed numbers\n\nNo fake has others, and they are the same for both services.\n\n"
        + table(("number", "value", "source"), fixed_numbers())
    )


def fixed_numbers() -> list[tuple[str, str, str]]:
    """Return the numbers that cannot be set, as rows, with the sources that stand beside them."""
    text = inspect.getsource(limits).partition("# Fixed numbers.")[2]
    found = re.findall(r"^([A-Z_]+) = .*?  # (.*)$", text, flags=re.MULTILINE)
    return [(f"`{name}`", f"{getattr(limits, name):,}", cell(source)) for name, source in found]


def dialects_of_s3() -> str:
    """What differs between AWS and IBM COS, from the data that makes the difference."""
    rows = [
        (
            about,
            dialect_value(getattr(AWS, name)),
            dialect_value(getattr(IBM_COS, name)),
            cell(SOURCES_OF_IBM[name]),
        )
        for name, about in ABOUT.items()
        if name not in OWN_TABLE
    ]
    numbers = [
        (f"`{name}`", f"{value:,}", f"{getattr(IBM_COS.limits, name):,}")
        for name, value in AWS.limits._asdict().items()
        if value != getattr(IBM_COS.limits, name)
    ]
    words = [(f"`{code}`", f"`{said.code}`", cell(said.message)) for code, said in sorted(IBM_COS.errors.items())]
    aws, cos = (set(service_model.load(name).operations) for name in ("aws", "ibm"))
    return (
        f"{DIALECTS}\n"
        + table(("difference", "AWS", "IBM COS", "source of IBM's side"), rows)
        + "\n## Limits\n\n"
        + table(("limit", "AWS", "IBM COS"), numbers)
        + "\nDocumented by IBM (ibm-cos 1.1). All others are the same: [limits](limits.md).\n\n## Errors\n\n"
        + "Documented: IBM's table of error codes. What is not here is said as on AWS.\n\n"
        + table(("code of AWS", "code of IBM COS", "message of IBM COS"), words)
        + "\n## Operations that only IBM COS has\n\n"
        + table(("operation", "in fakecos"), [(f"`{name}`", is_there(name)) for name in sorted(cos - aws)])
        + "\nThe operations that only AWS has are refused on COS as they are in [operations](operations.md).\n"
    )


def is_there(operation: str) -> str:
    """Say whether fakecos has an operation."""
    return "yes" if operation in registry.operations() else "refused: 501 NotImplemented"


def dialect_value(value: Any) -> str:
    """Return a value of a dialect for a cell."""
    if callable(value):
        moment = (SHOWN_MOMENT,) if len(inspect.signature(value).parameters) > 1 else ()
        return f"`{value(Ids(1), *moment)[:40]}`"
    if isinstance(value, (bool, Replicating)):
        words: str = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value.in_words
        return words
    if isinstance(value, Hosts):
        return ", ".join(f"`{domain}`" for domain in value.domains)
    if isinstance(value, dict):
        return "<br>".join(f"`{name}: {text}`" for name, text in value.items()) or "-"
    if isinstance(value, (frozenset, tuple)):
        found = value if isinstance(value, tuple) else sorted(value)
        # A class that is named by its module too is shown by its own name.
        shown = [f"`{name.rpartition('.')[2] if name.startswith('fakecos.') else name}`" for name in found[:12]]
        return ", ".join(shown) + (f" and {len(found) - len(shown)} more" if len(found) > len(shown) else "") or "-"
    text = repr(value) if isinstance(value, str) and value != value.strip() else str(value)
    return f"`{text}`" if value else "-"


def algorithms() -> str:
    """The checksum algorithms."""
    rows = [
        (
            f"`{algorithm.name}`",
            f"`{algorithm.header}`",
            str(algorithm.size),
            ", ".join(algorithm.types),
            "the extra `[xxhash]`" if algorithm.name.startswith("XXHASH") else "-",
        )
        for algorithm in checksums.ALGORITHMS.values()
    ]
    sources = (checksums.__doc__ or "").partition("Sources. ")[2].strip()
    return (
        "# Checksums\n\n"
        "The algorithms that a client may use. Each value that comes is verified. The first of *types* is\n"
        "what an upload gets that names none. A FULL_OBJECT value is combined from the parts' own values; a COMPOSITE\n"
        "value is the digest of the parts' digests, with `-N` behind it.\n\n"
        + table(("algorithm", "header", "bytes", "types", "needs"), rows)
        + f"\n{sources}\n"
    )


def operations() -> str:
    """Every operation of either service model: supported, stored only, or refused with the error and the reason."""
    aws, ibm = service_model.load("aws"), service_model.load("ibm")
    names = sorted({*aws.operations, *ibm.operations})
    here = [name for name in names if name in registry.operations()]
    rows = [
        (f"`{name}`", "-", "-", "**supported**", "It is in no model: browsers send it.")
        if name == model_overrides.POST_OBJECT
        else (
            f"`{name}`",
            "yes" if name in aws.operations else "-",
            "yes" if name in ibm.operations else "-",
            *standing(name),
        )
        for name in sorted({*names, model_overrides.POST_OBJECT})
    ]
    return (
        f"# Operations\n\nfakecos has {len(here)} operations of the {len(names)} that are in the models of "
        f"{aws.package} {aws.version} (AWS)\nand {ibm.package} {ibm.version} (IBM COS). *Stored only* means: a "
        "document is judged, kept and returned, and\nnothing else in fakecos looks at it. The others are recognised by "
        "name, and refused with the error that is\nshown. When the fake stops, `UnimplementedOperationWarning` warns "
        "of those with 501.\n\n" + table(("operation", "AWS", "IBM COS", "fakecos", "remark"), rows)
    )


REMARKS = {
    "PutObject": "Appending (`x-amz-write-offset-bytes`) is refused, 501: only directory buckets have it (documented).",
    "SelectObjectContent": (
        "Needs `fakecos[select]`. S3 takes no new customers for it since 25 July 2024 (documented): "
        "[how to test it](../how-to/s3-select.md)."
    ),
}


def standing(name: str) -> tuple[str, str]:
    """Return how an operation stands, and a remark."""
    if name in model_overrides.DEPRECATED_TWINS:
        return standing(model_overrides.DEPRECATED_TWINS[name])[
            0
        ], f"answered as `{model_overrides.DEPRECATED_TWINS[name]}`"
    if name in kinds.stored_only():
        return "stored only", ""
    if name in registry.operations():
        return "**supported**", REMARKS.get(name) or kinds.effects().get(name, "")
    refusal = REFUSED[name]
    return f"refused, {refusal.row.status} `{refusal.row.code}`", refusal.why


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
    )


def public_names() -> str:
    """Every name of `fakecos.__all__`, and the fixtures of pytest."""
    first = [section("##", name, getattr(fakecos, name)) for name in FIRST]
    raised = [section("###", name, getattr(fakecos, name)) for name in exceptions()]
    fixtures = [f"### `{name}`\n\n{text}\n" for name, text in fixtures_of(PLUGIN)]
    values = [value_section(getattr(fakecos, name)) for name in HANDED_OUT]
    page = (
        "# Public names\n\n"
        "What `from fakecos import ...` gives, and what the pytest plugin adds. The words for faults come from\n"
        "`fakecos.faults`: [faults](faults.md). Nothing else is promised to stay.\n\n"
        + "\n".join(first)
        + f"\n## Exceptions and warnings\n\n{RAISED}\n\n"
        + "\n".join(raised)
        + "\n## Fixtures of pytest\n\nThe plugin `pytest_fakecos` is installed together with fakecos.\n\n"
        + "\n".join(fixtures)
        + f"\n## What you are given\n\n{LOOK}\n\n"
        + "\n".join(values)
    )
    page = re.sub(r'(?<=[Tt]he page )"([^"]+)"', lambda found: f"[{found[1]}]({page_of(found[1])})", page)
    return f"{page}\n## Names in signatures\n\n{ALIASES_SAY}\n\n" + table(("name", "what it is"), aliases(page))


def exceptions() -> list[str]:
    """Return the names of what is raised and warned, UsageError first."""
    named = set(fakecos.__all__) - {*FIRST, *HANDED_OUT}
    return sorted(named, key=lambda name: (name != "UsageError", name))


def aliases(page: str) -> list[tuple[str, str]]:
    """Return the names in the signatures of a page that are neither on it nor Python's own, each with what it is."""
    used = names_in_signatures(page)
    words = set(faults.__all__) & used - set(fakecos.__all__)
    rows = [(f"`{name}`", WORD_OF_FAULTS.format(anchor=name.lower())) for name in words]
    return sorted(rows + [(f"`{name}`", text) for name, text in ALIASES.items() if name in used])


def page_of(title: str) -> str:
    """Return where a page of that title is, as seen from docs/reference."""
    (page,) = (page for page, named in urls.TITLES.items() if named == title)
    return page.removeprefix("reference/") + ".md" if page.startswith("reference/") else f"../{page}.md"


def names_in_signatures(page: str) -> set[str]:
    """Return the names with a capital in the code and in the lists of members of a page."""
    code = re.findall(r"```python\n(.*?)```", page, re.DOTALL) + re.findall(r"^- `(.*?)`", page, re.MULTILINE)
    return set(re.findall(r"(?<![\"'\w])[A-Z]\w+", " ".join(code)))


def fault_words() -> str:
    """Every word for `FakeCOS.inject`: its keywords, and all that `fakecos.faults` has."""
    words = [getattr(faults, name) for name in faults.__all__]
    functions = [word for word in words if inspect.isfunction(word)]
    values = [word for word in words if not inspect.isfunction(word)]
    parts = [f"### `{word.__name__}`\n\n{described(word.__name__, word)}" for word in functions]
    return FAULTS + "\n" + "\n".join(map(fault_value, values)) + "\n## The functions\n\n" + "\n".join(parts)


def fault_value(value: type) -> str:
    """Return the part of a class of `fakecos.faults`: how it is made, its members, and its fields."""
    built = value in {faults.Http, faults.Delay}
    text = described(value.__name__, value) if built else f"{inspect.cleandoc(value.__doc__ or '')}\n"
    lines = [
        f"- `{value.__name__}.{member}{called(inspect.signature(getattr(value, member)), wide=WIDER)}`: "
        + " ".join(inspect.cleandoc(inspect.getdoc(getattr(value, member)) or "").split())
        for member, found in vars(value).items()
        if isinstance(found, staticmethod | classmethod) and not member.startswith("_")
    ]
    lines += fields_of(value)
    if value is faults.Fault:
        lines += ["- `cancel()`: " + (inspect.getdoc(faults.Fault.cancel) or "")]
    gap = "" if text.splitlines()[-1].startswith("- ") or not lines else "\n"
    return f"## `{value.__name__}`\n\n{text}{gap}" + "".join(f"{line}\n" for line in lines)


def section(heading: str, name: str, value: Any) -> str:
    """Return a public name's part of the page, with one for each of its public methods and properties."""
    parts = [f"{heading} `{name}`\n\n{described(name, value)}"]
    if isinstance(value, type) and not issubclass(value, Exception):
        parts += [
            f"{heading}# `{name}.{member}`\n\n{described(member, getattr(value, member))}"
            for owner in owners(value)
            for member in vars(owner)
            if is_public(owner, member)
        ]
    return "\n".join(parts)


def value_section(value: type) -> str:
    """Return the part of what a test is given: its fields, docstring, and what it computes or does."""
    lines = []
    for owner in owners(value):
        for member in filter(partial(is_public, owner, handed_out=True), vars(owner)):
            found = getattr(value, member)
            call = "" if isinstance(found, property) else called(inspect.signature(found), wide=WIDER)
            lines.append(f"- `{member}{call}`: {in_a_list(inspect.getdoc(found) or '')}")
    text = inspect.cleandoc(value.__doc__ or "")
    gap = "" if text.splitlines()[-1].startswith(("- ", "  ")) else "\n"  # one list, not two
    typed = "" if value.__name__ in OPAQUE else typed_fields(value)
    listed = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip()
    return f"### `{value.__name__}`\n\n{typed}{text}\n" + (f"{gap}{listed}\n" if lines else "")


def typed_fields(value: type) -> str:
    """Return the fields of a NamedTuple or a dataclass, as code."""
    named = [field.name for field in fields(value)] if is_dataclass(value) else getattr(value, "_fields", ())
    shown = [name for name in named if not name.startswith("_")]
    hints = {name: hint for owner in value.__mro__ for name, hint in vars(owner).get("__annotations__", {}).items()}
    lines = [f"{name}: {re.sub(FORWARD, FORWARD_NAME, str(hints[name]))}" for name in shown]
    return "```python\n" + "".join(f"{line}\n" for line in lines) + "```\n\n" if lines else ""


def in_a_list(text: str) -> str:
    """Return a docstring as the text of one item of a list: paragraphs and lists below its first are set in."""
    first, _, rest = text.partition("\n\n")
    return " ".join(first.split()) + ("\n\n" + indent(rest, "    ") + "\n" if rest else "")


def owners(value: type) -> list[type]:
    """Return a class and those of ours that it is made of."""
    return [owner for owner in value.__mro__ if owner.__module__.partition(".")[0] == "fakecos"]


def is_public(owner: type, member: str, *, handed_out: bool = False) -> bool:
    """Whether a test may use this member; of what it is given, the properties and what is offered."""
    value = vars(owner)[member]
    if member.startswith("_") or not inspect.getdoc(value):
        return False
    if handed_out:
        return isinstance(value, property) or f"{owner.__name__}.{member}" in OFFERED
    return isinstance(value, property) or callable(value)


def fields_of(value: type) -> list[str]:
    """Return the fields of a NamedTuple with their types."""
    annotations = getattr(value, "__annotations__", {}) if issubclass(value, tuple) else {}
    shown = [re.sub(FORWARD, FORWARD_NAME, str(annotation)) for annotation in annotations.values()]
    return [f"- `{name}: {annotation}`" for name, annotation in zip(annotations, shown, strict=True)]


def fixtures_of(plugin: Path) -> list[tuple[str, str]]:
    """Return the fixtures of the plugin with their docstrings, read without importing pytest."""
    return [
        (node.name, ast.get_docstring(node) or "")
        for node in ast.parse(plugin.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and any(ast.unparse(decorator).startswith("pytest.fixture") for decorator in node.decorator_list)
    ]


def described(name: str, value: object) -> str:
    """Return the signature of a callable, and the docstring."""
    signature = ""
    if isinstance(value, type) and issubclass(value, BaseException):
        signature = f"```python\nclass {name}({value.__base__.__name__ if value.__base__ else ''})\n```\n\n"
    elif callable(value):
        text = called(inspect.signature(value))
        signature = f"```python\n{name}{text}\n```\n\n"
    return signature + (inspect.getdoc(value) or "") + "\n"


def called(signature: inspect.Signature, wide: int = WIDE) -> str:
    """Return a signature as it would be written, on several lines if one is too short for it."""
    result = (
        "" if signature.return_annotation in ("None", inspect.Signature.empty) else f" -> {signature.return_annotation}"
    )
    # What is `Never` is there to be refused in words.
    shown = [one for name, one in signature.parameters.items() if name != "self" and one.annotation != "Never"]
    texts = [str(parameter) for parameter in shown]
    kinds = [parameter.kind for parameter in shown]
    if inspect.Parameter.KEYWORD_ONLY in kinds:
        texts.insert(kinds.index(inspect.Parameter.KEYWORD_ONLY), "*")
    texts = [re.sub(r": (['\"])(.*?)\1(?= = |$)", r": \2", text) for text in texts]  # annotations are kept as strings
    texts = [re.sub(r"\bFake\b", "FakeCOS", text) for text in texts]
    line = f"({', '.join(texts)}){result}"
    return line if len(line) <= wide else "(\n" + "".join(f"    {text},\n" for text in texts) + f"){result}"


def checks_in_order() -> str:
    """The order of checks, operation by operation."""
    sections = [f"# Order of checks\n\n{requests.INTRODUCTION}\n"]
    for title, order in ORDERS.items():
        first = order.like[1] if order.like else 0
        steps = [] if order.like is None else [(f"1 to {first}", f"as {order.like[0]}", "public")]
        steps += [(str(n), step.text, step.source) for n, step in enumerate(order.checks[first:], first + 1)]
        text = [order.before, table(("step", "error", "source"), steps).strip(), order.after]
        sections.append(f"## {title}\n\n" + "\n\n".join(filter(None, text)) + "\n")
    others = table(("operation", "order"), requests.OTHERS.items())
    sections.append(f"## The other operations\n\n{requests.OTHERS_SAY}\n\n{others}")
    return "\n".join(sections)


PAIRS_SAY = """\
Single rules hold nearly everywhere. What fails is where two features meet. Here is each pair of features: how sure we
are of what S3 answers there, and what that is. [Sources](../explanation/sources.md) explains the words.

A cell that says *assumed* has no source. If nothing stands below about it, each rule is taken to hold by itself, in
the [order of checks](order-of-checks.md).
"""


def feature_pairs() -> str:
    """The table of feature pairs, and what is known of each."""
    features = table(("feature", "what belongs to it"), FEATURES.items())
    heads = ("", *NAMES[1:])
    cells = [
        [one, *("" if at >= to else how_sure(one, other) for to, other in enumerate(NAMES) if to)]
        for at, one in enumerate(NAMES[:-1])
    ]
    sections = [f"# Feature pairs\n\n{PAIRS_SAY}\n{features}", f"## All pairs\n\n{table(heads, cells)}"]
    for first in NAMES:
        rows = [(pair.second, pair.answer, pair.source, test_of(pair.test)) for pair in PAIRS if pair.first == first]
        if rows:
            heading = f"{first[0].upper()}{first[1:]} and ..."
            sections.append(f"## {heading}\n\n{table(('feature', 'what S3 answers', 'source', 'test'), rows)}")
    return "\n".join(sections)


def test_of(named: str) -> str:
    """Return a link to the file of a test, with the name of the test."""
    file, _, function = named.partition("::")
    folder = "tests/contract" if file.startswith("test_") else "fakecos/contract/promises"
    return f"[{function}](../../{folder}/{file})" if named else ""


PRESIGNED = """\
# Presigned URLs: what may stand in the query

A signer may move headers into the query of a URL. The signature covers all of it: a value that is changed is 403
`SignatureDoesNotMatch`. What S3 does with the value then differs from name to name. *taken*: as if the header had been
sent. *ignored*: nothing. *refused*: 403, as a signed header is missing. If a header of the name is sent, the header
counts; by SigV4 an `x-amz-*` header that is sent must be signed.

- *not signed*: SigV4, and `X-Amz-SignedHeaders` does not name it. Names are in lower case, and ignored in
  capitals, unless the row says otherwise.
- *signed*: SigV4, and `X-Amz-SignedHeaders` names it.
- *SigV2*: a URL with `AWSAccessKeyId`, `Signature` and `Expires`. All `x-amz-*` of the query are signed as headers.

The first row that has a name counts. The same holds for IBM COS (assumed). Beside an `Authorization` header, names in
the query count as those that are not signed (assumed). Parameters of an operation that stand in the query anyhow
(`versionId`, `partNumber`, `uploadId`, `response-content-type` and the like) are taken: recorded, facts 3 and 4 of
aws-presigned.
"""
MOVED = (
    ("boto3 with `s3v4`", "nothing", "all that was given"),
    ("boto3 with `s3` (SigV2)", "`x-amz-*`, `content-md5`, `content-type`", "the latter two"),
    (
        "JavaScript SDK v3",
        "`x-amz-*` but for encryption, `x-id`, and for uploads the checksum of no body",
        "encryption, conditions, Content-MD5, Range and most others, as named",
    ),
    (
        "JavaScript SDK v2, SigV4",
        "`x-amz-*`, which are named as signed too; Content-MD5, Content-Type and Cache-Control",
        "what does not begin with `x-amz-`, as named",
    ),
    ("JavaScript SDK v2, SigV2", "everything", "Content-MD5 and Content-Type"),
    ("minio-js", "what the caller says", "nothing"),
)
MOVES = """\
## What clients move

Measured with botocore 1.44, the JavaScript SDKs 3.1169 and 2.1693, and minio-js 8.

{table}
So an upload by a URL of the JavaScript SDK v3 has the checksum that S3 adds by itself, CRC64NVME. The checksum in the
URL is that of an empty body, and is not compared with anything (recorded: aws-changes 8).
"""


def presigned_urls() -> str:
    """What S3 does with each name in the query of a presigned URL."""
    rows = [
        (
            ", ".join(f"`{name}`" for name in row.names) + (" (in any case)" if row.any_case else ""),
            row.unsigned,
            row.signed,
            row.by_v2,
            cell(row.source),
        )
        for row in presigned_query.PARAMETERS
    ]
    other = presigned_query.OTHER
    rows.append(("any other name", other.unsigned, other.signed, other.by_v2, cell(other.source)))
    moves = MOVES.format(table=table(("client", "in the query", "to be sent as headers"), MOVED))
    return "\n".join((PRESIGNED, table(("name", "not signed", "signed", "SigV2", "source"), rows), moves))


EXPLORING = """\
# Exploring

`cos.explore(act)` calls `act` once without a failure, and then once for each request that it makes and each way in
which that request can fail. [Explore a program](../how-to/explore-a-program.md) shows how. This page says what the
words of a report mean, exactly.

## States

The state before is what is stored when `explore` is called. The state after is what is stored once `act` ran without a
failure. Each run begins with the state before, with an empty journal, with the same ids, and with a client that may
retry as often as at its start. What is stored when the exploration ends is the state after.

`act` runs without a failure twice. It is a `UsageError` if it raises then, sends other requests the second time, or
stores something else.
"""
REPLAY_SAYS = """\
A schedule is `site=failure`, or several joined by `; `, such as
`UploadPart:part 2#1=SlowDown; AbortMultipartUpload#1=crash`. The key is written only if the act uses several, and the
bucket likewise. `replay=` takes a schedule, and so do `--fakecos-replay` of pytest, `fakecos explore --replay` and the
environment variable `FAKECOS_REPLAY`. In a written schedule `#*` stands for every such request; without a number it is
the first.
"""
FAILURES_SAY = """\
A row that is *standard* is tried unless `failures=` says otherwise. `failures="all"` takes every row, and
`failures=["AccessDenied"]` that one alone.

*Lasts*: *once* is one attempt, after which the client may try again. *For good* is this request and every later attempt
of it. *From then on* is this request and every other one until the run ends.
"""
CRASHES_SAY = """\
A crash is this request and every later one of the run: the process is dead. Each request has both, but one that only
reads has the first alone. `crashes=False` leaves them out.

In the thread that called the act it is a `BaseException`, so that `except Exception` does not go on; `finally`, `with`
and `except BaseException` still run, and reach S3 no more. In another thread the connection is refused, since a pool
may do anything with such an exception. Then `recover` runs.
"""
LEFT_OUT = """\
## What is tried

- At depth 1, each failure at each request of the run without failures.
- Of five or more parts that differ only in their number, the first two and the last. The report says so.
- At depth 2 and beyond, a further failure at the requests that come only after the one before: retries, an Abort,
  whatever handles the failure. Where the run raised, at all requests that follow. Of a request that is repeated five
  times or more, the first two and the last.
- `max_runs` and `max_seconds` end it. The report says how many schedules of each depth were run.
"""
COMPARED = """\
{stored}

The attributes of an object are: {attributes}, encryption, and lock.

What the act returns is compared too, if two runs without failures return the same. Generators and bodies of answers are
read to their end. Dates and objects without an `__eq__` of their own count by their type; ids that S3 gave in the run
count as equal. These members of a dict are left out: {members}.
"""
TIME_SAYS = """\
{covered}

A run ends as a `hang` after {hours:,.0f} hours of virtual time, or after {waits:,} waits in a row without a request
that took more than {minutes:,.0f} minutes of it. It ends as a `retry-storm` after {requests:,} requests for one target,
or {in_all:,} in all, if that is more than twenty times those of the run without failures. `sleep="real"` leaves all
clocks alone.
"""


def exploring() -> str:
    """What an exploration finds, tries and compares, from its tables and docstrings."""
    kinds = [(f"[`{kind}`](../how-to/{PAGES_OF_KINDS[kind]}.md)", cell(text)) for kind, text in verdicts.KINDS.items()]
    notes = [(f"`{kind}`", cell(text)) for kind, text in verdicts.NOTES.items()]
    rows = [
        (f"`{row.name}`", "standard" if row.standard else "all", lasting(row), condition(row), cell(row.why))
        for row in failures.TABLE.values()
    ]
    crashes = [(f"`{name}`", cell(text)) for name, text in schedule.CRASHES.items()]
    compared = COMPARED.format(
        stored=rest_of(state),
        attributes=", ".join(name.replace("_", " ") for name in state.COMPARED),
        members=", ".join(f"`{name}`" for name in sorted(returned.DIFFER)),
    )
    most = run.Limits()
    time_says = TIME_SAYS.format(
        covered=rest_of(virtual_time),
        hours=most.virtual_seconds / 3600,
        waits=most.waits,
        minutes=most.silence / 60,
        requests=most.requests,
        in_all=most.in_all,
    )
    heads = ("kind", "definition")
    of_failures = ("failure", "set", "lasts", "if the request", "why it is real")
    parts = (
        EXPLORING,
        f"## Findings\n\nThe worst first. Findings raise `ExplorationError`.\n\n{table(heads, kinds)}",
        f"## Notes\n\nWhat no client can avoid is reported, and fails nothing.\n\n{table(heads, notes)}",
        f"## Failures\n\n{FAILURES_SAY}\n{table(of_failures, rows)}",
        f"## Crashes\n\n{CRASHES_SAY}\n{table(('crash', 'what happens'), crashes)}",
        f"## Sites and schedules\n\n{rest_of(sites)}\n\n{REPLAY_SAYS}",
        LEFT_OUT,
        f"## What is compared\n\n{compared}",
        f"## Virtual time\n\n{time_says}",
    )
    return "\n".join(parts)


def lasting(row: Failure) -> str:
    """Say how long a failure lasts."""
    if row.for_all:
        return "from then on"
    return "for good" if row.for_good else "once"


def condition(row: Failure) -> str:
    """Say of which requests a failure is one, as the docstring of the function that decides it has it."""
    return cell((row.is_for.__doc__ or "").removeprefix("Whether it ").removesuffix("."))


def rest_of(module: ModuleType) -> str:
    """Return the docstring of a module, as it is below its first paragraph."""
    return (module.__doc__ or "").partition("\n\n")[2].strip()


RACING = """\
# Racing

`cos.race(one, other)` runs actors with their requests in every order that can matter. [Race two
writers](../how-to/two-writers.md) shows how. This page says what the words of a report mean, exactly.

## Orders

An order is written as the actors of its requests, one after the other, counted from 0: `0110`. With failures it is
`0110; 1.2=closed@stored`: the second request of actor 1 meets that [failure](exploring.md#failures). `replay=` repeats
one.

Each run begins with what is stored when `race` is called, with an empty journal, with the same ids, and with clients
that may retry as often as at their start. That is stored again when the race has ended.

"""
IN_WORDS_SAY = """\
`failures=` takes the names of [failures to explore](exploring.md#failures), and these words for some of them. Failures
by which another writer changes something are left out of `"standard"` and `"all"`: the other actor does that.
"""


def racing() -> str:
    """What a race finds, and what commutes, from its tables and docstrings."""
    heads = ("kind", "definition")
    kinds_found = [(f"`{kind}`", cell(text)) for kind, text in kinds_of_races.KINDS.items()]
    notes = [(f"`{kind}`", cell(text)) for kind, text in kinds_of_races.NOTES.items()]
    in_words = [(f"`{words}`", f"`{name}`") for words, name in failures.IN_WORDS.items()]
    parts = (
        RACING,
        f"## Findings\n\nThe worst first. Findings raise `RaceError`.\n\n{table(heads, kinds_found)}",
        f"## Notes\n\nReported, and fails nothing.\n\n{table(heads, notes)}",
        f"## What counts as right\n\n{rest_of(serialisable)}\n",
        f"## Failures\n\n{IN_WORDS_SAY}\n{table(('words', 'failure'), in_words)}",
        f"## What commutes\n\n{rest_of(conflicts)}\n",
        f"## Who runs when\n\n{rest_of(gate)}\n",
        f"## Pauses\n\n{rest_of(pauses)}",
    )
    return "\n".join(parts)


PROGRAMS = {
    "feature-pairs.md": (feature_pairs, "fakecos/facts/feature_pairs"),
    "order-of-checks.md": (checks_in_order, "fakecos/facts/check_order"),
    "api.md": (public_names, "fakecos.__all__ and the docstrings"),
    "errors.md": (errors_page, "fakecos/facts/errors"),
    "exploring.md": (exploring, "fakecos/explore"),
    "racing.md": (racing, "fakecos/race"),
    "faults.md": (fault_words, "fakecos/faults"),
    "dates.md": (dated_facts, "fakecos/facts/dates.py"),
    "events.md": (events_page, "fakecos/facts/event_types.py"),
    "limits.md": (limit_numbers, "fakecos/facts/limits.py"),
    "checksums.md": (algorithms, "fakecos/facts/checksums.py"),
    "operations.md": (
        operations,
        "fakecos/operations/registry.py, fakecos/facts/unsupported_operations.py and fakecos/wire/*.json",
    ),
    "pytest.md": (pytest_options, "plugins/pytest_fakecos/options.py"),
    "dialects.md": (dialects_of_s3, "fakecos/facts/services"),
    "presigned-urls.md": (presigned_urls, "fakecos/facts/presigned_query.py"),
    "command-line.md": (command_line, "fakecos/cli"),
    "permissions.md": (lambda: permissions_page.page(table), permissions_page.SOURCE),
    "unsettled.md": (unsettled_page.page, unsettled_page.SOURCE),
}


def main() -> None:
    """Write the pages, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is not current")
    check = parser.parse_args().check
    os.environ.update(COLUMNS="100", NO_COLOR="1")  # argparse asks for both
    stale = []
    for name, (make, source) in PROGRAMS.items():
        text = MADE.format(source=source) + make()
        page = PAGES / name
        if page.exists() and page.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            page.write_text(text, encoding="utf-8")
    if stale:
        print(f"{'not current' if check else 'written'}: {', '.join(stale)}")
    sys.exit(1 if check and stale else 0)


if __name__ == "__main__":
    main()

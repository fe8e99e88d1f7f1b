"""The page on what `fakecos` and the plugin of pytest give a test."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path
from textwrap import indent
from typing import Any, get_args

import fakecos
from fakecos import faults, urls
from fakecos.facts import literals
from fakecos.testing.assertions import requests as requests_expected
from tools.reference.markdown import table
from tools.reference.signatures import FORWARD, FORWARD_NAME, WIDER, called, described

PLUGIN = Path(__file__).parent.parent.parent / "plugins" / "pytest_fakecos" / "__init__.py"
FIRST = ("FakeCOS", "current", "Limits", "SyntheticBody")
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
    *("Beside", "Differences", "AnswerDifference"),
)
"""What a test is given and does not make: classes without a constructor of its own to call."""
OFFERED = {
    *("Content.read", "Journal.filter", "Journal.table", "Journal.write_timeline", "Journal.write_trace"),
    *("Fault.cancel", "Server.stop"),
    *("Events.filter", "Events.table", "Events.clear", "EventHandler.cancel", "EventFault.cancel"),
    *("Caller.client", "AwsAccount.create_bucket", "AwsAccount.user", "AwsAccount.create_user"),
    *("Exploration.write_html", "Exploration.write_json", "Race.write_html"),
    "FindingTimeline.write_timeline",
}
"""Their methods that a test may call, by the class that has them."""
OPAQUE = frozenset({"Snapshot"})
LOOK = """\
The methods of `FakeCOS` make all of these, and nobody else does. They come from `fakecos` too, for annotations and
`isinstance`. The views come from `cos.bucket`, `cos.create_bucket`, `cos.put_object`, `cos.start_upload` and
`cos.open_uploads`, and read what is stored when they are asked. `cos.store` is what the service itself works with: what
its buckets are made of may change. All times are in UTC, all sizes in bytes, and all ETags are without quotes."""
RAISED = """\
They are for the author of a test. What S3 refuses is raised by the client, as its own exception (`ClientError`)."""
ALIASES_SAY = """\
What stands in the signatures above and is no class of this page. The names are for type checkers, which know them from
the signatures; at run time these are plain strings, numbers and dictionaries. `Outcome` in `inject` is whatever its
keywords from `error` on take."""
WORD_OF_FAULTS = "A word of `fakecos.faults`: [faults](faults.md#{anchor})."


def one_of(literal: object) -> str:
    """Return the values of a Literal, as a sentence."""
    return "One of " + ", ".join(f"`{value!r}`" for value in get_args(literal)).replace("'", '"') + "."


ALIASES = {
    "DialectName": one_of(literals.DialectName),
    "ErrorCode": "A code of S3's, as text: [errors](errors.md).",
    "EventTypeName": "A type of event or a wildcard, as text: [events](events.md).",
    "Expected": "What a part must have: its bytes, its size, or a dictionary of attributes of PartView.",
    "Match": one_of(requests_expected.Match),
    "OperationName": "The name of an operation in the service model, as text: [operations](operations.md).",
    "Policies": "A policy of IAM, as a dictionary or as JSON text; a list of several; or None for none.",
    "S3Client": "A client of boto3, as the package boto3-stubs types it.",
    "S3ServiceResource": "A resource of boto3, as the package boto3-stubs types it.",
    "SseC": one_of(literals.SseC),
    "Wanted": "An operation's name, or a pair of that and a dictionary of what the request must have.",
}
"""The names in public signatures that are no classes, with what they are."""


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


def fixtures_of(plugin: Path) -> list[tuple[str, str]]:
    """Return the fixtures of the plugin with their docstrings, read without importing pytest."""
    return [
        (node.name, ast.get_docstring(node) or "")
        for node in ast.parse(plugin.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and any(ast.unparse(decorator).startswith("pytest.fixture") for decorator in node.decorator_list)
    ]

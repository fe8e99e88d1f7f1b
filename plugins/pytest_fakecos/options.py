"""The options of the plugin: ini names, command line and marker, and what they may be.

The nearest wins: marker of the test, of its class, of its module; then the command line; then the ini file.
"""

from __future__ import annotations

import dataclasses
import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from pytest_fakecos.beside import BESIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MARKER = "fakecos"
BUDGET_MARKER = "fakecos_budget"
PREFIX = "fakecos"

WARN, ERROR, IGNORE = "warn", "error", "ignore"
BYTES, DAY, BUDGET, FOLDER = "BYTES", "DAY", "NAME=NUMBER ...", "DIR"
FORMS = {BYTES: "a number of bytes", DAY: "a day, as in 2026-03-31", FOLDER: "a folder"}
FUNCTION = "function"
SCOPES = (FUNCTION, "class", "module", "package", "session")
NODES: dict[str, type[pytest.Item | pytest.Collector]] = {
    "class": pytest.Class,
    "module": pytest.Module,
    "package": pytest.Package,
    "session": pytest.Session,
}


def page(anchor: str) -> str:
    """Return how a message names a heading of the page about this plugin."""
    from fakecos import urls

    return urls.page("how-to/pytest", anchor)


class Option(NamedTuple):
    """One option: what it may be, what it is if nobody sets it, and one line about it.

    `values` may be a function, for what is only known when fakecos is imported. Without values `form` says what it is:
    BYTES, DAY, BUDGET or FOLDER.
    """

    values: tuple[str, ...] | Callable[[], tuple[str, ...]]
    default: str | None
    text: str
    form: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """What it may be, none for a number and a day."""
        return self.values() if callable(self.values) else self.values


def _services() -> tuple[str, ...]:
    from fakecos.facts.services import dialects

    return tuple(dialects.BY_NAME)


OPTIONS = {
    "fakecos_open_uploads": Option(
        (WARN, ERROR, IGNORE), WARN, "what to do about uploads that a test leaves neither completed nor aborted"
    ),
    "fakecos_unfired_faults": Option(
        (ERROR, WARN, IGNORE), ERROR, "what to do about faults that a test sets and that never happen"
    ),
    "fakecos_scope": Option(SCOPES, FUNCTION, "scope of the fixtures: how long one fake lives"),
    "fakecos_autouse": Option(("false", "true"), "false", "whether every test has an active fake, also unasked"),
    "fakecos_dialect": Option(_services, None, "which service answers; not set: as each request shows"),
    "fakecos_as_of": Option((), None, "the day whose S3 is imitated, as in 2026-03-31; not set: S3 as it is now", DAY),
    "fakecos_min_part_size": Option(
        (), None, "bytes of the smallest part before the last; not set: the service's own", BYTES
    ),
    "fakecos_budget": Option(
        (), None, "how many requests each test may send, as in `total=100 retries=0`; not set: any number", BUDGET
    ),
    "fakecos_timeline": Option(
        (), None, "folder for a page of each test that fails: its requests as a timeline; not set: none", FOLDER
    ),
    "fakecos_trace": Option((), None, "folder for the trace events of each test that fails; not set: none", FOLDER),
}
OWN_KEYWORDS = ("open_uploads", "unfired_faults", "autouse")
"""Keywords of the marker that are the plugin's own; all others are those of FakeCOS."""


def add_to(parser: pytest.Parser) -> None:
    """Add every option to the ini file and to the command line."""
    group = parser.getgroup("fakecos", "S3, faked by fakecos")
    for name, option in OPTIONS.items():
        flag = "--" + name.replace("_", "-")
        if name == "fakecos_autouse":
            parser.addini(name, option.text, type="bool", default=False)
            group.addoption(flag, dest=name, action="store_const", const="true", default=None, help=option.text)
            no = flag.replace("--", "--no-", 1)
            group.addoption(no, dest=name, action="store_const", const="false", help="against the ini file")
        else:
            parser.addini(name, f"{option.text} ({_values(option)})", default=None)
            group.addoption(flag, dest=name, default=None, metavar=_values(option), help=option.text)


def _values(option: Option) -> str:
    return "SERVICE" if callable(option.values) else "|".join(option.values) or option.form


VALUES: pytest.StashKey[dict[tuple[str, object], str | None]] = pytest.StashKey()
"""What options came to, by name and by what the command line says: each test asks for some."""


def value(config: pytest.Config, name: str) -> str | None:
    """Return an option as the command line says, else the ini file, else its default.

    pytest.UsageError: it may not be that.
    """
    known = config.stash.setdefault(VALUES, {})
    given: Any = config.getoption(name)
    if (name, given) not in known:
        known[name, given] = _value(config, name, given)
    return known[name, given]


def _value(config: pytest.Config, name: str, given: Any) -> str | None:
    option = OPTIONS[name]
    if given is None:
        try:
            given = config.getini(name)
        except (ValueError, pytest.UsageError):  # which of them, and without the name: by the version of pytest
            message = f"{name}: it may be {', '.join(option.choices)} (see {page('options')})"
            raise pytest.UsageError(message) from None
    if isinstance(given, bool):
        given = str(given).lower()
    if given in {None, ""}:
        return option.default
    require(name, str(given))
    return str(given)


def require(name: str, given: object, written: str = "") -> None:
    """Refuse what an option may not be; `written`: how it was given. pytest.UsageError."""
    option = OPTIONS[name]
    if option.form == BYTES and isinstance(given, str) and given.isdecimal():
        return
    if option.form == DAY and _is_day(given):
        return
    if option.form == BUDGET:
        budget_in(str(given))
        return
    if option.form == FOLDER and not Path(str(given)).is_file():
        return
    if given not in option.choices:
        choices = ", ".join(option.choices) or FORMS[option.form]
        message = f"{written or f'{name} = {given}'}: it may be {choices} (see {page('options')})"
        raise pytest.UsageError(message)


def _is_day(given: object) -> bool:
    from fakecos import UsageError
    from fakecos.arguments import day_of

    try:
        return day_of(given) is not None
    except UsageError:
        return False


def budget_in(text: str) -> dict[str, int]:
    """Return the limits of a budget as the option says them, by name. pytest.UsageError: it says something else."""
    from fakecos import UsageError
    from fakecos.testing.budget import limits_of

    words = [word.partition("=") for word in text.replace(",", " ").split()]
    wrong = next((name for name, _, number in words if not number.isdecimal()), None)
    if wrong is not None:
        message = f"fakecos_budget: {wrong} needs a whole number, as in total=100 retries=0 (see {page('options')})"
        raise pytest.UsageError(message)
    try:
        return limits_of({name: int(number) for name, _, number in words}, "fakecos_budget")
    except UsageError as error:
        raise pytest.UsageError(str(error)) from None


def folder(config: pytest.Config, name: str) -> Path | None:
    """Return a folder that an option names: the command line from where pytest was called, the ini file from its own.

    None: it is not set.
    """
    given = value(config, name)
    if given is None:
        return None
    is_of_ini = config.getoption(name) is None
    beside = config.inipath.parent if is_of_ini and config.inipath is not None else config.invocation_params.dir
    return beside / given


def require_known(config: pytest.Config) -> None:
    """Refuse options that begin like ours and are none, and values that may not be. pytest.UsageError."""
    for name in _set_in_ini(config):
        if name.startswith(PREFIX) and name not in OPTIONS:
            message = f"{name} is no option of fakecos{nearest(name, OPTIONS)} (see {page('options')})"
            raise pytest.UsageError(message)
    for name in OPTIONS:
        value(config, name)


def _set_in_ini(config: pytest.Config) -> Iterator[str]:
    # There is no public list of what the ini file sets: `inicfg` was one until pytest 9.
    yield from config._inicfg if hasattr(config, "_inicfg") else config.inicfg  # noqa: SLF001
    for override in config.getoption("override_ini") or ():
        yield override.partition("=")[0].strip()


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the end of a sentence that offers what was probably meant."""
    names = sorted(known)
    found = difflib.get_close_matches(name, names, n=1, cutoff=0.8)
    return f"; did you mean {found[0]}?" if found else f"; there are {', '.join(names)}"


# --- the marker --------------------------------------------------------------------------------------


def marked(node: pytest.Item | pytest.Collector) -> dict[str, Any] | None:
    """Return the keywords of the markers that hold for a node, the nearest winning; None without any marker.

    pytest.UsageError: a marker has values without names.
    """
    keywords: dict[str, Any] | None = None
    for parent in node.listchain():
        for mark in parent.own_markers:
            if mark.name == MARKER:
                if mark.args:
                    message = f"{node.nodeid}: @pytest.mark.{MARKER} takes keywords only (see {page('the-marker')})"
                    raise pytest.UsageError(message)
                keywords = {**(keywords or {}), **mark.kwargs}
    return keywords


def budget_of(item: pytest.Item) -> dict[str, Any]:
    """Return the limits of a test's budget by name, as its markers and the option say: the nearest wins for each name.

    pytest.UsageError: a marker has values without names.
    """
    text = value(item.config, BUDGET_MARKER)
    limits: dict[str, Any] = {} if text is None else {**budget_in(text)}
    for node in item.listchain():
        for mark in node.own_markers:
            if mark.name == BUDGET_MARKER:
                if mark.args:
                    message = (
                        f"{item.nodeid}: @pytest.mark.{BUDGET_MARKER} takes keywords only, as in total=20 "
                        f"(see {page('a-budget-of-requests')})"
                    )
                    raise pytest.UsageError(message)
                limits.update(mark.kwargs)
    return limits


COMPLETED = ("dialect", "as_of", "limits", "beside")
"""Keywords of FakeCOS that hold for every fake of a test, unless it is made with its own."""


def completed(
    config: pytest.Config, node: pytest.Item | pytest.Collector | None, given: dict[str, Any]
) -> dict[str, Any]:
    """Return keywords of FakeCOS with what the markers of a node and the options say besides: `given` wins."""
    from fakecos.facts.limits import Limits

    of_marker = (marked(node) if node is not None else None) or {}
    keywords = {**{name: of_marker[name] for name in COMPLETED if name in of_marker}, **given}
    for name in ("dialect", "as_of"):
        of_option = value(config, f"fakecos_{name}")
        if of_option is not None:
            keywords.setdefault(name, of_option)
    if BESIDE in config.stash:
        keywords.setdefault("beside", config.stash[BESIDE])
    size = value(config, "fakecos_min_part_size")
    limits = keywords.get("limits") or Limits()
    if size is not None and isinstance(limits, Limits) and limits.min_part_size is None:
        keywords["limits"] = dataclasses.replace(limits, min_part_size=int(size))
    return keywords


def wants_fake(node: pytest.Item | pytest.Collector, config: pytest.Config) -> bool:
    """Whether a fake is active without being asked for: by a marker, or by fakecos_autouse."""
    keywords = marked(node)
    if keywords is not None and "autouse" in keywords:
        wanted = keywords["autouse"]
        if not isinstance(wanted, bool):
            message = f"{node.nodeid}: @pytest.mark.{MARKER}(autouse={wanted!r}): it is True or False"
            raise pytest.UsageError(message)
        return wanted
    return keywords is not None or value(config, "fakecos_autouse") == "true"


def says_how(node: pytest.Item | pytest.Collector) -> bool:
    """Whether a marker says how a fake is made, and not only what to do about what is left behind."""
    return not set(OWN_KEYWORDS).issuperset(marked(node) or {})


def require_reachable(items: Iterable[pytest.Item], scope: str) -> None:
    """Refuse markers nearer to a test than the fake that it shares with others. pytest.UsageError."""
    if scope == FUNCTION:
        return
    for item in items:
        chain = item.listchain()
        shared = max((i for i, node in enumerate(chain) if isinstance(node, _kinds(scope))), default=0)
        if any(mark.name == MARKER for node in chain[shared + 1 :] for mark in node.own_markers):
            message = (
                f"{item.nodeid}: its marker {MARKER} cannot hold, since fakecos_scope = {scope} lets it share a fake "
                f"(see {page('one-fake-for-several-tests')})"
            )
            raise pytest.UsageError(message)


def _kinds(scope: str) -> tuple[type, ...]:
    """Return the nodes that share a fake of a scope; a function outside of a class has the module's."""
    return (pytest.Class, pytest.Module) if scope == "class" else (NODES[scope],)

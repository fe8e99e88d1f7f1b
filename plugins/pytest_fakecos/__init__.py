"""The pytest plugin: S3 for one test, or for several, as a fixture.

This module imports pytest only, since every run with fakecos installed imports it; fakecos itself is
imported by the fixtures, when a test asks for one.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from pytest_fakecos import beside, explorations, options, policies, tracebacks, watching
from pytest_fakecos.watching import WATCH

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from _pytest.terminal import TerminalReporter

    from fakecos import FakeCOS, Server

__all__ = ["fakecos", "fakecos_client", "fakecos_factory", "fakecos_server"]

REWRITTEN = ("fakecos.testing.assertions",)
ACTIVE = "_fakecos_active"
"""The fixture below that every test has."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    options.add_to(parser)
    explorations.add_to(parser)
    policies.add_to(parser)
    beside.add_to(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse unknown options, watch fakes, and let the `assert` statements of the helpers be rewritten."""
    options.require_known(config)
    explorations.configure(config)
    policies.configure(config)
    beside.configure(config)
    config.addinivalue_line(
        "markers",
        "fakecos(open_uploads=..., unfired_faults=..., autouse=..., **keywords of FakeCOS): "
        "the test has an active fake, made with these keywords",
    )
    config.addinivalue_line(
        "markers",
        "fakecos_budget(total=..., retries=..., bytes_sent=..., **requests by operation): "
        "the test fails at the first request to fakes that is over it",
    )
    watch = config.stash[WATCH] = watching.Watch(config)
    watch.begin()
    config.add_cleanup(watch.end)
    pytest.register_assert_rewrite(*(name for name in REWRITTEN if name not in sys.modules))


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say where requests are sent, if they are sent anywhere."""
    return beside.header(config)


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    """Show where the service beside the fakes answered otherwise."""
    beside.summarise(terminalreporter, config)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse markers that cannot hold."""
    options.require_reachable(items, str(options.value(config, "fakecos_scope")))


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Show what differs where a plain `==` of parts or objects of a fake fails."""
    if "fakecos.testing.views" not in sys.modules:
        return None
    from fakecos.testing.assertions import compare

    return compare.explain(op, left, right)


# --- every fake of a test, however it was started -----------------------------------------------------------


def pytest_sessionstart(session: pytest.Session) -> None:
    """Note whose the fakes are that neither a test nor a fixture starts."""
    session.config.stash[WATCH].session = session


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell what the fakes leave that neither a test nor a fixture started."""
    session.config.stash[WATCH].close_session(session)


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Note that not every test runs."""
    if items:
        items[0].config.stash[WATCH].is_whole = False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Note which test runs, and let go of its fakes at its end."""
    watch = item.config.stash[WATCH]
    watch.begin_test(item)
    try:
        return (yield)
    finally:
        watch.end_test(item)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let pytest skip `_fakecos_active` where it would do nothing: setting up a fixture is most of what it costs."""
    found = getattr(item, "funcargs", None)
    if (
        found is not None
        and options.value(item.config, "fakecos_scope") == options.FUNCTION
        and options.value(item.config, "fakecos_autouse") != "true"
        and options.marked(item) is None
        and _is_next(item)
    ):
        found.setdefault(ACTIVE, None)


def _is_next(item: pytest.Item) -> bool:
    """Whether `_fakecos_active` is the next fixture to be set up: one before it, of a module say, may mark the test."""
    info = getattr(item, "_fixtureinfo", None)  # there is no public name; without it every fixture is set up
    if info is None or ACTIVE not in info.names_closure:
        return False
    before = info.names_closure[: info.names_closure.index(ACTIVE)]
    last = [info.name2fixturedefs[name][-1] for name in before if info.name2fixturedefs.get(name)]
    return all(fixture.cached_result is not None and fixture.params is None for fixture in last)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Note which fixture is set up: the fakes that it starts are of its scope."""
    fixtures = request.config.stash[WATCH].fixtures
    fixtures.append((request.node, fixturedef.argname))
    try:
        return (yield)
    finally:
        fixtures.pop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Hold a test to its budget, and report to one that shares a fake its own faults.

    A fake of its own reports them when it stops.
    """
    __tracebackhide__ = True
    limits = options.budget_of(item)
    if not limits:
        return (yield from _told_of_faults(item))
    from pytest_fakecos import budgets

    with budgets.held(item, limits):
        return (yield from _told_of_faults(item))


def _told_of_faults(item: pytest.Item) -> Generator[None, object, object]:
    __tracebackhide__ = True
    watch = item.config.stash[WATCH]
    if not watch.is_on:
        return (yield)
    from pytest_fakecos import leftovers

    faults = leftovers.FaultsOfTest(item, watch.shared)
    try:
        outcome = yield
    except BaseException:
        faults.forget()
        raise
    faults.tell()
    return outcome


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Tell what the fakes that the test itself started leave behind."""
    __tracebackhide__ = True
    outcome = yield  # if it raises, that is what failed
    item.config.stash[WATCH].close(item)
    return outcome


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what was asked and what is stored beside the failure of a test that had a fake."""
    if call.excinfo is not None and not item.config.option.fulltrace:
        tracebacks.end_at_the_author(call.excinfo.value)
    report = yield
    if call.when == "teardown" and (found := beside.section(item.config)) is not None:
        report.sections.append(found)
    if call.excinfo is None:
        return report
    if report.failed and not item.config.option.fulltrace:
        report.longrepr = tracebacks.in_short(call.excinfo.value) or report.longrepr
    repeat = explorations.section(item, call.excinfo.value)
    report.sections.extend([] if repeat is None else [repeat])
    watch = item.config.stash[WATCH]
    if watch.is_on:
        from pytest_fakecos import leftovers, sections

        if call.when != "teardown":
            item.stash[leftovers.FAILED] = True
            sections.forget_known(watch, item, call.excinfo.value)
        if report.failed:
            report.sections.extend(sections.sections(watch, item, call.excinfo.value))
    if report.failed and call.when != "teardown":
        from pytest_fakecos import no_fake

        missing = no_fake.section(call.excinfo.value, watch.of(item) if watch.is_on else [])
        report.sections.extend([] if missing is None else [missing])
    return report


# --- fixtures -------------------------------------------------------------------------------------------------


def _scope(fixture_name: str, config: pytest.Config) -> Any:  # noqa: ARG001  pytest calls it by these names
    return options.value(config, "fakecos_scope")


@pytest.fixture(scope=_scope, autouse=True, name=ACTIVE)
def _fakecos_active(request: pytest.FixtureRequest) -> None:
    """Start the fake of a test that is marked, or of every one with `fakecos_autouse`.

    Where a fixture of the test's own has started one, an empty one inside of it would be in the way, unless a marker
    says how it is made.
    """
    __tracebackhide__ = True
    if options.wants_fake(request.node, request.config) and (
        options.says_how(request.node) or not request.config.stash[WATCH].is_covered(request.node)
    ):
        request.getfixturevalue("fakecos")


@pytest.fixture(scope=_scope)
def fakecos(request: pytest.FixtureRequest) -> Iterator[FakeCOS]:
    """Hand out an empty, active FakeCOS; every S3 client of the process talks to it until the test ends.

    Markers and options say how it is made; `fakecos_scope` lets several tests share it. What the test leaves behind
    is reported when it stops.
    """
    from pytest_fakecos import fakes, leftovers

    __tracebackhide__ = True
    rules = leftovers.Rules(request.config, request.node)
    cos = fakes.make(request.node, "fakecos").start()
    yield cos
    leftovers.end(request.node, rules, cos)


@pytest.fixture(scope=_scope)
def fakecos_client(fakecos: FakeCOS) -> Any:
    """Hand out a boto3 S3 client of the fixture `fakecos`; needs boto3."""
    return fakecos.client()


@pytest.fixture(scope=_scope)
def fakecos_server(fakecos: FakeCOS) -> Iterator[Server]:
    """Serve the fixture `fakecos` on a loopback address, for child processes and for clients that are not Python's.

    Its `endpoint_url` stands in AWS_ENDPOINT_URL_S3 meanwhile. Needs the extra `server`.
    """
    with fakecos.serve() as server:
        yield server


@pytest.fixture(scope=_scope)
def fakecos_factory(request: pytest.FixtureRequest, fakecos: FakeCOS) -> Iterator[Callable[..., FakeCOS]]:  # noqa: ARG001
    """Hand out a function that makes further fakes; it takes the keywords of FakeCOS.

    Such a fake answers the clients that it makes, or that are attached to it; inside its `with` block every client.
    The fixture `fakecos` answers all others.
    """
    from pytest_fakecos import fakes, leftovers

    made: list[FakeCOS] = []

    def make(**keywords: Any) -> FakeCOS:
        made.append(fakes.make(request.node, "fakecos_factory", **keywords))
        return made[-1]

    rules = leftovers.Rules(request.config, request.node)
    yield make
    for cos in reversed(made):
        leftovers.end(request.node, rules, cos)

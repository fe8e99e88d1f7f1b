"""The pytest plugin: S3 for one test, or for several, as a fixture.

This module imports pytest only, since every run with fakecos installed imports it; fakecos itself is
imported by the fixtures, when a test asks for one.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from pytest_fakecos import explorations, options, tracebacks

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from fakecos import FakeCOS, Server

__all__ = ["fakecos", "fakecos_client", "fakecos_factory", "fakecos_server"]

REWRITTEN = ("fakecos.testing.assertions",)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    options.add_to(parser)
    explorations.add_to(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse unknown options, and let the `assert` statements of the helpers be rewritten."""
    options.require_known(config)
    explorations.configure(config)
    config.addinivalue_line(
        "markers",
        "fakecos(open_uploads=..., unfired_faults=..., autouse=..., **keywords of FakeCOS): "
        "the test has an active fake, made with these keywords",
    )
    pytest.register_assert_rewrite(*(name for name in REWRITTEN if name not in sys.modules))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse markers that cannot hold."""
    options.require_reachable(items, str(options.value(config, "fakecos_scope")))


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Show what differs where a plain `==` of parts or objects of a fake fails."""
    if "fakecos.testing.views" not in sys.modules:
        return None
    from fakecos.testing.assertions import compare

    return compare.explain(op, left, right)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Report to a test that shares a fake its own faults: a fake of its own reports them when it stops."""
    __tracebackhide__ = True
    if "pytest_fakecos.fakes" not in sys.modules:
        return (yield)
    from pytest_fakecos import fakes

    faults = fakes.FaultsOfTest(item)
    try:
        outcome = yield
    except BaseException:
        faults.forget()
        raise
    faults.tell()
    return outcome


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what was asked and what is stored beside the failure of a test that had a fake."""
    if call.excinfo is not None and not item.config.option.fulltrace:
        tracebacks.end_at_the_author(call.excinfo.value)
    report = yield
    if report.failed and call.excinfo is not None and not item.config.option.fulltrace:
        report.longrepr = tracebacks.in_short(call.excinfo.value) or report.longrepr
    if call.excinfo is not None:
        repeat = explorations.section(item, call.excinfo.value)
        report.sections.extend([] if repeat is None else [repeat])
    if call.excinfo is not None and "pytest_fakecos.fakes" in sys.modules:
        from pytest_fakecos import fakes

        if call.when != "teardown":
            item.stash[fakes.FAILED] = True
            fakes.forget_known(item, call.excinfo.value)
        if report.failed:
            report.sections.extend(fakes.sections(item))
    return report


def _scope(fixture_name: str, config: pytest.Config) -> Any:  # noqa: ARG001  pytest calls it by these names
    return options.value(config, "fakecos_scope")


@pytest.fixture(scope=_scope, autouse=True)
def _fakecos_active(request: pytest.FixtureRequest) -> None:
    """Start the fake of a test that is marked, or of every one with `fakecos_autouse`."""
    __tracebackhide__ = True
    if options.wants_fake(request.node, request.config):
        request.getfixturevalue("fakecos")


@pytest.fixture(scope=_scope)
def fakecos(request: pytest.FixtureRequest) -> Iterator[FakeCOS]:
    """Hand out an empty, active FakeCOS; every S3 client of the process talks to it until the test ends.

    Markers and options say how it is made; `fakecos_scope` lets several tests share it. What the test leaves behind
    is reported when it stops.
    """
    from pytest_fakecos import fakes

    __tracebackhide__ = True
    rules = fakes.Rules(request.node)
    cos = fakes.make(request.node).start()
    yield cos
    fakes.end(request.node, rules, cos)


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
    from pytest_fakecos import fakes

    made: list[FakeCOS] = []

    def make(**keywords: Any) -> FakeCOS:
        made.append(fakes.make(request.node, **keywords))
        return made[-1]

    rules = fakes.Rules(request.node)
    yield make
    for cos in reversed(made):
        fakes.end(request.node, rules, cos)

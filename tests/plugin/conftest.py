"""Runs of pytest inside pytest, with the plugin switched on as if it were installed."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

import boto3
import pytest

import fakecos
from fakecos import observers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos.observers import Settings, Use

    Run = Callable[..., pytest.RunResult]

PLUGIN = ("-p", "no:fakecos", "-p", "pytest_fakecos", "-p", "no:hypothesispytest")  # which takes a second to import
LOADED = "ignore:Module already imported:pytest.PytestAssertRewriteWarning"  # by the outer run, in this process
PLAIN = ("-p", "no:randomly", "-p", "no:asyncio")


@pytest.fixture(scope="session", autouse=True)
def _loaded() -> None:
    """Load once what is imported when it is used: each inner run forgets the modules that it imports.

    Those of fakecos would then be there twice, of other ages: a class of one is none of the other.
    """
    for module in pkgutil.walk_packages(fakecos.__path__, "fakecos."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    with fakecos.FakeCOS() as cos:
        cos.client().list_buckets()
        boto3.client("s3").create_bucket(Bucket="photos")


class _Attached:
    """An observer that remembers the fakes that are given clients."""

    def __init__(self) -> None:
        self.fakes: list[fakecos.FakeCOS] = []

    def complete(self, settings: Settings) -> Settings:
        return settings

    def made(self, fake: object) -> None: ...

    def used(self, fake: object, how: Use) -> None:
        if how == "client" and isinstance(fake, fakecos.FakeCOS):
            self.fakes.append(fake)

    def ended(self, fake: object, error: BaseException | None) -> None: ...


@pytest.fixture(autouse=True)
def _stopped() -> Iterator[None]:
    """Stop what an inner run leaves attached: it runs in this process, and what a client needs stays patched."""
    attached = _Attached()
    observers.add(attached)
    yield
    observers.remove(attached)
    for fake in attached.fakes:
        for fault in fake.unfired_faults():
            fault.cancel()
        fake.errors.clear()
        if fake.is_active:
            fake.stop()


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    """Run this text as a test module; `ini` has lines of pytest.ini."""

    def run(text: str, *words: str, ini: str = "") -> pytest.RunResult:
        if "filterwarnings" not in ini:
            ini += f"\nfilterwarnings =\n    default\n    {LOADED}\n"  # or else those of the outer run hold
        pytester.makeini("[pytest]\n" + ini)
        pytester.makepyfile(text)
        return pytester.runpytest(*PLUGIN, *PLAIN, *words)

    return run


@pytest.fixture
def run_process(pytester: pytest.Pytester) -> Run:
    """Do the same in a process of its own, with the plugins that are installed."""

    def run(text: str, *words: str, ini: str = "") -> pytest.RunResult:
        pytester.makeini("[pytest]\n" + ini)
        pytester.makepyfile(text)
        return pytester.runpytest_subprocess(*PLUGIN, *words)

    return run

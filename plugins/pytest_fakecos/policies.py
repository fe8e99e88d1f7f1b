"""`--fakecos-required-policy=FILE`: the smallest IAM policy of all that the tests of a run ask S3 for.

Of every fake, however it was started, and of every process of pytest-xdist. Without the option nothing of it is there.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from fakecos.observers import Settings, Use
    from fakecos.operations.context import Asked
    from fakecos.operations.needs import Permission

FLAG, NAME = "--fakecos-required-policy", "fakecos_required_policy"
TEXT = "write the smallest IAM policy of all that the tests ask S3 for into this file"


def add_to(parser: pytest.Parser) -> None:
    """Add the option of the command line."""
    group = parser.getgroup("fakecos", "S3, faked by fakecos")
    group.addoption(FLAG, dest=NAME, default=None, metavar="FILE", help=TEXT)


def configure(config: pytest.Config) -> None:
    """Collect what is asked from now on, if a file is named. pytest.UsageError: it cannot be written."""
    given = config.getoption(NAME)
    if given is None:
        return
    path = config.invocation_params.dir / given
    if path.is_dir():
        message = f"{FLAG}={given}: it is a folder; name a file, as in policy.json"
        raise pytest.UsageError(message)
    if not path.parent.is_dir():
        message = f"{FLAG}={given}: there is no folder {path.parent}"
        raise pytest.UsageError(message)
    config.pluginmanager.register(RequiredPolicy(config, path), NAME)


class RequiredPolicy:
    """What the fakes of a run were asked for: an observer of `fakecos.observers`, and hooks of pytest."""

    def __init__(self, config: pytest.Config, path: Path) -> None:
        from fakecos import observers

        self._path = path
        self._asked: list[Asked] = []
        self._of_workers: set[Permission] = set()
        self._told = ""
        observers.add(self)
        config.add_cleanup(lambda: observers.remove(self))

    # --- what fakes tell -----------------------------------------------------------------------------------

    def complete(self, settings: Settings) -> Settings:
        """Return the settings of a fake as they are."""
        return settings

    def made(self, fake: object) -> None:
        """Take no note of a fake that may never be used."""

    def used(self, fake: Any, how: Use) -> None:
        """Keep what is asked of a fake, also what it forgets by a reset."""
        if how != "decorator":  # each call has another one
            fake._service.keep_asked_in(self._asked)  # noqa: SLF001  no public name

    def ended(self, fake: object, error: BaseException | None) -> None:
        """Keep what was asked of it."""

    # --- hooks -----------------------------------------------------------------------------------------------

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a process of pytest-xdist found."""
        from fakecos.operations.needs import Permission

        self._of_workers |= {Permission(*found) for found in getattr(node, "workeroutput", {}).get(NAME, ())}

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the policy; in a process of pytest-xdist hand it to the first."""
        from fakecos.operations import needs
        from fakecos.testing.smallest_policy import smallest_policy

        found = {one for asked in self._asked for one in needs.permissions(asked)}
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[NAME] = [list(one) for one in sorted(found)]
            return
        policy = smallest_policy(found | self._of_workers)
        try:
            self._path.write_text(json.dumps(policy, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        except OSError as error:
            self._told = f"fakecos: cannot write {self._path}: {error.strerror}"
            return
        count = len(policy["Statement"])
        statements = f"{count} statement{'' if count == 1 else 's'}"
        self._told = f"fakecos: the smallest policy of these tests, {statements}: {self._path}"

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say where the policy is."""
        if self._told:
            terminalreporter.write_line(self._told)

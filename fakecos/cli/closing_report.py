"""The end of a command that had a fake: it is stopped, and what S3 would hold is written to stderr."""

from __future__ import annotations

import os
import sys
import warnings
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fakecos.cli import fake_from_options, policy_file, policy_report, streams
from fakecos.testing.report import report
from fakecos.testing.was_missing import what_was_missing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from fakecos.fake import FakeCOS

STDERR = 2
"""Its file descriptor, which stays open when the program closes `sys.stderr`."""


class ClosingReport:
    """What is written at the end. `exit_code` is set by whoever knows it, before the end."""

    def __init__(self, cos: FakeCOS, options: argparse.Namespace) -> None:
        self._cos = cos
        self._rows = fake_from_options.rows_of(options)
        self._json: str | None = options.json
        self._files = {name: path for name in fake_from_options.FILES if (path := getattr(options, name)) is not None}
        self._policy: str | None = options.required_policy
        self._made: Sequence[str] = options.bucket
        self._policies = [name for name, _ in getattr(options, "policy", [])]
        self._process = os.getpid()
        self.exit_code = 0

    def write(self) -> None:
        """Stop the fake and write the report; not in a child that the program forked."""
        if os.getpid() != self._process:
            return
        cos = self._cos
        notices = [f"{type(error).__name__}: {error}" for error in cos.errors]  # what the program swallowed
        cos.errors.clear()
        notices += _stopped(cos)
        journal = cos.journal
        further = what_was_missing(journal, self._made)
        shown = [*notices, *journal.why_refused(), *further]
        policy = policy_report.lines(cos, self._policies)
        _write(report(cos.store, journal.counts, shown, self._rows, journal.refused) + policy)
        if self._json is not None:
            with _told_of(self._json):
                self._write_json(self._json, [*notices, *journal.explanations, *further])
        for name, path in self._files.items():
            with _told_of(path):
                getattr(journal, f"write_{name}")(path)
        if self._policy is not None:
            self._write_policy(self._policy)

    def _write_policy(self, path: str) -> None:
        with _told_of(path):
            try:
                policy_file.write(self._cos, path)
            except (AttributeError, ValueError):  # the program has closed its output
                _write("fakecos: cannot print the policy: the program has closed its output; name a file\n")

    def _write_json(self, path: str, notices: Sequence[str]) -> None:
        from fakecos.testing.json_report import as_json

        cos = self._cos
        with Path(path).open("w", encoding="utf-8", errors="surrogatepass") as file:
            file.write(as_json(cos.store, cos.journal.counts, cos.journal.refused, notices, self.exit_code))


def _stopped(cos: FakeCOS) -> list[str]:
    """Stop a fake, and return what it says of faults that never happened, or less often than they were to."""
    from fakecos.facts.exceptions import FakecosWarning, UnfiredFaultError, UnimplementedOperationWarning

    said = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            cos.stop()
        except UnfiredFaultError as error:
            said.append(f"{type(error).__name__}: {error}")
    for warning in caught:
        if issubclass(warning.category, FakecosWarning):
            said.append(f"{warning.category.__name__}: {warning.message}")
        elif not issubclass(warning.category, UnimplementedOperationWarning):  # the report says it, below
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
    return said


@contextmanager
def _told_of(path: str) -> Iterator[None]:
    """Say on stderr that a file cannot be written: the program may have taken its folder away."""
    from fakecos.facts.exceptions import UsageError

    try:
        yield
    except (OSError, UsageError) as error:
        _write(f"fakecos: cannot write {path!r}: {getattr(error, 'strerror', error)}\n")


def _write(text: str) -> None:
    """Write to stderr, after what the program wrote to stdout; the program may have closed both, or have none."""
    with suppress(AttributeError, ValueError, OSError):  # None, closed, or a pipe that nobody reads
        sys.stdout.flush()
    streams.drop_unread()
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except BrokenPipeError:
        streams.drop_unread()
    except (AttributeError, ValueError):
        if sys.__stderr__ is None:  # this process has none: its number may be some other file's
            return
        with suppress(OSError), open(STDERR, "w", errors="backslashreplace", closefd=False) as stderr:
            stderr.write(text)

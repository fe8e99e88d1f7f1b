"""What is reported to the author of a test, never to the client under test."""

from __future__ import annotations

from typing import Any


class UsageError(Exception):
    """The test, or the script, uses fakecos in a way that cannot work; the message says what to do."""

    __module__ = "fakecos"


class UnclaimedRequestError(UsageError):
    """A request that fakecos does not answer, such as one to another AWS service."""

    __module__ = "fakecos"


class EscapedRequestError(UsageError):
    """A request to S3 was about to leave the process while a fake is active; it was not sent."""

    __module__ = "fakecos"


class UnfiredFaultError(UsageError):
    """A fault that was set never happened: the test did not test what it says."""

    __module__ = "fakecos"


class MissingExtraError(UsageError):
    """A request needs a package that is not installed, such as an XXHASH checksum; the message names the extra."""

    __module__ = "fakecos"


class OpenUploadsError(UsageError):
    """A test left uploads neither completed nor aborted: S3 would go on to bill their parts."""

    __module__ = "fakecos"


class BudgetExceededError(AssertionError):
    """A request came that a budget does not allow; it was refused before it had an effect. `budget` is that Budget."""

    __module__ = "fakecos"

    budget: Any = None
    is_repeated = False  # whether the budget was exceeded before: then the first one is what a test's author is told

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        """Go to another process without the budget, which counts in this one."""
        return type(self), self.args


class UnimplementedOperationWarning(UserWarning):
    """An operation of S3 was answered 501 because fakecos does not have it."""

    __module__ = "fakecos"


class FakecosWarning(UserWarning):
    """A test left something behind: an open upload, or a fault that never happened. The pytest plugin warns of it.

    Also: a forked child reads from its copy of the fake.
    """

    __module__ = "fakecos"


class DifferenceWarning(UserWarning):
    """A real service beside a fake answered otherwise, or could not be asked: FakeCOS(beside=...)."""

    __module__ = "fakecos"

"""What ends a run for the code under test."""

from __future__ import annotations


class Stopped(BaseException):
    """The run is over for the code under test: it crashed on purpose, or a limit ended it.

    It is no Exception, so that code which catches those does not go on. A thread of the code's own gets a refused
    connection instead: what its pool does with such an exception is not the code's.
    """


class Crash(Stopped):
    """The process of the code under test dies here: only `finally` and `with` still run, and reach nothing."""


class TooMuch(Stopped):
    """A limit ended the run: of requests for one target, or of virtual time."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind
        self.text = text

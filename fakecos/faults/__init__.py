"""The words for `FakeCOS.inject`: what goes wrong, when, and the functions that make the outcomes of a script."""

from typing import TYPE_CHECKING, Any

from fakecos.facts.transport import Transport
from fakecos.faults.corruption import Corrupt
from fakecos.faults.error_outcomes import Error, ErrorIn200, error, error_in_200, redirect
from fakecos.faults.matching import Request
from fakecos.faults.outcomes import (
    Delay,
    Http,
    InAnswer,
    InRequest,
    Meanwhile,
    When,
    corrupt,
    corrupt_answer,
    delay,
    http,
    iam_error,
    meanwhile,
    transport,
)
from fakecos.faults.schedule import Fault

__all__ = [
    "Corrupt",
    "Delay",
    "Error",
    "ErrorIn200",
    "Fault",
    "Http",
    "InAnswer",
    "InRequest",
    "Meanwhile",
    "Request",
    "Transport",
    "When",
    "corrupt",
    "corrupt_answer",
    "delay",
    "error",
    "error_in_200",
    "http",
    "iam_error",
    "meanwhile",
    "redirect",
    "transport",
]

if not TYPE_CHECKING:  # a type checker would take every name for one of ours

    def __getattr__(name: str) -> Any:
        from fakecos.misnamed import module_error

        raise module_error(__name__, name, __all__, _elsewhere)

    def _elsewhere() -> dict[str, str]:
        return {word: f"from fakecos import {word}" for word in ("FakeCOS", "Limits", "UsageError")}

"""The words for `FakeCOS.inject`: what goes wrong, when, and the functions that make the outcomes of a script."""

from fakecos.facts.transport import Transport
from fakecos.faults.corruption import Corrupt
from fakecos.faults.matching import Request
from fakecos.faults.outcomes import (
    Delay,
    Http,
    Meanwhile,
    When,
    corrupt,
    corrupt_answer,
    delay,
    error,
    error_in_200,
    http,
    iam_error,
    meanwhile,
    redirect,
    transport,
)
from fakecos.faults.schedule import Fault

__all__ = [
    "Corrupt",
    "Delay",
    "Fault",
    "Http",
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

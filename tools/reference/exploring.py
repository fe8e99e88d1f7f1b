"""The page on exploring, from its tables and docstrings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.explore import failures, returned, run, schedule, sites, state, verdicts, virtual_time
from fakecos.explore.findings import PAGES as PAGES_OF_KINDS
from tools.reference.markdown import cell, rest_of, table

if TYPE_CHECKING:
    from fakecos.explore.seen import Failure

EXPLORING = """\
# Exploring

`cos.explore(act)` calls `act` once without a failure, and then once for each request that it makes and each way in
which that request can fail. [Explore a program](../how-to/explore-a-program.md) shows how. This page says what the
words of a report mean, exactly.

## States

The state before is what is stored when `explore` is called. The state after is what is stored once `act` ran without a
failure. Each run begins with the state before, with an empty journal, with the same ids, and with a client that may
retry as often as at its start. What is stored when the exploration ends is the state after.

`act` runs without a failure twice. It is a `UsageError` if it raises then, sends other requests the second time, or
stores something else.
"""
REPLAY_SAYS = """\
A schedule is `site=failure`, or several joined by `; `, such as
`UploadPart:part 2#1=SlowDown; AbortMultipartUpload#1=crash`. The key is written only if the act uses several, and the
bucket likewise. `replay=` takes a schedule, and so do `--fakecos-replay` of pytest, `fakecos explore --replay` and the
environment variable `FAKECOS_REPLAY`. In a written schedule `#*` stands for every such request; without a number it is
the first.
"""
FAILURES_SAY = """\
A row that is *standard* is tried unless `failures=` says otherwise. `failures="all"` takes every row, and
`failures=["AccessDenied"]` that one alone.

*Lasts*: *once* is one attempt, after which the client may try again. *For good* is this request and every later attempt
of it. *From then on* is this request and every other one until the run ends.
"""
CRASHES_SAY = """\
A crash is this request and every later one of the run: the process is dead. Each request has both, but one that only
reads has the first alone. `crashes=False` leaves them out.

In the thread that called the act it is a `BaseException`, so that `except Exception` does not go on; `finally`, `with`
and `except BaseException` still run, and reach S3 no more. In another thread the connection is refused, since a pool
may do anything with such an exception. Then `recover` runs.
"""
LEFT_OUT = """\
## What is tried

- At depth 1, each failure at each request of the run without failures.
- Of five or more parts that differ only in their number, the first two and the last. The report says so.
- At depth 2 and beyond, a further failure at the requests that come only after the one before: retries, an Abort,
  whatever handles the failure. Where the run raised, at all requests that follow. Of a request that is repeated five
  times or more, the first two and the last.
- `max_runs` and `max_seconds` end it. The report says how many schedules of each depth were run.
"""
COMPARED = """\
{stored}

The attributes of an object are: {attributes}, encryption, and lock.

What the act returns is compared too, if two runs without failures return the same. Generators and bodies of answers are
read to their end. Dates and objects without an `__eq__` of their own count by their type; ids that S3 gave in the run
count as equal. These members of a dict are left out: {members}.
"""
TIME_SAYS = """\
{covered}

A run ends as a `hang` after {hours:,.0f} hours of virtual time, or after {waits:,} waits in a row without a request
that took more than {minutes:,.0f} minutes of it. It ends as a `retry-storm` after {requests:,} requests for one target,
or {in_all:,} in all, if that is more than twenty times those of the run without failures. `sleep="real"` leaves all
clocks alone.
"""


def exploring() -> str:
    """What an exploration finds, tries and compares, from its tables and docstrings."""
    kinds = [(f"[`{kind}`](../how-to/{PAGES_OF_KINDS[kind]}.md)", cell(text)) for kind, text in verdicts.KINDS.items()]
    notes = [(f"`{kind}`", cell(text)) for kind, text in verdicts.NOTES.items()]
    rows = [
        (f"`{row.name}`", "standard" if row.standard else "all", lasting(row), condition(row), cell(row.why))
        for row in failures.TABLE.values()
    ]
    crashes = [(f"`{name}`", cell(text)) for name, text in schedule.CRASHES.items()]
    compared = COMPARED.format(
        stored=rest_of(state),
        attributes=", ".join(name.replace("_", " ") for name in state.COMPARED),
        members=", ".join(f"`{name}`" for name in sorted(returned.DIFFER)),
    )
    most = run.Limits()
    time_says = TIME_SAYS.format(
        covered=rest_of(virtual_time),
        hours=most.virtual_seconds / 3600,
        waits=most.waits,
        minutes=most.silence / 60,
        requests=most.requests,
        in_all=most.in_all,
    )
    heads = ("kind", "definition")
    of_failures = ("failure", "set", "lasts", "if the request", "why it is real")
    parts = (
        EXPLORING,
        f"## Findings\n\nThe worst first. Findings raise `ExplorationError`.\n\n{table(heads, kinds)}",
        f"## Notes\n\nWhat no client can avoid is reported, and fails nothing.\n\n{table(heads, notes)}",
        f"## Failures\n\n{FAILURES_SAY}\n{table(of_failures, rows)}",
        f"## Crashes\n\n{CRASHES_SAY}\n{table(('crash', 'what happens'), crashes)}",
        f"## Sites and schedules\n\n{rest_of(sites)}\n\n{REPLAY_SAYS}",
        LEFT_OUT,
        f"## What is compared\n\n{compared}",
        f"## Virtual time\n\n{time_says}",
    )
    return "\n".join(parts)


def lasting(row: Failure) -> str:
    """Say how long a failure lasts."""
    if row.for_all:
        return "from then on"
    return "for good" if row.for_good else "once"


def condition(row: Failure) -> str:
    """Say of which requests a failure is one, as the docstring of the function that decides it has it."""
    return cell((row.is_for.__doc__ or "").removeprefix("Whether it ").removesuffix("."))

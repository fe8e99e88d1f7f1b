"""The pages on refusals: the errors, what changed and when, and the order of checks."""

from __future__ import annotations

from fakecos.facts import dates, errors
from fakecos.facts.check_order import ORDERS, requests
from fakecos.facts.errors import ErrorSpec
from tools.reference.markdown import cell, table

SOURCES = """\
The column *source* says where the row was learnt: *recorded* is an answer of the service itself that was kept
(with the name and number of the fact), *documented* is Amazon's or IBM's own documentation, *public* is a report
or another project's test that was run on the service, *assumed* is our guess, on the strict side.
[Sources](../explanation/sources.md) says more."""
DATES = """\
# What S3 changed, and when

A fake is S3 as it is now, as far as this version of fakecos knows. `FakeCOS(as_of="2026-03-31")` is the S3 of that day,
whatever the clock of the test says: a change of the table holds from its day on. None of them is about IBM COS.

The day may also stand in the marker of pytest, `@pytest.mark.fakecos(as_of="2026-03-31")`, in its ini file or on its
command line (`fakecos_as_of`), and in `fakecos run --as-of DAY` and `fakecos serve --as-of DAY`. Where a change made
S3 refuse a request, the report of the failing test says which, below the table of requests.

"""


def errors_page() -> str:
    """Every row of the error table, by code."""
    specs = [(name, spec) for name, spec in vars(errors).items() if isinstance(spec, ErrorSpec)]
    rows = [
        (
            f"`{spec.code}`",
            str(spec.status),
            cell(spec.message) or "(empty)",
            ", ".join(f"`{field}`" for field in spec.fields) or "-",
            cell(spec.source) + (f"; [{spec.fact.day}](dates.md): {spec.fact.name}" if spec.fact else ""),
        )
        for _, spec in sorted(specs, key=lambda item: (item[1].code, item[1].status, item[1].message))
    ]
    return (
        f"# Errors\n\nEvery refusal that fakecos gives, {len(rows)} in all. "
        f"What stands in braces is filled in from the request.\n\n{SOURCES}\n\n"
        + table(("code", "status", "message", "further fields", "source"), rows)
    )


def dated_facts() -> str:
    """What changed, and when."""
    rows = [
        (
            f"`{fact.day}`",
            cell(fact.name),
            cell(fact.before),
            cell(fact.since),
            cell(f"{fact.source}; the day: {fact.day_source}"),
        )
        for fact in dates.FACTS
    ]
    return DATES + table(("from", "what", "before", "since", "source"), rows)


def checks_in_order() -> str:
    """The order of checks, operation by operation."""
    sections = [f"# Order of checks\n\n{requests.INTRODUCTION}\n"]
    for title, order in ORDERS.items():
        first = order.like[1] if order.like else 0
        steps = [] if order.like is None else [(f"1 to {first}", f"as {order.like[0]}", "public")]
        steps += [(str(n), step.text, step.source) for n, step in enumerate(order.checks[first:], first + 1)]
        text = [order.before, table(("step", "error", "source"), steps).strip(), order.after]
        sections.append(f"## {title}\n\n" + "\n\n".join(filter(None, text)) + "\n")
    others = table(("operation", "order"), requests.OTHERS.items())
    sections.append(f"## The other operations\n\n{requests.OTHERS_SAY}\n\n{others}")
    return "\n".join(sections)

"""The pages on the numbers and the data of AWS and IBM COS: limits, checksums, and the differences."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from typing import Any

from fakecos.facts import checksums, limits
from fakecos.facts.hosts import Hosts
from fakecos.facts.ids import Ids
from fakecos.facts.services.aws import AWS
from fakecos.facts.services.dialect import ABOUT, Replicating
from fakecos.facts.services.ibm import IBM_COS
from fakecos.facts.services.ibm import SOURCES as SOURCES_OF_IBM
from fakecos.operations import registry
from fakecos.wire import service_model
from tools.reference.markdown import cell, table

SHOWN_MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)  # of an id that is a time
OWN_TABLE = frozenset({"limits", "errors", "refuses"})
DIALECTS = """\
# AWS and IBM COS: the differences

fakecos is one store that speaks two dialects. `FakeCOS(dialect="aws")` or `FakeCOS(dialect="ibm")` fixes one; else each
request gets its own: IBM's for a client of ibm_boto3 and for hosts of Cloud Object Storage, AWS's for all others.

No answer of COS was recorded. *documented* is IBM's documentation, *sdk* the service model of ibm_botocore, *public*
what others have published of the service's answers, *assumed* our own guess, on the strict side. `ibm-cos 1.4` is a
number in our notes: [sources](../explanation/sources.md).
"""


def limit_numbers() -> str:
    """The numbers of each dialect, with the sources that stand beside them."""
    text = inspect.getsource(limits.ServiceLimits)
    found = dict(re.findall(r"^    (\w+): int = .*?  # (.*)$", text, flags=re.MULTILINE))
    rows = [
        (f"`{name}`", f"{getattr(AWS.limits, name):,}", f"{getattr(IBM_COS.limits, name):,}", cell(source))
        for name, source in found.items()
    ]
    return (
        "# Limits\n\n`FakeCOS(limits=Limits(min_part_size=1))` sets one for a fake; a field that is not set has the\n"
        "number of the dialect that answers. Where a limit that was set lets something pass which the service's own\n"
        "number would refuse, the report of `fakecos run` says so. Sizes are in bytes.\n\n"
        + table(("limit", "AWS", "IBM COS", "source"), rows)
        + "\nWhere IBM COS has another number, it is documented by IBM. Where it has the same, IBM says that COS is\n"
        "compatible with S3, and nothing else is known.\n\n"
        "## Fixed numbers\n\nNo fake has others, and they are the same for both services.\n\n"
        + table(("number", "value", "source"), fixed_numbers())
    )


def fixed_numbers() -> list[tuple[str, str, str]]:
    """Return the numbers that cannot be set, as rows, with the sources that stand beside them."""
    text = inspect.getsource(limits).partition("# Fixed numbers.")[2]
    found = re.findall(r"^([A-Z_]+) = .*?  # (.*)$", text, flags=re.MULTILINE)
    return [(f"`{name}`", f"{getattr(limits, name):,}", cell(source)) for name, source in found]


def algorithms() -> str:
    """The checksum algorithms."""
    rows = [
        (
            f"`{algorithm.name}`",
            f"`{algorithm.header}`",
            str(algorithm.size),
            ", ".join(algorithm.types),
            "the extra `[xxhash]`" if algorithm.name.startswith("XXHASH") else "-",
        )
        for algorithm in checksums.ALGORITHMS.values()
    ]
    sources = (checksums.__doc__ or "").partition("Sources. ")[2].strip()
    return (
        "# Checksums\n\n"
        "The algorithms that a client may use. Each value that comes is verified. The first of *types* is\n"
        "what an upload gets that names none. A FULL_OBJECT value is combined from the parts' own values; a COMPOSITE\n"
        "value is the digest of the parts' digests, with `-N` behind it.\n\n"
        + table(("algorithm", "header", "bytes", "types", "needs"), rows)
        + f"\n{sources}\n"
    )


def dialects_of_s3() -> str:
    """What differs between AWS and IBM COS, from the data that makes the difference."""
    rows = [
        (
            about,
            dialect_value(getattr(AWS, name)),
            dialect_value(getattr(IBM_COS, name)),
            cell(SOURCES_OF_IBM[name]),
        )
        for name, about in ABOUT.items()
        if name not in OWN_TABLE
    ]
    numbers = [
        (f"`{name}`", f"{value:,}", f"{getattr(IBM_COS.limits, name):,}")
        for name, value in AWS.limits._asdict().items()
        if value != getattr(IBM_COS.limits, name)
    ]
    words = [(f"`{code}`", f"`{said.code}`", cell(said.message)) for code, said in sorted(IBM_COS.errors.items())]
    aws, cos = (set(service_model.load(name).operations) for name in ("aws", "ibm"))
    return (
        f"{DIALECTS}\n"
        + table(("difference", "AWS", "IBM COS", "source of IBM's side"), rows)
        + "\n## Limits\n\n"
        + table(("limit", "AWS", "IBM COS"), numbers)
        + "\nDocumented by IBM (ibm-cos 1.1). All others are the same: [limits](limits.md).\n\n## Errors\n\n"
        + "Documented: IBM's table of error codes. What is not here is said as on AWS.\n\n"
        + table(("code of AWS", "code of IBM COS", "message of IBM COS"), words)
        + "\n## Operations that only IBM COS has\n\n"
        + table(("operation", "in fakecos"), [(f"`{name}`", is_there(name)) for name in sorted(cos - aws)])
        + "\nThe operations that only AWS has are refused on COS as they are in [operations](operations.md).\n"
    )


def is_there(operation: str) -> str:
    """Say whether fakecos has an operation."""
    return "yes" if operation in registry.operations() else "refused: 501 NotImplemented"


def dialect_value(value: Any) -> str:
    """Return a value of a dialect for a cell."""
    if callable(value):
        moment = (SHOWN_MOMENT,) if len(inspect.signature(value).parameters) > 1 else ()
        return f"`{value(Ids(1), *moment)[:40]}`"
    if isinstance(value, (bool, Replicating)):
        words: str = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value.in_words
        return words
    if isinstance(value, Hosts):
        return ", ".join(f"`{domain}`" for domain in value.domains)
    if isinstance(value, dict):
        return "<br>".join(f"`{name}: {text}`" for name, text in value.items()) or "-"
    if isinstance(value, (frozenset, tuple)):
        found = value if isinstance(value, tuple) else sorted(value)
        # A class that is named by its module too is shown by its own name.
        shown = [f"`{name.rpartition('.')[2] if name.startswith('fakecos.') else name}`" for name in found[:12]]
        return ", ".join(shown) + (f" and {len(found) - len(shown)} more" if len(found) > len(shown) else "") or "-"
    text = repr(value) if isinstance(value, str) and value != value.strip() else str(value)
    return f"`{text}`" if value else "-"

"""The page on the words of `cos.inject`."""

from __future__ import annotations

import inspect

from fakecos import faults
from tools.reference.signatures import WIDER, called, described, fields_of

FAULTS = """\
# Faults

`cos.inject(operation, ...)` lets requests fail. [Break things on purpose](../how-to/break-things.md) shows it at work.
The words on this page are in `fakecos.faults`.

| keyword | what it says | unless given |
| --- | --- | --- |
| `operation` | a name in the service model, several, or `"*"` | |
| `bucket`, `key` | patterns, as of `fnmatch`, with capitals told from small letters | any |
| `upload_id` | the upload's id | any |
| `part_number`, `attempt` | a number, a set, or a range | any |
| `where` | a function that is given a `Request` and says whether it is one | any |
| `times` | how often it happens; `None` has no end. Of a script: how often it is run | 1 |
| `after` | how many of these requests pass first | 0 |
| `every` | which of them fail then: each one, each second one, ... | 1 |
| `probability`, `seed` | the chance of each, from 0 to 1, and what makes it repeatable | certain |
| `when` | the moment: a `When` | `When.BEFORE` |

And just one of these, which is what happens:

| keyword | value | moments |
| --- | --- | --- |
| `error` | a code of [the table](errors.md), or what `error` or `redirect` returns | any before the answer |
| `http` | an `Http`: a bare answer, as from a proxy | any before the answer |
| `error_in_200` | a code, or what `error_in_200` returns. For Complete, CopyObject, UploadPartCopy | not in the body |
| `transport` | a `Transport`: the connection fails | any, if there is a connection |
| `corrupt` | a `Corrupt`: the request changes on its way | its own |
| `corrupt_answer` | a `Corrupt`: the answer changes on its way | its own |
| `delay` | seconds, or a `Delay` | `BEFORE`, `STORED` |
| `meanwhile` | a `Meanwhile`: somebody else was faster | its own |
| `outcomes` | a script: a list of outcomes, one for each request; `None` lets it pass | |

An operation that S3 does not have, a code that is not in the table, and what no request could meet is a `UsageError` at
once. A fault that never happened is an `UnfiredFaultError` when the fake stops.

In the journal, a request that got no answer has the status 0, and `fault` says why.
"""


def fault_words() -> str:
    """Every word for `FakeCOS.inject`: its keywords, and all that `fakecos.faults` has."""
    words = [getattr(faults, name) for name in faults.__all__]
    functions = [word for word in words if inspect.isfunction(word)]
    values = [word for word in words if not inspect.isfunction(word)]
    parts = [f"### `{word.__name__}`\n\n{described(word.__name__, word)}" for word in functions]
    return FAULTS + "\n" + "\n".join(map(fault_value, values)) + "\n## The functions\n\n" + "\n".join(parts)


def fault_value(value: type) -> str:
    """Return the part of a class of `fakecos.faults`: how it is made, its members, and its fields."""
    built = value in {faults.Http, faults.Delay}
    text = described(value.__name__, value) if built else f"{inspect.cleandoc(value.__doc__ or '')}\n"
    lines = [
        f"- `{value.__name__}.{member}{called(inspect.signature(getattr(value, member)), wide=WIDER)}`: "
        + " ".join(inspect.cleandoc(inspect.getdoc(getattr(value, member)) or "").split())
        for member, found in vars(value).items()
        if isinstance(found, staticmethod | classmethod) and not member.startswith("_")
    ]
    lines += fields_of(value)
    if value is faults.Fault:
        lines += ["- `cancel()`: " + (inspect.getdoc(faults.Fault.cancel) or "")]
    gap = "" if text.splitlines()[-1].startswith("- ") or not lines else "\n"
    return f"## `{value.__name__}`\n\n{text}{gap}" + "".join(f"{line}\n" for line in lines)

"""What the code under test raised: whether it is the failure, a translation of it, or something that hides it.

By the classes and texts alone: no client library is imported here.
"""

from __future__ import annotations

import linecache
import os
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

from fakecos.facts.exceptions import BudgetExceededError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fakecos.explore.seen import Failure, Seen

CLIENTS = frozenset({"botocore", "boto3", "s3transfer", "ibm_botocore", "ibm_boto3", "ibm_s3transfer", "aiobotocore"})
CLEANING = frozenset({"AbortMultipartUpload", "DeleteObject", "DeleteObjects"})
_PYTHON = sysconfig.get_path("stdlib") + os.sep
_OURS = str(Path(__file__).parent.parent) + os.sep
BUGS = (
    TypeError,
    AttributeError,
    NameError,
    KeyError,
    IndexError,
    UnboundLocalError,
    ZeroDivisionError,
    RecursionError,
)
"""What a handler raises that was never run: no client raises these for a failure of S3."""


def chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception, and everything that it was raised from or while handling, groups included."""
    return _walk(error, lambda found: [found.__cause__, found.__context__])


def explicit_chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception, and what it says itself that it was raised from."""
    return _walk(error, lambda found: [found.__cause__])


def _walk(
    error: BaseException, origins: Callable[[BaseException], Sequence[BaseException | None]]
) -> Iterator[BaseException]:
    """Yield an exception, its origins, and what it holds, each once."""
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        found = todo.pop(0)
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        todo += [*origins(found), *_inside(found)]


def _inside(error: BaseException) -> list[BaseException]:
    """Return what an exception holds: those of a group, and the last one of s3transfer's RetriesExceededError."""
    held = [*getattr(error, "exceptions", ()), getattr(error, "last_exception", None), *error.args]
    return [found for found in held if isinstance(found, BaseException)]


def is_of_client(error: BaseException) -> bool:
    """Whether a client library made it, and so an answer or a connection did."""
    return any(base.__module__.partition(".")[0] in CLIENTS for base in type(error).__mro__)


def describe(error: BaseException) -> str:
    """Return the class and the first line of the text."""
    text = str(error).partition("\n")[0]
    name = type(error).__name__
    return f"{name}: {text}" if text else name


def shows(error: BaseException, signs: Sequence[str], operation: str) -> bool:
    """Whether an exception is by its look the failure that has these signs, at a request of this operation."""
    asked = getattr(error, "operation_name", None)
    if isinstance(asked, str) and asked != operation:
        return False
    text = f"{type(error).__name__} {error}"
    return any(sign in text for sign in signs)


def hides(error: BaseException, failed: Sequence[tuple[Seen, Failure]]) -> bool:
    """Whether what was raised hides the failure: it is neither the failure nor says that it comes from it.

    `failed` are the requests that failed, in order, with what happened to them. An exception of the code's own that was
    raised while the failure was handled is taken for its translation; one of a client is an answer to another request.
    Where every request fails in the same way, each of these answers tells of it. So does a text that names the
    operation, as clients write it that are not of Python. Of two failures the second hides the first where it is that
    of a clean-up; else the code went on, and says where it came to its end.
    """
    raised = list(chain(error))
    said = list(explicit_chain(error))
    if any(seen.target.operation not in CLEANING and _is(found, (seen, row)) for seen, row in failed for found in said):
        return False
    if any(row.for_all and _is(found, (seen, row)) for seen, row in failed for found in said):
        return False
    first = next((pair for pair in failed if any(_is(found, pair) for found in raised)), None)
    if first is None:
        asked = getattr(error, "operation_name", None)
        operations = {seen.target.operation for seen, _ in failed}
        return asked not in operations and not (asked is None and any(name in str(error) for name in operations))
    if any(_is(found, first) for found in said):
        return False
    return is_of_client(error)


def _is(error: BaseException, pair: tuple[Seen, Failure]) -> bool:
    seen, row = pair
    return shows(error, row.signs, seen.target.operation)


def is_bug(error: BaseException) -> bool:
    """Whether it looks like a slip in code that was never run, and not like an exception that was meant.

    What the code under test raises by a `raise` of its own is meant. What the standard library raises for it is not,
    but for ValueError, which also says that data is not as it should be: that counts where the line itself made it.
    """
    if not isinstance(error, (*BUGS, ValueError)) or error.__cause__ is not None or error.__suppress_context__:
        return False
    is_raised = line_of(error).startswith("raise")
    if isinstance(error, BUGS):
        return not is_raised or _is_of_python(place_of(error))
    return type(error) is ValueError and not is_raised and not is_of_client(error)


def is_ours(error: BaseException) -> bool:
    """Whether it tells the test's author of a mistake, or is a bug of this library: neither is the act's."""
    return isinstance(error, UsageError) or (
        isinstance(error, (*BUGS, AssertionError))
        and not isinstance(error, BudgetExceededError)
        and place_of(error).startswith(_OURS)
    )


def place_of(error: BaseException) -> str:
    """Return the file and line where it was raised, or an empty text."""
    places = _places(error)
    return places[-1] if places else ""


def code_place(error: BaseException) -> str:
    """Return the last place on the way to it that is neither of a client nor of Python itself."""
    places = _places(error)
    own = [place for place in places if not _is_of_library(place)]
    return (own or places or [""])[-1]


def line_of(error: BaseException) -> str:
    """Return the line of source where it was raised, or an empty text."""
    file, _, line = place_of(error).rpartition(":")
    return linecache.getline(file, int(line)).strip() if line else ""


def _places(error: BaseException) -> list[str]:
    trace, found = error.__traceback__, []
    while trace is not None:
        found.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found


def _is_of_python(place: str) -> bool:
    return place.startswith(_PYTHON) and "site-packages" not in place


def _is_of_library(place: str) -> bool:
    return (
        _is_of_python(place)
        or any(f"{os.sep}{client}{os.sep}" in place for client in CLIENTS)
        or place.startswith(_OURS)
    )


def failed_exit(error: BaseException) -> SystemExit | None:
    """Return the exit of a program that says that it failed; a code of 0 is a normal end."""
    return error if isinstance(error, SystemExit) and error.code not in {None, 0} else None

"""A fault as JSON: the same words as `cos.inject` has, each outcome made by the same function of `fakecos.faults`.

`OUTCOMES` has a row for each keyword that says what happens: the form of its JSON, and what makes the outcome of it.
"""

from __future__ import annotations

import inspect
import json
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts.exceptions import UsageError
from fakecos.facts.transport import Transport
from fakecos.faults import error_outcomes, outcomes
from fakecos.faults.corruption import ANSWER_ONLY, REQUEST_ONLY, Corrupt
from fakecos.serving.control.forms import (
    either,
    listed,
    mapping,
    number,
    one_of,
    or_null,
    record,
    text,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.serving.control.forms import Form

HEADERS = {
    **mapping(text(pattern="^[^\\x00-\\x1f\\x7f]*$"), "Further headers of the answer."),
    "propertyNames": {"pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},
}
BESIDE_FIELDS = frozenset({"code", "message", "status", "headers", "white_space"})
SCALARS = either(text(), number(), {"type": "boolean"}, about="A text, a number, or true or false.")


class Said(NamedTuple):
    """How one outcome is said: its form, and what makes it of JSON."""

    form: Form
    make: Callable[[Any], Any]


CODE = either(
    one_of(error_outcomes.codes()),
    text(minLength=1),
    about="A code of S3's table, or with message and status another.",
    title="ErrorCode",
)

# --- errors, and bare answers -------------------------------------------------------------------------------

ERROR = either(
    CODE,
    record(
        {
            "code": CODE,
            "message": text("Another message than the table's."),
            "status": whole("Of an error that is not in the table, which needs a message too.", 300, 599),
            "headers": HEADERS,
            "fields": mapping(SCALARS, "Further children of <Error>, or values for its message."),
        },
        needs=["code"],
    ),
    record(
        {
            "redirect": text("The region in which the bucket lies."),
            "status": {"type": "integer", "enum": [301, 307, 400]},
        },
        needs=["redirect"],
    ),
    about='The code of an error of S3, such as "SlowDown"; or {"code": ...} with more; or {"redirect": region}.',
)
ERROR_IN_200 = either(
    CODE,
    record(
        {
            "code": CODE,
            "message": text("Another message than the table's."),
            "white_space": whole("Spaces before the XML, as S3 sends them to keep a connection alive."),
            "fields": mapping(SCALARS, "Further children of <Error>."),
        },
        needs=["code"],
    ),
    about="The code of an error of S3 inside an answer of status 200; or an object with more.",
)
HTTP = either(
    whole("The status.", 200, 599),
    record(
        {"status": whole("The status.", 200, 599), "body": text("The body, sent in UTF-8."), "headers": HEADERS},
        needs=["status"],
    ),
    record(
        {
            "iam_error": text("A code of IBM's IAM, such as BXNIM0415E."),
            "message": text("Its message."),
            "status": whole("Its status.", 200, 599),
        },
        needs=["iam_error"],
    ),
    about="A bare answer, as from a proxy: a status, or an object with a body and headers.",
)


def _error(given: Any) -> Any:
    if isinstance(given, str):
        return error_outcomes.error(given)
    if "redirect" in given:
        return error_outcomes.redirect(given["redirect"], **_without(given, "redirect"))
    return error_outcomes.error(given["code"], **_without(given, "code", "fields"), **_fields(given))


def _error_in_200(given: Any) -> Any:
    if isinstance(given, str):
        return error_outcomes.error_in_200(given)
    return error_outcomes.error_in_200(given["code"], **_without(given, "code", "fields"), **_fields(given))


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an error. UsageError: one is called as something beside them is."""
    fields: dict[str, Any] = given.get("fields", {})
    taken = [name for name in fields if name in BESIDE_FIELDS]
    if taken:
        message = f'fields: {taken[0]!r} stands beside them, as in {{"code": ..., {json.dumps(taken[0])}: ...}}.'
        raise UsageError(message)
    return fields


def _http(given: Any) -> Any:
    if isinstance(given, int):
        return outcomes.http(given)
    if "iam_error" in given:
        return outcomes.iam_error(given["iam_error"], **_without(given, "iam_error"))
    return outcomes.http(given["status"], given.get("body", "").encode(), given.get("headers"))


def _without(given: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in names}


# --- damaged bytes: a kind for each function of Corrupt ----------------------------------------------------------

_TYPES = {"int": whole(least=None), "str | None": or_null(text())}


def _kinds() -> dict[str, inspect.Signature]:
    """Return the functions of Corrupt, which all return one: from there the kinds are read, and not repeated here."""
    made = {name: value for name, value in vars(Corrupt).items() if isinstance(value, staticmethod)}
    return {name: inspect.signature(getattr(Corrupt, name)) for name in made}


KINDS = _kinds()


def _corrupt_form(kinds: frozenset[str], about: str) -> Form:
    rows = [(name, signature) for name, signature in KINDS.items() if name in kinds]
    alone = [name for name, signature in rows if all(p.default is not p.empty for p in signature.parameters.values())]
    return either(one_of(alone), *(_kind(name, signature) for name, signature in rows), about=about)


def _kind(name: str, signature: inspect.Signature) -> Form:
    """Return the form of one kind: its first parameter alone, or all of them by name."""
    about = (inspect.getdoc(getattr(Corrupt, name)) or "").partition("\n")[0].replace("`", "")
    members = {each.name: _TYPES[str(each.annotation)] for each in signature.parameters.values()}
    needed = [each.name for each in signature.parameters.values() if each.default is each.empty]
    by_name = record(members, needs=needed)
    first = next(iter(members.values()), None)
    return record({name: either(first, by_name, about=about) if first else {**by_name, "description": about}})


def _corrupt(keyword: str, given: Any) -> Any:
    if isinstance(given, str):
        change = getattr(Corrupt, given)()
    else:
        ((kind, value),) = given.items()
        change = getattr(Corrupt, kind)(**value) if isinstance(value, dict) else getattr(Corrupt, kind)(value)
    return getattr(outcomes, keyword)(change)


# --- all that can happen ------------------------------------------------------------------------------------------

DELAY = either(
    number("Seconds.", minimum=0),
    record(
        {
            "seconds": number("The answer comes so much later; with stall_after the length of the stall.", minimum=0),
            "bytes_per_second": number("How fast bodies go both ways.", exclusiveMinimum=0),
            "stall_after": whole("Bytes after which the body stops: the request's if it has one, else the answer's."),
        },
        needs=[],
        minProperties=1,
    ),
    about="Seconds; or an object with seconds, bytes_per_second or stall_after.",
)
IN_REQUEST = frozenset(KINDS) - ANSWER_ONLY
IN_ANSWER = frozenset(KINDS) - REQUEST_ONLY

CHANGES = [change.name for change in outcomes.Meanwhile]

OUTCOMES: dict[str, Said] = {
    "error": Said(ERROR, _error),
    "http": Said(HTTP, _http),
    "error_in_200": Said(ERROR_IN_200, _error_in_200),
    "transport": Said(
        one_of(
            [kind.name for kind in Transport], "The connection fails. A server can do RESET, CLOSED and READ_TIMEOUT."
        ),
        lambda given: outcomes.transport(Transport[given]),
    ),
    "corrupt": Said(
        _corrupt_form(IN_REQUEST, 'The request changes on its way, as in {"flip": 0}.'), partial(_corrupt, "corrupt")
    ),
    "corrupt_answer": Said(
        _corrupt_form(IN_ANSWER, 'The answer changes on its way, as in {"cut": 100}.'),
        partial(_corrupt, "corrupt_answer"),
    ),
    "delay": Said(DELAY, lambda given: outcomes.delay(**given) if isinstance(given, dict) else outcomes.delay(given)),
    "meanwhile": Said(
        one_of(CHANGES, f"Somebody else was faster: {', '.join(CHANGES)}."),
        lambda given: outcomes.meanwhile(outcomes.Meanwhile[given]),
    ),
}
"""By the keyword of `cos.inject`."""
SCRIPT = listed(
    or_null(
        record({name: said.form for name, said in OUTCOMES.items()}, needs=[], minProperties=1, maxProperties=1),
        'What happens to one request, as in {"error": "SlowDown"}; null lets it pass.',
    ),
    "A script: one entry for each request.",
    minItems=1,
)


def outcome_of(name: str, given: Any) -> Any:
    """Return what `cos.inject` takes for a keyword. UsageError: as the function of `fakecos.faults` says."""
    if name != "outcomes":
        return OUTCOMES[name].make(given)
    return [None if each is None else _one_of_a_script(each) for each in given]


def _one_of_a_script(given: dict[str, Any]) -> Any:
    ((name, value),) = given.items()
    return OUTCOMES[name].make(value)

"""Which requests a fault is for, how often, and at which moment, as JSON; and a whole fault, made of it."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from fakecos.facts.exceptions import UsageError
from fakecos.faults.outcomes import When
from fakecos.faults.validation import operation_names_of_models
from fakecos.serving.control.fault_forms import OUTCOMES, SCRIPT, outcome_of
from fakecos.serving.control.forms import either, listed, mapping, number, one_of, or_null, record, text, whole
from fakecos.usage import did_you_mean
from fakecos.usage_hints import KEYWORDS

if TYPE_CHECKING:
    from fakecos.faults.matching import Request
    from fakecos.serving.control.forms import Form

ANY = "*"
METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")
MOMENTS = ("BEFORE", "VALIDATED", "STORED")
AFTER = ("after_bytes", "after_answer_bytes")


def _numbers(about: str, least: int) -> Form:
    span = record({"first": whole("The first.", least), "last": whole("The last, which is one of them.", least)})
    return either(
        whole(least=least),
        listed(whole(least=least), minItems=1),
        span,
        about=f'{about}: a number, a list of them, or {{"first": 2, "last": 5}}',
    )


WHERE = record(
    {
        "method": text("The method of HTTP."),
        "headers": mapping(text(), "Patterns by the name of a header; one that is absent is no match."),
        "size": record(
            {"least": whole("Bytes."), "most": whole("Bytes.")},
            "The length of the body, as the headers promise it.",
            needs=[],
            minProperties=1,
        ),
    },
    'What else the request must have: {"method": ..., "headers": {name: pattern}, "size": {"least": n, "most": n}}.',
    needs=[],
    minProperties=1,
)
OPERATION = either(
    one_of([*operation_names_of_models(), ANY]),
    text(minLength=1),
    about='A name in the service model, also as a client has it, such as upload_part; or "*".',
    title="Operation",
)
FAULT = record(
    {
        "operation": either(
            OPERATION,
            listed(OPERATION, minItems=1),
            about='A name in the service model, such as "UploadPart", a list of them, or "*".',
        ),
        "bucket": or_null(text("A pattern such as photos-*.")),
        "key": or_null(text("A pattern such as *.zip.")),
        "upload_id": or_null(text("The id of an upload.")),
        "part_number": or_null(_numbers("Part numbers", 0)),
        "attempt": or_null(_numbers("Attempts of a client, from 1", 1)),
        "where": or_null(WHERE),
        "times": or_null(whole("How often it happens; null has no end. Once, unless given.", 1)),
        "after": whole("How many of these requests pass first."),
        "every": whole("Which of them fail then: 2 is each second one.", 1),
        "probability": or_null(number("The chance of each.", exclusiveMinimum=0, maximum=1)),
        "seed": or_null(either(whole(least=None), text(), about="What makes chance repeatable.")),
        "when": or_null(
            either(
                one_of(MOMENTS),
                *(record({name: whole("Bytes.")}) for name in AFTER),
                about='The moment: "BEFORE", "VALIDATED", "STORED", {"after_bytes": n} or {"after_answer_bytes": n}.',
            )
        ),
        **{name: or_null(said.form) for name, said in OUTCOMES.items()},
        "outcomes": or_null(SCRIPT),
    },
    "A fault: which requests, how often, when, and just one of the members from `error` on, which is what happens.",
    needs=["operation"],
    title="FaultToSet",
)


def _members() -> dict[str, str]:
    """Return what people write for a member, and its name here: the hints for keywords, as far as they name one."""
    found = {"op": "operation", "method": "operation", "operations": "operation", "fault": "error"}
    for wrong, hint in KEYWORDS["cos.inject"].items():
        name, equals, _ = hint.partition("=")
        if equals and name in FAULT["properties"]:
            found[wrong] = name
    return found


HINTS = _members()


class Where:
    """The predicate of a fault, made of JSON, which its `repr` shows."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._given = given
        method = given.get("method")
        if method is not None and method.upper() not in METHODS:
            message = f"where: there is no method {json.dumps(method)}{did_you_mean(method.upper(), METHODS) or '.'}"
            raise UsageError(message)

    def __call__(self, request: Request) -> bool:
        """Whether a request is one of these."""
        given = self._given
        size = given.get("size", {})
        known = request.size if request.size is not None else -1
        came = request.headers
        headers = {name.lower(): pattern for name, pattern in given.get("headers", {}).items()}
        return (
            given.get("method", request.method).upper() == request.method.upper()
            and all(name in came and fnmatchcase(came[name], pattern) for name, pattern in headers.items())
            and (not size or size.get("least", 0) <= known <= size.get("most", known))
        )

    def __repr__(self) -> str:
        return repr(self._given)


def keywords_of(given: dict[str, Any]) -> dict[str, Any]:
    """Return what `cos.inject` takes. UsageError: what happens is none of the outcomes that there are."""
    found = {name: value for name, value in given.items() if value is not None or name == "times"}
    for name in ("part_number", "attempt"):
        if isinstance(found.get(name), dict):
            found[name] = _range(name, **found[name])
    if "where" in found:
        found["where"] = Where(found["where"])
    if "when" in found:
        found["when"] = _moment(found["when"])
    for name in (*OUTCOMES, "outcomes"):
        if name in found:
            found[name] = outcome_of(name, found[name])
    return found


def written_of(given: dict[str, Any], keywords: dict[str, Any]) -> dict[str, str]:
    """Return how what happens, and when, was written in JSON, by how Python shows what `keywords_of` made of it."""
    pairs = [(keywords[name], {name: given[name]}) for name in OUTCOMES if name in keywords]
    pairs += zip(keywords.get("outcomes", ()), given.get("outcomes") or (), strict=True)
    found = {repr(made): json.dumps(said) for made, said in pairs if made is not None}
    if "when" in keywords:
        found[repr(keywords["when"])] = json.dumps(given["when"])
    return found


def _range(name: str, first: int, last: int) -> range:
    if last < first:
        message = f"{name}: the last, {last}, is before the first, {first}; write the smaller one as the first."
        raise UsageError(message)
    return range(first, last + 1)


def _moment(given: Any) -> When:
    if isinstance(given, str):
        moment: When = getattr(When, given)
        return moment
    ((name, size),) = given.items()
    return When.after_bytes(size) if name == "after_bytes" else When.after_answer_bytes(size)

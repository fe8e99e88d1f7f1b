"""The conditions of a statement: operators, and how they treat keys that are absent or have several values.

Source: documented, IAM JSON policy elements, condition operators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts.exceptions import UsageError
from fakecos.operations.policy.condition_keys import alternatives_of
from fakecos.operations.policy.variables import literal, resolved
from fakecos.operations.policy.wildcards import like

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from ipaddress import IPv4Network, IPv6Network

    from fakecos.operations.policy.question import Question

    Network = IPv4Network | IPv6Network
    Test = Callable[[str, str], bool]

IF_EXISTS = "IfExists"
ANY_VALUE = "ForAnyValue:"
ALL_VALUES = "ForAllValues:"
WITH_VARIABLES = ("String", "Arn")
"""How the operators begin whose values may have variables (documented)."""


def all_hold(conditions: dict[str, dict[str, Any]], question: Question) -> bool:
    """Whether every condition holds. UsageError: an operator or a key that is not evaluated here."""
    return all(
        _holds(operator, [text_of(value) for value in (given if isinstance(given, list) else [given])], key, question)
        for operator, keys in conditions.items()
        for key, given in keys.items()
    )


def text_of(value: Any) -> str:
    """Return a value of a condition as text: JSON's numbers and truths may stand without quotes (documented)."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _holds(operator: str, expected: list[str], key: str, question: Question) -> bool:
    """Whether a condition holds, whatever its key may be. UsageError: that depends on what nobody knows here."""
    alternatives = alternatives_of(key, question)
    answers = {_holds_for(values, operator, expected, question) for values in alternatives}
    if len(answers) > 1:
        shown = " or ".join("absent" if values is None else ", ".join(values) for values in alternatives)
        message = (
            f"A policy with {operator} of {key!r} cannot be evaluated for this request: here the key may be {shown}, "
            "and the answer depends on it. Write a condition that is the same for these, or leave it out in tests."
        )
        raise UsageError(message)
    return answers.pop()


def _holds_for(values: list[str] | None, operator: str, expected: list[str], question: Question) -> bool:
    if operator == "Null":
        return (values is None) == (expected[0].lower() == "true")
    quantifier, name, if_exists = parts_of(operator)
    negated, test = _operator(name, operator)
    if name.startswith(WITH_VARIABLES):  # one without a value is compared with nothing (documented)
        expected = [text for text in (resolved(text, question) for text in expected) if text is not None]
    if values is None:
        return if_exists or quantifier == ALL_VALUES or (negated and quantifier != ANY_VALUE)
    judged = (any(_passes(test, value, wanted) for wanted in expected) != negated for value in values)
    if quantifier == ANY_VALUE:
        return any(judged)
    return all(judged)


def parts_of(operator: str) -> tuple[str, str, bool]:
    """Return an operator's quantifier ("" for none), its name, and whether it ends with IfExists."""
    quantifier = next((prefix for prefix in (ANY_VALUE, ALL_VALUES) if operator.startswith(prefix)), "")
    name = operator.removeprefix(quantifier)
    return quantifier, name.removesuffix(IF_EXISTS), name.endswith(IF_EXISTS)


def _passes(test: Test, value: str, wanted: str) -> bool:
    """Whether a value of the request passes; one that does not read as the operator's type does not (assumed)."""
    try:
        return test(value, wanted)
    except (ValueError, OverflowError, OSError):
        return False


def is_comparable(name: str, wanted: str) -> bool:
    """Whether a policy's value reads as the type of an operator (documented: no variables in other than texts)."""
    try:
        if name in {"Bool", "Null"}:
            return wanted.lower() in {"true", "false"}
        if name.startswith("Numeric"):
            return abs(float(wanted)) < float("inf")
        if name.startswith("Date"):
            _moment(wanted)
        elif name in {"IpAddress", "NotIpAddress"}:
            _network(wanted)
    except (ValueError, OverflowError, OSError):
        return False
    return True


def _operator(name: str, operator: str) -> tuple[bool, Test]:
    """Return whether an operator is the negation of its test, and the test. UsageError: there is none of the name."""
    test = TESTS.get(name)
    if test is not None:
        return False, test
    if name in NEGATED:
        return True, TESTS[NEGATED[name]]
    message = (
        f"A policy with the condition operator {operator!r} cannot be evaluated. "
        f"These can: {', '.join(sorted((*TESTS, *NEGATED, 'Null')))}."
    )
    raise UsageError(message)


def _equals(value: str, wanted: str) -> bool:
    return value == literal(wanted)


def _equals_ignore_case(value: str, wanted: str) -> bool:
    return value.lower() == literal(wanted).lower()


def _arn_like(value: str, wanted: str) -> bool:
    """Whether each of the six parts of an ARN is like its pattern: a `*` does not reach over a colon (documented)."""
    parts, patterns = value.split(":", 5), wanted.split(":", 5)
    return len(parts) == len(patterns) and all(map(like, parts, patterns))


def _network(text: str) -> Network:
    import ipaddress

    return ipaddress.ip_network(text, strict=False)


def _in_network(value: str, wanted: str) -> bool:
    import ipaddress

    return ipaddress.ip_address(value) in _network(wanted)


def _moment(text: str) -> dt.datetime:
    """Return the time of an ISO 8601 date, or of seconds since 1970."""
    import datetime as dt

    if text.replace(".", "", 1).isdigit() and "-" not in text:
        return dt.datetime.fromtimestamp(float(text), dt.timezone.utc)
    moment = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.timezone.utc)


TESTS: dict[str, Test] = {
    "StringEquals": _equals,
    "StringEqualsIgnoreCase": _equals_ignore_case,
    "StringLike": like,
    "ArnEquals": _arn_like,
    "ArnLike": _arn_like,
    "Bool": _equals_ignore_case,
    "IpAddress": _in_network,
    "NumericEquals": lambda value, wanted: float(value) == float(wanted),
    "NumericLessThan": lambda value, wanted: float(value) < float(wanted),
    "NumericLessThanEquals": lambda value, wanted: float(value) <= float(wanted),
    "NumericGreaterThan": lambda value, wanted: float(value) > float(wanted),
    "NumericGreaterThanEquals": lambda value, wanted: float(value) >= float(wanted),
    "DateEquals": lambda value, wanted: _moment(value) == _moment(wanted),
    "DateLessThan": lambda value, wanted: _moment(value) < _moment(wanted),
    "DateLessThanEquals": lambda value, wanted: _moment(value) <= _moment(wanted),
    "DateGreaterThan": lambda value, wanted: _moment(value) > _moment(wanted),
    "DateGreaterThanEquals": lambda value, wanted: _moment(value) >= _moment(wanted),
}
NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
    "NotIpAddress": "IpAddress",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
}

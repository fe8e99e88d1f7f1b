"""The policy of a browser's form: until when it is good, and which values its fields may have.

Documented: "Creating a POST policy"; the words of the refusals are public but for those with a recorded fact.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.numbers import natural

if TYPE_CHECKING:
    from collections.abc import Mapping

    # operation, name of the field with its dollar sign, value; or the operation and two numbers
    Condition = tuple[str, Any, Any]

EQUAL = "eq"
STARTS_WITH = "starts-with"
RANGE = "content-length-range"
UNCONDITIONED = frozenset({"x-amz-signature", "signature", "awsaccesskeyid", "file", "policy"})
IGNORED = "x-ignore-"
NO_JSON = "Invalid JSON."
MEMBERS = frozenset({"expiration", "conditions"})
_OPERATIONS = {EQUAL: "Eq", STARTS_WITH: STARTS_WITH, RANGE: RANGE}
_ARGUMENTS = 2
_TIME = r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?Z"


def require_allowed(policy: bytes, fields: Mapping[str, str], bucket: str, size: int, now: dt.datetime) -> None:
    """Refuse a form that its policy does not allow; `size` is that of the file in bytes.

    `fields` have lower-case names. Raises InvalidPolicyDocument, AccessDenied for a policy that has expired (recorded
    aws-presigned 26), for a condition that fails (25) and for fields without a condition, EntityTooSmall and
    EntityTooLarge.
    """
    document = _document(policy)
    conditions = [_condition(condition) for condition in document["conditions"]]
    if now > document["expiration"]:
        raise S3Error(errors.POLICY_EXPIRED)
    # A field of that name does not stand for the bucket (public); one that names another bucket fits none (assumed).
    given = {**fields, "bucket": bucket if fields.get("bucket", bucket) == bucket else None}
    covered = set(UNCONDITIONED)
    for operation, name, value in conditions:
        if operation == RANGE:
            _require_range(name, value)
            continue
        field = name[1:].lower()
        covered.add(field)
        # Without its dollar sign a name is that of no field (public).
        if not _holds(operation, field, value, given.get(field) if name.startswith("$") else None):
            raise _failed(operation, name, value)
    extra = [name for name in given if name not in covered and not name.startswith(IGNORED)]
    if extra:
        raise S3Error(errors.EXTRA_FIELDS, fields=", ".join(extra))
    for operation, least, most in conditions:
        if operation == RANGE:
            _require_size(size, _bound(least), _bound(most))


def _holds(operation: str, field: str, value: str, found: str | None) -> bool:
    """Whether a condition holds; none holds for a field that the form does not have (public for starts-with "")."""
    if found is None:
        return False
    if operation == EQUAL:
        return found == value
    if field == "content-type":  # documented: each of a list must start so
        return all(item.strip().startswith(value) for item in found.split(","))
    return found.startswith(value)


def _failed(*condition: Any) -> S3Error:
    return S3Error(errors.POLICY_CONDITION_FAILED, condition=json.dumps(condition, ensure_ascii=False))


def _require_range(least: int | str, most: int | str) -> None:
    """Refuse a size whose text is no number: a condition that does not hold (public)."""
    if not all(isinstance(size, int) or natural(size) is not None for size in (least, most)):
        raise _failed(RANGE, least, most)


def _bound(size: int | str) -> int:
    return size if isinstance(size, int) else natural(size) or 0


def _require_size(size: int, least: int, most: int) -> None:
    if size < least:
        raise S3Error(errors.ENTITY_TOO_SMALL, ProposedSize=size, MinSizeAllowed=least)
    if size > most:
        raise S3Error(errors.ENTITY_TOO_LARGE, ProposedSize=size, MaxSizeAllowed=most)


def _invalid(*, reason: str) -> S3Error:
    return S3Error(errors.INVALID_POLICY, reason=reason)


def _document(policy: bytes) -> dict[str, Any]:
    if not policy:
        raise _invalid(reason="Expecting '{' but found End-of-Input")
    try:
        document = json.loads(policy)
        json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # also half a character, which no answer could repeat, and what is too deep
        document = None
    if not isinstance(document, dict):
        raise _invalid(reason=NO_JSON)
    unknown = [name.lower() for name in document if name.lower() not in MEMBERS]
    if unknown:
        raise _invalid(reason=f"Unexpected: '{unknown[-1]}'")  # public; which of several is named: assumed
    end = _expiration(document)
    if "conditions" not in document:
        raise _invalid(reason="Policy missing conditions.")
    if not isinstance(document["conditions"], list):
        raise _invalid(reason="Invalid 'conditions' value: must be a List.")
    if not document["conditions"]:
        raise _invalid(reason="Policy missing conditions.")  # assumed; the status is public
    return {"expiration": end, "conditions": document["conditions"]}


def _expiration(document: dict[str, Any]) -> dt.datetime:
    if "expiration" not in document:
        raise _invalid(reason="Policy missing expiration.")
    moment = document["expiration"]
    found = re.fullmatch(_TIME, moment) if isinstance(moment, str) else None
    try:
        end = dt.datetime.fromisoformat(found[1]) if found else None
    except ValueError:
        end = None
    if end is None:
        raise _invalid(reason=f"Invalid 'expiration' value: '{moment}'")
    return end.replace(tzinfo=dt.timezone.utc)


def _condition(condition: Any) -> Condition:
    if isinstance(condition, dict):
        return _simple(condition)
    if not isinstance(condition, list):
        raise _invalid(reason="Invalid condition test: must be a List or Object.")
    if not condition:
        raise _invalid(reason="Invalid Condition: missing operation identifier.")
    operation, *arguments = condition
    if not isinstance(operation, str) or operation.lower() not in _OPERATIONS:
        raise _invalid(reason=f"Invalid Condition: unknown operation '{operation}'.")
    operation = operation.lower()  # its case does not matter (public)
    if len(arguments) != _ARGUMENTS:
        raise _invalid(reason=f"Invalid {_OPERATIONS[operation]}: wrong number of arguments.")
    if operation == RANGE:
        return RANGE, _size(arguments[0]), _size(arguments[1])
    name, value = arguments
    if not isinstance(name, str) or not isinstance(value, str):
        raise _invalid(reason=NO_JSON)  # public
    return operation, name, value


def _simple(condition: dict[str, Any]) -> Condition:
    if len(condition) != 1:
        raise _invalid(reason="Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.")
    ((name, value),) = condition.items()
    if value is None:
        raise _invalid(reason=NO_JSON)  # public
    if not isinstance(value, str):
        raise _invalid(reason="Invalid Simple-Condition: value must be a string.")
    return EQUAL, f"${name}", value


def _size(value: Any) -> int | str:
    """Return a number of bytes, which may be written as text (public); what the text says is judged with the form."""
    if isinstance(value, str) or (type(value) is int and value >= 0):
        return value
    if type(value) is int:
        raise _invalid(reason="Invalid content-length-range: a size is a number of bytes.")  # assumed
    raise _invalid(reason=NO_JSON)  # public for a fraction and for true

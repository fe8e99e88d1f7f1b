"""What cannot be: an outcome that no request of its operation could have, reported when the fault is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from fakecos.facts import iam
from fakecos.facts.exceptions import UsageError
from fakecos.facts.services import dialects
from fakecos.facts.transport import Transport
from fakecos.faults.error_outcomes import Error, ErrorIn200
from fakecos.faults.outcomes import Delay, Http, InAnswer, InRequest, Meanwhile
from fakecos.wire import operation_names, service_model

if TYPE_CHECKING:
    from fakecos.faults.matching import Matcher
    from fakecos.faults.outcomes import Outcome, When
    from fakecos.wire.service_model import Table

IN_200 = frozenset({"CompleteMultipartUpload", "CopyObject", "UploadPartCopy"})
READS_OBJECT = frozenset({"GetObject", "HeadObject", "GetObjectAttributes", "CopyObject", "UploadPartCopy"})
STORES_PART = frozenset({"UploadPart", "UploadPartCopy"})
ANSWER_HEADERS = frozenset({"etag", "checksum"})
_BEFORE = ("BEFORE",)
_BEFORE_ANSWER = ("BEFORE", "after_bytes", "VALIDATED", "STORED")


class Shape:
    """What the service model says of an operation's requests."""

    __slots__ = ("has_body", "level", "method", "query")

    def __init__(self, table: Table, operation: str) -> None:
        spec = {**table.foreign, **table.operations}[operation]
        shape = table.shapes.get(spec.get("input", ""), {})
        members = table.members(spec["input"]) if shape else {}
        self.method: str = spec["method"]
        self.level: str = spec["level"]
        places = [wire for _, place, wire in members.values() if place == "query"]  # a list where it has several names
        self.query = {*spec.get("query", ()), *(n for w in places for n in ([w] if isinstance(w, str) else w))}
        self.has_body = "payload" in shape or any(place == "body" for _, place, _ in members.values())


def operation_names_of_models() -> list[str]:
    """Return the names of the operations for which a fault may be set, but for those that no service model has."""
    tables = [service_model.load(dialect.table) for dialect in dialects.BY_NAME.values()]
    return sorted({name for table in tables for name in table.operations})


def require_operation(name: str) -> Shape | None:
    """Return what is known of an operation, None for what no service model has. UsageError: there is none."""
    for dialect in dialects.BY_NAME.values():
        table = service_model.load(dialect.table)
        if name in table.operations:
            return Shape(table, name)
    operation_names.operation(name, "cos.inject")
    return None


def require_possible(matcher: Matcher, when: When, outcomes: tuple[Outcome, ...], written: str) -> None:
    """Raise UsageError for what can never happen to any request of the fault's operations."""
    for outcome in outcomes:
        _require_moment(outcome, when, written)
    for name in sorted(matcher.operations or ()):
        if name == iam.OPERATION:
            _require_token_fault(matcher, when, outcomes, written)
        shape = require_operation(name)
        if shape is None:
            continue
        _require_fields(matcher, name, shape, written)
        if when.moment == "after_bytes" and not shape.has_body:
            hint = f"of its answer they are When.after_answer_bytes({when.size})"
            _refuse(written, f"{name} has no body of which bytes could come: {hint}")
        for outcome in outcomes:
            reason = _impossible(outcome, name, shape)
            if reason is not None:
                _refuse(written, reason)


def _require_token_fault(matcher: Matcher, when: When, outcomes: tuple[Outcome, ...], written: str) -> None:
    """Refuse for IBM's IAM what is of S3: it knows neither buckets nor S3's errors."""
    if (matcher.bucket, matcher.key, matcher.upload_id, matcher.part_number) != (None, None, None, None):
        _refuse(written, f"{iam.OPERATION} is about no bucket")
    for outcome in outcomes:
        if not isinstance(outcome, (Http, Transport, Delay)):
            _refuse(written, f"{outcome!r} is S3's; IAM's own errors are http=iam_error(...) of fakecos.faults")
    if when.moment not in {"BEFORE", "STORED"}:
        _refuse(written, f"{iam.OPERATION} fails at When.BEFORE, or with its answer lost at When.STORED")


def _require_fields(matcher: Matcher, name: str, shape: Shape, written: str) -> None:
    if matcher.part_number is not None and "partNumber" not in shape.query:
        _refuse(written, f"{name} has no part number")
    if matcher.upload_id is not None and "uploadId" not in shape.query:
        _refuse(written, f"{name} has no upload id")
    if matcher.key is not None and shape.level != service_model.OBJECT:
        _refuse(written, f"{name} has no key in its address")
    if matcher.bucket is not None and shape.level == service_model.SERVICE:
        _refuse(written, f"{name} is about no bucket")


def _require_moment(outcome: Outcome, when: When, written: str) -> None:
    if isinstance(outcome, (Error, Http)):
        allowed: tuple[str, ...] = _BEFORE_ANSWER
    elif isinstance(outcome, ErrorIn200):
        allowed = ("BEFORE", "VALIDATED", "STORED")
    elif isinstance(outcome, Transport):
        allowed = (*_BEFORE_ANSWER, "after_answer_bytes") if outcome.needs_connection else _BEFORE
    elif isinstance(outcome, Delay) and outcome.stall_after is None and outcome.bytes_per_second is None:
        allowed = ("BEFORE", "STORED")
    else:
        allowed = _BEFORE
    if when.moment not in allowed:
        reason = f"has a moment of its own: leave out when={when!r}"
        if isinstance(outcome, Transport):
            reason = f"happens before anything is sent: leave out when={when!r}"
        elif len(allowed) > 1:
            reason = f"cannot happen at {when!r}, only at {', '.join(allowed)}"
        _refuse(written, f"{outcome!r} {reason}")


def _impossible(outcome: Outcome, name: str, shape: Shape) -> str | None:
    if isinstance(outcome, ErrorIn200) and name not in IN_200:
        return f"S3 gives errors inside a 200 for {', '.join(sorted(IN_200))}, not for {name}"
    if isinstance(outcome, InRequest) and not shape.has_body:
        return f"{name} has no body that could be corrupted"
    if isinstance(outcome, InAnswer) and shape.method == "HEAD" and outcome.corrupt.kind not in ANSWER_HEADERS:
        return f"the answer to {name} has no body that could be corrupted"
    return _impossible_state(outcome, name, shape) if isinstance(outcome, Meanwhile) else None


def _impossible_state(state: Meanwhile, name: str, shape: Shape) -> str | None:
    if state in {Meanwhile.UPLOAD_ABORTED, Meanwhile.UPLOAD_COMPLETED} and "uploadId" not in shape.query:
        return f"{name} names no upload"
    if state is Meanwhile.PART_LOST and name not in STORES_PART:
        return f"{name} stores no part"
    if state in {Meanwhile.OBJECT_REPLACED, Meanwhile.OBJECT_DELETED} and name not in READS_OBJECT:
        return f"{name} reads no object"
    if state is Meanwhile.OBJECT_WRITTEN and shape.level != service_model.OBJECT:
        return f"{name} names no key"
    if state is Meanwhile.BUCKET_GONE and (shape.level == service_model.SERVICE or name == "CreateBucket"):
        return f"{name} needs no bucket"
    return None


def _refuse(written: str, reason: str) -> NoReturn:
    message = f"{written} cannot happen: {reason}."
    raise UsageError(message)

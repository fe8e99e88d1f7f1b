"""assert_requests: which requests came, by the journal."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from fakecos.facts.exceptions import UsageError
from fakecos.facts.services import dialects
from fakecos.service.journal import CUSTOMER_KEYS, ROWS, RecordedRequest
from fakecos.service.text_table import INDENTED, shortened, terminal_width
from fakecos.testing.assertions.failure import showing
from fakecos.testing.text import count, nearest
from fakecos.wire import operation_names, service_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakecos.testing.contents import Inspectable

Match: TypeAlias = Literal["exact", "in_order", "any_order", "at_least"]
Wanted: TypeAlias = "str | tuple[str, Mapping[str, Any]]"
"""An operation's name, alone or with what the request must have."""

MATCHES: dict[str, str] = {
    "exact": "just these, in this order",
    "in_order": "these in this order, others may be between them",
    "any_order": "just these, in any order",
    "at_least": "these in any order, others may be among them",
}
KEY_IN_BASE64 = 44
"""Characters in which a key of 32 bytes is sent."""
_ABSENT = "not there"
_VALUE_WIDTH = 80


class Request(NamedTuple):
    """One request that is expected: its operation, and values by the names of parameters or of RecordedRequest."""

    operation: str
    values: Mapping[str, Any]

    def matches(self, exchange: RecordedRequest) -> bool:
        """Whether an exchange is one."""
        return self.operation == exchange.operation and not self.differences(exchange)

    def differences(self, exchange: RecordedRequest) -> list[str]:
        """Return what an exchange of the operation has otherwise."""
        return [
            f"{name} is {_shown(found)}" if found is not _ABSENT else f"{name} is not there"
            for name, value in self.values.items()
            if not _is(found := _value(exchange, name), value, name)
        ]

    def __str__(self) -> str:
        return " ".join((self.operation, *(f"{name}={_shown(value)}" for name, value in self.values.items())))


def _shown(value: object) -> str:
    """Return a value as a message has it: an id of 128 characters, and a key of 1,024, by both ends."""
    return shortened(repr(value), _VALUE_WIDTH)


def _value(exchange: RecordedRequest, name: str) -> Any:
    return getattr(exchange, name) if name in RecordedRequest._fields else exchange.parameters.get(name, _ABSENT)


def _is(found: object, wanted: object, name: str) -> bool:
    """Whether a value is as wanted: a part's number, which is text in the journal, may be a number."""
    return found == wanted or (name == "part_number" and type(wanted) is int and found == str(wanted))


def assert_requests(fake: Inspectable, expected: object, match: str, chosen: Mapping[str, str | None]) -> None:
    """Assert the requests of the journal that are of what is chosen: bucket, key, upload id."""
    __tracebackhide__ = True
    if match not in MATCHES:
        message = f"There is no match {match!r}; {nearest(match, MATCHES)}."
        raise UsageError(message)
    if not isinstance(expected, Iterable):
        message = f'cos.assert_requests({expected!r}): write a list of operations, as in ["UploadPart"].'
        raise UsageError(message)
    if isinstance(expected, Mapping):
        message = "cos.assert_requests takes a list of operations; for how many came: cos.journal.counts == {...}."
        raise UsageError(message)
    if isinstance(expected, str):
        message = f"assert_requests({expected!r}): write a list, as in assert_requests([{expected!r}])."
        raise UsageError(message)
    wanted = [request_of(entry) for entry in expected]
    journal = fake.journal.filter(**chosen)
    lines = _COMPARE[match](wanted, list(journal))
    if not lines:
        return
    of = " ".join(f"{name}={value!r}" for name, value in chosen.items() if value is not None)
    title = f"the requests{f' of {of}' if of else ''} are not as expected ({match}: {MATCHES[match]})"
    text = [title, *(f"  {line}" for line in lines), f"requests ({len(journal):,}):"]
    shown = journal.table(ROWS, width=terminal_width() - INDENTED)
    text += [f"  {line}" for line in shown.splitlines()]
    raise showing(AssertionError("\n".join(text)), fake.journal)


def request_of(entry: Wanted) -> Request:
    """Return what is expected. UsageError: S3 has no such operation, or the request has no such value."""
    named, values = (entry, {}) if isinstance(entry, str) else _pair(entry)
    operation = operation_names.operation(named, "cos.assert_requests")
    tables = [service_model.load(dialect.table) for dialect in dialects.BY_NAME.values()]
    found = [table for table in tables if operation in table.operations]
    known = {*RecordedRequest._fields, *(name for table in found for name in _members(table, operation))}
    for name in values:
        if name not in known:
            message = f"A request of {operation} has no {name!r}; {nearest(name, sorted(known))}."
            raise UsageError(message)
    return Request(operation, dict(_without_secret(name, value) for name, value in values.items()))


def _without_secret(name: str, value: Any) -> tuple[str, Any]:
    """Return what is compared, and may be printed: of a customer's key its MD5, which came with the request."""
    if name in CUSTOMER_KEYS and isinstance(value, (str, bytes, bytearray)):
        from fakecos.operations.encryption import md5_text

        return f"{name}MD5", md5_text(_raw_key(value))
    return name, value


def _raw_key(value: str | bytes | bytearray) -> bytes:
    """Return a customer's key as bytes; a client takes them, or text, and sends them in base64."""
    raw = value.encode() if isinstance(value, str) else bytes(value)
    if len(raw) != KEY_IN_BASE64:
        return raw
    try:
        return base64.b64decode(raw, validate=True)
    except ValueError:
        return raw


def _pair(entry: object) -> tuple[object, Mapping[str, Any]]:
    """Return an operation's name and what the request must have. UsageError: it is no such pair."""
    if isinstance(entry, (tuple, list)) and len(entry) == 2 and isinstance(entry[1], Mapping):  # noqa: PLR2004
        return entry[0], entry[1]
    message = (
        f"cos.assert_requests([{entry!r}]): a request is the name of its operation, or that and a dictionary, as in "
        '("UploadPart", {"PartNumber": 2}).'
    )
    raise UsageError(message)


def _members(table: service_model.Table, operation: str) -> Sequence[str]:
    shape = table.operations[operation].get("input")
    return list(table.members(shape)) if shape else []


# --- the four ways to match, each returning what is wrong -------------------------------------------------------


def _exact(wanted: Sequence[Request], recorded: Sequence[RecordedRequest]) -> list[str]:
    for place, (request, exchange) in enumerate(zip(wanted, recorded, strict=False), 1):
        if not request.matches(exchange):
            lines = [f"request {place}: expected {request}", f"  came {_described(request, exchange)}"]
            return [*lines, *_numbers(wanted, recorded), *_order(wanted, recorded)]
    more = [f"expected too: {request}{_near(request, recorded)}" for request in wanted[len(recorded) :]]
    return more + [f"came too: {exchange}" for exchange in recorded[len(wanted) :]]


def _in_order(wanted: Sequence[Request], recorded: Sequence[RecordedRequest]) -> list[str]:
    rest = iter(recorded)
    for place, request in enumerate(wanted, 1):
        if not any(request.matches(exchange) for exchange in rest):
            after = f", after {wanted[place - 2]}" if place > 1 else ""
            return [f"did not come{after}: {request}{_near(request, recorded)}", *_order(wanted, recorded)]
    return []


def _any_order(wanted: Sequence[Request], recorded: Sequence[RecordedRequest]) -> list[str]:
    taken = pairs(wanted, recorded)
    used = set(taken.values())
    more = [f"came too: {exchange}" for place, exchange in enumerate(recorded) if place not in used]
    return _at_least(wanted, recorded) + more


def _at_least(wanted: Sequence[Request], recorded: Sequence[RecordedRequest]) -> list[str]:
    taken = pairs(wanted, recorded)
    missing = [request for place, request in enumerate(wanted) if place not in taken]
    return [f"did not come: {request}{_near(request, recorded)}" for request in missing]


_COMPARE = {"exact": _exact, "in_order": _in_order, "any_order": _any_order, "at_least": _at_least}


class _Able:
    """The exchanges that a request may be. `free` yields those that were never given; `hopeless`: none can be had."""

    __slots__ = ("exchanges", "free", "hopeless")

    def __init__(self, request: Request, recorded: Sequence[RecordedRequest]) -> None:
        self.exchanges = [at for at, exchange in enumerate(recorded) if request.matches(exchange)]
        self.free = iter(self.exchanges)
        self.hopeless = False


def pairs(wanted: Sequence[Request], recorded: Sequence[RecordedRequest]) -> dict[int, int]:
    """Return which request was which exchange, as many as can be: a loose expectation never takes the only one."""
    same: dict[Any, _Able] = {}  # requests of nothing but an operation are alike, and there may be thousands
    able = []
    for place, request in enumerate(wanted):
        alike = place if request.values else request.operation
        if alike not in same:
            same[alike] = _Able(request, recorded)
        able.append(same[alike])
    owner: dict[int, int] = {}
    for place in range(len(wanted)):
        _give(place, able, owner)
    return {request: at for at, request in owner.items()}


def _give(request: int, able: Sequence[_Able], owner: dict[int, int]) -> None:
    """Find an exchange for a request: one that is free, else by moving others on (augmenting paths)."""
    for at in able[request].free:
        if at not in owner:
            owner[at] = request
            return
    if able[request].hopeless:
        return
    given_up_for: dict[int, int | None] = {}  # exchange -> the exchange that its owner would give up for it
    queue: list[tuple[int, int | None]] = [(request, None)]
    for asking, given_up in queue:
        for at in able[asking].exchanges:
            if at in given_up_for:
                continue
            given_up_for[at] = given_up
            if at not in owner:
                _move(at, request, owner, given_up_for)
                return
            queue.append((owner[at], at))
    able[request].hopeless = True


def _move(at: int, request: int, owner: dict[int, int], given_up_for: Mapping[int, int | None]) -> None:
    """Hand exchanges over along the path that ends at the free one."""
    while (before := given_up_for[at]) is not None:
        owner[at] = owner[before]
        at = before
    owner[at] = request


# --- words ------------------------------------------------------------------------------------------------------


def _described(request: Request, exchange: RecordedRequest) -> str:
    if request.operation != exchange.operation:
        return str(exchange)
    return f"{exchange}; {', '.join(request.differences(exchange))}"


def _near(request: Request, recorded: Sequence[RecordedRequest]) -> str:
    """Return the exchange of the operation that differs least, in words."""
    same = [exchange for exchange in recorded if exchange.operation == request.operation]
    if not same:
        return f"; no {request.operation} came"
    best = min(same, key=lambda exchange: len(request.differences(exchange)))
    differences = request.differences(best)
    if not differences:
        return f"; {count(len(same), 'request')} of {request.operation} came"
    return f"; the nearest: {best}, its {', '.join(differences)}"


def _numbers(wanted: Sequence[Request], recorded: Sequence[RecordedRequest]) -> list[str]:
    if len(wanted) == len(recorded):
        return []
    return [f"expected {count(len(wanted), 'request')}, {len(recorded):,} came"]


def _order(wanted: Sequence[Request], recorded: Sequence[RecordedRequest]) -> list[str]:
    return ["all of them came, but in another order"] if len(pairs(wanted, recorded)) == len(wanted) else []

"""An operation's result -> status, headers and body, by the names of the service model.

Headers stand in the order of the result, elements of a body in the order of S3 (`quirks.ORDER`). None is
absent, `""` is an empty header or element. A member that the table does not have is left out: the operations
speak AWS, and IBM's model has fewer members.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from fakecos.facts.http_dates import http_date
from fakecos.wire import model_overrides, xml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakecos.facts.errors import S3Error
    from fakecos.model.content import Content
    from fakecos.wire.service_model import Table

    Answer = tuple[int, dict[str, str], bytes | Content]

OK = 200
NO_CONTENT = 204
PARTIAL_CONTENT = 206


def serialize(table: Table, operation: str, result: Mapping[str, Any]) -> Answer:
    """Return the answer to an operation. Raises KeyError for an operation that the table does not have.

    A body that is an object's Content is handed on as it is. An XML body gets Content-Type and
    Content-Length; without a body a PUT has Content-Length 0 and a 204 neither (aws-objects 14); the answer to
    a HEAD never has a body, and the length that the result says.
    """
    answer = table.answers.get(operation) or _compile(table, operation)
    headers: dict[str, str] = {}
    known = answer.headers
    for member, value in result.items():
        if value is None:
            continue
        field = known.get(member)
        if field is not None:
            name, write = field
            headers[name] = value if value.__class__ is str else write(value)
        elif member == answer.map:
            for name, text in value.items():
                headers[f"{answer.prefix}{name}"] = text
    if answer.varying:
        return result.get("Status", answer.status), headers, answer.body(result, headers)
    status = PARTIAL_CONTENT if result.get("ContentRange") is not None and answer.ranged else answer.status
    return status, headers, answer.body(result, headers)


def error_body(error: S3Error, tail: Mapping[str, str], *, fields: bool = True, declared: bool = True) -> bytes:
    """Return the body of a refusal: `<Error>` without a namespace, or clients find no code in it (wire 4).

    `tail` are its last children, `fields=False` leaves its own ones out, `declared=False` the XML declaration.
    """
    children = {"Code": error.code, "Message": error.message, **(error.fields if fields else {}), **tail}
    inner = "".join(f"<{name}>{xml.escape_echo(text or '')}</{name}>" for name, text in children.items())
    body = xml.document("Error", inner, namespace=None)
    return body if declared else xml.undeclared(body)


class _Answer:
    """What is known of one operation's answers. `body` adds the headers that a body brings with it."""

    __slots__ = ("body", "headers", "map", "prefix", "ranged", "status", "varying")

    def __init__(self, status: int) -> None:
        self.status = status
        self.ranged = False
        self.varying = False
        self.headers: dict[str, tuple[str, Callable[[Any], str]]] = {}
        self.map: str | None = None
        self.prefix = ""
        self.body: Callable[[Mapping[str, Any], dict[str, str]], bytes | Content] = _empty


def _compile(table: Table, operation: str) -> _Answer:
    """Make the writers of an operation's result and keep them on the table."""
    spec = table.operations[operation]
    answer = _Answer(model_overrides.STATUS.get(operation, spec.get("status", OK)))
    members = table.members(spec["output"]) if "output" in spec else {}
    answer.ranged = "ContentRange" in members or operation in model_overrides.RANGED
    answer.varying = operation in model_overrides.VARYING
    for member, (shape, place, wire) in members.items():
        if place == "header":
            answer.headers[member] = (wire, _header_writer(shape))
        elif place == "headers":
            answer.map, answer.prefix = member, wire
    if spec["method"] == "HEAD" or answer.status == NO_CONTENT:
        answer.body = _said_to_be_xml if operation in model_overrides.NO_BODY_BUT_XML else _nothing
    elif "output" in spec:
        answer.body = _body_writer(table, operation)
    table.answers[operation] = answer
    return answer


# -- text ---------------------------------------------------------------------------------------------------


def xml_date(moment: object) -> str:
    """Return ISO 8601 text with milliseconds; text stays itself.

    They are always zero in the times that S3 makes (aws-objects 12), and a retention keeps those it came with (public).
    """
    if not isinstance(moment, datetime):
        return str(moment)
    utc = moment if moment.tzinfo is timezone.utc else moment.astimezone(timezone.utc)
    return f"{utc.isoformat(timespec='milliseconds')[:23]}Z"


def _flag(value: object) -> str:
    return "true" if value is True else "false" if value is False else str(value)


def _list(value: Any) -> str:
    return value if isinstance(value, str) else ",".join(map(str, value))


_PLAIN = frozenset({"string", "integer", "long"})
_DATES = {"rfc822": http_date, "iso8601": xml_date}


def _header_writer(shape: str) -> Callable[[Any], str]:
    kind, _, stamp = shape.partition(" ")
    if kind == "timestamp":
        return _DATES[stamp or "rfc822"]
    return _flag if kind == "boolean" else str if kind in _PLAIN else _list


# -- bodies -------------------------------------------------------------------------------------------------


def _nothing(result: Mapping[str, Any], headers: dict[str, str]) -> bytes:  # noqa: ARG001  one form for all
    return b""


def _said_to_be_xml(result: Mapping[str, Any], headers: dict[str, str]) -> bytes:  # noqa: ARG001
    headers["Content-Type"] = "application/xml"
    return b""


def _empty(result: Mapping[str, Any], headers: dict[str, str]) -> bytes:  # noqa: ARG001
    headers["Content-Length"] = "0"
    return b""


def _body_writer(table: Table, operation: str) -> Callable[[Mapping[str, Any], dict[str, str]], bytes | Content]:
    output = table.operations[operation]["output"]
    payload = table.shapes[output].get("payload")
    if operation in model_overrides.TEXT_ROOTS:
        return _text_root(model_overrides.TEXT_ROOTS[operation])
    if payload is None:
        if not any(place == "body" for _, place, _ in table.members(output).values()):
            return _empty
        root = model_overrides.ROOTS.get(operation, f"{operation}Result")
        return _whole(root, structure(table, output))
    shape, _, wire = table.members(output)[payload]
    if shape in {"stream", "events"}:
        return _stream(payload) if shape == "stream" else _events(payload)
    if shape == "string":
        return _text(payload, model_overrides.TEXT_TYPES[operation])
    return _part(payload, wire, structure(table, shape))


def _sized(headers: dict[str, str], body: bytes, media_type: str = "application/xml") -> bytes:
    headers["Content-Type"] = media_type
    headers["Content-Length"] = str(len(body))
    return body


def _whole(root: str, write: Callable[[Any], str]) -> Callable[[Mapping[str, Any], dict[str, str]], bytes]:
    def write_body(result: Mapping[str, Any], headers: dict[str, str]) -> bytes:
        return _sized(headers, xml.document(root, write(result)))

    return write_body


def _part(member: str, root: str, write: Callable[[Any], str]) -> Callable[[Mapping[str, Any], dict[str, str]], bytes]:
    def write_body(result: Mapping[str, Any], headers: dict[str, str]) -> bytes:
        value = result.get(member)
        return _empty(result, headers) if value is None else _sized(headers, xml.document(root, write(value)))

    return write_body


def _text_root(member: str) -> Callable[[Mapping[str, Any], dict[str, str]], bytes]:
    def write_body(result: Mapping[str, Any], headers: dict[str, str]) -> bytes:
        text = result.get(member)
        return _sized(headers, xml.document(member, xml.escape(text)) if text else xml.empty_document(member))

    return write_body


def _text(member: str, media_type: str) -> Callable[[Mapping[str, Any], dict[str, str]], bytes]:
    def write_body(result: Mapping[str, Any], headers: dict[str, str]) -> bytes:
        return _sized(headers, (result.get(member) or "").encode(), media_type)

    return write_body


def _stream(member: str) -> Callable[[Mapping[str, Any], dict[str, str]], bytes | Content]:
    def hand_on(result: Mapping[str, Any], headers: dict[str, str]) -> bytes | Content:
        body: bytes | Content = result.get(member) or b""
        if "Content-Length" not in headers:
            headers["Content-Length"] = str(len(body))
        return body

    return hand_on


def _events(member: str) -> Callable[[Mapping[str, Any], dict[str, str]], bytes]:
    def write_body(result: Mapping[str, Any], headers: dict[str, str]) -> bytes:
        from fakecos.wire import event_stream

        body = event_stream.encoded(result[member])
        headers["Content-Length"] = str(len(body))  # S3 sends it in chunks, since it does not know (documented)
        return body

    return write_body


# -- elements -----------------------------------------------------------------------------------------------


def structure(table: Table, shape: str) -> Callable[[Any], str]:
    """Return a writer of the elements inside a structure, in S3's order.

    Text and numbers are written here and not by `_element`: 1,000 keys of a listing go through this loop.
    """
    members = table.members(shape)
    writers = tuple(
        (member, f"<{members[member][2]}>", f"</{members[member][2]}>", _element(table, *members[member][::2]))
        for member in _ordered(shape, [name for name, (_, place, _) in members.items() if place == "body"])
    )
    special, escape = xml.special(), xml.escape

    def write(value: Mapping[str, Any]) -> str:
        text = ""
        for member, opened, closed, write_element in writers:
            item = value.get(member)
            if item.__class__ is str:
                text += f"{opened}{escape(item) if special(item) else item}{closed}"
            elif item.__class__ is int:
                text += f"{opened}{item}{closed}"
            elif item is not None:
                text += write_element(item)
        return text

    return _mixed(table, shape, write) if shape in model_overrides.MIXED else write


def _mixed(table: Table, shape: str, write: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return a writer of a structure some of whose lists are one on the wire; common prefixes stay after them."""
    members = table.members(shape)
    items = {
        name: _element(table, table.shapes[members[name][0]]["flat"], members[name][2])
        for name in model_overrides.MIXED[shape]
    }

    def write_mixed(value: Mapping[str, Any]) -> str:
        lists = {name: iter(value.get(name, ())) for name in items}
        mix = "".join(items[name](next(lists[name])) for name in value.get(model_overrides.MIX, ()))
        left = {name: list(rest) for name, rest in lists.items()}  # all of it, where no order was given
        before = {name: item for name, item in value.items() if name != "CommonPrefixes"}
        return write({**before, **left}) + mix + write({"CommonPrefixes": value.get("CommonPrefixes")})

    return write_mixed


def _ordered(shape: str, members: list[str]) -> list[str]:
    order = model_overrides.ORDER.get(shape, ("*",))
    rest = [member for member in members if member not in order]
    return [member for name in order for member in (rest if name == "*" else [name]) if member in members]


def _element(table: Table, shape: str, tag: str) -> Callable[[Any], str]:
    """Return a writer of a member: its elements with their tags."""
    spec = table.shapes.get(shape)
    if spec is None:
        return _scalar(shape, tag)
    if "flat" in spec:
        return _items(_element(table, spec["flat"], tag))
    if "list" in spec:
        return _wrapped(tag, _items(_element(table, spec["list"], spec["item"])))
    attributes = {name: wire for name, (_, place, wire) in table.members(shape).items() if place == "attribute"}
    inner = structure(table, shape)
    return _attributed(tag, inner, attributes) if attributes else _wrapped(tag, inner)


def _items(write: Callable[[Any], str]) -> Callable[[Any], str]:
    def write_items(values: Any) -> str:
        return "".join(map(write, values))

    return write_items


def _wrapped(tag: str, inner: Callable[[Any], str]) -> Callable[[Any], str]:
    opened, closed = f"<{tag}>", f"</{tag}>"

    def write(value: Any) -> str:
        return f"{opened}{inner(value)}{closed}"

    return write


def _attributed(tag: str, inner: Callable[[Any], str], attributes: dict[str, str]) -> Callable[[Any], str]:
    """Return a writer of a Grantee, whose type is the attribute xsi:type."""

    def write(value: Mapping[str, Any]) -> str:
        named = "".join(
            f' {wire}="{xml.escape_attribute(str(value[member]))}"'
            for member, wire in attributes.items()
            if value.get(member) is not None
        )
        return f'<{tag} xmlns:xsi="{model_overrides.SCHEMA_INSTANCE}"{named}>{inner(value)}</{tag}>'

    return write


def _scalar(shape: str, tag: str) -> Callable[[Any], str]:
    kind, _, stamp = shape.partition(" ")
    opened, closed, special, escape = f"<{tag}>", f"</{tag}>", xml.special(), xml.escape
    render: Callable[[Any], str] = str
    if kind == "boolean":
        render = _flag
    elif kind == "timestamp":
        render = _DATES[stamp or "iso8601"]

    def write(value: Any) -> str:
        text = value if value.__class__ is str else render(value)
        return f"{opened}{escape(text) if special(text) else text}{closed}"

    return write

"""A request's parts -> the operation's parameters, by the names of the service model.

A value that does not read as its type (a part number `abc`, a date that is none) stays the text that came, an
empty one stays `""`: which of S3's refusals it deserves, and when, is the operation's business. Only the form
of an XML body is judged here: not well-formed, another root, a member twice or missing that the model
requires, is MALFORMED_XML (recorded for several bodies: aws-objects 65 and aws-bucket-configuration; assumed
for the others).
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from fakecos.facts import checksums, errors
from fakecos.facts.errors import S3Error
from fakecos.facts.http_dates import read_http_date
from fakecos.wire import model_overrides, xml
from fakecos.wire.elements import members_reader, wrapped_list
from fakecos.wire.subresources import VERSION, refuse_version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

    from fakecos.wire.elements import Field
    from fakecos.wire.service_model import Table

    # where it stands, its name there, member, reader of its text, the item of a member that is a map
    _Found = tuple[int, str, str, Callable[[str], Any] | None, str | None]

LONGEST_INTEGER = 20  # digits and sign of what fits 64 bits, and no more work than that
MOST_FOUND = 256

HEADER, QUERY = 0, 1
"""Where a member stands; wire/hoisted.py knows further places."""

_BOOLEANS = {"true": True, "false": False}


def parse(
    table: Table,
    operation: str,
    bucket: str | None,
    key: str | None,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    xml_body: bytes | None = b"",
) -> dict[str, Any]:
    """Return the parameters of a request, without the member that is the streamed body.

    With `xml_body=None` the body is left for `parse_document`, since some refusals come before it is read.

    `query` is decoded (`route.split_query`), `headers` have lower-case names. An operation that the table does
    not have (a foreign one, PostObject) gets its Bucket and Key. Raises S3Error MALFORMED_XML, and
    UNKNOWN_CHECKSUM_HEADER where no body would be refused for it.
    """
    request = table.requests.get(operation) or _compile(table, operation)
    params: dict[str, Any] = {}
    if bucket is not None and request.bucket:
        params["Bucket"] = bucket
    if key is not None and request.key:
        params["Key"] = key
    names = (tuple(query), tuple(headers))
    found = request.found.get(names)
    for place, name, member, read, item in _find(request, *names) if found is None else found:
        text = query[name] if place else headers[name]
        if place > QUERY:
            from fakecos.wire import hoisted

            moved = hoisted.text_of(place, name, query)
            if moved is None:
                continue
            text = moved
        if item is None:
            params[member] = text if read is None else read(text)
        else:
            params.setdefault(member, {})[item] = text
    if request.body is not None and xml_body is not None:
        request.body(xml_body, params)
    return params


def has_document(table: Table, operation: str) -> bool:
    """Whether the operation's body is a document that `parse_document` reads."""
    return _request(table, operation).body is not None


def parse_document(table: Table, operation: str, body: bytes, params: dict[str, Any]) -> None:
    """Add what a request's document says to its parameters; an empty one that may be absent adds nothing.

    Raises S3Error MALFORMED_XML, and then has added nothing.
    """
    read = _request(table, operation).body
    if read is not None:
        read(body, params)


class _Request:
    """What is known of one operation's requests: readers by name. Header names are lower case.

    `found` are the members by the names that came in query and headers, since clients send the same ones all day.
    """

    __slots__ = ("body", "bucket", "found", "has_body", "headers", "key", "map", "prefix", "query")

    def __init__(self) -> None:
        self.has_body = False
        self.found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[_Found]] = {}
        self.bucket = True
        self.key = True
        self.query: dict[str, tuple[str, Callable[[str], Any] | None]] = {}
        self.headers: dict[str, tuple[str, Callable[[str], Any] | None]] = {}
        self.prefix: str | None = None
        self.map = ""
        self.body: Callable[[bytes, dict[str, Any]], None] | None = None


def _find(request: _Request, query: tuple[str, ...], headers: tuple[str, ...]) -> list[_Found]:
    """Find the members that names of a query and of headers stand for, those of the headers last: they win.

    A header that a client moved into the query counts as facts/presigned_query says.

    Raises S3Error UNKNOWN_CHECKSUM_HEADER for a checksum that S3 does not have, unless `Payload.require_headers` will:
    without a body, and in a query (public for headers of bodies; assumed here, where it would pass unseen).
    """
    if any(checksums.is_unknown(name.lower()) for name in query) or (
        not request.has_body and any(map(checksums.is_unknown, headers))
    ):
        raise S3Error(errors.UNKNOWN_CHECKSUM_HEADER)
    found: list[_Found] = []
    for name in query:
        if name == VERSION and name not in request.query and request.bucket:
            found.append((QUERY, name, "", refuse_version, None))
        elif name in request.query:
            found.append((QUERY, name, *request.query[name], None))
        elif (header := name.lower()).startswith(model_overrides.HOISTED) and header not in headers:
            from fakecos.wire import hoisted

            place = hoisted.place_of(name, header, query)
            found.extend(_of_header(request, name, header, place) if place else [])
    for name in headers:
        found.extend(_of_header(request, name, name, HEADER))
    if len(request.found) >= MOST_FOUND:
        request.found.clear()
    request.found[query, headers] = found
    return found


def _of_header(request: _Request, name: str, header: str, place: int) -> list[_Found]:
    """Return the member that a header is, or a name in a query that stands for one; none if it is not known."""
    if header in request.headers:
        return [(place, name, *request.headers[header], None)]
    if request.prefix is not None and header.startswith(request.prefix):
        return [(place, name, request.map, None, header[len(request.prefix) :])]
    return []


def _request(table: Table, operation: str) -> _Request:
    known: _Request | None = table.requests.get(operation)
    return known or _compile(table, operation)


def _compile(table: Table, operation: str) -> _Request:
    """Make the readers of an operation's members and keep them on the table."""
    request = _Request()
    spec = table.operations.get(operation, {})
    if "input" in spec:
        members = table.members(spec["input"])
        request.bucket, request.key = "Bucket" in members, "Key" in members
        for member, (shape, place, wire) in members.items():
            _place(request, member, _header_reader(table, member, shape), place, wire)
        for name, member in model_overrides.UNMODELLED_HEADERS.get(operation, {}).items():
            request.headers[name] = (member, None)
        for name, member in model_overrides.UNMODELLED_QUERY.get(operation, {}).items():
            request.query[name] = (member, integer if member in model_overrides.UNMODELLED_NUMBERS else None)
        request.body = _body_reader(table, operation)
        request.has_body = request.body is not None or "payload" in table.shapes[spec["input"]]
    table.requests[operation] = request
    return request


def _place(request: _Request, member: str, read: Callable[[str], Any] | None, place: str, wire: Any) -> None:
    if place == "query":
        for name in [wire] if isinstance(wire, str) else wire:
            request.query[name] = (member, read)
    elif place == "header":
        request.headers[wire.lower()] = (member, read)
    elif place == "headers":
        request.prefix, request.map = wire.lower(), member


# -- text ---------------------------------------------------------------------------------------------------


def integer(text: str) -> int | str:
    """Return the number that decimal digits with an optional sign spell (public), or else the text."""
    if text.isdecimal() and text.isascii() and len(text) <= LONGEST_INTEGER:  # the usual way: 10,000 parts take it
        return int(text)
    sign, digits = (text[0], text[1:]) if text[:1] in {"-", "+"} else ("", text)
    if not (digits.isdecimal() and digits.isascii()):
        return text
    digits = digits.lstrip("0") or "0"  # any number of zeros may stand before it (public: aws-measured 10)
    return int(sign + digits) if len(digits) <= LONGEST_INTEGER else text


def boolean(text: str) -> bool | str:
    """Return the truth of `true` or `false` in any case (IBM's client sends `True`), or else the text."""
    return _BOOLEANS.get(text.lower(), text)


def timestamp(text: str) -> datetime | str:
    """Return the aware UTC time of an ISO 8601 or RFC 1123 date, or else the text."""
    if text[:4].isdecimal() and text[4:5] == "-":
        try:
            return _in_utc(datetime.fromisoformat(_padded(text)))
        except (ValueError, OverflowError):  # the latter: its offset leads out of the calendar
            return text
    found = read_http_date(text)
    try:
        return text if found is None else _in_utc(found)
    except OverflowError:
        return text


def _padded(text: str) -> str:
    """Return an ISO date as Python 3.10 reads it: an offset for Z, and six digits of fraction if there are any."""
    text = f"{text[:-1]}+00:00" if text[-1:] in {"Z", "z"} else text
    head, point, tail = text.partition(".")
    if not point:
        return text
    digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
    return f"{head}.{digits[:6].ljust(6, '0')}{tail[len(digits) :]}"


def _in_utc(moment: datetime) -> datetime:
    """Return a time in UTC; one without an offset is UTC already (assumed). OverflowError: the calendar has no such."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)


def items(text: str) -> list[str]:
    """Return the items of a header that is a list."""
    return [item.strip() for item in text.split(",")]


_READERS: dict[str, Callable[[str], Any]] = {
    "integer": integer,
    "long": integer,
    "boolean": boolean,
    "timestamp": timestamp,
}


def _header_reader(table: Table, member: str, shape: str) -> Callable[[str], Any] | None:
    if member in model_overrides.VERBATIM:
        return None
    kind = shape.partition(" ")[0]
    return items if "list" in table.shapes.get(kind, ()) else _READERS.get(kind)


# -- bodies -------------------------------------------------------------------------------------------------


def _body_reader(table: Table, operation: str) -> Callable[[bytes, dict[str, Any]], None] | None:
    """Return what puts a body into the parameters, or None if the operation has no body, or a streamed one."""
    spec = table.operations[operation]
    if "root" in spec:
        return _xml_reader(table, operation, None, spec["input"], spec["root"])
    payload = table.shapes[spec["input"]].get("payload")
    if payload is None:
        return None
    shape, _, wire = table.members(spec["input"])[payload]
    if shape == "stream":
        return None
    if shape == "string":
        return _text_reader(payload)
    return _xml_reader(table, operation, payload, shape, wire)


def _text_reader(member: str) -> Callable[[bytes, dict[str, Any]], None]:
    def read(body: bytes, params: dict[str, Any]) -> None:
        params[member] = body.decode("utf-8", "replace")

    return read


def _xml_reader(
    table: Table, operation: str, member: str | None, shape: str, root_name: str
) -> Callable[[bytes, dict[str, Any]], None]:
    """Return a reader of an XML body into one member, or into all parameters if `member` is None."""
    strict = model_overrides.STRICT_BODIES | model_overrides.STRICT_BODIES_OF.get(table.package, frozenset())
    read_root = structure(table, shape, strict=operation in strict)
    read_run = _run_reader(table, shape, root_name) if operation in model_overrides.RUNS else None
    roots = {root_name, model_overrides.OTHER_ROOTS.get(operation, root_name)}
    required = member is None or member in table.shapes[table.operations[operation]["input"]].get("required", ())

    def read(body: bytes, params: dict[str, Any]) -> None:
        if not body and not required:
            return
        value = read_run(body) if read_run is not None else None
        if value is None:
            root = xml.read(body)
            if xml.local(root.tag) not in roots:
                raise xml.malformed()
            value = read_root(root)
        if member is None:
            params.update(value)
        else:
            params[member] = value

    return read


def _run_reader(table: Table, shape: str, root_name: str) -> Callable[[bytes], dict[str, Any] | None]:
    """Return the short way through a body whose one member is a flat list of structures of scalars."""
    ((member, (kind, _, wire)),) = table.members(shape).items()
    readers = {name: _READERS.get(scalar) for name, (scalar, _, _) in table.members(table.shapes[kind]["flat"]).items()}

    def read(body: bytes) -> dict[str, Any] | None:
        from fakecos.wire import complete_fast_path

        items = complete_fast_path.read(body, root_name, wire, readers)
        return None if items is None else {member: items}

    return read


def structure(table: Table, shape: str, *, strict: bool) -> Callable[[Element], dict[str, Any]]:
    """Return a reader of the elements of a structure; `strict` refuses what the model does not know.

    The reader raises S3Error MALFORMED_XML.
    """
    fields: dict[str, Field] = {}
    attributes: dict[str, str] = {}
    for member, (kind, place, wire) in table.members(shape).items():
        if place == "attribute":
            attributes[member] = f"{{{model_overrides.SCHEMA_INSTANCE}}}{wire.rpartition(':')[2]}"
        elif place == "body":
            fields[wire] = fields[f"{{{model_overrides.NAMESPACE}}}{wire}"] = _field(table, member, kind, strict=strict)
    required = tuple(name for name in table.shapes[shape].get("required", ()) if _is_needed(table, shape, name))
    read_members = members_reader(fields, strict=strict)

    def read_structure(element: Element) -> dict[str, Any]:
        value = read_members(element)
        for member, wire in attributes.items():
            if wire in element.attrib:
                value[member] = element.attrib[wire]
        for member in required:
            if member not in value:
                raise xml.malformed()
        return value

    return read_structure if attributes or required else read_members


def _field(table: Table, member: str, shape: str, *, strict: bool) -> Field:
    repeated = "flat" in table.shapes.get(shape, ())
    kind = (table.shapes[shape]["flat"] if repeated else shape).partition(" ")[0]
    spec = table.shapes.get(kind)
    if spec is None:
        return (member, None, _READERS.get(kind), repeated)
    if "list" in spec:
        item = _field(table, "", spec["list"], strict=strict)
        return (member, wrapped_list(item, spec["item"], strict=strict), None, repeated)
    return (member, structure(table, kind, strict=strict), None, repeated)


def _is_needed(table: Table, shape: str, member: str) -> bool:
    return shape not in model_overrides.JUDGED_LATER and table.members(shape)[member][1] in {"body", "attribute"}

"""Names in an SQL expression: which value of a record `alias.name[0].name` is (documented: attribute access)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.numbers import natural
from fakecos.operations.select_object_content.query import TABLE, place
from fakecos.operations.select_object_content.reserved_words import RESERVED
from fakecos.operations.select_object_content.values import MISSING, Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.operations.select_object_content.query import Query
    from fakecos.operations.select_object_content.values import Value

POSITION = re.compile(r"_[1-9]\d{0,6}", re.ASCII)
ROW = "_1"


class Name(NamedTuple):
    """A step by name: its text, whether it stood in quotes, and where in the expression."""

    text: str
    is_quoted: bool
    offset: int


def steps_of(node: Any, sql: str) -> list[Name | int]:
    """Return the steps of a path in sqlglot's tree. Raises ParseInvalidPathComponent for what is no step."""
    kind = type(node).__name__
    if kind == "Column":
        parts = [node.args.get(part) for part in ("catalog", "db", "table", "this")]
        return [_name(part, sql, is_first=at == 0) for at, part in enumerate(filter(None, parts))]
    if kind == "Identifier":
        return [_name(node, sql, is_first=True)]
    if kind == "Dot":
        return [*steps_of(node.this, sql), _name(node.args["expression"], sql, is_first=False)]
    if kind == "Bracket":
        inner = node.args["expressions"]
        if len(inner) != 1 or type(inner[0]).__name__ != "Literal":
            raise S3Error(errors.SELECT_SYNTAX)
        index = inner[0]
        if index.args["is_string"]:
            return [*steps_of(node.this, sql), Name(index.this, True, 0)]  # noqa: FBT003  a named tuple
        place = natural(index.this)
        if place is None:
            raise S3Error(errors.SELECT_SYNTAX)
        return [*steps_of(node.this, sql), place]
    raise S3Error(errors.SELECT_SYNTAX)


def _name(node: Any, sql: str, *, is_first: bool) -> Name:
    kind = type(node).__name__
    if kind == "Star":
        raise S3Error(errors.SELECT_STAR_CONTEXT)
    offset: int = node.meta.get("start", 0)
    where = place(sql, offset)
    if kind == "Literal":
        at = place(sql, sql.find(f"'{node.this}'")) if node.args["is_string"] else where
        raise S3Error(errors.SELECT_PATH_COMPONENT, token="LITERAL", **at)  # noqa: S106  no secret
    if kind != "Identifier":
        raise S3Error(errors.SELECT_SYNTAX)
    is_quoted = bool(node.args.get("quoted"))
    text: str = node.this
    if not is_quoted and text.lower() in RESERVED:
        if is_first:
            raise S3Error(errors.SELECT_UNEXPECTED_TOKEN, token="KEYWORD:UNKNOWN", **where)  # noqa: S106
        raise S3Error(errors.SELECT_PATH_COMPONENT, token="KEYWORD", **where)  # noqa: S106
    return Name(text, is_quoted, offset)


class Names:
    """What names mean in one expression.

    `has_headers`: CSV whose first line names the columns; None: no CSV. `asked` are the columns that are asked for by
    name, so that they can be compared with the first line.
    """

    def __init__(self, query: Query, *, has_headers: bool | None) -> None:
        self._sql = query.sql
        self._has_headers = has_headers
        self.asked: list[Name] = []
        source = query.source
        self._rows = [source.alias] if source.alias else []
        if not source.alias and source.path and isinstance(source.path[-1], tuple):
            self._rows = [source.path[-1]]
        elif not source.alias and not source.path:
            self._rows = [(TABLE, False)]
        if not source.alias and source.is_explicit and not (source.path and isinstance(source.path[-1], tuple)):
            self._rows.append((ROW, False))  # documented: `_1` where the path ends in a wildcard

    def is_row(self, step: Name | int) -> bool:
        """Whether a step names the whole record: the alias, or what stands for one."""
        if isinstance(step, int) or (self._has_headers is not None and step.text == ROW):
            return False
        return any(
            step.text == text if step.is_quoted or quoted else step.text.lower() == text.lower()
            for text, quoted in self._rows
        )

    def reader(self, steps: list[Name | int]) -> Callable[[Value], Value]:
        """Return what reads a path from a record.

        Raises InvalidTableAlias where a path begins with no alias (public for CSV; else assumed), and what `_column`
        raises.
        """
        if self.is_row(steps[0]):
            rest = steps[1:]
        else:
            first = steps[0]
            assert isinstance(first, Name)
            if len(steps) > 1 and isinstance(steps[1], Name):
                raise S3Error(errors.SELECT_TABLE_ALIAS, **place(self._sql, first.offset))
            rest = steps
        if self._has_headers is not None:
            return self._column(rest, is_aliased=rest is not steps)
        return _walker(rest)

    def _column(self, rest: list[Name | int], *, is_aliased: bool) -> Callable[[Value], Value]:
        """Return what reads a column of CSV: by its position, or by its header (documented).

        Raises InvalidColumnIndex or MissingHeaders for a name where there are no headers (public), and InvalidKeyPath
        for a path below a column (assumed).
        """
        if len(rest) != 1 or not isinstance(rest[0], Name):
            raise S3Error(errors.SELECT_KEY_PATH)
        name = rest[0]
        if POSITION.fullmatch(name.text):
            return _position(name.text)
        if not self._has_headers:
            if is_aliased:
                raise S3Error(errors.SELECT_MISSING_HEADERS)
            raise S3Error(errors.SELECT_COLUMN_INDEX, **place(self._sql, name.offset))
        self.asked.append(name)
        return _walker(rest)

    def require_headers(self, headers: list[str]) -> None:
        """Judge that the first line has each column that is asked for by name. Raises MissingHeaders."""
        row = Struct([(header, "") for header in headers])
        for name in self.asked:
            if row.get(name.text, exact=name.is_quoted) is MISSING:
                raise S3Error(errors.SELECT_MISSING_HEADERS)


def _position(text: str) -> Callable[[Value], Value]:
    """Return what reads the column of a number, unless a header has just that name."""
    index = (natural(text[1:]) or 0) - 1

    def read(record: Value) -> Value:
        assert isinstance(record, Struct)
        named = record.get(text, exact=True)
        if named is not MISSING or index >= len(record.pairs):
            return named
        return record.pairs[index][1]

    return read


def _walker(steps: list[Name | int]) -> Callable[[Value], Value]:
    def walk(record: Value) -> Value:
        for step in steps:
            record = stepped(record, step)
        return record

    return walk


def stepped(value: Value, step: Name | int) -> Value:
    """Return what a step leads to: MISSING where nothing is (documented)."""
    if isinstance(step, int):
        return value[step] if isinstance(value, list) and step < len(value) else MISSING
    return value.get(step.text, exact=step.is_quoted) if isinstance(value, Struct) else MISSING

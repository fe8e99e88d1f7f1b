"""A query at work: which records it takes, and what it makes of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.select_object_content.conditions import truth
from fakecos.operations.select_object_content.expressions import PATHS, Expressions
from fakecos.operations.select_object_content.paths import Name, Names, steps_of
from fakecos.operations.select_object_content.reserved_words import RESERVED
from fakecos.operations.select_object_content.serialization import CSV, JSON
from fakecos.operations.select_object_content.values import MISSING, Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fakecos.operations.select_object_content.query import Query
    from fakecos.operations.select_object_content.serialization import Input
    from fakecos.operations.select_object_content.values import Value

    Pairs = list[tuple[str, Value]]

CLAUSES = frozenset({"expressions", "where"})


class Projection(NamedTuple):
    """An item of the SELECT list: its name, and its value of a record; no value: all members of the record."""

    name: str
    value: Callable[[Value], Value] | None


class Selection:
    """A query made ready for records of one kind. Raises S3Error for what it cannot mean.

    `require_headers` judges the first line of CSV by the columns that the query names; `path` is that of FROM.
    """

    def __init__(self, query: Query, how: Input) -> None:
        has_headers = how.csv.header == "USE" if how.format == CSV else None
        if query.source.path and how.format != JSON:  # documented: paths work with JSON only
            raise S3Error(errors.SELECT_KEY_PATH)
        self.path = query.source.path
        self._limit = query.limit
        self._sql = query.sql
        self._names = Names(query, has_headers=has_headers)
        self._expressions = Expressions(query, self._names)
        self.require_headers = self._names.require_headers
        used = {name for name, value in query.tree.args.items() if value not in (None, False, [], "")}
        if not used <= CLAUSES:
            raise S3Error(errors.SELECT_SYNTAX)
        try:
            items = query.tree.args["expressions"]
            self._projections = [self._projection(item, at + 1, len(items)) for at, item in enumerate(items)]
            self._require_one_kind()
            where = query.tree.args.get("where")
            self._where = None if where is None else self._expressions.condition(where.this)
        except RecursionError as error:
            raise S3Error(errors.SELECT_TOO_COMPLEX) from error

    def _projection(self, node: Any, position: int, count: int) -> Projection:
        """Return an item; without an alias it is called as the end of its path, else `_1` by its place (public)."""
        kind = type(node).__name__
        if kind == "Star":
            if count > 1:
                raise S3Error(errors.SELECT_STAR_NOT_ALONE)
            return self._all(node)
        if kind == "Alias":
            return Projection(self._alias(node.args["alias"]), self._expressions.projection(node.this))
        if kind == "Column" and type(node.this).__name__ == "Star":
            steps = steps_of(node.args["table"], self._sql)
            if node.args.get("db") or not self._names.is_row(steps[0]):
                raise S3Error(errors.SELECT_STAR_CONTEXT)
            return self._all(node.this)
        value = self._expressions.projection(node)
        last = steps_of(node, self._sql)[-1] if kind in PATHS and not _is_missing(node) else None
        return Projection(last.text if isinstance(last, Name) else f"_{position}", value)

    def _all(self, star: Any) -> Projection:
        if any(value not in (None, False, []) for value in star.args.values()):
            raise S3Error(errors.SELECT_SYNTAX)
        self._expressions.reads_record = True
        return Projection("", None)

    def _alias(self, node: Any) -> str:
        """Return an alias. Raises ParseExpectedIdentForAlias for text, and for a reserved word without quotes."""
        text: str = node.this
        is_text = self._sql[node.meta.get("start", 0) : node.meta.get("start", 0) + 1] == "'"
        if is_text or (not node.args.get("quoted") and text.lower() in RESERVED):
            raise S3Error(errors.SELECT_ALIAS)
        return text

    def _require_one_kind(self) -> None:
        """Judge that a list has aggregates or values of records, and not both (assumed: there is no GROUP BY)."""
        if self._expressions.aggregates and self._expressions.reads_record:
            raise S3Error(errors.SELECT_STRUCTURE)

    # --- at work ---------------------------------------------------------------------------------

    def results(self, records: Iterable[Value]) -> Iterator[Pairs]:
        """Yield what is selected: names and values of each record in turn, or of all together."""
        aggregates = self._expressions.aggregates
        if not aggregates:
            yield from self._each(records)
            return
        for record in self._matching(records):
            for aggregate in aggregates:
                aggregate.take(record)
        if self._limit != 0:
            yield self._made(None)

    def _each(self, records: Iterable[Value]) -> Iterator[Pairs]:
        left = self._limit
        if left == 0:
            return
        for record in self._matching(records):
            yield self._made(record)
            if left is not None:
                left -= 1
                if not left:
                    return

    def _matching(self, records: Iterable[Value]) -> Iterator[Value]:
        for record in records:
            if self._where is None or truth(self._where(record)):
                yield record

    def _made(self, record: Value) -> Pairs:
        pairs: Pairs = []
        for name, value in self._projections:
            if value is None:
                pairs += _members(record)
            else:
                pairs.append((name, value(record)))
        return pairs


def _members(record: Value) -> Pairs:
    """Return what `*` gives: the members of an object, or the value itself as `_1` (public); nothing of MISSING."""
    if isinstance(record, Struct):
        return record.pairs
    return [] if record is MISSING else [("_1", record)]


def _is_missing(node: Any) -> bool:
    name = node.this
    return type(name).__name__ == "Identifier" and not name.args.get("quoted") and name.this.lower() == "missing"

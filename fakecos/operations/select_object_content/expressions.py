"""Scalar expressions: each node of sqlglot's tree becomes a function of a record.

What is not named here is refused: sqlglot reads more than S3 evaluates, and a wrong answer is worse than none. Null and
MISSING make an expression unknown, and a condition that is unknown is not met (assumed: as in PartiQL).
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.numbers import natural
from fakecos.operations.select_object_content import timestamps
from fakecos.operations.select_object_content.aggregates import AGGREGATES, Aggregate
from fakecos.operations.select_object_content.arithmetic import ARITHMETIC, negated
from fakecos.operations.select_object_content.casts import cast
from fakecos.operations.select_object_content.conditions import COMPARISONS, conjunction, disjunction, inverted
from fakecos.operations.select_object_content.functions import (
    DATES,
    EXTRACT,
    EXTRACTED,
    FUNCTIONS,
    SUBSTRING,
    TRIM,
    called,
)
from fakecos.operations.select_object_content.like import like
from fakecos.operations.select_object_content.paths import Names, steps_of
from fakecos.operations.select_object_content.query import place
from fakecos.operations.select_object_content.values import MISSING, equal, is_unknown, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.operations.select_object_content.functions import Function
    from fakecos.operations.select_object_content.query import Query
    from fakecos.operations.select_object_content.values import Value

    Evaluate = Callable[[Value], Value]

PATHS = frozenset({"Column", "Dot", "Bracket", "Identifier"})
TYPES = {"TEXT": "STRING", "INT": "INT", "BOOLEAN": "BOOL", "FLOAT": "FLOAT", "DECIMAL": "DECIMAL"}
TYPES["TIMESTAMP"] = "TIMESTAMP"
# Each kind of node with what it may consist of; `negate` is NOT, which some versions of sqlglot write so.
_NODES: dict[str, frozenset[str]] = {
    **dict.fromkeys((*ARITHMETIC, *COMPARISONS, "And", "Or"), frozenset({"this", "expression"})),
    "Div": frozenset({"this", "expression", "typed", "safe"}),
    **dict.fromkeys(("Paren", "Not", "Neg"), frozenset({"this"})),
    "Null": frozenset(),
    "Boolean": frozenset({"this"}),
    "Literal": frozenset({"this", "is_string"}),
    "ByteString": frozenset({"this", "is_bytes"}),
    "Array": frozenset({"expressions", "bracket_notation"}),
    "Between": frozenset({"this", "low", "high", "negate"}),
    "In": frozenset({"this", "expressions", "negate"}),
    "Is": frozenset({"this", "expression", "negate"}),
    "Like": frozenset({"this", "expression", "negate"}),
    "Escape": frozenset({"this", "expression"}),
    "Case": frozenset({"this", "ifs", "default"}),
    "Cast": frozenset({"this", "to"}),
    "Anonymous": frozenset({"this", "expressions"}),
    "Extract": frozenset({"this", "expression"}),
    "Substring": frozenset({"this", "start", "length"}),
    "Trim": frozenset({"this", "expression", "position"}),
}


class Expressions:
    """Makes functions of the expressions of one query; `aggregates` are the calls that look at all records.

    `reads_record` tells whether an expression since the last look took a value of a record outside of an aggregate.
    """

    def __init__(self, query: Query, names: Names) -> None:
        self._sql = query.sql
        self._names = names
        self.aggregates: list[Aggregate] = []
        self.reads_record = False
        self._allows_aggregates = False

    def condition(self, node: Any) -> Evaluate:
        """Return a WHERE; aggregates have no meaning there."""
        self._allows_aggregates = False
        return self._made(node)

    def projection(self, node: Any) -> Evaluate:
        """Return an expression of the SELECT list."""
        self._allows_aggregates = True
        return self._made(node)

    def _made(self, node: Any) -> Evaluate:
        kind = type(node).__name__
        if kind in PATHS:
            return self._path(node)
        allowed = _NODES.get(kind)
        if allowed is None:
            raise S3Error(errors.SELECT_STAR_CONTEXT if kind == "Star" else errors.SELECT_SYNTAX)
        used = {name for name, value in node.args.items() if value not in (None, False, [], "")}
        if not used <= allowed:
            raise S3Error(errors.SELECT_SYNTAX)
        if kind in ARITHMETIC or kind in COMPARISONS:
            return self._binary(node, ARITHMETIC.get(kind) or COMPARISONS[kind])
        make: Callable[[Any], Evaluate] = getattr(self, f"_{kind.lower()}")
        made = make(node)
        return inverted(made) if node.args.get("negate") else made

    def _path(self, node: Any) -> Evaluate:
        if type(node).__name__ == "Column" and not node.args.get("table"):
            text = getattr(node.this, "this", None)
            if isinstance(text, str) and text.lower() == "missing" and not node.this.args.get("quoted"):
                return lambda _: MISSING
        read = self._names.reader(steps_of(node, self._sql))
        self.reads_record = True
        return read

    # --- literals --------------------------------------------------------------------------------

    def _paren(self, node: Any) -> Evaluate:
        return self._made(node.this)

    def _null(self, node: Any) -> Evaluate:  # noqa: ARG002  one form for all
        return lambda _: None

    def _boolean(self, node: Any) -> Evaluate:
        value = bool(node.this)
        return lambda _: value

    def _literal(self, node: Any) -> Evaluate:
        value = node.this if node.args["is_string"] else number(node.this)
        return lambda _: value

    def _bytestring(self, node: Any) -> Evaluate:
        value = ion_literal(node.this)
        return lambda _: value

    def _array(self, node: Any) -> Evaluate:
        items = [self._made(item) for item in node.args["expressions"]]
        return lambda scope: [item(scope) for item in items]

    # --- operators -------------------------------------------------------------------------------

    def _binary(self, node: Any, operate: Callable[[Value, Value], Value]) -> Evaluate:
        left, right = self._made(node.this), self._made(node.args["expression"])
        return lambda scope: operate(left(scope), right(scope))

    def _neg(self, node: Any) -> Evaluate:
        made = self._made(node.this)
        return lambda scope: negated(made(scope))

    def _not(self, node: Any) -> Evaluate:
        return inverted(self._made(node.this))

    def _and(self, node: Any) -> Evaluate:
        return conjunction([self._made(part) for part in _parts(node, "And")])

    def _or(self, node: Any) -> Evaluate:
        return disjunction([self._made(part) for part in _parts(node, "Or")])

    def _between(self, node: Any) -> Evaluate:
        value, low, high = (self._made(node.args[name]) for name in ("this", "low", "high"))
        least, most = COMPARISONS["GTE"], COMPARISONS["LTE"]
        return conjunction(
            [lambda scope: least(value(scope), low(scope)), lambda scope: most(value(scope), high(scope))]
        )

    def _in(self, node: Any) -> Evaluate:
        value = self._made(node.this)
        items = [self._made(item) for item in node.args.get("expressions") or ()]
        if not items:
            raise S3Error(errors.SELECT_SYNTAX)
        same = COMPARISONS["EQ"]
        return disjunction([lambda scope, item=item: same(value(scope), item(scope)) for item in items])  # type: ignore[misc]

    def _is(self, node: Any) -> Evaluate:
        """Return IS NULL, which MISSING is too, or IS MISSING. Raises ParseExpectedTypeName for anything else."""
        value, other = self._made(node.this), node.args["expression"]
        if type(other).__name__ == "Null":
            return lambda scope: is_unknown(value(scope))
        name = other.this if type(other).__name__ == "Column" and not other.args.get("table") else other
        text = name.this if type(name).__name__ == "Identifier" else ""
        if text.lower() == "missing" and not name.args.get("quoted"):
            return lambda scope: value(scope) is MISSING
        token = f"QUOTED_IDENTIFIER:'{text}'" if name.args.get("quoted") else f"LITERAL:{getattr(name, 'this', '')}"
        raise S3Error(errors.SELECT_TYPE_NAME, token=token, **place(self._sql, name.meta.get("start", 0)))

    def _like(self, node: Any, escape: Evaluate | None = None) -> Evaluate:
        value, pattern = self._made(node.this), self._made(node.args["expression"])
        return lambda scope: like(value(scope), pattern(scope), None if escape is None else (escape(scope),))

    def _escape(self, node: Any) -> Evaluate:
        if type(node.this).__name__ != "Like":
            raise S3Error(errors.SELECT_SYNTAX)
        made = self._like(node.this, self._made(node.args["expression"]))
        return inverted(made) if node.this.args.get("negate") else made

    # --- CASE, CAST, functions -------------------------------------------------------------------

    def _case(self, node: Any) -> Evaluate:
        subject = self._made(node.this) if node.args.get("this") else None
        branches = [(self._made(branch.this), self._made(branch.args["true"])) for branch in node.args["ifs"]]
        default = self._made(node.args["default"]) if node.args.get("default") else lambda _: None

        def choose(scope: Value) -> Value:
            wanted = True if subject is None else subject(scope)
            for test, result in branches:
                found = test(scope)
                if not is_unknown(wanted) and not is_unknown(found) and equal(wanted, found):
                    return result(scope)
            return default(scope)

        return choose

    def _cast(self, node: Any) -> Evaluate:
        value, to = self._made(node.this), node.args["to"]
        target = TYPES.get(getattr(to.this, "name", ""))
        has_size = bool(to.args.get("expressions"))
        if target is None or (has_size and target != "DECIMAL"):  # documented: scale and precision are ignored
            token = f"IDENTIFIER:'{to.args.get('kind') or to.this}'"
            raise S3Error(errors.SELECT_TYPE_NAME, token=token, **place(self._sql, self._sql.upper().find("CAST")))
        return lambda scope: cast(value(scope), target)

    def _anonymous(self, node: Any) -> Evaluate:
        name, given = str(node.this).upper(), node.args.get("expressions") or []
        if name in AGGREGATES:
            return self._aggregate(name, given)
        if any(type(argument).__name__ == "Star" for argument in given):
            raise S3Error(errors.SELECT_CALL_WITH_STAR)
        if name in DATES:
            part = _date_part(given[0] if given else None, timestamps.PARTS)
            return self._call(DATES[name], given[1:], part)
        if name not in FUNCTIONS:
            raise S3Error(errors.SELECT_UNKNOWN_FUNCTION)
        return self._call(FUNCTIONS[name], given)

    def _call(self, function: Function, given: list[Any], part: str | None = None) -> Evaluate:
        if len(given) < function.least or (function.most is not None and len(given) > function.most):
            raise S3Error(errors.SELECT_ARGUMENTS)
        arguments = [self._made(argument) for argument in given]
        if part is not None:
            call = function.call
            function = function._replace(call=lambda *values: call(part, *values))
        return lambda scope: called(function, [argument(scope) for argument in arguments])

    def _extract(self, node: Any) -> Evaluate:
        return self._call(EXTRACT, [node.args["expression"]], _date_part(node.this, EXTRACTED))

    def _substring(self, node: Any) -> Evaluate:
        return self._call(SUBSTRING, [node.args[name] for name in ("this", "start", "length") if node.args.get(name)])

    def _trim(self, node: Any) -> Evaluate:
        if node.args.get("expression") and not node.args.get("position"):  # documented: characters come with a side
            raise S3Error(errors.SELECT_SYNTAX)
        text = self._made(node.this)
        characters = self._made(node.args["expression"]) if node.args.get("expression") else lambda _: " "
        side = str(node.args.get("position") or "BOTH").upper()
        return lambda scope: called(TRIM, [text(scope), characters(scope), side])

    def _aggregate(self, name: str, given: list[Any]) -> Evaluate:
        if not self._allows_aggregates:
            raise S3Error(errors.SELECT_STRUCTURE)
        if len(given) != 1:
            raise S3Error(errors.SELECT_AGGREGATE_ARGUMENTS)
        argument: Evaluate | None = None
        if type(given[0]).__name__ == "Star":
            if name != "COUNT":
                raise S3Error(errors.SELECT_CALL_WITH_STAR)
        else:
            before, self._allows_aggregates = self.reads_record, False
            argument = self._made(given[0])
            self.reads_record, self._allows_aggregates = before, True
        made = Aggregate(name, argument)
        self.aggregates.append(made)
        return lambda _: made.result


def _parts(node: Any, kind: str) -> list[Any]:
    """Return what a chain of AND, or of OR, consists of, however long it is."""
    parts: list[Any] = []
    while type(node).__name__ == kind:
        parts.append(node.args["expression"])
        node = node.this
    return [node, *reversed(parts)]


def _date_part(node: Any, parts: tuple[str, ...]) -> str:
    while node is not None and not isinstance(node, str):
        node = getattr(node, "this", None)
    if node is None or node.lower() not in parts:
        raise S3Error(errors.SELECT_DATE_PART)
    return node.lower()


def number(text: str) -> int | Decimal:
    """Return the number that a literal spells. Raises LexerInvalidLiteral, and IntegerOverflow."""
    if text.isdecimal():
        return within(natural(text) or 0)
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise S3Error(errors.SELECT_INVALID_LITERAL) from error


def _ion_number(text: str) -> int | Decimal:
    whole = natural(text.removeprefix("-"))
    if whole is not None:
        return within(-whole if text.startswith("-") else whole)
    try:
        return Decimal(text.replace("d", "e"))
    except (InvalidOperation, ValueError) as error:
        raise S3Error(errors.SELECT_INVALID_ION) from error


def ion_literal(text: str) -> Value:
    """Return the value of an Ion literal: a timestamp, a number, a truth value, null, text, or a symbol (documented).

    Raises LexerInvalidIONLiteral.
    """
    if text in {"true", "false"}:
        return text == "true"
    if text == "null":
        return None
    timestamp = timestamps.read(text, needs_offset=False)
    if timestamp is not None:
        return timestamp
    if text.removeprefix("-")[:1].isdecimal():
        return _ion_number(text)
    if len(text) > 1 and text[0] == text[-1] == '"' and '"' not in text[1:-1] and "\\" not in text:
        return text[1:-1]
    if text.replace("$", "_").isidentifier():
        return text
    raise S3Error(errors.SELECT_INVALID_ION)

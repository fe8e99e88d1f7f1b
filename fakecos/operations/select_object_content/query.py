"""An SQL expression taken apart: FROM and LIMIT are read here, the rest becomes sqlglot's tree.

S3's own words for what is wrong, with line and column as AWS prints them, are given where a report shows them (public);
which code answers which mistake is else *assumed*, by the documents' list.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.exceptions import MissingExtraError
from fakecos.facts.numbers import natural
from fakecos.operations.select_object_content.reserved_words import RESERVED

STAR = "*"
TABLE = "s3object"
NO_SIGNS = frozenset("!\\#?@~&^|")
Step = str | int | tuple[str, bool]
"""A step of a path: STAR, an index, or a name and whether it was quoted."""


class Source(NamedTuple):
    """FROM: the path below the table's records, the alias if there is one, and whether `[*]` was written."""

    path: tuple[Step, ...]
    alias: tuple[str, bool] | None
    is_explicit: bool


class Query(NamedTuple):
    """An expression: `tree` is sqlglot's SELECT without FROM and LIMIT."""

    sql: str
    tree: Any
    source: Source
    limit: int | None


def parsed(sql: str) -> Query:
    """Return an expression taken apart. Raises S3Error for what is no SELECT of S3's, MissingExtraError."""
    try:
        from fakecos.operations.select_object_content import sql_dialect
    except ImportError:
        message = "a request is an SQL expression of S3 Select: install fakecos[select] so that it can be parsed"
        raise MissingExtraError(message) from None
    try:
        tokens = [_Token(sql, token) for token in sql_dialect.tokenize(sql)]
    except sql_dialect.TokenError as error:
        raise S3Error(errors.SELECT_INVALID_LITERAL) from error
    while tokens and tokens[-1].text == ";" and tokens[-1].is_sign:
        tokens.pop()
    _require_no_gaps(sql, tokens)
    reader = _Reader(tokens)
    reader.require_select()
    source, limit = reader.take_from(), reader.take_limit()
    try:
        tree = sql_dialect.parse([token.token for token in reader.tokens], sql)
    except sql_dialect.ParseError as error:
        raise _unexpected(reader.tokens, error.errors[0] if error.errors else {}) from error
    except RecursionError as error:
        raise S3Error(errors.SELECT_TOO_COMPLEX) from error
    return Query(sql, tree, source, limit)


def _require_no_gaps(sql: str, tokens: list[_Token]) -> None:
    """Judge that there is nothing but white space between tokens, which sqlglot skips: no kind of comment (assumed).

    Raises LexerInvalidChar; LexerInvalidLiteral for a number that goes on as a name; and ParseUnexpectedToken for `--`,
    which is two signs here and a comment elsewhere.
    """
    before: _Token | None = None
    for token in tokens:
        gap = sql[0 if before is None else before.token.end + 1 : token.offset]
        if gap.strip():
            offset = token.offset - len(gap.lstrip())
            raise S3Error(errors.SELECT_INVALID_CHARACTER, **place(sql, offset))
        if before is not None and not gap:
            if before.kind == "NUMBER" and token.kind in {"VAR", "IDENTIFIER"}:
                raise S3Error(errors.SELECT_INVALID_LITERAL)
            if before.text == token.text == "-" and before.is_sign and token.is_sign:
                raise token.unexpected()
        before = token


def place(sql: str, offset: int) -> dict[str, Any]:
    """Return line and column of an offset, both from 1."""
    return {"line": sql.count("\n", 0, offset) + 1, "column": offset - sql.rfind("\n", 0, offset)}


class _Token:
    """A token of sqlglot's with its place; `kind` is the name of its type."""

    __slots__ = ("kind", "offset", "place", "text", "token")

    def __init__(self, sql: str, token: Any) -> None:
        self.token = token
        self.kind: str = token.token_type.name
        self.text: str = token.text
        self.offset: int = token.start
        self.place = place(sql, token.start)

    @property
    def is_sign(self) -> bool:
        """Whether it is neither a name nor text nor a number."""
        return self.kind not in {"VAR", "IDENTIFIER", "STRING", "NUMBER", "BYTE_STRING"}

    @property
    def is_name(self) -> bool:
        """Whether it can name something: in quotes, or no reserved word."""
        return self.kind == "IDENTIFIER" or (self.kind == "VAR" and self.text.lower() not in RESERVED)

    def is_word(self, word: str) -> bool:
        """Whether it is this word, not in quotes."""
        return self.kind not in {"IDENTIFIER", "STRING", "BYTE_STRING"} and self.text.upper() == word

    @property
    def shown(self) -> str:
        """How AWS names a token in an error (public)."""
        if self.kind == "IDENTIFIER":
            return f"QUOTED_IDENTIFIER:'{self.text}'"
        if self.kind in {"STRING", "NUMBER", "BYTE_STRING"}:
            return f"LITERAL:{self.text}"
        if self.text.replace("_", "").isalpha():
            is_known = self.text.lower() in RESERVED
            return "KEYWORD:UNKNOWN" if is_known else f"IDENTIFIER:'{self.text}'"
        return f"OPERATOR:'{self.text}'"

    def unexpected(self) -> S3Error:
        """Return the refusal of this token."""
        return S3Error(errors.SELECT_UNEXPECTED_TOKEN, token=self.shown, **self.place)


def _unexpected(tokens: list[_Token], found: dict[str, Any]) -> S3Error:
    """Return the refusal of what sqlglot could not read: the token at the place that it names, else the syntax."""
    text, column, line = found.get("highlight"), found.get("col"), found.get("line")
    for token in tokens:
        if (token.token.line, token.token.col) == (line, column) and text is not None:
            before = tokens[tokens.index(token) - 1]
            return _of_cast(tokens, before, token) or token.unexpected()
    return S3Error(errors.SELECT_SYNTAX)


def _of_cast(tokens: list[_Token], before: _Token, token: _Token) -> S3Error | None:
    """Return the refusal of a CAST to no type: `AS` is there and a type is not."""
    casts = any(each.is_word("CAST") for each in tokens)
    if casts and before.is_word("AS"):
        return S3Error(errors.SELECT_TYPE_NAME, token=token.shown, **token.place)
    return None


class _Reader:
    """Takes FROM and LIMIT out of the tokens of an expression, so that sqlglot can read the rest."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self._at = 0
        self._begin = 0

    def require_select(self) -> None:
        """Judge that it is one SELECT with something in its list, and no other inside it (documented)."""
        if not self.tokens or not self.tokens[0].is_word("SELECT"):
            raise S3Error(errors.SELECT_NOT_SELECT)
        if any(token.is_word("SELECT") for token in self.tokens[1:]):
            raise S3Error(errors.SELECT_STRUCTURE)
        for token in self.tokens:
            if token.is_sign and token.text in NO_SIGNS:
                raise S3Error(errors.SELECT_INVALID_CHARACTER, **token.place)
        for token, comma in zip(self.tokens, self.tokens[3:], strict=False):
            if token.is_word("EXTRACT") and comma.is_sign and comma.text == ",":  # it is FROM here, and nothing else
                raise comma.unexpected()

    def _top_level(self, word: str, start: int = 0) -> int | None:
        depth = 0
        for index, token in enumerate(self.tokens):
            if token.is_sign and token.text in "([":
                depth += 1
            elif token.is_sign and token.text in ")]":
                depth -= 1
            elif not depth and index >= start and token.is_word(word):
                return index
        return None

    # --- FROM ------------------------------------------------------------------------------------

    def take_from(self) -> Source:
        """Take FROM out and return it. Raises S3Error for another table, a path that is none, a join and so on."""
        start = self._top_level("FROM")
        if start is None:
            raise S3Error(errors.SELECT_MISSING_FROM)
        if start == 1:
            raise S3Error(errors.SELECT_EMPTY)
        where = self._top_level("WHERE")
        if where is not None and where < start:
            raise self.tokens[where].unexpected()
        self._begin, self._at = start, start + 1
        table = self._next()
        if table is None or not table.is_name or table.text.lower() != TABLE:
            raise S3Error(errors.SELECT_TABLE)
        path = list(self._steps())
        if path and path[0] != STAR:
            raise S3Error(errors.SELECT_KEY_PATH)  # documented: `FROM S3Object.path` is not valid
        alias = self._alias()
        self._require_end_of_from()
        del self.tokens[start : self._at]
        return Source(tuple(path[1:]), alias, bool(path))

    def _next(self) -> _Token | None:
        token = self.tokens[self._at] if self._at < len(self.tokens) else None
        self._at += 1
        return token

    def _peek(self) -> _Token | None:
        return self.tokens[self._at] if self._at < len(self.tokens) else None

    def _takes(self, sign: str) -> bool:
        token = self._peek()
        if token is None or not token.is_sign or token.text != sign:
            return False
        self._at += 1
        return True

    def _steps(self) -> Any:
        """Yield the steps of a path: `.name`, `."name"`, `.*`, `[*]`, `[index]`, `['name']` (documented)."""
        while True:
            if self._takes("."):
                token = self._next()
                if token is not None and token.is_sign and token.text == STAR:
                    yield STAR
                elif token is not None and token.is_name:
                    yield token.text, token.kind == "IDENTIFIER"
                else:
                    raise _path_component(token)
            elif self._takes("["):
                token = self._next()
                if token is not None and token.is_sign and token.text == STAR:
                    yield STAR
                elif token is not None and token.kind == "NUMBER" and (index := natural(token.text)) is not None:
                    yield index
                elif token is not None and token.kind == "STRING":
                    yield token.text, True
                else:
                    raise _path_component(token)
                if not self._takes("]"):
                    raise _path_component(self._peek())
            else:
                return

    def _alias(self) -> tuple[str, bool] | None:
        token = self._peek()
        is_asked = token is not None and token.is_word("AS")
        if is_asked:
            self._at += 1
            token = self._peek()
        if token is None or not token.is_name:
            if is_asked:
                raise S3Error(errors.SELECT_ALIAS)
            return None
        self._at += 1
        return token.text, token.kind == "IDENTIFIER"

    def _require_end_of_from(self) -> None:
        token = self._peek()
        if token is None or token.is_word("WHERE") or token.is_word("LIMIT"):
            return
        if token.is_sign and token.text == ",":
            raise S3Error(errors.SELECT_SOURCES)
        if token.is_word("GROUP"):
            raise S3Error(errors.SELECT_GROUP)
        if any(each.is_word("JOIN") for each in self.tokens[self._at :]):
            raise S3Error(errors.SELECT_JOIN)
        raise token.unexpected()

    # --- LIMIT -----------------------------------------------------------------------------------

    def take_limit(self) -> int | None:
        """Take LIMIT out and return its number, None if there is none."""
        start = self._top_level("LIMIT", self._begin)
        if start is None:
            return None
        self._at = start + 1
        is_negative = self._takes("-")
        number = self._next()
        limit = natural(number.text) if number is not None and number.kind == "NUMBER" else None
        if limit is None:
            raise S3Error(errors.SELECT_LIMIT)
        if is_negative:
            raise S3Error(errors.SELECT_NEGATIVE_LIMIT)
        rest = self._peek()
        if rest is not None:
            raise rest.unexpected()
        del self.tokens[start:]
        return limit


def _path_component(token: _Token | None) -> S3Error:
    if token is None:
        return S3Error(errors.SELECT_SYNTAX)
    kind = "LITERAL" if token.kind in {"STRING", "NUMBER", "BYTE_STRING"} else token.shown.partition(":")[0]
    return S3Error(errors.SELECT_PATH_COMPONENT, token=kind, **token.place)

"""The SQL of S3 Select as a dialect of sqlglot: the words, literals and functions that its grammar has, and no others.

sqlglot is an extra, so this module is imported when the first expression comes. Of sqlglot only what it documents for
dialects is used: the tables of a Tokenizer and of a Parser. FROM and LIMIT are read in `query`, since no dialect
has paths such as `S3Object[*].name`; what the grammar lets pass and S3 does not have is refused in `expressions`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlglot import parser, tokens
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokens import TokenType

__all__ = ["ParseError", "TokenError", "parse", "tokenize"]

_WORDS = (
    *("SELECT", "FROM", "WHERE", "LIMIT", "AS", "AND", "OR", "NOT", "IN", "IS", "NULL", "LIKE", "ESCAPE", "BETWEEN"),
    *("CASE", "WHEN", "THEN", "ELSE", "END", "TRUE", "FALSE", "FOR"),
    *("BOOL", "BOOLEAN", "INT", "INTEGER", "STRING", "FLOAT", "DECIMAL", "NUMERIC", "TIMESTAMP"),
)
_OPERATORS = {"<=": TokenType.LTE, ">=": TokenType.GTE, "<>": TokenType.NEQ, "!=": TokenType.NEQ}
_CALLS = ("CAST", "EXTRACT", "SUBSTRING", "TRIM")
_KNOWN = tokens.Tokenizer.KEYWORDS


class S3Select(Dialect):  # type: ignore[misc]  # mypy does not look into sqlglot
    """What S3 Select documents of SQL; an Ion literal in backticks is what sqlglot calls a byte string."""

    class Tokenizer(tokens.Tokenizer):  # type: ignore[misc]
        """The words that are keywords here; any other one is a name."""

        IDENTIFIERS: ClassVar[list[Any]] = ['"']
        QUOTES: ClassVar[list[Any]] = ["'"]
        STRING_ESCAPES: ClassVar[list[str]] = ["'"]
        BYTE_STRINGS: ClassVar[list[Any]] = [("`", "`")]
        COMMENTS: ClassVar[list[Any]] = []
        KEYWORDS: ClassVar[dict[str, Any]] = {
            **{word: _KNOWN[word] for word in _WORDS if word in _KNOWN},
            "FOR": TokenType.FOR,
            **_OPERATORS,
        }

    class Parser(parser.Parser):  # type: ignore[misc]
        """Functions are calls by name, but for those whose arguments have a grammar of their own."""

        FUNCTIONS: ClassVar[dict[str, Any]] = {}
        FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {
            name: read for name, read in parser.Parser.FUNCTION_PARSERS.items() if name in _CALLS
        }
        NO_PAREN_FUNCTIONS: ClassVar[dict[Any, Any]] = {}
        NO_PAREN_FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {"CASE": parser.Parser.NO_PAREN_FUNCTION_PARSERS["CASE"]}
        COLUMN_OPERATORS: ClassVar[dict[Any, Any]] = {TokenType.DOT: None}


_DIALECT = S3Select()


def tokenize(sql: str) -> list[Any]:
    """Return the tokens of an expression. Raises TokenError."""
    return list(_DIALECT.tokenize(sql))


def parse(found: list[Any], sql: str) -> Any:
    """Return the tree of a SELECT from its tokens, which have the places of `sql`. Raises ParseError."""
    return _DIALECT.parser().parse(found, sql)[0]

"""A file of Python: its text, its tree, and edits that leave all other bytes as they are."""

from __future__ import annotations

import ast
import io
import tokenize
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Remark(NamedTuple):
    """Something that is said of a line."""

    line: int
    text: str


class Edit(NamedTuple):
    """What is put in the place of some bytes of the source; `start` and `end` count from its beginning."""

    start: int
    end: int
    text: str


class Source:
    """A file's text, with the places of its nodes. ast counts lines as Python does, and columns in bytes of UTF-8.

    - `parents`: the node that each node stands in.
    - `constants`: the texts that names of the module stand for, if each is given one once.

    Raises SyntaxError for what is no Python.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.tree = ast.parse(text)
        self.nodes = list(ast.walk(self.tree))
        self.parents = {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}
        self.constants = dict(_constants(self.tree))
        self._raw = text.encode()
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        self._starts = [0]
        for line in io.StringIO(text, newline=""):  # not splitlines(), which ends a line at a form feed too
            self._starts.append(self._starts[-1] + len(line.encode()))

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield what a node stands in, the nearest first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def function_of(self, node: ast.AST) -> Function | None:
        """Return the nearest function around a node; a decorator is around its function, and not in it."""
        inner = node
        for outer in self.around(node):
            if isinstance(outer, FUNCTIONS) and inner not in outer.decorator_list:
                return outer
            inner = outer
        return None

    def class_of(self, node: ast.AST) -> ast.ClassDef | None:
        """Return the nearest class around a node."""
        return next((outer for outer in self.around(node) if isinstance(outer, ast.ClassDef)), None)

    def text_of(self, node: ast.AST | None) -> str | None:
        """Return the text that an expression stands for: a literal, a constant of the module, or a default."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        if not isinstance(node, ast.Name):
            return None
        function = self.function_of(node)
        if function is not None and (default := _default(function, node.id)) is not None:
            return self.text_of(default)
        return self.constants.get(node.id)

    def start(self, node: ast.AST) -> int:
        """Return where a node begins, in bytes."""
        return self._at(node.lineno, node.col_offset)  # type: ignore[attr-defined]

    def end(self, node: ast.AST) -> int:
        """Return where a node ends, in bytes."""
        return self._at(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]

    def written(self, node: ast.AST) -> str:
        """Return a node as it is written."""
        return self._raw[self.start(node) : self.end(node)].decode()

    def first_line(self, node: ast.stmt) -> int:
        """Return the line that a statement begins in, with its decorators."""
        decorators: list[ast.expr] = getattr(node, "decorator_list", [])
        return min([node.lineno, *(one.lineno for one in decorators)])

    def edit(self, node: ast.AST, text: str) -> Edit:
        """Return the edit that puts a text in the place of a node."""
        return Edit(self.start(node), self.end(node), text)

    def before(self, node: ast.stmt, statement: str) -> Edit:
        """Return the edit that puts a statement before another."""
        at = self.start(node)
        return Edit(at, at, f"{statement}{self.separator(node)}")

    def separator(self, node: ast.stmt) -> str:
        """Return what stands between a statement and one put before it: a line end, or `;` if it shares its line."""
        raw = self._raw[self._at(node.lineno, 0) : self.start(node)].decode()
        return "; " if raw.strip() else f"{self._line_end}{raw}"

    def without(self, node: ast.stmt) -> Edit:
        """Return the edit that takes a statement away: its lines, or `pass` in its place where that is not possible."""
        block = next((found for found in _blocks(self.parents[node]) if node in found), [])
        lines = self._lines(self.start(node), self.end(node))
        if len(block) < 2 or lines is None:  # noqa: PLR2004
            return self.edit(node, "pass")
        if lines.start == 0:  # no file begins with the empty lines that stood behind its only import
            rest = self._raw[lines.end :]
            lines = lines._replace(end=len(self._raw) - len(rest.lstrip(b"\r\n")))
        return lines

    def without_decorator(self, decorator: ast.expr) -> Edit | None:
        """Return the edit that takes a decorator's lines away; None: it shares them."""
        return self._lines(self._raw.rindex(b"@", 0, self.start(decorator)), self.end(decorator))

    def dedented(self, block: ast.With | ast.AsyncWith) -> tuple[Edit, dict[int, int]]:
        """Return what takes a `with` away from its body: the edit of its head, and how much each line moves."""
        first = block.body[0]
        line = self.first_line(first)
        if line == block.lineno:
            return Edit(self.start(block), self.start(first), ""), {}
        while self._is_comment(line - 1):  # what is written between the head and the body stays
            line -= 1
        inside = self._inside_of_texts()
        moved = first.col_offset - block.col_offset
        lines = range(line, (block.end_lineno or 0) + 1)
        head = Edit(self._at(block.lineno, 0), self._at(line, 0), "")
        return head, {line: moved for line in lines if line not in inside}

    def unindented(self, moved: dict[int, int]) -> list[Edit]:
        """Return the edits that move lines to the left."""
        edits = []
        for line, columns in moved.items():
            start = self._starts[line - 1]
            text = self._raw[start : self._starts[line]]
            blanks = len(text) - len(text.lstrip(b" \t"))
            edits.append(Edit(start, start + min(columns, blanks), ""))
        return edits

    def edited(self, edits: Sequence[Edit]) -> str:
        """Return the text with the edits made. An edit inside of what another takes away is not needed."""
        raw = self._raw
        done = len(raw)
        taken: list[Edit] = []
        for edit in sorted(set(edits), key=lambda one: (one.start, -one.end)):
            if not taken or edit.start >= taken[-1].end:
                taken.append(edit)
        for start, end, text in reversed(taken):
            assert end <= done
            raw = raw[:start] + text.encode() + raw[end:]
            done = start
        return raw.decode()

    def _lines(self, start: int, end: int) -> Edit | None:
        """Return the edit that takes away the lines of some bytes; None: something else stands there."""
        first = self._raw.rfind(b"\n", 0, start) + 1
        last = self._raw.find(b"\n", end) + 1 or len(self._raw)
        rest = self._raw[end:last].strip()
        if self._raw[first:start].strip() or (rest and not rest.startswith(b"#")):
            return None
        return Edit(first, last, "")

    def _is_comment(self, line: int) -> bool:
        """Whether a line has nothing or a comment in it."""
        text = self._raw[self._starts[line - 1] : self._starts[line]].strip()
        return not text or text.startswith(b"#")

    def _inside_of_texts(self) -> set[int]:
        """Return the lines that begin inside of a text of several lines."""
        inside: set[int] = set()
        opened = 0
        for token in tokenize.generate_tokens(io.StringIO(self.text, newline="").readline):
            name = tokenize.tok_name[token.type]
            if name == "STRING":
                inside.update(range(token.start[0] + 1, token.end[0] + 1))
            elif name in {"FSTRING_START", "TSTRING_START"}:
                opened = opened or token.start[0]
            elif name in {"FSTRING_END", "TSTRING_END"} and opened:
                inside.update(range(opened + 1, token.end[0] + 1))
                opened = 0
        return inside

    def _at(self, line: int | None, column: int | None) -> int:
        return self._starts[(line or 1) - 1] + (column or 0)


def dotted(node: ast.AST) -> str:
    """Return a name with its dots, as `moto.mock_aws`; empty: it is something else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def last_name(node: ast.AST) -> str:
    """Return the last part of a name or of what is called, as `mock_aws` of `moto.mock_aws()`."""
    if isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """Return the value of a keyword."""
    return next((one.value for one in call.keywords if one.arg == name), None)


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list):
            yield block


def first_of_each_block(source: Source, statements: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the first of these of each list of statements. What stands before it runs, though it may fail itself."""
    for node in source.nodes:
        for block in _blocks(node):
            if found := [one for one in block if one in statements]:
                yield found[0]


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    given: dict[str, list[ast.expr | None]] = {}
    for node in tree.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    given.setdefault(target.id, []).append(node.value)
    for name, values in given.items():
        value = values[0]
        if len(values) == 1 and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield name, value.value


def _default(function: Function, name: str) -> ast.expr | None:
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    positional = positional[len(positional) - len(arguments.defaults) :]
    named = [*positional, *arguments.kwonlyargs]
    defaults = [*arguments.defaults, *arguments.kw_defaults]
    return next((default for one, default in zip(named, defaults, strict=True) if one.arg == name), None)


def is_of_server(module: str | None) -> bool:
    """Whether a module is one of moto's server (source: moto 5; `moto.server` takes it from `moto.moto_server`)."""
    return f"{module}.".startswith(("moto.server.", "moto.moto_server."))

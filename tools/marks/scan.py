"""Find where the code says that a rule is assumed or reported: in comments, docstrings and the tables' sources."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK = re.compile(r"\b(assumed|reported)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.:])\s+(?=[A-Z`*-])|\n\s*\n|\n\s*(?=- )")
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Mark(NamedTuple):
    """One place that says so.

    - `file`: from the root, such as `fakecos/facts/iam.py`.
    - `place`: the function, class or constant, `Class.method`, `TABLE.first text of a row`; "": the file's docstring.
    - `words`: the sentence, or the whole source of a row; of a comment behind code, the code too. `line`: for people.
    """

    file: str
    place: str
    words: str
    line: int


class _Text(NamedTuple):
    place: str
    text: str
    line: int
    is_prose: bool


def marks_in(folder: Path, root: Path) -> list[Mark]:
    """Return every mark below a folder, or in one file. The contract's promises are no marks: they ask."""
    paths = sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]
    return [mark for path in paths if "promises" not in path.parts for mark in marks_of(path, root)]


def marks_of(path: Path, root: Path) -> list[Mark]:
    """Return the marks of one file, in its order."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    file = path.relative_to(root).as_posix()
    found = [Mark(file, each.place, words, each.line) for each in _texts(tree, source) for words in _marked(each)]
    return sorted(dict.fromkeys(found), key=lambda mark: mark.line)


def _marked(text: _Text) -> Iterator[str]:
    for sentence in _SENTENCE.split(text.text) if text.is_prose else [text.text]:
        if MARK.search(sentence):
            yield " ".join(sentence.split())


def _texts(tree: ast.Module, source: str) -> Iterator[_Text]:
    yield from _Strings().of(tree)
    yield from _comments(tree, source)


class _Strings(ast.NodeVisitor):
    """Gathers strings with their place."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._found: list[_Text] = []

    def of(self, tree: ast.Module) -> list[_Text]:
        self._body(tree.body)
        return self._found

    def _body(self, body: list[ast.stmt]) -> None:
        """Visit statements; a string after an assignment is about what is assigned."""
        before: str | None = None
        for statement in body:
            is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
            name = before if is_text else _assigned(statement)
            before = _assigned(statement)
            self._within(name, statement)

    def _within(self, name: str | None, node: ast.AST) -> None:
        if name is None:
            self.visit(node)
            return
        self._names.append(name)
        self.visit(node)
        self._names.pop()

    def generic_visit(self, node: ast.AST) -> None:
        for name, value in ast.iter_fields(node):
            if name in {"body", "orelse", "finalbody"} and isinstance(value, list):
                self._body(value)
            else:
                for each in value if isinstance(value, list) else [value]:
                    if isinstance(each, ast.AST):
                        self.visit(each)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._names.append(node.name)
        self.generic_visit(node)
        self._names.pop()

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._names.append(node.name)
        self.generic_visit(node)
        self._names.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._names.append(node.name)
        self.generic_visit(node)
        self._names.pop()

    def visit_Dict(self, node: ast.Dict) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            self._within(_first_text(key), value)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        self._elements(node.elts)

    def visit_List(self, node: ast.List) -> None:
        self._elements(node.elts)

    def visit_Call(self, node: ast.Call) -> None:
        """The first text of a row in a table names it."""
        rows = [each for each in node.args if isinstance(each, ast.Call)]
        for each in ast.iter_child_nodes(node):
            self._within(_row_name(each) if each in rows else None, each)

    def _elements(self, elements: list[ast.expr]) -> None:
        for each in elements:
            self._within(_row_name(each), each)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._add("".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values), node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._add(node.value, node)

    def _add(self, text: str, node: ast.expr) -> None:
        self._found.append(_Text(".".join(self._names), text, node.lineno, is_prose="\n" in text or ". " in text))


def _assigned(statement: ast.stmt) -> str | None:
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return targets[0].id if isinstance(targets[0], ast.Name) and not isinstance(statement, ast.For) else None


def _row_name(node: ast.expr | ast.AST) -> str | None:
    if not isinstance(node, ast.Call):
        return None
    return next((text for text in map(_first_text, node.args) if text is not None), None)


def _first_text(node: ast.AST | None) -> str | None:
    texts = [each.value for each in ast.walk(node or ast.Pass()) if isinstance(each, ast.Constant)]
    return next((text.replace("\n", " ") for text in texts if isinstance(text, str)), None)


def _comments(tree: ast.Module, source: str) -> Iterator[_Text]:
    """Yield comments: those of lines that follow each other together, one behind code alone."""
    lines = source.splitlines()
    block: list[tuple[int, str]] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        line, text = token.start[0], token.string.lstrip("#").strip()
        is_alone = lines[line - 1].lstrip().startswith("#")
        if block and not (is_alone and block[-1][0] == line - 1 and _is_alone(lines, line - 1)):
            yield _comment(tree, block, lines)
            block = []
        block.append((line, text))
    if block:
        yield _comment(tree, block, lines)


def _is_alone(lines: list[str], line: int) -> bool:
    return lines[line - 1].lstrip().startswith("#")


def _comment(tree: ast.Module, block: list[tuple[int, str]], lines: list[str]) -> _Text:
    last = block[-1][0]
    text = " ".join(text for _, text in block)
    if _is_alone(lines, last):
        return _Text(_place_of(tree, last + 1), text, block[0][0], is_prose=True)
    return _Text(_place_of(tree, last), lines[last - 1].strip(), last, is_prose=False)


def _place_of(tree: ast.Module, line: int) -> str:
    """Return the functions and classes around a line, and what is assigned there."""
    names = []
    node: ast.AST | None = tree
    while node is not None:
        node = next(
            (
                each
                for each in ast.iter_child_nodes(node)
                if isinstance(each, ast.stmt) and each.lineno <= line <= (each.end_lineno or each.lineno)
            ),
            None,
        )
        name = node.name if isinstance(node, _NAMED) else _assigned(node) if isinstance(node, ast.stmt) else None
        names += [name] if name else []
    return ".".join(names)

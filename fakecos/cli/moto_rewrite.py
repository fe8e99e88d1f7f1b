"""`fakecos migrate-from-moto`: write `FakeCOS()` where a test file says `mock_aws` and uses nothing but S3.

Law of this file: it changes what it understands and says what it leaves. A file that makes a client of another
service is left alone, since moto is still needed there.
"""

from __future__ import annotations

import ast
import io
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MOCKS = frozenset({"mock_aws", "mock_s3"})
"""`mock_s3` is what `mock_aws` was called for S3 before moto 5 (documented: moto's migration notes)."""
MAKERS = frozenset({"client", "resource"})
HARMLESS = frozenset({"DEFAULT_ACCOUNT_ID"})
"""What a test may import from a module of moto without using what moto stores: the account is the same."""
OURS = "from fakecos import FakeCOS"


class Migrated(NamedTuple):
    """A file after the change. `left`: what was not changed, and why, each with its line."""

    text: str
    left: tuple[str, ...]


class _Edit(NamedTuple):
    """What is put in the place of some bytes of the source; `start` and `end` count from its beginning."""

    start: int
    end: int
    text: str


class _Source:
    """A file's text, with the places of its nodes. ast counts lines as Python does, and columns in bytes of UTF-8."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        self._starts = [0]
        for line in io.StringIO(text, newline=""):  # not splitlines(), which ends a line at a form feed too
            self._starts.append(self._starts[-1] + len(line.encode()))

    def edit(self, node: ast.expr | ast.stmt, text: str) -> _Edit:
        """Return the edit that puts a text in the place of a node."""
        return _Edit(self._at(node.lineno, node.col_offset), self._at(node.end_lineno, node.end_col_offset), text)

    def before(self, node: ast.stmt, statement: str) -> _Edit:
        """Return the edit that puts a statement before another."""
        at = self._at(node.lineno, node.col_offset)
        return _Edit(at, at, f"{statement}{self.separator(node)}")

    def separator(self, node: ast.stmt) -> str:
        """Return what stands between a statement and one put before it: a line end, or `;` if it shares its line."""
        raw = self.text.encode()[self._at(node.lineno, 0) : self._at(node.lineno, node.col_offset)].decode()
        return "; " if raw.strip() else f"{self._line_end}{raw}"

    def edited(self, edits: list[_Edit]) -> str:
        """Return the text with the edits made."""
        raw = self.text.encode()
        for start, end, text in sorted(edits, reverse=True):
            raw = raw[:start] + text.encode() + raw[end:]
        return raw.decode()

    def _at(self, line: int | None, column: int | None) -> int:
        return self._starts[(line or 1) - 1] + (column or 0)


def migrate(text: str) -> Migrated:
    """Return a Python file with moto's decorator and context manager replaced where that is safe.

    Raises SyntaxError for what is no Python.
    """
    tree = ast.parse(text)
    source = _Source(text)
    imports = list(_imports(tree))
    left = [*_through_the_module(tree), *_insides(tree)]
    if not imports:
        return Migrated(text, tuple(left))
    other = min(_other_services(tree), default=None)
    if other is not None:
        return Migrated(text, (f"line {other[0]}: {other[1]} keep moto for it (see use-beside-moto)",))
    names = {alias.asname or alias.name for found in imports for alias in found.names if alias.name in MOCKS}
    edits, used = _uses(tree, names, source)
    left += used
    if not used:
        edits += [_replaced(source, found) for found in imports]
    elif edits:
        edits += [source.before(found, OURS) for found in _first_of_each_block(tree, imports)]
    return Migrated(source.edited(edits), tuple(left))


def _imports(tree: ast.AST) -> Iterator[ast.ImportFrom]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or node.module != "moto" or node.level:
            continue
        if any(alias.name in MOCKS for alias in node.names):
            yield node


def _first_of_each_block(tree: ast.AST, imports: list[ast.ImportFrom]) -> Iterator[ast.ImportFrom]:
    """Yield the first import of each list of statements. What stands before it runs, though it may fail itself."""
    for node in ast.walk(tree):
        for block in (getattr(node, name, None) for name in ("body", "orelse", "finalbody")):
            if isinstance(block, list) and (found := [one for one in block if one in imports]):
                yield found[0]


def _through_the_module(tree: ast.AST) -> Iterator[str]:
    """Yield what is reported about `moto.mock_aws`, which is left."""
    modules = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name == "moto"
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and node.attr in MOCKS):
            continue
        if isinstance(node.value, ast.Name) and node.value.id in modules:
            advice = f"write `from moto import {node.attr}`, and run this again"
            yield f"line {node.lineno}: {ast.unparse(node)} is not understood: {advice}"


def _insides(tree: ast.AST) -> Iterator[str]:
    """Yield what is reported about imports from moto's own modules, which know nothing of what fakecos stores."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").startswith("moto."):
            module = node.module or ""
            if all(alias.name in HARMLESS for alias in node.names):
                continue
        elif isinstance(node, ast.Import) and any(alias.name.startswith("moto.") for alias in node.names):
            module = next(alias.name for alias in node.names if alias.name.startswith("moto."))
        else:
            continue
        instead = "cos.serve()" if module.startswith("moto.server") else 'cos.bucket("...")'
        yield f"line {node.lineno}: {module} stays, and sees nothing of fakecos: write what uses it with {instead}"


def _other_services(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the clients of other services, and those whose service the file does not say."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MAKERS):
            continue
        named = [keyword.value for keyword in node.keywords if keyword.arg == "service_name"]
        service = next(iter([*node.args, *named]), None)
        if isinstance(service, ast.Constant) and service.value != "s3":
            yield node.lineno, f"it uses {service.value!r} too, which fakecos does not answer:"
        elif service is not None and not isinstance(service, ast.Constant):
            yield node.lineno, f"it does not say which service {ast.unparse(service)} is: unless it is s3,"


def _uses(tree: ast.AST, names: set[str], source: _Source) -> tuple[list[_Edit], list[str]]:
    """Return the edits of `@mock_aws`, `@mock_aws()` and `mock_aws()`, and what else is done with the name."""
    calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    decorators = {
        id(decorator)
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        for decorator in node.decorator_list
    }
    edits, left = [], []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Name) and node.id in names):
            continue
        call = calls.get(id(node))
        if call is not None and (call.args or call.keywords):
            left.append(f"line {node.lineno}: {ast.unparse(call)} has arguments: see what they mean for FakeCOS")
        elif call is not None or id(node) in decorators:
            edits.append(source.edit(node, f"FakeCOS{'' if call is not None else '()'}"))
        else:
            left.append(f"line {node.lineno}: {node.id} is used as a value")
    return edits, left


def _replaced(source: _Source, found: ast.ImportFrom) -> _Edit:
    """Replace the import; what else it imports from moto stays."""
    kept = [alias for alias in found.names if alias.name not in MOCKS]
    words = [f"{alias.name} as {alias.asname}" if alias.asname else alias.name for alias in kept]
    text = OURS if not words else f"{OURS}{source.separator(found)}from moto import {', '.join(words)}"
    return source.edit(found, text)

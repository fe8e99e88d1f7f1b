"""`fakecos migrate-from-moto`: write `FakeCOS()` where a test file says `mock_aws` and uses nothing but S3.

Law of this file: it changes what it understands and says what it leaves. A file that makes a client of another
service is left alone, since moto is still needed there.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MOCKS = frozenset({"mock_aws", "mock_s3"})
"""`mock_s3` is what `mock_aws` was called for S3 before moto 5 (documented: moto's migration notes)."""
MAKERS = frozenset({"client", "resource"})
WHOLE, REST = -1, -2
"""Instead of where an edit ends: the line goes; what stands behind its start goes."""
OURS = "from fakecos import FakeCOS"


class Migrated(NamedTuple):
    """A file after the change. `left`: what was not changed, and why, each with its line."""

    text: str
    left: tuple[str, ...]


class _Edit(NamedTuple):
    line: int
    start: int
    end: int
    text: str


def migrate(source: str) -> Migrated:
    """Return a Python file with moto's decorator and context manager replaced where that is safe.

    Raises SyntaxError for what is no Python.
    """
    tree = ast.parse(source)
    imports = list(_imports(tree))
    left = list(_through_the_module(tree))
    if not imports:
        return Migrated(source, tuple(left))
    others = sorted(_other_services(tree))
    if others:
        reason = f"line {others[0][0]}: it uses {others[0][1]} too, which fakecos does not answer: keep moto for it"
        return Migrated(source, (f"{reason} (see use-beside-moto)",))
    names = {alias.asname or alias.name for found in imports for alias in found.names if alias.name in MOCKS}
    edits, used = _uses(tree, names)
    left += used
    if not used:
        edits += [edit for found in imports for edit in _import_edits(source, found)]
    elif edits:
        last = max(imports, key=lambda found: found.lineno)
        end = last.end_col_offset or 0
        edits.append(_Edit(last.end_lineno or last.lineno, end, end, f"\n{_indent(source, last)}{OURS}"))
    return Migrated(_edited(source, edits), tuple(left))


def _imports(tree: ast.AST) -> Iterator[ast.ImportFrom]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "moto" and any(n.name in MOCKS for n in node.names):
            yield node


def _through_the_module(tree: ast.AST) -> Iterator[str]:
    """Yield what is told of `moto.mock_aws`, which is left."""
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


def _indent(source: str, found: ast.ImportFrom) -> str:
    """Return what stands before an import."""
    return source.splitlines()[found.lineno - 1][: found.col_offset]


def _other_services(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the clients of other services, and those whose service the file does not say."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MAKERS):
            continue
        named = [keyword.value for keyword in node.keywords if keyword.arg == "service_name"]
        service = next(iter([*node.args, *named]), None)
        if isinstance(service, ast.Constant) and service.value != "s3":
            yield node.lineno, f"{service.value!r}"
        elif service is not None and not isinstance(service, ast.Constant):
            yield node.lineno, f"the service {ast.unparse(service)}"


def _uses(tree: ast.AST, names: set[str]) -> tuple[list[_Edit], list[str]]:
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
            brackets = "" if call is not None else "()"
            edits.append(_Edit(node.lineno, node.col_offset, node.end_col_offset or 0, f"FakeCOS{brackets}"))
        else:
            left.append(f"line {node.lineno}: {node.id} is used as a value")
    return edits, left


def _import_edits(source: str, found: ast.ImportFrom) -> Iterator[_Edit]:
    """Replace the import; what else it imports from moto stays."""
    kept = [alias for alias in found.names if alias.name not in MOCKS]
    words = [f"{alias.name} as {alias.asname}" if alias.asname else alias.name for alias in kept]
    text = OURS if not words else f"{OURS}\n{_indent(source, found)}from moto import {', '.join(words)}"
    last = found.end_lineno or found.lineno
    yield _Edit(found.lineno, found.col_offset, (found.end_col_offset or 0) if last == found.lineno else REST, text)
    for line in range(found.lineno + 1, last + 1):  # a bracketed import over several lines: the others go
        yield _Edit(line, 0, WHOLE, "")


def _edited(source: str, edits: list[_Edit]) -> str:
    lines = source.splitlines(keepends=True)
    for line, start, end, text in sorted(edits, reverse=True):
        whole = lines[line - 1]
        raw = whole.encode()  # ast counts in bytes
        if end == WHOLE:
            lines[line - 1] = ""
        else:
            lines[line - 1] = (raw[:start] + text.encode() + (b"\n" if end == REST else raw[end:])).decode()
    return "".join(lines)

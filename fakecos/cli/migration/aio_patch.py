"""The patch that makes moto answer aiobotocore, as people copy it: found, and to be deleted.

fakecos answers aiobotocore itself, with aiobotocore's own answers. The patch wraps these once more, and breaks them.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from fakecos.cli.migration.source import FUNCTIONS, Remark, last_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.cli.migration.source import Source

PATCHED = frozenset({"convert_to_response_dict", "_check_response"})
"""What it replaces: in aiobotocore.endpoint, and in the AioCRC32Checker of aiobotocore.retryhandler."""
BASES = frozenset({"AioAWSResponse"})
OF_AIOHTTP = "ClientResponse"
NAMED = re.compile(r"Mock\w*(?:AWSResponse|HttpClientResponse)|Patched\w*AWSResponse|PatchAioBotocore", re.IGNORECASE)
CHUNKED = "AioAwsChunkedWrapper"
WHY = "fakecos answers aiobotocore without it, and cannot with it"


def aio_patches(source: Source) -> Iterator[Remark]:
    """Yield what belongs to such a patch: the outermost statement of each place, with its lines."""
    if not any(_is_of_aiobotocore(node) for node in source.nodes):
        return
    told: dict[ast.stmt, str] = {}
    for node in source.nodes:
        what = _what(node)
        if what is not None:
            told.setdefault(_outermost(source, node), what)
    for statement, what in told.items():
        first, last = source.first_line(statement), statement.end_lineno
        lines = f"lines {first} to {last}" if last != first else f"line {first}"
        yield Remark(first, f"{what}: delete {lines}; {WHY}")


def _what(node: ast.AST) -> str | None:
    """Return what a node has to do with the patch, or None."""
    if isinstance(node, ast.ClassDef):
        bases = {last_name(base) for base in node.bases}
        is_answer = bases & BASES or (OF_AIOHTTP in bases and NAMED.search(node.name)) or NAMED.fullmatch(node.name)
        return f"{node.name} is an answer of moto for aiobotocore" if is_answer else None
    if isinstance(node, (ast.Assign, ast.Delete)):
        return next(filter(None, map(_of_target, node.targets)), None)
    return _of_call(node) if isinstance(node, ast.Call) else None


def _of_target(target: ast.expr) -> str | None:
    if isinstance(target, ast.Attribute) and target.attr in PATCHED:
        return f"{target.attr} is replaced in aiobotocore"
    if isinstance(target, ast.Attribute) and last_name(target.value) == CHUNKED:
        return f"{CHUNKED}.{target.attr} is replaced or taken away"
    return None


def _of_call(call: ast.Call) -> str | None:
    if last_name(call) not in {"setattr", "patch", "object", "delattr"}:
        return None
    if any(last_name(argument) == CHUNKED for argument in call.args):
        return f"methods of {CHUNKED} are replaced or taken away"
    texts = [str(argument.value) for argument in call.args if isinstance(argument, ast.Constant)]
    patched = [name for text in texts if (name := text.rpartition(".")[2]) in PATCHED]
    return f"{patched[0]} is replaced in aiobotocore" if patched else None


def _outermost(source: Source, node: ast.AST) -> ast.stmt:
    """Return the statement to delete: the function of the patch, if that is all that the function is for."""
    chain = [node, *source.around(node)]
    functions = [one for one in chain if isinstance(one, FUNCTIONS)]
    if functions and not functions[-1].name.startswith("test") and source.class_of(functions[-1]) is None:
        return functions[-1]
    return next(one for one in chain if isinstance(one, ast.stmt))


def _is_of_aiobotocore(node: ast.AST) -> bool:
    names = [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
    module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return any(name.startswith("aiobotocore") for name in (module, *names, text))

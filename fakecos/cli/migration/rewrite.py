"""The edits of one file: FakeCOS where a mock of moto stands, and nothing where another fake is on already."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from fakecos.cli.migration.mocks import MOCKS
from fakecos.cli.migration.source import Edit, first_of_each_block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakecos.cli.migration.mocks import MotoUses, Use
    from fakecos.cli.migration.source import Source

OURS = "from fakecos import FakeCOS"


def rewrite(mocks: MotoUses, nested: Sequence[Use]) -> list[Edit]:
    """Return the edits that replace the mocks of a file, and take those of `nested` away."""
    source = mocks.source
    edits: list[Edit] = []
    replaced = [use for use in mocks.uses if use not in nested]
    edits += [_replacement(source, use) for use in replaced]
    for use in nested:
        if use.owner is not None:
            edits.append(source.without_decorator(use.expression) or _replacement(source, use))
    edits += _without_blocks(source, [use for use in nested if use.block is not None])
    return edits + _imports(mocks, is_needed=bool(replaced))


def rewrite_server(source: Source, edits: Sequence[Edit], imports: Sequence[ast.stmt]) -> list[Edit]:
    """Return the edits of moto's server, with ours in the place of its import."""
    needs_ours = any("FakeCOS" in edit.text for edit in edits)
    return [*edits, *(source.edit(node, OURS) for node in imports if needs_ours)]


def _replacement(source: Source, use: Use) -> Edit:
    return source.edit(use.expression, "FakeCOS()")


def _without_blocks(source: Source, uses: Sequence[Use]) -> list[Edit]:
    """Return the edits that take mocks out of `with` statements, and these away if nothing else stands in them."""
    edits: list[Edit] = []
    moved: dict[int, int] = {}
    for block in {use.block for use in uses if use.block is not None}:
        gone = [use.item for use in uses if use.block is block]
        kept = [item for item in block.items if item not in gone]
        if kept:
            edits += [_without_item(source, block, item) for item in gone if item is not None]
            continue
        head, lines = source.dedented(block)
        edits.append(head)
        for line, columns in lines.items():
            moved[line] = moved.get(line, 0) + columns
    return edits + source.unindented(moved)


def _without_item(source: Source, block: ast.With | ast.AsyncWith, item: ast.withitem) -> Edit:
    at = block.items.index(item)
    end = source.end(item.optional_vars or item.context_expr)
    if at + 1 < len(block.items):
        return Edit(source.start(item.context_expr), source.start(block.items[at + 1].context_expr), "")
    before = block.items[at - 1]
    return Edit(source.end(before.optional_vars or before.context_expr), end, "")


def _imports(mocks: MotoUses, *, is_needed: bool) -> list[Edit]:
    """Return the edits of the imports: ours where it is needed, and moto's only where something of it is left."""
    source = mocks.source
    has_ours = any(isinstance(node, ast.ImportFrom) and ast.unparse(node) == OURS for node in source.tree.body)
    statements: list[ast.Import | ast.ImportFrom] = [*mocks.imports, *mocks.modules]
    used = {use.name for use in mocks.uses}
    known = mocks.names | mocks.module_names
    left = {
        node.id
        for node in source.nodes
        if isinstance(node, ast.Name) and node.id in known and not mocks.is_local(node)
        if node not in used and source.parents[node] not in used
    }
    edits = []
    firsts = [*first_of_each_block(source, statements)] if is_needed and not has_ours else []
    for statement in statements:
        kept = [
            alias
            for alias in statement.names
            if (alias.name not in MOCKS and alias.name != "moto") or (alias.asname or alias.name) in left
        ]
        is_whole = len(kept) == len(statement.names)
        ours = OURS if statement in firsts else ""
        if is_whole:
            edits += [source.before(statement, OURS)] if ours else []
            continue
        words = ", ".join(f"{one.name} as {one.asname}" if one.asname else one.name for one in kept)
        prefix = "from moto import" if isinstance(statement, ast.ImportFrom) else "import"
        lines = [line for line in (ours, f"{prefix} {words}" if words else "") if line]
        text = source.separator(statement).join(lines)
        edits.append(source.edit(statement, text) if text else source.without(statement))
    return edits

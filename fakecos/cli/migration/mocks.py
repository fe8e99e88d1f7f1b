"""Where a file uses moto's mocks of S3: by their names, by other names, or by way of the module."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from fakecos.cli.migration.source import FUNCTIONS, Function, Remark, is_of_server, keyword

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.cli.migration.source import Source

MOCKS = frozenset({"mock_aws", "mock_s3"})
"""`mock_s3` is what `mock_aws` was called for S3 before moto 5 (documented: moto's migration notes)."""
HARMLESS = frozenset({"DEFAULT_ACCOUNT_ID"})
"""What a test may import from a module of moto without using what moto stores: the account is the same."""
NEEDLESS = {"mock_credentials": (True,), "reset_boto3_session": (True, False), "service_whitelist": (None, ["s3"])}
"""Settings of moto's core that fakecos needs not: it has dummy credentials, and answers clients of any session."""

Owner: TypeAlias = Function | ast.ClassDef
With: TypeAlias = ast.With | ast.AsyncWith


class Use(NamedTuple):
    """One use of a mock. `name`: the node of its name. `expression`: that, or the call of it, which is replaced.

    `owner`: what it decorates. `block` and `item`: the `with` that it stands in. None of them: a call by itself.
    """

    name: ast.expr
    expression: ast.expr
    owner: Owner | None = None
    block: With | None = None
    item: ast.withitem | None = None

    @property
    def line(self) -> int:
        """Its line."""
        return self.expression.lineno

    @property
    def at(self) -> tuple[int, int]:
        """Where it stands: line and column."""
        return self.expression.lineno, self.expression.col_offset


class MotoUses:
    """The uses in one file. `imports` are the statements `from moto import mock_aws`, `modules` those of `import moto`.

    `unknown`: uses that are not understood, with why.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.imports = [node for node in source.nodes if isinstance(node, ast.ImportFrom) and _imports_a_mock(node)]
        self.modules = [node for node in source.nodes if isinstance(node, ast.Import) and _alias_of_moto(node)]
        self.names = {a.asname or a.name for found in self.imports for a in found.names if a.name in MOCKS}
        self.module_names = {name for found in self.modules for name in _alias_of_moto(found)}
        self.uses: list[Use] = []
        self.unknown: list[tuple[ast.expr, Remark]] = []
        for node in source.nodes:
            if self._is_mock(node):
                self._add(node)

    @property
    def is_empty(self) -> bool:
        """Whether the file uses none."""
        return not self.uses and not self.unknown and not self.imports

    def says_s3(self) -> bool:
        """Whether a mock of S3 alone is used, as moto 4 had."""
        return any(alias.name == "mock_s3" for found in self.imports for alias in found.names) or any(
            isinstance(use.name, ast.Attribute) and use.name.attr == "mock_s3" for use in self.uses
        )

    def _is_mock(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Name):
            return node.id in self.names and isinstance(node.ctx, ast.Load) and not self.is_local(node)
        is_attribute = isinstance(node, ast.Attribute) and node.attr in MOCKS and isinstance(node.value, ast.Name)
        return is_attribute and node.value.id in self.module_names  # type: ignore[attr-defined]

    def is_local(self, node: ast.Name) -> bool:
        """Whether a name is an argument or a variable of a function around it, which is called as the mock is."""
        function = self.source.function_of(node)
        while function is not None:
            for one in ast.walk(function):
                if isinstance(one, ast.arg) and one.arg == node.id:
                    return True
                if isinstance(one, ast.Name) and one.id == node.id and isinstance(one.ctx, ast.Store):
                    return True
            function = self.source.function_of(function)
        return False

    def _add(self, node: ast.AST) -> None:
        assert isinstance(node, ast.expr)
        parents = self.source.parents
        above = parents[node]
        call = above if isinstance(above, ast.Call) and above.func is node else None
        expression: ast.expr = node if call is None else call
        where = parents[expression]
        reason = None if call is None else refused_arguments(call) or self._stopped_elsewhere(call)
        if reason is not None:
            self.unknown.append((expression, Remark(node.lineno, reason)))
        elif isinstance(where, (*FUNCTIONS, ast.ClassDef)) and expression in where.decorator_list:
            self.uses.append(Use(node, expression, owner=where))
        elif call is None:
            self.unknown.append((expression, Remark(node.lineno, f"{ast.unparse(node)} is used as a value")))
        elif isinstance(where, ast.withitem):
            block = parents[where]
            assert isinstance(block, (ast.With, ast.AsyncWith))
            self.uses.append(Use(node, expression, block=block, item=where))
        else:
            self.uses.append(Use(node, expression))

    def _stopped_elsewhere(self, call: ast.Call) -> str | None:
        """Return why `mock_aws().start()` is left if there is a `mock_aws().stop()`: that is a mock of its own."""
        method = self.source.parents[call]
        if not isinstance(method, ast.Attribute) or method.attr not in {"start", "stop"}:
            return None
        written = f"{ast.unparse(call.func)}()"
        text = ast.unparse(self.source.tree)
        if all(f"{written}.{name}()" in text for name in ("start", "stop")):
            why = "one fake would start and another one stop: keep it in a variable, or in a with block"
            return f"{written}.{method.attr}(): {why}"
        return None


def refused_arguments(call: ast.Call) -> str | None:
    """Return why a call of a mock with arguments is not rewritten; None: it says nothing that fakecos would need."""
    if not call.args and not call.keywords:
        return None
    written = ast.unparse(call)
    config = keyword(call, "config")
    try:
        settings = None if call.args or len(call.keywords) > 1 or config is None else ast.literal_eval(config)
    except ValueError:
        return f"{written} has settings that are not written here: see what they mean for FakeCOS"
    if not isinstance(settings, dict):
        return f"{written} has arguments: see what they mean for FakeCOS"
    core = settings.get("core", {})
    if "s3" in core.get("passthrough", {}).get("services", ()):
        return f"{written} lets S3 pass already, so it stands beside fakecos as it is"
    others = sorted(settings.keys() - {"core", "s3"})
    if others:
        return f"{written} has settings of {others[0]}, so moto is still needed"
    needed = [name for name, value in core.items() if value not in NEEDLESS.get(name, ())]
    return f"{written} sets {needed[0]}: see what that means for FakeCOS" if needed else None


def looks_inside(source: Source) -> Iterator[Remark]:
    """Yield what is said of imports from moto's own modules, which know nothing of what fakecos stores."""
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").startswith("moto."):
            module = node.module or ""
            if all(alias.name in HARMLESS for alias in node.names) or is_of_server(module):
                continue
        elif isinstance(node, ast.Import) and any(alias.name.startswith("moto.") for alias in node.names):
            module = next(alias.name for alias in node.names if alias.name.startswith("moto."))
            if is_of_server(module):
                continue
        else:
            continue
        yield Remark(
            node.lineno, f'{module} stays, and sees nothing of fakecos: write what uses it with cos.bucket("...")'
        )


def _imports_a_mock(node: ast.ImportFrom) -> bool:
    return node.module == "moto" and not node.level and any(alias.name in MOCKS for alias in node.names)


def _alias_of_moto(node: ast.Import) -> list[str]:
    return [alias.asname or alias.name for alias in node.names if alias.name == "moto"]

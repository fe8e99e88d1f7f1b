"""moto's server, in the process or beside it: `cos.serve()` or `fakecos serve` in its place, or how to write that."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

from fakecos.cli.migration.evidence import SERVICES
from fakecos.cli.migration.fixtures import is_fixture
from fakecos.cli.migration.source import FUNCTIONS, Remark, is_of_server, last_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fakecos.cli.migration.source import Edit, Function, Source

THREADED = "ThreadedMotoServer"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "0.0.0.0"})  # noqa: S104  what is written there
UNDERSTOOD = frozenset({"start", "stop", "get_host_and_port"})
PROGRAM = "moto_server"
RESET = "/moto-api/"
PORT = 5000
"""Where moto's server is if nobody says where (documented: moto's server mode)."""
OTHERS = {
    "pytest_localstack": "pytest-localstack",
    "localstack": "LocalStack",
    "testcontainers.localstack": "LocalStack in a container",
    "pytest_servers": "pytest-servers",
    "pytest_mock_resources": "pytest-mock-resources",
}
FIXTURES = frozenset({"moto_server", "localstack", "s3_server"})
IMAGES = re.compile(r"image:\s*['\"]?([\w./-]*(?:motoserver/moto|localstack/localstack|minio/minio)[\w.:-]*)")
WITH_FIXTURE = "the fixture fakecos_server serves the fixture fakecos; its endpoint_url is for clients"
EXTRA = "pip install 'fakecos[server]'"


class Servers(NamedTuple):
    """What is done about the servers of a file: the edits, and what is only said."""

    edits: list[Edit]
    left: list[Remark]


def servers(source: Source) -> Servers:
    """Return the edits of the simple cases, and what is to be done by hand about the others."""
    found = Servers([], [])
    resets = [node for node in source.nodes if isinstance(node, ast.Constant) and RESET in str(node.value)]
    for node in resets:
        found.left.append(
            Remark(
                node.lineno,
                f"{RESET} is of moto's server: cos.reset() empties a fake; fakecos serve takes moto's reset",
            )
        )
    names = {THREADED} | {
        alias.asname or alias.name
        for node in source.nodes
        if isinstance(node, ast.ImportFrom) and is_of_server(node.module)
        for alias in node.names
        if alias.name == THREADED
    }
    calls = [node for node in source.nodes if isinstance(node, ast.Call) and last_name(node) in names]
    rewritten = [edits for call in calls if not resets and (edits := _served(source, call)) is not None]
    named = [node for node in source.nodes if isinstance(node, (ast.Name, ast.Attribute)) and last_name(node) in names]
    imports = imports_of_server(source)  # none: it comes from a module of the project itself
    is_simple = imports and all(isinstance(node, ast.ImportFrom) and len(node.names) == 1 for node in imports)
    if is_simple and calls and len(rewritten) == len(calls) == len(named):
        found.edits.extend(edit for edits in rewritten for edit in edits)
    else:
        places: Sequence[ast.stmt | ast.expr] = calls or imports
        for place in places:
            found.left.append(
                Remark(
                    place.lineno,
                    f"{THREADED}: write server = FakeCOS().serve(), server.endpoint_url, server.stop(); {WITH_FIXTURE}",
                )
            )
    found.left.extend(_programs(source, found.edits))
    found.left.extend(_of_others(source))
    return found


def of_compose(path: Path, text: str) -> Iterator[Remark]:
    """Yield what is said of a compose file that starts another fake of S3."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := IMAGES.search(line):
            yield Remark(
                number, f"{path.name} starts {found[1]}: for S3, run fakecos serve --port N, or use cos.serve()"
            )


def _served(source: Source, call: ast.Call) -> list[Edit] | None:
    """Return the edits of `server = ThreadedMotoServer(...)` and of what is done with it; None: they are not simple."""
    statement = source.parents[call]
    function = source.function_of(call)
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1 or function is None:
        return None
    target = statement.targets[0]
    words = {one.arg or "": one.value for one in call.keywords}
    words.update(zip(("ip_address", "port", "verbose"), call.args, strict=False))
    if not isinstance(target, ast.Name) or words.keys() - {"ip_address", "port", "verbose"}:
        return None
    host, port = words.get("ip_address"), words.get("port")
    if host is not None and source.text_of(host) not in LOOPBACK:
        return None
    if port is None:
        served = f"port={PORT}"
    elif isinstance(port, ast.Constant) and port.value == 0:
        served = ""
    else:
        served = f"port={source.written(port)}"
    edits = [source.edit(call, f"FakeCOS().serve({served})")]
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id == target.id and node is not target:
            edit = _method(source, node)
            if edit is None:
                return None
            edits += edit
    return edits


def _method(source: Source, name: ast.Name) -> list[Edit] | None:
    """Return the edits of a method of the server that is called; None: something else is done with it."""
    attribute = source.parents[name]
    call = source.parents[attribute]
    if not (isinstance(attribute, ast.Attribute) and isinstance(call, ast.Call) and call.func is attribute):
        return None
    if attribute.attr not in UNDERSTOOD or call.args or call.keywords:
        return None
    if any(isinstance(outer, ast.JoinedStr) for outer in source.around(call)):  # until 3.12 its places are not known
        return None
    if attribute.attr == "start":
        statement = source.parents[call]
        return [source.without(statement)] if isinstance(statement, ast.Expr) else None
    if attribute.attr == "get_host_and_port":
        return [source.edit(call, f'("127.0.0.1", {name.id}.port)')]
    return []


def imports_of_server(source: Source) -> list[ast.stmt]:
    """Return the imports of moto's server."""
    return [
        node
        for node in source.nodes
        if (isinstance(node, ast.ImportFrom) and is_of_server(node.module))
        or (isinstance(node, ast.Import) and any(is_of_server(alias.name) for alias in node.names))
    ]


def _programs(source: Source, edits: list[Edit]) -> Iterator[Remark]:
    """Yield what is said of a server that is started as a program; a list of words that is understood is rewritten."""
    for node in source.nodes:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        words = node.value.split()
        if not words or words[0].rpartition("/")[2] != PROGRAM:
            continue
        above = source.parents[node]
        if isinstance(above, (ast.FunctionDef, ast.Expr)) or last_name(above) in {
            "usefixtures",
            "getfixturevalue",
            "fixture",
        }:
            continue
        is_list = isinstance(above, (ast.List, ast.Tuple)) and above.elts[0] is node
        listed = [source.text_of(word) for word in above.elts] if is_list else words  # type: ignore[attr-defined]
        if any(word in SERVICES or word == "dynamodb2" for word in listed):
            continue  # moto's server stays: it is one of another service
        written = _words_of(source, above.elts[1:]) if is_list else None  # type: ignore[attr-defined]
        if written is not None:
            edits.append(source.edit(above, f"[{', '.join(written)}]"))
            continue
        instead = None if is_list else _words_of_text(words[1:])
        write = f'"{instead}"' if instead else "fakecos serve --port N"
        yield Remark(
            node.lineno, f"moto's server as a program: write {write} ({EXTRA}); it takes POST /moto-api/reset too"
        )


def _words_of(source: Source, elements: list[ast.expr]) -> list[str] | None:
    """Return `fakecos serve` with the words of moto_server as source text; None: one is not understood."""
    written = ['"fakecos"', '"serve"']
    left = list(elements)
    while left:
        word = left.pop(0)
        text = source.text_of(word)
        if text in {"s3", "-s", "--ssl"}:
            if text != "s3":
                written.append('"--tls"')
        elif text in {"-p", "--port"} and left:
            written += ['"--port"', source.written(left.pop(0))]
        elif text in {"-H", "--host"} and left and source.text_of(left[0]) in LOOPBACK:
            left.pop(0)
        elif text is not None and (port := re.fullmatch(r"(?:-p|--port=)(\d+)", text)):
            written += ['"--port"', f'"{port[1]}"']
        elif text is not None and re.fullmatch(r"(?:-H|--host=)(?:127\.0\.0\.1|localhost|0\.0\.0\.0)", text):
            continue
        else:
            return None
    return written if '"--port"' in written else [*written, '"--port"', f'"{PORT}"']


def _words_of_text(words: list[str]) -> str | None:
    expressions: list[ast.expr] = [ast.Constant(word) for word in words]
    written = _words_of(_Literals(), expressions)  # type: ignore[arg-type]
    return None if written is None else " ".join(word.strip('"') for word in written)


class _Literals:
    """Reads literals only."""

    @staticmethod
    def text_of(node: ast.expr) -> str | None:
        """Return the text of a literal."""
        value = getattr(node, "value", None)
        return value if isinstance(value, str) else None

    @staticmethod
    def written(node: ast.AST) -> str:
        """Return a literal as it would be written."""
        return str(getattr(node, "value", ""))


def _of_others(source: Source) -> Iterator[Remark]:
    """Yield what is said of other projects' servers and fixtures, which the file cannot change."""
    for node in source.nodes:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            for name in names:
                found = max((one for one in OTHERS if f"{name}.".startswith(f"{one}.")), key=len, default=None)
                if found is not None:
                    yield Remark(node.lineno, f"{OTHERS[found]} starts a server of its own: {WITH_FIXTURE}")


def asked_fixtures(source: Source) -> Iterator[tuple[str, int]]:
    """Yield the fixtures that a file asks for by names that plugins give to servers."""
    for node in source.nodes:
        if isinstance(node, FUNCTIONS) and (node.name.startswith("test") or is_fixture(node)):
            yield from _asked(node)


def _asked(function: Function) -> Iterator[tuple[str, int]]:
    for argument in function.args.args:
        if argument.arg in FIXTURES:
            yield argument.arg, argument.lineno


def of_a_plugin(name: str, line: int) -> Remark:
    """Return what is said of a fixture that no file defines."""
    shim = f"@pytest.fixture def {name}(fakecos_server): return fakecos_server.endpoint_url"
    return Remark(line, f"the fixture {name} comes from a plugin: define your own in conftest.py, as in {shim}")

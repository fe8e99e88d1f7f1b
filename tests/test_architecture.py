"""The shape of the house: floors, siblings, sizes, and what may not be imported where. Each rule has a because."""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.one_test_of import one_test_of

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "fakecos"
PLUGIN = ROOT / "plugins" / "pytest_fakecos"

FLOORS = {  # the longest name that fits a module counts
    "fakecos.urls": 0,  # addresses of the documentation, which messages of any room name
    "fakecos.usage_hints": -2,  # what people write by mistake, and what it is called
    "fakecos.facts.exceptions": -2,
    "fakecos.usage": -1,  # calls that do not fit: explained for a function of any room
    "fakecos.misnamed": -0.5,  # attributes that are not there, of a class of any room
    "fakecos.observers": 0.5,  # who is told of every fake: pytest's plugin
    "fakecos.facts": 0,
    "fakecos.comparison": 0.7,  # two services' answers, compared: nothing of either
    "fakecos.model": 1,
    "fakecos.wire": 2,
    "fakecos.auth": 2.5,  # who asks: reads the messages of the wire
    "fakecos.operations": 3,
    "fakecos.post_object": 3.5,  # browser forms, stored by the rules of PutObject
    "fakecos.notifications": 3.8,  # what is sent of what happens to objects
    "fakecos.timeline": 3.9,  # draws what a journal hands it, and knows no journal
    "fakecos.service": 4,
    "fakecos.faults": 5,
    "fakecos.clients": 5,
    "fakecos.serving": 6,  # the loopback door: sockets and HTTP
    "fakecos.serving.control": 6.6,  # JSON for what tests arrange, inject and look at: above the words of tests
    "fakecos.testing": 6,
    "fakecos.beside": 6,  # requests that are sent to a real service too: below the clients' hooks, around the service
    "fakecos.explore": 6.3,  # every request with every failure: over the faults, and with the words of the assertions
    "fakecos.race": 6.4,  # orders of several writers: with the states, the failures and the clock of the explorations
    "fakecos.arguments": 6.5,  # what FakeCOS may be given
    "fakecos.lifetime": 6.5,  # when it is on
    "fakecos.misused": 6.5,  # FakeCOS without brackets, and by another name
    "fakecos.fake": 7,
    "fakecos": 7.5,  # the public names: above the fake, below what a person starts
    "fakecos.contract": 7.8,  # the promises: programs that ask a client, and what compares two services by them
    "fakecos.cli": 8,
    "fakecos.__main__": 8.5,
    "pytest_fakecos.beside": 7.9,
    "pytest_fakecos.options": 8,
    "pytest_fakecos.explorations": 8,
    "pytest_fakecos.policies": 8,
    "pytest_fakecos.tracebacks": 8,
    "pytest_fakecos.records": 8,
    "pytest_fakecos.leftovers": 8.1,
    "pytest_fakecos.watching": 8.2,  # every fake, whoever started it, and whose it is
    "pytest_fakecos.no_fake": 8.2,
    "pytest_fakecos.fakes": 8.3,
    "pytest_fakecos.budgets": 8.3,
    "pytest_fakecos.files": 8.2,
    "pytest_fakecos.sections": 8.3,
    "pytest_fakecos": 8.4,
}
SIBLINGS = [("fakecos.operations", "fakecos.wire"), ("fakecos.wire", "fakecos.operations")]
COS_RULES = (  # what only IBM COS has: its data names it, `operations.context.rules_of` and the registry load it
    "fakecos.operations.archive_status",
    "fakecos.operations.immutable_storage",
    "fakecos.operations.service_instances",
)
PROMISES = "fakecos.contract.promises"
# They wait for a service that is not a fake, and date what it answered.
ASK_A_SERVICE = ("fakecos.beside.sender", "fakecos.contract.pace", "fakecos.cli.verify")
# Made by tools/make_types.py: read by type checkers and people, never when a program runs.
TYPES = "fakecos.wire.types"
GENERATED = {TYPES, "fakecos.facts.literals"}
CLIENTS = {
    *("boto3", "botocore", "ibm_boto3", "ibm_botocore", "aiobotocore", "xxhash", "pytest", "moto", "awscrt"),
    *("aiohttp", "httpcore", "httpx", "requests", "respx", "urllib3", "pyarrow", "sqlglot"),
}
# Is imported itself only when it is needed: it is made of sqlglot's classes.
OF_SQLGLOT = "fakecos.operations.select_object_content.sql_dialect"
HEAVY = {"responses", "freezegun", "anycrc", "email", "asyncio", "socket", "ssl", "http.server"}
HEAVY |= {"urllib.request", "unittest"}
WHEN_SERVED = "fakecos.serving"  # imported when a fake is served, and not before: it may import sockets and HTTP
WITH_THE_PLUGIN = {  # what every run of pytest imports; the rest is imported when there is a fake
    *(
        "pytest_fakecos",
        "pytest_fakecos.options",
        "pytest_fakecos.explorations",
        "pytest_fakecos.policies",
        "pytest_fakecos.beside",
    ),
    *("pytest_fakecos.records", "pytest_fakecos.watching"),
}
LONG_FILE = 400  # a warning
LONGEST_FILE = 500
LONGEST_FUNCTION = 50
DEEPEST = 11  # modules, by imports that run when a module is imported
MOST_ROOMS = 2
# Where an exception of any kind is caught, it is raised again: by the same handler, or by whom it is handed to.
CARRIED_ON = {
    "fakecos.beside.sent_request": "the body was taken before the fake reads it: who reads it raises what that raised",
    "fakecos.clients.http.aiohttp": "the protocol hands it to whoever waits for the answer, who raises it",
    "fakecos.model.content": "the second thread hands it to the caller, who raises it in finish",
    "fakecos.serving.connection": "the fake is told and raises it when it stops; the client sees a reset and no answer",
    "fakecos.notifications.handlers": "the fake is told and raises it when it stops; S3 does not wait for who is told",
    "fakecos.race.runs": "the result of the run has it, which is judged; a mistake of the author is raised from there",
    "fakecos.notifications.notifier": "what another fake did not take is told when this one stops: S3 has answered",
    "fakecos.comparison.cleanup": "what it cannot delete it returns with why, which is shown and decides the exit code",
    "fakecos.contract.probe": "why a service cannot be asked is one message; what is no error of a client is raised",
    "fakecos.contract.real_service": "whether a service answers is the question; what came is shown by the cleanup",
    "fakecos.contract.verification": "whatever a promise raises at another service is what came of it, and is shown",
    "fakecos.cli.run": "the exception of the program that is run: shown as the interpreter does, with exit code 1",
}


class Module(NamedTuple):
    name: str
    path: Path
    tree: ast.Module


class Import(NamedTuple):
    name: str
    line: int
    at_start: bool  # runs when the module is imported, and not only for type checkers


@lru_cache
def modules() -> tuple[Module, ...]:
    found = []
    for folder, root in ((PACKAGE, PACKAGE.parent), (PLUGIN, PLUGIN.parent)):
        for path in sorted(folder.rglob("*.py")):
            name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
            found.append(Module(name, path, ast.parse(path.read_text(encoding="utf-8"))))
    return tuple(found)


def imports(module: Module, *, of_types: bool = True) -> list[Import]:
    """Return what a module imports, each name in full; those under TYPE_CHECKING only if `of_types`."""
    found: list[Import] = []
    _collect(module.tree.body, found, at_start=True, of_types=of_types)
    return found


def _collect(body: list[ast.stmt], found: list[Import], *, at_start: bool, of_types: bool) -> None:
    for node in body:
        if isinstance(node, ast.Import):
            found += [Import(alias.name, node.lineno, at_start) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            found += [Import(f"{node.module}.{alias.name}", node.lineno, at_start) for alias in node.names]
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            if of_types:
                _collect(node.body, found, at_start=False, of_types=of_types)
        else:
            inside = at_start and not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            for name in ("body", "orelse", "finalbody"):
                _collect(getattr(node, name, []), found, at_start=inside, of_types=of_types)
            for handler in getattr(node, "handlers", []):
                _collect(handler.body, found, at_start=inside, of_types=of_types)


def floor_of(name: str) -> float:
    longest = max((known for known in FLOORS if f"{name}.".startswith(f"{known}.")), key=len, default=None)
    assert longest is not None, f"{name} has no floor"
    return FLOORS[longest]


def room_of(name: str) -> str:
    """Return the folder or file right below the package that a module belongs to."""
    return ".".join(name.split(".")[:2])


def own(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] in {"fakecos", "pytest_fakecos"}


def ids(module: Module) -> str:
    return module.name


@one_test_of(modules(), ids)
def test_imports_go_down(module: Module) -> None:
    # because: a rule of S3 that knows the wire, or a value that knows a rule, cannot be read or tested by itself
    for found in imports(module):
        if own(found.name) and room_of(found.name) != room_of(module.name):
            below = floor_of(found.name) < floor_of(module.name)
            assert below, f"{module.name}:{found.line} imports {found.name}, which is not below it"


@pytest.mark.parametrize(("room", "other"), SIBLINGS)
def test_siblings_do_not_know_each_other(room: str, other: str) -> None:
    # because: operations speak of objects and parts, the wire of headers and XML; only the service knows both
    for module in modules():
        if module.name.startswith(room):
            strangers = [found for found in imports(module) if found.name.startswith(other)]
            # because: the types of its parameters say what an operation is given, and nothing of how it was sent
            strangers = [found for found in strangers if not found.name.startswith(f"{TYPES}.")]
            assert not strangers, f"{module.name} imports {strangers}"


def test_no_operation_imports_the_rules_of_one_service() -> None:
    # because: what only COS has is on the path of no request to AWS, and another service's rules need no line elsewhere
    assert all(any(module.name.startswith(rules) for module in modules()) for rules in COS_RULES)
    for module in modules():
        if not module.name.startswith(COS_RULES):
            named = [found for found in imports(module) if found.name.startswith(COS_RULES)]
            assert not named, f"{module.name} imports {named}: the service's data names it"


@one_test_of(modules(), ids)
def test_generated_types_are_never_imported_at_run_time(module: Module) -> None:
    # because: start-up is a budget (law 10), and a class for each operation costs most of it
    for found in imports(module, of_types=False):
        assert not found.name.startswith(tuple(GENERATED)), f"{module.name}:{found.line} imports {found.name}"


def test_only_the_messages_cross_from_the_wire_to_the_adapters() -> None:
    # because: one request has one path, whichever client it came from (law 2)
    for module in modules():
        if module.name.startswith(("fakecos.clients", "fakecos.serving", "fakecos.fake")):
            crossing = {found.name for found in imports(module) if found.name.startswith("fakecos.wire")}
            foreign = {name for name in crossing if not name.startswith("fakecos.wire.messages")}
            assert not foreign, f"{module.name} imports {foreign}"


@lru_cache
def import_graph(*, at_start: bool) -> dict[str, frozenset[str]]:
    """Return the modules of ours that each module imports: all, or only those that it imports with itself."""
    known = {module.name for module in modules()}
    return {
        module.name: frozenset(
            target
            for found in imports(module)
            if found.at_start or not at_start
            for target in _targets(found.name, known) - {module.name}
        )
        for module in modules()
    }


def test_no_module_imports_itself_in_a_circle() -> None:
    # because: a circle has no order in which it can be understood, also where only its types are known in a circle
    graph = import_graph(at_start=False)
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path[path.index(name) :], name))
        if name not in done:
            for target in sorted(graph[name]):
                visit(target, (*path, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_imports_are_not_deep() -> None:
    # because: who wants to understand a module has to go down as many steps, and so has every start
    graph = import_graph(at_start=True)

    @lru_cache
    def deepest(name: str) -> tuple[str, ...]:
        below = max((deepest(target) for target in graph[name]), key=len, default=())
        return (name, *below)

    path = max((deepest(name) for name in graph), key=len)
    assert len(path) <= DEEPEST, " -> ".join(path)


def test_a_file_name_stands_in_two_rooms_at_most() -> None:
    # because: who looks for a file by its name should not have to open five. Rows of facts are named by their theme
    rooms: dict[str, set[str]] = {}
    for module in modules():
        if module.path.name != "__init__.py" and not module.name.startswith("fakecos.facts.errors."):
            rooms.setdefault(module.path.name, set()).add(room_of(module.name))
    assert {name: found for name, found in rooms.items() if len(found) > MOST_ROOMS} == {}


def _targets(name: str, known: set[str]) -> set[str]:
    """Return the module that an import names: `a.b.c` is the module, or the name `c` of the module `a.b`."""
    named = next(({found} for found in (name, name.rpartition(".")[0]) if found in known), set())
    return named - {"fakecos", "pytest_fakecos"}


@one_test_of(modules(), ids)
def test_clients_are_not_imported_with_a_module(module: Module) -> None:
    # because: none of them needs to be installed, and which one is used is the test author's choice
    allowed = {"pytest"} if module.name.startswith("pytest_fakecos") else set()
    allowed |= {"sqlglot"} if module.name == OF_SQLGLOT else set()
    allowed |= {"boto3", "botocore"} if module.name.startswith(PROMISES) else set()  # programs of a client
    for found in imports(module, of_types=False):
        client = found.name.split(".")[0]
        assert client not in CLIENTS - allowed or not found.at_start, f"{module.name}:{found.line} imports {found.name}"


@one_test_of(modules(), ids)
def test_what_is_slow_to_import_is_imported_when_used(module: Module) -> None:
    # because: start-up is a budget (law 10)
    for found in imports(module, of_types=False):
        slow = any(f"{found.name}.".startswith(f"{name}.") for name in {*HEAVY, WHEN_SERVED})
        late = module.name.startswith(WHEN_SERVED)
        assert late or not slow or not found.at_start, f"{module.name}:{found.line} imports {found.name}"


def test_the_plugin_imports_pytest_and_nothing_of_ours_with_itself() -> None:
    # because: every pytest run of whoever has it installed pays for it
    for module in modules():
        if module.name in WITH_THE_PLUGIN:
            ours = [found.name for found in imports(module, of_types=False) if found.at_start and own(found.name)]
            assert not [name for name in ours if not name.startswith("pytest_fakecos")]


@pytest.mark.filterwarnings("default:.* lines:UserWarning")
@one_test_of(modules(), ids)
def test_files_are_short(module: Module) -> None:
    # because: a file is read from top to bottom, in one go. It is cut where its subject changes, never to fit
    if module.name in GENERATED:  # looked up, and not read
        return
    lines = len(module.path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{module.name} has {lines} lines"
    if lines > LONG_FILE:
        warnings.warn(f"{module.name} has {lines} lines: does it have two subjects?", stacklevel=1)


@one_test_of(modules(), ids)
def test_functions_are_short(module: Module) -> None:
    # because: a function is one thought
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length < LONGEST_FUNCTION, f"{module.name}.{node.name} has {length} lines"


@one_test_of(modules(), ids)
def test_no_broad_except_answers(module: Module) -> None:
    # because: only S3 answers; a bug of ours that becomes an answer would be taken for S3 (law 5)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and module.name not in CARRIED_ON:
            raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
            assert raises, f"{module.name}:{node.lineno} catches everything and raises nothing"


def _is_broad(caught: ast.expr | None) -> bool:
    names = (
        {node.id for node in ast.walk(caught) if isinstance(node, ast.Name)} if caught is not None else {"Exception"}
    )
    return not names.isdisjoint({"Exception", "BaseException"})


def test_an_s3_error_becomes_an_answer_in_one_place() -> None:
    # because: law 5. Others may catch it to go on (DeleteObjects: one entry) or to tell the author (UsageError)
    catching = {
        module.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and node.type is not None and "S3Error" in ast.dump(node.type)
    }
    # A website's error document is read because of an error, and its own pages are HTML. In the middle of the stream of
    # SelectObjectContent an error is a message.
    others = {
        "fakecos.explore.run",  # it notes the status, and raises it again
        "fakecos.race.race_run",  # so does this
        "fakecos.operations.delete_object",
        "fakecos.operations.select_object_content.events",
        "fakecos.testing.arrangement",
        "fakecos.cli.fake_from_options",
        "fakecos.cli.migration.advice",  # it asks whether S3 takes a name
        "fakecos.service.website_host",
        "fakecos.serving.control.door",  # a body that does not come is late for it too
    }
    assert catching <= {"fakecos.service.service", *others}


@one_test_of(modules(), ids)
def test_the_clock_is_read_in_one_place(module: Module) -> None:
    # because: a frozen clock must rule every time that is stored (law 6)
    if module.name in {"fakecos.model.clock", "fakecos.clients.activation.clocks"}:  # the latter sets the clock
        return
    if module.name.startswith((PROMISES, *ASK_A_SERVICE)):
        return
    calls = {ast.unparse(node.func) for node in ast.walk(module.tree) if isinstance(node, ast.Call)}
    assert calls.isdisjoint({"dt.datetime.now", "datetime.now", "datetime.utcnow", "time.time", "time.sleep"})


@one_test_of(modules(), ids)
def test_names_are_those_of_s3(module: Module) -> None:
    # because: a name should say what it is in S3, not which part it has in a program
    banned = ("Mock", "Manager", "Helper")
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            assert not any(word in node.name for word in banned), f"{module.name}.{node.name}"
    assert "utils" not in module.name


def test_every_file_stands_on_a_floor() -> None:
    # because: a room without a floor has no rules
    assert {room_of(module.name) for module in modules()} <= FLOORS.keys()

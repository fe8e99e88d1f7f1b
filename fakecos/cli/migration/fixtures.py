"""pytest's fixtures of several files: which of them a test uses, and in which of them a mock is on while it runs."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fakecos.cli.migration.source import FUNCTIONS, last_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from fakecos.cli.migration.mocks import MotoUses
    from fakecos.cli.migration.source import Function, Source

SCOPES = ("function", "class", "module", "package", "session")
CLASS_SETUPS = frozenset({"setUpClass", "setup_class"})
SETUPS = CLASS_SETUPS | {"setUp", "asyncSetUp", "setup_method", "setup"}
CONFTEST = "conftest.py"


@dataclass(frozen=True, eq=False)
class Fixture:
    """A fixture. `is_live`: a mock starts in it and ends after the test. `asks`: the fixtures that it names.

    `starters`: the context managers that it calls, in which a mock is on.
    """

    name: str
    source: Source
    function: Function
    is_autouse: bool
    scope: str
    asks: frozenset[str]
    is_live: bool
    starters: frozenset[str]

    @property
    def owner(self) -> ast.ClassDef | None:
        """The class that it stands in."""
        return self.source.class_of(self.function)


@dataclass
class Fixtures:
    """Those of all files together."""

    of_file: dict[Path, list[Fixture]] = field(default_factory=dict)
    _of_folder: dict[Path, list[Fixture]] = field(default_factory=dict)
    _of_helpers: list[Fixture] = field(default_factory=list)
    _used: dict[Function, set[Fixture]] = field(default_factory=dict)

    def add(self, source: Source, mocks: MotoUses, starters: frozenset[str]) -> None:
        """Add those of a file. `starters`: functions that start a mock, and end it later, for who calls them."""
        self.of_file[source.path] = list(_fixtures(source, mocks, starters))
        if _holds_helpers(source.path):
            self._of_helpers += self.of_file[source.path]
        if source.path.name == CONFTEST:
            self._of_folder[source.path.absolute().parent] = self.of_file[source.path]

    def used_by(self, source: Source, function: Function) -> set[Fixture]:
        """Return all fixtures that are set up around a test or fixture, the ones that others ask for too."""
        if function not in self._used:
            self._used[function] = self._find_used(source, function)
        return self._used[function]

    def _find_used(self, source: Source, function: Function) -> set[Fixture]:
        own = next((one for one in self.of_file.get(source.path, ()) if one.function is function), None)
        found: set[Fixture] = set()
        names = set(_asked(function)) if own is not None else {*_asked(function), *_by_marks(source, function)}
        places = self._places(source, source.class_of(function))
        self._add(names, places, found, own)
        scope = SCOPES.index(own.scope) if own is not None else 0
        for place in places[:-1]:  # a file of helpers is imported somewhere, or not
            for one in place:
                if one.is_autouse and one is not own and SCOPES.index(one.scope) >= scope:
                    self._add({one.name}, places, found, own)
        return found

    def roots(self, source: Source, function: Function) -> list[Fixture]:
        """Return the live fixtures around a function that no other live fixture is around, by their names."""
        live = {one for one in self.used_by(source, function) if one.is_live}
        inner = {one for one in live if any(other.is_live for other in self.used_by(one.source, one.function))}
        return sorted(live - inner, key=lambda one: (one.name, str(one.source.path)))

    def _add(
        self, names: Iterable[str], places: list[list[Fixture]], found: set[Fixture], asking: Fixture | None
    ) -> None:
        for name in names:
            one = _find(name, places, asking)
            if one is not None and one not in found:
                found.add(one)
                self._add(one.asks, self._places(one.source, one.owner), found, one)

    def _places(self, source: Source, owner: ast.ClassDef | None) -> list[list[Fixture]]:
        """Return where fixtures of a function are looked for, the nearest first; files of helpers last."""
        own = self.of_file.get(source.path, [])
        places = [[one for one in own if one.owner is owner], [one for one in own if one.owner is None]]
        if owner is not None:
            bases = {last_name(base) for base in owner.bases}
            places.insert(1, [one for one in own if one.owner is not None and one.owner.name in bases])
        above = (self._of_folder.get(folder) for folder in source.path.absolute().parents)
        places += [found for found in above if found is not None and found is not own]
        return [*places, self._of_helpers]


def tests_of(source: Source, owner: ast.ClassDef | None) -> Iterator[Function]:
    """Yield the test functions of one class, or of the whole file."""
    for node in source.nodes if owner is None else owner.body:
        if isinstance(node, FUNCTIONS) and node.name.startswith("test") and source.function_of(node) is None:
            yield node


def is_fixture(function: ast.AST) -> bool:
    """Whether a function is a fixture of pytest, pytest_asyncio or anyio."""
    return isinstance(function, FUNCTIONS) and _fixture_decorator(function) is not None


def _fixture_decorator(function: Function) -> ast.expr | None:
    return next((one for one in function.decorator_list if last_name(one) in {"fixture", "yield_fixture"}), None)


def starters_of(source: Source, mocks: MotoUses) -> set[str]:
    """Return the names of a file's context managers in which a mock is on."""
    functions = [source.function_of(use.expression) for use in mocks.uses if use.block is not None]
    return {one.name for one in functions if one is not None and not is_fixture(one) and _yields(one)}


def _yields(function: Function) -> bool:
    return any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in ast.walk(function))


def _fixtures(source: Source, mocks: MotoUses, starters: frozenset[str]) -> Iterator[Fixture]:
    used = [*((use.expression, use) for use in mocks.uses), *((node, None) for node, _ in mocks.unknown)]
    for function in source.nodes:
        if not isinstance(function, FUNCTIONS) or (decorator := _fixture_decorator(function)) is None:
            continue
        words = {one.arg: one.value for one in decorator.keywords} if isinstance(decorator, ast.Call) else {}
        autouse, scope = words.get("autouse"), source.text_of(words.get("scope"))
        calls = {last_name(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
        yields = _yields(function)
        within = [use for node, use in used if source.function_of(node) is function]
        decorated = any(use is not None and use.owner is function for _, use in used)
        starts = any(use is None or use.block is None for use in within)  # it may be started, and stopped later
        yield Fixture(
            name=source.text_of(words.get("name")) or function.name,
            source=source,
            function=function,
            is_autouse=isinstance(autouse, ast.Constant) and autouse.value is True,
            scope=scope if scope in SCOPES else SCOPES[0],
            asks=frozenset(_asked(function)),
            is_live=starts
            or (yields and (decorated or bool(calls & starters) or _is_yielded_within(source, function, within))),
            starters=starters & calls,
        )


def _is_yielded_within(source: Source, function: Function, within: Sequence[object]) -> bool:
    blocks = {id(getattr(use, "block", None)) for use in within}
    return any(
        isinstance(node, (ast.Yield, ast.YieldFrom)) and any(id(outer) in blocks for outer in source.around(node))
        for node in ast.walk(function)
    )


def _asked(function: Function) -> Iterator[str]:
    """Yield the names of fixtures that a function asks for: its arguments, and those that it gets by `request`."""
    arguments = function.args
    optional = len(arguments.args) - len(arguments.defaults)
    for argument in (*arguments.posonlyargs, *arguments.args[:optional], *arguments.kwonlyargs):
        yield argument.arg
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and last_name(node) == "getfixturevalue":
            yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))


def _by_marks(source: Source, function: Function) -> Iterator[str]:
    """Yield the fixtures that `usefixtures` names on a test, its classes, or its module."""
    marked: list[ast.AST] = [*function.decorator_list]
    for outer in source.around(function):
        if isinstance(outer, ast.ClassDef):
            marked += [*outer.decorator_list, *_pytestmarks(outer.body)]
    marked += _pytestmarks(source.tree.body)
    for mark in marked:
        for node in ast.walk(mark):
            if isinstance(node, ast.Call) and last_name(node) == "usefixtures":
                yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))


def _pytestmarks(body: list[ast.stmt]) -> Iterator[ast.AST]:
    for node in body:
        if isinstance(node, ast.Assign) and any(getattr(one, "id", "") == "pytestmark" for one in node.targets):
            yield node.value


def _find(name: str, places: list[list[Fixture]], asking: Fixture | None) -> Fixture | None:
    """Return the fixture of a name. One that asks for its own name means the one further out."""
    is_further = asking is None or asking.name != name
    for place in places:
        for one in place:
            if one.name == name and one is not asking and is_further:
                return one
        is_further = is_further or asking in place
    return None


def _holds_helpers(path: Path) -> bool:
    return path.name != CONFTEST and not path.name.startswith("test_") and not path.stem.endswith("_test")

"""Which mocks start inside of another one. moto's share their state; of two fakes the inner one would be empty."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from fakecos.cli.migration.fixtures import CLASS_SETUPS, SETUPS, is_fixture, tests_of
from fakecos.cli.migration.source import FUNCTIONS, Remark, last_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fakecos.cli.migration.fixtures import Fixture, Fixtures
    from fakecos.cli.migration.mocks import MotoUses, Use
    from fakecos.cli.migration.source import Function, Source


class File(NamedTuple):
    """A file that is looked at. `is_given`: the command was told to change it; else it only stands around one."""

    source: Source
    mocks: MotoUses
    is_given: bool = True


class Nested(NamedTuple):
    """Of one file: the uses that go away, since another mock is on already, and what cannot be told apart."""

    uses: list[Use]
    unclear: list[Remark]


class Nesting:
    """Judges the uses of all files together."""

    def __init__(self, files: Mapping[Path, File], fixtures: Fixtures) -> None:
        self._files = files
        self._fixtures = fixtures
        self._callers: dict[str, list[tuple[File, ast.Call]]] = {}
        self._classes: dict[str, list[tuple[File, ast.ClassDef]]] = {}
        for file in files.values():
            for node in file.source.nodes:
                if isinstance(node, ast.Call):
                    self._callers.setdefault(last_name(node), []).append((file, node))
                elif isinstance(node, ast.ClassDef):
                    self._classes.setdefault(node.name, []).append((file, node))
        self._asking: set[Function] = set()

    def of(self, file: File) -> Nested:
        """Judge the uses of one file."""
        found = Nested([], [*self._separate_fixtures(file)])
        for use in file.mocks.uses:
            inside = self._is_nested(file, use)
            if inside is True and (use.owner is not None or use.block is not None) and not _is_named(file, use):
                found.uses.append(use)
            elif inside is not False:
                reason = inside if isinstance(inside, str) else self._around(file, use)
                found.unclear.append(Remark(use.line, f"{ast.unparse(use.expression)}: {reason}"))
        for node, remark in file.mocks.unknown:
            function = file.source.function_of(node)
            if isinstance(file.source.parents[node], ast.ClassDef) or (
                function is not None
                and (is_fixture(function) or function.name in SETUPS or self._is_within(file, function))
            ):
                found.unclear.append(remark)
        return found

    def live(self, file: File, function: Function) -> set[Fixture]:
        """Return the fixtures around a function in which a mock is on."""
        return {one for one in self._fixtures.used_by(file.source, function) if one.is_live}

    def _around(self, file: File, use: Use) -> str:
        """Say which mock is around a use that cannot be taken away."""
        function = file.source.function_of(use.expression)
        live = sorted(one.name for one in self.live(file, function)) if function is not None else []
        what = f"the fixture {live[0]}" if live else "what is around it"
        return f"{what} has started a mock already, and two fakes would not share what they store: take one away"

    def bases(self, file: File) -> set[Path]:
        """Return the files of base classes that start a mock for the classes of a file."""
        classes = [node for node in file.source.nodes if isinstance(node, ast.ClassDef)]
        return {base.source.path for one in classes for base in self._mocking_bases(one)}

    def _mocking_bases(self, owner: ast.ClassDef, seen: frozenset[str] = frozenset()) -> Iterator[File]:
        """Yield the files in which a base of a class is decorated, or starts a mock in its set-up."""
        for name in {last_name(base) for base in owner.bases} - seen - {owner.name}:
            for file, base in self._classes.get(name, ()):
                if _is_started(file, base) or any(use.owner is base for use in file.mocks.uses):
                    yield file
                yield from self._mocking_bases(base, seen | {name})

    def _separate_fixtures(self, file: File) -> Iterator[Remark]:
        for test in tests_of(file.source, None):
            roots = self._fixtures.roots(file.source, test)
            if len(roots) > 1:
                first, second, *_ = (one.name for one in roots)
                reason = f"each of its fixtures {first} and {second} starts a mock: let one of them ask for the other"
                yield Remark(test.lineno, f"{test.name}: {reason}")

    def _is_nested(self, file: File, use: Use) -> bool | str:
        """Whether another mock is on when this one starts; a text: sometimes, or it is not known."""
        source = file.source
        if isinstance(use.owner, ast.ClassDef):
            return self._is_class_nested(file, use, use.owner)
        others = [other for other in file.mocks.uses if other is not use]
        place = use.block or use.expression
        blocks = {other.block for other in others if other.block is not None}
        if use.owner is None and any(outer in blocks for outer in source.around(place) if outer is not use.block):
            return True
        function = use.owner if use.owner is not None else source.function_of(use.expression)
        if function is None:
            return any(other.block is use.block and other.at < use.at for other in others if use.block)
        before = [
            other
            for other in others
            if (other.owner is function and (use.owner is None or other.at < use.at))
            or (use.block is not None and other.block is use.block and other.at < use.at)
        ]
        return bool(before) or self._is_within(file, function)

    def _is_class_nested(self, file: File, use: Use, owner: ast.ClassDef) -> bool | str:
        others = {other.owner for other in file.mocks.uses if other is not use and other.line < use.line}
        if owner in others or any(outer in others for outer in file.source.around(owner)):
            return True
        tests = [*tests_of(file.source, owner)]
        around = {test: {one for one in self.live(file, test) if one.owner is not owner} for test in tests}
        within = [test for test in tests if around[test]]
        if not within:
            return False
        fixture = min(around[within[0]], key=lambda one: one.name)
        if len(within) < len(tests):
            others_do_not = f"and other tests of {owner.name} do not: decorate these alone"
            return f"{within[0].name} uses the fixture {fixture.name}, which starts a mock too, {others_do_not}"
        setups = [node for node in owner.body if isinstance(node, FUNCTIONS) and node.name in SETUPS]
        if setups and not any(one.is_autouse for one in around[within[0]]):
            return (
                f"{setups[0].name} comes before the fixture {fixture.name}, which starts a mock too: keep one of them"
            )
        return True

    def _is_within(self, file: File, function: Function) -> bool | str:
        """Whether a mock is on when a function is called; a text: sometimes, or it is not known."""
        source = file.source
        owners = {use.owner for use in file.mocks.uses if use.owner is not None}
        for outer in source.around(function):
            if outer in owners or (isinstance(outer, ast.ClassDef) and self._is_of_class(file, outer, function)):
                return True
            if isinstance(outer, FUNCTIONS) and (within := self._is_within(file, outer)):
                return within
        if self.live(file, function):
            return True
        is_called_by_pytest = function.name.startswith("test") or is_fixture(function) or function.name in SETUPS
        return not is_called_by_pytest and self._is_called_within(function)

    def _is_of_class(self, file: File, owner: ast.ClassDef, method: Function) -> bool:
        """Whether a class has a mock on for a method: by its set-up, or by a base."""
        is_started = method.name not in SETUPS and _is_started(file, owner)
        return is_started or any(self._mocking_bases(owner))

    def _is_called_within(self, function: Function) -> bool | str:
        if function in self._asking:
            return False
        self._asking.add(function)
        found = [self._is_mocked(file, call) for file, call in self._callers.get(function.name, ())]
        self._asking.remove(function)
        if any(found) and not all(found):
            return f"{function.name} is called with a mock around it and without one: keep one of them"
        return bool(found) and all(found)

    def _is_mocked(self, file: File, call: ast.Call) -> bool:
        """Whether a mock is on where something is called."""
        source = file.source
        blocks = {use.block for use in file.mocks.uses if use.block is not None}
        if any(outer in blocks for outer in source.around(call)):
            return True
        function = source.function_of(call)
        if function is None:
            return False
        for use in file.mocks.uses:
            is_plain = use.owner is None and use.block is None
            if use.owner is function or (is_plain and source.function_of(use.expression) is function):
                return True
        return self._is_within(file, function) is True


def _is_started(file: File, owner: ast.ClassDef) -> bool:
    """Whether a class starts a mock for its tests, in its set-up."""
    for use in file.mocks.uses:
        function = file.source.function_of(use.expression)
        is_setup = function is None or function.name in SETUPS
        if use.owner is None and use.block is None and is_setup and file.source.class_of(use.expression) is owner:
            return True
    return False


def _is_named(file: File, use: Use) -> bool:
    """Whether a `with` gives the mock a name that is used."""
    name = getattr(use.item, "optional_vars", None)
    return isinstance(name, ast.expr) and any(
        isinstance(node, ast.Name) and node.id == getattr(name, "id", node.id) and isinstance(node.ctx, ast.Load)
        for node in file.source.nodes
    )


def of_owner(source: Source, use: Use) -> Iterator[Remark]:
    """Yield what is to be looked at where a mock decorates what a fake cannot decorate in the same way."""
    owner = use.owner
    if isinstance(owner, ast.ClassDef):
        for node in owner.body:
            if isinstance(node, FUNCTIONS) and node.name in CLASS_SETUPS:
                why = "each test of a class that FakeCOS decorates begins with an empty fake"
                yield Remark(source.first_line(node), f"{node.name}: {why}: arrange in setUp or setup_method")
    elif owner is not None and is_fixture(owner) and owner.decorator_list[0] is use.expression:
        yield Remark(use.line, f"{owner.name}: put @FakeCOS() below @pytest.fixture, else pytest sees no fixture")

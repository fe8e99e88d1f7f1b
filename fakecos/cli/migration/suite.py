"""All files of a command together: which belong together by a fixture, which are changed, and why others are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.cli.migration.advice import advice
from fakecos.cli.migration.aio_patch import aio_patches
from fakecos.cli.migration.evidence import other_services, says_s3
from fakecos.cli.migration.fixtures import Fixtures, is_fixture, starters_of
from fakecos.cli.migration.mocks import MotoUses, looks_inside
from fakecos.cli.migration.moto_server import asked_fixtures, imports_of_server, of_a_plugin, servers
from fakecos.cli.migration.nesting import File, Nesting, of_owner
from fakecos.cli.migration.rewrite import rewrite, rewrite_server
from fakecos.cli.migration.source import FUNCTIONS, Remark, Source

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from fakecos.cli.migration.fixtures import Fixture
    from fakecos.cli.migration.source import Edit

NOTHING_SAYS_S3 = "nothing here says S3, and moto may answer another service: if it is S3, write FakeCOS() by hand"
KEEP = "keep moto for it"


class Outcome(NamedTuple):
    """What becomes of one file. `left`: what was not changed, and why. `look_at`: what S3 or fakecos would refuse."""

    text: str
    left: tuple[Remark, ...] = ()
    look_at: tuple[Remark, ...] = ()


def migrate(texts: Mapping[Path, str], around: Mapping[Path, str] | None = None) -> dict[Path, Outcome]:
    """Return what becomes of each file of a test suite, by its path.

    `around`: files that are not to be changed, whose fixtures or tests belong to the others; what is no Python in them
    is passed over. Raises SyntaxError for a file that is no Python.
    """
    files: dict[Path, File] = {}
    for path, text in texts.items():
        source = Source(path, text)
        files[path] = File(source, MotoUses(source))
    for path, text in (around or {}).items():
        try:
            source = Source(path, text)
        except (SyntaxError, ValueError):
            continue
        files.setdefault(path, File(source, MotoUses(source), is_given=False))
    return _Suite(files).outcomes()


class _Suite:
    def __init__(self, files: dict[Path, File]) -> None:
        self.files = files
        self.fixtures = Fixtures()
        self.starters = {name: path for path, file in files.items() for name in starters_of(file.source, file.mocks)}
        for file in files.values():
            self.fixtures.add(file.source, file.mocks, frozenset(self.starters))
        self.nesting = Nesting(files, self.fixtures)
        self.live = {path: self._live(file) for path, file in files.items()}
        self.own = {path: self._reason(file) for path, file in files.items()}

    def outcomes(self) -> dict[Path, Outcome]:
        """Judge the given files, those together that a live fixture connects."""
        found: dict[Path, Outcome] = {}
        left: set[Path] = set()
        for group in self._groups():
            why = next(((path, self.own[path]) for path in sorted(group) if self.own[path] is not None), None)
            left |= group if why is not None else set()
            for path in group:
                if self.files[path].is_given:
                    found[path] = self._outcome(path, why)
        is_ours = any("FakeCOS" in outcome.text or "fakecos" in outcome.text for outcome in found.values())
        for path in found.keys() - left if is_ours else ():
            look_at = {*found[path].look_at, *self._advice(self.files[path])}
            found[path] = found[path]._replace(look_at=tuple(sorted(look_at)))
        return {path: found[path] for path in self.files if path in found}

    def _advice(self, file: File) -> Iterator[Remark]:
        yield from advice(file.source)
        for use in file.mocks.uses:
            yield from of_owner(file.source, use)

    def _outcome(self, path: Path, why: tuple[Path, Remark | None] | None) -> Outcome:
        file = self.files[path]
        source = file.source
        served = servers(source)
        told = {*aio_patches(source), *self._of_plugins(file), *served.left}
        edits: list[Edit] = []
        own = self.own[path]
        left = set() if file.mocks.is_empty else {*looks_inside(source)}
        if own is not None and (not file.mocks.is_empty or served.edits):
            left.add(own)
        elif why is not None and not file.mocks.is_empty:
            left.add(self._with_another(file, *why))
        else:
            left.update(remark for _, remark in file.mocks.unknown)
            edits += rewrite(file.mocks, self.nesting.of(file).uses) if not file.mocks.is_empty else []
            edits += rewrite_server(source, served.edits, imports_of_server(source)) if served.edits else []
        text = source.edited(edits) if edits else source.text
        try:
            Source(path, text)
        except SyntaxError as error:  # what it cannot write, it leaves
            left.add(Remark(error.lineno or 1, "this command would break it: write it by hand"))
            text = source.text
        return Outcome(text, tuple(sorted(left)), tuple(sorted(told)))

    def _reason(self, file: File) -> Remark | None:
        """Return why a file cannot be changed, or what it shares: None if it can, or has nothing to do with it."""
        source = file.source
        uses_mocks = not file.mocks.is_empty
        if not uses_mocks and not self.live[source.path] and not servers(source).edits:
            return None
        other = min(other_services(source), default=None)
        if other is not None:
            return Remark(other.line, f"{other.text} {KEEP}")
        unclear = self.nesting.of(file).unclear
        if unclear:
            return min(unclear)
        if uses_mocks and not file.is_given:
            line = min([use.line for use in file.mocks.uses] or [1])
            return Remark(line, "it uses moto too, and this command was not given it: give it both, or their folder")
        return self._silent(file) or (self._other_use_of_server(file) if servers(source).edits else None)

    def _other_use_of_server(self, file: File) -> Remark | None:
        """Return which service besides S3 the users of a server may mean, or that nobody says S3."""
        users = [other for other in self.files.values() if any(one.source is file.source for one in self._used(other))]
        for user in users:
            for found in other_services(user.source):
                return Remark(1, f"{user.source.path} uses its server, line {found.line}: {found.text} {KEEP}")
        if any(says_s3(one.source) for one in (file, *users)):
            return None
        return Remark(1, NOTHING_SAYS_S3)

    def _silent(self, file: File) -> Remark | None:
        """Return where it is not known that S3 is meant: a file that says nothing, with a mock that says nothing."""
        source = file.source
        if says_s3(source) or file.mocks.says_s3():
            return None
        if any(says_s3(one.source, one.function) for one in self._used(file)):
            return None
        asking = [function for function in _functions(file) if any(self._is_explicit(file, function))]
        lines = [use.line for use in file.mocks.uses] or [function.lineno for function in asking]
        if not file.mocks.is_empty and self._is_fixtures_only(file) and self._has_users(source.path):
            return None  # those who use its fixtures say what they are for
        return Remark(min(lines), NOTHING_SAYS_S3) if lines else None

    def _is_explicit(self, file: File, function: ast.AST) -> Iterator[bool]:
        assert isinstance(function, FUNCTIONS)
        for one in self.nesting.live(file, function):
            yield not one.is_autouse

    def _is_fixtures_only(self, file: File) -> bool:
        owners = [use.owner or file.source.function_of(use.expression) for use in file.mocks.uses]
        return bool(owners) and all(owner is not None and is_fixture(owner) for owner in owners)

    def _has_users(self, path: Path) -> bool:
        return any(
            says_s3(file.source)
            for other, file in self.files.items()
            if other != path and any(one.source.path == path for one in self.live[other])
        )

    def _used(self, file: File) -> set[Fixture]:
        return {one for function in _functions(file) for one in self.fixtures.used_by(file.source, function)}

    def _live(self, file: File) -> set[Fixture]:
        return {one for one in self._used(file) if one.is_live}

    def _groups(self) -> list[set[Path]]:
        groups: list[set[Path]] = []
        for path in self.files:
            together = {path, *self.nesting.bases(self.files[path]), *(one.source.path for one in self.live[path])}
            together |= {self.starters[name] for one in self.live[path] for name in one.starters}
            for group in [one for one in groups if one & together]:
                groups.remove(group)
                together |= group
            groups.append(together)
        return groups

    def _with_another(self, file: File, other: Path, why: Remark | None) -> Remark:
        """Return why a file is left for the sake of another one."""
        line = min([use.line for use in file.mocks.uses] or [1])
        shared = sorted(one.name for one in {*self.live[file.source.path], *self.live[other]})
        fixture = f"the fixture {shared[0]}" if shared else "a fixture"
        return Remark(
            line,
            f"{fixture} ties it to {other}, which is left, line {why.line if why else 1}: {why.text if why else ''}",
        )

    def _of_plugins(self, file: File) -> Iterator[Remark]:
        known = {one.name for found in self.fixtures.of_file.values() for one in found}
        told: set[str] = set()
        for name, line in asked_fixtures(file.source):
            if name not in known | told:
                told.add(name)
                yield of_a_plugin(name, line)


def _functions(file: File) -> Iterable[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the tests and fixtures of a file."""
    return [
        node
        for node in file.source.nodes
        if isinstance(node, FUNCTIONS) and (node.name.startswith("test") or is_fixture(node))
    ]

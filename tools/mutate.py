"""Change the rules one at a time, and see whether a test notices: mutation testing of the rooms that hold rules.

    python tools/mutate.py reach                      # once: which test calls which function (runs the whole suite)
    python tools/mutate.py run [--count 300] [--seed 12] [--jobs 2] [PATH...]
    python tools/mutate.py show NUMBER [--seed 12]    # one mutant, as a diff

A *mutant* is the package with one small change, such as `<` for `<=` or a `raise` that is left out. The tests that call
the changed function run against it, the most specific first, and then the short run of all. If one fails, the mutant is
*killed*; if all pass, it *survived*: a rule is untested, or the change makes no difference, which somebody has to say.
docs/explanation/mutation-testing.md says what was found so far.

PATH is a file or a folder of the package; without one it is `fakecos/operations` and `fakecos/model`. Which test calls
what is kept in `.mutants/`, which git ignores.

Everything happens in copies of the tree in a temporary folder, with the interpreter that runs this program.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".mutants"
REACH = KEPT / "reach.json"
ROOMS = ("fakecos/operations", "fakecos/model")
NOT_COPIED = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__")
FEW, MANY = 30, 400  # tests tried first, and at most before all of them
SHORT_RUN = ["-m", "not slow", "tests"]
PATIENCE = 240  # seconds for one batch of tests: a mutant that never ends is killed too
LONG_PATIENCE = 1800  # seconds for the short run
SUITE = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider"]

OTHER_COMPARISON: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OTHER_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: in which file and function, at which line, and what the file's text is with it."""

    file: str
    function: str
    line: int
    was: str
    now: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} in {self.function}: {self.was}  ->  {self.now}"


def changes(node: ast.AST) -> Iterator[ast.AST]:  # noqa: C901 - one branch for each kind of change
    """What may stand in the node's place."""
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in OTHER_COMPARISON:
            yield ast.Compare(node.left, [OTHER_COMPARISON[type(operator)]()], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp() if type(node.op) in OTHER_ARITHMETIC and not isinstance(node.left, ast.JoinedStr):
            yield ast.BinOp(node.left, OTHER_ARITHMETIC[type(node.op)](), node.right)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str(value)) if value:
            yield ast.Constant(value + "x")
        case ast.Raise() | ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.If(body=body, orelse=orelse):
            yield from (ast.If(ast.Constant(always), body, orelse) for always in (True, False))
        case ast.IfExp(body=first, orelse=second):
            yield from (ast.IfExp(ast.Constant(always), first, second) for always in (True, False))
        case ast.Return(value=value) if value is not None and ast.unparse(value) != "None":
            yield ast.Return(ast.Constant(None))
        case ast.Continue():
            yield ast.Break()


class Places(ast.NodeVisitor):
    """The nodes of a file that may be changed, each with its function: no annotation, no docstring."""

    def __init__(self) -> None:
        self.found: list[tuple[ast.AST, str]] = []
        self._inside: list[str] = []

    def generic_visit(self, node: ast.AST) -> None:
        if any(True for _ in changes(node)):
            self.found.append((node, ".".join(self._inside)))
        super().generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._inside.append(node.name)
        for part in [*node.args.defaults, *(default for default in node.args.kw_defaults if default), *node.body]:
            self.visit(part)
        self._inside.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._inside.append(node.name)
        for part in node.body:
            self.visit(part)
        self._inside.pop()

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        if ast.unparse(node.test) != "TYPE_CHECKING":
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """An f-string has no positions of its own before Python 3.12."""

    def visit_Import(self, node: ast.Import) -> None:
        """Nothing to change."""


def mutants_of(file: Path) -> Iterator[Mutant]:
    """Every mutant of one file."""
    source = file.read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    places = Places()
    places.visit(ast.parse(source))
    for node, function in places.found:
        begin = starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]  # every kind above has a position
        end = starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
        for change in changes(node):
            if isinstance(node, ast.If):  # its test alone: the text of its body stays as it is
                test = node.test
                begin = starts[test.lineno - 1] + test.col_offset
                end = starts[(test.end_lineno or 0) - 1] + (test.end_col_offset or 0)
                now = str(change.test.value)  # type: ignore[attr-defined]
            else:
                now = ast.unparse(ast.fix_missing_locations(change))
                now = f"({now})" if isinstance(change, ast.expr) else now
            was = source[begin:end].decode()
            text = (source[:begin] + now.encode() + source[end:]).decode()
            yield Mutant(str(file.relative_to(ROOT)), function, node.lineno, " ".join(was.split()), now, text)  # type: ignore[attr-defined]


def chosen(paths: list[str], seed: int, count: int) -> list[Mutant]:
    """Mutants by chance: a line has one at most, so that long expressions do not count more than short rules."""
    files = [
        file
        for path in paths
        for file in ([ROOT / path] if path.endswith(".py") else sorted((ROOT / path).rglob("*.py")))
    ]
    by_line: dict[tuple[str, int], list[Mutant]] = defaultdict(list)
    for file in files:
        for mutant in mutants_of(file):
            by_line[mutant.file, mutant.line].append(mutant)
    chance = random.Random(seed)  # noqa: S311 - a choice that can be repeated
    lines = chance.sample(sorted(by_line), min(count, len(by_line)))
    return [chance.choice(by_line[line]) for line in lines]


# --- Which test calls which function ---------------------------------------------------------------------------------

REACHED = "_reached"
RECORDER = f"""
import builtins, json, os, pathlib
worker = os.environ.get("PYTEST_XDIST_WORKER")  # the process that only hands tests out calls nothing
tests = {{}}
now = set()
builtins.{REACHED} = lambda name: now.add(name)

def pytest_runtest_setup(item):
    now.clear()

def pytest_runtest_logreport(report):
    if worker and report.when == "call" and report.passed:
        tests[report.nodeid] = sorted(now)

def pytest_sessionfinish(session):
    pathlib.Path(os.environ["FAKECOS_REACH"], f"{{worker}}.json").write_text(json.dumps(tests))
"""


def with_recorder(file: str, source: str) -> str:
    """The file with a call at the start of each function that says that it was called."""
    tree = ast.parse(source)

    def visit(node: ast.AST, inside: list[str]) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                name = [*inside, child.name]
                visit(child, name)
                if isinstance(child, ast.FunctionDef):
                    call = ast.parse(f"__import__('builtins').{REACHED}({file + ':' + '.'.join(name)!r})").body[0]
                    child.body.insert(1 if ast.get_docstring(child) is not None else 0, call)

    visit(tree, [])
    return ast.unparse(ast.fix_missing_locations(tree))


def record_reach() -> None:
    """Run the whole suite once, and keep which functions each test calls."""
    with tempfile.TemporaryDirectory() as folder:
        tree, found = Path(folder, "tree"), Path(folder, "found")
        found.mkdir()
        shutil.copytree(ROOT, tree, ignore=NOT_COPIED)
        for room in ROOMS:
            for file in (tree / room).rglob("*.py"):
                file.write_text(with_recorder(str(file.relative_to(tree)), file.read_text()))
        Path(tree, "reach_recorder.py").write_text(RECORDER)
        pytest_in(
            tree, ["-p", "reach_recorder", "-n", "2", "--maxfail=1000"], {"FAKECOS_REACH": str(found)}, patience=None
        )
        tests: dict[str, list[str]] = {}
        for part in found.glob("*.json"):
            tests |= json.loads(part.read_text())
    KEPT.mkdir(exist_ok=True)
    REACH.write_text(json.dumps(tests))
    print(f"{len(tests):,} tests call {len({name for names in tests.values() for name in names}):,} functions")


def tests_of(mutant: Mutant, reach: dict[str, list[str]]) -> list[str]:
    """The tests that call the changed function: first those that call the fewest others, a few cases of each."""
    name = f"{mutant.file}:{mutant.function}"
    reached = [test for test, names in reach.items() if name in names]
    if not reached:  # code of the module or of a class: whoever calls anything of the file
        reached = [test for test, names in reach.items() if any(other.startswith(mutant.file + ":") for other in names)]
    if not reached:  # a file of values alone: the tests that are named like it
        reached = [test for test in reach if Path(mutant.file).stem in test]
    reached.sort(key=lambda test: (len(reach[test]), test))
    nth: dict[str, int] = defaultdict(int)
    order = []
    for place, test in enumerate(reached):
        function = test.partition("[")[0]
        nth[function] += 1
        order.append((nth[function] > 3, place, test))  # noqa: PLR2004 - a few cases of each test
    return [test for _, _, test in sorted(order)][:MANY]


# --- Running ---------------------------------------------------------------------------------------------------------


def pytest_in(
    tree: Path, arguments: list[str], more: dict[str, str] | None = None, patience: float | None = PATIENCE
) -> int:
    """Run pytest in a tree: its exit code, or 1 if it did not end in time. Tests that are not there end everything."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}  # of a run around it
    environment = {**own, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(tree), **(more or {})}
    command = [sys.executable, "-m", "pytest", *SUITE, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - the tests of this tree
            command, cwd=tree, env=environment, timeout=patience, capture_output=True, check=False
        )
    except subprocess.TimeoutExpired:
        return 1
    if done.returncode == pytest.ExitCode.USAGE_ERROR and b"ERROR: not found" in done.stdout + done.stderr:
        sys.exit("Tests were renamed since. First: python tools/mutate.py reach")
    return done.returncode


def killed(mutant: Mutant, tree: Path, tests: list[str]) -> bool:
    """Whether a test fails with the mutant. The tree is as it was afterwards."""
    file = tree / mutant.file
    original = file.read_text()
    file.write_text(mutant.text)
    try:
        batches = [batch for batch in (tests[:FEW], tests[FEW:]) if batch]
        return (
            any(pytest_in(tree, ["-n", "0", "-x", *batch]) != 0 for batch in batches)
            or pytest_in(tree, ["-n", "0", "-x", *SHORT_RUN], patience=LONG_PATIENCE) != 0
        )
    finally:
        file.write_text(original)


def run(paths: list[str], seed: int, count: int, jobs: int) -> int:
    """Try the mutants, print each survivor, and return how many there are."""
    if not REACH.exists():
        sys.exit("First: python tools/mutate.py reach")
    reach = json.loads(REACH.read_text())
    mutants = chosen(paths, seed, count)
    survivors: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        trees: SimpleQueue[Path] = SimpleQueue()
        for job in range(jobs):
            shutil.copytree(ROOT, Path(folder, str(job)), ignore=NOT_COPIED)
            trees.put(Path(folder, str(job)))
        if pytest_in(Path(folder, "0"), ["-n", str(jobs), "-x", *SHORT_RUN], patience=None) != 0:
            sys.exit('Without any change tests fail. First: pytest -n auto -m "not slow"')

        def try_one(number: int) -> None:
            tree, tests = trees.get(), tests_of(mutants[number], reach)
            try:
                if not killed(mutants[number], tree, tests):
                    survivors.append(number)
                    print(f"SURVIVED {number}: {mutants[number]}  ({len(tests)} tests call it)", flush=True)
            finally:
                trees.put(tree)

        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(try_one, range(len(mutants))))
    print(f"{len(mutants)} mutants, {len(mutants) - len(survivors)} killed, {len(survivors)} survived")
    return len(survivors)


def show(paths: list[str], seed: int, count: int, number: int) -> None:
    """Print one mutant as a diff."""
    mutant = chosen(paths, seed, count)[number]
    before = (ROOT / mutant.file).read_text().splitlines(keepends=True)
    print(mutant, "".join(difflib.unified_diff(before, mutant.text.splitlines(keepends=True), n=5)), sep="\n")


def main() -> None:
    """Read the command line, and do what it asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["reach", "run", "show"])
    parser.add_argument("rest", nargs="*", help="run: files and folders; show: the number of a mutant")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    if asked.what == "reach":
        record_reach()
    elif asked.what == "show":
        show(list(ROOMS), asked.seed, asked.count, int(asked.rest[0]))
    else:
        sys.exit(min(run(asked.rest or list(ROOMS), asked.seed, asked.count, asked.jobs), 1))


if __name__ == "__main__":
    main()

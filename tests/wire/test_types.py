"""The types of parameters and results: what the tables say, and a misspelt member is an error."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

from fakecos.facts import literals
from fakecos.faults.validation import require_operation
from fakecos.operations.registry import operations
from fakecos.wire import types

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "make_types.py"
ROOMS = [*sorted((ROOT / "fakecos" / "operations").rglob("*.py")), ROOT / "fakecos" / "post_object" / "post_object.py"]
MEMBERS: dict[str, set[str]] = {
    name: set(kind.__annotations__) for name, kind in vars(types).items() if hasattr(kind, "__total__")
}
ANY = "Mapping"  # of a helper that reads members by a table: what it names must be a member of some request
MEMBERS_OF_ANY = set().union(*(members for name, members in MEMBERS.items() if name.endswith("Request")))

PROGRAM = """
from fakecos.wire.types import UploadPartOutput, UploadPartRequest

def upload_part(params: UploadPartRequest) -> UploadPartOutput:
    number = params["{member}"]
    if isinstance(number, str):
        print("no number", len(number))
    return {{"{result}": "e"}}
"""


@pytest.fixture(scope="module")
def maker() -> Any:
    spec = importlib.util.spec_from_file_location("make_types", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_making_the_types_again_gives_no_difference(maker: Any) -> None:
    for path, text in maker.texts().items():
        assert path.read_text(encoding="utf-8") == text, f"run python tools/make_types.py: {path.name} differs"


def checked(tmp_path: Path, program: str) -> str:
    """Return what mypy says of a program, with the rules of this project."""
    source = tmp_path / "program.py"
    source.write_text(program)
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--config-file",
        "pyproject.toml",
        "--cache-dir",
        str(tmp_path),
        str(source),
    ]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True).stdout


@pytest.mark.slow
def test_mypy_sees_a_misspelt_member(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    assert 'no key "PartNumer"' in checked(tmp_path, PROGRAM.format(member="PartNumer", result="ETag"))
    assert 'Extra key "Etag"' in checked(tmp_path, PROGRAM.format(member="PartNumber", result="Etag"))


@pytest.mark.slow
def test_mypy_knows_that_a_number_may_have_stayed_text(tmp_path: Path) -> None:
    # With warn_unreachable, which says so of a check that cannot be false.
    pytest.importorskip("mypy")
    assert "Success" in checked(tmp_path, PROGRAM.format(member="PartNumber", result="ETag"))


def test_every_operation_has_its_types() -> None:
    assert {f"{name}Request" for name in operations()} <= MEMBERS.keys()
    assert {f"{name}Output" for name in operations()} <= MEMBERS.keys()


def typed_functions() -> list[Any]:
    """Return the functions of operations and helpers whose parameters have a type of their own."""
    found = []
    for path in ROOMS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                kinds = {
                    name
                    for argument in node.args.args
                    if argument.arg == "params" and argument.annotation is not None
                    for name in re.findall(r"\w+", ast.unparse(argument.annotation))
                    if name in {*MEMBERS, ANY}
                }
                if kinds:
                    found.append(pytest.param(node, kinds, id=f"{path.stem}.{node.name}"))
    return found


def asked_for(function: ast.FunctionDef) -> set[str]:
    """Return the members of `params` that a function names: `params["Key"]`, `params.get("Key")`, `in params`."""
    found: set[str] = set()
    for node in ast.walk(function):
        key: ast.expr | None = None
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "params":
            key = node.slice
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "params.get":
            key = node.args[0]
        elif isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]) == "params":
            key = node.left
        if isinstance(key, ast.Constant):
            found.add(str(key.value))
    return found


@pytest.mark.parametrize(("function", "kinds"), typed_functions())
def test_an_operation_asks_for_members_of_its_request(function: ast.FunctionDef, kinds: set[str]) -> None:
    # mypy takes any text in `.get` and `in` of a TypedDict, so this looks at what it lets pass.
    for kind in kinds:
        members = MEMBERS_OF_ANY if kind == ANY else MEMBERS[kind]
        assert asked_for(function) <= members, f"{function.name} asks for what no {kind} has"


def test_the_check_of_members_sees_a_misspelt_one() -> None:
    function = ast.parse('def f(params):\n    return params.get("A"), params["B"], "C" in params').body[0]
    assert isinstance(function, ast.FunctionDef)
    assert asked_for(function) == {"A", "B", "C"}
    assert len(typed_functions()) > 100


def test_every_operation_that_signatures_name_can_be_made_to_fail() -> None:
    for name in get_args(literals.OperationName):
        require_operation(name)  # raises UsageError for what is none
    assert set(operations()) <= set(get_args(literals.OperationName))

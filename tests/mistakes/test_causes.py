"""What is raised to the author of a test prints by the name to import, and has no internal exception above it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from pathlib import Path

import fakecos
from fakecos import FakecosWarning, UnimplementedOperationWarning, UsageError

PACKAGE = Path(fakecos.__file__).parent


def test_no_internal_exception_is_chained_to_one_for_the_author() -> None:
    # because: "During handling of the above exception" sends a reader to a KeyError of ours
    for path in PACKAGE.rglob("*.py"):
        for handler in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(handler, ast.ExceptHandler):
                for found in ast.walk(handler):
                    if isinstance(found, ast.Raise) and isinstance(found.exc, ast.Call):
                        name = ast.unparse(found.exc.func)
                        cause = ast.unparse(found.cause) if found.cause else ""
                        assert name not in KINDS or cause == "None", f"{path}:{found.lineno}: raise ... from None"


KINDS = frozenset({"UsageError", "MissingExtraError", "UnclaimedRequestError", "EscapedRequestError"})


def test_all_of_them_print_as_fakecos_and_can_be_imported() -> None:
    for module in pkgutil.walk_packages(fakecos.__path__, "fakecos."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    kinds: list[type] = [UsageError, *UsageError.__subclasses__(), FakecosWarning, UnimplementedOperationWarning]
    for kind in kinds:
        if kind.__module__.startswith("fakecos"):  # tests have some of their own
            assert kind.__module__ == "fakecos"
            assert getattr(fakecos, kind.__name__) is kind


def test_a_usage_error_is_no_type_error() -> None:
    # because: code under test that catches TypeError would swallow it
    assert not issubclass(UsageError, (TypeError, AssertionError, AttributeError))

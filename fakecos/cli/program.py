"""A Python program, run as the interpreter would run it from a command line."""

from __future__ import annotations

import argparse
import importlib.util
import io
import os
import sys
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any, Protocol, cast

from fakecos.testing.text import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence


class ProgramNotFound(Exception):  # noqa: N818  it is not there
    """There is no such program; `exit_code` is the interpreter's own for that case."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class _CodeLoader(Protocol):
    def get_code(self, fullname: str) -> CodeType | None: ...


def add_program(command: argparse.ArgumentParser) -> None:
    """Add the program: it begins at `-m`, or at the first word that is neither an option nor its value."""
    command.add_argument("-m", dest="module", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    command.add_argument("program", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)


def words_of(options: argparse.Namespace) -> list[str]:
    """Return the program with its arguments; without one, end as the parser does for a wrong call.

    argparse ends the words after `-m` at a `--`, which are the module's.
    """
    words: list[str] = options.program
    if options.module is not None:
        words = ["-m", *options.module, *words]
    elif words[:1] == ["--"]:
        words = words[1:]
    if not words or words == ["-m"]:
        options.parser.error("which program? Give a SCRIPT, or -m MODULE")
    return words


class Program:
    """A program with its arguments, found but not read yet.

    `arguments` becomes `sys.argv`, `folder` the first entry of `sys.path`; `spec` is None for a script.
    """

    __slots__ = ("arguments", "folder", "spec")

    def __init__(self, arguments: Sequence[str], folder: str, spec: ModuleSpec | None) -> None:
        self.arguments = list(arguments)
        self.folder = folder
        self.spec = spec

    @classmethod
    def find(cls, words: Sequence[str]) -> Program:
        """Find the program of `SCRIPT [args]` (a file, a folder or a zip file) or `-m MODULE [args]`.

        A module's parent packages are imported here, as the interpreter does. Raises ProgramNotFound.
        """
        if words[0] == "-m":
            return cls._module(words[1], words[1:])
        script = words[0]
        if script == "-":
            message = "cannot run a program from standard input: write it into a file"
            raise ProgramNotFound(message, 2)
        spec = PathFinder.find_spec("__main__", [os.path.abspath(script)]) if os.path.exists(script) else None
        if spec is not None:
            return cls(words, os.path.abspath(script), spec)
        if os.path.isfile(script) and os.access(script, os.R_OK):
            return cls(words, os.path.dirname(os.path.realpath(script)), None)
        message, is_folder = f"cannot run {script!r}: {_why_not(script)}", os.path.isdir(script)
        raise ProgramNotFound(message, 1 if is_folder else 2)

    @classmethod
    def _module(cls, name: str, words: Sequence[str]) -> Program:
        folder = os.getcwd()
        _put_first(folder)
        sys.argv[:] = ["-m", *words[1:]]
        spec = _spec(name)
        if spec is not None and spec.submodule_search_locations is not None:
            spec = _spec(f"{name}.__main__")
        if spec is None or not hasattr(spec.loader, "get_code"):
            message = f"there is no module {name!r} that can be run"
            if os.path.isfile(name):
                message += f"; for a file, leave -m out: {name}"
            raise ProgramNotFound(message, 1)
        return cls([spec.origin or name, *words[1:]], folder, spec)

    def run(self) -> None:
        """Run the program to the end of its code; whatever it raises comes out.

        Its module stays `__main__` afterwards, for its threads, its atexit functions and for pickle.
        """
        sys.argv[:] = self.arguments
        _put_first(self.folder)
        module = ModuleType("__main__")
        space: dict[str, Any] = vars(module)
        space["__builtins__"] = sys.modules["builtins"]
        cached = None if self.spec is None else self.spec.cached
        # Which of these a program finds depends on the interpreter's version.
        own = vars(sys.modules["__main__"])
        space.update({name: value for name, value in (("__annotations__", {}), ("__cached__", cached)) if name in own})
        if self.spec is None:
            script = os.path.abspath(self.arguments[0])
            code = _compile(script)
            space.update(__file__=script, __loader__=SourceFileLoader("__main__", script))
        else:
            found = cast("_CodeLoader", self.spec.loader).get_code(self.spec.name)
            if found is None:
                message = f"there is no code in {self.spec.name}"
                raise ImportError(message, name=self.spec.name)
            code = found
            space.update(__file__=self.spec.origin, __package__=self.spec.parent)
            space.update(__spec__=self.spec, __loader__=self.spec.loader)
        sys.modules["__main__"] = module
        exec(code, space)  # noqa: S102  to run a program is what this file is for


def _why_not(script: str) -> str:
    """Return why a file or a folder cannot be run."""
    if os.path.isdir(script):
        return "it is a folder without a __main__.py"
    if os.path.exists(script):
        return "it may not be read"
    folder = os.path.dirname(script)
    try:
        there = [os.path.join(folder, name) for name in os.listdir(folder or ".") if name.endswith(".py")]
    except OSError:
        return f"there is no folder {folder!r}"
    close = nearest(script, there)
    if not folder and _is_module(script):
        return f"there is no such file; a module is run by -m {script}"
    return "there is no such file" + (f"; {close}" if close.startswith("the nearest") else "")


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _compile(script: str) -> CodeType:
    with io.open_code(script) as file:
        source = file.read()
    return compile(source, script, "exec", dont_inherit=True)


def _put_first(folder: str) -> None:
    """Replace the entry of `sys.path` that the interpreter made for our own command."""
    if not getattr(sys.flags, "safe_path", False):
        sys.path[0] = folder


def _spec(name: str) -> ModuleSpec | None:
    try:
        return importlib.util.find_spec(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(f"{error.name}.")):
            return None
        raise  # the module's own package lacks something: its traceback says what

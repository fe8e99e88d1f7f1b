"""What `fakecos` exports: all of it is documented, comes from there by name, and costs nothing until it is used."""

from __future__ import annotations

import builtins
import collections.abc
import inspect
import pickle
import re
import subprocess
import sys
import traceback
import typing
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import fakecos
from fakecos import FakeCOS, Limits, UsageError, faults
from fakecos.faults import outcomes

ROOT = Path(__file__).parent.parent
LATE = ("fakecos.testing.views", "fakecos.testing.accounts", "fakecos.serving", "fakecos.faults.schedule", "pytest")


def test_every_exported_name_has_its_section_in_the_reference_and_no_other_has() -> None:
    page = (ROOT / "docs" / "reference" / "api.md").read_text()
    page = re.sub(r"\n## Fixtures of pytest\n.*?(?=\n## )", "", page, flags=re.DOTALL)
    assert sorted(re.findall(r"^###? `(\w+)`$", page, flags=re.MULTILINE)) == sorted(fakecos.__all__)


def test_every_name_in_a_public_signature_is_explained_on_the_page() -> None:
    """What is neither Python's own nor on the page nor in its table of names would have to be looked for."""
    page = (ROOT / "docs" / "reference" / "api.md").read_text()
    code = re.findall(r"```python\n(.*?)```", page, re.DOTALL) + re.findall(r"^- `(.*?)`", page, re.MULTILINE)
    used = set(re.findall(r"(?<![\"'\w])[A-Z]\w+", " ".join(code)))
    _, _, table = page.partition("\n## Names in signatures\n")
    pythons = {*dir(builtins), *dir(typing), *dir(collections.abc), "Path", "PathLike", "Self"} - {"Match"}
    assert used - pythons - set(fakecos.__all__) == set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))


def test_the_page_has_every_public_member_and_none_that_is_private() -> None:
    page = (ROOT / "docs" / "reference" / "api.md").read_text()
    for name in fakecos.__all__:
        value = getattr(fakecos, name)
        first = (inspect.getdoc(value) or "").partition("\n\n")[0]
        assert first in page, f"the docstring of {name} is not on the page"
    methods = {name for owner in FakeCOS.__mro__ for name in vars(owner) if not name.startswith("_")}
    assert methods == set(re.findall(r"^### `FakeCOS\.(\w+)`$", page, re.MULTILINE))
    assert not re.findall(r"^(?:#+|-) `(?:\w+\.)?_\w*", page, re.MULTILINE)


@pytest.mark.parametrize("name", fakecos.__all__)
def test_every_exported_name_says_that_it_comes_from_fakecos(name: str) -> None:
    value = getattr(fakecos, name)
    assert (value.__module__, value.__name__) == ("fakecos", name)
    assert pickle.loads(pickle.dumps(value)) is value  # noqa: S301  our own


def test_dir_shows_what_is_imported_late() -> None:
    assert set(fakecos.__all__) <= set(dir(fakecos))


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'fakecos' has no attribute 'Bucket'"):
        _ = fakecos.Bucket  # type: ignore[attr-defined]


def test_tracebacks_and_reprs_show_the_name_to_import() -> None:
    with pytest.raises(UsageError) as raised:
        fakecos.current()
    assert traceback.format_exception_only(raised.type, raised.value)[0].startswith("fakecos.UsageError: No fake")
    assert repr(Limits) == "<class 'fakecos.Limits'>"
    assert FakeCOS.__module__ == "fakecos"
    assert repr(FakeCOS()).startswith("<FakeCOS not started, ")
    assert pickle.loads(pickle.dumps(Limits(min_part_size=1))) == Limits(min_part_size=1)  # noqa: S301


def test_importing_fakecos_imports_nothing_that_is_only_handed_out() -> None:
    program = f"import sys, fakecos; print(*[name for name in {LATE!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "\n"


def test_what_public_methods_take_and_return_comes_from_fakecos() -> None:
    """Each class of ours in the annotations of what is public is exported, or is a word of fakecos.faults."""
    known = {getattr(fakecos, name) for name in fakecos.__all__} | {getattr(faults, name) for name in faults.__all__}
    known |= set(outcomes.OUTCOMES)  # what the functions of fakecos.faults make
    for owner in (FakeCOS, fakecos.BucketView, fakecos.ObjectView, fakecos.UploadView, fakecos.PartView):
        for name, found in annotated(owner).items():
            strangers = {kind for kind in found if kind.__module__.startswith("fakecos") and kind not in known}
            assert not strangers, f"{owner.__name__}.{name}: {strangers}"


def annotated(owner: type) -> dict[str, set[type]]:
    """Return the classes in the annotations of what a class has that is public."""
    import datetime as dt
    import os
    import pathlib

    from fakecos.facts import literals
    from fakecos.testing.assertions.parts import Expected
    from fakecos.testing.assertions.requests import Match, Wanted

    names: dict[str, Any] = {**vars(typing), **vars(collections.abc), **vars(outcomes), **vars(faults), **vars(fakecos)}
    names |= {"dt": dt, "os": os, "Path": pathlib.Path, "Expected": Expected, "Match": Match, "Wanted": Wanted}
    names |= {"S3Client": object, "S3ServiceResource": object, "Target": object, "Self": object, "Inspectable": object}
    names |= {"Arranged": object, "Injectable": object, "Budgeted": object, "Obeyed": object, "Listening": object}
    names |= {"Sender": object, "Binding": object}
    names |= {"UploadState": str, "TracebackType": object, **vars(literals)}
    found: dict[str, set[type]] = {}
    for name in (name for name in dir(owner) if not name.startswith("_")):
        member = getattr(owner, name)
        function = member.fget if isinstance(member, property) else member
        if callable(function):
            found[name] = set()
            for hint in get_type_hints(function, localns=names).values():
                classes_in(hint, found[name])
    return found


def classes_in(hint: Any, found: set[type]) -> None:
    """Collect the classes of a type, with those of its parameters."""
    if isinstance(hint, type):
        found.add(hint)
    for inner in getattr(hint, "__args__", ()):
        classes_in(inner, found)

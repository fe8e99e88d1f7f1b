"""The promises of `fakecos.contract`, each a test: by every client, and through every door.

`test_upload_part__an_empty_part_is_taken` is `an_empty_part_is_taken` in fakecos/contract/promises/upload_part.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract import promises

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.promise import Case, Promise


def parameter(case: Case) -> Any:
    return pytest.param(*case.values, id=case.id)


def marked(promise: Promise) -> Callable[..., None]:
    """Return the function of a promise with the marks by which pytest tries its cases."""
    test, marks = promise.function, promise.marks
    for names, cases, ids in marks.cases:
        test = pytest.mark.parametrize(names, [parameter(case) for case in cases], ids=ids)(test)
    for fixture in (*marks.fixtures, *(before_name(promise.area, each) for each in promise.before)):
        test = pytest.mark.usefixtures(fixture)(test)
    if marks.only_boto3 is not None:
        test = pytest.mark.only_boto3(marks.only_boto3)(test)
    if marks.one_door is not None:
        test = pytest.mark.one_door(marks.one_door)(test)
    return test


def before_name(area: str, function: Callable[..., None]) -> str:
    """Return the name of the fixture that does what comes before each promise of an area."""
    return f"{area}__{function.__name__}"


for one in promises():
    for function in one.before:
        name = before_name(one.area, function)
        globals().setdefault(name, pytest.fixture(function, name=name))
    globals()[f"test_{one.id.replace('.', '__')}"] = marked(one)

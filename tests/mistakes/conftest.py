"""What a mistake is answered with: the code is run as its author would, in a fake with a bucket and an object."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import boto3
import botocore.exceptions
import pytest

import fakecos
from fakecos import FakeCOS, Limits, faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Said = Callable[[str], str]


@pytest.fixture
def said() -> Iterator[Said]:
    """Return a function that runs a line and returns what is raised, as Python prints it: `fakecos.UsageError: ...`.

    Nothing internal is chained to it, and nothing of the fake has changed by it.
    """
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        cos.put_object("photos", "a.txt", b"holiday")
        names: dict[str, Any] = {**vars(faults), **vars(botocore.exceptions)}
        names |= {"fakecos": fakecos, "FakeCOS": FakeCOS, "Limits": Limits, "faults": faults, "dt": dt, "boto3": boto3}
        names |= {"cos": cos, "view": cos.bucket("photos").objects["a.txt"]}

        def said(line: str) -> str:
            before = (list(cos.store.buckets), cos.billed_bytes, cos.unfired_faults(), cos.request_count)
            with pytest.raises(Exception) as raised:  # noqa: PT011  each row says which
                exec(line, dict(names))  # noqa: S102  the rows of these tests
            error = raised.value
            assert error.__cause__ is None, error.__cause__
            assert error.__context__ is None or error.__suppress_context__, error.__context__
            assert (list(cos.store.buckets), cos.billed_bytes, cos.unfired_faults(), cos.request_count) == before
            module = type(error).__module__
            front = "" if module == "builtins" else f"{module}."
            return f"{front}{type(error).__name__}: {error}"

        yield said
        cos.errors.clear()

"""The pytest plugin: S3 for one test, as a fixture.

This module imports pytest only, since every run with fakecos installed imports it; fakecos itself is
imported by the fixtures, when a test asks for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import FakeCOS


@pytest.fixture
def fakecos() -> Iterator[FakeCOS]:
    """Hand out an empty, active FakeCOS; every S3 client of the process talks to it until the test ends."""
    from fakecos import FakeCOS

    with FakeCOS() as cos:
        yield cos


@pytest.fixture
def fakecos_client(fakecos: FakeCOS) -> Any:
    """Hand out a boto3 S3 client of the fixture `fakecos`; needs boto3."""
    return fakecos.client()

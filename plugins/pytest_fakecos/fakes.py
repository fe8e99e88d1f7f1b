"""The fakes that the fixtures hand out: made as markers and options say.

Imported by the fixtures, when a test has a fake: it imports fakecos.
"""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any

import pytest

import fakecos
from pytest_fakecos import options
from pytest_fakecos.options import OWN_KEYWORDS
from pytest_fakecos.watching import WATCH

if TYPE_CHECKING:
    from fakecos import FakeCOS

    Node = pytest.Item | pytest.Collector


def make(node: Node, fixture: str, **given: Any) -> FakeCOS:
    """Make a fake for a fixture: `given` wins over the markers of the node, these over the options.

    pytest.UsageError: a keyword is none of FakeCOS.
    """
    marked = {name: kept for name, kept in (options.marked(node) or {}).items() if name not in OWN_KEYWORDS}
    keywords = {**marked, **given}
    for name in keywords:
        if name not in _known():
            meant = options.nearest(name, _known().union(OWN_KEYWORDS))
            message = f"{node.nodeid}: {name} is no keyword of FakeCOS{meant} (see {options.page('the-marker')})"
            raise pytest.UsageError(message)
    watch = node.config.stash[WATCH]
    watch.making(node, fixture)
    try:
        return fakecos.FakeCOS(**options.completed(node.config, node, keywords))
    finally:
        watch.making(None)


@functools.cache
def _known() -> frozenset[str]:
    return frozenset(inspect.signature(fakecos.FakeCOS).parameters)

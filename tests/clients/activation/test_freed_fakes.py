"""A fake, and all that it stores, is freed as soon as nobody has it: suites start one for each test."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS

if TYPE_CHECKING:
    from collections.abc import Callable


def nothing(cos: FakeCOS) -> None:
    del cos


def a_stored_object(cos: FakeCOS) -> None:
    cos.create_bucket("photos")
    cos.put_object("photos", "a", b"1")


def an_object_stored_by_its_client(cos: FakeCOS) -> None:
    client = cos.client()
    client.create_bucket(Bucket="photos")
    client.put_object(Bucket="photos", Key="a", Body=b"1")


@pytest.mark.parametrize("use", [nothing, a_stored_object, an_object_stored_by_its_client])
def test_a_fake_that_is_let_go_is_freed_without_the_garbage_collector(use: Callable[[FakeCOS], None]) -> None:
    def started_and_stopped() -> weakref.ref[Any]:
        cos = FakeCOS()
        with cos:
            use(cos)
        return weakref.ref(cos._service.store)

    started_and_stopped()  # what loads by the first use is no part of the promise
    gc.collect()
    gc.disable()
    try:
        assert started_and_stopped()() is None
    finally:
        gc.enable()

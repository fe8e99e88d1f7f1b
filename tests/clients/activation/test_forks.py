"""Forked children are told; spawned ones start as any program does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")

FORK = """
    import os, sys, threading
    import boto3
    from fakecos import FakeCOS, UsageError
    from fakecos.clients.activation import activation

    def child():
        try:
            boto3.client("s3").list_buckets()
        except UsageError as error:
            assert "forked" in str(error), error
        else:
            raise SystemExit("the child was answered")
        with FakeCOS() as own:  # a fake of its own works, though the parent's locks were held at the fork
            own.create_bucket("photos")
            assert boto3.client("s3").list_buckets()["Buckets"]
        assert "photos" not in cos.store.buckets

    with FakeCOS() as cos:
        locked, go = threading.Event(), threading.Event()
        def hold():
            with activation._lock, cos.store.lock, activation._while_active.patches._lock:
                locked.set()
                go.wait()
        thread = threading.Thread(target=hold)
        thread.start()
        locked.wait()
        pid = os.fork()
        if pid == 0:
            try:
                child()
            except BaseException:
                sys.excepthook(*sys.exc_info())
                os._exit(1)
            os._exit(0)
        go.set()
        thread.join()
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        boto3.client("s3").list_buckets()
"""

SPAWN = """
    import multiprocessing, os
    from fakecos import FakeCOS, UsageError, current

    def child(queue):
        try:
            current()
        except UsageError:
            queue.put(os.environ["AWS_ACCESS_KEY_ID"])

    if __name__ == "__main__":
        context = multiprocessing.get_context("spawn")
        with FakeCOS():
            queue = context.Queue()
            process = context.Process(target=child, args=(queue,))
            process.start()
            print(queue.get(timeout=60))
            process.join()
"""


def test_a_forked_child_is_told_at_its_first_request(run_program: Callable[..., str]) -> None:
    run_program(FORK)


def test_a_spawned_child_has_no_fake_but_only_dummy_credentials(run_program: Callable[..., str]) -> None:
    assert run_program(SPAWN).strip() == "FAKECOSACCESSKEY"

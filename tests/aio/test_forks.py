"""A forked child's clients of aiobotocore come to the server of the parent, as those of boto3 do."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

pytest.importorskip("aiobotocore")
pytest.importorskip("h11")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
PROGRAM = """
    import asyncio, multiprocessing
    from aiobotocore.session import get_session
    from fakecos import FakeCOS, UsageError

    async def put(key):
        async with get_session().create_client("s3") as client:
            await client.put_object(Bucket="photos", Key=key, Body=b"holiday")

    def child(is_served):
        try:
            asyncio.run(put("a"))
        except UsageError:
            assert not is_served
        else:
            assert is_served

    def in_child(is_served):
        process = multiprocessing.get_context("fork").Process(target=child, args=(is_served,))
        process.start()
        process.join(60)
        return process.exitcode

    with FakeCOS() as cos:
        photos = cos.create_bucket("photos")
        assert in_child(False) == 0
        assert not photos.objects
        with cos.serve():
            assert in_child(True) == 0
        assert list(photos.objects) == ["a"]
"""


def test_a_client_made_in_the_child_comes_to_the_server() -> None:
    words = (sys.executable, "-c", textwrap.dedent(PROGRAM))
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr

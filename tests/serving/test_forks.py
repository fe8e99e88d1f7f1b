"""Forked children: their clients come to the server of the parent, and what they inherit of it does no harm."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.loopback,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
]
START = """
    import multiprocessing, os, socket, sys, time
    import boto3
    from fakecos import FakeCOS, UsageError

    def put(key):
        boto3.client("s3").put_object(Bucket="photos", Key=key, Body=b"holiday")

    def in_child(function, *given):
        process = multiprocessing.get_context("fork").Process(target=function, args=given)
        process.start()
        process.join(60)
        return process.exitcode
"""


def run(code: str) -> str:
    """Run a program in a process of its own, since a process with threads is better not forked."""
    words = (sys.executable, "-c", textwrap.dedent(START) + textwrap.dedent(code))
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_client_made_in_the_child_comes_to_the_server() -> None:
    run("""
        with FakeCOS() as cos:
            photos = cos.create_bucket("photos")
            with cos.serve() as server:
                assert in_child(put, "a") == 0
                client = boto3.client("s3")  # it knows the server too
                assert in_child(lambda: client.put_object(Bucket="photos", Key="b", Body=b"1")) == 0
            assert list(photos.objects) == ["a", "b"]
    """)


def test_plain_http_and_other_fakes_work_in_the_child() -> None:
    run("""
        import urllib.request

        def presigned():
            url = boto3.client("s3").generate_presigned_url("put_object", Params={"Bucket": "photos", "Key": "a"})
            urllib.request.urlopen(urllib.request.Request(url, data=b"1", method="PUT")).close()

        def own():
            with FakeCOS() as mine:
                photos = mine.create_bucket("photos")
                put("mine")
                assert list(photos.objects) == ["mine"]

        with FakeCOS() as cos, cos.serve():
            photos = cos.create_bucket("photos")
            assert in_child(presigned) == 0
            assert in_child(own) == 0
            assert list(photos.objects) == ["a"]
    """)


def test_a_client_made_before_the_server_is_told() -> None:
    run("""
        def use(client, url):
            try:
                client.put_object(Bucket="photos", Key="a", Body=b"1")
            except UsageError as error:
                assert f"make the client in the child, where AWS_ENDPOINT_URL_S3 leads it to {url}" in str(error)
            else:
                raise SystemExit("the child was answered")

        with FakeCOS() as cos:
            photos = cos.create_bucket("photos")
            client = boto3.client("s3")
            with cos.serve() as server:
                assert in_child(use, client, server.endpoint_url) == 0
            assert not photos.objects
    """)


FORK_SERVER = """
import multiprocessing, os
import boto3
from fakecos import FakeCOS

def put(key):
    boto3.client("s3").put_object(Bucket="photos", Key=key, Body=b"1")

def endpoint():
    os._exit("AWS_ENDPOINT_URL_S3" in os.environ)

def in_child(function, *given):
    process = multiprocessing.get_context("forkserver").Process(target=function, args=given)
    process.start()
    process.join(60)
    return process.exitcode

if __name__ == "__main__":
    assert in_child(endpoint) == 0  # the fork server has begun
    for _ in range(2):
        with FakeCOS() as cos, cos.serve():
            photos = cos.create_bucket("photos")
            assert in_child(put, "a") == 0
            assert list(photos.objects) == ["a"]
        assert in_child(endpoint) == 0
"""


@pytest.mark.skipif("forkserver" not in multiprocessing.get_all_start_methods(), reason="this system has none")
def test_children_of_a_fork_server_come_to_the_server_of_now(tmp_path: Path) -> None:
    # because: it keeps the environment in which it began
    program = tmp_path / "program.py"
    program.write_text(FORK_SERVER)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    words = (sys.executable, str(program))
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("tls", [False, True])
def test_a_child_that_ends_does_not_end_the_server(tls: bool) -> None:
    run(f"""
        with FakeCOS() as cos:
            photos = cos.create_bucket("photos")
            with cos.serve(tls={tls}) as server:
                child = os.fork()
                if child == 0:
                    sys.exit(0)  # it leaves the with blocks
                os.waitpid(child, 0)
                assert server.ca_bundle is None or os.path.exists(server.ca_bundle)
                assert in_child(put, "a") == 0
            assert list(photos.objects) == ["a"]
    """)


def test_a_child_that_lives_on_holds_neither_port_nor_connections() -> None:
    run("""
        def live_on(begun):
            begun.set()
            time.sleep(120)

        cos = FakeCOS()
        server = cos.serve()
        open_one = socket.create_connection(("127.0.0.1", server.port))
        open_one.settimeout(30)
        while not server._listener._connections:
            time.sleep(0.01)
        context = multiprocessing.get_context("fork")
        begun = context.Event()
        child = context.Process(target=live_on, args=(begun,), daemon=True)
        child.start()
        assert begun.wait(60)
        server.stop()
        assert open_one.recv(1) == b""
        with cos.serve(port=server.port):
            pass
        child.kill()
    """)

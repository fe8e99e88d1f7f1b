"""Forked children read their copy and are told so, and write nothing; spawned ones start as any program does."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from fakecos import urls
from fakecos.service.only_reads import only_reads
from fakecos.wire import service_model

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
PAGE = urls.page("how-to/other-processes", "a-forked-child-without-a-server")

FORK = """
    import os, sys, threading, warnings
    import boto3
    from fakecos import FakeCOS, UsageError
    from fakecos.clients.activation import activation

    def child():
        warnings.simplefilter("ignore")
        assert boto3.client("s3").list_buckets()["Buckets"] == []  # the locks were held at the fork
        try:
            boto3.client("s3").create_bucket(Bucket="films")
        except UsageError as error:
            assert "forked" in str(error), error
        else:
            raise SystemExit("the child was answered")
        assert not cos.store.buckets
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


START = """
    import multiprocessing, os, sys, urllib.request, warnings
    from concurrent.futures import ProcessPoolExecutor
    import boto3
    from fakecos import FakeCOS, FakecosWarning, UsageError

    def get(key):
        return boto3.client("s3").get_object(Bucket="photos", Key=key)["Body"].read()

    def put(key):
        boto3.client("s3").put_object(Bucket="photos", Key=key, Body=b"holiday")

    def told(function, *given):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            result = function(*given)
        return result, [str(each.message) for each in caught if each.category is FakecosWarning]

    def refused(function, *given):
        try:
            function(*given)
        except UsageError as error:
            return str(error)

    def told_twice(key):
        return [told(get, key), told(get, key)]

    def with_photos():
        cos = FakeCOS()
        cos.start()
        cos.create_bucket("photos")
        cos.put_object("photos", "a", b"1,2")
        return cos

    fork = multiprocessing.get_context("fork")
"""
POOLS = """
    cos = with_photos()
    with ProcessPoolExecutor(1, fork) as pool:
        twice = pool.submit(told_twice, "a").result()
    with fork.Pool(1) as pool:
        twice += pool.apply(told_twice, ("a",))
    assert [result for result, _ in twice] == [b"1,2"] * 4
    assert [len(warned) for _, warned in twice] == [1, 0, 1, 0], twice  # once a process
    print(twice[0][1][0])
    assert cos.journal.counts["GetObject"] == 0
    cos.stop()
"""
EVERY_READ = """
    import ibm_boto3
    from ibm_boto3.session import Config

    def read():
        s3 = boto3.client("s3")
        assert s3.head_object(Bucket="photos", Key="a")["ContentLength"] == 3
        assert s3.list_objects_v2(Bucket="photos")["KeyCount"] == 1
        url = s3.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "a"})
        with urllib.request.urlopen(url) as answer:
            assert answer.read() == b"1,2"
        named = {"ExpressionType": "SQL", "Expression": "SELECT s._2 FROM s3object s"}
        named |= {"InputSerialization": {"CSV": {}}, "OutputSerialization": {"CSV": {}}}
        events = s3.select_object_content(Bucket="photos", Key="a", **named)["Payload"]
        assert b"".join(each["Records"]["Payload"] for each in events if "Records" in each).split() == [b"2"]
        ibm = ibm_boto3.client(
            "s3", ibm_api_key_id="key", ibm_service_instance_id="id", config=Config(signature_version="oauth"),
            endpoint_url="https://s3.eu-de.cloud-object-storage.appdomain.cloud",
        )
        assert ibm.get_object(Bucket="photos", Key="a")["Body"].read() == b"1,2"
        try:
            s3.get_object(Bucket="photos", Key="b")
        except s3.exceptions.NoSuchKey:
            return "no such key"

    def child():
        assert told(read)[0] == "no such key"

    cos = with_photos()
    process = fork.Process(target=child)
    process.start()
    process.join(60)
    assert process.exitcode == 0
    cos.stop()
"""
EVERY_WRITE = """
    def write():
        s3 = boto3.client("s3")
        url = s3.generate_presigned_url("put_object", Params={"Bucket": "photos", "Key": "b"})
        writes = [
            lambda: s3.put_object(Bucket="photos", Key="b", Body=b"2"),
            lambda: s3.delete_object(Bucket="photos", Key="a"),
            lambda: s3.create_multipart_upload(Bucket="photos", Key="b"),
            lambda: s3.delete_objects(Bucket="photos", Delete={"Objects": [{"Key": "a"}]}),
            lambda: s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"}),
            lambda: urllib.request.urlopen(urllib.request.Request(url, data=b"2", method="PUT")),
        ]
        texts = [refused(each) for each in writes]
        assert all("would never be seen" in text for text in texts), texts
        print(texts[0])
        assert told(lambda: s3.list_objects_v2(Bucket="photos"))[0]["KeyCount"] == 1
        assert told(lambda: s3.get_bucket_versioning(Bucket="photos"))[0].get("Status") is None
        sys.stdout.flush()

    cos = with_photos()
    process = fork.Process(target=write)
    process.start()
    process.join(60)
    assert process.exitcode == 0
    assert list(cos.bucket("photos").objects) == ["a"]
    cos.stop()
"""
COPY = """
    def child(stored, asked):
        stored.wait(60)
        asked.put(told(get, "a")[0])

    cos = with_photos()
    stored, asked = fork.Event(), fork.Queue()
    process = fork.Process(target=child, args=(stored, asked))
    process.start()
    cos.put_object("photos", "a", b"of later")
    stored.set()
    assert asked.get(timeout=60) == b"1,2"
    process.join(60)
    cos.stop()
"""
AS_ERROR = """
    warnings.simplefilter("error", FakecosWarning)

    def child():
        for _ in range(2):
            try:
                get("a")
            except FakecosWarning:
                pass
            else:
                raise SystemExit("no error")

    cos = with_photos()
    process = fork.Process(target=child)
    process.start()
    process.join(60)
    assert process.exitcode == 0
    cos.stop()
"""


def test_a_forked_child_reads_and_a_fake_of_its_own_works(run_program: Callable[..., str]) -> None:
    run_program(FORK)


def test_a_pool_that_downloads_works_and_warns_once_in_each_process(run_program: Callable[..., str]) -> None:
    text = run_program(START + POOLS).strip()
    assert re.sub(r"\d+", "N", text) == (
        "This process (N) was forked from N while the fake was active. GetObject reads a copy of then: it sees nothing "
        "that was stored since, and the journal of the test does not have the request. To share one fake with the "
        f"child, serve it: cos.serve(), or the fixture fakecos_server. See {PAGE}"
    )


def test_every_kind_of_read_is_answered_by_every_client(run_program: Callable[..., str]) -> None:
    run_program(START + EVERY_READ)


def test_every_kind_of_write_is_refused_and_changes_nothing(run_program: Callable[..., str]) -> None:
    text = run_program(START + EVERY_WRITE).strip()
    assert re.sub(r"\d+", "N", text) == (
        "This process (N) was forked from N while the fake was active: what PutObject changes in its copy would never "
        "be seen there. Serve it (cos.serve()), and the clients that the child makes come to it. Or start a fake of "
        f"its own here. See {PAGE}"
    )


def test_what_it_reads_is_of_the_moment_of_the_fork(run_program: Callable[..., str]) -> None:
    run_program(START + COPY)


def test_the_warning_can_be_an_error(run_program: Callable[..., str]) -> None:
    run_program(START + AS_ERROR)


def test_under_pytest_which_keeps_warnings_the_child_prints_it(run_program: Callable[..., str]) -> None:
    program = (
        START
        + """
    cos = with_photos()
    pid = os.fork()
    if pid == 0:
        sys.stderr = sys.stdout
        told(get, "a")
        os._exit(0)
    os.waitpid(pid, 0)
    """
    )
    assert "FakecosWarning: This process" in run_program(program, PYTEST_CURRENT_TEST="test_a.py::test_b (call)")


@pytest.mark.parametrize("name", ["aws", "ibm"])
def test_what_reads_by_another_method_is_named_and_nothing_that_changes_is(name: str) -> None:
    by_method = {"GET", "HEAD"}
    table = service_model.load(name)
    different = {
        operation: described["method"]
        for operation, described in table.operations.items()
        if only_reads(operation) != (described["method"] in by_method)
    }
    assert different == ({"SelectObjectContent": "POST", "CreateSession": "GET"} if name == "aws" else {})


def test_a_spawned_child_has_no_fake_but_only_dummy_credentials(run_program: Callable[..., str]) -> None:
    assert run_program(SPAWN).strip() == "FAKECOSACCESSKEY"

"""Test suites for moto as people lay them out, each with how many of its tests pass, before and after.

The layouts are those of public projects; their code is not.
"""

from __future__ import annotations

from textwrap import dedent
from typing import NamedTuple

CONFTEST = """
    import boto3
    import pytest
    from moto import mock_aws

    @pytest.fixture
    def credentials(monkeypatch):
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")

    @pytest.fixture
    def s3(credentials):
        with mock_aws():
            yield boto3.client("s3")

    @pytest.fixture
    def bucket(s3):
        s3.create_bucket(Bucket="photos")
        return "photos"
"""
ONE_MOCK = """
    import boto3
    import pytest
    from moto import mock_aws

    def names():
        return [one["Name"] for one in boto3.client("s3", region_name="us-east-1").list_buckets()["Buckets"]]

    def create(name):
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket=name)
"""


class Layout(NamedTuple):
    """Files by their names, and how many tests in them pass. `runs_with_moto`: if what is installed here is enough."""

    files: dict[str, str]
    passed: int
    runs_with_moto: bool = True


def layout(passed: int, **files: str) -> Layout:
    """Return a layout; `__` in a keyword stands for a slash."""
    return Layout({f"{name.replace('__', '/')}.py": dedent(text).lstrip() for name, text in files.items()}, passed)


LAYOUTS = {
    "a fixture in a conftest.py, and decorated tests": layout(
        3,
        tests__conftest=CONFTEST,
        tests__unit__test_uploads="""
            from moto import mock_aws

            @mock_aws
            def test_upload(s3, bucket):
                s3.put_object(Bucket=bucket, Key="a", Body=b"1")
                assert s3.get_object(Bucket=bucket, Key="a")["Body"].read() == b"1"

            class TestThings:
                @mock_aws()
                def test_list(self, s3, bucket):
                    assert [one["Name"] for one in s3.list_buckets()["Buckets"]] == [bucket]
        """,
        tests__unit__test_others="""
            import boto3
            import moto

            @moto.mock_aws
            def test_alone(credentials):
                assert boto3.client("s3").list_buckets()["Buckets"] == []
        """,
    ),
    "a fixture and decorated tests in one file": layout(
        3,
        test_uploads=ONE_MOCK
        + """
    @pytest.fixture
    def bucket():
        with mock_aws():
            create("photos")
            yield "photos"

    @pytest.fixture
    def filled(bucket):
        boto3.client("s3", region_name="us-east-1").put_object(Bucket=bucket, Key="a", Body=b"1")

    @mock_aws
    def test_directly(bucket):
        assert names() == ["photos"]

    @mock_aws
    @pytest.mark.usefixtures("filled")
    def test_through_another():
        assert names() == ["photos"]

    @mock_aws
    def test_without():
        assert names() == []
""",
    ),
    "a fixture for every test, and a decorated class": layout(
        3,
        test_uploads=ONE_MOCK
        + """
    @pytest.fixture(autouse=True)
    def store():
        with mock_aws():
            create("photos")
            yield

    @mock_aws
    class TestUploads:
        def test_one(self):
            assert names() == ["photos"]

        @mock_aws
        def test_two(self):
            assert names() == ["photos"]

    def test_three():
        with mock_aws():
            text = '''
        not moved
    '''
            # said of the line below
            assert names() == ["photos"]
            assert text.splitlines()[1].strip() == "not moved"
""",
    ),
    "fixtures that start a mock each": layout(
        1,
        test_uploads=ONE_MOCK
        + """
    @pytest.fixture
    def aws():
        with mock_aws():
            yield

    @pytest.fixture
    def bucket(aws):
        with mock_aws():
            create("photos")
            yield "photos"

    def test_list(bucket):
        assert names() == [bucket]
""",
    ),
    "unittest: a decorated class with a set-up, and one that starts and stops": layout(
        3,
        test_uploads=ONE_MOCK
        + """
    import unittest

    @mock_aws
    class TestDecorated(unittest.TestCase):
        def setUp(self):
            create("photos")

        @mock_aws
        def test_one(self):
            self.assertEqual(names(), ["photos"])

        def test_two(self):
            with mock_aws():
                self.assertEqual(names(), ["photos"])

    class TestStarted(unittest.TestCase):
        def setUp(self):
            self.mock = mock_aws()
            self.mock.start()
            self.addCleanup(self.mock.stop)
            create("photos")

        @mock_aws
        def test_one(self):
            self.assertEqual(names(), ["photos"])
""",
    ),
    "a class with its own fixture, a base class, and a context manager of one's own": layout(
        4,
        test_uploads=ONE_MOCK
        + """
    import contextlib
    import unittest

    @mock_aws
    class TestWithFixture:
        @pytest.fixture(autouse=True)
        def bucket(self):
            with mock_aws():
                create("photos")
                yield

        def test_one(self):
            assert names() == ["photos"]

    class Base(unittest.TestCase):
        def setUp(self):
            self.mock = mock_aws()
            self.mock.start()
            self.addCleanup(self.mock.stop)
            create("photos")

    class TestOfBase(Base):
        @mock_aws
        def test_two(self):
            self.assertEqual(names(), ["photos"])

    @contextlib.contextmanager
    def store():
        with mock_aws():
            create("photos")
            yield

    @pytest.fixture
    def stored():
        with store():
            yield

    @mock_aws
    def test_three(stored):
        assert names() == ["photos"]

    def test_four():
        with store():
            assert names() == ["photos"]
""",
    ),
    "by way of the module, with settings, among other contexts": layout(
        4,
        test_uploads="""
            import os
            from unittest import mock

            import boto3
            import moto as mt

            REGION = {"region_name": "us-east-1"}

            @mt.mock_aws(config={"core": {"reset_boto3_session": True}})
            def test_settings():
                assert boto3.client("s3", **REGION).list_buckets()["Buckets"] == []

            def test_contexts():
                with mt.mock_aws() as fake, mock.patch.dict(os.environ, {"A": "1"}):
                    assert boto3.client("s3", **REGION).list_buckets()["Buckets"] == []

            @mt.mock_aws
            def test_nested():
                boto3.client("s3", **REGION).create_bucket(Bucket="photos")
                with mock.patch.dict(os.environ, {"A": "1"}), mt.mock_aws():
                    assert len(boto3.client("s3", **REGION).list_buckets()["Buckets"]) == 1

            def helper():
                with mt.mock_aws():
                    return len(boto3.client("s3", **REGION).list_buckets()["Buckets"])

            @mt.mock_aws
            def test_helper():
                boto3.client("s3", **REGION).create_bucket(Bucket="photos")
                assert helper() == 1
        """,
    ),
    "coroutine functions": layout(
        1,
        test_uploads="""
            import asyncio

            import boto3
            from moto import mock_aws as fake

            async def upload():
                boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="photos")

            @fake
            def test_upload():
                asyncio.run(upload())
                assert boto3.client("s3", region_name="us-east-1").list_buckets()["Buckets"]
        """,
    ),
    "moto's server in a fixture": layout(
        1,
        tests__conftest="""
            import pytest
            from moto.server import ThreadedMotoServer

            @pytest.fixture(scope="session")
            def s3_endpoint():
                server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
                server.start()
                host, port = server.get_host_and_port()
                yield f"http://{host}:{port}"
                server.stop()
        """,
        tests__test_uploads="""
            import boto3

            KEYS = {"aws_access_key_id": "a", "aws_secret_access_key": "b", "region_name": "us-east-1"}

            def test_upload(s3_endpoint):
                s3 = boto3.client("s3", endpoint_url=s3_endpoint, **KEYS)
                s3.create_bucket(Bucket="photos")
                assert s3.list_buckets()["Buckets"]
        """,
    )._replace(runs_with_moto=False),  # it needs flask
}

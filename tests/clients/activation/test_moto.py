"""moto beside fakecos: told with the line to write, and with that line both work, in either order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakecos.clients.botocore.moto import MOCK_AWS

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

BOTH = f"""
    import boto3
    from moto import mock_aws
    from fakecos import FakeCOS

    def use():
        sqs, s3 = boto3.client("sqs", region_name="us-east-1"), boto3.client("s3", region_name="us-east-1")
        sqs.create_queue(QueueName="letters")
        assert len(sqs.list_queues()["QueueUrls"]) == 1
        s3.list_buckets()

    def inner(first, second):
        with first as one, second as other:
            cos = one if isinstance(one, FakeCOS) else other
            cos.create_bucket("photos")
            use()
            assert [e.operation for e in cos.journal][-1] == "ListBuckets"

    inner(FakeCOS(), {MOCK_AWS})
    inner({MOCK_AWS}, FakeCOS())
    with FakeCOS():  # the cached session was made before and after moto put its handler in
        boto3.client("s3").list_buckets()
    inner({MOCK_AWS}, FakeCOS())
"""

MOTO_FIRST = """
    import boto3
    from moto import mock_aws
    from fakecos import FakeCOS, UsageError
    with mock_aws():
        try:
            FakeCOS().start()
        except UsageError as error:
            print(error)
"""

MOTO_SECOND = """
    import boto3
    from fakecos import FakeCOS, UsageError
    try:
        with FakeCOS():
            from moto import mock_aws
            with mock_aws():
                try:
                    boto3.client("s3", region_name="us-east-1").list_buckets()
                except UsageError:
                    pass
    except UsageError as error:
        print(error)
"""

URLS = """
    import boto3
    from moto import mock_aws
    from fakecos import FakeCOS
    with mock_aws(config={"core": {"passthrough": {"urls": [r"https?://(.*\\.)?s3\\..*"]}}}), FakeCOS() as cos:
        boto3.client("s3", region_name="us-east-1").list_buckets()
        assert cos.request_count == 1
"""


def test_with_the_line_both_work_in_either_order(run_program: Callable[..., str]) -> None:
    run_program(BOTH)


@pytest.mark.parametrize("program", [MOTO_FIRST, MOTO_SECOND], ids=["moto first", "moto second"])
def test_without_it_the_line_is_quoted(program: str, run_program: Callable[..., str]) -> None:
    assert MOCK_AWS in run_program(program)


def test_a_pass_through_by_address_is_one_too(run_program: Callable[..., str]) -> None:
    run_program(URLS)


def test_an_inactive_moto_is_no_matter(run_program: Callable[..., str]) -> None:
    run_program("""
        import boto3
        from moto import mock_aws
        with mock_aws():
            pass
        from fakecos import FakeCOS
        with FakeCOS() as cos:
            boto3.client("s3").list_buckets()
            assert cos.request_count == 1
    """)

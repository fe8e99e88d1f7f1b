"""moto beside fakecos, whichever is installed: moto 4 has a mock for each service, moto 5 one for all.

Where S3 passes, both work, in either order; where it does not, the message names the line to write, or to delete.
`nox -s moto4` runs this file with moto 4; README's command installs moto 5.
"""

from __future__ import annotations

import importlib.metadata
from typing import TYPE_CHECKING

import pytest

from fakecos import urls
from fakecos.clients.botocore.moto import MOCK_AWS

if TYPE_CHECKING:
    from collections.abc import Callable

IS_MOTO_4 = importlib.metadata.version("moto").startswith("4.")
only_moto_4 = pytest.mark.skipif(not IS_MOTO_4, reason="moto 5 has no mock of one service")
only_moto_5 = pytest.mark.skipif(IS_MOTO_4, reason="moto 4 has no configuration")

pytestmark = pytest.mark.slow

BESIDE = "mock_sts()" if IS_MOTO_4 else MOCK_AWS
INSTEAD = "mock_s3()" if IS_MOTO_4 else "mock_aws()"
ADVICE = (
    "Remove mock_s3; the mocks of other services may stay (mock_sts, mock_sqs, ...). "
    "In the place of mock_all, name the services that moto is to answer"
    if IS_MOTO_4
    else f"Let S3 pass it by: {MOCK_AWS}"
)

BOTH = f"""
    import unittest
    import boto3, requests
    from moto import *
    from fakecos import FakeCOS, current

    def use(cos):
        cos.create_bucket("photos")
        sts, s3 = boto3.client("sts", region_name="us-east-1"), boto3.client("s3", region_name="us-east-1")
        assert sts.get_caller_identity()["Account"] == "123456789012"
        s3.put_object(Bucket="photos", Key="a", Body=b"holiday")
        url = s3.generate_presigned_url("get_object", Params={{"Bucket": "photos", "Key": "a"}})
        assert requests.get(url).content == b"holiday"
        assert [e.operation for e in cos.journal][-2:] == ["PutObject", "GetObject"]

    def beside():
        return {BESIDE}
"""

NESTED = """
    with FakeCOS() as cos, beside():
        use(cos)
    with beside(), FakeCOS() as cos:
        use(cos)
    with FakeCOS():  # the cached session was made before and after moto put its handler in
        boto3.client("s3").list_buckets()
    with beside(), beside(), FakeCOS() as cos:
        use(cos)
"""

STARTED = """
    for moto_begins in (True, False):
        for moto_ends in (True, False):
            cos, mock = FakeCOS(), beside()
            both = [mock, cos] if moto_begins else [cos, mock]
            for each in both:
                each.start()
            use(cos)
            for each in (both if moto_begins is moto_ends else both[::-1]):
                each.stop()
"""

DECORATED = """
    @beside()
    @FakeCOS()
    def outside():
        use(current())

    @FakeCOS()
    @beside()
    def inside():
        use(current())

    outside()
    inside()

    class Tests(unittest.TestCase):
        def test_use(self):
            use(current())

    class Others(Tests):
        def setUp(self):
            self.name = "photos"
        def test_use(self):
            use(current())

    for decorated in (beside()(FakeCOS()(Tests)), FakeCOS()(beside()(Others))):
        result = unittest.TestResult()
        unittest.defaultTestLoader.loadTestsFromTestCase(decorated).run(result)
        assert (result.testsRun, result.failures, result.errors) == (1, [], []), result.errors
"""

MOTO_FIRST = f"""
    import boto3
    from moto import *
    from fakecos import FakeCOS, UsageError
    with {INSTEAD}:
        try:
            FakeCOS().start()
        except UsageError as error:
            print(error)
"""

MOTO_SECOND = f"""
    import boto3
    from fakecos import FakeCOS, UsageError
    try:
        with FakeCOS():
            from moto import *
            with {INSTEAD}:
                try:
                    boto3.client("s3", region_name="us-east-1").list_buckets()
                except UsageError:
                    pass
    except UsageError as error:
        print(error)
"""

MOTO_SECOND_WITHOUT_BOTO3 = f"""
    import boto3, requests
    from fakecos import FakeCOS, UsageError
    try:
        with FakeCOS() as cos:
            photos = cos.create_bucket("photos")
            s3 = boto3.client("s3", region_name="us-east-1")
            url = s3.generate_presigned_url("put_object", Params={{"Bucket": "photos", "Key": "a"}})
            from moto import *
            with {INSTEAD}:
                try:
                    requests.put(url, data=b"holiday")
                except UsageError:
                    pass
            assert not photos.objects
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

STILL_REGISTERED = """
    from moto import mock_s3, mock_sqs, mock_sts
    from fakecos import FakeCOS, UsageError
    with mock_sts(), mock_sqs(), mock_s3():
        try:
            FakeCOS().start()
        except UsageError as error:
            print(error)
    with mock_sts(), mock_sqs():
        FakeCOS().start()
"""


@pytest.mark.parametrize("program", [NESTED, STARTED, DECORATED], ids=["nested", "started", "decorated"])
def test_where_s3_passes_both_work_in_either_order(program: str, run_program: Callable[..., str]) -> None:
    run_program(BOTH + program)


@pytest.mark.parametrize(
    "program",
    [MOTO_FIRST, MOTO_SECOND, MOTO_SECOND_WITHOUT_BOTO3],
    ids=["moto first", "moto second", "moto second, plain HTTP"],
)
def test_where_moto_answers_s3_the_message_says_what_to_change(program: str, run_program: Callable[..., str]) -> None:
    assert run_program(program).strip() == (
        f"moto is active and answers S3 before fakecos can. {ADVICE}. See {urls.page('how-to/use-beside-moto')}"
    )


@only_moto_5
def test_a_pass_through_by_address_is_one_too(run_program: Callable[..., str]) -> None:
    run_program(URLS)


@only_moto_4
def test_only_the_mock_of_s3_is_in_the_way(run_program: Callable[..., str]) -> None:
    assert ADVICE in run_program(STILL_REGISTERED)


def test_an_inactive_moto_is_no_matter(run_program: Callable[..., str]) -> None:
    run_program(f"""
        import boto3
        from moto import *
        with {INSTEAD}:
            pass
        from fakecos import FakeCOS
        with FakeCOS() as cos:
            boto3.client("s3").list_buckets()
            assert cos.request_count == 1
    """)

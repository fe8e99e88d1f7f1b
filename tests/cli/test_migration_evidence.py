"""`fakecos migrate-from-moto` rewrites what says S3, and nothing that says another service, or nothing at all."""

from __future__ import annotations

import pytest

from tests.support.migration import migrated, suite

TEST = "from moto import mock_aws\n{0}\n@mock_aws\ndef test_it({1}):\n    {2}\n"
S3 = 'boto3.client("s3")'
NOTHING_SAYS_S3 = "nothing here says S3, and moto may answer another service: if it is S3, write FakeCOS() by hand"
AWS = """
import pytest
from moto import mock_aws

@pytest.fixture
def aws():
    with mock_aws():
        yield
"""


def in_test(line: str = "", argument: str = "", head: str = "") -> str:
    return TEST.format(head, argument, line or "pass")


@pytest.mark.parametrize(
    "source",
    [
        in_test(S3),
        in_test('session.resource(service_name="s3")'),
        in_test("boto3.client(NAME)", head='NAME = "s3"'),
        in_test('async_session.create_client("s3")'),
        in_test('open("s3://photos/a")'),
        in_test("handler.save(Bucket=name)"),
        in_test("client.create_bucket(**words)"),
        in_test(argument="s3_client"),
        in_test("S3Path(name)"),
        in_test(head="from app.storage.s3 import save"),
        in_test(head="import s3fs"),
        "from moto import mock_s3\n@mock_s3\ndef test_it(): pass\n",
        "import moto\n@moto.mock_s3\ndef test_it(): pass\n",
    ],
)
def test_a_file_that_says_s3_is_rewritten(source: str) -> None:
    text, left, _ = migrated(source)
    assert "@FakeCOS()" in text
    assert left == ()


def test_the_name_of_the_file_may_say_s3() -> None:
    assert "@FakeCOS()" in migrated(in_test("handler()"), "test_s3_handler.py").text
    assert migrated(in_test("handler()"), "test_handler.py").left == (f"line 3: {NOTHING_SAYS_S3}",)


@pytest.mark.parametrize("line", ["check_topics()", "laws3()", 'boto3.setup_default_session(region="us-east-1")'])
def test_a_file_that_says_no_service_is_left(line: str) -> None:
    # because: of 54 files of one project that a command without this rule rewrote, 29 tested other services
    source = in_test(line)
    assert migrated(source) == (source, (f"line 3: {NOTHING_SAYS_S3}",), ())


@pytest.mark.parametrize(
    ("source", "service"),
    [
        (in_test(f'{S3}; boto3.client("sqs")'), "'sqs'"),
        (in_test(f'{S3}; boto3.Session().client("events")'), "'events'"),
        (in_test(f'{S3}; session.resource(service_name="dynamodb")'), "'dynamodb'"),
        (in_test(f"{S3}; boto3.resource(NAME)", head='NAME = "dynamodb"'), "'dynamodb'"),
        (in_test(f'{S3}; client("iam")', head="from boto3 import client"), "'iam'"),
        (in_test(f'{S3}; make_client("lambda")'), "'lambda'"),
        (in_test(S3, head="from moto import mock_sqs"), "'sqs'"),
        (in_test(S3, head="from moto import mock_dynamodb2"), "'dynamodb'"),
        (in_test(f"{S3}; moto.mock_ec2().start()"), "'ec2'"),
        (in_test(S3, head="from mypy_boto3_lambda import LambdaClient"), "'lambda'"),
        (in_test(S3, head="from app.sqs.reader import read"), "'sqs'"),
        (in_test(S3, argument="dynamodb_table"), "dynamodb_table speaks of dynamodb"),
        (in_test(S3) + "class TestSnsTopics: pass\n", "TestSnsTopics speaks of sns"),
        (in_test(f'{S3}; table.put(TableName="x")'), "TableName= is a parameter of dynamodb"),
        (in_test(f"{S3}; boto3.client(which)"), "it does not say which service which is: unless it is s3,"),
    ],
)
def test_a_file_that_says_another_service_is_left_and_the_service_is_named(source: str, service: str) -> None:
    text, (reason,), _ = migrated(source)
    assert text == source
    assert service in reason
    assert reason.endswith("keep moto for it")


@pytest.mark.parametrize(
    "line", ['app.test_client("events")', "self.client(url)", 'docker.client("x")', "transfer(batch, config)"]
)
def test_what_is_no_client_of_aws_is_none(line: str) -> None:
    assert migrated(in_test(f"{S3}; {line}")).left == ()


def test_who_uses_a_fixture_says_what_it_is_for() -> None:
    outcomes = suite({"conftest.py": AWS, "test_a.py": f"def test_a(aws): {S3}\n"})
    assert "with FakeCOS():" in outcomes["conftest.py"].text
    assert outcomes["conftest.py"].left == ()


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (
            'def test_b(aws): boto3.client("sqs")\n',
            "line 1: it uses 'sqs' too, which fakecos does not answer: keep moto for it",
        ),
        ("def test_b(aws): handle()\n", f"line 1: {NOTHING_SAYS_S3}"),
    ],
)
def test_a_fixture_that_another_service_may_need_is_left_with_all_who_use_it(other: str, why: str) -> None:
    decorated = f"from moto import mock_aws\n@mock_aws\ndef test_a(aws): {S3}\n"
    outcomes = suite({"conftest.py": AWS, "test_a.py": decorated, "test_b.py": other, "test_c.py": in_test(S3)})
    said = f"the fixture aws ties it to test_b.py, which is left, {why}"
    assert outcomes["conftest.py"] == (AWS, (f"line 7: {said}",), ())
    assert outcomes["test_a.py"] == (decorated, (f"line 2: {said}",), ())
    assert outcomes["test_b.py"].text == other
    assert "@FakeCOS()" in outcomes["test_c.py"].text


def test_a_fixture_of_every_test_is_not_needed_by_those_that_say_nothing() -> None:
    conftest = AWS.replace("@pytest.fixture", "@pytest.fixture(autouse=True)")
    outcomes = suite(
        {"conftest.py": conftest, "test_a.py": f"def test_a(): {S3}\n", "test_b.py": "def test_b(): pass\n"}
    )
    assert "with FakeCOS():" in outcomes["conftest.py"].text


NOT_ANSWERED = "which fakecos does not answer: keep moto for it"
SERVER = """
import pytest
from moto.server import ThreadedMotoServer

@pytest.fixture
def endpoint():
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()
"""


@pytest.mark.parametrize(
    ("test", "why"),
    [
        (
            'def test_it(endpoint): boto3.client("sqs", endpoint_url=endpoint)\n',
            f"line 1: test_it.py uses its server, line 1: it uses 'sqs' too, {NOT_ANSWERED}",
        ),
        ("def test_it(endpoint): handle(endpoint)\n", f"line 1: {NOTHING_SAYS_S3}"),
    ],
)
def test_a_server_that_another_service_may_need_is_left(test: str, why: str) -> None:
    assert suite({"conftest.py": SERVER, "test_it.py": test})["conftest.py"][:2] == (SERVER, (why,))


def test_a_server_whose_users_say_s3_is_replaced() -> None:
    test = 'def test_it(endpoint): boto3.client("s3", endpoint_url=endpoint)\n'
    assert "FakeCOS().serve()" in suite({"conftest.py": SERVER, "test_it.py": test})["conftest.py"].text

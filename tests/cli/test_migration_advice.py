"""`fakecos migrate-from-moto` says what S3 refuses and moto takes, where it stands, and rewrites none of it."""

from __future__ import annotations

import boto3
import pytest
from botocore.exceptions import ClientError

from fakecos import FakeCOS
from tests.support.migration import migrated, suite

OURS = 'import boto3\nfrom fakecos import FakeCOS\n\n@FakeCOS()\ndef test_it():\n    s3 = boto3.client("s3")\n'
BEFORE = OURS.replace("from fakecos import FakeCOS", "from moto import mock_aws").replace("FakeCOS()", "mock_aws")
NAME = "(InvalidBucketName; small letters, digits, '-' and '.', 3 to 63 of them)"
AIO = """
import aiobotocore.awsrequest
import aiobotocore.endpoint
from aiohttp.client_reqrep import ClientResponse
import pytest

class MockAWSResponse(aiobotocore.awsrequest.AioAWSResponse):
    def __init__(self, response):
        self.raw = MockHttpClientResponse(response)

class MockHttpClientResponse(ClientResponse):
    pass

@pytest.fixture(scope="session", autouse=True)
def patch_aiobotocore():
    def factory(original):
        return lambda response, model: original(MockAWSResponse(response), model)

    aiobotocore.endpoint.convert_to_response_dict = factory(aiobotocore.endpoint.convert_to_response_dict)
    delattr(aiobotocore.httpchecksum.AioAwsChunkedWrapper, "read")

def other():
    pass
"""
EXTRA = "pip install 'fakecos[server]'"


def looked_at(line: str) -> tuple[str, ...]:
    """Return what is said of a line in a test, which stays as it is."""
    text, left, look_at = migrated(f"{BEFORE}    {line}\n")
    assert (text, left) == (f"{OURS}    {line}\n", ())
    return look_at


@pytest.mark.parametrize(
    ("line", "name", "instead"),
    [
        ('s3.create_bucket(Bucket="my_bucket")', "my_bucket", "write 'my-bucket'"),
        ('boto3.resource("s3").Bucket("MyBucket").create()', "MyBucket", "write 'mybucket'"),
        ('BUCKET_NAME = "my_bucket"', "my_bucket", "write 'my-bucket'"),
        ('self.bucket = "ab"', "ab", "choose another"),
        ('s3.create_bucket(Bucket="192.168.5.4")', "192.168.5.4", "choose another"),
    ],
)
def test_a_bucket_name_that_s3_refuses_is_named(line: str, name: str, instead: str) -> None:
    assert looked_at(line) == (f"line 7: S3 refuses the bucket name {name!r} {NAME}: {instead}",)
    with FakeCOS() as cos, pytest.raises(ClientError, match="InvalidBucketName"):
        cos.client().create_bucket(Bucket=name)


@pytest.mark.parametrize("line", ['s3.create_bucket(Bucket="photos")', 'bucket_policy = "a_b"', "s3.Bucket(name)"])
def test_a_name_that_s3_takes_is_not_told(line: str) -> None:
    assert looked_at(line) == ()


def test_the_lines_that_s3_wants_of_a_public_bucket_work() -> None:
    (said,) = looked_at('s3.create_bucket(Bucket="photos", ACL="public-read")')
    calls = [
        'create_bucket(Bucket="photos", ObjectOwnership="BucketOwnerPreferred")',
        'delete_public_access_block(Bucket="photos")',
        'put_bucket_acl(Bucket="photos", ACL="public-read")',
    ]
    assert said.endswith(f"leave it out if no test needs it; else {', '.join(calls)}")
    with FakeCOS() as cos:
        s3 = boto3.client("s3")
        with pytest.raises(ClientError, match="InvalidBucketAclWithObjectOwnership"):
            s3.create_bucket(Bucket="photos", ACL="public-read")
        s3.create_bucket(Bucket="photos", ObjectOwnership="BucketOwnerPreferred")
        s3.delete_public_access_block(Bucket="photos")
        s3.put_bucket_acl(Bucket="photos", ACL="public-read")
        assert cos.bucket("photos")


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ('s3.create_bucket(Bucket="photos", GrantRead="id=1")', "GrantRead="),
        ('s3.put_object(Bucket="photos", Key="a", ACL="public-read")', 'ACL="public-read"'),
        ('s3.upload_file("a", "photos", "a", ExtraArgs={"ACL": "public-read"})', 'ExtraArgs={"ACL": "public-read"}'),
    ],
)
def test_other_acls_are_named(line: str, given: str) -> None:
    (said,) = looked_at(line)
    assert said.startswith(f"line 7: S3 refuses {given} ")


@pytest.mark.parametrize("acl", ["private", "bucket-owner-full-control"])
def test_an_acl_that_a_bucket_without_acls_takes_is_not_told(acl: str) -> None:
    assert looked_at(f's3.put_object(Bucket="photos", Key="a", ACL="{acl}")') == ()


def test_small_parts_are_named_but_for_the_last() -> None:
    small = 's3.upload_part(Bucket="photos", PartNumber={0}, Body=b"x" * 1024 * 1024)'
    (said,) = looked_at("; ".join(small.format(number) for number in (1, 2)))
    assert said.startswith("line 7: a part of 1048576 bytes: at Complete S3 refuses a part below 5 MiB")
    assert "FakeCOS(limits=Limits(min_part_size=1))" in said
    assert looked_at(small) == ()
    assert len(looked_at(f"for number in range(3): {small.format('number')}")) == 1
    assert looked_at('for number in range(3): s3.upload_part(PartNumber=number, Body=b"x" * (5 * 1024 * 1024))') == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('os.environ["S3_UPLOAD_PART_MIN_SIZE"] = "1"', "min_part_size=1"),
        ('s3.put_object(Bucket="photos", Key="a", SSECustomerKey="k")', 'sse_c="allowed"'),
        ('s3.upload_file("a", "photos", "a", ExtraArgs={"SSECustomerKey": "k"})', 'as_of="2026-04-05"'),
        ('assert owner["DisplayName"] == "webfile"', "compare its ID"),
        ('s3.delete_objects(Bucket="photos", Delete={"Objects": [], "Quiet": True})', 'answers no "Deleted"'),
    ],
)
def test_other_differences_are_named(line: str, words: str) -> None:
    (said,) = looked_at(line)
    assert words in said


def test_a_file_that_has_nothing_to_do_with_it_is_not_told() -> None:
    assert migrated('s3.create_bucket(Bucket="my_bucket")\n').look_at == ()


def test_the_patch_for_aiobotocore_is_to_be_deleted() -> None:
    text, left, look_at = migrated(AIO)
    assert (text, left) == (AIO, ())
    why = "fakecos answers aiobotocore without it, and cannot with it"
    assert look_at == (
        f"line 7: MockAWSResponse is an answer of moto for aiobotocore: delete lines 7 to 9; {why}",
        f"line 11: MockHttpClientResponse is an answer of moto for aiobotocore: delete lines 11 to 12; {why}",
        f"line 14: convert_to_response_dict is replaced in aiobotocore: delete lines 14 to 20; {why}",
    )


@pytest.mark.parametrize(
    "line",
    [
        'monkeypatch.setattr("aiobotocore.endpoint.convert_to_response_dict", mine)',
        "monkeypatch.setattr(aiobotocore.endpoint, 'convert_to_response_dict', mine)",
        "aiobotocore.endpoint.convert_to_response_dict = mine",
        "del aiobotocore.httpchecksum.AioAwsChunkedWrapper.read",
        "aiobotocore.retryhandler.AioCRC32Checker._check_response = mine",
    ],
)
def test_each_way_to_patch_aiobotocore_is_known(line: str) -> None:
    (said,) = migrated(f"import aiobotocore\n{line}\n").look_at
    assert said.startswith("line 2: ")
    assert ": delete line 2; " in said


def test_a_server_that_is_used_simply_is_served_by_us() -> None:
    before = """
from moto.server import ThreadedMotoServer
def s3():
    server = ThreadedMotoServer(port={0})
    server.start()
    host, port = server.get_host_and_port()
    server.stop()
"""
    after = """
from fakecos import FakeCOS
def s3():
    server = FakeCOS().serve({0})
    host, port = ("127.0.0.1", server.port)
    server.stop()
"""
    assert migrated(before.format("0")) == (after.format(""), (), ())
    assert migrated(before.format("9000")) == (after.format("port=9000"), (), ())
    assert migrated(before.format("").replace("port=", "")).text == after.format("port=5000")


def test_a_server_is_imported_where_moto_keeps_it_and_not_from_elsewhere() -> None:
    use = "\n    server = ThreadedMotoServer(port=0)\n    server.start()\n    server.stop()\n"
    inside = f"def s3():\n    {{0}}{use}"
    theirs = "from moto.moto_server.threaded_moto_server import ThreadedMotoServer"
    text, left, look_at = migrated(inside.format(theirs))
    assert text == "def s3():\n    from fakecos import FakeCOS\n    server = FakeCOS().serve()\n    server.stop()\n"
    assert (left, look_at) == ((), ())
    own = f"from .servers import ThreadedMotoServer\ndef s3():{use}"
    text, _, (said,) = migrated(own)
    assert text == own
    assert "write server = FakeCOS().serve()" in said


@pytest.mark.parametrize(
    "use",
    [
        "server = ThreadedMotoServer(); yield server",
        "return ThreadedMotoServer()",
        "server = ThreadedMotoServer(); yield f'http://127.0.0.1:{server.get_host_and_port()[1]}'",
        "server = ThreadedMotoServer(ip_address='10.0.0.1'); server.start()",
        "server = ThreadedMotoServer(); requests.post(url + '/moto-api/reset')",
    ],
)
def test_a_server_that_is_used_otherwise_is_explained(use: str) -> None:
    source = f"from moto.server import ThreadedMotoServer\ndef s3():\n    {use}\n"
    text, _, look_at = migrated(source)
    assert text == source
    assert any("write server = FakeCOS().serve(), server.endpoint_url, server.stop()" in said for said in look_at)


def test_a_server_for_other_services_stays() -> None:
    source = (
        "from moto.server import ThreadedMotoServer\ndef s3():\n    server = ThreadedMotoServer()\n    server.start()\n"
        '    boto3.client("sqs")\n'
    )
    text, (reason,), _ = migrated(source)
    assert text == source
    assert reason.startswith("line 5: it uses 'sqs' too")


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ('["moto_server", "s3", "-p", "3000"]', '["fakecos", "serve", "--port", "3000"]'),
        ('["moto_server", "-H", "127.0.0.1", "--port", str(PORT)]', '["fakecos", "serve", "--port", str(PORT)]'),
        ('["moto_server", "-p3000"]', '["fakecos", "serve", "--port", "3000"]'),
        ('["moto_server"]', '["fakecos", "serve", "--port", "5000"]'),
    ],
)
def test_a_program_is_replaced_in_a_list_of_words(words: str, after: str) -> None:
    source = "def s3():\n    process = subprocess.Popen({0})\n"
    assert migrated(source.format(words)).text == source.format(after)


@pytest.mark.parametrize(
    ("call", "write"),
    [
        ('os.system("moto_server s3 -p 5555")', '"fakecos serve --port 5555"'),
        ('subprocess.Popen(["moto_server", "--log", path])', "fakecos serve --port N"),
        ('shutil.which("moto_server")', '"fakecos serve --port 5000"'),
    ],
)
def test_a_program_that_is_started_otherwise_is_explained(call: str, write: str) -> None:
    source = f"def s3():\n    {call}\n"
    assert migrated(source) == (
        source,
        (),
        (f"line 2: moto's server as a program: write {write} ({EXTRA}); it takes POST /moto-api/reset too",),
    )


@pytest.mark.parametrize("call", ['subprocess.Popen(["moto_server", "dynamodb2", "-p3000"])', 'run("moto_server sqs")'])
def test_a_server_of_another_service_is_left_alone(call: str) -> None:
    source = f"def s3():\n    {call}\n"
    assert migrated(source) == (source, (), ())


@pytest.mark.parametrize("module", ["pytest_localstack", "testcontainers.localstack", "pytest_servers"])
def test_servers_of_other_projects_are_named(module: str) -> None:
    (said,) = migrated(f"import {module}\n").look_at
    assert "the fixture fakecos_server serves the fixture fakecos" in said


def test_a_fixture_of_a_plugin_is_to_be_replaced_by_one_of_the_same_name() -> None:
    test = "def test_it(moto_server): pass\n"
    (said,) = migrated(test).look_at
    shim = "@pytest.fixture def moto_server(fakecos_server): return fakecos_server.endpoint_url"
    assert said == f"line 1: the fixture moto_server comes from a plugin: define your own in conftest.py, as in {shim}"
    own = "import pytest\n@pytest.fixture\ndef moto_server(): pass\n"
    assert suite({"conftest.py": own, "test_it.py": test})["test_it.py"].look_at == ()


def test_names_of_buckets_are_looked_at_in_the_files_beside_too() -> None:
    files = {"test_it.py": BEFORE, "constants.py": 'TEST_BUCKET = "my_bucket"\n'}
    (said,) = suite(files)["constants.py"].look_at
    assert said.startswith("line 1: S3 refuses the bucket name 'my_bucket'")


def test_a_file_that_keeps_moto_is_not_advised() -> None:
    before = f'{BEFORE}    s3.create_bucket(Bucket="my_bucket")\n    boto3.client("sqs")\n'
    outcomes = suite({"test_it.py": before, "test_ours.py": OURS})
    assert outcomes["test_it.py"].look_at == ()

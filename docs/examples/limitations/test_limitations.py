import http.client
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import boto3
import pytest
import requests
from botocore.exceptions import ClientError
from fakecos import FakeCOS, UnclaimedRequestError, UsageError


class SomewhereElse(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(418)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def elsewhere():
    """A server that is not the fake, and answers 418 to whatever reaches it."""
    with HTTPServer(("127.0.0.1", 0), SomewhereElse) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_http_client_passes_the_fake_by(fakecos, elsewhere):
    fakecos.put_object(fakecos.create_bucket("photos").name, "a.jpg", b"holiday")
    s3 = boto3.client("s3", endpoint_url=f"http://{elsewhere}")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "a.jpg"})
    assert requests.get(url, timeout=10).content == b"holiday"  # the fake answers it
    connection = http.client.HTTPConnection(elsewhere, timeout=10)
    connection.request("GET", url.partition(elsewhere)[2])
    assert connection.getresponse().status == 418  # it went to where the URL says
    connection.close()
    assert fakecos.request_count == 1


def test_http_client_reaches_a_fake_that_is_served(fakecos, fakecos_server):
    fakecos.put_object(fakecos.create_bucket("photos").name, "a.jpg", b"holiday")
    s3 = boto3.client("s3", endpoint_url=fakecos_server.endpoint_url)
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "a.jpg"})
    connection = http.client.HTTPConnection("127.0.0.1", fakecos_server.port, timeout=10)
    connection.request("GET", url.partition(str(fakecos_server.port))[2])
    assert connection.getresponse().read() == b"holiday"
    connection.close()


def test_a_program_of_its_own_has_no_fake_but_no_real_keys_either(fakecos):
    program = "import boto3; print(boto3.Session().get_credentials().access_key)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == os.environ["AWS_ACCESS_KEY_ID"]
    assert fakecos.request_count == 0


def test_plain_http_to_another_service_is_not_looked_at(fakecos, elsewhere):
    assert requests.get(f"http://{elsewhere}/v20180820/jobs", timeout=10).status_code == 418


@pytest.mark.parametrize("service", ["s3control", "s3tables", "s3outposts", "sts", "kms"])
def test_another_service_is_refused_by_name(service):
    calls = {
        "s3control": ("list_jobs", {"AccountId": "123456789012"}),
        "s3tables": ("list_table_buckets", {}),
        "s3outposts": ("list_endpoints", {}),
        "sts": ("get_caller_identity", {}),
        "kms": ("list_keys", {}),
    }
    method, parameters = calls[service]
    with FakeCOS() as cos:
        with pytest.raises(UnclaimedRequestError, match=f"{service} .*passthrough"):
            getattr(boto3.client(service, "us-east-1"), method)(**parameters)
        cos.errors.clear()


def refused(call, **parameters):
    with pytest.raises(ClientError) as refusal:
        call(**parameters)
    return refusal.value.response["Error"]["Code"]


@pytest.mark.filterwarnings("ignore::fakecos.UnimplementedOperationWarning")
def test_other_kinds_of_buckets_are_not_implemented():
    with FakeCOS():
        s3 = boto3.client("s3", "us-east-1")
        directory = "photos--use1-az4--x-s3"
        assert refused(s3.put_object, Bucket=directory, Key="a", Body=b"1") == "NotImplemented"
        assert refused(s3.write_get_object_response, RequestRoute="a", RequestToken="b") == "NotImplemented"
        lens = "arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/mine"
        assert refused(s3.get_object, Bucket=lens, Key="a") == "NotImplemented"
        outpost = "arn:aws:s3-outposts:us-east-1:123456789012:outpost/op-01234567890123456/accesspoint/mine"
        assert refused(s3.get_object, Bucket=outpost, Key="a") == "NoSuchAccessPoint"


def test_a_key_of_kms_need_not_be_there(fakecos):
    fakecos.create_bucket("photos")
    key = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000"
    boto3.client("s3").put_object(Bucket="photos", Key="a", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    assert fakecos.bucket("photos").objects["a"].encryption == "aws:kms"


def test_what_is_stored_only_does_nothing(fakecos):
    for name in ("photos", "copies"):
        fakecos.create_bucket(name)
        on = {"Status": "Enabled"}
        boto3.client("s3").put_bucket_versioning(Bucket=name, VersioningConfiguration=on)
    rule = {"Status": "Enabled", "Prefix": "", "Destination": {"Bucket": "arn:aws:s3:::copies"}}
    configuration = {"Role": "arn:aws:iam::123456789012:role/copier", "Rules": [rule]}
    boto3.client("s3").put_bucket_replication(Bucket="photos", ReplicationConfiguration=configuration)
    boto3.client("s3").put_object(Bucket="photos", Key="a", Body=b"1")
    fakecos.advance(seconds=5)
    assert fakecos.bucket("copies").objects["a"] == b"1"  # though nobody made that role


def test_other_machines_do_not_reach_it(fakecos):
    with pytest.raises(UsageError, match="host"):
        fakecos.serve(host="192.0.2.1")

import os
import subprocess
import sys

import boto3
import requests
from fakecos import FakeCOS
from fakecos.faults import Transport

CHILD = "import boto3; boto3.client('s3').upload_file('holiday.txt', 'photos', 'holiday.txt')"


def test_a_program_is_served(tmp_path):
    (tmp_path / "holiday.txt").write_text("sun")
    with FakeCOS() as cos, cos.serve():
        photos = cos.create_bucket("photos")
        subprocess.run([sys.executable, "-c", CHILD], cwd=tmp_path, check=True)
        assert photos.objects["holiday.txt"].body == b"sun"


def test_the_fixture_serves_too(fakecos, fakecos_server, tmp_path):
    photos = fakecos.create_bucket("photos")
    (tmp_path / "holiday.txt").write_text("sun")
    subprocess.run([sys.executable, "-c", CHILD], cwd=tmp_path, check=True)
    assert list(photos.objects) == ["holiday.txt"]


def test_variables_by_hand(tmp_path):
    (tmp_path / "holiday.txt").write_text("sun")
    cos = FakeCOS()  # not on: clients of this process are left alone
    photos = cos.create_bucket("photos")
    with cos.serve(environment=False) as server:
        environment = {**os.environ, **server.environment}
        subprocess.run([sys.executable, "-c", CHILD], cwd=tmp_path, env=environment, check=True)
    assert list(photos.objects) == ["holiday.txt"]


def test_with_tls():
    cos = FakeCOS()
    photos = cos.create_bucket("photos", sse_c="allowed")
    with cos.serve(tls=True) as server:
        client = boto3.client("s3", endpoint_url=server.endpoint_url, verify=server.ca_bundle)
        client.put_object(Bucket="photos", Key="a", Body=b"1", SSECustomerAlgorithm="AES256", SSECustomerKey="k" * 32)
        client.close()
    assert photos.objects["a"].encryption == "SSE-C"


def test_a_reset_on_the_wire(fakecos, fakecos_server, tmp_path):
    (tmp_path / "holiday.txt").write_text("sun")
    photos = fakecos.create_bucket("photos")
    fault = fakecos.inject("PutObject", transport=Transport.RESET)
    subprocess.run([sys.executable, "-c", CHILD], cwd=tmp_path, check=True)  # its client tries again
    assert fault.hits == 1
    assert list(photos.objects) == ["holiday.txt"]


def test_a_script_that_was_written_for_motos_server(fakecos, fakecos_server):
    url = fakecos_server.endpoint_url
    assert requests.get(url, timeout=10).status_code == 200  # it is there
    fakecos.create_bucket("photos")
    assert requests.post(f"{url}/moto-api/reset", timeout=10).json() == {"status": "ok"}
    assert not fakecos.store.buckets

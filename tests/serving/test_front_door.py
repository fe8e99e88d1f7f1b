"""What the server answers beside S3: scripts that wait for it, and moto's own addresses. And connections that end."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING

import boto3
import pytest
import requests

from fakecos import FakeCOS, Server
from fakecos.contract.steps.names import BUCKET

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.loopback


@pytest.fixture
def cos() -> FakeCOS:
    """A fake that is not on, with a bucket."""
    fake = FakeCOS()
    fake.create_bucket(BUCKET)
    return fake


@pytest.fixture
def server(cos: FakeCOS) -> Iterator[Server]:
    """Its server."""
    with cos.serve(environment=False, domain="s3.test") as opened:
        yield opened


def asked(
    server: Server, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Return the answer to a request without credentials, as scripts send it."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


@pytest.mark.parametrize("path", ["/", "/moto-api", "/moto-api/"])
@pytest.mark.parametrize("host", ["127.0.0.1:5000", "localhost", "s3.test", "[::1]:5000", "LOCALHOST"])
def test_a_script_that_waits_for_it_is_answered_200(cos: FakeCOS, server: Server, path: str, host: str) -> None:
    # our own choice: S3 redirects to a page of AWS, and moto's server shows a page of its own
    status, headers, body = asked(server, "GET", path, Host=host)
    assert (status, headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert body.startswith(b"fakecos serves S3 here.")
    assert asked(server, "HEAD", path, Host=host)[::2] == (200, b"")
    assert len(cos.journal) == 0


def test_with_credentials_the_same_path_lists_the_buckets(cos: FakeCOS, server: Server) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=server.endpoint_url,
        region_name="us-east-1",
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )
    assert [bucket["Name"] for bucket in client.list_buckets()["Buckets"]] == [BUCKET]
    presigned = client.generate_presigned_url("list_buckets")
    assert f"<Name>{BUCKET}</Name>" in requests.get(presigned, timeout=10).text
    client.close()
    assert cos.journal.counts == {"ListBuckets": 2}


@pytest.mark.parametrize("host", [f"{BUCKET}.localhost", f"{BUCKET}.s3.test", f"{BUCKET}.s3.amazonaws.com"])
def test_a_bucket_in_the_host_is_s3s(cos: FakeCOS, server: Server, host: str) -> None:
    assert asked(server, "GET", "/", Host=host)[0] == 403  # the bucket is private
    assert cos.journal.counts == {"ListObjects": 1}


def test_what_is_on_in_this_process_answers_as_s3_does() -> None:
    # because: only the server is waited for
    with FakeCOS() as fake:
        answer = requests.get("https://s3.amazonaws.com/", timeout=10)
        assert "fakecos" not in answer.text
        assert len(fake.journal) == 1


def test_a_post_to_the_reset_of_moto_forgets_everything(cos: FakeCOS, server: Server) -> None:
    # source: reset_response in moto_api/_internal/responses.py of moto 5.2
    cos.put_object(BUCKET, "key", b"value")
    cos.inject("GetObject", error="SlowDown")
    status, headers, body = asked(server, "POST", "/moto-api/reset")
    assert (status, headers["Content-Type"], json.loads(body)) == (200, "application/json", {"status": "ok"})
    assert cos.store.buckets == {}
    assert len(cos.journal) == 0


def test_a_reset_with_a_body_and_by_requests_is_one_too(cos: FakeCOS, server: Server) -> None:
    assert requests.post(f"{server.endpoint_url}/moto-api/reset", json={}, timeout=10).json() == {"status": "ok"}
    assert cos.store.buckets == {}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/moto-api/reset", 400),
        ("PUT", "/moto-api/reset", 400),
        ("POST", "/moto-api/reset-auth", 404),
        ("GET", "/moto-api/data.json", 404),
        ("POST", "/moto-api/state-manager/set-transition", 404),
    ],
)
def test_what_moto_has_beside_it_is_refused_in_words(
    cos: FakeCOS, server: Server, method: str, path: str, status: int
) -> None:
    cos.put_object(BUCKET, "key", b"value")
    found, _, body = asked(server, method, path)
    assert found == status
    assert "POST /moto-api/reset" in json.loads(body)["Error"]
    assert cos.bucket(BUCKET).objects["key"].body == b"value"


@pytest.mark.parametrize("what", ["live", "ready", "cluster", "cluster/read"])
def test_a_script_that_waits_for_minio_is_answered_200(cos: FakeCOS, server: Server, what: str) -> None:
    # source: MinIO's documentation, "Healthcheck API": the status alone says it, and the body is empty
    for method in ("GET", "HEAD"):
        assert asked(server, method, f"/minio/health/{what}")[::2] == (200, b"")
    assert len(cos.journal) == 0
    cos.create_bucket("minio")
    assert asked(server, "GET", f"/minio/health/{what}")[0] == 403  # an object of a private bucket
    assert cos.journal.counts == {"GetObject": 1}


@pytest.mark.parametrize("path", ["/_localstack/health", "/_localstack/health?reload"])
def test_a_script_that_waits_for_localstack_is_answered(cos: FakeCOS, server: Server, path: str) -> None:
    # source: public, LocalStack's issues 5157 and 5419: "available", and "running" once the service was asked
    status, headers, body = asked(server, "GET", path)
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert b'"s3": "available"' in body  # as scripts grep for it
    assert set(json.loads(body)) == {"services", "edition", "version"}
    assert asked(server, "HEAD", path)[0] == 200
    assert len(cos.journal) == 0
    asked(server, "GET", f"/{BUCKET}/key")
    assert b'"s3": "running"' in asked(server, "GET", path)[2]


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/minio/health/live"), ("GET", "/minio/health/other"), ("GET", "/_localstack/init"), ("GET", "/?reload")],
)
def test_what_no_script_waits_for_is_s3s(cos: FakeCOS, server: Server, method: str, path: str) -> None:
    assert asked(server, method, path)[0] >= 400
    assert len(cos.journal) == 1


def test_with_credentials_the_same_addresses_are_s3s(cos: FakeCOS, server: Server) -> None:
    for path in ("/minio/health/live", "/_localstack/health"):
        assert asked(server, "GET", path, Authorization="Bearer TOKEN")[0] >= 400
    assert len(cos.journal) == 2


def test_a_bucket_may_be_called_as_motos_address(cos: FakeCOS, server: Server) -> None:
    cos.create_bucket("moto-api")
    client = boto3.client(
        "s3",
        endpoint_url=server.endpoint_url,
        region_name="us-east-1",
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )
    client.put_object(Bucket="moto-api", Key="reset", Body=b"1")
    assert client.get_object(Bucket="moto-api", Key="reset")["Body"].read() == b"1"
    client.close()
    assert set(cos.store.buckets) == {BUCKET, "moto-api"}


def test_a_form_to_the_path_of_the_server_is_s3s(cos: FakeCOS, server: Server) -> None:
    assert asked(server, "POST", "/", b"")[0] >= 400
    assert len(cos.journal) == 1


@pytest.mark.parametrize("keep_alive", [True, False])
def test_a_connection_ends_after_its_answer_where_that_is_asked_for(cos: FakeCOS, keep_alive: bool) -> None:
    cos.put_object(BUCKET, "key", b"value")
    with cos.serve(environment=False, keep_alive=keep_alive) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        for path, status in ((f"/{BUCKET}/key", 200), (f"/{BUCKET}/missing", 404), ("/", 200)):
            connection.request("GET", path, headers={"Authorization": "Bearer TOKEN"})
            socket = connection.sock
            answer = connection.getresponse()
            assert answer.status == status
            assert answer.headers.get("Connection") == (None if keep_alive else "close")
            answer.read()
            assert (connection.sock is socket) is keep_alive
        connection.close()

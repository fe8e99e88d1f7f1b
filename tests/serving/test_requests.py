"""Requests over a socket, as real clients send them, and as none should."""

from __future__ import annotations

import io
import os
import socket
from typing import TYPE_CHECKING, Any

import pytest
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

from tests.serving.conftest import BUCKET, connect, read_answer, send_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS
    from fakecos.serving.server import Server

pytestmark = pytest.mark.loopback
MIB = 1024 * 1024
GET_LIST = b"GET /photos HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\n"


def test_an_upload_in_parts_goes_through(cos: FakeCOS, server: Server, make_client: Callable[..., Any]) -> None:
    client = make_client(server)
    upload = client.create_multipart_upload(Bucket=BUCKET, Key="a b/../ü+%.zip")["UploadId"]
    first, last = os.urandom(5 * MIB), os.urandom(100)
    parts = [
        {"PartNumber": n, "ETag": client.upload_part(
            Bucket=BUCKET, Key="a b/../ü+%.zip", UploadId=upload, PartNumber=n, Body=body)["ETag"]}
        for n, body in ((1, first), (2, last))
    ]  # fmt: skip
    client.complete_multipart_upload(
        Bucket=BUCKET, Key="a b/../ü+%.zip", UploadId=upload, MultipartUpload={"Parts": parts}
    )
    assert cos.bucket(BUCKET).objects["a b/../ü+%.zip"].body == first + last
    got = client.get_object(Bucket=BUCKET, Key="a b/../ü+%.zip")
    assert got["Body"].read() == first + last


@pytest.mark.parametrize("size", [0, 1, 70_000, 3 * MIB])
@pytest.mark.slow
def test_bodies_of_any_size_arrive_both_ways(
    size: int, cos: FakeCOS, server: Server, make_client: Callable[..., Any]
) -> None:
    client, body = make_client(server), os.urandom(size)
    client.put_object(Bucket=BUCKET, Key="k", Body=body)
    assert cos.bucket(BUCKET).objects["k"].body == body
    assert client.get_object(Bucket=BUCKET, Key="k")["Body"].read() == body
    assert client.head_object(Bucket=BUCKET, Key="k")["ContentLength"] == size


def test_tls_sends_a_trailer_that_is_verified(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    # wire 2: over https botocore sends HTTP chunks of aws-chunks, with the checksum behind them
    with cos.serve(tls=True, environment=False) as server:
        make_client(server).put_object(Bucket=BUCKET, Key="k", Body=b"holiday")
    (exchange,) = cos.journal
    assert exchange.parameters["ContentEncoding"] == "aws-chunked"
    assert cos.bucket(BUCKET).objects["k"].body == b"holiday"


def test_a_customers_key_needs_tls(cos: FakeCOS, server: Server, make_client: Callable[..., Any]) -> None:
    keys = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
    client = make_client(server)
    if server.ca_bundle is None:
        with pytest.raises(ClientError, match="secure connection"):
            client.put_object(Bucket=BUCKET, Key="k", Body=b"1", **keys)
        return
    client.put_object(Bucket=BUCKET, Key="k", Body=b"1", **keys)
    assert client.get_object(Bucket=BUCKET, Key="k", **keys)["Body"].read() == b"1"


def test_a_refusal_is_the_services_own(server: Server, make_client: Callable[..., Any]) -> None:
    client = make_client(server)
    with pytest.raises(client.exceptions.NoSuchKey):
        client.get_object(Bucket=BUCKET, Key="no")
    with pytest.raises(ClientError) as caught:
        client.head_object(Bucket=BUCKET, Key="no")
    assert caught.value.response["Error"] == {"Code": "404", "Message": "Not Found"}


def test_a_connection_is_kept(cos: FakeCOS, plain: Server) -> None:
    with connect(plain) as connection:
        for _ in range(3):
            connection.sendall(GET_LIST + b"\r\n")
            status, headers, body = read_answer(connection)
            assert (status, headers["content-length"]) == (200, str(len(body)))
            assert "connection" not in headers
    assert len(cos.journal) == 3


def test_a_connection_ends_when_the_client_wants_it(plain: Server) -> None:
    got = send_bytes(plain, GET_LIST + b"Connection: close\r\n\r\n")
    assert got.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"Connection: close" in got
    old = send_bytes(plain, b"GET /photos HTTP/1.0\r\nAuthorization: AWS A:x\r\n\r\n")
    assert old.startswith(b"HTTP/1.1 200 OK\r\n")


def test_an_answer_without_a_body_has_none(cos: FakeCOS, plain: Server) -> None:
    cos.put_object(BUCKET, "k", b"holiday")
    with connect(plain) as connection:
        connection.sendall(b"HEAD /photos/k HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\n\r\n")
        head = connection.recv(65536)
        assert b"Content-Length: 7\r\n" in head.replace(b"content-length", b"Content-Length")
        assert head.endswith(b"\r\n\r\n")
        connection.sendall(b"DELETE /photos/k HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\n\r\n")
        gone = connection.recv(65536)
        assert gone.startswith(b"HTTP/1.1 204 No Content\r\n")
        assert gone.endswith(b"\r\n\r\n")
        assert b"content-length" not in gone.lower()
        assert gone.lower().count(b"\r\ndate:") == 1


def test_a_body_is_asked_for_only_when_it_is_wanted(cos: FakeCOS, plain: Server) -> None:
    put = b"PUT /%b/k HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\n"
    put += b"Expect: 100-continue\r\nContent-Length: 7\r\n\r\n"
    with connect(plain) as connection:
        connection.sendall(put % b"nowhere")
        status, headers, _ = read_answer(connection)
        assert (status, headers["connection"]) == (404, "close")
    with connect(plain) as connection:
        connection.sendall(put % b"photos")
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"  # botocore wants all three words
        connection.sendall(b"holiday")
        assert read_answer(connection)[0] == 200
        connection.sendall(GET_LIST + b"\r\n")
        assert read_answer(connection)[0] == 200
    assert cos.bucket(BUCKET).objects["k"].body == b"holiday"


def test_a_refused_body_is_read_over(plain: Server) -> None:
    with connect(plain) as connection:
        connection.sendall(
            b"PUT /nowhere/k HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\nContent-Length: 1000000\r\n\r\n"
            + bytes(10**6)
        )
        assert read_answer(connection)[0] == 404
        connection.sendall(GET_LIST + b"\r\n")
        assert read_answer(connection)[0] == 200


def test_chunks_of_unknown_length_are_refused_as_by_s3(cos: FakeCOS, plain: Server) -> None:
    with connect(plain) as connection:
        head = (
            b"PUT /photos/k HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        connection.sendall(head + b"3\r\nhol\r\n4\r\niday\r\n0\r\n\r\n")
        assert read_answer(connection)[0] == 501
        connection.sendall(GET_LIST + b"\r\n")
        assert read_answer(connection)[0] == 200
    assert not cos.bucket(BUCKET).objects


@pytest.mark.parametrize(
    "host", ["photos.localhost:1", "photos.s3.test", "photos.s3.us-east-1.amazonaws.com", "PHOTOS.LOCALHOST"]
)
def test_a_bucket_may_stand_in_the_host(host: str, cos: FakeCOS) -> None:
    cos.put_object(BUCKET, "a/b", b"holiday")
    with cos.serve(environment=False, domain="s3.test") as server:
        got = send_bytes(server, f"GET /a/b HTTP/1.1\r\nHost: {host}\r\nAuthorization: AWS A:x\r\n\r\n".encode())
    assert got.endswith(b"\r\n\r\nholiday")


def test_virtual_addressing_speaks_tls(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    with cos.serve(tls=True, environment=False) as server, pytest.MonkeyPatch.context() as patch:
        lookup = socket.getaddrinfo  # of this system's resolver nobody knows if it has names below localhost
        patch.setattr(socket, "getaddrinfo", lambda _, *rest, **named: lookup("localhost", *rest, **named))
        url = server.endpoint_url.replace("127.0.0.1", "localhost")
        client = make_client(server, s3={"addressing_style": "virtual"}, endpoint_url=url)
        client.put_object(Bucket=BUCKET, Key="k", Body=b"holiday")
    assert cos.bucket(BUCKET).objects["k"].body == b"holiday"


@pytest.mark.parametrize("key", ["../../../etc/passwd", "..%2F..%2Fetc%2Fpasswd", "/etc/passwd", "./.", "%2e%2e/x"])
def test_paths_are_keys_and_never_files(key: str, cos: FakeCOS, plain: Server) -> None:
    got = send_bytes(plain, f"GET /photos/{key} HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\n\r\n".encode())
    assert got.startswith(b"HTTP/1.1 404 Not Found\r\n")
    assert b"<Code>NoSuchKey</Code>" in got
    (exchange,) = cos.journal
    assert exchange.key == key.replace("%2F", "/").replace("%2e", ".")


def test_an_absolute_target_is_taken(cos: FakeCOS, plain: Server) -> None:
    cos.put_object(BUCKET, "k", b"holiday")
    assert send_bytes(
        plain, b"GET http://localhost/photos/k HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\n\r\n"
    ).endswith(b"holiday")


def test_a_header_of_an_answer_cannot_be_split(cos: FakeCOS, plain: Server) -> None:
    cos.put_object(BUCKET, "k", b"holiday")
    target = b"/photos/k?response-content-type=text%0d%0aX-Evil:%201%0d%0a%0d%0aevil"
    got = send_bytes(plain, b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\n\r\n")
    assert b"\r\nX-Evil" not in got


@pytest.mark.slow
def test_many_threads_upload_at_once(cos: FakeCOS, server: Server, make_client: Callable[..., Any]) -> None:
    client, body = make_client(server), os.urandom(20 * MIB)
    config = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB, max_concurrency=8)
    for key in ("a", "b"):
        client.upload_fileobj(io.BytesIO(body), BUCKET, key, Config=config)
        got = io.BytesIO()
        client.download_fileobj(BUCKET, key, got, Config=config)
        assert got.getvalue() == body
    assert len(cos.bucket(BUCKET).objects["a"].parts) == 4


def test_an_error_comes_in_chunks_and_the_connection_goes_on(plain: Server) -> None:
    # recorded aws-changes 17
    with connect(plain) as connection:
        for _ in range(3):
            connection.sendall(b"GET /photos/no HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\n\r\n")
            status, headers, body = read_answer(connection)
            assert status == 404
            assert (headers["content-type"], headers["transfer-encoding"]) == ("application/xml", "chunked")
            assert "content-length" not in headers
            assert body.endswith(b"</HostId></Error>")
        connection.sendall(b"HEAD /photos/no HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\n\r\n")
        status, headers, body = read_answer(connection)
        assert (status, headers["content-type"], body) == (404, "application/xml", b"")
        assert not headers.keys() & {"content-length", "transfer-encoding"}
        connection.sendall(GET_LIST + b"\r\n")
        assert read_answer(connection)[0] == 200


def test_a_client_of_http_1_0_gets_an_error_without_chunks(plain: Server) -> None:
    # RFC 9112, 6.1: a sender uses no transfer coding towards HTTP/1.0
    got = send_bytes(plain, b"GET /photos/no HTTP/1.0\r\nHost: localhost\r\nAuthorization: AWS A:x\r\n\r\n")
    head, _, body = got.partition(b"\r\n\r\n")
    assert b"chunked" not in head.lower()
    assert body.startswith(b"<?xml")
    assert body.endswith(b"</HostId></Error>")

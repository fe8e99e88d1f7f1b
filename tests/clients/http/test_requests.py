"""requests: presigned URLs and any other URL of S3, in sessions, streams, redirects, retries and proxies."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import boto3
import pytest
import requests
from freezegun import freeze_time
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from fakecos import FakeCOS
from fakecos.faults import Delay, Http, Transport, When
from tests.clients.http.addresses import BUCKET, Sign, exception_for, open_bucket, stored_body

if TYPE_CHECKING:
    from collections.abc import Callable

REFUSED = {
    "default": requests.exceptions.ConnectionError,
    "CONNECT_TIMEOUT": requests.exceptions.ConnectTimeout,
    "READ_TIMEOUT": requests.exceptions.ReadTimeout,
    "TLS": requests.exceptions.SSLError,
    "PROXY": requests.exceptions.ProxyError,
}


def test_every_method_works_with_every_signature(cos: FakeCOS, sign: Sign) -> None:
    # aws-presigned 1, 2, 4, 5
    put = requests.put(sign("put_object"), data=b"hello", timeout=5)
    assert (put.status_code, put.content) == (200, b"")
    assert put.headers["ETag"] == '"5d41402abc4b2a76b9719d911017c592"'
    got = requests.get(sign("get_object"), timeout=5)
    assert (got.status_code, got.reason, got.content) == (200, "OK", b"hello")
    head = requests.head(sign("head_object"), timeout=5)
    assert (head.status_code, head.headers["Content-Length"], head.content) == (200, "5", b"")
    gone = requests.delete(sign("delete_object"), timeout=5)
    assert (gone.status_code, gone.content) == (204, b"")
    assert not cos.store.buckets[BUCKET].objects


def test_a_part_is_uploaded(cos: FakeCOS, sign: Sign) -> None:
    upload = cos.start_upload(BUCKET, "film")
    answer = requests.put(
        sign("upload_part", "film", UploadId=upload.upload_id, PartNumber=2), data=io.BytesIO(b"second"), timeout=5
    )
    assert answer.status_code == 200
    cos.assert_part(BUCKET, "film", 2, body=b"second", etag=answer.headers["ETag"])


def test_a_url_expires_by_the_clock(cos: FakeCOS, sign: Sign) -> None:
    # aws-presigned 7 and 8
    with freeze_time("2026-05-04T10:00:00Z") as clock:
        cos.put_object(BUCKET, "a b/ü", b"x")
        address = sign("get_object", seconds=60)
        clock.tick(59)
        assert requests.get(address, timeout=5).status_code == 200
        clock.tick(2)
        late = requests.get(address, timeout=5)
    assert late.status_code == 403
    assert "<Code>AccessDenied</Code><Message>Request has expired</Message>" in late.text


def test_the_answer_has_the_headers_that_the_url_asks_for(cos: FakeCOS, sign: Sign) -> None:
    # aws-presigned 3
    cos.put_object(BUCKET, "a b/ü", b"x")
    address = sign("get_object", ResponseContentType="text/x-own", ResponseContentDisposition="attachment")
    answer = requests.get(address, timeout=5)
    assert answer.headers["Content-Type"] == "text/x-own"
    assert answer.headers["Content-Disposition"] == "attachment"


@pytest.mark.parametrize("body", [b"hello", "hello", bytearray(b"hello"), io.BytesIO(b"hello")], ids=type)
def test_bodies_of_every_kind_are_stored(cos: FakeCOS, url: Sign, body: Any) -> None:
    if isinstance(body, io.BytesIO):
        body.seek(0)
    assert requests.put(url("put_object"), data=body, timeout=5).status_code == 200
    assert stored_body(cos) == b"hello"


def test_a_generator_has_no_length_and_is_refused(cos: FakeCOS, url: Sign) -> None:
    # S3 wants to know the length of what it stores (public)
    answer = requests.put(url("put_object"), data=iter([b"hel", b"lo"]), timeout=5)
    assert (answer.status_code, "<Header>Transfer-Encoding</Header>" in answer.text) == (501, True)
    assert not cos.store.buckets[BUCKET].objects


def test_what_a_file_of_ones_own_raises_arrives_unchanged_and_is_no_bug(cos: FakeCOS, url: Sign) -> None:
    class Own(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            message = "own"
            raise ZeroDivisionError(message)

    with pytest.raises(ZeroDivisionError, match="own"):
        requests.put(url("put_object"), data=Own(b"12345"), timeout=5)
    assert not cos.errors
    assert not cos.store.buckets[BUCKET].objects


def test_an_answer_can_be_streamed(cos: FakeCOS, url: Sign) -> None:
    data = bytes(range(256)) * 1000
    cos.put_object(BUCKET, "a b/ü", data)
    with requests.get(url("get_object"), stream=True, timeout=5) as answer:
        assert b"".join(answer.iter_content(1000)) == data
    with requests.get(url("get_object"), stream=True, timeout=5) as answer:
        assert answer.raw.read(10) == data[:10]


def test_an_object_of_many_parts_arrives_whole(cos: FakeCOS, url: Sign) -> None:
    client = boto3.client("s3")
    upload = cos.start_upload(BUCKET, "a b/ü", parts=[b"first", b"second"])
    parts = [{"PartNumber": number, "ETag": upload.parts[number].etag} for number in (1, 2)]
    named: Any = {"Bucket": BUCKET, "Key": "a b/ü", "UploadId": upload.upload_id}
    client.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})
    assert requests.get(url("get_object"), timeout=5).content == b"firstsecond"
    assert requests.get(url("get_object"), headers={"Range": "bytes=3-7"}, timeout=5).content == b"stsec"


def test_a_content_encoding_is_decoded_by_requests(cos: FakeCOS, url: Sign) -> None:
    import gzip

    boto3.client("s3").put_object(Bucket=BUCKET, Key="a b/ü", Body=gzip.compress(b"hello"), ContentEncoding="gzip")
    assert requests.get(url("get_object"), timeout=5).content == b"hello"


def test_a_session_made_before_the_fake_is_answered_too() -> None:
    with requests.Session() as session, FakeCOS() as cos:
        open_bucket(cos)
        session.headers["x-amz-meta-who"] = "me"
        for _ in range(3):
            session.put(f"https://{BUCKET}.s3.amazonaws.com/a", data=b"x", timeout=5)
        assert cos.store.buckets[BUCKET].objects["a"].attributes.metadata == {"who": "me"}


@pytest.mark.parametrize(
    "address",
    [
        "https://photos.s3.amazonaws.com/a",
        "https://s3.amazonaws.com/photos/a",
        "https://photos.s3.us-east-1.amazonaws.com/a",
        "https://photos.s3.dualstack.us-east-1.amazonaws.com/a",
        "https://s3.amazonaws.com:443/photos/a",
        "http://photos.s3.amazonaws.com/a",
        "https://s3.us-south.cloud-object-storage.appdomain.cloud/photos/a",
        "https://photos.s3.private.us-south.cloud-object-storage.appdomain.cloud/a",
        "https://s3.us-south.objectstorage.softlayer.net/photos/a",
    ],
)
def test_every_host_of_s3_is_answered(cos: FakeCOS, address: str) -> None:
    cos.put_object(BUCKET, "a", b"x")
    assert requests.get(address, timeout=5).content == b"x"


def test_the_service_is_the_one_of_the_host(cos: FakeCOS) -> None:
    cos.put_object(BUCKET, "a", b"x")
    assert requests.get("https://s3.amazonaws.com/photos/a", timeout=5).headers["server"] == "AmazonS3"
    answer = requests.get("https://s3.eu-de.cloud-object-storage.appdomain.cloud/photos/a", timeout=5)
    assert answer.headers["server"] != "AmazonS3"


class TestCustomEndpoint:
    """Of a client: its host is nobody's that we know."""

    @pytest.mark.parametrize("version", ["s3", "s3v4"])
    def test_a_presigned_url_is_known_by_its_signature(self, cos: FakeCOS, version: str) -> None:
        from botocore.config import Config

        cos.put_object(BUCKET, "a", b"x")
        client = boto3.client("s3", endpoint_url="http://minio:9000", config=Config(signature_version=version))
        address = client.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "a"})
        assert requests.get(address, timeout=5).content == b"x"

    def test_any_url_is_known_once_a_client_was_answered_there(self, cos: FakeCOS) -> None:
        cos.put_object(BUCKET, "a", b"x")
        boto3.client("s3", endpoint_url="http://minio:9000/behind/").list_buckets()
        assert requests.get("http://minio:9000/behind/photos/a", timeout=5).content == b"x"
        assert requests.get("http://photos.minio:9000/behind/a", timeout=5).content == b"x"

    def test_a_url_of_a_client_of_ibm_is_for_ibm(self) -> None:
        # ibm-cos 3: its locations are no regions that a signature is for
        ibm_boto3 = pytest.importorskip("ibm_boto3")
        with FakeCOS() as cos:
            cos.create_bucket(BUCKET)
            cos.put_object(BUCKET, "a", b"x")
            client = ibm_boto3.client(
                "s3",
                endpoint_url="http://cos:9000",
                region_name="us-south",
                aws_access_key_id="a",
                aws_secret_access_key="b",
            )
            client.head_object(Bucket=BUCKET, Key="a")
            url = client.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": "a"})
            assert requests.get(url, timeout=5).headers["Server"].startswith("Cleversafe")


class TestOthers:
    """URLs that are none of S3's."""

    @pytest.fixture(autouse=True)
    def sent(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Let every connection fail, and say where it would have gone."""
        import urllib3.connection

        hosts: list[str] = []

        def connect(connection: Any) -> None:
            hosts.append(connection.host)
            raise ConnectionRefusedError(111, "refused")

        monkeypatch.setattr(urllib3.connection.HTTPConnection, "connect", connect)
        monkeypatch.setattr(urllib3.connection.HTTPSConnection, "connect", connect)
        return hosts

    @pytest.mark.parametrize(
        "address",
        [
            "https://example.org/photos/a",
            "https://sqs.us-east-1.amazonaws.com/?Action=ListQueues",
            "https://sqs.us-east-1.amazonaws.com/?AWSAccessKeyId=A&Signature=x&Expires=1&SignatureVersion=2",
            "https://123456789012.s3-control.us-east-1.amazonaws.com/v20180820/accesspoint",
            "https://h/?X-Amz-Credential=A%2F20261122%2Fus-east-1%2Fsts%2Faws4_request&X-Amz-Signature=0",
            "https://iam.cloud.ibm.com/v1/apikeys",
        ],
    )
    def test_go_their_way(self, cos: FakeCOS, sent: list[str], address: str) -> None:
        with pytest.raises(requests.exceptions.ConnectionError):
            requests.get(address, timeout=5)
        assert sent == [address.split("/")[2]]
        assert not len(cos.journal)

    def test_s3_goes_its_way_without_a_fake(self, sent: list[str]) -> None:
        with pytest.raises(requests.exceptions.ConnectionError):
            requests.get("https://photos.s3.amazonaws.com/a", timeout=5)
        assert sent == ["photos.s3.amazonaws.com"]

    def test_a_proxy_is_not_asked_for_s3_and_for_all_else(
        self, cos: FakeCOS, sent: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.com:8080")
        monkeypatch.setenv("HTTP_PROXY", "http://proxy.example.com:8080")
        cos.put_object(BUCKET, "a", b"x")
        for scheme in ("https", "http"):
            assert requests.get(f"{scheme}://photos.s3.amazonaws.com/a", timeout=5).content == b"x"
        assert not sent
        with pytest.raises(requests.exceptions.ConnectionError):
            requests.get("http://example.org/", timeout=5)
        assert sent == ["proxy.example.com"]


class TestFaults:
    """Raised as requests raises them."""

    @pytest.mark.parametrize("kind", list(Transport), ids=lambda kind: kind.name)
    def test_a_failing_connection(self, cos: FakeCOS, url: Sign, kind: Transport) -> None:
        cos.inject("PutObject", transport=kind)
        with pytest.raises(requests.exceptions.RequestException) as caught:
            requests.put(url("put_object"), data=b"x", timeout=5)
        assert type(caught.value) is exception_for(kind, REFUSED)
        assert not cos.store.buckets[BUCKET].objects
        assert not cos.errors

    def test_an_answer_that_is_lost_leaves_the_change(self, cos: FakeCOS, url: Sign) -> None:
        cos.inject("PutObject", transport=Transport.CLOSED, when=When.STORED)
        with pytest.raises(requests.exceptions.ConnectionError):
            requests.put(url("put_object"), data=b"x", timeout=5)
        assert stored_body(cos) == b"x"

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            (Transport.READ_TIMEOUT, requests.exceptions.ConnectionError),
            (Transport.RESET, requests.exceptions.ChunkedEncodingError),
            (Transport.CLOSED, requests.exceptions.ChunkedEncodingError),
        ],
    )
    def test_an_answer_that_breaks_off(self, cos: FakeCOS, url: Sign, kind: Transport, expected: type) -> None:
        cos.put_object(BUCKET, "a b/ü", b"0123456789")
        cos.inject("GetObject", transport=kind, when=When.after_answer_bytes(4))
        answer = requests.get(url("get_object"), stream=True, timeout=5)
        chunks = answer.iter_content(4)
        assert next(chunks) == b"0123"
        with pytest.raises(requests.exceptions.RequestException) as caught:
            next(chunks)
        assert type(caught.value) is expected

    def test_a_stall_beyond_the_time_that_is_waited(self, cos: FakeCOS, url: Sign) -> None:
        cos.inject("PutObject", delay=Delay(10))
        with pytest.raises(requests.exceptions.ReadTimeout):
            requests.put(url("put_object"), data=b"x", timeout=(1, 9))

    def test_a_retry_of_the_sessions_own_succeeds_without_sleeping(
        self, cos: FakeCOS, url: Sign, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def slept(_: float) -> None:
            pytest.fail("it slept")

        monkeypatch.setattr("time.sleep", slept)
        fault = cos.inject("PutObject", outcomes=[Http(503), Transport.RESET])
        with requests.Session() as session:
            retry = Retry(total=3, backoff_factor=10, status_forcelist=[503], allowed_methods=None)
            session.mount("https://", HTTPAdapter(max_retries=retry))
            assert session.put(url("put_object"), data=b"x", timeout=5).status_code == 200
        assert fault.hits == 2
        assert stored_body(cos) == b"x"

    def test_a_redirect_is_followed(self, cos: FakeCOS, url: Sign) -> None:
        cos.put_object(BUCKET, "b", b"over there")
        cos.inject("GetObject", http=Http(307, b"", {"Location": url("get_object", "b")}))
        answer = requests.get(url("get_object", "a"), timeout=5)
        assert answer.content == b"over there"
        assert [step.status_code for step in answer.history] == [307]


def test_a_fake_inside_another_answers(cos: FakeCOS) -> None:
    with FakeCOS() as inner:
        inner.create_bucket("inner")
        assert requests.head("https://inner.s3.amazonaws.com/", timeout=5).status_code == 403  # it is not public
    assert requests.head("https://inner.s3.amazonaws.com/", timeout=5).status_code == 404


def test_a_mistake_in_the_use_of_fakecos_is_told_at_the_end(cos: FakeCOS, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cos._service, "perform", lambda _: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        requests.get("https://photos.s3.amazonaws.com/a", timeout=5)
    assert len(cos.errors) == 1
    cos.errors.clear()


def test_nothing_is_left_patched(run_program: Callable[..., str]) -> None:
    run_program("""
        import sys
        from fakecos import FakeCOS
        with FakeCOS():
            assert not {"requests", "responses", "urllib3"} & set(sys.modules)
            import requests, responses, urllib3
            patched = [
                (urllib3.HTTPConnectionPool, "_make_request"),
                (urllib3.connectionpool.HTTPSConnectionPool, "_prepare_proxy"),
                (urllib3.Retry, "sleep"),
                (responses.RequestsMock, "_on_request"),
            ]
            assert requests.get("https://s3.amazonaws.com/", timeout=5).status_code == 403  # nobody's buckets
            assert all(hasattr(vars(kind)[name], "__wrapped__") for kind, name in patched)
        assert not any(hasattr(vars(kind)[name], "__wrapped__") for kind, name in patched)
    """)


def test_nothing_is_imported_that_the_code_under_test_does_not_import(run_program: Callable[..., str]) -> None:
    run_program("""
        import sys
        from fakecos import FakeCOS
        with FakeCOS():
            import requests
            assert requests.get("https://s3.amazonaws.com/", timeout=5).status_code == 403  # nobody's buckets
        assert "responses" not in sys.modules
    """)

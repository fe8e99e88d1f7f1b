"""Presigned URLs that work: facts 1 to 6 of aws-presigned, by SigV2 and SigV4, for both clients."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.objects import stored_object
from tests.support.presigned import MISMATCH, PAIR, V2, V4, send_to_url, signing_client

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "dir/ü +=%2F//cat.jpg"
ADDRESS = {"Bucket": BUCKET, "Key": KEY}
SHA256 = base64.b64encode(hashlib.sha256(b"hello").digest()).decode()


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with FakeCOS(credentials=PAIR) as fake:
        fake.create_bucket(BUCKET)
        yield fake


@pytest.fixture(params=[V2, V4])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["boto3-virtual", "boto3-path", "ibm-path"])
def client(request: pytest.FixtureRequest, cos: FakeCOS, version: str) -> Any:
    package, _, style = request.param.partition("-")
    return signing_client(version, style, package)


def test_put_get_head_and_delete(cos: FakeCOS, client: Any) -> None:
    # recorded aws-presigned 1, 2
    assert (
        send_to_url(cos, "PUT", client.generate_presigned_url("put_object", ADDRESS), body=b"something").status == 200
    )
    stored = client.get_object(**ADDRESS)
    assert stored["Body"].read() == b"something"
    assert stored["ETag"] == '"437b930db84b8079c2dd804a71936b5f"'
    assert stored["ChecksumCRC64NVME"] == "1BGd19PD4OU="
    assert stored["ContentType"] == "binary/octet-stream"
    assert send_to_url(cos, "GET", client.generate_presigned_url("get_object", ADDRESS)).body == b"something"
    assert (
        send_to_url(cos, "HEAD", client.generate_presigned_url("head_object", ADDRESS)).headers["content-length"] == "9"
    )
    gone = send_to_url(cos, "DELETE", client.generate_presigned_url("delete_object", ADDRESS))
    assert (gone.status, gone.body) == (204, b"")
    assert "x-amz-id-2" in gone.headers or "x-clv-request-id" in gone.headers
    assert {"content-type", "content-length"}.isdisjoint(gone.headers)
    assert not cos.store.buckets[BUCKET].objects


def test_headers_of_the_answer_are_overridden(cos: FakeCOS, client: Any) -> None:
    # recorded aws-presigned 3
    cos.put_object(BUCKET, KEY, b"hello")
    given = {
        "ResponseCacheControl": "no-cache",
        "ResponseContentDisposition": 'attachment; filename="a b.jpg"',
        "ResponseContentEncoding": "identity",
        "ResponseContentLanguage": "de-DE",
        "ResponseContentType": "image/jpeg",
    }
    answer = send_to_url(cos, "GET", client.generate_presigned_url("get_object", {**ADDRESS, **given}))
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-disposition"] == 'attachment; filename="a b.jpg"'
    assert answer.headers["content-encoding"] == "identity"
    assert answer.headers["content-language"] == "de-DE"
    assert answer.headers["content-type"] == "image/jpeg"


def test_a_version_is_read(cos: FakeCOS, client: Any) -> None:
    cos.put_object(BUCKET, KEY, b"hello")
    url = client.generate_presigned_url("get_object", {**ADDRESS, "VersionId": "null"})
    assert send_to_url(cos, "GET", url).body == b"hello"


def test_a_part_is_uploaded(cos: FakeCOS, client: Any) -> None:
    # recorded aws-presigned 4
    upload_id = client.create_multipart_upload(**ADDRESS)["UploadId"]
    url = client.generate_presigned_url("upload_part", {**ADDRESS, "UploadId": upload_id, "PartNumber": 1})
    etag = send_to_url(cos, "PUT", url, body=b"hello").headers["etag"]
    parts = {"Parts": [{"PartNumber": 1, "ETag": etag}]}
    client.complete_multipart_upload(**ADDRESS, UploadId=upload_id, MultipartUpload=parts)
    assert stored_object(cos, KEY).content.read() == b"hello"


@pytest.mark.parametrize(
    "key", ["table1-partitioned/date=2023-06-28/test.csv", "a b+c&d?e#f", "/", "//a", "%2F", "ä~*'()"]
)
def test_any_key_can_be_signed(cos: FakeCOS, client: Any, key: str) -> None:
    # recorded aws-presigned 5
    send_to_url(cos, "PUT", client.generate_presigned_url("put_object", {"Bucket": BUCKET, "Key": key}), body=b"x")
    assert [*cos.store.buckets[BUCKET].objects] == [key]


def test_what_is_signed_with_the_url_is_stored(cos: FakeCOS, client: Any, version: str) -> None:
    # recorded aws-presigned 13, 14: by SigV4 it is sent as headers, by SigV2 it is in the query
    given = {"Metadata": {"foo": "bar"}, "ServerSideEncryption": "AES256", "ChecksumSHA256": SHA256}
    sent = {"x-amz-meta-foo": "bar", "x-amz-server-side-encryption": "AES256", "x-amz-checksum-sha256": SHA256}
    url = client.generate_presigned_url("put_object", {**ADDRESS, **given})
    send_to_url(cos, "PUT", url, sent if version == V4 else {}, b"hello")
    stored = stored_object(cos, KEY)
    assert stored.attributes.metadata == {"foo": "bar"}
    assert stored.checksum.algorithm.name == "SHA256"


def test_a_body_without_the_checksum_of_the_url_is_refused(cos: FakeCOS, client: Any, version: str) -> None:
    sent = {"x-amz-checksum-sha256": SHA256} if version == V4 else {}
    url = client.generate_presigned_url("put_object", {**ADDRESS, "ChecksumSHA256": SHA256})
    with refused(cos, "BadDigest"):
        send_to_url(cos, "PUT", url, sent, b"bye")


def test_an_unsigned_sha256_may_say_that_the_payload_is_unsigned(cos: FakeCOS) -> None:
    # recorded aws-presigned 6
    url = signing_client(V4).generate_presigned_url("put_object", ADDRESS)
    assert send_to_url(cos, "PUT", url, {"x-amz-content-sha256": "UNSIGNED-PAYLOAD"}, b"hello").status == 200


def test_any_other_unsigned_sha256_breaks_the_signature(cos: FakeCOS) -> None:
    # public
    url = signing_client(V4).generate_presigned_url("put_object", ADDRESS)
    with refused(cos, "SignatureDoesNotMatch"):
        send_to_url(cos, "PUT", url, {"x-amz-content-sha256": hashlib.sha256(b"hello").hexdigest()}, b"hello")


@pytest.mark.parametrize("added", ["&x-id=PutObject", "&versionId=null"])
def test_an_unsigned_parameter_breaks_a_signature_of_version_4(cos: FakeCOS, added: str) -> None:
    # recorded aws-presigned 6
    url = signing_client(V4).generate_presigned_url("put_object", ADDRESS)
    with refused(cos, "SignatureDoesNotMatch") as answer:
        send_to_url(cos, "PUT", url + added, body=b"hello")
    assert answer["Error"]["Message"] == MISMATCH


def test_an_unsigned_user_agent_of_amazon_is_refused(cos: FakeCOS) -> None:
    # recorded aws-presigned 6
    url = signing_client(V4).generate_presigned_url("put_object", ADDRESS)
    with refused(cos, "AccessDenied", status=403):
        send_to_url(cos, "PUT", url, {"x-amz-user-agent": "aws-sdk-js"}, b"hello")


def test_a_path_is_decoded_once_and_not_normalised(cos: FakeCOS) -> None:
    # recorded aws-presigned 16
    url = signing_client(V4, "path").generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": "a"})
    with refused(cos, "SignatureDoesNotMatch") as answer:
        send_to_url(cos, "GET", url.replace(f"/{BUCKET}/", f"/%2F{BUCKET}/"))
    assert answer["Error"]["CanonicalRequest"].splitlines()[1] == f"//{BUCKET}/a"

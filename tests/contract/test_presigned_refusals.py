"""Presigned URLs that fail: facts 7 to 15 of aws-presigned, and what public suites report of AWS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos import FakeCOS
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.presigned import (
    KEY_ID,
    MISMATCH,
    PAIR,
    SECRET,
    V2,
    V4,
    send_to_url,
    signing_client,
    without_request_ids,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESS = {"Bucket": BUCKET, "Key": "cat.jpg"}
UNSIGNED = "There were headers present in the request which were not signed"
OF_V2 = {"AWSAccessKeyId", "StringToSign", "SignatureProvided", "StringToSignBytes"}
OF_V4 = {*OF_V2, "CanonicalRequest", "CanonicalRequestBytes"}
INCOMPLETE_V2 = "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters"


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with FakeCOS(credentials=PAIR) as fake:
        fake.create_bucket(BUCKET)
        fake.put_object(BUCKET, "cat.jpg", b"hello")
        yield fake


@pytest.fixture
def lenient() -> Iterator[FakeCOS]:
    """A fake that takes any credentials."""
    with FakeCOS() as fake:
        fake.create_bucket(BUCKET)
        fake.put_object(BUCKET, "cat.jpg", b"hello")
        yield fake


def url_for(operation: str = "get_object", version: str = V4, style: str = "virtual", **more: Any) -> str:
    return str(signing_client(version, style).generate_presigned_url(operation, {**ADDRESS, **more}, ExpiresIn=60))


def changed(url: str, name: str, value: str | None) -> str:
    """Return a URL with another value of a parameter, or without it."""
    return re.sub(rf"([?&]){name}=[^&]*", "" if value is None else rf"\g<1>{name}={value}", url).replace(
        "cat.jpg&", "cat.jpg?"
    )


def hexadecimal(text: str) -> str:
    return " ".join(f"{byte:02x}" for byte in text.encode())


@pytest.mark.parametrize("style", ["virtual", "path"])
@pytest.mark.parametrize(("version", "fields"), [(V2, OF_V2), (V4, OF_V4)])
@pytest.mark.parametrize(("method", "operation"), [("GET", "get_object"), ("PUT", "put_object")])
def test_a_wrong_signature(
    cos: FakeCOS, method: str, operation: str, version: str, fields: set[str], style: str
) -> None:
    # recorded aws-presigned 9
    name = "Signature" if version == V2 else "X-Amz-Signature"
    url = changed(url_for(operation, version, style), name, "invalid")
    with refused(cos, "SignatureDoesNotMatch", status=403) as answer:
        send_to_url(cos, method, url, {"content-type": "text/plain"})
    error = without_request_ids(answer["Error"])
    assert error.pop("Message") == MISMATCH
    assert error.keys() - {"Code"} == fields
    assert error["AWSAccessKeyId"] == KEY_ID
    assert error["SignatureProvided"] == "invalid"
    assert error["StringToSignBytes"] == hexadecimal(error["StringToSign"])
    if version == V4:
        assert error["CanonicalRequestBytes"] == hexadecimal(error["CanonicalRequest"])
        assert error["CanonicalRequest"].endswith("\n\nhost\nUNSIGNED-PAYLOAD")


@pytest.mark.parametrize("version", [V2, V4])
def test_a_head_with_a_wrong_signature_is_told_the_status_only(cos: FakeCOS, version: str) -> None:
    url = changed(url_for("head_object", version), "Signature" if version == V2 else "X-Amz-Signature", "invalid")
    with refused(cos, "403", status=403):
        send_to_url(cos, "HEAD", url)


@pytest.mark.parametrize("version", [V2, V4])
@pytest.mark.parametrize("change", [("cat.jpg", "dog.jpg"), (f"{BUCKET}.s3", "other.s3"), ("=60", "=61")])
def test_what_was_signed_may_not_be_changed(cos: FakeCOS, version: str, change: tuple[str, str]) -> None:
    # public: another key, another host, another time to live
    url = url_for(version=version)
    other = re.sub(r"Expires=\d+", "Expires=99999999999", url) if version == V2 else url
    other = other.replace(*change) if change[0] != "=60" or version == V4 else other
    assert other != url
    with refused(cos, "SignatureDoesNotMatch"):
        send_to_url(cos, "GET", other)


def test_a_url_that_is_good_for_no_time(cos: FakeCOS) -> None:
    # public
    moment = "2026-05-04T00:00:00Z"
    with freeze_time(moment):
        url = signing_client(V4).generate_presigned_url("get_object", ADDRESS, ExpiresIn=0)
        fields = {"X-Amz-Expires": "0", "Expires": moment, "ServerTime": moment}
        with refused(cos, "AccessDenied", "Request has expired", 403, **fields):
            send_to_url(cos, "GET", url)


@pytest.mark.parametrize("version", [V2, V4])
def test_a_url_is_good_for_one_method(cos: FakeCOS, version: str) -> None:
    # public
    with refused(cos, "SignatureDoesNotMatch"):
        send_to_url(cos, "PUT", url_for(version=version), body=b"overwritten")


def test_a_url_of_an_unknown_key(cos: FakeCOS) -> None:
    # documented
    for version in (V2, V4):
        url = url_for(version=version).replace(KEY_ID, "AKIAUNKNOWN")
        message = "The AWS Access Key Id you provided does not exist in our records."
        with refused(cos, "InvalidAccessKeyId", message, 403, AWSAccessKeyId="AKIAUNKNOWN"):
            send_to_url(cos, "GET", url)


@pytest.mark.parametrize("name", ["Signature", "Expires", "AWSAccessKeyId"])
def test_a_parameter_of_version_2_is_missing(lenient: FakeCOS, name: str) -> None:
    # recorded aws-presigned 10
    with refused(lenient, "AccessDenied", INCOMPLETE_V2, 403):
        send_to_url(lenient, "GET", changed(url_for(version=V2), name, None))


def test_the_expiry_of_version_2_is_no_number(lenient: FakeCOS) -> None:
    # public
    message = "Invalid date (should be seconds since epoch): soon"
    with refused(lenient, "AccessDenied", message, 403):
        send_to_url(lenient, "GET", changed(url_for(version=V2), "Expires", "soon"))


@pytest.mark.parametrize("version", [V2, V4])
def test_a_signed_content_type_must_be_sent(cos: FakeCOS, version: str) -> None:
    # recorded aws-presigned 11
    url = url_for("put_object", version, ContentType="text/plain")
    with refused(cos, "SignatureDoesNotMatch"):
        send_to_url(cos, "PUT", url, {"content-type": "text/xml"}, b"x")
    with refused(cos, "SignatureDoesNotMatch"):
        send_to_url(cos, "PUT", url, body=b"x")
    assert send_to_url(cos, "PUT", url, {"content-type": "text/plain"}, b"x").status == 200


def test_an_unsigned_content_type_breaks_version_2_only(cos: FakeCOS) -> None:
    # recorded aws-presigned 11
    sent = {"content-encoding": "identity", "content-type": "text/xml"}
    with refused(cos, "SignatureDoesNotMatch"):
        send_to_url(cos, "PUT", url_for("put_object", V2, ContentEncoding="identity"), sent, b"x")
    assert send_to_url(cos, "PUT", url_for("put_object", V4, ContentEncoding="identity"), sent, b"x").status == 200


def test_another_content_encoding_breaks_version_4_only(cos: FakeCOS) -> None:
    # recorded aws-presigned 11
    sent = {"content-encoding": "gzip"}
    assert send_to_url(cos, "PUT", url_for("put_object", V2, ContentEncoding="identity"), sent, b"x").status == 200
    with refused(cos, "SignatureDoesNotMatch"):
        send_to_url(cos, "PUT", url_for("put_object", V4, ContentEncoding="identity"), sent, b"x")


def test_a_signed_value_of_the_query_may_not_be_changed(cos: FakeCOS) -> None:
    # recorded aws-presigned 12
    client = signing_client()
    client.meta.events.register_first("before-sign.s3.PutObject", pay)
    url = client.generate_presigned_url("put_object", ADDRESS)
    assert send_to_url(cos, "PUT", url, body=b"x").status == 200
    with refused(cos, "SignatureDoesNotMatch"):
        send_to_url(cos, "PUT", url.replace("payer=requester", "payer=bucketowner"), body=b"x")


def pay(request: Any, **_: Any) -> None:
    request.url += f"{'&' if '?' in request.url else '?'}x-amz-request-payer=requester"


@pytest.mark.parametrize("which", ["cos", "lenient"])
@pytest.mark.parametrize("name", ["x-amz-expires", "x-amz-acl", "x-amz-security-token", "x-amz-date"])
def test_an_unsigned_header_of_amazon(request: pytest.FixtureRequest, which: str, name: str) -> None:
    # recorded aws-presigned 12; others: public
    fake = request.getfixturevalue(which)
    with refused(fake, "AccessDenied", UNSIGNED, 403, HeadersNotSigned=name):
        send_to_url(fake, "PUT", url_for("put_object"), {name: "5"}, b"x")


@pytest.mark.parametrize("which", ["cos", "lenient"])
def test_signed_metadata_must_be_sent(request: pytest.FixtureRequest, which: str) -> None:
    # recorded aws-presigned 13: no key is needed to see it
    fake = request.getfixturevalue(which)
    url = url_for("put_object", Metadata={"foo": "bar"})
    with refused(fake, "SignatureDoesNotMatch") as answer:
        send_to_url(fake, "PUT", url, body=b"x")
    assert without_request_ids(answer["Error"]).keys() == {"Code", "Message", *OF_V4}
    assert send_to_url(fake, "PUT", url, {"x-amz-meta-foo": "bar"}, b"x").status == 200
    with refused(fake, "AccessDenied", UNSIGNED, 403, HeadersNotSigned="x-amz-meta-wrong"):
        send_to_url(fake, "PUT", url, {"x-amz-meta-foo": "bar", "x-amz-meta-wrong": "wrong"}, b"x")


def test_more_metadata_breaks_a_signature_of_version_2(cos: FakeCOS) -> None:
    # recorded aws-presigned 14
    url = url_for("put_object", V2, Metadata={"foo": "bar"})
    with refused(cos, "SignatureDoesNotMatch"):
        send_to_url(cos, "PUT", url, {"x-amz-meta-wrong": "wrong"}, b"x")


@pytest.mark.parametrize(("version", "code"), [(V2, "SignatureDoesNotMatch"), (V4, "AccessDenied")])
@pytest.mark.parametrize("length", [{"x-amz-decoded-content-length": "3"}, {}])
def test_headers_of_a_streamed_body_that_were_not_signed(
    cos: FakeCOS, version: str, code: str, length: dict[str, str]
) -> None:
    # recorded aws-presigned 15
    sent = {"x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "x-amz-date": "20260504T103000Z", **length}
    with refused(cos, code, status=403):
        send_to_url(cos, "PUT", url_for("put_object", version), sent, b"x")


def test_a_url_and_a_header_at_once(lenient: FakeCOS) -> None:
    # public
    message = (
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter "
        "or the Authorization header should be specified"
    )
    with refused(lenient, "InvalidArgument", message, 400, ArgumentName="Authorization", ArgumentValue="AWS a:b"):
        send_to_url(lenient, "GET", url_for(), {"authorization": "AWS a:b"})


@pytest.mark.parametrize("version", [V2, V4])
def test_a_token_that_belongs_to_no_key(cos: FakeCOS, version: str) -> None:
    # public: the signature is judged first
    import boto3
    from botocore.config import Config

    client = boto3.client(
        "s3",
        aws_access_key_id=KEY_ID,
        aws_secret_access_key=SECRET,
        aws_session_token="token",
        config=Config(signature_version=version),
    )
    url = client.generate_presigned_url("get_object", ADDRESS)
    message = "The provided token is malformed or otherwise invalid."
    with refused(cos, "InvalidToken", message, 400, **{"Token-0": "token"}):
        send_to_url(cos, "GET", url)

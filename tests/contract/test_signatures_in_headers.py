"""FakeCOS(credentials=...): what real clients sign is verified, and what was changed on the way is refused."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import boto3
import ibm_boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from ibm_botocore.client import Config as IbmConfig

from fakecos import FakeCOS
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.policies import allow
from fakecos.contract.steps.refused import refused
from fakecos.facts.exceptions import UnimplementedOperationWarning
from fakecos.facts.http_dates import http_date
from fakecos.model.clock import now
from tests.support.access import allow_acls, set_policy
from tests.support.constants import US_SOUTH
from tests.support.presigned import KEY_ID, PAIR, SECRET, send_to_url, without_request_ids
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "dir/ü +~a=b(1)'*!&?#%2F.txt"
ENDPOINTS = [None, "http://localhost:9000", "https://localhost:9000/mount/x", "https://s3.amazonaws.com:443"]
MALFORMED = "The authorization header is malformed; "
THREE = "the authorization header requires three components: Credential, SignedHeaders, and Signature."
SCOPE = "20260504/us-east-1/s3/aws4_request"


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with FakeCOS(credentials=PAIR) as fake:
        yield fake


def client_of(package: str, version: Any = "s3v4", style: str = "virtual", **keywords: Any) -> Any:
    options: dict[str, Any] = {"signature_version": version, "s3": {"addressing_style": style}}
    options["retries"] = {"total_max_attempts": 1}
    if package == "ibm":
        keywords["endpoint_url"] = keywords.get("endpoint_url") or US_SOUTH
        return ibm_boto3.client("s3", config=IbmConfig(**options), **keywords)
    return boto3.client("s3", config=Config(**options), **keywords)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("style", ["virtual", "path"])
@pytest.mark.parametrize("version", ["s3v4", "s3"])
@pytest.mark.parametrize("package", ["boto3", "ibm"])
def test_whatever_a_client_signs_is_right(
    cos: FakeCOS, package: str, version: str, style: str, endpoint: str | None
) -> None:
    client = client_of(package, version, style, endpoint_url=endpoint)
    client.create_bucket(Bucket=BUCKET)
    client.list_buckets()
    client.head_bucket(Bucket=BUCKET)
    address = {"Bucket": BUCKET, "Key": KEY}
    client.put_object(**address, Body=b"0123456789", Metadata={"a": "b  c"}, ContentType="text/plain")
    assert client.get_object(**address, Range="bytes=0-3", ResponseContentType="a/b c")["Body"].read() == b"0123"
    assert client.list_objects_v2(Bucket=BUCKET, Prefix="dir/ü +", Delimiter="/")["KeyCount"] == 1
    upload_id = client.create_multipart_upload(**address)["UploadId"]
    part = {**address, "UploadId": upload_id}
    etag = client.upload_part(**part, PartNumber=1, Body=io.BytesIO(b"hello"))["ETag"]
    client.upload_part_copy(**part, PartNumber=2, CopySource=address)
    client.complete_multipart_upload(**part, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})
    client.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": KEY}]})
    client.delete_bucket(Bucket=BUCKET)
    assert not cos.store.buckets


@pytest.mark.parametrize("version", ["s3v4", "s3"])
@pytest.mark.parametrize("package", ["boto3", "ibm"])
def test_another_secret_is_refused(cos: FakeCOS, package: str, version: str) -> None:
    # recorded aws-presigned 9, documented
    client = client_of(package, version, aws_access_key_id=KEY_ID, aws_secret_access_key="another")
    with refused(cos, "SignatureDoesNotMatch", status=403) as answer:
        client.create_bucket(Bucket=BUCKET)
    error = without_request_ids(answer["Error"])
    if package == "boto3":  # IBM's errors have no further fields
        assert error["AWSAccessKeyId"] == KEY_ID
        assert ("CanonicalRequest" in error) == (version == "s3v4")


@pytest.mark.parametrize("version", ["s3v4", "s3"])
@pytest.mark.parametrize("package", ["boto3", "ibm"])
def test_an_unknown_key_is_refused(cos: FakeCOS, package: str, version: str) -> None:
    # documented
    client = client_of(package, version, aws_access_key_id="AKIAUNKNOWN", aws_secret_access_key=SECRET)
    with refused(cos, "InvalidAccessKeyId", status=403, AWSAccessKeyId="AKIAUNKNOWN"):
        client.create_bucket(Bucket=BUCKET)


def test_a_session_token_that_belongs_to_no_key_is_refused(cos: FakeCOS) -> None:
    # public
    for version in ("s3v4", "s3"):
        keys = {"aws_access_key_id": KEY_ID, "aws_secret_access_key": SECRET, "aws_session_token": "token"}
        with refused(cos, "InvalidToken", status=400, **{"Token-0": "token"}):
            client_of("boto3", version, **keys).create_bucket(Bucket=BUCKET)


@pytest.mark.parametrize("version", ["s3v4", "s3"])
def test_what_is_changed_after_it_was_signed_is_refused(cos: FakeCOS, version: str) -> None:
    cos.create_bucket(BUCKET)
    client = client_of("boto3", version)

    def change(request: Any, **_: Any) -> None:
        del request.headers["x-amz-meta-a"]
        request.headers["x-amz-meta-a"] = "c"

    client.meta.events.register("before-send.s3.PutObject", change)
    with refused(cos, "SignatureDoesNotMatch"):
        client.put_object(Bucket=BUCKET, Key="a", Body=b"x", Metadata={"a": "b"})


def test_nobody_needs_to_sign(cos: FakeCOS) -> None:
    # what an anonymous request may do is the bucket's to say
    cos.create_bucket(BUCKET)
    cos.put_object(BUCKET, "key", b"1")
    set_policy(cos, BUCKET, allow("s3:GetObject", f"arn:aws:s3:::{BUCKET}/*"))
    allow_acls(cos, BUCKET, "BucketOwnerEnforced")
    assert client_of("boto3", UNSIGNED).get_object(Bucket=BUCKET, Key="key")["Body"].read() == b"1"
    with pytest.raises(Exception, match="AccessDenied"):
        client_of("boto3", UNSIGNED).list_objects(Bucket=BUCKET)


def test_every_way_to_get_a_client_signs_with_the_first_pair() -> None:
    with FakeCOS(credentials={**PAIR, "AKIASECOND": "second"}) as cos:
        cos.create_bucket(BUCKET)
        for client in (cos.client(), boto3.client("s3"), boto3.Session().client("s3"), cos.resource().meta.client):
            client.head_bucket(Bucket=BUCKET)
        second = client_of("boto3", aws_access_key_id="AKIASECOND", aws_secret_access_key="second")
        second.head_bucket(Bucket=BUCKET)
    idle = FakeCOS(credentials=PAIR)
    idle.client().create_bucket(Bucket=BUCKET)
    idle.stop()
    with FakeCOS() as other:
        other.client().create_bucket(Bucket=BUCKET)
        assert boto3.client("s3").list_buckets()["Buckets"]


def test_credentials_are_kept_by_a_decorator() -> None:
    @FakeCOS(credentials=PAIR)
    def run() -> None:
        with pytest.raises(Exception, match="InvalidAccessKeyId"):
            client_of("boto3", aws_access_key_id="AKIAUNKNOWN", aws_secret_access_key=SECRET).list_buckets()
        assert boto3.client("s3").list_buckets()["Buckets"] == []

    run()


# --- the form of the header, which is judged with any credentials -----------------------------------------


@pytest.fixture
def lenient() -> Iterator[FakeCOS]:
    with FakeCOS() as fake:
        yield fake


def ask(cos: FakeCOS, authorization: str, **headers: str) -> Any:
    sent = {"authorization": authorization, "x-amz-date": now().strftime("%Y%m%dT%H%M%SZ")}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return send_raw(cos, "GET", "/", headers={**sent, "x-amz-content-sha256": "UNSIGNED-PAYLOAD", **named})


def v4(credential: str = f"AKIA/{SCOPE}", signed: str = "host;x-amz-content-sha256;x-amz-date") -> str:
    return f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={signed}, Signature={'0' * 64}"


@pytest.mark.parametrize(
    ("authorization", "reason"),
    [
        ("AWS4-HMAC-SHA256 Credential=x", THREE),
        (v4().replace("Signature=", "Sig="), "missing Signature."),
        (v4().replace("Signature=", ""), f'the authorization component "{"0" * 64}" is malformed.'),
    ],
)  # fmt: skip
def test_a_malformed_header_of_version_4(lenient: FakeCOS, authorization: str, reason: str) -> None:
    # public
    with refused(lenient, "AuthorizationHeaderMalformed", MALFORMED + reason, 400):
        ask(lenient, authorization)


def test_the_name_of_all_regions_is_none(lenient: FakeCOS) -> None:
    # recorded aws-presigned 31
    header = v4(f"AKIA/{SCOPE}".replace("us-east-1", "aws-global"))
    message = f"{MALFORMED}the region 'aws-global' is wrong; expecting 'us-east-1'"
    with refused(lenient, "AuthorizationHeaderMalformed", message, 400, Region="us-east-1"):
        send_raw(lenient, "PUT", f"/{BUCKET}", headers={"authorization": header})
    with refused(lenient, "400", status=400):
        send_to_url(lenient, "HEAD", f"https://s3.amazonaws.com/{BUCKET}", {"authorization": header})


@pytest.mark.parametrize("authorization", ["AWS AKIA", "AWS :x", "AWS AKIA:"])
def test_a_malformed_header_of_version_2(lenient: FakeCOS, authorization: str) -> None:
    # public
    message = "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature"
    with refused(lenient, "InvalidArgument", message, 400, ArgumentName="Authorization", ArgumentValue=authorization):
        ask(lenient, authorization)


@pytest.mark.parametrize("authorization", ["Basic YTpi", "AWS4-HMAC-SHA1 x", "AWS4-"])
def test_an_authorization_of_another_kind(lenient: FakeCOS, authorization: str) -> None:
    # public
    fields = {"ArgumentName": "Authorization", "ArgumentValue": authorization}
    with refused(lenient, "InvalidArgument", "Unsupported Authorization Type", 400, **fields):
        ask(lenient, authorization)


def test_an_empty_authorization_is_none(lenient: FakeCOS) -> None:
    # public
    with refused(lenient, "AccessDenied", "Access Denied", 403):
        ask(lenient, "")


def test_a_token_of_iam_is_not_judged(cos: FakeCOS) -> None:
    assert send_raw(cos, "GET", "/", headers={"authorization": "Bearer token"}).status == 200


def test_parts_of_the_header_may_stand_in_any_order(lenient: FakeCOS) -> None:
    today = v4(f"AKIA/{SCOPE}".replace("20260504", now().strftime("%Y%m%d")))
    algorithm, _, rest = today.partition(" ")
    parts = rest.split(", ")
    assert ask(lenient, f"{algorithm} {','.join(reversed(parts))}").status == 200


def test_an_unsigned_header_of_amazon_is_refused(lenient: FakeCOS) -> None:
    # public; the words are recorded: aws-presigned 12
    today = v4(f"AKIA/{SCOPE}".replace("20260504", now().strftime("%Y%m%d")), "x-amz-date")
    message = "There were headers present in the request which were not signed"
    unsigned = "host, x-amz-content-sha256, x-amz-meta-a"
    with refused(lenient, "AccessDenied", message, 403, HeadersNotSigned=unsigned):
        ask(lenient, today, x_amz_meta_a="b")


def test_a_date_of_version_2_may_be_that_of_http(lenient: FakeCOS) -> None:
    # documented
    sent = {"authorization": "AWS AKIA:x", "date": http_date(now())}
    assert send_raw(lenient, "GET", "/", headers=sent).status == 200
    with refused(lenient, "RequestTimeTooSkewed", status=403):
        send_raw(lenient, "GET", "/", headers={**sent, "date": "Tue, 27 Mar 2007 19:36:42 +0000"})
    with refused(lenient, "AccessDenied", status=403):  # before the epoch: public
        send_raw(lenient, "GET", "/", headers={**sent, "date": "Tue, 07 Jul 1950 21:53:04 GMT"})


def test_a_signature_of_version_4_needs_the_digest_of_the_body(cos: FakeCOS) -> None:
    # public
    today = now().strftime("%Y%m%dT%H%M%SZ")
    sent = {"authorization": v4(f"{KEY_ID}/{SCOPE}".replace("20260504", today[:8])), "x-amz-date": today}
    with refused(cos, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256", 400):
        send_raw(cos, "GET", "/", headers=sent)


def test_sigv4a_is_read_but_not_verified(lenient: FakeCOS) -> None:
    today = now().strftime("%Y%m%d")
    header = v4(f"{KEY_ID}/{today}/s3/aws4_request").replace("HMAC-SHA256", "ECDSA-P256-SHA256")
    assert ask(lenient, header).status == 200
    with pytest.warns(UnimplementedOperationWarning), FakeCOS(credentials=PAIR) as cos, refused(cos, "NotImplemented"):
        ask(cos, header)

"""GetObject: the whole answer, header overrides, versions, and what is refused."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from fakecos.contract.by_hand import ErrorAnswer
from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import DATETIME, http_status, members_of, specific_headers
from fakecos.contract.steps.messages import INVALID_VERSION_ID
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.raising import raises
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import ABSENT_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand

HTTP_DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
OVERRIDES = {  # recorded aws-objects 7
    "ResponseCacheControl": "max-age=74",
    "ResponseContentDisposition": 'attachment; filename="foo.jpg"',
    "ResponseContentEncoding": "identity",
    "ResponseContentLanguage": "de-DE",
    "ResponseContentType": "image/jpeg",
    "ResponseExpires": dt.datetime(2015, 10, 21, 7, 28, tzinfo=dt.timezone.utc),
}


@promise
def the_answer_with_all_its_headers(client: Any) -> None:
    """Source: recorded aws-objects 1."""
    client.put_object(
        Bucket=BUCKET,
        Key="key",
        Body=b"abc123",
        ContentLanguage="de",
        ContentDisposition='attachment; filename="foo.jpg"',
        CacheControl="no-cache",
    )
    answer = client.get_object(Bucket=BUCKET, Key="key")
    assert http_status(answer) == 200
    headers = specific_headers(answer)
    assert HTTP_DATE.fullmatch(headers.pop("last-modified"))
    assert headers == {
        "accept-ranges": "bytes",
        "cache-control": "no-cache",
        "content-disposition": 'attachment; filename="foo.jpg"',
        "content-language": "de",
        "content-length": "6",
        "content-type": "binary/octet-stream",
        "etag": '"e99a18c428cb38d5f260853678922e03"',
        "x-amz-checksum-crc32": "zwK7XA==",
        "x-amz-checksum-type": "FULL_OBJECT",
        "x-amz-server-side-encryption": "AES256",
    }
    assert members_of(answer) == {
        "AcceptRanges": "bytes",
        "Body": b"abc123",
        "CacheControl": "no-cache",
        "ChecksumCRC32": "zwK7XA==",
        "ChecksumType": "FULL_OBJECT",
        "ContentDisposition": 'attachment; filename="foo.jpg"',
        "ContentLanguage": "de",
        "ContentLength": 6,
        "ContentType": "binary/octet-stream",
        "ETag": '"e99a18c428cb38d5f260853678922e03"',
        "LastModified": DATETIME,
        "Metadata": {},
        "ServerSideEncryption": "AES256",
    }


@promise
def without_checksum_mode_there_is_no_checksum_header(make_client: Callable[..., Any], dialect: str) -> None:
    """Source: recorded aws-objects 3."""
    client = make_client(dialect, config={"response_checksum_validation": "when_required"})
    client.put_object(Bucket=BUCKET, Key="key", Body=b"123")
    headers = specific_headers(client.get_object(Bucket=BUCKET, Key="key"))
    assert HTTP_DATE.fullmatch(headers.pop("last-modified"))
    assert headers == {
        "accept-ranges": "bytes",
        "content-length": "3",
        "content-type": "binary/octet-stream",
        "etag": '"202cb962ac59075b964b07152d234b70"',
        "x-amz-server-side-encryption": "AES256",
    }


@promise
def each_override_replaces_a_header_of_the_answer(client: Any, dialect: str) -> None:
    """Source: recorded aws-objects 7."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"something", ContentType="text/plain", CacheControl="no-cache")
    answer = client.get_object(Bucket=BUCKET, Key="key", **OVERRIDES)
    members = members_of(answer)
    members.pop("ExpiresString", None)  # botocore's own addition
    assert members == {
        "AcceptRanges": "bytes",
        "Body": b"something",
        "CacheControl": "max-age=74",
        "ChecksumCRC32": "Cdox+w==",
        "ChecksumType": "FULL_OBJECT",
        "ContentDisposition": 'attachment; filename="foo.jpg"',
        "ContentEncoding": "identity",
        "ContentLanguage": "de-DE",
        "ContentLength": 9,
        "ContentType": "image/jpeg",
        "ETag": '"437b930db84b8079c2dd804a71936b5f"',
        "Expires": DATETIME,
        "LastModified": DATETIME,
        "Metadata": {},
        "ServerSideEncryption": "AES256",
    }
    sent = "Wed, 21 Oct 2015 07:28:00 GMT" if dialect == AWS else "2015-10-21T07:28:00Z"  # as each client writes it
    assert specific_headers(answer)["expires"] == sent


@promise
def an_override_changes_nothing_that_is_stored(client: Any) -> None:
    """Source: documented by AWS: "override header values in a successful GetObject response"."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"something", ContentType="text/plain")
    client.get_object(Bucket=BUCKET, Key="key", ResponseContentType="image/jpeg")
    assert members_of(client.get_object(Bucket=BUCKET, Key="key"))["ContentType"] == "text/plain"


@promise
def the_body_can_be_read_in_pieces_and_by_lines(client: Any) -> None:
    # botocore's StreamingBody over our stream
    client.put_object(Bucket=BUCKET, Key="key", Body=b"one\ntwo\nthree")
    assert list(client.get_object(Bucket=BUCKET, Key="key")["Body"].iter_lines()) == [b"one", b"two", b"three"]
    body = client.get_object(Bucket=BUCKET, Key="key")["Body"]
    assert [body.read(3), body.read(1), body.read()] == [b"one", b"\n", b"two\nthree"]


@promise
@cases("more", [{}, {"Range": "bytes=1024-4096"}, {"PartNumber": 2}, {"IfMatch": "x"}])
def a_missing_key_is_refused_whatever_else_is_asked(cos: Service, client: Any, more: dict[str, Any]) -> None:
    """Source: recorded aws-objects 11 with Range; the others: assumed."""
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="my-key"):
        client.get_object(Bucket=BUCKET, Key="my-key", **more)


@promise
def a_missing_bucket_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 7."""
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        client.get_object(Bucket="no-such-bucket", Key="key")


@promise
def the_version_null_is_the_object_of_a_bucket_without_versions(client: Any) -> None:
    """Source: recorded aws-objects 53."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    assert members_of(client.get_object(Bucket=BUCKET, Key="key", VersionId="null"))["Body"] == b"1"


@promise
def a_version_of_the_right_form_that_does_not_exist_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 49."""
    version = ABSENT_VERSION
    client.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    with refused(cos, "NoSuchVersion", "The specified version does not exist.", 404, Key="key", VersionId=version):
        client.get_object(Bucket=BUCKET, Key="key", VersionId=version)


@promise
def a_version_that_cannot_be_one_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 49."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    with refused(
        cos,
        "InvalidArgument",
        INVALID_VERSION_ID,
        400,
        ArgumentName="versionId",
        ArgumentValue="fake-version",
    ):
        client.get_object(Bucket=BUCKET, Key="key", VersionId="fake-version")


@promise
@cases("text", ["attachment; filename=\u2013.md", "a\nb", "a\x01"])
def an_override_that_is_no_text_of_a_header_is_refused(cos: Service, client: Any, text: str) -> None:
    """Source: public; control characters: assumed."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"123")
    said = "Header value cannot be represented using ISO-8859-1."
    name = "response-content-disposition"
    quoted = {"ArgumentValue": text} if "\u2013" in text else {}  # XML cannot quote a control character
    with refused(cos, "InvalidArgument", said, 400, ArgumentName=name, **quoted):
        client.get_object(Bucket=BUCKET, Key="key", ResponseContentDisposition=text)


@promise
@cases("call", ["get_object", "head_object", "get_object_attributes"])
def a_read_does_not_take_the_encryption_of_a_write(cos: Service, aws: Any, call: str) -> None:
    """Source: documented by AWS: 400; the words: public."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"123")
    name = "x-amz-server-side-encryption"
    told_body = {} if call == "head_object" else {"ArgumentName": name, "ArgumentValue": "AES256"}
    code = "400" if call == "head_object" else "InvalidArgument"
    said = "Bad Request" if call == "head_object" else f"{name} header is not supported for this operation."
    more = {"ObjectAttributes": ["ETag"]} if call == "get_object_attributes" else {}
    with before_signing(aws, headers={name: "AES256"}), refused(cos, code, said, 400, **told_body):
        getattr(aws, call)(Bucket=BUCKET, Key="key", **more)


@promise
def a_plain_request_has_the_object_and_its_length_as_the_body(send: ByHand, client: Any) -> None:
    """Source: recorded aws-objects 3: a GET of a link."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"123")
    response = send("GET", f"/{BUCKET}/key")
    assert (response.status, response.body) == (200, b"123")
    assert {name.lower() for name in response.headers} == {
        *("accept-ranges", "content-length", "content-type", "date", "etag", "last-modified", "server"),
        *("x-amz-id-2", "x-amz-request-id", "x-amz-server-side-encryption"),
    }
    assert "transfer-encoding" not in {name.lower() for name in response.headers}


@promise
def a_refusal_is_xml_without_a_namespace_and_comes_in_chunks(send: ByHand) -> None:
    """Source: wire 4: with a namespace clients find no code; the declaration: public; the headers: recorded
    aws-changes 17, aws-bucket-configuration 40.
    """
    with raises(ErrorAnswer) as caught:
        send("GET", f"/{BUCKET}/nothing")
    body, headers = caught.value.response["Body"], caught.value.response["ResponseMetadata"]["HTTPHeaders"]
    assert headers["content-type"] == "application/xml"
    assert headers["transfer-encoding"] == "chunked"
    assert "content-length" not in {name.lower() for name in headers}
    assert body.startswith(
        b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code>'
        b"<Message>The specified key does not exist.</Message><Key>nothing</Key><RequestId>"
    )
    assert body.endswith(b"</HostId></Error>")


@promise
@cases("name", ["response-x-amz-meta-a", "response-server", "response-"])
def only_six_headers_can_be_overridden(cos: Service, send: ByHand, client: Any, name: str) -> None:
    """Source: public."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"123")
    said = (
        f"{name} is not in the set of overridable response headers. "
        "Please refer to the S3 API documentation for a complete list of overridable response headers."
    )
    with refused(cos, "InvalidArgument", said, 400, ArgumentName=name, ArgumentValue="a"):
        send("GET", f"/{BUCKET}/key", f"{name}=a")


@promise
def a_copy_source_is_only_for_copies(cos: Service, send: ByHand, client: Any) -> None:
    """Source: public."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"123")
    said = "You can only specify a copy source header for copy requests."
    shown = {"ArgumentName": "x-amz-copy-source", "ArgumentValue": f"{BUCKET}/key"}
    for method, path, query in (
        *(("GET", "/key", ""), ("DELETE", "/key", ""), ("GET", "", ""), ("DELETE", "", "")),
        ("POST", "/key", "uploadId=U"),
    ):
        with refused(cos, "InvalidArgument", said, 400, **shown):
            send(method, f"/{BUCKET}{path}", query, {"x-amz-copy-source": f"{BUCKET}/key"})


@promise
@cases(
    ("method", "query", "said"),
    [
        ("GET", "versions", "There is no such thing as the ?versions sub-resource for a key"),
        ("GET", "uploads", "Key is not expected for the GET method ?uploads subresource"),
    ],
)
def a_sub_resource_of_buckets_is_none_of_a_key(
    cos: Service, send: ByHand, client: Any, method: str, query: str, said: str
) -> None:
    """Source: public; others than versions: assumed."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"123")
    with refused(cos, "InvalidRequest", said, 400):
        send(method, f"/{BUCKET}/key", query)

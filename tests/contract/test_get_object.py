"""GetObject: the whole answer, header overrides, versions, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.answers import read_body
from tests.support.raw_requests import ErrorAnswer, send_raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS


def test_a_plain_request_has_the_object_and_its_length_as_the_body(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 3: a GET of a link
    client.put_object(Bucket=BUCKET, Key="key", Body=b"123")
    response = send_raw(cos, "GET", f"/{BUCKET}/key")
    assert (response.status, read_body(response)) == (200, b"123")
    assert {name.lower() for name in response.headers} == {
        *("accept-ranges", "content-length", "content-type", "date", "etag", "last-modified", "server"),
        *("x-amz-id-2", "x-amz-request-id", "x-amz-server-side-encryption"),
    }
    assert "transfer-encoding" not in {name.lower() for name in response.headers}


def test_a_refusal_is_xml_without_a_namespace_and_comes_in_chunks(cos: FakeCOS) -> None:
    # wire 4: with a namespace clients find no code; the declaration: public; the headers: recorded aws-changes 17,
    # aws-bucket-configuration 40
    with pytest.raises(ErrorAnswer) as caught:
        send_raw(cos, "GET", f"/{BUCKET}/nothing")
    body, headers = caught.value.response["Body"], caught.value.response["ResponseMetadata"]["HTTPHeaders"]
    assert headers["Content-Type"] == "application/xml"
    assert headers["Transfer-Encoding"] == "chunked"
    assert "content-length" not in {name.lower() for name in headers}
    assert body.startswith(
        b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code>'
        b"<Message>The specified key does not exist.</Message><Key>nothing</Key><RequestId>"
    )
    assert body.endswith(b"</HostId></Error>")


@pytest.mark.parametrize("name", ["response-x-amz-meta-a", "response-server", "response-"])
def test_only_six_headers_can_be_overridden(cos: FakeCOS, client: Any, name: str) -> None:
    # public
    client.put_object(Bucket=BUCKET, Key="key", Body=b"123")
    said = (
        f"{name} is not in the set of overridable response headers. "
        "Please refer to the S3 API documentation for a complete list of overridable response headers."
    )
    with refused(cos, "InvalidArgument", said, 400, ArgumentName=name, ArgumentValue="a"):
        send_raw(cos, "GET", f"/{BUCKET}/key", f"{name}=a")


def test_a_copy_source_is_only_for_copies(cos: FakeCOS, client: Any) -> None:
    # public
    client.put_object(Bucket=BUCKET, Key="key", Body=b"123")
    said = "You can only specify a copy source header for copy requests."
    shown = {"ArgumentName": "x-amz-copy-source", "ArgumentValue": f"{BUCKET}/key"}
    for method, path, query in (
        *(("GET", "/key", ""), ("DELETE", "/key", ""), ("GET", "", ""), ("DELETE", "", "")),
        ("POST", "/key", "uploadId=U"),
    ):
        with refused(cos, "InvalidArgument", said, 400, **shown):
            send_raw(cos, method, f"/{BUCKET}{path}", query, {"x-amz-copy-source": f"{BUCKET}/key"})


def test_who_does_not_sign_cannot_override(cos: FakeCOS, aws: Any, anonymous: Callable[[], Any]) -> None:
    # documented by AWS: "you must sign the request"; the words: public
    cos.store.buckets[BUCKET].ownership = "ObjectWriter"
    aws.delete_public_access_block(Bucket=BUCKET)
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"123", ACL="public-read")
    unsigned = anonymous()
    said = "Request specific response headers cannot be used for anonymous GET requests."
    with refused(cos, "InvalidRequest", said, 400):
        unsigned.get_object(Bucket=BUCKET, Key="key", ResponseContentType="text/plain")
    assert unsigned.get_object(Bucket=BUCKET, Key="key")["ContentLength"] == 3


@pytest.mark.parametrize(
    ("method", "query", "said"),
    [
        ("GET", "versions", "There is no such thing as the ?versions sub-resource for a key"),
        ("GET", "uploads", "Key is not expected for the GET method ?uploads subresource"),
    ],
)
def test_a_sub_resource_of_buckets_is_none_of_a_key(
    cos: FakeCOS, client: Any, method: str, query: str, said: str
) -> None:
    # public; others than versions: assumed
    client.put_object(Bucket=BUCKET, Key="key", Body=b"123")
    with refused(cos, "InvalidRequest", said, 400):
        send_raw(cos, method, f"/{BUCKET}/key", query)

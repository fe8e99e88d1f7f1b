"""From botocore's request to the neutral one, and back to the package's own answer (wire 1)."""

from __future__ import annotations

import sys
from typing import Any

import botocore.awsrequest
import ibm_botocore.awsrequest
import pytest

from fakecos.clients.botocore.endpoint import from_http, package_of, to_http
from fakecos.model.content import Content
from fakecos.wire.messages import HttpResponse

PACKAGE = package_of("botocore")
AWS = "https://s3.amazonaws.com"
AWS_VHOST = "https://b.s3.amazonaws.com"
LOCAL = "http://localhost:9000"


def request(url: str, headers: dict[str, Any] | None = None, method: str = "PUT") -> Any:
    kept: Any = botocore.awsrequest.HeadersDict(headers or {})
    return botocore.awsrequest.AWSPreparedRequest(method, url, kept, None, stream_output=False)


def test_the_path_of_the_endpoint_is_kept_as_it_was_signed() -> None:
    message = to_http(request("http://gate:80/s3/b/a%20b"), "http://gate:80/s3/", PACKAGE)
    assert (message.path, message.whole_path) == ("/b/a%20b", "/s3/b/a%20b")
    message = to_http(request("http://gate:80/s3"), "http://gate:80/s3", PACKAGE)
    assert (message.path, message.whole_path) == ("/", "/s3")


@pytest.mark.parametrize(
    ("url", "endpoint", "parts"),
    [
        (f"{AWS_VHOST}/k", AWS, ("https", "b.s3.amazonaws.com", "/k", "")),
        (f"{LOCAL}/b//./../a%20b?partNumber=1", LOCAL, ("http", "localhost:9000", "/b//./../a%20b", "partNumber=1")),
        (AWS, AWS, ("https", "s3.amazonaws.com", "/", "")),
        (f"{AWS_VHOST}?uploads", AWS, ("https", "b.s3.amazonaws.com", "/", "uploads")),
        (f"{AWS}/b/k?a=1?b#c", AWS, ("https", "s3.amazonaws.com", "/b/k", "a=1?b")),
        ("http://gate:80/s3/b/k", "http://gate:80/s3/", ("http", "gate:80", "/b/k", "")),
        ("http://gate:80/s3", "http://gate:80/s3", ("http", "gate:80", "/", "")),
        ("http://[::1]:9000/b", "http://[::1]:9000", ("http", "[::1]:9000", "/b", "")),
    ],
)
def test_an_address_is_taken_raw(url: str, endpoint: str, parts: tuple[str, str, str, str]) -> None:
    made = to_http(request(url), endpoint, PACKAGE)
    assert (made.scheme, made.host, made.path, made.query) == parts
    assert made.endpoint_host == endpoint.partition("://")[2].partition("/")[0]


def test_headers_are_lower_case_text() -> None:
    headers = {"X-Amz-Meta-A": b"\xc3\xbc", "Content-Length": "3", "X-Latin": b"\xfc", "Host": "other.example"}
    made = to_http(request("https://s3.amazonaws.com/b/k", headers), "https://s3.amazonaws.com", PACKAGE)
    # metadata is read as ISO 8859-1 (documented by AWS), another header as UTF-8 where it is
    assert made.headers == {"x-amz-meta-a": "Ã¼", "content-length": "3", "x-latin": "ü", "host": "other.example"}
    assert made.host == "s3.amazonaws.com"  # never from the header: the CRT signer adds it or not


def test_blanks_around_a_header_are_not_part_of_it() -> None:
    headers = {"X-Amz-Meta-A": b" \ta b\t ", "X-Amz-Meta-B": "  "}
    made = to_http(request(f"{AWS}/b/k", headers), AWS, PACKAGE)
    assert made.headers == {"x-amz-meta-a": "a b", "x-amz-meta-b": ""}


def test_headers_of_another_kind_of_mapping_are_read_too() -> None:
    plain = request("https://s3.amazonaws.com/")
    plain.headers = {"X-A": b"1"}
    assert to_http(plain, "https://s3.amazonaws.com", PACKAGE).headers == {"x-a": "1"}


@pytest.mark.parametrize("name", ["botocore", "ibm_botocore"])
def test_the_answer_is_of_the_clients_own_package(name: str) -> None:
    answer = from_http(
        HttpResponse(200, {"ETag": '"e"'}, Content((b"a", b"b"))), request("https://h/"), package_of(name)
    )
    assert type(answer) is sys.modules[f"{name}.awsrequest"].AWSResponse
    assert type(answer) in {botocore.awsrequest.AWSResponse, ibm_botocore.awsrequest.AWSResponse}
    assert (answer.status_code, answer.headers["etag"], answer.content) == (200, '"e"', b"ab")


def test_head_has_no_body() -> None:
    answer = from_http(HttpResponse(200, {}, b"body"), request("https://h/", method="HEAD"), PACKAGE)
    assert answer.content == b""

"""The website host: index and error documents, redirects, routing rules (aws-bucket-configuration 44-52)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.service.conftest import BUCKET, WEBSITE_HOST

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS
    from tests.service.conftest import Answer

pytestmark = pytest.mark.usefixtures("public")
RULE = {"Condition": {"HttpErrorCodeReturnedEquals": "404"}, "Redirect": {"ReplaceKeyWith": "error.html"}}
URL = f"http://{WEBSITE_HOST}"


def host(client: Any, **configuration: Any) -> None:
    index = {} if "RedirectAllRequestsTo" in configuration else {"IndexDocument": {"Suffix": "index.html"}}
    client.put_bucket_website(Bucket=BUCKET, WebsiteConfiguration={**index, **configuration})


def page(title: str, code: str, message: str, field: str, custom: str = "") -> str:
    """Return a page of S3's own as a pattern (recorded 46, 47)."""
    custom = f"{custom}\n" if custom else ""
    return (
        re.escape(
            f"<html>\n<head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n<ul>\n<li>Code: {code}</li>\n"
            f"<li>Message: {message}</li>\n<li>{field}</li>\n<li>RequestId: ID</li>\n<li>HostId: ID</li>\n</ul>\n"
            f"{custom}<hr/>\n</body>\n</html>\n"
        )
        .replace("ID</li>", "[^<]+</li>")
        .replace("RequestId: ID", "RequestId: [^<]+")
    )


def missing(key: str, custom: str = "") -> str:
    return page("404 Not Found", "NoSuchKey", "The specified key does not exist.", f"Key: {key}", custom)


def test_the_root_is_the_index_document(cos: FakeCOS, client: Any, browse: Callable[..., Answer]) -> None:
    """Asserted 44, 45."""
    host(client)
    stored = cos.put_object(BUCKET, "index.html", b"<p>hello", ContentType="text/html")
    answer = browse("GET", "/", WEBSITE_HOST)
    assert (answer.status, answer.body) == (200, b"<p>hello")
    assert answer.headers["content-type"] == "text/html"
    assert answer.headers["etag"] == f'"{stored.etag}"'
    assert browse("GET", "/", WEBSITE_HOST, if_none_match=answer.headers["etag"]).status == 304


def test_what_has_not_changed_is_no_error(cos: FakeCOS, client: Any, browse: Callable[..., Answer]) -> None:
    """Asserted 45: also where there is an error document, and a rule for other errors."""
    host(client, ErrorDocument={"Key": "error.html"}, RoutingRules=[RULE])
    cos.put_object(BUCKET, "error.html", b"lost")
    etag = f'"{cos.put_object(BUCKET, "a.html", b"hello").etag}"'
    answer = browse("GET", "/a.html", WEBSITE_HOST, if_none_match=etag)
    assert (answer.status, answer.body) == (304, b"")
    assert "content-length" not in answer.headers
    assert answer.headers["etag"] == etag


@pytest.mark.parametrize("condition", [{"if_none_match": "*"}, {"if_match": '"x"'}, {"range": "bytes=1-2"}], ids=str)
def test_conditions_are_not_about_the_error_document(
    cos: FakeCOS, client: Any, browse: Callable[..., Answer], condition: dict[str, str]
) -> None:
    """Source: assumed."""
    host(client, ErrorDocument={"Key": "error.html"})
    cos.put_object(BUCKET, "error.html", b"lost")
    answer = browse("GET", "/nothing", WEBSITE_HOST, **condition)
    assert answer.body == b"lost"
    assert answer.status in {403, 404}


def test_a_head_has_no_body(cos: FakeCOS, client: Any, browse: Callable[..., Answer]) -> None:
    host(client)
    cos.put_object(BUCKET, "index.html", b"12345")
    answer = browse("HEAD", "/", WEBSITE_HOST)
    assert (answer.status, answer.headers["content-length"], answer.body) == (200, "5", b"")


def test_a_folder_is_its_index_document(cos: FakeCOS, client: Any, browse: Callable[..., Answer]) -> None:
    """Asserted 45; the redirect is documented."""
    host(client)
    cos.put_object(BUCKET, "test/index.html", b"inside")
    moved = browse("GET", "/test", WEBSITE_HOST)
    assert (moved.status, moved.headers["location"]) == (302, "/test/")
    assert browse("GET", "/test/", WEBSITE_HOST).body == b"inside"


def test_a_missing_bucket_and_a_bucket_without_website_are_pages(browse: Callable[..., Answer]) -> None:
    """Recorded 46."""
    for key in ("/", "/a.html"):
        answer = browse("GET", key, WEBSITE_HOST)
        expected = page(
            "404 Not Found",
            "NoSuchWebsiteConfiguration",
            "The specified bucket does not have a website configuration",
            f"BucketName: {BUCKET}",
        )
        assert answer.status == 404
        assert re.fullmatch(expected, answer.body.decode())
    answer = browse("GET", "/", "nobody.s3-website-us-east-1.amazonaws.com")
    expected = page("404 Not Found", "NoSuchBucket", "The specified bucket does not exist", "BucketName: nobody")
    assert re.fullmatch(expected, answer.body.decode())
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.usefixtures("listable")
def test_a_missing_page_is_a_page_and_the_error_document_replaces_it(
    cos: FakeCOS, client: Any, browse: Callable[..., Answer]
) -> None:
    """Recorded 47."""
    host(client)
    answer = browse("GET", "/", WEBSITE_HOST)
    assert answer.status == 404
    assert re.fullmatch(missing("index.html"), answer.body.decode())
    host(client, ErrorDocument={"Key": "error.html"})
    custom = (
        "<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n"
        "<li>Code: NoSuchKey</li>\n<li>Message: The specified key does not exist.</li>\n<li>Key: error.html</li>\n</ul>"
    )
    answer = browse("GET", "/", WEBSITE_HOST)
    assert re.fullmatch(missing("index.html", custom), answer.body.decode())
    cos.put_object(BUCKET, "error.html", b"sorry", ContentType="text/html")
    answer = browse("GET", "/nowhere", WEBSITE_HOST)
    assert (answer.status, answer.body, answer.headers["content-type"]) == (404, b"sorry", "text/html")


@pytest.fixture
def listable(client: Any, public: None) -> None:
    """Let anybody list the bucket too: else what is missing is 403 (documented)."""
    client.put_bucket_policy(
        Bucket=BUCKET,
        Policy='{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": '
        f'["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::{BUCKET}", "arn:aws:s3:::{BUCKET}/*"]}}]}}',
    )


def test_an_object_may_redirect(cos: FakeCOS, client: Any, browse: Callable[..., Answer]) -> None:
    """Asserted 45, 48."""
    host(client, ErrorDocument={"Key": "error.html"})
    cos.put_object(BUCKET, "old", WebsiteRedirectLocation="/new")
    cos.put_object(BUCKET, "error.html", WebsiteRedirectLocation="https://example.com/help")
    answer = browse("GET", "/old", WEBSITE_HOST)
    assert (answer.status, answer.headers["location"], answer.body) == (301, "/new", b"")
    answer = browse("GET", "/missing", WEBSITE_HOST)
    assert (answer.status, answer.headers["location"]) == (301, "https://example.com/help")


@pytest.mark.parametrize(
    ("rule", "path", "status", "location"),
    [
        ({"Condition": {"KeyPrefixEquals": "img/"}, "Redirect": {"ReplaceKeyWith": "a"}}, "/img/x", 301, f"{URL}/a"),
        ({"Redirect": {"HostName": "example.com"}}, "/img/x", 301, "http://example.com/img/x"),
        (
            {"Condition": {"KeyPrefixEquals": "img/"}, "Redirect": {"ReplaceKeyPrefixWith": "new/"}},
            "/img/x",
            301,
            f"{URL}/new/x",
        ),
        (
            {"Condition": {"KeyPrefixEquals": "docs/"}, "Redirect": {"ReplaceKeyPrefixWith": ""}},
            "/docs/my/x",
            301,
            f"{URL}/my/x",
        ),
        (
            {"Redirect": {"Protocol": "https", "HttpRedirectCode": "307"}},
            "/img/x",
            307,
            f"https://{WEBSITE_HOST}/img/x",
        ),
    ],
    ids=["key", "host", "prefix", "empty prefix", "protocol and code"],
)
def test_a_routing_rule_redirects(
    client: Any, browse: Callable[..., Answer], rule: dict[str, Any], path: str, status: int, location: str
) -> None:
    """Asserted 49-51."""
    host(client, RoutingRules=[rule])
    answer = browse("GET", path, WEBSITE_HOST)
    assert (answer.status, answer.headers["location"]) == (status, location)


@pytest.mark.usefixtures("listable")
def test_a_rule_for_an_error_wins_over_the_error_document(
    cos: FakeCOS, client: Any, browse: Callable[..., Answer]
) -> None:
    """Asserted 49: the first rule that fits, and what is there is not redirected."""
    rules = [
        {"Condition": {"HttpErrorCodeReturnedEquals": "403"}, "Redirect": {"ReplaceKeyWith": "not-this"}},
        {"Condition": {"HttpErrorCodeReturnedEquals": "404"}, "Redirect": {"ReplaceKeyWith": "redirected.html"}},
    ]
    host(client, ErrorDocument={"Key": "error.html"}, RoutingRules=rules)
    cos.put_object(BUCKET, "error.html", b"sorry")
    cos.put_object(BUCKET, "there", b"1")
    answer = browse("GET", "/missing", WEBSITE_HOST)
    assert (answer.status, answer.headers["location"]) == (301, f"{URL}/redirected.html")
    assert browse("GET", "/there", WEBSITE_HOST).body == b"1"


def test_all_requests_may_be_redirected(client: Any, browse: Callable[..., Answer]) -> None:
    """Asserted 52."""
    host(client, RedirectAllRequestsTo={"HostName": "example.com", "Protocol": "https"})
    answer = browse("GET", "/a/b", WEBSITE_HOST)
    assert (answer.status, answer.headers["location"], answer.body) == (301, "https://example.com/a/b", b"")


def test_a_website_answers_reads_only(client: Any, browse: Callable[..., Answer]) -> None:
    """Documented: GET and HEAD."""
    host(client)
    for method in ("PUT", "POST", "DELETE", "OPTIONS"):
        answer = browse(method, "/a", WEBSITE_HOST)
        assert answer.status == 405
        assert answer.headers["content-length"] == str(len(answer.body))
        assert b"<li>Code: MethodNotAllowed</li>" in answer.body
    assert client.list_objects_v2(Bucket=BUCKET)["KeyCount"] == 0


def test_what_is_not_public_is_refused_with_a_page(cos: FakeCOS, client: Any, browse: Callable[..., Answer]) -> None:
    """Documented: a website's objects must be publicly readable."""
    host(client)
    client.delete_bucket_policy(Bucket=BUCKET)
    cos.put_object(BUCKET, "index.html", b"secret")
    answer = browse("GET", "/", WEBSITE_HOST)
    assert answer.status == 403
    assert b"<li>Code: AccessDenied</li>" in answer.body
    assert b"secret" not in answer.body

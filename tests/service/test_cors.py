"""CORS: preflights and the headers of other answers (recorded aws-bucket-configuration 40-43)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pytest

from tests.service.conftest import BUCKET

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS
    from tests.service.conftest import Answer

pytestmark = pytest.mark.usefixtures("public")
ORIGIN = "https://localhost:4200"
VARY = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"
NOT_ALLOWED = (
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / "
    "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec."
)


def allow(client: Any, **rule: Any) -> None:
    rules = [{"AllowedOrigins": [ORIGIN], "AllowedMethods": ["GET", "PUT"], **rule}]
    client.put_bucket_cors(Bucket=BUCKET, CORSConfiguration={"CORSRules": rules})


@pytest.fixture(autouse=True)
def stored(cos: FakeCOS) -> None:
    cos.put_object(BUCKET, "a", b"test-cors")


def test_a_preflight_without_an_origin_is_refused(client: Any, browse: Callable[..., Answer]) -> None:
    """Recorded 40."""
    allow(client)
    answer = browse("OPTIONS", "/a", access_control_request_method="PUT")
    assert answer.status == 400
    assert b"<Code>BadRequest</Code><Message>Insufficient information. Origin request header needed.<" in answer.body


def test_a_preflight_from_the_right_origin_is_allowed(client: Any, browse: Callable[..., Answer]) -> None:
    """Recorded 40."""
    allow(client, AllowedHeaders=["*"], MaxAgeSeconds=3000)
    answer = browse("OPTIONS", "/a", origin=ORIGIN, access_control_request_method="PUT")
    assert answer.status == 200
    assert answer.body == b""
    assert answer.cors == {
        "access-control-allow-credentials": "true",
        "access-control-allow-methods": "GET, PUT",
        "access-control-allow-origin": ORIGIN,
        "access-control-max-age": "3000",
    }
    assert answer.headers["vary"] == VARY
    assert answer.headers["content-length"] == "0"


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_any_origin_is_answered_with_a_star_and_without_credentials(
    client: Any, browse: Callable[..., Answer], method: str
) -> None:
    """Recorded 40, 43: without MaxAgeSeconds there is no Max-Age."""
    allow(client, AllowedOrigins=["*"], ExposeHeaders=["x-amz-id-2", "x-amz-request-id"])
    answer = browse("OPTIONS", "/a", origin="http://random:123", access_control_request_method=method)
    assert answer.cors == {
        "access-control-allow-methods": "GET, PUT",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "x-amz-id-2, x-amz-request-id",
    }


def test_an_origin_fits_a_pattern_with_one_star(client: Any, browse: Callable[..., Answer]) -> None:
    """Documented: one wildcard at most."""
    allow(client, AllowedOrigins=["https://*.example.com"])
    fits = browse("OPTIONS", "/a", origin="https://www.example.com", access_control_request_method="GET")
    assert fits.cors["access-control-allow-origin"] == "https://www.example.com"
    assert browse("OPTIONS", "/a", origin="https://example.com", access_control_request_method="GET").status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://localhost:4201", "access_control_request_method": "PUT"},
        {"origin": ORIGIN, "access_control_request_method": "DELETE"},
        {"origin": ORIGIN, "access_control_request_method": "PUT", "access_control_request_headers": "x-amz-acl"},
    ],
    ids=["origin", "method", "header"],
)
def test_a_preflight_that_no_rule_allows_is_refused(
    client: Any, browse: Callable[..., Answer], headers: dict[str, str]
) -> None:
    """Recorded 40-42."""
    allow(client, AllowedHeaders=["x-amz-expected-bucket-owner"])
    answer = browse("OPTIONS", "/a", **headers)
    assert answer.status == 403
    assert answer.cors == {}
    method = headers["access_control_request_method"]
    expected = (
        f"<Code>AccessForbidden</Code><Message>{NOT_ALLOWED}</Message>"
        f"<Method>{method}</Method><ResourceType>OBJECT</ResourceType>"
    )
    assert expected in html.unescape(answer.body.decode())


def test_requested_headers_are_allowed_in_any_case_and_answered_in_lower_case(
    client: Any, browse: Callable[..., Answer]
) -> None:
    """Recorded 42."""
    allow(client, AllowedHeaders=["x-amz-expected-bucket-owner", "x-AMZ-server-SIDE-encryption"])
    answer = browse(
        "OPTIONS",
        "/a",
        origin=ORIGIN,
        access_control_request_method="GET",
        access_control_request_headers="x-amz-EXPECTED-bucket-owner,x-amz-server-side-encryption",
    )
    expected = "x-amz-expected-bucket-owner, x-amz-server-side-encryption"
    assert answer.cors["access-control-allow-headers"] == expected


@pytest.mark.parametrize("asked", [{"access_control_request_method": "PUT"}, {}])
@pytest.mark.parametrize(
    ("host", "reason"),
    [(BUCKET, "CORS is not enabled for this bucket."), ("nobody", "Bucket not found")],
)
def test_a_preflight_for_a_bucket_without_cors_is_refused_whatever_it_asks(
    browse: Callable[..., Answer], host: str, reason: str, asked: dict[str, str]
) -> None:
    """Public: answers of AWS, which name the bucket where an object is asked for."""
    answer = browse("OPTIONS", "/a", f"{host}.s3.amazonaws.com", origin=ORIGIN, **asked)
    assert answer.status == 403
    method = asked.get("access_control_request_method", "OPTIONS")
    expected = (
        f"<Code>AccessForbidden</Code><Message>CORSResponse: {reason}</Message>"
        f"<Method>{method}</Method><ResourceType>BUCKET</ResourceType>"
    )
    assert expected in answer.body.decode()


def test_a_preflight_for_a_method_that_s3_does_not_have_is_refused(client: Any, browse: Callable[..., Answer]) -> None:
    """Public."""
    allow(client)
    answer = browse("OPTIONS", "/a", origin=ORIGIN, access_control_request_method="put")
    assert answer.status == 400
    assert b"<Message>Invalid Access-Control-Request-Method: put</Message>" in answer.body
    answer = browse("OPTIONS", "/a", origin=ORIGIN)
    assert answer.status == 400
    assert b"<Message>Invalid Access-Control-Request-Method: null</Message>" in answer.body


@pytest.mark.parametrize("name", ["two words", " a/b", "x(a)", "a@b"])
def test_a_preflight_for_a_header_that_cannot_be_is_refused(
    client: Any, browse: Callable[..., Answer], name: str
) -> None:
    """Public: the name is told as it came."""
    allow(client, AllowedHeaders=["*"])
    asked = {"access_control_request_method": "GET", "access_control_request_headers": f"x-good,,{name}"}
    answer = browse("OPTIONS", "/a", origin=ORIGIN, **asked)
    assert answer.status == 400
    expected = f'<Message>Access-Control-Request-Headers "{name}" contains invalid character.</Message>'
    assert expected in html.unescape(answer.body.decode())
    assert answer.cors == {}


def test_a_read_from_the_right_origin_gets_the_headers(client: Any, browse: Callable[..., Answer]) -> None:
    """Recorded 40."""
    allow(client, AllowedHeaders=["*"], MaxAgeSeconds=3000)
    answer = browse("GET", "/a", origin=ORIGIN)
    assert answer.body == b"test-cors"
    assert answer.cors["access-control-allow-origin"] == ORIGIN
    assert answer.headers["vary"] == VARY


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"referer": ORIGIN},
        {"origin": "https://localhost:4201"},
        {"origin": ORIGIN, "access_control_request_method": "DELETE"},
        {"origin": ORIGIN, "access_control_request_headers": "x-amz-acl"},
    ],
    ids=["no origin", "referer", "wrong origin", "wrong method", "wrong header"],
)
def test_any_other_read_is_answered_without_them(
    client: Any, browse: Callable[..., Answer], headers: dict[str, str]
) -> None:
    """Recorded 40-42."""
    allow(client)
    answer = browse("GET", "/a", **headers)
    assert (answer.status, answer.body, answer.cors) == (200, b"test-cors", {})
    assert "vary" not in answer.headers


def test_a_refusal_gets_the_headers_too(client: Any, browse: Callable[..., Answer]) -> None:
    """Public: else a browser could not show the error to its page."""
    allow(client)
    answer = browse("GET", "/missing", origin=ORIGIN)
    assert answer.status in {403, 404}
    assert answer.cors["access-control-allow-origin"] == ORIGIN

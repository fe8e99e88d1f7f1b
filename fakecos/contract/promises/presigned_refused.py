"""Presigned URLs and signed headers of SigV4 that are refused for their form, whoever signed."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from fakecos.contract.by_hand import UNSIGNED_PAYLOAD
from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

PATH = f"/{BUCKET}/cat.jpg"
QUERY = "AuthorizationQueryParametersError"
INCOMPLETE = (
    "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "
    "X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."
)
TOO_LONG = (
    "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than "
    "604800 seconds"
)
UNSIGNED = "There were headers present in the request which were not signed"
PARSING = "Error parsing the X-Amz-Credential parameter;"
CREDENTIAL = 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".'
SERVICE = 'incorrect service "execute-api". This endpoint belongs to "s3".'
PAST = "AKIA/20200101/us-east-1/s3/aws4_request"


def url_with(send: ByHand, name: str, value: str | None, method: str = "GET") -> str:
    """Return a signed URL with another value of a parameter, or without it."""
    path, _, query = send.url_for(method, PATH, {}).partition("?")
    kept = re.sub(rf"(^|&){name}=[^&]*", "" if value is None else rf"\g<1>{name}={value}", query)
    return f"{path}?{kept.removeprefix('&')}"


# --- the query ------------------------------------------------------------------------------------------


@promise
@cases("name", ["Algorithm", "Credential", "Signature", "Date", "SignedHeaders", "Expires"])
def a_parameter_that_is_missing(cos: Service, send: ByHand, name: str) -> None:
    """Source: recorded aws-presigned 10."""
    with refused(cos, QUERY, INCOMPLETE, 400):
        send.url("GET", url_with(send, f"X-Amz-{name}", None))


@promise
@cases(
    ("name", "value", "message"),
    [
        ("Expires", "604801", TOO_LONG),
        ("Expires", "-1", "X-Amz-Expires must be non-negative"),
        ("Expires", "soon", "X-Amz-Expires should be a number"),
        ("Date", "2026-05-04", "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""),
        ("Algorithm", "AWS4-HMAC-SHA1", 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"'),
        ("Credential", "AKIA", f"{PARSING} {CREDENTIAL}"),
        ("Credential", PAST.replace("/s3/", "/execute-api/"), f"{PARSING} {SERVICE}"),
    ],
)
def a_parameter_that_is_malformed(cos: Service, send: ByHand, name: str, value: str, message: str) -> None:
    """Source: public."""
    with refused(cos, QUERY, message, 400):
        send.url("GET", url_with(send, f"X-Amz-{name}", value))


@promise
def a_credential_of_another_day(cos: Service, send: ByHand) -> None:
    """Source: public."""
    with refused(cos, QUERY, status=400) as answer:
        send.url("GET", url_with(send, "X-Amz-Credential", PAST))
    assert 'Invalid credential date "20200101"' in answer["Error"]["Message"]


@promise
@cases("name", ["x-amz-expires", "x-amz-acl", "x-amz-security-token", "x-amz-date"])
def a_header_of_amazon_that_was_not_signed(cos: Service, send: ByHand, name: str) -> None:
    """Source: recorded aws-presigned 12; others: public."""
    with refused(cos, "AccessDenied", UNSIGNED, 403, HeadersNotSigned=name):
        send.url("PUT", send.url_for("PUT", PATH, {}), {name: "5"}, b"x")


@promise
def the_host_must_be_signed(cos: Service, send: ByHand) -> None:
    """Source: public."""
    with refused(cos, "AccessDenied", UNSIGNED, 403, HeadersNotSigned="host"):
        send.url("GET", url_with(send, "X-Amz-SignedHeaders", "range"), {"range": "bytes=0-1"})


# --- the header -----------------------------------------------------------------------------------------

MALFORMED = "The authorization header is malformed; "


def send_with(send: ByHand, credential: str, signed: str = "host;x-amz-content-sha256;x-amz-date") -> None:
    """List the bucket with a header of SigV4 that says so."""
    moment = f"{dt.datetime.now(dt.timezone.utc):%Y%m%dT%H%M%SZ}"
    authorization = f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={signed}, Signature={'0' * 64}"
    headers = {"authorization": authorization, "x-amz-date": moment, "x-amz-content-sha256": UNSIGNED_PAYLOAD}
    send("GET", f"/{BUCKET}", "", headers)


@promise
@cases(
    ("credential", "reason"),
    [
        ("AKIA", CREDENTIAL),
        (PAST.removeprefix("AKIA"), "a non-empty Access Key (AKID) must be provided in the credential."),
        (
            PAST.replace("20200101", "2026"),
            'incorrect date format "2026". This date in the credential must be in the format "yyyyMMdd".',
        ),
        (PAST.replace("/s3/", "/ec2/"), 'incorrect service "ec2". This endpoint belongs to "s3".'),
        (f"{PAST}4", 'incorrect terminal "aws4_request4". This endpoint uses "aws4_request".'),
    ],
)
def a_malformed_header(cos: Service, send: ByHand, credential: str, reason: str) -> None:
    """Source: public."""
    with refused(cos, "AuthorizationHeaderMalformed", MALFORMED + reason, 400):
        send_with(send, credential)


@promise
def a_header_of_another_day(cos: Service, send: ByHand) -> None:
    """Source: public."""
    with refused(cos, "AuthorizationHeaderMalformed", status=400) as answer:
        send_with(send, PAST)
    assert 'Invalid credential date "20200101"' in answer["Error"]["Message"]

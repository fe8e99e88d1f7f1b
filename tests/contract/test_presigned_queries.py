"""Headers that a signer moved into the query of a presigned URL: what S3 takes, ignores and refuses there."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import pytest
import requests
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from fakecos import FakeCOS
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.names import BUCKET
from fakecos.facts import presigned_query
from fakecos.facts.presigned_query import IGNORED, REFUSED, TAKEN
from fakecos.wire import service_model
from fakecos.wire.parse import parse
from tests.support.objects import stored_object
from tests.support.presigned import KEY_ID, PAIR, SECRET, RawAnswer, send_to_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEY = "a.txt"
HOST = f"https://{BUCKET}.s3.us-east-1.amazonaws.com"
CUSTOMER = "x-amz-server-side-encryption-customer"


@pytest.fixture(params=["verified", "any signature"])
def cos(request: pytest.FixtureRequest) -> Iterator[FakeCOS]:
    with FakeCOS(credentials=PAIR if request.param == "verified" else None) as fake:
        fake.create_bucket(BUCKET)
        yield fake


def url_for(
    method: str, query: Mapping[str, str], signed: Mapping[str, str] | None = None, path: str = f"/{KEY}"
) -> str:
    """Return a URL with a query that is signed; `signed` are headers that are named as signed and may be moved too."""
    request = AWSRequest(method, HOST + path, headers=dict(signed or {}), params=dict(query))
    S3SigV4QueryAuth(Credentials(KEY_ID, SECRET), "s3", "us-east-1", expires=60).add_auth(request)
    return str(request.prepare().url)


def sent(
    cos: FakeCOS,
    method: str,
    query: Mapping[str, str],
    body: bytes = b"",
    signed: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    path: str = f"/{KEY}",
) -> RawAnswer:
    return send_to_url(cos, method, url_for(method, query, signed, path), headers, body)


def test_a_key_of_the_customer_is_taken_where_it_is_named_as_signed(cos: FakeCOS) -> None:
    # assumed: aws-changes 9; the JavaScript SDK v2 writes the name of the last one so
    allow_sse_c(cos.client())
    key = b"k" * 32
    md5 = base64.b64encode(hashlib.md5(key, usedforsecurity=False).digest()).decode()
    moved = {
        f"{CUSTOMER}-algorithm": "AES256",
        f"{CUSTOMER}-key": base64.b64encode(key).decode(),
        f"{CUSTOMER}-key-MD5": md5,
    }
    sent(cos, "PUT", moved, b"hello", signed=moved)
    assert stored_object(cos, KEY).attributes.encryption.key_md5 == md5


@pytest.mark.parametrize("name", ["x-amz-request-payer", "X-Amz-Request-Payer"])
def test_the_requester_pays_by_the_query(cos: FakeCOS, name: str) -> None:
    # recorded aws-presigned 12; in capitals public: aws-presigned 39
    sent(cos, "PUT", {name: "requester"}, b"hello")
    params = parse(service_model.load("aws"), "PutObject", BUCKET, KEY, {name: "requester"}, {})
    assert params["RequestPayer"] == "requester"


class SignsDigest(S3SigV4QueryAuth):
    """A signer of the digest of `hello`."""

    def payload(self, request: AWSRequest) -> str:
        del request
        return hashlib.sha256(b"hello").hexdigest()


@pytest.mark.parametrize("name", ["x-amz-decoded-content-length", "partNumber", "x-amz-mp-object-size", "max-keys"])
def test_an_absurd_number_is_an_answer_over_a_socket_too(name: str) -> None:
    # assumed: aws-changes 25
    with FakeCOS(credentials=PAIR) as cos, cos.serve() as server:
        cos.create_bucket(BUCKET)
        request = AWSRequest("GET", f"{server.endpoint_url}/{BUCKET}", params={name: "9" * 5000, "list-type": "2"})
        S3SigV4QueryAuth(Credentials(KEY_ID, SECRET), "s3", "us-east-1", expires=60).add_auth(request)
        answer = requests.get(str(request.prepare().url), timeout=5)
        assert answer.status_code < 500
        assert answer.status_code >= 400 or name in {"partNumber", "x-amz-mp-object-size"}


def test_every_header_of_the_service_model_has_a_row() -> None:
    # a header that none of the rows names would be ignored by nobody's decision
    model = service_model.load("aws")
    shapes = {spec["input"] for spec in model.operations.values() if "input" in spec}
    names = {wire.lower() for shape in shapes for _, place, wire in model.members(shape).values() if place == "header"}
    assert not {name for name in names if presigned_query.row_of(name) is presigned_query.OTHER}


def test_each_row_says_what_becomes_of_a_name_and_how_that_is_known() -> None:
    for row in (*presigned_query.PARAMETERS, presigned_query.OTHER):
        assert {row.unsigned, row.signed, row.by_v2} <= {TAKEN, IGNORED, REFUSED}
        assert row.source.startswith(("recorded", "documented", "public", "assumed"))
        assert all(name == name.lower() for name in row.names)
        for name in row.names:
            assert presigned_query.row_of(name.rstrip("*")) is row or name.endswith("*")

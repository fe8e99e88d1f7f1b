"""Browsers' forms that are taken: facts 17 to 25 of aws-presigned, signed by SigV2 and SigV4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from fakecos import FakeCOS
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.model.acl import canned
from fakecos.model.principal import ANONYMOUS_ID, OWNER_ID
from tests.support.access import allow_acls
from tests.support.objects import stored_object
from tests.support.presigned import BOUNDARY, PAIR, V2, V4, RawAnswer, form_body, post_form, send_to_url, signing_client

if TYPE_CHECKING:
    from collections.abc import Iterator

ETAG = '"5d41402abc4b2a76b9719d911017c592"'
NAMED_FIELDS = {"key": "cat.jpg"}


@pytest.fixture(params=["verified", "not verified"])
def cos(request: pytest.FixtureRequest) -> Iterator[FakeCOS]:
    with FakeCOS(credentials=PAIR if request.param == "verified" else None) as fake:
        fake.create_bucket(BUCKET, sse_c="allowed")
        yield fake


@pytest.fixture(params=[V2, V4])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def presigned(
    key: str = "cat.jpg", version: str = V4, style: str = "virtual", conditions: Any = None, **fields: str
) -> dict[str, Any]:
    """Return what a client makes for a form, with a condition for each field."""
    named = {name.replace("_", "-") if name.startswith("x_") else name: value for name, value in fields.items()}
    given = conditions if conditions is not None else [{name: value} for name, value in named.items()]
    made: dict[str, Any] = signing_client(version, style).generate_presigned_post(BUCKET, key, dict(named), given)
    return made


def upload(cos: FakeCOS, made: dict[str, Any], **file: Any) -> RawAnswer:
    return post_form(cos, made["url"], form_body(made["fields"], **file))


@pytest.mark.parametrize("style", ["virtual", "path"])
def test_a_file_is_stored(cos: FakeCOS, version: str, style: str) -> None:
    # recorded aws-presigned 19
    answer = upload(cos, presigned(version=version, style=style))
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["etag"] == ETAG
    assert answer.headers["x-amz-checksum-crc64nvme"]
    assert answer.headers["x-amz-checksum-type"] == "FULL_OBJECT"
    assert answer.headers["x-amz-server-side-encryption"] == "AES256"
    assert answer.headers["location"].endswith(f"{BUCKET}/cat.jpg" if style == "path" else "amazonaws.com/cat.jpg")
    assert "content-length" not in answer.headers
    assert stored_object(cos, "cat.jpg").content.read() == b"hello"
    exchange = cos.journal[-1]
    assert (exchange.operation, exchange.key, exchange.parameters["Body"]) == ("PostObject", "cat.jpg", 5)


def test_the_answer_may_be_a_document(cos: FakeCOS, version: str) -> None:
    # recorded aws-presigned 17
    answer = upload(cos, presigned("dir/${filename}", version, success_action_status="201"))
    assert answer.status == 201
    root = ET.fromstring(answer.body)  # noqa: S314
    assert root.tag == "PostResponse"
    assert {child.tag: child.text for child in root} == {
        "Location": f"https://{BUCKET}.s3.amazonaws.com/dir%2Fcat.jpg",
        "Bucket": BUCKET,
        "Key": "dir/cat.jpg",
        "ETag": ETAG,
    }
    assert answer.headers["etag"] == ETAG
    assert answer.headers["location"] == root.findtext("Location")


def test_fields_are_stored(cos: FakeCOS, version: str) -> None:
    # recorded aws-presigned 20, 21
    fields = {
        "Content-Type": "text/plain",
        "Expires": "Wed, 21 Oct 2026 07:28:00 GMT",
        "x-amz-meta-TEST-1": "test-meta-1",
        "x-amz-meta-TEST-2": "test-meta-2",
        "x-amz-storage-class": "STANDARD_IA",
        "acl": "private",
    }
    assert upload(cos, presigned(version=version, **fields)).status == 204
    found = signing_client().head_object(Bucket=BUCKET, Key="cat.jpg")
    assert found["Metadata"] == {"test-1": "test-meta-1", "test-2": "test-meta-2"}
    assert (found["ContentType"], found["ExpiresString"]) == ("text/plain", fields["Expires"])
    assert found["StorageClass"] == "STANDARD_IA"


def test_names_need_no_quotes_and_a_preamble_may_come_first(cos: FakeCOS) -> None:
    # public; RFC 2046
    made = presigned()
    body = b"hello\r\n" + form_body(made["fields"]).replace(b'name="key"', b"name=key")
    headers = {"content-type": f'Multipart/Form-Data; charset=utf-8; boundary="{BOUNDARY}"'}
    assert send_to_url(cos, "POST", made["url"], headers, body).status == 204


def test_a_form_without_a_policy_is_anonymous() -> None:
    # what an anonymous request may do is the bucket's to say
    with FakeCOS() as cos:
        cos.create_bucket(BUCKET)
        with refused(cos, "AccessDenied", "Access Denied", 403):
            post_form(cos, f"https://{BUCKET}.s3.amazonaws.com/", form_body(NAMED_FIELDS))
        allow_acls(cos, BUCKET).acl = canned("public-read-write", OWNER_ID, OWNER_ID)
        assert post_form(cos, f"https://{BUCKET}.s3.amazonaws.com/", form_body(NAMED_FIELDS)).status == 204
        assert cos.store.buckets[BUCKET].objects["cat.jpg"].owner == ANONYMOUS_ID
